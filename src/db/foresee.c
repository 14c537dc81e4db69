// SPDX-License-Identifier: Apache-2.0
#include "db/foresee.h"

#include "db/link.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 512, PACKED_MOST = 2048 };

// The questions of one span in their order, with their parameters packed one behind the other.
typedef struct Questions {
  int64_t org; // the organisation they were asked in
  uint16_t count, used;
  uint16_t at[FORESEEN_MOST + 1];
  const Statement *statements[FORESEEN_MOST];
  unsigned char packed[PACKED_MOST];
} Questions;

struct Foresight {
  uint64_t key;
  Questions before, asked;
  void *answers[FORESEEN_MOST]; // of `before`; an engine's own kind of result
  bool taken[FORESEEN_MOST];
};

static struct {
  pthread_mutex_t lock;
  struct {
    uint64_t key;
    Questions *questions; // as long as it needs to be
  } slots[SLOTS];
} memory = {.lock = PTHREAD_MUTEX_INITIALIZER};

uint64_t foresee_key(uint64_t key, const char *text) {
  if (key == 0) key = 0xcbf29ce484222325u;
  for (; text != NULL && *text != '\0'; text++) key = (key ^ (unsigned char)*text) * 0x100000001b3u;
  return (key ^ 0xff) * 0x100000001b3u; // parts them from the next text
}

// ---- parameters as bytes: their kind, then the number, or the length and the bytes ----

static size_t packed_size(const Value *v) {
  bool bytes = v->kind == VALUE_TEXT || v->kind == VALUE_BLOB;
  return 1 + sizeof(int64_t) + (bytes ? v->length : 0);
}

// A real number by its bits, so that it is the same only where it is written the same.
static int64_t number_of(const Value *v) {
  int64_t bits = v->kind == VALUE_NULL ? 0 : v->integer;
  if (v->kind == VALUE_REAL) memcpy(&bits, &v->real, sizeof bits);
  return bits;
}

