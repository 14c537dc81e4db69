// SPDX-License-Identifier: Apache-2.0
// Properties of the cycle and the programme over random certificates: 100, or 10,000 with
// DAYBOOK_TEST_FULL=1. A failure names the certificate.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "diary/programme.h"

typedef struct Certificate {
  Context c;
  Facts facts;
  WorkCalendar calendar;
  Proposals duties;
  PlannedActivities activities;
  uint64_t number;
} Certificate;

static uint64_t random_next(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static int32_t random_below(uint64_t *state, int32_t limit) {
  return (int32_t)(random_next(state) % (uint64_t)limit);
}

static size_t rounds(void) {
  const char *full = getenv("DAYBOOK_TEST_FULL");
  return full != NULL && full[0] == '1' ? 10000 : 100;
}

static int year_of(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return year;
}

static int compare_holidays(const void *a, const void *b) {
  return date_compare(((const Holiday *)a)->on, ((const Holiday *)b)->on);
}

static void random_holidays(Certificate *t, uint64_t *random) {
  static Holiday holidays[80];
  size_t count = (size_t)random_below(random, 60);
  for (size_t i = 0; i < count; i++)
    holidays[i] = (Holiday){.on = date_add_days(t->facts.decision, random_below(random, 1100)),
                            .name = "Holiday"};
  if (count > 4) // a long bridge of holidays
    for (int32_t k = 0; k < 5; k++)
      holidays[count++] = (Holiday){.on = date_add_days(holidays[0].on, k), .name = "Bridge"};
  qsort(holidays, count, sizeof holidays[0], compare_holidays);
  t->calendar = (WorkCalendar){.holidays = holidays, .count = count};
}

static void random_facts(Certificate *t, uint64_t *random) {
  static const char *const sectors[] = {"Logistics", "Banking", "Joinery", NULL, "SaaS"};
  static const Site sites[] = {{.id = 1, .name = "Hamburg", .head_count = 400},
                               {.id = 2, .name = "Kiel"},
                               {.id = 3, .name = "Porto"}};
  static const CriticalSystem systems[] = {{.id = 1, .name = "ERP"}, {.id = 2, .name = "Mail"}};
  Facts *facts = &t->facts;
  facts->decision = date_add_days(date_make(2020, 1, 1), random_below(random, 365 * 80));
  if (t->number % 13 == 0) // month ends and leap days on purpose
    facts->decision = date_month_end(facts->decision);
  facts->expiry = cycle_expiry(facts->decision);
  if (random_below(random, 4) == 0)
    facts->expiry = date_add_days(date_add_months(facts->decision, 30), random_below(random, 365));
  facts->start = facts->decision;
  if (random_below(random, 3) == 0)
    facts->start = date_add_days(facts->decision, random_below(random, 900));
  facts->head_count = random_below(random, 900);
  facts->sector = sectors[random_below(random, 5)];
  facts->customer_demands = random_below(random, 3);
  facts->outsourced_percent = random_below(random, 102) - 1;
  facts->sites = sites;
  facts->site_count = (size_t)random_below(random, 3) + 1;
  facts->systems = systems;
  facts->system_count = (size_t)random_below(random, 2) + 1;
}

static void certificate_make(Certificate *t, uint64_t number) {
  uint64_t random = number * 7919 + 17;
  *t = (Certificate){.number = number};
  t->c.arena = arena_create();
  random_facts(t, &random);
  random_holidays(t, &random);
  programme_duties(&t->c, &t->facts, &t->duties);
  Programme programme = {
      .facts = &t->facts, .start = t->facts.start, .calendar = &t->calendar, .duties = &t->duties};
  programme_lay_out(&t->c, &programme, &t->activities);
}

static void certificate_fail(const Certificate *t, const char *what, Date when) {
  print_error("certificate %llu: decision %s, expiry %s, start %s: %s at %s\n",
              (unsigned long long)t->number, date_text(t->c.arena, t->facts.decision),
              date_text(t->c.arena, t->facts.expiry), date_text(t->c.arena, t->facts.start), what,
              date_text(t->c.arena, when));
  fail();
}

#define EXPECT(t, condition, what, when)                                                           \
  do {                                                                                             \
    if (!(condition)) certificate_fail((t), (what), (when));                                       \
  } while (0)

static void for_each_certificate(void (*check)(const Certificate *t)) {
  for (uint64_t number = 1; number <= rounds(); number++) {
    Certificate t;
    certificate_make(&t, number);
    check(&t);
    arena_destroy(t.c.arena);
  }
}

static bool is_external(const PlannedActivity *a) {
  return text_equal(a->stage, "surveillance") || text_equal(a->stage, "recertification");
}

static void check_windows(const Certificate *t) {
  Date low =
      date_compare(t->facts.start, t->facts.decision) > 0 ? t->facts.start : t->facts.decision;
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    EXPECT(t, date_compare(low, a->earliest) <= 0, "earliest before the start", a->due);
    EXPECT(t, date_compare(a->earliest, a->due) <= 0, "earliest after due", a->due);
    EXPECT(t, date_compare(a->due, a->latest) <= 0, "latest before due", a->due);
    EXPECT(t, date_compare(a->latest, t->facts.expiry) < 0, "latest after expiry", a->due);
    EXPECT(t, !text_is_empty(a->why) && !text_is_empty(a->title), "no why or title", a->due);
    EXPECT(t, a->ordinal > 0, "no ordinal", a->due);
  }
}

