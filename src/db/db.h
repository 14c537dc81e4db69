// SPDX-License-Identifier: Apache-2.0
// One small interface over SQLite and PostgreSQL. Rooms never call this directly for statements:
// tools/statements.py turns each room's .sql into typed functions that do (docs/architecture.md).
#ifndef DAYBOOK_DB_H
#define DAYBOOK_DB_H

#include "base/context.h"

typedef struct Db Db;
typedef enum DbEngine { DB_SQLITE, DB_POSTGRES } DbEngine;

// url: sqlite:PATH or postgresql://…  Does not create a database. NULL on error with error->kind
// set.
Db *db_open(const char *url, Arena *arena, Error *error);
// As db_open, but creates an empty SQLite file (0600) if there is none.
Db *db_create(const char *url, Arena *arena, Error *error);
void db_close(Db *db); // NULL-safe; every thread's link must be detached
DbEngine db_engine(const Db *db);
const char *db_path(const Db *db); // SQLite file, NULL for PostgreSQL

// Migrations: numbered, re-runnable, each in one transaction; a newer database is refused.
// With PostgreSQL uses DAYBOOK_DB_OWNER (falls back to the url) and grants to the url's user.
bool db_migrate(Context *c);
bool db_check_version(Context *c); // false with a clear error if older or newer than this binary

bool db_attach(
    Context *c); // lends this thread's connection (opened on first use; reopened if lost)
void db_detach(Context *c);

// Transactions nest: an inner commit is a savepoint's release. Left uncommitted, it rolls back.
// A rolled-back inner transaction makes the outer one unable to commit only if the error is still
// set.
//   TRANSACTION(c, tx);  …  return transaction_commit(&tx);
typedef struct Transaction {
  Context *c;
  bool open;
} Transaction;
Transaction transaction_begin(
    Context *c); // write; SQLite BEGIN IMMEDIATE behind one process-wide turn
Transaction transaction_begin_read(Context *c);
bool transaction_commit(Transaction *tx);  // false (with error) if not durable
void transaction_finish(Transaction *tx);  // rolls back if still open
bool transaction_writes(const Context *c); // inside one that may change something
// What is written once for a thousand changes (the ledger's head): `size` zeroed bytes that live
// as long as the open write transaction, NULL if none is open; there is one such memory. The
// database may say less than it holds; `told` is called before the outermost commit, to write it.
// It must stand in these bytes alone: when a savepoint is undone, they are what they were before.
typedef bool TransactionMemory(Context *c, void *memory);
void *transaction_memory(Context *c, size_t size, TransactionMemory *told);
// The ledger says that an entry stands in the open transaction. One that changed something else
// than `unheard` statements do, and in which nobody said so, does not commit.
void transaction_heard(Context *c);
#define TRANSACTION(c, name)                                                                       \
  Transaction name __attribute__((cleanup(transaction_finish), unused)) = transaction_begin(c)
#define READ_TRANSACTION(c, name)                                                                  \
  Transaction name __attribute__((cleanup(transaction_finish), unused)) = transaction_begin_read(c)

#endif