static bool same_value(const Value *a, const Value *b) {
  if (a->kind != b->kind) return false;
  if (a->kind != VALUE_TEXT && a->kind != VALUE_BLOB) return number_of(a) == number_of(b);
  return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

static void pack(const Value *v, unsigned char **out) {
  bool bytes = v->kind == VALUE_TEXT || v->kind == VALUE_BLOB;
  int64_t number = bytes ? (int64_t)v->length : number_of(v);
  *(*out)++ = (unsigned char)v->kind;
  memcpy(*out, &number, sizeof number);
  *out += sizeof number;
  if (bytes && v->length > 0) memcpy(*out, v->bytes, v->length);
  if (bytes) *out += v->length;
}

static void unpack(const unsigned char **in, Value *v) {
  int64_t number;
  *v = (Value){.kind = (ValueKind) * (*in)++};
  memcpy(&number, *in, sizeof number);
  *in += sizeof number;
  v->integer = number;
  if (v->kind == VALUE_REAL) memcpy(&v->real, &number, sizeof number);
  if (v->kind != VALUE_TEXT && v->kind != VALUE_BLOB) return;
  v->bytes = (const char *)*in;
  v->length = (size_t)number;
  *in += v->length;
}

static bool same_parameters(const Questions *q, size_t i, const Value *values) {
  const unsigned char *in = q->packed + q->at[i];
  for (size_t k = 0; k < q->statements[i]->parameter_count; k++) {
    Value v;
    unpack(&in, &v);
    if (!same_value(&v, &values[k])) return false;
  }
  return true;
}

static void add_question(Questions *q, const Statement *s, const Value *values) {
  size_t size = 0;
  for (size_t i = 0; i < s->parameter_count; i++) size += packed_size(&values[i]);
  if (q->count == FORESEEN_MOST || q->used + size > PACKED_MOST) return;
  unsigned char *out = q->packed + q->used;
  for (size_t i = 0; i < s->parameter_count; i++) pack(&values[i], &out);
  q->statements[q->count] = s;
  q->at[q->count++] = q->used;
  q->used = (uint16_t)(q->used + size);
}

// ---- what is remembered ----

static size_t whole_size(const Questions *q) {
  return offsetof(Questions, packed) + q->used;
}

static void recall(uint64_t key, Questions *out) {
  pthread_mutex_lock(&memory.lock);
  const Questions *kept = memory.slots[key % SLOTS].questions;
  if (kept != NULL && memory.slots[key % SLOTS].key == key) memcpy(out, kept, whole_size(kept));
  pthread_mutex_unlock(&memory.lock);
}

static bool same_questions(const Questions *a, const Questions *b) {
  return a->org == b->org && a->count == b->count && a->used == b->used &&
         memcmp(a->statements, b->statements, a->count * sizeof a->statements[0]) == 0 &&
         memcmp(a->packed, b->packed, a->used) == 0;
}

static void remember(uint64_t key, const Questions *asked) {
  Questions *kept = malloc(whole_size(asked)); // outlives the request, so no arena
  if (kept == NULL) return;
  memcpy(kept, asked, whole_size(asked));
  pthread_mutex_lock(&memory.lock);
  free(memory.slots[key % SLOTS].questions);
  memory.slots[key % SLOTS].key = key;
  memory.slots[key % SLOTS].questions = kept;
  pthread_mutex_unlock(&memory.lock);
}

// What failed must not fail whoever does not ask it any more.
static void unlearn(uint64_t key) {
  pthread_mutex_lock(&memory.lock);
  if (memory.slots[key % SLOTS].key == key) {
    free(memory.slots[key % SLOTS].questions);
    memory.slots[key % SLOTS].questions = NULL;
  }
  pthread_mutex_unlock(&memory.lock);
}

// ---- a span ----

// What depends on who asks and when is taken from them, not from last time.
static bool ask(Context *c, const Questions *q, size_t i) {
  Value values[STATEMENT_MOST_PARAMETERS];
  char digits[11];
  const Statement *s = q->statements[i];
  const unsigned char *in = q->packed + q->at[i];
  for (size_t k = 0; k < s->parameter_count; k++) {
    unpack(&in, &values[k]);
    statement_bind_automatic(c, &s->parameters[k], &values[k], digits);
  }
  Call call = {.c = c, .statement = s, .values = values};
  return c->link->db->calls->ask(c->link, &call, (unsigned)i);
}

void foresee_begin(Context *c, uint64_t key) {
  DbLink *link = c->link;
  if (link == NULL || link->db->calls->ask == NULL || !context_ok(c) || link->writing) return;
  foresee_end(c);
  Foresight *f = arena_new(c->arena, Foresight);
  f->key = key;
  recall(key, &f->before);
  link->foresight = f;
  const int64_t org = c->org;
  if (org == 0) c->org = f->before.org;
  for (size_t i = 0; i < f->before.count && context_ok(c); i++)
    if (!ask(c, &f->before, i)) break;
  c->org = org;
}

void foresee_end(Context *c) {
  DbLink *link = c->link;
  Foresight *f = link == NULL ? NULL : link->foresight;
  if (f == NULL) return;
  link->db->calls->forget(link, f->answers, f->before.count);
  link->foresight = NULL;
  f->asked.org = c->org;
  if (c->error.kind >= ERROR_UNAVAILABLE) unlearn(f->key);
  if (context_ok(c) && f->asked.count > 0 && !same_questions(&f->before, &f->asked))
    remember(f->key, &f->asked);
}

void foresee_record(DbLink *link, const Statement *s, const Value *values) {
  if (link->foresight != NULL) add_question(&link->foresight->asked, s, values);
}

void **foresee_answer(DbLink *link, const Statement *s, const Value *values) {
  Foresight *f = link->foresight;
  for (size_t i = 0; f != NULL && i < f->before.count; i++) {
    if (f->taken[i] || f->before.statements[i] != s || !same_parameters(&f->before, i, values))
      continue;
    f->taken[i] = true;
    return &f->answers[i];
  }
  return NULL;
}

void foresee_arrived(DbLink *link, unsigned number, void *answer) {
  link->foresight->answers[number] = answer;
}
