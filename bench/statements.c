// SPDX-License-Identifier: Apache-2.0
// What the typed statements cost over SQLite's own calls, on the same file.
// Usage: statements FILE   → one line for each measure: raw, prepared each time, typed, ratio
#include "db/fixture.sql.h"
#include "db/link.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS = 5000, PAGE = 50 };
static const double SECONDS = 1.0;

static const char create[] =
    "DROP TABLE IF EXISTS fixture; CREATE TABLE fixture (id INTEGER PRIMARY KEY,"
    "org_id BIGINT NOT NULL, name TEXT NOT NULL, note TEXT, amount BIGINT, share DOUBLE PRECISION,"
    "flag BIGINT NOT NULL DEFAULT 0, due TEXT, at BIGINT, bytes BLOB,"
    "parent_id BIGINT REFERENCES fixture(id), UNIQUE (org_id, name));";
static const char one_sql[] =
    "SELECT id, name, note, amount, share, flag, due, at, bytes, parent_id"
    " FROM fixture WHERE org_id = ?1 AND id = ?2";
static const char page_sql[] =
    "SELECT f.id, f.name, f.amount FROM fixture f WHERE f.org_id = ?1 ORDER BY f.name LIMIT ?2";

typedef struct Bench {
  sqlite3 *raw;
  sqlite3_stmt *one, *page;
  Context c;
  int64_t at;
} Bench;

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static volatile size_t sink; // what is read must be read

static void drain(sqlite3_stmt *s, int64_t a, int64_t b) {
  sqlite3_bind_int64(s, 1, a);
  sqlite3_bind_int64(s, 2, b);
  while (sqlite3_step(s) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count(s); i++)
      if (sqlite3_column_type(s, i) == SQLITE_TEXT)
        sink += (size_t)sqlite3_column_text(s, i)[0];
      else
        sink += (size_t)sqlite3_column_int64(s, i);
  sqlite3_reset(s);
}

static void raw_one(Bench *b) {
  drain(b->one, 1, ++b->at % ROWS + 1);
}
static void raw_page(Bench *b) {
  drain(b->page, 1, PAGE);
}

static void prepared_one(Bench *b) {
  sqlite3_stmt *s;
  sqlite3_prepare_v2(b->raw, one_sql, -1, &s, NULL);
  drain(s, 1, ++b->at % ROWS + 1);
  sqlite3_finalize(s);
}

static void prepared_page(Bench *b) {
  sqlite3_stmt *s;
  sqlite3_prepare_v2(b->raw, page_sql, -1, &s, NULL);
  drain(s, 1, PAGE);
  sqlite3_finalize(s);
}

static void typed_one(Bench *b) {
  SqlFixtureGetRow row;
  if (!sql_fixture_get(&b->c, (SqlFixtureGet){++b->at % ROWS + 1}, &row)) exit(1);
  sink += (size_t)row.name[0];
  arena_reset(b->c.arena);
}

static void typed_page(Bench *b) {
  sink += sql_fixture_list(&b->c, (SqlFixtureList){.limit = PAGE}).count;
  arena_reset(b->c.arena);
}

static double rate(Bench *b, void (*work)(Bench *)) {
  double start = now();
  long done = 0;
  while (now() - start < SECONDS)
    for (int i = 0; i < 16; i++, done++) work(b);
  return (double)done / (now() - start);
}

static void compare(Bench *b, const char *what, void (*raw)(Bench *), void (*prepared)(Bench *),
                    void (*typed)(Bench *)) {
  double r = rate(b, raw), p = rate(b, prepared), t = rate(b, typed);
  printf("%-28s raw %9.0f/s  prepared each time %9.0f/s  typed %9.0f/s  typed/raw %.2f\n", what, r,
         p, t, t / r);
}

static void fill(Bench *b) {
  TRANSACTION(&b->c, tx);
  for (int i = 0; i < ROWS; i++)
    sql_fixture_add(&b->c, (SqlFixtureAdd){.name = text_format(b->c.arena, "row %05d", i),
                                           .note = "a note",
                                           .amount = {true, i},
                                           .due = {20000 + i},
                                           .at = {i}});
  if (!transaction_commit(&tx)) exit(1);
}

int main(int argc, char **argv) {
  Bench b = {0};
  if (argc != 2) return 2;
  context_init(&b.c, NULL);
  b.c.org = 1;
  b.c.db = db_create(text_format(b.c.arena, "sqlite:%s", argv[1]), b.c.arena, &b.c.error);
  if (b.c.db == NULL || !db_attach(&b.c) || !b.c.db->calls->script(b.c.link, &b.c, create))
    return 1;
  fill(&b);
  sqlite3_open(argv[1], &b.raw);
  sqlite3_prepare_v2(b.raw, one_sql, -1, &b.one, NULL);
  sqlite3_prepare_v2(b.raw, page_sql, -1, &b.page, NULL);
  compare(&b, "one row of 10 columns", raw_one, prepared_one, typed_one);
  compare(&b, "50 rows of 3 columns", raw_page, prepared_page, typed_page);
  sqlite3_stmt *begin;
  sqlite3_prepare_v2(b.raw, "BEGIN", -1, &begin, NULL);
  sqlite3_step(begin);
  sqlite3_finalize(begin);
  READ_TRANSACTION(&b.c, tx);
  compare(&b, "one row, in a transaction", raw_one, prepared_one, typed_one);
  return 0;
}
