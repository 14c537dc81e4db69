// SPDX-License-Identifier: Apache-2.0
// Runs on a fresh SQLite file; with DAYBOOK_TEST_DB=postgresql://… on that (empty) database
// instead.
#include "db/db_fixture.h"

#include <sqlite3.h>

#include <pthread.h>

static void every_type_comes_back_as_it_went_in(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t parent = add(c, "parent", -7);
  const uint8_t bytes[] = {0, 1, 255, 0};
  int64_t id = sql_fixture_add(c, (SqlFixtureAdd){.name = "Zoë's 'row'",
                                                  .note = "",
                                                  .amount = {true, INT64_MIN + 1},
                                                  .share = {true, 1e-300},
                                                  .flag = true,
                                                  .due = date_make(2028, 2, 29),
                                                  .at = {-1},
                                                  .bytes = {bytes, sizeof bytes},
                                                  .parent = parent});
  assert_true(id > parent);
  SqlFixtureGetRow row;
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_string_equal(row.name, "Zoë's 'row'");
  assert_string_equal(row.note, "");
  assert_true(row.amount.has && row.amount.value == INT64_MIN + 1);
  assert_true(row.share.has && row.share.value > 0.9e-300 && row.share.value < 1.1e-300);
  assert_true(row.flag);
  assert_int_equal(row.due.days, date_make(2028, 2, 29).days);
  assert_int_equal(row.at.us, -1);
  assert_int_equal(row.bytes.length, sizeof bytes);
  assert_memory_equal(row.bytes.bytes, bytes, sizeof bytes);
  assert_int_equal(row.parent_id, parent);
}

static void null_comes_back_as_absent(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id =
      sql_fixture_add(c, (SqlFixtureAdd){.name = "bare", .due = DATE_NONE, .at = INSTANT_NONE});
  SqlFixtureGetRow row;
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_null(row.note);
  assert_false(row.amount.has || row.share.has || row.flag);
  assert_true(date_is_none(row.due) && instant_is_none(row.at));
  assert_null(row.bytes.bytes);
  assert_int_equal(row.parent_id, 0);
}

static void automatic_parameters_come_from_the_context(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = add(c, "a", 1);
  c->today = date_make(2026, 5, 4);
  c->actor = id;
  TRANSACTION(c, tx);
  assert_int_equal(sql_fixture_stamp(c, (SqlFixtureStamp){id}), 1);
  transaction_heard(c);
  assert_true(transaction_commit(&tx));
  SqlFixtureGetRow row;
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_int_equal(row.at.us, c->now.us);
  assert_int_equal(row.due.days, c->today.days);
  assert_int_equal(row.parent_id, id);
}

