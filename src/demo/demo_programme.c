// SPDX-License-Identifier: Apache-2.0
// The demo's audit programme: a universe with an owner for each unit, one auditor of the firm and
// one from outside, a version proposed by the manager and approved by the chief executive, and a
// year of it lived: most audits held, one moved, one late.
#include "demo/demo.h"

#include "audits/programme.h"
#include "diary/activity.h"

enum { SEARCH_STEPS = 300000 };

static bool weigh(Context *c, Units *units) {
  for (size_t i = 0; i < units->count; i++) {
    Unit unit = units->items[i];
    if (!text_equal(unit.key, "controls.access")) continue;
    unit.weight = 60;
    unit.weight_reason = "Gatehouse gets a new way to sign in this year";
    return unit_change(c, &unit);
  }
  return context_ok(c);
}

static bool name_auditors(Context *c, const Demo *demo) {
  AuditorPerson own = {.person = demo->people[DEMO_AUDITOR],
                       .competences = "management suppliers legal",
                       .days = 150,
                       .from = DATE_NONE,
                       .until = DATE_NONE};
  AuditorPerson outside;
  if (!auditor_put(c, &own) ||
      !auditor_from_outside(c, "Tamsin Wolde", "Fairway Assurance", &outside))
    return false;
  outside.competences = "technical management legal suppliers";
  outside.days = 220;
  Absence leave = {.person = demo->people[DEMO_AUDITOR],
                   .from = date_add_months(demo->decision, 9),
                   .until = date_add_days(date_add_months(demo->decision, 9), 18),
                   .reason = "Leave"};
  return auditor_put(c, &outside) && absence_add(c, &leave);
}

bool demo_programme_adopt(Context *c, const Demo *demo) {
  UniverseBuilt built;
  Weights weights;
  Units units = {0};
  int64_t version;
  demo_clock(c, date_add_days(demo->decision, 6), 10);
  c->actor = demo->people[DEMO_MANAGER];
  if (!universe_build(c, &built) || !weights_load(c, &weights) ||
      !units_load(c, &weights, &units) || !weigh(c, &units) || !name_auditors(c, demo) ||
      !audit_programme_start(c, 1, SEARCH_STEPS, &version) ||
      !audit_programme_search(c, version, NULL, NULL))
    return false;
  demo_clock(c, date_add_days(demo->decision, 7), 14);
  c->actor = demo->people[DEMO_EXECUTIVE];
  return audit_programme_adopt(c, version, NULL, 0);
}

// The next audit slips by four weeks; its first date stays.
bool demo_programme_slip(Context *c, const Demo *demo) {
  ActivityFilter filter = activity_filter();
  filter.kind = "audit";
  filter.status = "open";
  filter.text = "Internal audit:";
  filter.from = date_add_days(demo->day, 8);
  filter.limit = 1;
  ActivityLines lines = {0};
  if (!activity_list(c, &filter, &lines) || lines.count == 0) return context_ok(c);
  demo_clock(c, demo->day, 9);
  c->actor = demo->people[DEMO_AUDITOR];
  ActivityMove move = {.activity = lines.items[0].id,
                       .due = date_add_days(lines.items[0].due, 28),
                       .reason = "The people to be interviewed are all in the peak season's night "
                                 "shifts"};
  return activity_move(c, &move);
}
