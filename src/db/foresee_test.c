// SPDX-License-Identifier: Apache-2.0
#include "db/foresee.h"

#include "db/db_fixture.h"

static void what_is_foreseen_answers_the_same_question_alone(void **state) {
  Context *c = &((Fixture *)*state)->c;
  const int64_t a = add(c, "a", 1), b = add(c, "b", 2);
  for (int times = 0; times < 3; times++) { // learnt by the first
    READ_TRANSACTION(c, tx);
    foresee_begin(c, 7);
    assert_int_equal(named(c, "a"), a);
    assert_int_equal(named(c, "b"), b);
    assert_int_equal(named(c, "b"), b); // asked twice, foreseen twice
    assert_int_equal(rows(c), 2);
    foresee_end(c);
    assert_true(transaction_commit(&tx));
  }
  const int64_t other = add(c, "other", 3);
  foresee_begin(c, 7); // what it learnt is of no use, and nothing else is believed
  assert_int_equal(named(c, "other"), other);
  assert_int_equal(named(c, "b"), b);
  assert_int_equal(rows(c), 3);
  c->org = 2;
  assert_int_equal(named(c, "b"), 0);
  c->org = 1;
  foresee_end(c);
}

static void what_was_foreseen_is_forgotten_when_something_changes(void **state) {
  Context *c = &((Fixture *)*state)->c;
  const int64_t a = add(c, "a", 1);
  for (int times = 0; times < 2; times++) {
    foresee_begin(c, 8);
    assert_int_equal(named(c, "a"), times == 0 ? a : 0);
    foresee_end(c);
    if (times > 0) break;
    foresee_begin(c, 8); // asked before the change, which must be seen all the same
    sql_fixture_rename(c, (SqlFixtureRename){.id = a, .name = "new"});
    assert_int_equal(named(c, "a"), 0);
    assert_int_equal(named(c, "new"), a);
    foresee_end(c);
    sql_fixture_rename(c, (SqlFixtureRename){.id = a, .name = "newer"});
    foresee_begin(c, 8);
    foresee_end(c);
  }
  assert_true(context_ok(c));
}

// With PostgreSQL a pattern that ends in a backslash fails as soon as there is a row to compare.
static void what_failed_is_not_foreseen_again_and_moves_no_wall(void **state) {
  Context *c = &((Fixture *)*state)->c;
  c->org = 2;
  foresee_begin(c, 9);
  assert_int_equal(named(c, "x\\"), 0);
  foresee_end(c);
  const int64_t z = add(c, "z", 1);
  add(c, "xy", 1);
  c->org = 1;
  assert_int_equal(named(c, "z"), 0);
  c->org = 2;
  foresee_begin(c, 9);
  named(c, "z"); // behind what fails
  foresee_end(c);
  forget_error(c);
  assert_int_equal(named(c, "z"), z); // in the second organisation, not in the first
  foresee_begin(c, 9);
  assert_int_equal(named(c, "z"), z);
  foresee_end(c);
  c->org = 1;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_is_foreseen_answers_the_same_question_alone, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(what_was_foreseen_is_forgotten_when_something_changes, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(what_failed_is_not_foreseen_again_and_moves_no_wall, set_up,
                                      tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