static void another_organisation_sees_nothing(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = add(c, "mine", 1);
  c->org = 2;
  SqlFixtureGetRow row;
  assert_false(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_int_equal(sql_fixture_rename(c, (SqlFixtureRename){id, "stolen"}), 0);
  assert_true(context_ok(c));
  c->org = 0;
  assert_false(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_int_equal(c->error.kind, ERROR_FAILURE);
}

static void a_list_sorts_as_declared(void **state) {
  Context *c = &((Fixture *)*state)->c;
  add(c, "b", 1);
  add(c, "c", 1);
  add(c, "a", 2);
  SqlFixtureListRows list = sql_fixture_list(c, (SqlFixtureList){.limit = 10});
  assert_int_equal(list.count, 3);
  assert_string_equal(list.items[0].name, "a");
  SqlFixtureList by_amount = {.limit = 2, .sort = SQL_FIXTURE_LIST_AMOUNT};
  list = sql_fixture_list(c, by_amount);
  assert_int_equal(list.count, 2);
  assert_string_equal(list.items[0].name, "c");
  by_amount.descending = true;
  by_amount.sort = (SqlFixtureListSort)1;
  list = sql_fixture_list(c, by_amount);
  assert_string_equal(list.items[0].name, "a");
  assert_string_equal(list.items[1].name, "b");
}

typedef struct Walk {
  Context *c;
  int64_t seen, stop_at;
} Walk;

static bool walk_row(void *user, const SqlFixtureEachRow *row) {
  Walk *walk = user;
  SqlFixtureGetRow inner;
  assert_true(sql_fixture_get(walk->c, (SqlFixtureGet){row->id}, &inner)); // statements inside rows
  assert_string_equal(inner.name, row->name);
  if (walk->seen == 0) { // and the same statement again
    Walk nested = {walk->c, 1, 3};
    assert_true(sql_fixture_each(walk->c, walk_row, &nested));
    assert_int_equal(nested.seen, 3);
  }
  return ++walk->seen != walk->stop_at;
}

static void each_walks_rows_in_constant_memory(void **state) {
  Context *c = &((Fixture *)*state)->c;
  TRANSACTION(c, tx);
  for (int i = 0; i < 1200; i++) assert_true(add(c, text_format(c->arena, "row %04d", i), i) > 0);
  assert_true(transaction_commit(&tx));
  Walk walk = {c, 0, -1};
  assert_true(sql_fixture_each(c, walk_row, &walk));
  assert_int_equal(walk.seen, 1200);
  walk = (Walk){c, 1, 5};
  assert_true(sql_fixture_each(c, walk_row, &walk));
  assert_int_equal(walk.seen, 5);
}

static bool count_row(void *user, const SqlFixtureAloneRow *row) {
  Walk *walk = user;
  assert_non_null(row->name);
  return ++walk->seen != walk->stop_at;
}

static bool ask_meanwhile(void *user, const SqlFixtureAloneRow *row) {
  Walk *walk = user;
  (void)row;
  SqlFixtureTotalRow total;
  walk->seen++;
  return sql_fixture_total(walk->c, &total);
}

static void each_that_is_alone_hands_on_its_rows_and_refuses_others(void **state) {
  Context *c = &((Fixture *)*state)->c;
  TRANSACTION(c, tx);
  for (int i = 0; i < 1200; i++) assert_true(add(c, text_format(c->arena, "row %04d", i), i) > 0);
  assert_true(transaction_commit(&tx));
  for (int times = 0; times < 2; times++) { // inside a transaction and without one
    READ_TRANSACTION(c, reads);
    if (times == 1) transaction_finish(&reads);
    Walk walk = {c, 0, -1};
    assert_true(sql_fixture_alone(c, count_row, &walk));
    assert_int_equal(walk.seen, 1200);
    walk = (Walk){c, 0, 5};
    assert_true(sql_fixture_alone(c, count_row, &walk));
    assert_int_equal(walk.seen, 5);
    assert_int_equal(rows(c), 1200);
  }
  Walk walk = {c, 0, -1};
  assert_false(sql_fixture_alone(c, ask_meanwhile, &walk));
  assert_int_equal(walk.seen, 1);
  assert_non_null(strstr(c->error.detail, "alone"));
  forget_error(c);
  assert_int_equal(rows(c), 1200);
}

static void sums_and_booleans_are_plain_values_on_both_engines(void **state) {
  Context *c = &((Fixture *)*state)->c;
  add(c, "a", 4000000000);
  add(c, "b", -5);
  add(c, "c", 20000);
  SqlFixtureTotalRow total;
  assert_true(sql_fixture_total(c, &total));
  assert_int_equal(total.rows, 3);
  assert_int_equal(total.total, 4000019995);
  assert_true(total.mean > 1333339998.3 && total.mean < 1333339998.4);
  assert_true(total.late);
}

static void an_uncommitted_transaction_rolls_back(void **state) {
  Context *c = &((Fixture *)*state)->c;
  {
    TRANSACTION(c, tx);
    add(c, "lost", 1);
    assert_int_equal(rows(c), 1);
  }
  assert_int_equal(rows(c), 0);
}

static void inner_transactions_are_savepoints(void **state) {
  Context *c = &((Fixture *)*state)->c;
  TRANSACTION(c, outer);
  add(c, "kept", 1);
  {
    TRANSACTION(c, inner);
    add(c, "dropped", 2);
  }
  {
    TRANSACTION(c, inner);
    add(c, "kept too", 3);
    READ_TRANSACTION(c, reading);
    assert_true(transaction_commit(&reading));
    assert_true(transaction_commit(&inner));
  }
  assert_true(transaction_commit(&outer));
  assert_int_equal(rows(c), 2);
}

static void what_nobody_waited_for_is_there_afterwards(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = add(c, "first", 1);
  SqlFixtureGetRow row;
  TRANSACTION(c, tx);
  for (int i = 0; i < 1000; i++) // more than are under way at once
    sql_fixture_call(c, (SqlFixtureCall){id, text_format(c->arena, "name %d", i)});
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row)); // behind all of them
  assert_string_equal(row.name, "name 999");
  sql_fixture_call(c, (SqlFixtureCall){id, "last"});
  assert_true(transaction_commit(&tx));
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_string_equal(row.name, "last");
}

