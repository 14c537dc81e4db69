// SPDX-License-Identifier: Apache-2.0
// SQLite: WAL, every commit on the disk before it is acknowledged (synchronous=FULL).
#include "db/link.h"
#include "db/sqlite_memory.h"

#include <limits.h>
#include <sqlite3.h>
#include <string.h>

enum { BUSY_MS = 10000 };

static void configure_library(void) {
  sqlite3_config(SQLITE_CONFIG_MULTITHREAD);  // a connection belongs to one thread at a time
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // its counters are a lock that all threads share
  sqlite_memory_use();
  sqlite3_initialize();
}

// ---- errors ----

static const char *disk_message(int code) {
  switch (code & 0xFF) {
  case SQLITE_FULL: return _("The disk is full. Nothing was changed; make room and try again.");
  case SQLITE_READONLY:
    return _("The database cannot be written: its disk or file is read-only. Nothing was changed.");
  case SQLITE_IOERR:
    return _("The disk did not do what was asked. Nothing was changed; try again in a moment.");
  case SQLITE_CANTOPEN: return _("The database file cannot be opened. Nothing was changed.");
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return _("Somebody else is writing for a long time. Nothing was changed; please try again.");
  default: return NULL;
  }
}

static bool constraint_failed(Context *c, int code, const char *detail) {
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY: conflict(c, "%s", _("That exists already.")); break;
  case SQLITE_CONSTRAINT_FOREIGNKEY:
    conflict(c, "%s",
             _("That refers to something which is not there (any more), or is still needed."));
    break;
  default: failure(c, "%s", detail);
  }
  if (c->error.detail == NULL) c->error.detail = detail;
  return false;
}

static bool failed(Context *c, sqlite3 *connection, int code, const char *what) {
  if (!context_ok(c)) return false;
  const char *detail = text_format(c->arena, "%s: %s (%d)", what, sqlite3_errmsg(connection), code);
  if ((code & 0xFF) == SQLITE_CONSTRAINT) return constraint_failed(c, code, detail);
  if (disk_message(code) == NULL) return failure(c, "%s", detail);
  fail_with(c, ERROR_UNAVAILABLE, "%s", disk_message(code));
  c->error.detail = detail;
  return false;
}

// ---- connection ----

static const char opening[] = "PRAGMA foreign_keys=ON;"
                              "PRAGMA journal_mode=WAL;"
                              "PRAGMA synchronous=FULL;"
                              "PRAGMA temp_store=MEMORY;"
                              "PRAGMA trusted_schema=OFF;"
                              "PRAGMA cache_size=-4000;"
                              "PRAGMA journal_size_limit=67108864;";

static bool open_failed(DbLink *link, int code, Arena *arena, Error *error) {
  const char *usual = disk_message(code);
  error->kind = ERROR_UNAVAILABLE;
  error->message = usual != NULL ? usual
                   : (code & 0xFF) == SQLITE_NOTADB
                       ? text_format(arena, _("%s is not a Daybook database."), link->db->path)
                       : _("The database cannot be opened.");
  error->detail = text_format(arena, "%s: %s", link->db->path,
                              link->connection != NULL ? sqlite3_errmsg(link->connection)
                                                       : sqlite3_errstr(code));
  return false;
}

static bool sqlite_open(Db *db, DbLink *link, Arena *arena, Error *error) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, configure_library);
  sqlite3 *connection = NULL;
  int code =
      sqlite3_open_v2(db->path, &connection,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  link->connection = connection;
  if (code != SQLITE_OK) return open_failed(link, code, arena, error);
  sqlite3_busy_timeout(connection, BUSY_MS);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
  code = sqlite3_exec(connection, opening, NULL, NULL, NULL);
  if ((code & 0xFF) == SQLITE_READONLY) { // a copy to look at; writing will say so
    code = sqlite3_exec(connection, "PRAGMA query_only=ON; SELECT 1 FROM sqlite_schema;", NULL,
                        NULL, NULL);
  }
  return code == SQLITE_OK || open_failed(link, code, arena, error);
}

static void sqlite_close(DbLink *link) {
  for (size_t i = 0; i < link->cache.capacity; i++)
    if (link->cache.slots[i].statement != NULL) sqlite3_finalize(link->cache.slots[i].prepared);
  sqlite3_close_v2(link->connection);
}

static bool sqlite_alive(DbLink *link) {
  (void)link;
  return true;
}

// ---- statements ----

static sqlite3_stmt *prepare(DbLink *link, Context *c, const Statement *s, unsigned flags) {
  sqlite3_stmt *made = NULL;
  int code = sqlite3_prepare_v3(link->connection, s->sqlite, -1, flags, &made, NULL);
  if (code != SQLITE_OK) failed(c, link->connection, code, s->name);
  return made;
}

static int bind_value(sqlite3_stmt *statement, int index, const Value *v) {
  switch (v->kind) {
  case VALUE_INT: return sqlite3_bind_int64(statement, index, v->integer);
  case VALUE_REAL: return sqlite3_bind_double(statement, index, v->real);
  case VALUE_TEXT:
    return sqlite3_bind_text64(statement, index, v->bytes, v->length, SQLITE_STATIC, SQLITE_UTF8);
  case VALUE_BLOB: return sqlite3_bind_blob64(statement, index, v->bytes, v->length, SQLITE_STATIC);
  case VALUE_NULL: break;
  }
  return sqlite3_bind_null(statement, index);
}

