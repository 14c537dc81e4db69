// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_day_of_three_centuries_splits_and_joins(void **state) {
  (void)state;
  Date previous = date_add_days(date_make(1900, 1, 1), -1);
  int weekday = 0; // 1900-01-01 was a Monday
  for (Date d = date_make(1900, 1, 1); d.days <= date_make(2199, 12, 31).days; d.days++) {
    int year, month, day;
    date_split(d, &year, &month, &day);
    assert_int_equal(date_make(year, month, day).days, d.days);
    assert_int_equal(d.days, previous.days + 1);
    assert_int_equal(date_weekday(d), weekday % 7 + 1);
    weekday++;
    previous = d;
  }
  assert_int_equal(date_make(1970, 1, 1).days, 0);
  assert_int_equal(date_make(2000, 3, 1).days, 11017);
}

static void impossible_dates_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"2027-02-30", "2027-02-29", "1900-02-29", "2027-13-01",
                                    "2027-00-10", "2027-1-01",  "27-01-01",   "2027-01-01 ",
                                    "1899-12-31", "2200-01-01", "2027/01/01", "",
                                    "abcd-ef-gh", "2027-01-0",  NULL};
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    Date d = {42};
    assert_false(date_parse(bad[i], &d));
    assert_int_equal(d.days, 42);
  }
  Date d;
  assert_true(date_parse("2028-02-29", &d));
}

static void months_stay_inside_their_month(void **state) {
  (void)state;
  Arena *arena = arena_create();
  static const struct {
    const char *from;
    int32_t months;
    const char *to;
  } cases[] = {
      {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
      {"2025-08-31", 3, "2025-11-30"},  {"2025-12-31", 2, "2026-02-28"},
      {"2025-01-31", -2, "2024-11-30"}, {"2025-03-15", -15, "2023-12-15"},
      {"2025-11-20", 36, "2028-11-20"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    Date from;
    assert_true(date_parse(cases[i].from, &from));
    assert_string_equal(date_text(arena, date_add_months(from, cases[i].months)), cases[i].to);
  }
  assert_true(date_is_none(date_add_months(DATE_NONE, 1)));
  assert_true(date_is_none(date_add_months(date_make(2199, 12, 1), 1)));
  assert_string_equal(date_words(arena, date_make(2025, 11, 20)), "20 November 2025");
  assert_string_equal(date_text(arena, date_month_end(date_make(2028, 2, 3))), "2028-02-29");
  assert_string_equal(date_text(arena, DATE_NONE), "");
  arena_destroy(arena);
}

static void instants_are_rfc_3339(void **state) {
  (void)state;
  Arena *arena = arena_create();
  static const struct {
    const char *text, *utc;
  } good[] = {
      {"2026-11-23T18:35:25Z", "2026-11-23T18:35:25Z"},
      {"2026-11-23T18:35:25.123456+02:00", "2026-11-23T16:35:25Z"},
      {"2026-01-01T00:30:00-05:30", "2026-01-01T06:00:00Z"},
      {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"},
      {"2026-11-23", "2026-11-23T00:00:00Z"},
  };
  for (size_t i = 0; i < COUNT_OF(good); i++) {
    Instant at;
    assert_true(instant_parse(good[i].text, &at));
    assert_string_equal(instant_text(arena, at), good[i].utc);
  }
  static const char *const bad[] = {
      "2026-11-23T18:35:25",   "2026-11-23T24:00:00Z", "now", "",
      "2026-11-23T18:35:25.Z", "2026-11-23T18:60:00Z", NULL,  "2026-11-23T18:35:25+2",
      "2026-02-30T00:00:00Z"};
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    Instant at;
    assert_false(instant_parse(bad[i], &at));
  }
  arena_destroy(arena);
}

static void a_fixed_clock_stands_still(void **state) {
  (void)state;
  assert_false(clock_is_simulated());
  Instant real = instant_now();
  assert_true(real.us > INT64_C(1700000000) * 1000000);
  assert_false(clock_set("yesterday"));
  assert_true(clock_set("2026-02-20"));
  assert_true(clock_is_simulated());
  Arena *arena = arena_create();
  assert_string_equal(instant_text(arena, instant_now()), "2026-02-20T12:00:00Z");
  assert_true(clock_set("2026-02-20T09:00:00Z"));
  assert_string_equal(instant_text(arena, instant_now()), "2026-02-20T09:00:00Z");
  arena_destroy(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_of_three_centuries_splits_and_joins),
      cmocka_unit_test(impossible_dates_are_refused),
      cmocka_unit_test(months_stay_inside_their_month),
      cmocka_unit_test(instants_are_rfc_3339),
      cmocka_unit_test(a_fixed_clock_stands_still),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
