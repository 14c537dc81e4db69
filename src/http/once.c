// SPDX-License-Identifier: Apache-2.0
// Idempotency-Key: a change sent twice is done once. Key, change and answer stand in one
// transaction, so that no crash can part them.
#include "http/once.h"

#include "db/db.h"
#include "http/http.sql.h"

#include <sodium.h>
#include <string.h>

enum { KEY_LEAST = 8, KEY_MOST = 200, HASH_BYTES = 32 };
#define KEPT_US (INT64_C(86400) * 1000000)

static void hash_text(crypto_generichash_state *state, const char *text) {
  const unsigned char *bytes = (const unsigned char *)(text == NULL ? "" : text);
  crypto_generichash_update(state, bytes, strlen((const char *)bytes) + 1); // NUL parts them
}

static const char *hash_end(Arena *arena, crypto_generichash_state *state) {
  unsigned char hash[HASH_BYTES];
  crypto_generichash_final(state, hash, sizeof hash);
  char *text = arena_alloc(arena, 2 * sizeof hash + 1);
  return sodium_bin2hex(text, 2 * sizeof hash + 1, hash, sizeof hash);
}

static const char *hash_of_key(Arena *arena, const char *key) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
  hash_text(&state, key);
  return hash_end(arena, &state);
}

// Method, path, every value and every file: what the key stands for.
static const char *hash_of_request(const Exchange *x) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
  hash_text(&state, x->request.method);
  hash_text(&state, x->request.path);
  for (size_t i = 0; i < x->entered.pairs.count; i++) {
    hash_text(&state, x->entered.pairs.items[i].name);
    hash_text(&state, x->entered.pairs.items[i].value);
  }
  for (size_t i = 0; i < x->entered.files.count; i++)
    crypto_generichash_update(&state, x->entered.files.items[i].sha256,
                              sizeof x->entered.files.items[i].sha256);
  return hash_end(x->request.context.arena, &state);
}

static bool key_is_sound(const char *key) {
  const size_t length = strlen(key);
  for (const char *c = key; *c != '\0'; c++)
    if (*c < 0x21 || *c > 0x7e) return false;
  return length >= KEY_LEAST && length <= KEY_MOST;
}

const char *once_key(Exchange *x) {
  if (strcmp(x->request.method, "GET") == 0 || x->request.format != FORMAT_JSON ||
      x->session.org == 0)
    return NULL;
  return exchange_header(x, "Idempotency-Key");
}

static void answer_again(Exchange *x, const char *key_hash, const char *asked_hash) {
  Request *r = &x->request;
  SqlRequestKeyFindRow row;
  if (!sql_request_key_find(
          &r->context, (SqlRequestKeyFind){.account = r->account, .key_hash = key_hash}, &row)) {
    conflict(&r->context, _("The same request is under way; send it again in a moment."));
    return;
  }
  if (!text_equal(row.asked_hash, asked_hash)) {
    invalid(&r->context, "Idempotency-Key", _("This key was sent before with another request."));
    return;
  }
  text_add(request_answer(r, (int)row.status, "application/json"), row.answer);
  request_header(r, "Idempotency-Replayed", "true");
}

// A token or a link is known to whoever asked first, and stored only as a hash.
static const char SHOWN_ONCE[] =
    "{\"title\":\"Done before\",\"status\":409,\"detail\":\"This was done before; the secret it "
    "answered with is shown only once.\"}";

void once_run(Exchange *x, const char *key, void (*run)(Exchange *)) {
  Request *r = &x->request;
  Context *c = &r->context;
  if (!key_is_sound(key)) {
    invalid(c, "Idempotency-Key", _("From %d to %d visible ASCII characters are expected."),
            KEY_LEAST, KEY_MOST);
    return;
  }
  const char *key_hash = hash_of_key(c->arena, key), *asked_hash = hash_of_request(x);
  TRANSACTION(c, tx);
  if (!context_ok(c)) return;
  sql_request_key_forget(c, (SqlRequestKeyForget){.before = {c->now.us - KEPT_US}});
  const int64_t reserved = sql_request_key_reserve(
      c, (SqlRequestKeyReserve){
             .account = r->account, .key_hash = key_hash, .asked_hash = asked_hash});
  if (!context_ok(c)) return;
  if (reserved == 0) {
    answer_again(x, key_hash, asked_hash);
    return;
  }
  run(x);
  if (!context_ok(c) || x->answer.status >= 400 || x->answer.file_path != NULL) return;
  sql_request_key_answer(
      c, (SqlRequestKeyAnswer){.account = r->account,
                               .key_hash = key_hash,
                               .status = x->answer.secret ? 409 : x->answer.status,
                               .answer = x->answer.secret ? SHOWN_ONCE : x->answer.body.data});
  transaction_commit(&tx);
}