static void what_nobody_waited_for_fails_the_transaction_all_the_same(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = add(c, "one", 1);
  add(c, "two", 2);
  {
    TRANSACTION(c, tx);
    add(c, "three", 3);
    sql_fixture_call(c, (SqlFixtureCall){id, "two"}); // taken
    assert_false(transaction_commit(&tx));
    assert_int_equal(c->error.kind, ERROR_CONFLICT);
  }
  forget_error(c);
  assert_int_equal(rows(c), 2);
  TRANSACTION(c, outer);
  {
    TRANSACTION(c, inner);
    sql_fixture_call(c, (SqlFixtureCall){id, "two"}); // undone before anybody heard of it
  }
  forget_error(c);
  sql_fixture_call(c, (SqlFixtureCall){id, "free"});
  assert_true(transaction_commit(&outer));
  SqlFixtureGetRow row;
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_string_equal(row.name, "free");
}

static void a_failed_inner_step_can_be_left_behind(void **state) {
  Context *c = &((Fixture *)*state)->c;
  TRANSACTION(c, outer);
  add(c, "one", 1);
  {
    TRANSACTION(c, inner);
    assert_int_equal(add(c, "one", 2), -1);
    assert_int_equal(c->error.kind, ERROR_CONFLICT);
    assert_false(transaction_commit(&inner));
  }
  assert_int_equal(add(c, "ignored while the error stands", 1), -1);
  forget_error(c);
  assert_true(add(c, "two", 2) > 0);
  assert_true(transaction_commit(&outer));
  assert_int_equal(rows(c), 2);
}

static void a_standing_error_keeps_the_outer_from_committing(void **state) {
  Context *c = &((Fixture *)*state)->c;
  {
    TRANSACTION(c, tx);
    add(c, "one", 1);
    invalid(c, "name", "No.");
    assert_false(transaction_commit(&tx));
  }
  forget_error(c);
  assert_int_equal(rows(c), 0);
}

static void writing_inside_a_reading_transaction_is_refused(void **state) {
  Context *c = &((Fixture *)*state)->c;
  READ_TRANSACTION(c, tx);
  assert_int_equal(add(c, "no", 1), -1);
  assert_int_equal(c->error.kind, ERROR_FAILURE);
}

static void a_change_that_the_ledger_did_not_hear_is_not_committed(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = c->actor = add(c, "x", 1);
  assert_int_equal(sql_fixture_stamp(c, (SqlFixtureStamp){id}), -1);
  assert_non_null(strstr(c->error.detail, "fixture_stamp changed something"));
  forget_error(c);
  SqlFixtureGetRow row;
  assert_true(sql_fixture_get(c, (SqlFixtureGet){id}, &row));
  assert_true(date_is_none(row.due));
  assert_int_equal(sql_fixture_stamp(c, (SqlFixtureStamp){id + 1}), 0); // nothing to hear of
  assert_true(context_ok(c));
}

static void what_a_savepoint_undid_needs_no_entry(void **state) {
  Context *c = &((Fixture *)*state)->c;
  int64_t id = c->actor = add(c, "x", 1);
  TRANSACTION(c, outer);
  {
    TRANSACTION(c, inner);
    assert_int_equal(sql_fixture_stamp(c, (SqlFixtureStamp){id}), 1);
  }
  assert_true(transaction_commit(&outer));
  TRANSACTION(c, another);
  {
    TRANSACTION(c, inner);
    transaction_heard(c); // an entry that is undone is none
  }
  assert_int_equal(sql_fixture_stamp(c, (SqlFixtureStamp){id}), 1);
  assert_false(transaction_commit(&another));
  forget_error(c);
}

enum { TOGETHER = 8, EACH = 40 };

typedef struct Member {
  Db *db;
  int number, durable, refused;
  int64_t seen; // rows of its own when its last change was durable
} Member;

