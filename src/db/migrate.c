// SPDX-License-Identifier: Apache-2.0
// Brings a database to this binary's schema: numbered migrations, each in one transaction.
#include "db/link.h"
#include "db/migration.h"

#include <stdlib.h>

static const char version_table[] = "CREATE TABLE IF NOT EXISTS schema_version ("
                                    "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
                                    "applied_at BIGINT NOT NULL)";

// Written by hand, because the generated statements need the schema to be there.
static const SqlField number_field[] = {{"number", 0, SQL_FIELD_INT, false}};
static const SqlField applied_fields[] = {{"number",
                                           offsetof(
                                               struct {
                                                 int64_t n;
                                                 const char *t;
                                               },
                                               n),
                                           SQL_FIELD_INT, false},
                                          {"name",
                                           offsetof(
                                               struct {
                                                 int64_t n;
                                                 const char *t;
                                               },
                                               t),
                                           SQL_FIELD_TEXT, false},
                                          {"now", 0, SQL_FIELD_NOW, false}};
static const char applied_sql[] = "SELECT number FROM schema_version ORDER BY number";
static const Statement read_applied = {"schema_applied", applied_sql, applied_sql, NULL,
                                       number_field,     0,           1,           8,
                                       SCOPE_NONE,       false,       false};
static const Statement write_applied = {
    "schema_apply",
    "INSERT INTO schema_version (number, name, applied_at) VALUES (?1, ?2, ?3)",
    "INSERT INTO schema_version (number, name, applied_at) VALUES ($1, $2, $3)",
    applied_fields,
    NULL,
    3,
    0,
    0,
    SCOPE_NONE,
    true,
    true};
static const char exists_sqlite[] =
    "SELECT count(*) AS number FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'";
static const char exists_postgres[] =
    "SELECT count(*) AS number FROM pg_catalog.pg_tables"
    " WHERE tablename = 'schema_version' AND schemaname = ANY (current_schemas(false))";
static const Statement table_exists = {
    "schema_exists", exists_sqlite, exists_postgres, NULL, number_field, 0, 1, 8,
    SCOPE_NONE,      false};
static const char user_sql[] = "SELECT current_user::text AS name";
static const SqlField user_field[] = {{"name", 0, SQL_FIELD_TEXT, false}};
static const Statement current_user = {"schema_user", "SELECT ''", user_sql, NULL,
                                       user_field,    0,           1,        sizeof(const char *),
                                       SCOPE_NONE,    false};

typedef struct Applied {
  const int64_t *numbers;
  size_t count;
} Applied;

static Applied applied(Context *c) {
  int64_t exists = 0;
  if (!statement_one(c, &table_exists, NULL, &exists) || exists == 0) return (Applied){0};
  StatementRows rows = statement_many(c, &read_applied, NULL);
  return (Applied){rows.items, rows.count};
}

static bool is_applied(Applied list, int64_t number) {
  for (size_t i = 0; i < list.count; i++)
    if (list.numbers[i] == number) return true;
  return false;
}

static bool is_known(int64_t number) {
  for (size_t i = 0; i < schema_migration_count; i++)
    if (schema_migrations[i].number == number) return true;
  return false;
}

static bool refuse_newer(Context *c, Applied list) {
  for (size_t i = 0; i < list.count; i++)
    if (!is_known(list.numbers[i]))
      return conflict(c,
                      _("This database is newer than this program: it holds migration %03lld, "
                        "which is unknown here. Use the newer daybook; nothing was changed."),
                      (long long)list.numbers[i]);
  return context_ok(c);
}

bool db_check_version(Context *c) {
  Applied list = applied(c);
  if (!refuse_newer(c, list)) return false;
  for (size_t i = 0; i < schema_migration_count; i++)
    if (!is_applied(list, schema_migrations[i].number))
      return conflict(c,
                      _("This database is older than this program (migration %s is missing). "
                        "Run `daybook migrate`; it keeps everything."),
                      schema_migrations[i].name);
  return context_ok(c);
}

static bool apply(Context *c, const Migration *m) {
  bool postgres = c->link->db->engine == DB_POSTGRES;
  struct {
    int64_t number;
    const char *name;
  } row = {m->number, m->name};
  if (!c->link->db->calls->script(c->link, c, postgres ? m->postgres : m->sqlite)) return false;
  return statement_exec(c, &write_applied, &row) >= 0;
}

static bool apply_missing(Context *c) {
  const Engine *calls = c->link->db->calls;
  for (size_t i = 0; i < schema_migration_count; i++) {
    TRANSACTION(c, tx); // taken first: two that migrate at once go one after the other
    bool ready = tx.open &&
                 (c->link->db->engine == DB_SQLITE ||
                  calls->script(c->link, c,
                                "SELECT pg_advisory_xact_lock(8027);"
                                "SELECT set_config('daybook.scope', 'installation', true)")) &&
                 calls->script(c->link, c, version_table);
    Applied list = ready ? applied(c) : (Applied){0};
    if (!ready || !refuse_newer(c, list)) return false;
    if (!is_applied(list, schema_migrations[i].number)) {
      if (!apply(c, &schema_migrations[i])) return false;
      log_line(LOG_LEVEL_DEBUG, "migrated", "migration=%s", schema_migrations[i].name);
    }
    if (!transaction_commit(&tx)) return false;
  }
  return true;
}

// "a""b": an identifier that came from the server's own catalogue.
static char *quoted(Arena *arena, const char *name) {
  Text out;
  text_init(&out, arena);
  text_add_char(&out, '"');
  for (; *name != '\0'; name++) {
    if (*name == '"') text_add_char(&out, '"');
    text_add_char(&out, *name);
  }
  text_add_char(&out, '"');
  return out.data;
}

// The application's user may work with rows, and own nothing.
static bool grant(Context *owner, const char *user) {
  const char *name = quoted(owner->arena, user);
  const char *script =
      text_format(owner->arena,
                  "GRANT USAGE ON SCHEMA public TO %s;"
                  "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %s;"
                  "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %s;"
                  "REVOKE INSERT, UPDATE, DELETE ON schema_version FROM %s",
                  name, name, name, name);
  return owner->link->db->calls->script(owner->link, owner, script);
}

static bool migrate_as_owner(Context *c, const char *owner_url) {
  const char *user = NULL;
  if (!statement_one(c, &current_user, NULL, &user)) return false;
  Db *db = db_open(owner_url, c->arena, &c->error);
  if (db == NULL) return false;
  Context owner = *c;
  owner.db = db;
  owner.link = NULL;
  bool done = db_attach(&owner) && apply_missing(&owner) && grant(&owner, user);
  c->error = owner.error;
  db_detach(&owner);
  db_close(db);
  return done;
}

// Nothing is written, and no right to create is needed, where nothing is missing.
static bool is_current(Context *c) {
  Applied list = applied(c);
  for (size_t i = 0; i < schema_migration_count; i++)
    if (!is_applied(list, schema_migrations[i].number)) return false;
  return refuse_newer(c, list);
}

bool db_migrate(Context *c) {
  if (!link_ready(c) || is_current(c) || !context_ok(c)) return context_ok(c);
  const char *owner = getenv("DAYBOOK_DB_OWNER");
  if (c->link->db->engine == DB_POSTGRES && !text_is_empty(owner))
    return migrate_as_owner(c, owner);
  return apply_missing(c);
}
