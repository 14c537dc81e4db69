// SPDX-License-Identifier: Apache-2.0
#include "db/link.h"
#include "jobs/jobs.h"
#include "jobs/jobs.sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static Context c;
static int64_t ran;

static void script(const char *sql) {
  if (!c.db->calls->script(c.link, &c, sql)) fail_msg("%s", c.error.detail);
}

static int64_t count(const char *table) {
  script("DELETE FROM job WHERE name = 'counted'");
  script(text_format(c.arena,
                     "INSERT INTO job (name, organisation_id, next_at) "
                     "SELECT 'counted', 7, count(*) FROM %s",
                     table));
  SqlJobListRows rows = sql_job_list(&c);
  for (size_t i = 0; i < rows.count; i++)
    if (text_equal(rows.items[i].name, "counted")) return rows.items[i].next_at.us;
  return -1;
}

static int set_up(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/daybook-jobs-XXXXXX");
  assert_non_null(mkdtemp(folder));
  context_init(&c, NULL);
  c.db = db_create(text_format(c.arena, "sqlite:%s/test.db", folder), c.arena, &c.error);
  assert_true(c.db != NULL && db_attach(&c) && db_migrate(&c));
  script("CREATE TABLE effect (n INTEGER)");
  ran = 0;
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  static const char *const files[] = {"test.db", "test.db-wal", "test.db-shm"};
  db_detach(&c);
  db_close(c.db);
  context_finish(&c);
  for (size_t i = 0; i < COUNT_OF(files); i++) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    unlink(path);
  }
  rmdir(folder);
  return 0;
}

static bool work(Context *context) {
  ran++;
  return context->db->calls->script(context->link, context, "INSERT INTO effect VALUES (1)");
}

static bool stumble(Context *context) {
  work(context);
  return failure(context, "it went wrong");
}

// While it works, somebody else takes the lease.
static bool be_overtaken(Context *context) {
  work(context);
  script("UPDATE job SET holder = 'another' WHERE name = 'slow'");
  return true;
}

static const Job plain = {"plain", "", 3600, false, true, work};
static const Job broken = {"broken", "", 3600, false, true, stumble};
static const Job slow = {"slow", "", 3600, false, true, be_overtaken};

static void pass(const Job *job, int64_t expect_done, int64_t expect_failed) {
  const Job *const list[] = {job, NULL};
  int64_t done, failed;
  assert_true(jobs_run_due(&c, list, "me", &done, &failed));
  assert_int_equal(done, expect_done);
  assert_int_equal(failed, expect_failed);
}

static void a_job_runs_once_an_interval(void **state) {
  (void)state;
  pass(&plain, 1, 0);
  pass(&plain, 0, 0);
  c.now.us += INT64_C(3599) * 1000000;
  pass(&plain, 0, 0);
  c.now.us += INT64_C(2) * 1000000;
  pass(&plain, 1, 0);
  assert_int_equal(count("effect"), 2);
}

static void a_lease_is_heeded_until_it_runs_out(void **state) {
  (void)state;
  pass(&plain, 1, 0);
  c.now.us += INT64_C(7200) * 1000000;
  script(text_format(c.arena, "UPDATE job SET holder = 'dead', lease_until = %lld",
                     (long long)clock_real().us + 60000000));
  pass(&plain, 0, 0);
  script(text_format(c.arena, "UPDATE job SET lease_until = %lld", (long long)clock_real().us - 1));
  pass(&plain, 1, 0);
}

static void what_an_overtaken_worker_did_is_undone(void **state) {
  (void)state;
  pass(&slow, 0, 1);
  assert_int_equal(ran, 1);
  assert_int_equal(count("effect"), 0);
}

static void a_failure_is_kept_undone_and_tried_again_later(void **state) {
  (void)state;
  pass(&broken, 0, 1);
  assert_int_equal(count("effect"), 0);
  SqlJobListRows rows = sql_job_list(&c);
  assert_string_equal(rows.items[0].error, "it went wrong");
  assert_int_equal(rows.items[0].failures, 1);
  pass(&broken, 0, 0);
  c.now.us += INT64_C(61) * 1000000;
  pass(&broken, 0, 1);
  c.now.us += INT64_C(61) * 1000000;
  pass(&broken, 0, 0); // twice as long
  c.now.us += INT64_C(61) * 1000000;
  pass(&broken, 0, 1);
}

static void a_clock_set_back_does_not_stop_the_work(void **state) {
  (void)state;
  c.now.us += INT64_C(365) * 86400 * 1000000;
  pass(&plain, 1, 0);
  c.now.us -= INT64_C(365) * 86400 * 1000000;
  pass(&plain, 1, 0);
}

static void the_thread_works_and_stops(void **state) {
  (void)state;
  static const Job *const list[] = {&plain, NULL};
  JobRunner *runner = jobs_start(c.db, list);
  assert_non_null(runner);
  SqlJobListRows rows = {0};
  for (int i = 0; i < 500 && (rows.count == 0 || rows.items[0].runs == 0); i++) {
    usleep(10000);
    rows = sql_job_list(&c);
  }
  jobs_stop(runner);
  jobs_stop(NULL);
  assert_int_equal(rows.items[0].runs, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_job_runs_once_an_interval),
      TEST(a_lease_is_heeded_until_it_runs_out),
      TEST(what_an_overtaken_worker_did_is_undone),
      TEST(a_failure_is_kept_undone_and_tried_again_later),
      TEST(a_clock_set_back_does_not_stop_the_work),
      TEST(the_thread_works_and_stops),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