// Every fourth is refused after it has written, every fifth has an inner part that is undone.
static void *makes_changes(void *user) {
  Member *m = user;
  for (int i = 0; i < EACH; i++) {
    Context c;
    context_init(&c, m->db);
    c.org = 1;
    c.brief = true;
    if (!db_attach(&c)) abort();
    {
      TRANSACTION(&c, tx);
      add(&c, text_format(c.arena, "member %d %d", m->number, i), i);
      if (i % 5 == 0) {
        TRANSACTION(&c, inner);
        add(&c, text_format(c.arena, "undone %d %d", m->number, i), i);
      }
      if (i % 4 == 3) invalid(&c, "name", "refused");
      m->durable += transaction_commit(&tx);
      m->refused += c.error.kind == ERROR_INVALID;
    }
    c.error = (Error){0};
    for (int k = 0; k <= i; k++)
      m->seen += i == EACH - 1 && named(&c, text_format(c.arena, "member %d %d", m->number, k)) > 0;
    db_detach(&c);
    context_finish(&c);
  }
  return NULL;
}

static void changes_made_durable_together_stand_and_fall_alone(void **state) {
  Fixture *f = *state;
  Member members[TOGETHER];
  pthread_t threads[TOGETHER];
  for (int i = 0; i < TOGETHER; i++) {
    members[i] = (Member){.db = f->db, .number = i};
    assert_int_equal(pthread_create(&threads[i], NULL, makes_changes, &members[i]), 0);
  }
  for (int i = 0; i < EACH; i++) { // somebody who is not brief ends their groups
    TRANSACTION(&f->c, tx);
    assert_true(add(&f->c, text_format(f->c.arena, "alone %d", i), i) > 0);
    assert_true(transaction_commit(&tx));
  }
  for (int i = 0; i < TOGETHER; i++) {
    pthread_join(threads[i], NULL);
    assert_int_equal(members[i].durable, EACH - EACH / 4);
    assert_int_equal(members[i].refused, EACH / 4);
    assert_int_equal(members[i].seen, EACH - EACH / 4);
  }
  assert_int_equal(rows(&f->c), EACH + TOGETHER * (EACH - EACH / 4));
}

static void a_shared_connection_that_is_stuck_is_made_anew(void **state) {
  Fixture *f = *state;
  Context *c = &f->c;
  if (db_engine(f->db) != DB_SQLITE) return;
  c->brief = true;
  assert_true(add(c, "one", 1) > 0);
  assert_non_null(f->db->writer);
  assert_true(f->db->calls->command(f->db->writer, c, "BEGIN IMMEDIATE"));
  assert_int_equal(add(c, "two", 1), -1); // it says so once
  forget_error(c);
  assert_true(add(c, "three", 1) > 0);
  assert_int_equal(rows(c), 2);
}

static void *adds_rows(void *user) {
  Member *m = user;
  for (int i = 0; i < EACH; i++) {
    Context c;
    context_init(&c, m->db);
    c.org = 1;
    c.brief = true;
    if (!db_attach(&c)) abort();
    bool durable = add(&c, text_format(c.arena, "member %d %d", m->number, i), i) > 0;
    m->durable += durable;
    m->refused += !durable && !context_ok(&c);
    db_detach(&c);
    context_finish(&c);
  }
  return NULL;
}

static int fails_every_third(void *user) {
  return ++*(int *)user % 3 == 0;
}

static void a_commit_that_fails_is_told_to_all_who_waited_for_it(void **state) {
  Fixture *f = *state;
  Context *c = &f->c;
  if (db_engine(f->db) != DB_SQLITE) return;
  c->brief = true;
  assert_true(add(c, "first", 1) > 0);
  Member members[TOGETHER];
  pthread_t threads[TOGETHER];
  int commits = 0, durable = 1, refused = 0;
  sqlite3_commit_hook(f->db->writer->connection, fails_every_third, &commits);
  for (int i = 0; i < TOGETHER; i++) {
    members[i] = (Member){.db = f->db, .number = i};
    assert_int_equal(pthread_create(&threads[i], NULL, adds_rows, &members[i]), 0);
  }
  for (int i = 0; i < TOGETHER; i++) {
    pthread_join(threads[i], NULL);
    durable += members[i].durable;
    refused += members[i].refused;
  }
  sqlite3_commit_hook(f->db->writer->connection, NULL, NULL);
  assert_true(refused >= commits / 3);
  assert_int_equal(durable + refused, 1 + TOGETHER * EACH);
  assert_int_equal(rows(c), durable);
}

