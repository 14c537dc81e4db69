// SPDX-License-Identifier: Apache-2.0
// Random universes: 100 of each sort, 2,000 with DAYBOOK_TEST_FULL=1. A failure names the seed.
#include "audits/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t universes(void) {
  const char *full = getenv("DAYBOOK_TEST_FULL");
  return full != NULL && strcmp(full, "1") == 0 ? 2000 : 100;
}

static Context context(void) {
  Context c = {.arena = arena_create()};
  return c;
}

static void search(Context *c, const Universe *u, int64_t seed, int64_t steps, Plan *plan) {
  PlanSearch how = {.seed = (uint64_t)seed, .steps = steps};
  assert_true(plan_search(c, u, &how, plan));
}

// The rules once more, in the words of the command sheet and nothing else.
static bool keeps_every_rule(const Universe *u, const Plan *plan) {
  for (size_t i = 0; i < u->unit_count; i++) {
    const AuditUnit *unit = &u->units[i];
    int32_t last = -unit->last_audited;
    bool overdue = unit->last_audited > unit->max_interval;
    for (int32_t month = 0; month <= u->months; month++) {
      bool audited = month == u->months;
      for (size_t k = 0; k < plan->assignments.count; k++)
        audited |= plan->assignments.items[k].unit == (int32_t)i &&
                   plan->assignments.items[k].month == month;
      if (!audited) continue;
      if (overdue && last < 0 ? month > 3 : month - last > unit->max_interval) return false;
      last = month;
    }
  }
  for (size_t a = 0; a < u->auditor_count; a++)
    for (int32_t month = 0; month < u->months; month++) {
      int64_t days = 0;
      for (size_t k = 0; k < plan->assignments.count; k++) {
        const Assignment *at = &plan->assignments.items[k];
        if (at->auditor == (int32_t)a && at->month == month) days += u->units[at->unit].effort;
      }
      if (days > u->auditors[a].days[month] || (days > 0 && (u->blackout >> month & 1) != 0))
        return false;
    }
  return true;
}

static bool some_rule_is_proved(const Plan *plan) {
  for (size_t i = 0; i < plan->conflicts.count; i++)
    if (plan->conflicts.items[i].proved && plan->conflicts.items[i].ways_out.count > 0) return true;
  return false;
}

static void a_universe_with_a_hidden_plan_gets_one(void **state) {
  (void)state;
  for (int64_t seed = 1; seed <= universes(); seed++) {
    Context c = context();
    Universe u;
    Plan plan;
    RandomUniverse size = {5 + seed % 90, 2 + seed % 6, 12 + seed % 37, seed};
    assert_true(universe_random(&c, size, &u));
    search(&c, &u, seed, 40000, &plan);
    if (!plan.feasible || !keeps_every_rule(&u, &plan)) fail_msg("seed %lld", (long long)seed);
    arena_destroy(c.arena);
  }
}

// Takes something away that no plan can do without.
static void spoil(Universe *u, int64_t seed) {
  AuditUnit *unit = &u->units[(size_t)seed % u->unit_count];
  if (seed % 3 == 0) {
    unit->auditor_count = 0;
  } else if (seed % 3 == 1) {
    unit->effort = 500 * DAY;
  } else {
    for (size_t a = 0; a < u->auditor_count; a++)
      for (int32_t month = 0; month < u->months; month++) u->auditors[a].days[month] /= 16;
  }
}

static void what_cannot_be_planned_is_proved_and_has_a_way_out(void **state) {
  (void)state;
  for (int64_t seed = 1; seed <= universes(); seed++) {
    Context c = context();
    Universe u;
    Plan plan;
    RandomUniverse size = {10 + seed % 40, 2 + seed % 4, 24 + seed % 13, seed};
    assert_true(universe_random(&c, size, &u));
    spoil(&u, seed);
    bool certain = seed % 3 != 1 || u.units[(size_t)seed % u.unit_count].last_audited + u.months >
                                        u.units[(size_t)seed % u.unit_count].max_interval;
    search(&c, &u, seed, 2000, &plan);
    if (plan.feasible ? certain && seed % 3 == 1 : !some_rule_is_proved(&plan))
      fail_msg("seed %lld", (long long)seed);
    arena_destroy(c.arena);
  }
}

// ---- small enough to try everything ----

static bool try_everything(Context *c, const Universe *u, Plan *plan, int32_t place) {
  if (place == (int32_t)u->unit_count * u->months) return keeps_every_rule(u, plan);
  int32_t unit = place / u->months, month = place % u->months;
  if (try_everything(c, u, plan, place + 1)) return true;
  for (size_t i = 0; i < u->units[unit].auditor_count; i++) {
    *list_add(c->arena, &plan->assignments) = (Assignment){unit, month, u->units[unit].auditors[i]};
    bool found = try_everything(c, u, plan, place + 1);
    plan->assignments.count--;
    if (found) return true;
  }
  return false;
}

