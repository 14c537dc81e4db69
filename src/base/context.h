// SPDX-License-Identifier: Apache-2.0
// What every rule receives first: memory, the time, who asks, in which organisation, and the
// database.
#ifndef DAYBOOK_CONTEXT_H
#define DAYBOOK_CONTEXT_H

#include "base/base.h"
#include "base/time.h"

struct Db;     // db/db.h
struct DbLink; // this thread's connection, owned by Db

struct Context {
  Arena *arena;
  Error error;
  Instant now;         // fixed for the whole request
  Date today;          // `now` in the reader's zone (person's, else the organisation's)
  const Zone *zone;    // the reader's zone
  int64_t org;         // 0 = no organisation chosen
  int64_t actor;       // person.id in that organisation; 0 = the installation (command line, jobs)
  const char *channel; // "page", "api", "cli", "job": recorded in the ledger
  bool brief;          // its changes take no time: several are made durable together (db/group.h)
  struct Db *db;
  struct DbLink *link; // borrowed; set by db_attach
};

static inline bool context_ok(const Context *c) {
  return c->error.kind == ERROR_NONE;
}
void context_init(Context *c, struct Db *db); // creates the arena; now = instant_now(); zone = UTC
void context_finish(Context *c);

#endif