static void check_working_days(const Certificate *t) {
  size_t off = 0;
  for (size_t i = 0; i < t->activities.count; i++)
    off += !workday_is(&t->calendar, t->activities.items[i].duty->site, t->activities.items[i].due);
  // Only where the start leaves a window without any working day may a date fall on a day of rest.
  bool later_start = date_compare(t->facts.start, t->facts.decision) > 0;
  size_t allowed = later_start ? 1 + CYCLE_AUDITS_MAX / 2 : 0;
  EXPECT(t, off <= allowed, "activities on days of rest", t->facts.decision);
}

static void check_surveillance(const Certificate *t) {
  Date first_limit = date_add_months(t->facts.decision, 12);
  bool first = true;
  bool held[400] = {false};
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    if (!is_external(a)) continue;
    if (first && date_compare(t->facts.start, t->facts.decision) == 0)
      EXPECT(t, date_compare(a->latest, first_limit) <= 0, "first audit after 12 months",
             a->latest);
    first = false;
    held[year_of(a->due) - 1900] = true;
    if (text_equal(a->stage, "recertification"))
      EXPECT(t, date_compare(a->latest, t->facts.expiry) < 0, "recertification late", a->latest);
  }
  for (int year = year_of(t->facts.decision) + 1; year < year_of(t->facts.expiry); year++)
    if (year > year_of(t->facts.start) || date_compare(t->facts.start, t->facts.decision) == 0)
      EXPECT(t, held[year - 1900], "calendar year without external audit", date_make(year, 1, 1));
}

static void check_last_days_keep_the_years(const Certificate *t) {
  // Even when each external audit slips to its last day, no whole calendar year goes without.
  Cycle cycle = cycle_of(t->facts.decision, t->facts.expiry);
  for (int year = year_of(cycle.decision) + 1; year < year_of(cycle.expiry); year++) {
    bool held = false;
    for (size_t i = 0; i < cycle.count; i++)
      held =
          held || (year_of(cycle.audits[i].due) == year && year_of(cycle.audits[i].latest) == year);
    EXPECT(t, held, "a slip to the last day empties the year", date_make(year, 1, 1));
  }
}

static void check_gaps(const Certificate *t) {
  for (size_t d = 0; d < t->duties.count; d++) {
    const Proposal *duty = &t->duties.items[d];
    if (duty->maximum_months == 0 || date_compare(duty->until, t->facts.start) <= 0) continue;
    Date previous = duty->last.days != 0 ? duty->last : t->facts.decision;
    for (size_t i = 0; i < t->activities.count; i++) {
      const PlannedActivity *a = &t->activities.items[i];
      if (a->duty != duty) continue;
      Date limit = date_add_months(previous, duty->maximum_months);
      if (date_compare(limit, t->facts.start) < 0)
        limit = date_add_days(t->facts.start, CATCH_UP_DAYS);
      EXPECT(t, date_compare(a->due, limit) <= 0, duty->key, a->due);
      EXPECT(t, date_compare(a->due, previous) > 0, "two on a day or out of order", a->due);
      previous = a->due;
    }
    EXPECT(t,
           date_compare(date_add_months(previous, duty->maximum_months), duty->until) >= 0 ||
               date_diff(duty->until, t->facts.start) <= CATCH_UP_DAYS,
           duty->key, previous);
  }
}

