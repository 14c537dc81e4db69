// SPDX-License-Identifier: Apache-2.0
#include "diary/era.h"

#include "db/db.h"
#include "diary/lines.sql.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { ORGANISATIONS = 4096, ENTRIES_MOST = 66, HASH_SIZE = 72 };

typedef struct Known { // up to which entry an organisation's ledger was read, and the era since
  int64_t org, seq, era;
  char hash[HASH_SIZE]; // of that entry: if it has another one now, this is another history
} Known;

static struct {
  pthread_mutex_t lock;
  int64_t eras; // a number is used once
  Known known[ORGANISATIONS];
} table = {.lock = PTHREAD_MUTEX_INITIALIZER};

static Known *place_of(int64_t org) {
  return &table.known[(size_t)org % ORGANISATIONS];
}

static Known known_of(int64_t org) {
  pthread_mutex_lock(&table.lock);
  const Known known = *place_of(org);
  pthread_mutex_unlock(&table.lock);
  return known.org == org ? known : (Known){.org = org};
}

// What an entry is about when neither a person nor a place has changed with it.
static bool leaves_names_alone(const char *kind) {
  static const char *const kinds[] = {"activity", "evidence", "finding", "action", "mail"};
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (strcmp(kind, kinds[i]) == 0) return true;
  return false;
}

// Reads on from the entry that is known, which must still be the same. False: a new era.
static bool goes_on(Context *c, const Known *known) {
  if (known->era == 0) return false;
  SqlEraSinceRows rows = sql_era_since(c, (SqlEraSince){.seq = known->seq, .most = ENTRIES_MOST});
  if (rows.count == 0 || rows.count == ENTRIES_MOST) return false;
  if (rows.items[0].seq != known->seq || strcmp(rows.items[0].hash, known->hash) != 0) return false;
  for (size_t i = 1; i < rows.count; i++)
    if (!leaves_names_alone(rows.items[i].kind)) return false;
  return true;
}

// Another thread may have been quicker: what it found counts, if it saw the same head.
static int64_t settle(const Known *before, Known now) {
  pthread_mutex_lock(&table.lock);
  Known *place = place_of(now.org);
  const bool untouched = place->org != now.org || place->seq == before->seq;
  if (untouched) {
    if (now.era == 0) now.era = ++table.eras;
    *place = now;
  } else {
    now.era = place->seq == now.seq && strcmp(place->hash, now.hash) == 0 ? place->era : 0;
  }
  pthread_mutex_unlock(&table.lock);
  return now.era;
}

int64_t era_of(Context *c) {
  SqlEraHeadRow head;
  if (!shelf_is_open() || transaction_writes(c) || !sql_era_head(c, &head)) return 0;
  const Known before = known_of(c->org);
  const bool same = head.seq == before.seq && strcmp(head.hash, before.hash) == 0;
  if (same && before.era != 0) return before.era;
  if (head.seq < before.seq) return 0;
  Known now = {.org = c->org, .seq = head.seq, .era = goes_on(c, &before) ? before.era : 0};
  snprintf(now.hash, sizeof now.hash, "%s", head.hash);
  return context_ok(c) ? settle(&before, now) : 0;
}
