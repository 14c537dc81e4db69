// SPDX-License-Identifier: Apache-2.0
// The inside of the database layer: connections, the two engines, and what passes between them.
#ifndef DAYBOOK_LINK_H
#define DAYBOOK_LINK_H

#include "db/db.h"
#include "db/statement.h"

#include <pthread.h>
#include <stdatomic.h>

typedef enum ValueKind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB } ValueKind;
typedef struct Value {
  ValueKind kind;
  int64_t integer;
  double real;
  const char *bytes; // text and blob; not owned
  size_t length;
} Value;

// Takes one row's values; false stops the statement (an error may be set).
typedef bool RowSink(void *user, const Value *values);

typedef struct Call {
  Context *c;
  const Statement *statement;
  const Value *values; // statement->parameter_count of them
  RowSink *sink;       // NULL for exec
  void *user;
  bool stream;     // constant memory, rows while they come
  int64_t changed; // out: rows affected
} Call;

typedef struct DbLink DbLink;
typedef struct Engine {
  bool (*open)(Db *db, DbLink *link, Arena *arena, Error *error);
  void (*close)(DbLink *link);
  bool (*alive)(DbLink *link); // asked before a pooled connection is lent again
  bool (*run)(DbLink *link, Call *call);
  bool (*prepare)(DbLink *link, Context *c, const Statement *s);
  bool (*command)(DbLink *link, Context *c, const char *sql); // BEGIN and the like
  bool (*script)(DbLink *link, Context *c, const char *sql);  // a migration
  // What is foreseen (db/foresee.h): sends a question, whose answer comes by foresee_arrived with
  // that number; and drops what answers are left. NULL where asking is no journey.
  bool (*ask)(DbLink *link, Call *call, unsigned number);
  void (*forget)(DbLink *link, void **answers, size_t count);
} Engine;
extern const Engine sqlite_engine, postgres_engine;

// Prepared statements of one connection, found by their description's address.
typedef struct Cached {
  const Statement *statement;
  void *prepared; // sqlite3_stmt, or a number for PostgreSQL's name
  bool busy;
} Cached;
typedef struct StatementCache {
  Cached *slots;
  size_t count, capacity; // a power of two
} StatementCache;
Cached *cache_find(StatementCache *cache, const Statement *s); // NULL if not prepared yet
Cached *cache_put(StatementCache *cache, const Statement *s, void *prepared);

typedef enum Level { LEVEL_READ, LEVEL_WRITE, LEVEL_SAVEPOINT, LEVEL_MEMBER, LEVEL_NOTHING } Level;
enum { MOST_LEVELS = 24, LINK_AHEAD = 96, FORESEEN_MOST = 24 };

// PostgreSQL: what was sent and not waited for.
typedef struct Ahead {
  const char *name;
  bool foreseen; // its answer is kept
  unsigned number;
} Ahead;
typedef struct Foresight Foresight;

// What a transaction has done so far, for the rule that the ledger hears everything.
typedef struct Told {
  const char *changed; // the first statement that changed what the ledger must hear of, or NULL
  bool heard;          // an entry was written
} Told;

struct DbLink {
  Db *db;
  DbLink *next;     // in the pool
  void *connection; // sqlite3 or PGconn
  StatementCache cache;
  unsigned generation; // of the pool it belongs to; older ones are closed
  unsigned lent;       // nested attachments
  bool lost;
  bool has_turn;
  const char *alone; // the statement whose rows arrive while nothing else may be asked
  unsigned char levels[MOST_LEVELS];
  unsigned depth;
  bool writing;
  Told told, told_before[MOST_LEVELS]; // the second: when each savepoint began
  void *memory;                        // of this transaction; see transaction_memory
  size_t memory_size;
  TransactionMemory *memory_told;
  void *memory_before[MOST_LEVELS]; // when each savepoint began
  Scope scope;                      // PostgreSQL: what daybook.org and daybook.scope say now
  int64_t scope_org;
  Foresight *foresight; // NULL outside a span
  uint64_t serial;      // names for statements and cursors
  const char *pending;  // PostgreSQL: a BEGIN that travels with the first statement
  bool draining;        // PostgreSQL: a reader's COMMIT was sent, its answer not yet read
  Ahead ahead[LINK_AHEAD];
  unsigned ahead_count;
  unsigned written, replan_at; // PostgreSQL: changes in this transaction, and when to plan anew
};

struct Db {
  DbEngine engine;
  const Engine *calls;
  char *url;  // as given to libpq
  char *path; // SQLite
  pthread_mutex_t pool_lock;
  DbLink *pool;
  unsigned generation;
  pthread_mutex_t turn;     // one writer at a time in this process
  _Atomic unsigned joining; // brief ones that wait for it
  DbLink *writer;           // SQLite, with the turn: the connection of those (group.h)
  struct Group *group;      // with the turn: whose transaction is open on it
};

bool sqlite_is_open(const DbLink *link); // a transaction; a full disk ends it by itself
DbLink *link_create(Db *db, Arena *arena, Error *error);
void link_destroy(DbLink *link);
void link_lost(DbLink *link); // every pooled connection of the same age goes too
bool link_ready(Context *c);  // attached, not lost, no error

void foresee_record(DbLink *link, const Statement *s, const Value *values); // was asked
// Where the answer to this question is or will be, NULL if it was not foreseen; given once.
void **foresee_answer(DbLink *link, const Statement *s, const Value *values);
void foresee_arrived(DbLink *link, unsigned number, void *answer);
// The parameters that come from the context: :org :now :today :actor. digits: for a date.
void statement_bind_automatic(const Context *c, const SqlField *f, Value *v, char digits[11]);

#endif
