// SPDX-License-Identifier: Apache-2.0
#include "audits/plan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static Context context(void) {
  Context c = {.arena = arena_create()};
  return c;
}

static void read_universe(Context *c, const char *json, Universe *u) {
  assert_true(universe_read(c, json, strlen(json), u));
}

static const char ONE_UNIT[] =
    "{\"months\":4,\"start\":\"2026-01\","
    "\"auditors\":[{\"id\":\"a\",\"days\":[1,1,1,1],\"conflicts\":[],\"competences\":[]}],"
    "\"units\":[{\"id\":\"u\",\"effort_days\":1,\"max_interval\":12,\"last_audited\":1,"
    "\"risk\":1,\"needs\":[],\"site\":\"HQ\"}]}";

static void staleness_is_counted_at_the_end_of_each_month(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  Plan plan = {0};
  read_universe(&c, ONE_UNIT, &u);
  *list_add(c.arena, &plan.assignments) = (Assignment){0, 2, 0};
  assert_true(plan_check(&c, &u, &plan));
  assert_true(plan.feasible);
  assert_true(fabs(plan.objective - 4) < 1e-9);
  arena_destroy(c.arena);
}

static void the_same_seed_and_steps_give_the_same_plan(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  assert_true(universe_random(&c, (RandomUniverse){40, 4, 36, 5}, &u));
  char *texts[2];
  for (int i = 0; i < 2; i++) {
    Plan plan;
    PlanSearch search = {.seed = 3, .steps = 50000};
    assert_true(plan_search(&c, &u, &search, &plan));
    texts[i] = plan_json(&c, &u, &plan);
  }
  assert_string_equal(texts[0], texts[1]);
  arena_destroy(c.arena);
}

// Pairs of audits of one auditor, and of one owner, in the same month.
static int64_t crowded(const Universe *u, const Plan *plan) {
  int64_t pairs = 0;
  for (size_t i = 0; i < plan->assignments.count; i++)
    for (size_t k = 0; k < i; k++) {
      const Assignment *a = &plan->assignments.items[i], *b = &plan->assignments.items[k];
      if (a->month != b->month) continue;
      pairs += a->auditor == b->auditor;
      pairs += u->units[a->unit].owner == u->units[b->unit].owner;
    }
  return pairs;
}

static void audits_of_one_auditor_or_owner_are_spread_over_the_months(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  int64_t pairs[2];
  assert_true(universe_random(&c, (RandomUniverse){40, 4, 36, 5}, &u));
  u.owner_count = 5;
  for (size_t i = 0; i < u.unit_count; i++) u.units[i].owner = (int32_t)(i % 5) + 1;
  for (int i = 0; i < 2; i++) {
    Plan plan;
    PlanSearch search = {.seed = 3, .steps = 200000};
    u.weigh_crowd = i == 0 ? 0 : 2;
    u.weigh_effort = 2;
    assert_true(plan_search(&c, &u, &search, &plan));
    assert_true(plan.feasible);
    pairs[i] = crowded(&u, &plan);
  }
  assert_true(pairs[1] * 4 < pairs[0] * 3);
  arena_destroy(c.arena);
}

static void the_checker_names_every_broken_rule(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  read_universe(&c,
                "{\"months\":12,\"start\":\"2026-01\",\"blackout_months\":[5],"
                "\"auditors\":[{\"id\":\"a\",\"days\":[1,1,1,1,1,1,1,1,1,1,1,1],"
                "\"conflicts\":[\"own\"],\"competences\":[]}],"
                "\"units\":[{\"id\":\"own\",\"effort_days\":2,\"max_interval\":3,"
                "\"last_audited\":1,\"risk\":1,\"needs\":[\"cloud\"],\"site\":\"\"}]}",
                &u);
  Plan plan = {0};
  *list_add(c.arena, &plan.assignments) = (Assignment){0, 5, 0};
  assert_true(plan_check(&c, &u, &plan));
  assert_false(plan.feasible);
  const char *rules[] = {"conflict", "competence", "blackout", "capacity", "interval"};
  for (size_t i = 0; i < COUNT_OF(rules); i++) {
    bool found = false;
    for (size_t k = 0; k < plan.conflicts.count; k++)
      found |= text_equal(plan.conflicts.items[k].rule, rules[i]) &&
               plan.conflicts.items[k].ways_out.count > 0;
    assert_true(found);
  }
  arena_destroy(c.arena);
}

static void what_nobody_may_audit_is_proved_impossible_with_a_way_out(void **state) {
  (void)state;
  Context c = context();
  Universe u;
  read_universe(&c,
                "{\"months\":12,\"start\":\"2026-01\","
                "\"auditors\":[{\"id\":\"a\",\"days\":[5,5,5,5,5,5,5,5,5,5,5,5],"
                "\"conflicts\":[\"u\"],\"competences\":[]}],"
                "\"units\":[{\"id\":\"u\",\"effort_days\":1,\"max_interval\":6,"
                "\"last_audited\":1,\"risk\":1,\"needs\":[],\"site\":\"\"}]}",
                &u);
  Plan plan;
  PlanSearch search = {.seed = 1, .steps = 2000};
  assert_true(plan_search(&c, &u, &search, &plan));
  assert_false(plan.feasible);
  bool proved = false;
  for (size_t i = 0; i < plan.conflicts.count; i++)
    proved |= plan.conflicts.items[i].proved && plan.conflicts.items[i].ways_out.count > 0;
  assert_true(proved);
  arena_destroy(c.arena);
}

static void wrong_universes_are_refused_by_field(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "",
      "[]",
      "{\"months\":0,\"start\":\"x\"}",
      "{\"months\":61,\"start\":\"x\"}",
      "{\"months\":12,\"start\":\"x\",\"auditors\":{},\"units\":[]}",
      "{\"months\":1,\"start\":\"x\",\"auditors\":[{\"id\":\"a\",\"days\":[-1]}],\"units\":[1]}",
      "{\"months\":1,\"start\":\"x\",\"blackout_months\":[1],\"auditors\":[],\"units\":[]}",
  };
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    Context c = context();
    Universe u;
    assert_false(universe_read(&c, wrong[i], strlen(wrong[i]), &u));
    assert_int_equal(c.error.kind, ERROR_INVALID);
    assert_true(c.error.fields.count > 0);
    arena_destroy(c.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(staleness_is_counted_at_the_end_of_each_month),
      cmocka_unit_test(the_same_seed_and_steps_give_the_same_plan),
      cmocka_unit_test(audits_of_one_auditor_or_owner_are_spread_over_the_months),
      cmocka_unit_test(the_checker_names_every_broken_rule),
      cmocka_unit_test(what_nobody_may_audit_is_proved_impossible_with_a_way_out),
      cmocka_unit_test(wrong_universes_are_refused_by_field),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
