// SPDX-License-Identifier: Apache-2.0
#include "base/zone_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static Instant at(const char *text) {
  Instant instant;
  assert_true(instant_parse(text, &instant));
  return instant;
}

static void offsets_agree_with_the_c_library_for_two_centuries(void **state) {
  (void)state;
  static const char *const names[] = {
      "Europe/Berlin",     "Europe/Dublin", "America/New_York", "America/Sao_Paulo",
      "Asia/Kolkata",      "Asia/Tehran",   "Australia/Sydney", "Australia/Lord_Howe",
      "Africa/Casablanca", "America/Nuuk",  "Pacific/Chatham",  "Asia/Gaza",
      "Antarctica/Troll"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const Zone *zone = zone_find(names[i]);
    assert_non_null(zone);
    assert_string_equal(zone_name(zone), names[i]);
    setenv("TZ", names[i], 1);
    tzset();
    for (time_t t = -2208988800; t < 5000000000; t += 86400 * 3 + 5003) {
      struct tm local;
      localtime_r(&t, &local);
      const char *abbreviation = NULL;
      int32_t offset = zone_offset(zone, (Instant){(int64_t)t * 1000000}, &abbreviation);
      if (offset != local.tm_gmtoff || strcmp(abbreviation, local.tm_zone) != 0)
        fail_msg("%s at %lld: %d %s, expected %ld %s", names[i], (long long)t, offset, abbreviation,
                 local.tm_gmtoff, local.tm_zone);
    }
  }
}

static void a_gap_moves_forward_and_an_overlap_takes_the_first(void **state) {
  (void)state;
  const Zone *berlin = zone_find("Europe/Berlin");
  Date gap = date_make(2026, 3, 29), overlap = date_make(2026, 10, 25);
  assert_int_equal(zone_instant(berlin, gap, 2 * 3600 + 1800).us, at("2026-03-29T01:30:00Z").us);
  assert_int_equal(zone_instant(berlin, overlap, 2 * 3600 + 1800).us,
                   at("2026-10-25T00:30:00Z").us);
  assert_int_equal(zone_instant(berlin, overlap, 3 * 3600).us, at("2026-10-25T02:00:00Z").us);
  assert_int_equal(zone_instant(berlin, gap, 0).us, at("2026-03-28T23:00:00Z").us);
  assert_int_equal(zone_instant(berlin, date_make(2099, 7, 1), 0).us,
                   at("2099-06-30T22:00:00Z").us);
}

static void a_date_and_its_instant_agree(void **state) {
  (void)state;
  static const char *const names[] = {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York",
                                      "Pacific/Auckland"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const Zone *zone = zone_find(names[i]);
    for (Date d = date_make(2024, 1, 1); d.days < date_make(2060, 1, 1).days; d.days++) {
      int32_t second;
      Date back = zone_date(zone, zone_instant(zone, d, 9 * 3600), &second);
      assert_int_equal(back.days, d.days);
      assert_int_equal(second, 9 * 3600);
    }
  }
}

static void unknown_and_unsafe_names_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "Europe/Nowhere",
                                    "../../etc/passwd",
                                    "/etc/localtime",
                                    "Europe/Berlin\n",
                                    "zone.tab",
                                    "Europe",
                                    NULL};
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_null(zone_find(bad[i]));
  assert_ptr_equal(zone_find("Europe/Berlin"), zone_find("Europe/Berlin"));
  assert_int_equal(zone_offset(zone_find("UTC"), at("2026-07-01"), NULL), 0);
}

static void broken_rules_are_refused(void **state) {
  (void)state;
  ZoneRule rule;
  static const char *const bad[] = {"",
                                    "C",
                                    "CET",
                                    "CET-1CEST",
                                    "CET-1CEST,M13.5.0,M10.5.0",
                                    "CET-1CEST,M3.5.0",
                                    "<+03-3",
                                    "CET-999",
                                    "CET-1CEST,M3.5.0,M10.5.0/3x"};
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(zone_rule_parse(bad[i], &rule));
  assert_true(zone_rule_parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &rule));
  assert_int_equal(rule.standard_offset, -7200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(offsets_agree_with_the_c_library_for_two_centuries),
      cmocka_unit_test(a_gap_moves_forward_and_an_overlap_takes_the_first),
      cmocka_unit_test(a_date_and_its_instant_agree),
      cmocka_unit_test(unknown_and_unsafe_names_are_refused),
      cmocka_unit_test(broken_rules_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