static void broken_promises_are_failures(void **state) {
  Context *c = &((Fixture *)*state)->c;
  assert_int_equal(add(c, NULL, 1), -1);
  assert_int_equal(c->error.kind, ERROR_FAILURE);
  forget_error(c);
  add(c, "x1", 1);
  add(c, "x2", 1);
  SqlFixtureNamedRow row;
  assert_false(sql_fixture_named(c, (SqlFixtureNamed){"x%"}, &row));
  assert_int_equal(c->error.kind, ERROR_FAILURE);
  forget_error(c);
  assert_true(sql_fixture_named(c, (SqlFixtureNamed){"x1"}, &row));
  assert_int_equal(
      sql_fixture_add(
          c,
          (SqlFixtureAdd){.name = "orphan", .parent = 999, .due = DATE_NONE, .at = INSTANT_NONE}),
      -1);
  assert_int_equal(c->error.kind, ERROR_CONFLICT);
}

static void two_threads_connections_see_each_others_commits(void **state) {
  Fixture *f = *state;
  Context other;
  context_init(&other, f->db);
  other.org = 1;
  assert_true(db_attach(&other));
  assert_ptr_not_equal(other.link, f->c.link);
  add(&f->c, "seen", 1);
  assert_int_equal(rows(&other), 1);
  {
    READ_TRANSACTION(&other, tx);
    assert_int_equal(rows(&other), 1);
    add(&f->c, "later", 1);
    assert_int_equal(rows(&other), 1); // a page sees one moment
  }
  assert_int_equal(rows(&other), 2);
  db_detach(&other);
  context_finish(&other);
}

static void a_missing_or_foreign_database_is_said_plainly(void **state) {
  Fixture *f = *state;
  Error error = {0};
  Arena *arena = f->c.arena;
  assert_null(db_open("sqlite:/nowhere/at/all.db", arena, &error));
  assert_int_equal(error.kind, ERROR_NOT_FOUND);
  assert_null(db_open("mysql://x", arena, &error));
  assert_int_equal(error.kind, ERROR_INVALID);
  assert_null(db_open(NULL, arena, &error));
  char *path = text_format(arena, "%s/notes.txt", f->folder);
  FILE *notes = fopen(path, "w");
  for (int i = 0; i < 2000; i++) fputs("these are notes\n", notes);
  fclose(notes);
  assert_null(db_open(text_format(arena, "sqlite:%s", path), arena, &error));
  assert_int_equal(error.kind, ERROR_UNAVAILABLE);
  assert_null(db_open("postgresql://127.0.0.1:1/none", arena, &error));
  assert_int_equal(error.kind, ERROR_UNAVAILABLE);
  unlink(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(every_type_comes_back_as_it_went_in),
      TEST(null_comes_back_as_absent),
      TEST(automatic_parameters_come_from_the_context),
      TEST(another_organisation_sees_nothing),
      TEST(a_list_sorts_as_declared),
      TEST(each_walks_rows_in_constant_memory),
      TEST(each_that_is_alone_hands_on_its_rows_and_refuses_others),
      TEST(sums_and_booleans_are_plain_values_on_both_engines),
      TEST(an_uncommitted_transaction_rolls_back),
      TEST(inner_transactions_are_savepoints),
      TEST(a_failed_inner_step_can_be_left_behind),
      TEST(a_standing_error_keeps_the_outer_from_committing),
      TEST(writing_inside_a_reading_transaction_is_refused),
      TEST(what_nobody_waited_for_is_there_afterwards),
      TEST(what_nobody_waited_for_fails_the_transaction_all_the_same),
      TEST(a_change_that_the_ledger_did_not_hear_is_not_committed),
      TEST(what_a_savepoint_undid_needs_no_entry),
      TEST(changes_made_durable_together_stand_and_fall_alone),
      TEST(a_shared_connection_that_is_stuck_is_made_anew),
      TEST(a_commit_that_fails_is_told_to_all_who_waited_for_it),
      TEST(broken_promises_are_failures),
      TEST(two_threads_connections_see_each_others_commits),
      TEST(a_missing_or_foreign_database_is_said_plainly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