// Each sqlite3_column_…() looks the column up again; a value is looked up once. It is ours to read
// because a connection belongs to one thread at a time (SQLITE_CONFIG_MULTITHREAD).
static void read_value(sqlite3_value *from, Value *v) {
  switch (sqlite3_value_type(from)) {
  case SQLITE_INTEGER:
    v->kind = VALUE_INT;
    v->integer = sqlite3_value_int64(from);
    return;
  case SQLITE_FLOAT:
    v->kind = VALUE_REAL;
    v->real = sqlite3_value_double(from);
    return;
  case SQLITE_TEXT:
    v->kind = VALUE_TEXT;
    v->bytes = (const char *)sqlite3_value_text(from);
    break;
  case SQLITE_BLOB:
    v->kind = VALUE_BLOB;
    v->bytes = sqlite3_value_blob(from);
    break;
  default: v->kind = VALUE_NULL; return;
  }
  v->length = (size_t)sqlite3_value_bytes(from);
}

static bool take_rows(sqlite3_stmt *statement, DbLink *link, Call *call) {
  Value values[STATEMENT_MOST_COLUMNS];
  int columns = sqlite3_column_count(statement), code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < columns; i++) read_value(sqlite3_column_value(statement, i), &values[i]);
    if (call->sink != NULL && !call->sink(call->user, values)) return context_ok(call->c);
  }
  if (code != SQLITE_DONE) return failed(call->c, link->connection, code, call->statement->name);
  call->changed = sqlite3_changes64(link->connection);
  return true;
}

static bool bind_and_take(sqlite3_stmt *statement, DbLink *link, Call *call) {
  // A statement's other body, for PostgreSQL, may use more of the parameters than this one does.
  int used = sqlite3_bind_parameter_count(statement);
  for (int i = 0; i < call->statement->parameter_count && i < used; i++) {
    int code = bind_value(statement, i + 1, &call->values[i]);
    if (code != SQLITE_OK) return failed(call->c, link->connection, code, call->statement->name);
  }
  bool done = take_rows(statement, link, call);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement); // they point into the caller's memory
  return done;
}

static bool sqlite_run(DbLink *link, Call *call) {
  const Statement *s = call->statement;
  Cached *cached = cache_find(&link->cache, s);
  if (cached != NULL && cached->busy) { // used inside its own rows
    sqlite3_stmt *second = prepare(link, call->c, s, 0);
    bool done = second != NULL && bind_and_take(second, link, call);
    sqlite3_finalize(second);
    return done;
  }
  if (cached == NULL) {
    sqlite3_stmt *made = prepare(link, call->c, s, SQLITE_PREPARE_PERSISTENT);
    if (made == NULL) return false;
    cached = cache_put(&link->cache, s, made);
  }
  sqlite3_stmt *statement = cached->prepared;
  cached->busy = true;
  bool done = bind_and_take(statement, link, call);
  cache_find(&link->cache, s)->busy = false; // the cache may have grown meanwhile
  return done;
}

static bool sqlite_prepare(DbLink *link, Context *c, const Statement *s) {
  sqlite3_stmt *made = prepare(link, c, s, 0);
  sqlite3_finalize(made);
  return made != NULL;
}

// The commands that frame every request are prepared once a connection; deeper savepoints are not.
static sqlite3_stmt *kept_command(DbLink *link, Context *c, const char *sql) {
  static const Statement commands[] = {{.name = "begin", .sqlite = "BEGIN"},
                                       {.name = "begin_immediate", .sqlite = "BEGIN IMMEDIATE"},
                                       {.name = "commit", .sqlite = "COMMIT"},
                                       {.name = "rollback", .sqlite = "ROLLBACK"},
                                       {.name = "member", .sqlite = "SAVEPOINT member"},
                                       {.name = "release", .sqlite = "RELEASE SAVEPOINT member"},
                                       {.name = "savepoint", .sqlite = "SAVEPOINT s1"},
                                       {.name = "release1", .sqlite = "RELEASE SAVEPOINT s1"}};
  for (size_t i = 0; i < COUNT_OF(commands); i++) {
    if (strcmp(commands[i].sqlite, sql) != 0) continue;
    const Cached *kept = cache_find(&link->cache, &commands[i]);
    if (kept != NULL) return kept->prepared;
    sqlite3_stmt *made = prepare(link, c, &commands[i], SQLITE_PREPARE_PERSISTENT);
    if (made != NULL) cache_put(&link->cache, &commands[i], made);
    return made;
  }
  return NULL;
}

bool sqlite_is_open(const DbLink *link) {
  return sqlite3_get_autocommit(link->connection) == 0;
}

static bool sqlite_command(DbLink *link, Context *c, const char *sql) {
  if (strcmp(sql, "ROLLBACK") == 0 && !sqlite_is_open(link))
    return true; // an error such as a full disk has rolled back already
  sqlite3_stmt *statement = kept_command(link, c, sql);
  if (statement == NULL) {
    int code = sqlite3_exec(link->connection, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || failed(c, link->connection, code, sql);
  }
  sqlite3_step(statement);
  int code = sqlite3_reset(statement);
  return code == SQLITE_OK || failed(c, link->connection, code, sql);
}

static bool sqlite_script(DbLink *link, Context *c, const char *sql) {
  int code = sqlite3_exec(link->connection, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || failed(c, link->connection, code, "migration");
}

const Engine sqlite_engine = {
    .open = sqlite_open,
    .close = sqlite_close,
    .alive = sqlite_alive,
    .run = sqlite_run,
    .prepare = sqlite_prepare,
    .command = sqlite_command,
    .script = sqlite_script,
};