static const PlannedActivity *last_between(const Certificate *t, DutyKind kind, Date after,
                                           Date not_after) {
  const PlannedActivity *found = NULL;
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    if (a->duty->kind == kind && date_compare(a->due, after) > 0 &&
        date_compare(a->due, not_after) <= 0)
      found = a;
  }
  return found;
}

static void check_order(const Certificate *t) {
  Date after = t->facts.decision;
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    if (!is_external(a)) continue;
    Date clear = date_add_days(a->due, -CYCLE_CLEAR_DAYS);
    if (date_diff(clear, t->facts.start) >= 10) {
      const PlannedActivity *review = last_between(t, DUTY_MANAGEMENT_REVIEW, after, clear);
      EXPECT(t, review != NULL, "no review 30 days before the external audit", a->due);
      if (review == NULL) continue;
      EXPECT(t, last_between(t, DUTY_AUDIT, after, date_add_days(review->due, -1)) != NULL,
             "no internal audit before the review", a->due);
    }
    Date day_before = date_add_days(a->due, -1);
    if (date_diff(clear, t->facts.start) > 60) {
      EXPECT(t, last_between(t, DUTY_AUDIT, clear, day_before) == NULL,
             "an audit within the clear days", a->due);
      EXPECT(t, last_between(t, DUTY_MANAGEMENT_REVIEW, clear, day_before) == NULL,
             "a review within the clear days", a->due);
    }
    after = a->due;
  }
}

static void check_series(const Certificate *t) {
  for (size_t d = 0; d < t->duties.count; d++) {
    const Proposal *duty = &t->duties.items[d];
    if (duty->date_count > 0 || duty->every_months == 0) continue;
    int32_t k = 0;
    for (Date date = series_date(duty, 0); date_compare(date, duty->until) < 0;
         date = series_date(duty, ++k)) {
      if (date_compare(date, t->facts.start) < 0 || date_compare(date, t->facts.decision) < 0)
        continue;
      bool found = false;
      for (size_t i = 0; i < t->activities.count && !found; i++)
        found = t->activities.items[i].duty == duty &&
                date_compare(t->activities.items[i].series, date) == 0;
      EXPECT(t, found, "a series date has drifted away", date);
    }
  }
}

static void check_first_year(const Certificate *t) {
  if (date_compare(t->facts.start, t->facts.decision) != 0) return;
  int reviews = 0, audits[12] = {0};
  Date first_audit = DATE_NONE;
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    if (a->duty->kind == DUTY_MANAGEMENT_REVIEW &&
        date_compare(a->due, date_add_months(t->facts.decision, 12)) <= 0)
      reviews++;
    if (a->duty->kind != DUTY_AUDIT) continue;
    if (date_is_none(first_audit)) first_audit = a->latest;
    for (int q = 0; q < 12; q++)
      if (date_compare(a->due, date_add_months(t->facts.decision, 3 * q)) > 0 &&
          date_compare(a->due, date_add_months(t->facts.decision, 3 * q + 3)) <= 0)
        audits[q]++;
  }
  EXPECT(t, reviews >= 4, "fewer than four reviews in the first year", t->facts.decision);
  EXPECT(t, date_compare(first_audit, date_add_months(t->facts.decision, 3)) <= 0,
         "first audit window closes after three months", first_audit);
  for (int q = 0; q < 12; q++)
    if (date_compare(date_add_months(t->facts.decision, 3 * q + 3), t->facts.expiry) <= 0)
      EXPECT(t, audits[q] >= 1, "a quarter without audit",
             date_add_months(t->facts.decision, 3 * q));
}

static void check_readiness(const Certificate *t) {
  for (size_t i = 0; i < t->activities.count; i++) {
    const PlannedActivity *a = &t->activities.items[i];
    if (!is_external(a) || date_diff(a->due, t->facts.start) < 100) continue;
    int seen = 0;
    for (size_t k = 0; k < t->activities.count; k++) {
      const PlannedActivity *r = &t->activities.items[k];
      int32_t before = date_diff(a->due, r->due);
      if (text_equal(r->stage, "readiness") && before >= 30 && before < 100 + CYCLE_CLEAR_DAYS)
        seen++;
    }
    EXPECT(t, seen >= 3, "fewer than three readiness checks", a->due);
  }
}

