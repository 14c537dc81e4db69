// SPDX-License-Identifier: Apache-2.0
#include "http/kept.h"

#include "db/db.h"
#include "http/http.sql.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct Kept {
  int holders; // the store and every exchange that sends it
  size_t length, size;
  const char *media_type; // a literal of the program
  char etag[48];
  bool versioned;
  const char *body;
  char key[]; // and after its NUL, the body
};

static struct {
  pthread_mutex_t lock;
  Kept *slots[KEPT_SLOTS];
  size_t bytes, hand;
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

// FNV-1a: only chooses the slot; the whole key is compared.
static size_t slot_of(const char *key) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (; *key != '\0'; key++) hash = (hash ^ (unsigned char)*key) * 0x100000001b3u;
  return (size_t)(hash ^ hash >> 32) % KEPT_SLOTS;
}

void kept_release(Kept *kept) {
  if (kept != NULL && __atomic_sub_fetch(&kept->holders, 1, __ATOMIC_ACQ_REL) == 0) free(kept);
}

static void drop(size_t slot) {
  Kept *kept = store.slots[slot];
  store.slots[slot] = NULL;
  if (kept != NULL) store.bytes -= kept->size;
  kept_release(kept);
}

static void make_room(size_t size) {
  while (store.bytes + size > KEPT_BYTES) {
    drop(store.hand);
    store.hand = (store.hand + 1) % KEPT_SLOTS;
  }
}

static Kept *hold(const char *key) {
  pthread_mutex_lock(&store.lock);
  Kept *kept = store.slots[slot_of(key)];
  if (kept != NULL && strcmp(kept->key, key) != 0) kept = NULL;
  if (kept != NULL) __atomic_add_fetch(&kept->holders, 1, __ATOMIC_RELAXED);
  pthread_mutex_unlock(&store.lock);
  return kept;
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

// Sent from where it stands: nobody waits for the store while a page is copied.
bool kept_answer(Exchange *x, const char *key) {
  Request *r = &x->request;
  Kept *kept = r->server->afresh || x->kept != NULL ? NULL : hold(key);
  if (kept == NULL) return false;
  x->kept = kept;
  request_answer(r, 200, kept->media_type);
  x->answer.fixed = (const uint8_t *)kept->body;
  x->answer.fixed_length = kept->length;
  if (kept->etag[0] != '\0') x->answer.etag = kept->etag;
  x->answer.versioned = kept->versioned;
  return true;
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
  size_t key_size = strlen(key) + 1, size = sizeof(Kept) + key_size + answer->body.length;
  Kept *kept = malloc(size); // outlives the request, so no arena
  if (kept == NULL) return;
  *kept = (Kept){.holders = 1,
                 .length = answer->body.length,
                 .size = size,
                 .media_type = answer->media_type,
                 .versioned = answer->versioned,
                 .body = kept->key + key_size};
  memcpy(kept->key, key, key_size);
  memcpy(kept->key + key_size, answer->body.data, answer->body.length);
  if (answer->etag != NULL) memcpy(kept->etag, answer->etag, strlen(answer->etag) + 1);
  pthread_mutex_lock(&store.lock);
  drop(slot_of(key));
  make_room(size);
  store.slots[slot_of(key)] = kept;
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
