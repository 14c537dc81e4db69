// SPDX-License-Identifier: Apache-2.0
#include "improvement/grade.h"
#include "improvement/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// A nonconformity with everything recorded, that waits for its check.
static StepFacts whole(void) {
  return (StepFacts){.grade = GRADE_MINOR,
                     .corrected = true,
                     .contained = true,
                     .cause = true,
                     .searched = true,
                     .actions_done = 2};
}

static void a_nonconformity_is_as_far_as_its_first_missing_step(void **state) {
  (void)state;
  StepFacts f = whole();
  assert_int_equal(step_of(&f), STEP_WAITING);
  f.actions_open = 1;
  assert_int_equal(step_of(&f), STEP_ACTING);
  f.actions_open = f.actions_done = 0;
  assert_int_equal(step_of(&f), STEP_SEARCHED);
  f.searched = false;
  assert_int_equal(step_of(&f), STEP_CAUSE_KNOWN);
  f.cause = false;
  assert_int_equal(step_of(&f), STEP_CONTAINED);
  f.contained = false;
  assert_int_equal(step_of(&f), STEP_CORRECTED);
  f.corrected = false;
  assert_int_equal(step_of(&f), STEP_RAISED);
}

static void no_later_step_hides_one_that_is_missing(void **state) {
  (void)state;
  StepFacts f = whole();
  f.effective = true;
  f.contained = false;
  assert_int_equal(step_of(&f), STEP_CORRECTED);
  f.contained = true;
  assert_int_equal(step_of(&f), STEP_EFFECTIVE);
  f.closed = true;
  assert_int_equal(step_of(&f), STEP_CLOSED);
}

static void everything_else_is_decided_about(void **state) {
  (void)state;
  StepFacts f = {.grade = GRADE_IDEA};
  assert_int_equal(step_of(&f), STEP_RAISED);
  f.decision = DECISION_ACT;
  assert_int_equal(step_of(&f), STEP_ACTING);
  f.decision = DECISION_PARK;
  assert_int_equal(step_of(&f), STEP_PARKED);
  f.decision = DECISION_DECLINE;
  assert_int_equal(step_of(&f), STEP_DECLINED);
  f = (StepFacts){.grade = GRADE_CONFORMITY};
  assert_int_equal(step_of(&f), STEP_NOTED);
}

static void a_file_s_words_become_a_grade(void **state) {
  (void)state;
  assert_int_equal(grade_of_words("Major nonconformity"), GRADE_MAJOR);
  assert_int_equal(grade_of_words("minor NC"), GRADE_MINOR);
  assert_int_equal(grade_of_words("Observation"), GRADE_OBSERVATION);
  assert_int_equal(grade_of_words("OFI"), GRADE_OPPORTUNITY);
  assert_int_equal(grade_of_words("Conformity"), GRADE_CONFORMITY);
  assert_int_equal(grade_of_words(""), GRADE_MINOR);
}

static void a_major_has_the_shortest_clock_and_tells(void **state) {
  (void)state;
  GradeRule major = grade_default(GRADE_MAJOR), minor = grade_default(GRADE_MINOR);
  assert_true(major.due_days < minor.due_days);
  assert_true(major.tells && !minor.tells);
  assert_true(major.wait_days > 0 && minor.wait_days > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_nonconformity_is_as_far_as_its_first_missing_step),
      cmocka_unit_test(no_later_step_hides_one_that_is_missing),
      cmocka_unit_test(everything_else_is_decided_about),
      cmocka_unit_test(a_file_s_words_become_a_grade),
      cmocka_unit_test(a_major_has_the_shortest_clock_and_tells),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
