// SPDX-License-Identifier: Apache-2.0
// PostgreSQL: prepared statements, binary values, one row-level scope for each organisation.
#include "db/pg_value.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { FETCH_ROWS = 500, FIRST_REPLAN = 200 };

// ---- errors ----

static bool text_of_error(Context *c, const PGresult *result, PGconn *connection,
                          const char *what) {
  const char *said = result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(connection);
  const char *detail = text_format(c->arena, "%s: %s", what, said);
  const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
  if (text_equal(state, "23505"))
    conflict(c, "%s", _("That exists already."));
  else if (text_equal(state, "23503"))
    conflict(c, "%s",
             _("That refers to something which is not there (any more), or is still needed."));
  else if (text_equal(state, "40001") || text_equal(state, "40P01") || text_equal(state, "55P03"))
    fail_with(c, ERROR_UNAVAILABLE, "%s",
              _("Somebody else changed the same thing at the same moment. Nothing was changed; "
                "please try again."));
  else if (text_equal(state, "42501"))
    fail_with(
        c, ERROR_DENIED, "%s",
        _("The database user lacks the right to do this. To create or upgrade the tables, give "
          "`daybook migrate` the owner's address in DAYBOOK_DB_OWNER."));
  else if (text_starts(state, "53") || text_starts(state, "58"))
    fail_with(c, ERROR_UNAVAILABLE, "%s",
              _("The database has no room left or no resources. Nothing was changed."));
  else if (state == NULL || text_starts(state, "08") || text_starts(state, "57") ||
           text_equal(state, "25006"))
    unavailable(c, "%s", detail);
  else
    failure(c, "%s", detail);
  if (c->error.detail == NULL) c->error.detail = detail;
  return false;
}

static bool failed(DbLink *link, Context *c, const PGresult *result, const char *what) {
  if (PQstatus(link->connection) == CONNECTION_BAD) link_lost(link);
  return !context_ok(c) ? false : text_of_error(c, result, link->connection, what);
}

static void clear(PGresult **result) {
  PQclear(*result);
}
#define RESULT(name) PGresult *name __attribute__((cleanup(clear)))

