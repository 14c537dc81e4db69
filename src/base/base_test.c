// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void arena_memory_is_zeroed_aligned_and_counted(void **state) {
  (void)state;
  Arena *arena = arena_create();
  for (size_t size = 1; size < 300000; size = size * 3 + 1) {
    unsigned char *bytes = arena_alloc(arena, size);
    assert_int_equal((uintptr_t)bytes % 16, 0);
    for (size_t i = 0; i < size; i++) assert_int_equal(bytes[i], 0);
    memset(bytes, 0xAA, size);
  }
  assert_true(arena_used(arena) > 300000);
  arena_reset(arena);
  assert_int_equal(arena_used(arena), 0);
  assert_int_equal(*(unsigned char *)arena_alloc(arena, 1), 0);
  arena_destroy(arena);
  arena_destroy(NULL);
}

static void a_list_grows_and_keeps_its_items(void **state) {
  (void)state;
  Arena *arena = arena_create();
  LIST_OF(int64_t) numbers = {0};
  LIST_OF(int64_t) others = {0};
  for (int64_t i = 0; i < 1000; i++) {
    int64_t *added = list_add(arena, &numbers);
    assert_int_equal(*added, 0);
    *added = i;
    *list_add(arena, &others) = -i;
  }
  assert_int_equal(numbers.count, 1000);
  for (int64_t i = 0; i < 1000; i++) {
    assert_int_equal(numbers.items[i], i);
    assert_int_equal(others.items[i], -i);
  }
  arena_destroy(arena);
}

static void text_grows_while_others_take_memory(void **state) {
  (void)state;
  Arena *arena = arena_create();
  Text a, b;
  text_init(&a, arena);
  text_init(&b, arena);
  for (int i = 0; i < 5000; i++) {
    text_add_format(&a, "%d,", i % 10);
    text_add(&b, "xy");
  }
  assert_int_equal(a.length, 10000);
  assert_int_equal(strlen(a.data), 10000);
  assert_int_equal(strlen(b.data), 10000);
  assert_true(text_starts(a.data, "0,1,2,3,4,5,6,7,8,9,0,"));
  arena_destroy(arena);
}

static void utf8_follows_rfc_3629(void **state) {
  (void)state;
  static const char *const good[] = {"", "plain", "é", "€", "𝄞", "\xF4\x8F\xBF\xBF"};
  static const char *const bad[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",
                                    "\xE0\x80\x80", "\xED\xA0\x80",     "\xF0\x80\x80\x80",
                                    "\xF5\x80",     "\xF4\x90\x80\x80", "\xE2\x82",
                                    "a\xFF"};
  for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(text_is_utf8(good[i], strlen(good[i])));
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(text_is_utf8(bad[i], strlen(bad[i])));
  assert_false(text_is_utf8("a\0b", 3));
}

static void text_folds_trims_and_searches(void **state) {
  (void)state;
  Arena *arena = arena_create();
  assert_string_equal(text_lower(arena, "ÄRGER Straße ΣΟΦΙΑ"), "ärger straße σοφια");
  assert_string_equal(text_trim(arena, " \t a b \n"), "a b");
  assert_true(text_equal_fold("Next Review", "next review"));
  assert_false(text_equal_fold("a", NULL));
  assert_true(text_equal(NULL, NULL));
  assert_true(text_contains_fold("The Backup System", "backup"));
  assert_false(text_contains_fold("short", "shorter"));
  assert_true(text_is_empty(" \n"));
  const char *parts[] = {"a", "b", "c"};
  assert_string_equal(text_join(arena, ", ", parts, 3), "a, b, c");
  assert_string_equal(text_shorten(arena, "Küste", 6), "Küste");
  assert_string_equal(text_shorten(arena, "Küste", 2), "K…"); // not in the middle of ü
  Text counts;
  text_init(&counts, arena);
  text_add_count(&counts, 0, "late");
  text_add_count(&counts, 2, "missed");
  text_add_count(&counts, 1, "held");
  assert_string_equal(counts.data, "2 missed, 1 held");
  arena_destroy(arena);
}

static void numbers_are_whole_strings_in_range(void **state) {
  (void)state;
  int64_t n = 7;
  double d = 7;
  assert_true(text_to_int("-9223372036854775808", &n) && n == INT64_MIN);
  assert_false(text_to_int("9223372036854775808", &n));
  static const char *const bad[] = {"", " 1", "1 ", "1a", "+-1", "0x10", "1.0", NULL};
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(text_to_int(bad[i], &n));
  assert_int_equal(n, INT64_MIN);
  assert_true(text_to_real("2.5e3", &d) && d > 2499.9 && d < 2500.1);
  static const char *const not_real[] = {"", "nan", "inf", "0x1p3", "1e999", "1,5", " 1"};
  for (size_t i = 0; i < COUNT_OF(not_real); i++) assert_false(text_to_real(not_real[i], &d));
}

static void the_first_error_stays_and_invalid_collects_fields(void **state) {
  (void)state;
  Context c;
  context_init(&c, NULL);
  assert_true(context_ok(&c));
  assert_false(invalid(&c, "due", "%s is not a date.", "2027-02-30"));
  assert_false(invalid(&c, "reason", "Say why."));
  assert_false(failure(&c, "too late to matter"));
  assert_int_equal(c.error.kind, ERROR_INVALID);
  assert_string_equal(c.error.message, "2027-02-30 is not a date.");
  assert_int_equal(c.error.fields.count, 2);
  assert_string_equal(c.error.fields.items[1].field, "reason");
  context_finish(&c);

  context_init(&c, NULL);
  assert_false(unavailable(&c, "host %s", "db1"));
  assert_false(invalid(&c, "x", "ignored"));
  assert_int_equal(c.error.kind, ERROR_UNAVAILABLE);
  assert_string_equal(c.error.detail, "host db1");
  assert_int_equal(c.error.fields.count, 0);
  context_finish(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_memory_is_zeroed_aligned_and_counted),
      cmocka_unit_test(a_list_grows_and_keeps_its_items),
      cmocka_unit_test(text_grows_while_others_take_memory),
      cmocka_unit_test(utf8_follows_rfc_3629),
      cmocka_unit_test(text_folds_trims_and_searches),
      cmocka_unit_test(numbers_are_whole_strings_in_range),
      cmocka_unit_test(the_first_error_stays_and_invalid_collects_fields),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
