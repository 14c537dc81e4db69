// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <inttypes.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "ledger/canonical.h"
#include "ledger/key.h"
#include "ledger/ledger.sql.h"

typedef struct PersonalValue {
  const char *name, *value;
  char salt[2 * SALT_BYTES + 1];
} PersonalValue;

struct LedgerEntry {
  Context *c;
  const char *action, *kind;
  int64_t object;
  Text body;
  LIST_OF(const char *) names;
  LIST_OF(PersonalValue) personal;
};

LedgerEntry *ledger_entry(Context *c, const char *action, const char *kind, int64_t object) {
  LedgerEntry *e = arena_new(c->arena, LedgerEntry);
  *e = (LedgerEntry){.c = c, .action = action, .kind = kind, .object = object};
  text_init(&e->body, c->arena);
  text_add_char(&e->body, '{');
  return e;
}

static bool is_plain_name(const char *name) {
  return name[0] && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

// Opens `"name":{`; false if the entry is already lost or the name cannot be used.
static bool value_begin(LedgerEntry *e, const char *name) {
  if (!context_ok(e->c)) return false;
  if (!is_plain_name(name)) return failure(e->c, "ledger: bad name \"%s\"", name);
  for (size_t i = 0; i < e->names.count; i++)
    if (text_equal(e->names.items[i], name))
      return failure(e->c, "ledger: \"%s\" twice in %s", name, e->action);
  if (e->names.count) text_add_char(&e->body, ',');
  *list_add(e->c->arena, &e->names) = name;
  text_add_char(&e->body, '"');
  text_add(&e->body, name);
  text_add(&e->body, "\":{");
  return true;
}

static void member(LedgerEntry *e, const char *name, const char *text) {
  text_add_char(&e->body, '"');
  text_add(&e->body, name);
  text_add(&e->body, "\":");
  if (text)
    canonical_string(&e->body, text);
  else
    text_add(&e->body, "null");
}

void ledger_text(LedgerEntry *e, const char *name, const char *before, const char *after) {
  if (!value_begin(e, name)) return;
  if (before) {
    member(e, "from", before);
    text_add_char(&e->body, ',');
  }
  member(e, "to", after);
  text_add_char(&e->body, '}');
}

void ledger_int(LedgerEntry *e, const char *name, int64_t before, int64_t after) {
  if (value_begin(e, name))
    text_add_format(&e->body, "\"from\":%" PRId64 ",\"to\":%" PRId64 "}", before, after);
}

static const char *date_or_null(LedgerEntry *e, Date date) {
  return date_is_none(date) ? NULL : date_text(e->c->arena, date);
}

void ledger_date(LedgerEntry *e, const char *name, Date before, Date after) {
  ledger_text(e, name, date_or_null(e, before), date_or_null(e, after));
}

void ledger_value(LedgerEntry *e, const char *name, const char *value) {
  ledger_text(e, name, NULL, value);
}

void ledger_number(LedgerEntry *e, const char *name, int64_t value) {
  if (value_begin(e, name)) text_add_format(&e->body, "\"to\":%" PRId64 "}", value);
}

void ledger_day(LedgerEntry *e, const char *name, Date value) {
  ledger_date(e, name, DATE_NONE, value);
}

// OpenSSL's context is worth keeping: one for each thread that writes.
static pthread_key_t digest_key;
static pthread_once_t digest_once = PTHREAD_ONCE_INIT;
static void digest_drop(void *digest) {
  digest_destroy(digest);
}
static void digest_key_make(void) {
  pthread_key_create(&digest_key, digest_drop);
}

static Digest *thread_digest(Context *c) {
  pthread_once(&digest_once, digest_key_make);
  Digest *digest = pthread_getspecific(digest_key);
  if (digest) return digest;
  digest = digest_create();
  if (digest)
    pthread_setspecific(digest_key, digest);
  else
    failure(c, "no memory for a digest");
  return digest;
}

void ledger_personal(LedgerEntry *e, const char *name, const char *value) {
  if (!value_begin(e, name)) return;
  Digest *digest = thread_digest(e->c);
  if (!value || !digest) {
    text_add(&e->body, "\"personal\":null}");
    return;
  }
  uint8_t salt[SALT_BYTES];
  char hash[DIGEST_HEX];
  randombytes_buf(salt, sizeof salt);
  personal_hash(digest, salt, value, hash);
  PersonalValue *personal = list_add(e->c->arena, &e->personal);
  personal->name = name;
  personal->value = value;
  hex_text(personal->salt, salt, sizeof salt);
  member(e, "personal", hash);
  text_add_char(&e->body, '}');
}

// The ends of the chains that this transaction writes to, each locked until it ends. They are kept
// here and written once: a row changed a thousand times in one transaction leaves a thousand dead
// ones to step over, and signing costs more than the rest of an entry.
typedef struct Head {
  int64_t org, seq;
  Instant at;
  char hash[DIGEST_HEX];
  char public_key[DIGEST_HEX];
  bool moved; // the database says less
} Head;

enum { HEADS_KEPT = 4, IDS_TAKEN = 32 };

typedef struct Heads {
  Head heads[HEADS_KEPT];
  size_t count;
  int64_t ids[IDS_TAKEN]; // numbers of the next entries
  size_t id_count, id_at;
  bool unsigned_left; // some head was written without its signature
} Heads;

static bool head_write(Context *c, Head *head, bool sign) {
  const SigningKey *key;
  char signature[SIGNATURE_HEX] = "";
  if (!head->moved) return true;
  if (!key_get(c, &key)) return false;
  if (sign)
    key_sign(
        key,
        &(ChainHead){.org = head->org, .seq = head->seq, .at = head->at.us, .hash = head->hash},
        signature);
  c->org = head->org;
  sql_ledger_head_set(c, (SqlLedgerHeadSet){.seq = head->seq,
                                            .hash = head->hash,
                                            .at = head->at,
                                            .public_key = key->public_hex,
                                            .signature = signature});
  head->moved = false;
  return context_ok(c);
}

static bool heads_write(Context *c, Heads *heads, bool sign) {
  const int64_t org = c->org;
  for (size_t i = 0; i < heads->count && context_ok(c); i++) {
    heads->unsigned_left = heads->unsigned_left || (heads->heads[i].moved && !sign);
    head_write(c, &heads->heads[i], sign);
  }
  c->org = org;
  return context_ok(c);
}

// Written without a signature, because there were too many to keep and the transaction goes on.
static bool sign_the_rest(Context *c) {
  const int64_t org = c->org;
  SqlLedgerHeadsUnsignedRows rows = sql_ledger_heads_unsigned(c);
  for (size_t i = 0; i < rows.count && context_ok(c); i++) {
    const SqlLedgerHeadsUnsignedRow *row = &rows.items[i];
    Head head = {.org = row->org, .seq = row->seq, .at = row->at, .moved = true};
    snprintf(head.hash, sizeof head.hash, "%s", row->hash);
    head_write(c, &head, true);
  }
  c->org = org;
  return context_ok(c);
}

static bool heads_told(Context *c, void *memory) {
  Heads *heads = memory;
  return heads_write(c, heads, true) && (!heads->unsigned_left || sign_the_rest(c));
}

static Head *head_keep(Context *c, Heads *heads, const SqlLedgerHeadLockRow *row) {
  if (heads->count == HEADS_KEPT) {
    if (!heads_write(c, heads, false)) return NULL;
    heads->count = 0;
  }
  if (heads->id_at == heads->id_count) {
    heads->ids[0] = row->next;
    heads->id_at = 0;
    heads->id_count = 1;
  }
  Head *head = &heads->heads[heads->count++];
  *head = (Head){.org = c->org, .seq = row->seq};
  snprintf(head->hash, sizeof head->hash, "%s", row->hash);
  snprintf(head->public_key, sizeof head->public_key, "%s", row->public_key);
  return head;
}

static Head *head_read(Context *c, Heads *heads, const SigningKey *key) {
  SqlLedgerHeadLockRow row;
  for (size_t i = 0; i < heads->count; i++)
    if (heads->heads[i].org == c->org) return &heads->heads[i];
  if (sql_ledger_head_lock(c, &row)) return head_keep(c, heads, &row);
  if (!context_ok(c)) return NULL;
  char signature[SIGNATURE_HEX];
  key_sign(key, &(ChainHead){.org = c->org, .at = c->now.us, .hash = LEDGER_GENESIS}, signature);
  sql_ledger_head_open(
      c, (SqlLedgerHeadOpen){.hash = LEDGER_GENESIS, .public_key = "", .signature = signature});
  if (!context_ok(c)) return NULL;
  if (sql_ledger_head_lock(c, &row)) return head_keep(c, heads, &row);
  failure(c, "ledger: no head for org %" PRId64, c->org);
  return NULL;
}

// The first came with the head. PostgreSQL counts for everybody who writes at the same time, so
// several are taken then; SQLite has one writer.
static bool next_id(Context *c, Heads *heads, int64_t *id) {
  if (heads->id_at == heads->id_count) {
    SqlLedgerIdsRows rows = sql_ledger_ids(c, (SqlLedgerIds){.many = IDS_TAKEN});
    if (!context_ok(c)) return false;
    heads->id_at = heads->id_count = 0;
    for (size_t i = 0; i < rows.count && i < IDS_TAKEN; i++)
      heads->ids[heads->id_count++] = rows.items[i].id;
    if (rows.count == 0) return failure(c, "ledger: no number for an entry");
  }
  *id = heads->ids[heads->id_at++];
  return true;
}

static bool personal_write(const LedgerEntry *e, int64_t seq) {
  for (size_t i = 0; i < e->personal.count && context_ok(e->c); i++) {
    const PersonalValue *p = &e->personal.items[i];
    sql_ledger_personal_add(
        e->c,
        (SqlLedgerPersonalAdd){.entry = seq, .name = p->name, .salt = p->salt, .value = p->value});
  }
  return context_ok(e->c);
}

static bool append(LedgerEntry *e, Heads *heads, Head *head) {
  Context *c = e->c;
  int64_t id = 0;
  Digest *digest = thread_digest(c);
  if (!digest || !next_id(c, heads, &id)) return false;
  text_add_char(&e->body, '}');
  const ChainEntry entry = {.id = id,
                            .org = c->org,
                            .seq = head->seq + 1,
                            .at = c->now.us,
                            .actor = c->actor,
                            .channel = c->channel,
                            .action = e->action,
                            .kind = e->kind,
                            .object = e->object,
                            .body = e->body.data,
                            .previous = head->hash};
  char hash[DIGEST_HEX];
  chain_hash(digest, &entry, hash);
  sql_ledger_entry_add(c, (SqlLedgerEntryAdd){.id = entry.id,
                                              .seq = entry.seq,
                                              .by = entry.actor,
                                              .channel = entry.channel,
                                              .action = entry.action,
                                              .kind = entry.kind,
                                              .object = entry.object,
                                              .body = entry.body,
                                              .previous = entry.previous,
                                              .hash = hash});
  if (!context_ok(c)) return false;
  transaction_heard(c);
  head->seq = entry.seq;
  head->at = c->now;
  memcpy(head->hash, hash, sizeof hash);
  head->moved = true;
  return personal_write(e, entry.seq);
}

// The chain itself says which key signs it: at its beginning, and whenever that changes.
static bool announce_key(Context *c, Heads *heads, Head *head, const SigningKey *key) {
  bool first = head->seq == 0;
  sql_ledger_key_add(c, (SqlLedgerKeyAdd){.public_key = key->public_hex});
  LedgerEntry *e =
      ledger_entry(c, first ? "ledger.opened" : "ledger.key_changed", "ledger", c->org);
  ledger_text(e, "public_key", first ? NULL : text_copy(c->arena, head->public_key),
              key->public_hex);
  snprintf(head->public_key, sizeof head->public_key, "%s", key->public_hex);
  return context_ok(c) && append(e, heads, head);
}

// A key changes for the whole installation, so every chain says so at once.
static bool announce_everywhere(Context *c, Heads *heads, const SigningKey *key) {
  const int64_t org = c->org, actor = c->actor;
  SqlLedgerHeadsOfOtherKeyRows others =
      sql_ledger_heads_of_other_key(c, (SqlLedgerHeadsOfOtherKey){.public_key = key->public_hex});
  c->actor = 0;
  for (size_t i = 0; i < others.count && context_ok(c); i++) {
    c->org = others.items[i].org;
    Head *head = head_read(c, heads, key);
    if (head && !text_equal(head->public_key, key->public_hex)) announce_key(c, heads, head, key);
  }
  c->org = org;
  c->actor = actor;
  if (context_ok(c)) log_line(LOG_LEVEL_WARN, "signing_key_changed", "chains=%zu", others.count);
  return context_ok(c);
}

static Head *settle_key(Context *c, Heads *heads, Head *head, const SigningKey *key) {
  if (!head || text_equal(head->public_key, key->public_hex)) return head;
  bool told =
      head->seq == 0 ? announce_key(c, heads, head, key) : announce_everywhere(c, heads, key);
  return told ? head_read(c, heads, key) : NULL;
}

bool ledger_write(LedgerEntry *e) {
  Context *c = e->c;
  const SigningKey *key;
  if (!context_ok(c)) return false;
  if (!c->org) return failure(c, "ledger: %s without an organisation", e->action);
  Heads *heads = transaction_memory(c, sizeof *heads, heads_told);
  if (!heads) return failure(c, "ledger: written outside a transaction");
  if (!key_get(c, &key)) return false;
  Head *head = settle_key(c, heads, head_read(c, heads, key), key);
  return head && append(e, heads, head);
}

bool ledger_erase(Context *c, const char *kind, int64_t object, int64_t *erased) {
  TRANSACTION(c, tx);
  *erased = sql_ledger_personal_erase(c, (SqlLedgerPersonalErase){.kind = kind, .object = object});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "personal.erased", kind, object);
  ledger_number(e, "values", *erased);
  return ledger_write(e) && transaction_commit(&tx);
}