static bool good(const PGresult *result) {
  if (result == NULL) return false;
  ExecStatusType status = PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

// ---- connection ----

static void quiet(void *user, const PGresult *result) {
  (void)user;
  (void)result;
}

// Statements are static and tied to an organisation, so one plan serves them all: planning each
// time was two thirds of the server's work for a page. Nearly all that is asked for lies in memory
// or on a disk without a needle: a row looked up costs about as much as the next one, and
// PostgreSQL does not read a table through to save a look-up.
static const char opening[] = "SET client_min_messages = warning;"
                              "SET statement_timeout = '60s';"
                              "SET lock_timeout = '15s';"
                              "SET idle_in_transaction_session_timeout = '120s';"
                              "SET synchronous_commit = on;"
                              "SET plan_cache_mode = force_generic_plan;"
                              "SET random_page_cost = 1.1;"
                              "SET jit = off";

static bool pg_open(Db *db, DbLink *link, Arena *arena, Error *error) {
  const char *names[] = {"dbname",          "connect_timeout", "application_name",
                         "client_encoding", "keepalives_idle", NULL};
  const char *values[] = {db->url, "5", "daybook", "UTF8", "30", NULL};
  link->scope_org = -1;
  if (libpq() == NULL) {
    error->kind = ERROR_UNAVAILABLE;
    error->message = _("PostgreSQL's client library is not installed (Debian: libpq5).");
    return false;
  }
  link->connection = PQconnectdbParams(names, values, 1);
  if (PQstatus(link->connection) == CONNECTION_OK) {
    PQsetNoticeReceiver(link->connection, quiet, NULL);
    RESULT(result) = PQexec(link->connection, opening);
    if (good(result)) return true;
  }
  error->kind = ERROR_UNAVAILABLE;
  error->message = _("The database cannot be reached right now. Nothing was changed; please try "
                     "again in a moment.");
  error->detail = text_copy(arena, PQerrorMessage(link->connection));
  return false;
}

static void pg_close(DbLink *link) {
  if (link->connection != NULL) PQfinish(link->connection);
}

// A server that went away has said goodbye and closed its end: both are there to read before
// anything is sent.
static bool pg_alive(DbLink *link) {
  PGconn *connection = link->connection;
  struct pollfd fd = {.fd = PQsocket(connection), .events = POLLIN};
  for (int i = 0; i < 10 && poll(&fd, 1, 0) > 0; i++)
    if (PQconsumeInput(connection) == 0) return false;
  return PQstatus(connection) == CONNECTION_OK;
}

// ---- transactions: a BEGIN travels with the first statement, a reader does not wait for COMMIT
// ----

static void settle(DbLink *link) {
  while (link->draining) {
    RESULT(result) = PQgetResult(link->connection);
    link->draining = result != NULL;
  }
}

static bool execute(DbLink *link, Context *c, const char *sql) {
  RESULT(result) = PQexec(link->connection, sql);
  // A COMMIT of a failed transaction answers ROLLBACK.
  if (good(result) && strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0)
    return failure(c, "the transaction had failed before its commit");
  return good(result) || failed(link, c, result, sql);
}

static bool begin_now(DbLink *link, Context *c) {
  const char *sql = link->pending;
  link->pending = NULL;
  return sql == NULL || execute(link, c, sql);
}

// ---- ahead: changes whose rows nobody counts are sent and not waited for; what comes next brings
// their answers along ----

// The next result of the pipeline and the NULL behind it; the first failure is told, once. Without
// a context nobody is told.
static PGresult *take_result(DbLink *link, Context *c, const char *name) {
  PGresult *result = PQgetResult(link->connection);
  PGresult *end = PQgetResult(link->connection);
  PQclear(end);
  if (c != NULL && !good(result) && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
    failed(link, c, result, name);
  return result;
}

// What failed takes back the scope that travelled with it, outside a transaction as well.
static void take_ahead(DbLink *link, Context *c) {
  for (unsigned i = 0; i < link->ahead_count; i++) {
    const Ahead *ahead = &link->ahead[i];
    PGresult *result = take_result(link, c, ahead->name);
    if (!good(result)) link->scope = SCOPE_NONE;
    if (ahead->foreseen)
      foresee_arrived(link, ahead->number, result);
    else
      PQclear(result);
  }
  link->ahead_count = 0;
}

static bool arrive(DbLink *link, Context *c) {
  PGconn *connection = link->connection;
  if (link->ahead_count == 0) return true;
  bool sent = PQpipelineSync(connection) == 1;
  if (sent) {
    take_ahead(link, c);
    PQclear(PQgetResult(connection)); // the end of the journey
  }
  link->ahead_count = 0;
  if (PQexitPipelineMode(connection) != 1 || !sent) {
    link_lost(link);
    if (c != NULL) failed(link, c, NULL, "pipeline");
    return false;
  }
  return c == NULL || context_ok(c);
}

static bool pg_command(DbLink *link, Context *c, const char *sql) {
  settle(link);
  // Undoing does not care how what it undoes went.
  if (!arrive(link, text_starts(sql, "ROLLBACK") ? NULL : c)) return false;
  if (text_starts(sql, "BEGIN")) {
    link->pending = sql;
    link->written = 0;
    link->replan_at = FIRST_REPLAN;
    return true;
  }
  bool ends = strcmp(sql, "COMMIT") == 0 || strcmp(sql, "ROLLBACK") == 0;
  if (ends && link->pending != NULL) { // nothing was asked meanwhile
    link->pending = NULL;
    return true;
  }
  if (strcmp(sql, "COMMIT") == 0 && !link->writing) {
    link->draining = PQsendQuery(link->connection, sql) == 1;
    return link->draining || failed(link, c, NULL, sql);
  }
  return begin_now(link, c) && execute(link, c, sql);
}

static bool pg_script(DbLink *link, Context *c, const char *sql) {
  settle(link);
  if (!arrive(link, c) || !begin_now(link, c)) return false;
  RESULT(result) = PQexec(link->connection, sql);
  return good(result) || failed(link, c, result, "migration");
}

// ---- the second wall: what row-level security reads ----

static const char scope_sql[] = "SELECT set_config('daybook.org', $1, false),"
                                " set_config('daybook.scope', $2, false)";

static bool scope_differs(const DbLink *link, const Context *c, Scope scope) {
  bool same = link->scope == scope && (scope != SCOPE_ORGANISATION || link->scope_org == c->org);
  return scope != SCOPE_NONE && !same;
}

static bool send_scope(DbLink *link, Context *c, Scope scope) {
  char *org = text_format(c->arena, "%lld", (long long)(scope == SCOPE_ORGANISATION ? c->org : 0));
  const char *values[] = {org, scope == SCOPE_INSTALLATION ? "installation" : ""};
  return PQsendQueryParams(link->connection, scope_sql, 2, NULL, values, NULL, NULL, 0) == 1;
}

// ---- statements ----

static bool prepare_named(DbLink *link, Context *c, const Statement *s, const char *name) {
  Oid types[STATEMENT_MOST_PARAMETERS];
  for (size_t i = 0; i < s->parameter_count; i++) types[i] = pg_type_of(&s->parameters[i]);
  RESULT(result) = PQprepare(link->connection, name, s->postgres, s->parameter_count, types);
  return good(result) || failed(link, c, result, s->name);
}

static void statement_name(uint64_t serial, char out[24]) {
  char digits[20];
  size_t count = 0, at = 0;
  do {
    digits[count++] = (char)('0' + serial % 10);
    serial /= 10;
  } while (serial > 0);
  out[at++] = 'd';
  while (count > 0) out[at++] = digits[--count];
  out[at] = '\0';
}

static const char *prepared_name(DbLink *link, Context *c, const Statement *s, char name[24]) {
  Cached *cached = cache_find(&link->cache, s);
  if (cached == NULL) {
    statement_name(++link->serial, name);
    if (!arrive(link, c) || !prepare_named(link, c, s, name)) return NULL;
    cache_put(&link->cache, s, (void *)(uintptr_t)link->serial);
    return name;
  }
  statement_name((uint64_t)(uintptr_t)cached->prepared, name);
  return name;
}

static bool pg_prepare(DbLink *link, Context *c, const Statement *s) {
  char name[24];
  settle(link);
  return prepared_name(link, c, s, name) != NULL;
}

// Hands the rows on; false if the sink wants no more.
static bool give_rows(const PGresult *result, Call *call) {
  Value values[STATEMENT_MOST_COLUMNS];
  int rows = PQntuples(result), columns = PQnfields(result);
  for (int row = 0; row < rows; row++) {
    for (int i = 0; i < columns; i++) pg_read(result, row, i, &values[i]);
    if (call->sink != NULL && !call->sink(call->user, values)) return false;
  }
  return true;
}

// Sends the statement behind what must come before it: a BEGIN, the organisation's scope.
static bool send(DbLink *link, Call *call, const PgParameters *p, const char *name, bool scope) {
  const Statement *s = call->statement;
  PGconn *connection = link->connection;
  const char *begin = link->pending;
  link->pending = NULL;
  bool sent =
      PQpipelineStatus(connection) != PQ_PIPELINE_OFF || PQenterPipelineMode(connection) == 1;
  if (begin != NULL) {
    sent = sent && PQsendQueryParams(connection, begin, 0, NULL, NULL, NULL, NULL, 0) == 1;
    link->ahead[link->ahead_count++] = (Ahead){.name = begin};
  }
  if (scope) {
    sent = sent && send_scope(link, call->c, (Scope)s->scope);
    link->ahead[link->ahead_count++] = (Ahead){.name = "scope"};
    link->scope = (Scope)s->scope;
    link->scope_org = call->c->org;
  }
  if (sent && PQsendQueryPrepared(connection, name, s->parameter_count, p->values, p->lengths,
                                  p->formats, 1) == 1)
    return true;
  link_lost(link);
  return failed(link, call->c, NULL, s->name);
}

// The statement is on its way; what was sent before it has answered.
static bool depart(DbLink *link, Call *call, const PgParameters *p, const char *name, bool scope) {
  if (!send(link, call, p, name, scope)) return false;
  if (PQpipelineSync(link->connection) != 1) {
    link_lost(link);
    return failed(link, call->c, NULL, call->statement->name);
  }
  take_ahead(link, call->c);
  return true;
}

// BEGIN, scope, changes sent before and the statement in one journey. NULL where one of them
// failed.
static PGresult *run_in_one_journey(DbLink *link, Call *call, const PgParameters *p,
                                    const char *name, bool scope) {
  PGconn *connection = link->connection;
  if (!depart(link, call, p, name, scope)) return NULL;
  PGresult *result = take_result(link, call->c, call->statement->name);
  PQclear(PQgetResult(connection)); // the end of the journey
  PQexitPipelineMode(connection);
  if (context_ok(call->c) && good(result)) return result;
  link->scope = SCOPE_NONE; // undone with the rest
  PQclear(result);
  if (context_ok(call->c)) failed(link, call->c, NULL, call->statement->name);
  return NULL;
}

// Not waited for: its answer comes with the next one's. Few enough that answers cannot fill the way
// back while nobody reads them.
static bool run_ahead(DbLink *link, Call *call, const PgParameters *p, const char *name,
                      bool scope) {
  if (!send(link, call, p, name, scope)) return false;
  link->ahead[link->ahead_count++] = (Ahead){.name = call->statement->name};
  call->changed = 1; // as far as anybody knows
  return link->ahead_count + 3 < LINK_AHEAD || arrive(link, call->c);
}

// ---- what is foreseen ----

static bool pg_ask(DbLink *link, Call *call, unsigned number) {
  PgParameters p;
  char name[24];
  settle(link);
  if (link->ahead_count + 3 >= LINK_AHEAD && !arrive(link, call->c)) return false;
  const char *prepared = prepared_name(link, call->c, call->statement, name);
  pg_write(call, &p);
  bool scope = scope_differs(link, call->c, (Scope)call->statement->scope);
  if (prepared == NULL || !send(link, call, &p, name, scope)) return false;
  link->ahead[link->ahead_count++] =
      (Ahead){.name = call->statement->name, .foreseen = true, .number = number};
  return true;
}

static void pg_forget(DbLink *link, void **answers, size_t count) {
  arrive(link, NULL);
  for (size_t i = 0; i < count; i++) {
    PQclear(answers[i]);
    answers[i] = NULL;
  }
}

// True if the answer was foreseen: call->sink has its rows, or there is an error.
static bool run_foreseen(DbLink *link, Call *call) {
  void **answer = foresee_answer(link, call->statement, call->values);
  if (answer == NULL) return false;
  if (*answer == NULL) arrive(link, call->c);
  RESULT(result) = *answer;
  *answer = NULL;
  if (context_ok(call->c) && good(result))
    give_rows(result, call);
  else
    failed(link, call->c, result, call->statement->name);
  return true;
}

static bool run_prepared(DbLink *link, Call *call, const PgParameters *p) {
  const Statement *s = call->statement;
  char name[24];
  if (prepared_name(link, call->c, s, name) == NULL) return false;
  bool scope = scope_differs(link, call->c, (Scope)s->scope);
  if (s->later && link->writing) return run_ahead(link, call, p, name, scope);
  RESULT(result) = NULL;
  if (link->pending != NULL || scope || link->ahead_count > 0)
    result = run_in_one_journey(link, call, p, name, scope);
  else
    result = PQexecPrepared(link->connection, name, s->parameter_count, p->values, p->lengths,
                            p->formats, 1);
  if (!good(result)) return failed(link, call->c, result, s->name);
  if (!text_to_int(PQcmdTuples(result), &call->changed)) call->changed = 0;
  give_rows(result, call);
  return context_ok(call->c);
}

// Row by row as they come: constant memory without a cursor, whose query is planned each time.
static bool take_single_rows(DbLink *link, Call *call) {
  bool wanted = true, whole = true;
  PQsetSingleRowMode(link->connection);
  for (PGresult *row; (row = PQgetResult(link->connection)) != NULL; PQclear(row)) {
    if (PQresultStatus(row) == PGRES_SINGLE_TUPLE)
      wanted = wanted && give_rows(row, call);
    else if (!good(row))
      whole = PQresultStatus(row) == PGRES_PIPELINE_ABORTED
                  ? false
                  : failed(link, call->c, row, call->statement->name);
  }
  return whole;
}

static bool run_alone(DbLink *link, Call *call, const PgParameters *p) {
  const Statement *s = call->statement;
  char name[24];
  if (prepared_name(link, call->c, s, name) == NULL ||
      !depart(link, call, p, name, scope_differs(link, call->c, (Scope)s->scope)))
    return false;
  bool whole = take_single_rows(link, call);
  PQclear(PQgetResult(link->connection)); // the end of the journey
  PQexitPipelineMode(link->connection);
  if (!whole) link->scope = SCOPE_NONE; // undone with the rest
  return context_ok(call->c) && (whole || failed(link, call->c, NULL, s->name));
}

static bool set_scope(DbLink *link, Context *c, Scope scope) {
  if (!scope_differs(link, c, scope)) return true;
  if (!send_scope(link, c, scope)) return failed(link, c, NULL, "scope");
  RESULT(result) = PQgetResult(link->connection);
  PQclear(PQgetResult(link->connection));
  if (!good(result)) return failed(link, c, result, "scope");
  link->scope = scope;
  link->scope_org = c->org;
  return true;
}

// A cursor keeps memory constant and lets the rows' receiver run statements of its own.
static bool run_cursor(DbLink *link, Call *call, const PgParameters *p) {
  Context *c = call->c;
  const Statement *s = call->statement;
  READ_TRANSACTION(c, tx);
  if (!tx.open || !arrive(link, c) || !begin_now(link, c) || !set_scope(link, c, (Scope)s->scope))
    return false;
  char name[24];
  statement_name(++link->serial, name);
  Oid types[STATEMENT_MOST_PARAMETERS];
  for (size_t i = 0; i < s->parameter_count; i++) types[i] = pg_type_of(&s->parameters[i]);
  const char *declare =
      text_format(c->arena, "DECLARE %s NO SCROLL CURSOR FOR %s", name, s->postgres);
  RESULT(declared) = PQexecParams(link->connection, declare, s->parameter_count, types, p->values,
                                  p->lengths, p->formats, 1);
  if (!good(declared)) return failed(link, c, declared, s->name);
  const char *fetch = text_format(c->arena, "FETCH %d FROM %s", FETCH_ROWS, name);
  for (bool more = true; more;) {
    RESULT(result) = PQexecParams(link->connection, fetch, 0, NULL, NULL, NULL, NULL, 1);
    if (!good(result)) return failed(link, c, result, s->name);
    more = give_rows(result, call) && PQntuples(result) == FETCH_ROWS;
  }
  if (context_ok(c) && !pg_command(link, c, text_format(c->arena, "CLOSE %s", name))) return false;
  return transaction_commit(&tx);
}

// A plan is kept for good, and one that was made for an empty table takes any index that begins
// with the organisation. Where one transaction fills tables, they are planned anew as it goes on:
// what others know only after ANALYZE, the size in pages tells the planner at once.
static bool replan(DbLink *link, Context *c) {
  if (++link->written < link->replan_at) return true;
  link->replan_at *= 4;
  return arrive(link, c) && execute(link, c, "DISCARD PLANS");
}

static bool pg_run(DbLink *link, Call *call) {
  PgParameters parameters;
  settle(link);
  if (call->statement->writes && link->pending == NULL && !replan(link, call->c)) return false;
  pg_write(call, &parameters);
  if (!call->statement->writes && !call->stream && run_foreseen(link, call))
    return context_ok(call->c);
  if (call->statement->alone) return run_alone(link, call, &parameters);
  return call->stream && !call->statement->writes ? run_cursor(link, call, &parameters)
                                                  : run_prepared(link, call, &parameters);
}

const Engine postgres_engine = {
    .open = pg_open,
    .close = pg_close,
    .alive = pg_alive,
    .run = pg_run,
    .prepare = pg_prepare,
    .command = pg_command,
    .script = pg_script,
    .ask = pg_ask,
    .forget = pg_forget,
};
