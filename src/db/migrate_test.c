// SPDX-License-Identifier: Apache-2.0
#include "db/link.h"
#include "db/migration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static Db *create(char folder[64], Context *c) {
  snprintf(folder, 64, "/tmp/daybook-migrate-XXXXXX");
  assert_non_null(mkdtemp(folder));
  Arena *arena = arena_create();
  Error error = {0};
  Db *db = db_create(text_format(arena, "sqlite:%s/test.db", folder), arena, &error);
  assert_non_null(db);
  arena_destroy(arena);
  context_init(c, db);
  assert_true(db_attach(c));
  return db;
}

static void destroy(char folder[64], Context *c, Db *db) {
  static const char *const files[] = {"test.db", "test.db-wal", "test.db-shm"};
  db_detach(c);
  context_finish(c);
  db_close(db);
  for (size_t i = 0; i < COUNT_OF(files); i++) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    unlink(path);
  }
  rmdir(folder);
}

static void an_empty_database_is_migrated_and_again_without_effect(void **state) {
  (void)state;
  char folder[64];
  Context c;
  Db *db = create(folder, &c);
  struct stat file;
  assert_int_equal(stat(db_path(db), &file), 0);
  assert_int_equal(file.st_mode & 0777, 0600);
  assert_false(db_check_version(&c));
  assert_int_equal(c.error.kind, ERROR_CONFLICT);
  c.error = (Error){0};
  assert_true(db_migrate(&c));
  assert_true(db_check_version(&c));
  assert_true(db_migrate(&c));
  assert_true(schema_migration_count > 0);
  destroy(folder, &c, db);
}

static void a_newer_database_is_refused_and_untouched(void **state) {
  (void)state;
  char folder[64];
  Context c;
  Db *db = create(folder, &c);
  assert_true(db_migrate(&c));
  assert_true(db->calls->script(c.link, &c, "INSERT INTO schema_version VALUES (999, 'later', 0)"));
  assert_false(db_check_version(&c));
  assert_int_equal(c.error.kind, ERROR_CONFLICT);
  assert_true(text_contains_fold(c.error.message, "newer"));
  c.error = (Error){0};
  assert_false(db_migrate(&c));
  destroy(folder, &c, db);
}

// With DAYBOOK_TEST_DB=postgresql://… (migrated already) on that as well.
static void every_statement_prepares_on_postgres_too(void **state) {
  (void)state;
  const char *url = getenv("DAYBOOK_TEST_DB");
  if (url == NULL) skip();
  Context c;
  context_init(&c, NULL);
  c.db = db_open(url, c.arena, &c.error);
  if (c.db == NULL || !db_attach(&c) || !db_check_version(&c)) fail_msg("%s", c.error.message);
  for (const StatementFile *file = statement_files; file->path != NULL; file++)
    for (const Statement *const *s = file->statements; *s != NULL; s++)
      if (!statement_check(&c, *s)) fail_msg("%s: %s", file->path, c.error.detail);
  db_detach(&c);
  db_close(c.db);
  context_finish(&c);
}

static void every_statement_of_the_program_prepares(void **state) {
  (void)state;
  char folder[64];
  Context c;
  Db *db = create(folder, &c);
  assert_true(db_migrate(&c));
  for (const StatementFile *file = statement_files; file->path != NULL; file++)
    for (const Statement *const *s = file->statements; *s != NULL; s++)
      if (!statement_check(&c, *s)) fail_msg("%s: %s", file->path, c.error.detail);
  destroy(folder, &c, db);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_database_is_migrated_and_again_without_effect),
      cmocka_unit_test(a_newer_database_is_refused_and_untouched),
      cmocka_unit_test(every_statement_of_the_program_prepares),
      cmocka_unit_test(every_statement_prepares_on_postgres_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