static const char *tiny(Context *c, Random *random) {
  Text json;
  text_init(&json, c->arena);
  text_add(&json, "{\"months\":5,\"start\":\"2026-01\",\"blackout_months\":[");
  if (random_below(random, 2) == 0) text_add_format(&json, "%u", random_below(random, 5));
  text_add(&json, "],\"auditors\":[");
  for (int a = 0; a < 2; a++) {
    text_add_format(&json, "%s{\"id\":\"a%d\",\"days\":[", a > 0 ? "," : "", a);
    for (int month = 0; month < 5; month++)
      text_add_format(&json, "%s%u", month > 0 ? "," : "", random_below(random, 3));
    text_add_format(&json, "],\"conflicts\":[%s],\"competences\":[%s]}",
                    random_below(random, 3) == 0 ? "\"u0\"" : "",
                    random_below(random, 2) == 0 ? "\"cloud\"" : "");
  }
  text_add(&json, "],\"units\":[");
  for (int unit = 0; unit < 2; unit++)
    text_add_format(&json,
                    "%s{\"id\":\"u%d\",\"effort_days\":%u,\"max_interval\":%u,\"last_audited\":%u,"
                    "\"risk\":%u,\"needs\":[%s],\"site\":\"\"}",
                    unit > 0 ? "," : "", unit, 1 + random_below(random, 2),
                    1 + random_below(random, 4), random_below(random, 6),
                    1 + random_below(random, 3), random_below(random, 3) == 0 ? "\"cloud\"" : "");
  text_add(&json, "]}");
  return json.data;
}

static void a_plan_is_found_if_and_only_if_there_is_one(void **state) {
  (void)state;
  int64_t possible = 0, impossible = 0;
  for (int64_t seed = 1; seed <= universes(); seed++) {
    Context c = context();
    Random random = {(uint64_t)seed};
    const char *json = tiny(&c, &random);
    Universe u;
    Plan plan, scratch = {0};
    assert_true(universe_read(&c, json, strlen(json), &u));
    bool there_is = try_everything(&c, &u, &scratch, 0);
    search(&c, &u, seed, 2000, &plan);
    if (plan.feasible != there_is || (!there_is && !some_rule_is_proved(&plan)))
      fail_msg("seed %lld: %s", (long long)seed, json);
    *(there_is ? &possible : &impossible) += 1;
    arena_destroy(c.arena);
  }
  assert_true(possible > universes() / 10 && impossible > universes() / 10);
}

// ---- planning anew ----

static void remember_plan(Context *c, Universe *u, const Plan *plan) {
  for (size_t i = 0; i < u->unit_count; i++) {
    int16_t *who = arena_array(c->arena, (size_t)u->months, sizeof *who);
    for (int32_t month = 0; month < u->months; month++) who[month] = -1;
    u->units[i].before = 0;
    u->units[i].before_auditor = who;
  }
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    AuditUnit *unit = &u->units[at->unit];
    unit->before |= 1ull << at->month;
    ((int16_t *)(uintptr_t)unit->before_auditor)[at->month] = (int16_t)at->auditor;
  }
}

static size_t kept(const Universe *u, const Plan *plan) {
  size_t same = 0;
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    same += (u->units[at->unit].before >> at->month & 1) != 0;
  }
  return same;
}

static void after_one_slip_nine_in_ten_dates_stay(void **state) {
  (void)state;
  for (int64_t seed = 1; seed <= 3; seed++) {
    Context c = context();
    Universe u;
    Plan first, second;
    assert_true(universe_random(&c, (RandomUniverse){120, 6, 36, seed}, &u));
    search(&c, &u, seed, 600000, &first);
    remember_plan(&c, &u, &first);
    u.weigh_moves = 20;
    const Assignment *slipped = &first.assignments.items[first.assignments.count / 3];
    u.auditors[slipped->auditor].days[slipped->month] = 0; // that month is lost
    const Assignment *fixed = &first.assignments.items[0];
    u.units[fixed->unit].fixed = 1ull << fixed->month;
    search(&c, &u, seed + 10, 600000, &second);
    assert_true(second.feasible && keeps_every_rule(&u, &second));
    assert_true(kept(&u, &second) * 10 >= first.assignments.count * 9);
    bool stays = false;
    for (size_t i = 0; i < second.assignments.count; i++)
      stays |= memcmp(&second.assignments.items[i], fixed, sizeof *fixed) == 0;
    assert_true(stays);
    arena_destroy(c.arena);
  }
}

static void five_thousand_units_have_a_plan_in_a_moment(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  Plan plan;
  assert_true(universe_random(&c, (RandomUniverse){5000, 60, 36, 1}, &u));
  search(&c, &u, 1, 100000, &plan);
  assert_true(plan.feasible);
  arena_destroy(c.arena);
}

static bool enough(void *user, double share, double objective, bool feasible) {
  (void)share, (void)objective, (void)feasible;
  return ++*(int *)user < 3;
}

static void a_search_that_is_stopped_still_answers(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  Plan plan;
  int looks = 0;
  assert_true(universe_random(&c, (RandomUniverse){60, 4, 36, 2}, &u));
  PlanSearch how = {.seed = 1, .steps = 1000000000, .progress = enough, .user = &looks};
  assert_true(plan_search(&c, &u, &how, &plan));
  assert_int_equal(looks, 3);
  assert_true(plan.feasible);
  arena_destroy(c.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_universe_with_a_hidden_plan_gets_one),
      cmocka_unit_test(what_cannot_be_planned_is_proved_and_has_a_way_out),
      cmocka_unit_test(a_plan_is_found_if_and_only_if_there_is_one),
      cmocka_unit_test(after_one_slip_nine_in_ten_dates_stay),
      cmocka_unit_test(five_thousand_units_have_a_plan_in_a_moment),
      cmocka_unit_test(a_search_that_is_stopped_still_answers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
