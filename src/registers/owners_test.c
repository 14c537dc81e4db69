// SPDX-License-Identifier: Apache-2.0
#include "registers/owners.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int setup(void **state) {
  *state = arena_create();
  return 0;
}

static int teardown(void **state) {
  arena_destroy(*state);
  return 0;
}

static void assert_same(Arena *arena, const char *a, const char *b) {
  assert_string_equal(position_normal(arena, a), position_normal(arena, b));
}

static void titles_that_mean_the_same_unify(void **state) {
  assert_same(*state, "ISO", "Information Security Officer");
  assert_same(*state, "Information Security Officer (ISO)", "information security officer");
  assert_same(*state, "IT Ops Lead", "IT Operations Lead");
  assert_same(*state, "BCM Lead", "Business Continuity Lead");
  assert_same(*state, "Department Heads", "Department Head");
  assert_same(*state, "Head of Ops", "Head of Operations");
  assert_string_not_equal(position_normal(*state, "IT Operations"),
                          position_normal(*state, "IT Operations Lead"));
}

static void a_role_does_not_read_like_a_person(void **state) {
  (void)state;
  static const char *const roles[] = {"IT Operations Lead",
                                      "ISO",
                                      "Head of Ops",
                                      "Legal",
                                      "CFO",
                                      "HR Lead",
                                      "Works Council",
                                      "Marketing Lead",
                                      "Sales Ops",
                                      "Data Steward",
                                      "External Auditor",
                                      "Facilities",
                                      "SecureIT GmbH",
                                      "Top Management",
                                      ""};
  for (size_t i = 0; i < COUNT_OF(roles); i++) assert_false(reads_like_a_person(roles[i]));
  assert_true(reads_like_a_person("Maria Sanchez"));
  assert_true(reads_like_a_person("Jürgen von der Heide"));
  assert_true(reads_like_a_person("Ann-Sophie O'Neill"));
}

static void groups_are_nobody_in_particular(void **state) {
  (void)state;
  assert_true(names_everybody("All Employees (42)"));
  assert_true(names_everybody("New Hires (4)"));
  assert_true(names_everybody("Remote Workers"));
  assert_true(names_everybody("Finance Staff"));
  assert_false(names_everybody("Head of Staffing"));
  assert_false(names_everybody("HR Lead"));
}

static void the_first_of_several_owners_counts(void **state) {
  assert_string_equal(first_owner(*state, "Maria Sanchez (ISO) + peer"), "Maria Sanchez");
  assert_string_equal(first_owner(*state, "HR + ISO"), "HR");
  assert_string_equal(first_owner(*state, "CFO, CEO"), "CFO");
  assert_string_equal(first_owner(*state, "Head of Ops"), "Head of Ops");
  assert_string_equal(first_owner(*state, ""), "");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(titles_that_mean_the_same_unify),
      TEST(a_role_does_not_read_like_a_person),
      TEST(groups_are_nobody_in_particular),
      TEST(the_first_of_several_owners_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