static void every_window_is_in_order_and_inside_the_cycle(void **state) {
  (void)state;
  for_each_certificate(check_windows);
}
static void nothing_is_planned_on_a_day_of_rest(void **state) {
  (void)state;
  for_each_certificate(check_working_days);
}
static void surveillance_comes_in_twelve_months_and_every_calendar_year(void **state) {
  (void)state;
  for_each_certificate(check_surveillance);
}
static void an_audit_on_its_last_day_still_keeps_every_calendar_year(void **state) {
  (void)state;
  for_each_certificate(check_last_days_keep_the_years);
}
static void no_gap_exceeds_the_maximum_of_its_duty(void **state) {
  (void)state;
  for_each_certificate(check_gaps);
}
static void audits_then_review_then_thirty_days_then_surveillance(void **state) {
  (void)state;
  for_each_certificate(check_order);
}
static void a_fixed_series_never_drifts(void **state) {
  (void)state;
  for_each_certificate(check_series);
}
static void the_first_year_is_quarterly(void **state) {
  (void)state;
  for_each_certificate(check_first_year);
}
static void three_readiness_checks_come_before_each_external_audit(void **state) {
  (void)state;
  for_each_certificate(check_readiness);
}

static void quarterly_from_31_august_stays_inside_each_month(void **state) {
  (void)state;
  Proposal duty = {.first = date_make(2026, 8, 31), .every_months = 3};
  assert_int_equal(series_date(&duty, 1).days, date_make(2026, 11, 30).days);
  assert_int_equal(series_date(&duty, 2).days, date_make(2027, 2, 28).days);
  assert_int_equal(series_date(&duty, 3).days, date_make(2027, 5, 31).days);
}

static void a_year_after_29_february_is_28_february(void **state) {
  (void)state;
  Cycle cycle = cycle_of(date_make(2028, 2, 29), DATE_NONE);
  assert_int_equal(cycle.audits[0].latest.days, date_make(2029, 2, 28).days);
  assert_int_equal(cycle.expiry.days, date_make(2031, 2, 27).days);
}

static void a_january_certificate_binds_audits_to_their_calendar_year(void **state) {
  (void)state;
  Cycle cycle = cycle_of(date_make(2025, 1, 15), DATE_NONE);
  assert_int_equal(cycle.count, 3);
  assert_int_equal(cycle.audits[1].latest.days, date_make(2026, 12, 31).days);
  assert_int_equal(cycle.audits[2].latest.days, date_make(2027, 12, 31).days);
  assert_true(cycle.audits[2].recertification && cycle.audits[2].year_bound);
}

static void a_longer_printed_expiry_leaves_no_calendar_year_empty(void **state) {
  (void)state;
  Cycle cycle = cycle_of(date_make(2025, 12, 15), date_make(2029, 6, 10));
  assert_int_equal(cycle.count, 3);
  assert_int_equal(cycle.audits[2].due.days, date_make(2028, 11, 15).days);
  assert_int_equal(cycle.audits[2].latest.days, date_make(2028, 12, 31).days);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quarterly_from_31_august_stays_inside_each_month),
      cmocka_unit_test(a_year_after_29_february_is_28_february),
      cmocka_unit_test(a_january_certificate_binds_audits_to_their_calendar_year),
      cmocka_unit_test(a_longer_printed_expiry_leaves_no_calendar_year_empty),
      cmocka_unit_test(every_window_is_in_order_and_inside_the_cycle),
      cmocka_unit_test(nothing_is_planned_on_a_day_of_rest),
      cmocka_unit_test(surveillance_comes_in_twelve_months_and_every_calendar_year),
      cmocka_unit_test(an_audit_on_its_last_day_still_keeps_every_calendar_year),
      cmocka_unit_test(no_gap_exceeds_the_maximum_of_its_duty),
      cmocka_unit_test(audits_then_review_then_thirty_days_then_surveillance),
      cmocka_unit_test(a_fixed_series_never_drifts),
      cmocka_unit_test(the_first_year_is_quarterly),
      cmocka_unit_test(three_readiness_checks_come_before_each_external_audit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
