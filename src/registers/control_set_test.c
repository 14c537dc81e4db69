// SPDX-License-Identifier: Apache-2.0
#include "registers/control_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_control_and_clause_stands_once_in_a_group(void **state) {
  (void)state;
  size_t in_groups = 0;
  for (size_t g = 0; g < CONTROL_GROUP_COUNT; g++) {
    const ControlEntry *entries[CONTROL_ENTRY_COUNT];
    size_t count = control_group_entries(control_groups[g].key, entries, CONTROL_ENTRY_COUNT);
    assert_true(count >= 3 && count <= 15); // a day or two of one person
    in_groups += count;
  }
  assert_int_equal(in_groups, CONTROL_ENTRY_COUNT);
}

static void the_entries_follow_the_standards_order(void **state) {
  (void)state;
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const ControlEntry *entry = control_entry_at(CLAUSE_COUNT + i);
    assert_string_equal(entry->ref, annex_controls[i].ref);
    assert_string_equal(control_entry_words(entry), annex_controls[i].words);
    assert_true(entry->types > 0 && entry->protects > 0 && entry->concepts > 0);
  }
  assert_null(control_entry_at(CONTROL_ENTRY_COUNT));
}

static void every_entry_says_what_to_ask_look_at_and_sample(void **state) {
  (void)state;
  for (size_t i = 0; i < CONTROL_ENTRY_COUNT; i++) {
    const ControlEntry *entry = control_entry_at(i);
    assert_non_null(control_group_find(entry->group));
    assert_true(strlen(entry->ask) > 20 && strlen(entry->look) > 20 && strlen(entry->sample) > 10);
  }
}

static void a_clause_and_a_control_of_the_same_number_are_two(void **state) {
  (void)state;
  assert_string_equal(control_entry_find("5.1")->group, "leadership");
  assert_string_equal(control_entry_find("A.5.1")->group, "governance");
  assert_string_equal(control_entry_find("a 5.01")->ref, "A.5.1");
  assert_null(control_entry_find("11.1"));
  assert_null(control_entry_find(NULL));
}

static void attributes_read_as_words(void **state) {
  (void)state;
  Arena *arena = arena_create();
  assert_string_equal(control_types_words(arena, PREVENTIVE | CORRECTIVE),
                      "preventive, corrective");
  assert_string_equal(control_concepts_words(arena, DETECT | RECOVER), "detect, recover");
  assert_string_equal(control_protects_words(arena, 0), "");
  arena_destroy(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_control_and_clause_stands_once_in_a_group),
      cmocka_unit_test(the_entries_follow_the_standards_order),
      cmocka_unit_test(every_entry_says_what_to_ask_look_at_and_sample),
      cmocka_unit_test(a_clause_and_a_control_of_the_same_number_are_two),
      cmocka_unit_test(attributes_read_as_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
