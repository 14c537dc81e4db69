// SPDX-License-Identifier: Apache-2.0
// The ways out of a broken interval, by what they cost: more days of somebody who may audit it, an
// exception for somebody who has the days, an auditor from outside.
#include "audits/plan_proof.h"

#include <string.h>

typedef struct Rest {
  const Universe *u;
  int64_t *free; // [auditor * months + month]: what the plan leaves
} Rest;

typedef struct Offer {
  int32_t auditor, month;
  int64_t missing; // parts of a day
} Offer;

static bool may_audit(const AuditUnit *unit, size_t auditor) {
  for (size_t i = 0; i < unit->auditor_count; i++)
    if ((size_t)unit->auditors[i] == auditor) return true;
  return false;
}

static bool in_conflict(const Auditor *auditor, const AuditUnit *unit) {
  for (size_t i = 0; i < auditor->conflict_count; i++)
    if (strcmp(auditor->conflicts[i], unit->id) == 0) return true;
  return false;
}

// The cheapest month in from … to: of those who may audit it, or of those who are in conflict.
static Offer cheapest(const Rest *rest, const AuditUnit *unit, int32_t from, int32_t to,
                      bool conflict) {
  Offer best = {.auditor = -1};
  for (size_t a = 0; a < rest->u->auditor_count; a++) {
    if (may_audit(unit, a) == conflict) continue;
    if (conflict && !in_conflict(&rest->u->auditors[a], unit)) continue;
    for (int32_t month = to; month >= from; month--) {
      if (rest->u->blackout >> month & 1) continue;
      int64_t free = rest->free[a * (size_t)rest->u->months + (size_t)month];
      int64_t missing = unit->effort > free ? unit->effort - free : 0;
      if (best.auditor >= 0 && missing >= best.missing) continue;
      best = (Offer){(int32_t)a, month, missing};
    }
  }
  return best;
}

static void offer(Context *c, const Rest *rest, PlanConflict *conflict, const AuditUnit *unit) {
  const Universe *u = rest->u;
  int32_t to = conflict->by < u->months ? conflict->by : u->months - 1;
  int32_t from = conflict->after + 1 > 0 ? conflict->after + 1 : 0;
  Offer days = cheapest(rest, unit, from, to, false), exempt = cheapest(rest, unit, from, to, true);
  conflict->ways_out.count = 0;
  if (days.auditor >= 0 && days.missing == 0)
    *list_add(c->arena, &conflict->ways_out) =
        text_format(c->arena, _("%s has room in %s: add the audit there."),
                    u->auditors[days.auditor].id, universe_month(c, u, days.month));
  else if (days.auditor >= 0)
    *list_add(c->arena, &conflict->ways_out) =
        text_format(c->arena, _("Grant %s %.2f more days in %s."), u->auditors[days.auditor].id,
                    (double)days.missing / DAY, universe_month(c, u, days.month));
  if (exempt.auditor >= 0 && exempt.missing == 0)
    *list_add(c->arena, &conflict->ways_out) = text_format(
        c->arena, _("Record an exception for %s, who owns or operates it and has room in %s."),
        u->auditors[exempt.auditor].id, universe_month(c, u, exempt.month));
  *list_add(c->arena, &conflict->ways_out) =
      text_format(c->arena, _("Bring an auditor from outside for %.2f days by %s."),
                  (double)unit->effort / DAY, universe_month(c, u, to));
}

void plan_ways_out(Context *c, const Universe *u, Plan *plan) {
  size_t months = (size_t)u->months;
  Rest rest = {u, arena_array(c->arena, u->auditor_count * months, sizeof *rest.free)};
  for (size_t a = 0; a < u->auditor_count; a++)
    for (size_t month = 0; month < months; month++)
      rest.free[a * months + month] = u->auditors[a].days[month];
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    rest.free[(size_t)at->auditor * months + (size_t)at->month] -= u->units[at->unit].effort;
  }
  for (size_t i = 0; i < plan->conflicts.count; i++) {
    PlanConflict *conflict = &plan->conflicts.items[i];
    if (conflict->unit_index > 0 && text_equal(conflict->rule, "interval"))
      offer(c, &rest, conflict, &u->units[conflict->unit_index - 1]);
  }
}
