// SPDX-License-Identifier: Apache-2.0
#include "http/kept.h"

#include "db/db.h"
#include "http/http.sql.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct Kept {
  char *key; // one allocation: key, NUL, body
  const char *body;
  size_t length, size;
  const char *media_type; // a literal of the program
  char etag[32];
} Kept;

static struct {
  pthread_mutex_t lock;
  Kept slots[KEPT_SLOTS];
  size_t bytes, hand;
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

// FNV-1a: only chooses the slot; the whole key is compared.
static size_t slot_of(const char *key) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (; *key != '\0'; key++) hash = (hash ^ (unsigned char)*key) * 0x100000001b3u;
  return (size_t)(hash ^ hash >> 32) % KEPT_SLOTS;
}

static void drop(Kept *kept) {
  store.bytes -= kept->size;
  free(kept->key);
  *kept = (Kept){0};
}

static void make_room(size_t size) {
  while (store.bytes + size > KEPT_BYTES) {
    drop(&store.slots[store.hand]);
    store.hand = (store.hand + 1) % KEPT_SLOTS;
  }
}

const char *kept_key(Exchange *x) {
  const Request *r = &x->request;
  Context *c = &x->request.context;
  if (!r->route->kept || r->flash != NULL || r->problem != NULL) return NULL;
  SqlHttpLedgerHeadRow head;
  if (!sql_http_ledger_head(c, &head)) return NULL;
  const Session *s = r->session;
  // What may be done decides which buttons a page has; the session, its forms' token.
  return text_format(c->arena, "%d %s %lld %s %lld %lld %lld %lld %lld %d %s %s %s %d %s",
                     (int)r->format, r->base_url, (long long)head.seq, head.hash, (long long)s->id,
                     (long long)s->token, (long long)s->person, (long long)s->may.bits[0],
                     (long long)s->may.bits[1], c->today.days,
                     c->zone == NULL ? "" : zone_name(c->zone), r->theme == NULL ? "" : r->theme,
                     r->csrf == NULL ? "" : r->csrf, r->language, x->target);
}

bool kept_answer(Exchange *x, const char *key) {
  Request *r = &x->request;
  bool found = false;
  if (r->server->afresh) return false;
  pthread_mutex_lock(&store.lock);
  const Kept *kept = &store.slots[slot_of(key)];
  if (kept->key != NULL && strcmp(kept->key, key) == 0) {
    text_add_n(request_answer(r, 200, kept->media_type), kept->body, kept->length);
    if (kept->etag[0] != '\0') x->answer.etag = text_copy(r->context.arena, kept->etag);
    found = true;
  }
  pthread_mutex_unlock(&store.lock);
  return found;
}

static bool may_keep(const Answer *answer) {
  bool plain = answer->file_path == NULL && answer->fixed == NULL && answer->cookie_count == 0 &&
               answer->headers.count == 0;
  return answer->status == 200 && plain && answer->body.length <= KEPT_PAGE_MAX &&
         (answer->etag == NULL || strlen(answer->etag) < sizeof((Kept *)0)->etag);
}

void kept_keep(Exchange *x, const char *key) {
  const Answer *answer = &x->answer;
  if (!may_keep(answer)) return;
  size_t key_size = strlen(key) + 1, size = key_size + answer->body.length;
  char *copy = malloc(size); // outlives the request, so no arena
  if (copy == NULL) return;
  memcpy(copy, key, key_size);
  memcpy(copy + key_size, answer->body.data, answer->body.length);
  Kept kept = {.key = copy,
               .body = copy + key_size,
               .length = answer->body.length,
               .size = size,
               .media_type = answer->media_type};
  if (answer->etag != NULL) memcpy(kept.etag, answer->etag, strlen(answer->etag) + 1);
  pthread_mutex_lock(&store.lock);
  Kept *slot = &store.slots[slot_of(key)];
  drop(slot);
  make_room(size);
  *slot = kept;
  store.bytes += size;
  pthread_mutex_unlock(&store.lock);
}

_Static_assert(offsetof(Exchange, request) == 0, "a request is the first member of its exchange");

bool request_kept(Request *r, const char *key) {
  return kept_answer((Exchange *)r, key);
}

void request_keep(Request *r, const char *key) {
  kept_keep((Exchange *)r, key);
}
