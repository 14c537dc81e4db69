// SPDX-License-Identifier: Apache-2.0
// Transactions nest: the outermost is the engine's own, inner ones are savepoints.
#include "db/foresee.h"
#include "db/group.h"
#include "db/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TURN_SECONDS = 20 };

static bool take_turn(Context *c) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += TURN_SECONDS;
  Db *db = c->link->db;
  if (c->brief) atomic_fetch_add(&db->joining, 1);
  int late = pthread_mutex_timedlock(&db->turn, &until);
  if (c->brief) atomic_fetch_sub(&db->joining, 1);
  if (late == ETIMEDOUT) return unavailable(c, "waited %d s for the turn to write", TURN_SECONDS);
  c->link->has_turn = true;
  return true;
}

static void give_turn(DbLink *link) {
  if (link->has_turn) {
    link->has_turn = false;
    pthread_mutex_unlock(&link->db->turn);
  }
}

static bool command(Context *c, const char *format, unsigned number) {
  const char *sql = text_format(c->arena, format, number);
  return c->link->db->calls->command(c->link, c, sql);
}

static bool begin_outer(Context *c, bool write) {
  DbLink *link = c->link;
  bool sqlite = link->db->engine == DB_SQLITE;
  foresee_end(c); // what was read before is of another moment
  if (write && sqlite && !take_turn(c)) return false;
  Joined joined = write && sqlite ? group_join(c) : JOINED_NOT;
  const char *sql = sqlite ? (write ? "BEGIN IMMEDIATE" : "BEGIN")
                           : (write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  if (joined == JOIN_FAILED || (joined == JOINED_NOT && !link->db->calls->command(link, c, sql))) {
    give_turn(link);
    return false;
  }
  link->writing = write;
  link->levels[0] = joined == JOINED ? LEVEL_MEMBER : write ? LEVEL_WRITE : LEVEL_READ;
  link->told = (Told){0};
  return true;
}

static bool tell_memory(Context *c) {
  DbLink *link = c->link;
  return link->memory == NULL || link->memory_told(c, link->memory);
}

static void keep_memory(DbLink *link) {
  void *kept = NULL;
  if (link->memory != NULL) {
    kept = malloc(link->memory_size);
    if (kept == NULL) abort();
    memcpy(kept, link->memory, link->memory_size);
  }
  link->memory_before[link->depth] = kept;
}

static void forget_memory(DbLink *link, unsigned level, bool undone) {
  if (undone) {
    free(link->memory);
    link->memory = link->memory_before[level];
  } else {
    free(link->memory_before[level]);
  }
  link->memory_before[level] = NULL;
}

static bool begin_inner(Context *c, bool write) {
  DbLink *link = c->link;
  if (link->depth >= MOST_LEVELS) return failure(c, "transactions nest too deeply");
  if (write && !link->writing)
    return failure(c, "a write transaction began inside one that only reads");
  if (write && !command(c, "SAVEPOINT s%u", link->depth)) return false;
  if (write) keep_memory(link);
  link->levels[link->depth] = write ? LEVEL_SAVEPOINT : LEVEL_NOTHING;
  link->told_before[link->depth] = link->told;
  return true;
}

static Transaction begin(Context *c, bool write) {
  Transaction tx = {.c = c};
  if (!link_ready(c)) return tx;
  bool begun = c->link->depth == 0 ? begin_outer(c, write) : begin_inner(c, write);
  if (begun) {
    c->link->depth++;
    tx.open = true;
  }
  return tx;
}

Transaction transaction_begin(Context *c) {
  return begin(c, true);
}

Transaction transaction_begin_read(Context *c) {
  return begin(c, false);
}

bool transaction_writes(const Context *c) {
  return c->link != NULL && c->link->writing;
}

// Rolling back must work although an error is set: it runs with an error of its own.
static void roll_back(Context *c, const char *format, unsigned number) {
  Error kept = c->error;
  c->error = (Error){0};
  if (!c->link->lost && !command(c, format, number)) {
    log_line(LOG_LEVEL_ERROR, "rollback_failed", "%s",
             c->error.detail != NULL ? c->error.detail : c->error.message);
    link_lost(c->link);
  }
  c->error = kept;
}

static void leave_outer(DbLink *link) {
  link->writing = false;
  free(link->memory);
  link->memory = NULL;
  give_turn(link);
}

void *transaction_memory(Context *c, size_t size, TransactionMemory *told) {
  DbLink *link = c->link;
  if (link == NULL || !link->writing) return NULL;
  if (link->memory == NULL) {
    link->memory = calloc(1, size); // lives as long as the transaction, not as its context
    if (link->memory == NULL) abort();
    link->memory_size = size;
    link->memory_told = told;
  }
  return link->memory;
}

void transaction_heard(Context *c) {
  if (c->link && c->link->writing) c->link->told.heard = true;
}

static bool ledger_heard(Context *c) {
  const DbLink *link = c->link;
  if (link->depth > 1 || link->told.changed == NULL || link->told.heard) return true;
  return failure(c,
                 "statement %s changed something and no ledger entry was written with it; write "
                 "one, or say unheard \"reason\" in its .sql",
                 link->told.changed);
}

bool transaction_commit(Transaction *tx) {
  Context *c = tx->c;
  if (!tx->open || !context_ok(c) || !ledger_heard(c) ||
      (c->link->levels[c->link->depth - 1] == LEVEL_WRITE && !tell_memory(c))) {
    transaction_finish(tx);
    return false;
  }
  DbLink *link = c->link;
  if (link->levels[link->depth - 1] == LEVEL_MEMBER) {
    tx->open = false;
    return group_commit(c);
  }
  unsigned level = link->depth - 1;
  bool done = true;
  if (link->levels[level] == LEVEL_SAVEPOINT)
    done = command(c, "RELEASE SAVEPOINT s%u", level);
  else if (link->levels[level] != LEVEL_NOTHING)
    done = link->db->calls->command(link, c, "COMMIT");
  if (!done) {
    transaction_finish(tx);
    return false;
  }
  tx->open = false;
  if (link->levels[level] == LEVEL_SAVEPOINT) forget_memory(link, level, false);
  link->depth = level;
  if (level == 0) leave_outer(link);
  return true;
}

void transaction_finish(Transaction *tx) {
  if (!tx->open) return;
  tx->open = false;
  DbLink *link = tx->c->link;
  unsigned level = link->depth - 1;
  if (link->levels[level] == LEVEL_SAVEPOINT) {
    roll_back(tx->c, "ROLLBACK TO SAVEPOINT s%u", level);
    roll_back(tx->c, "RELEASE SAVEPOINT s%u", level);
    link->told = link->told_before[level];
    forget_memory(link, level, true);
  } else if (link->levels[level] == LEVEL_MEMBER) {
    group_leave(tx->c);
    return;
  } else if (link->levels[level] != LEVEL_NOTHING) {
    roll_back(tx->c, "ROLLBACK", 0);
  }
  if (link->levels[level] != LEVEL_NOTHING) { // what was set inside is undone with it
    link->scope = SCOPE_NONE;
    link->scope_org = -1;
  }
  link->depth = level;
  if (level == 0) leave_outer(link);
}
