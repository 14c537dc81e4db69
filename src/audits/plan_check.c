// SPDX-License-Identifier: Apache-2.0
// The independent checker. It knows the rules from the words alone and shares nothing with the
// search, so that neither can hide the other's mistake.
#include "audits/plan.h"

#include <stdlib.h>
#include <string.h>

static PlanConflict *conflict_add(Context *c, Plan *plan, const char *rule, const char *unit) {
  PlanConflict *conflict = list_add(c->arena, &plan->conflicts);
  conflict->rule = rule;
  conflict->unit = unit;
  plan->feasible = false;
  return conflict;
}

static void way_out(Context *c, PlanConflict *conflict, const char *text) {
  *list_add(c->arena, &conflict->ways_out) = text;
}

static bool named(const char *const *names, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (text_equal(names[i], name)) return true;
  return false;
}

static void check_person(Context *c, const Universe *u, Plan *plan, const Assignment *at) {
  const AuditUnit *unit = &u->units[at->unit];
  const Auditor *auditor = &u->auditors[at->auditor];
  if (named(auditor->conflicts, auditor->conflict_count, unit->id)) {
    PlanConflict *found = conflict_add(c, plan, "conflict", unit->id);
    found->text = text_format(c->arena, _("%s owns or operates %s and may not audit it."),
                              auditor->id, unit->id);
    way_out(c, found, _("Give the audit to somebody else, or record an exception with a reason."));
  }
  for (size_t i = 0; i < unit->need_count; i++)
    if (!named(auditor->competences, auditor->competence_count, unit->needs[i])) {
      PlanConflict *found = conflict_add(c, plan, "competence", unit->id);
      found->text = text_format(c->arena, _("%s lacks \"%s\", which auditing %s needs."),
                                auditor->id, unit->needs[i], unit->id);
      way_out(c, found, _("Give the audit to a competent auditor, or bring one from outside."));
    }
  if (u->blackout >> at->month & 1) {
    PlanConflict *found = conflict_add(c, plan, "blackout", unit->id);
    found->text =
        text_format(c->arena, _("In %s no audits are held."), universe_month(c, u, at->month));
    way_out(c, found, _("Move the audit to another month."));
  }
}

static void check_capacity(Context *c, const Universe *u, Plan *plan) {
  size_t months = (size_t)u->months;
  int64_t *used = arena_array(c->arena, u->auditor_count * months, sizeof *used);
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    used[(size_t)at->auditor * months + (size_t)at->month] += u->units[at->unit].effort;
  }
  for (size_t a = 0; a < u->auditor_count; a++)
    for (size_t month = 0; month < months; month++) {
      int64_t over = used[a * months + month] - u->auditors[a].days[month];
      if (over <= 0) continue;
      PlanConflict *found = conflict_add(c, plan, "capacity", "");
      found->text = text_format(c->arena, _("%s has %.2f days too few in %s."), u->auditors[a].id,
                                (double)over / DAY, universe_month(c, u, (int32_t)month));
      way_out(c, found,
              text_format(c->arena, _("Grant %s %.2f more days in %s."), u->auditors[a].id,
                          (double)over / DAY, universe_month(c, u, (int32_t)month)));
    }
}

static void late_gap(Context *c, const Universe *u, Plan *plan, const AuditUnit *unit, int32_t from,
                     int32_t to, int32_t limit) {
  PlanConflict *found = conflict_add(c, plan, "interval", unit->id);
  found->unit_index = 1 + (int32_t)(unit - u->units);
  found->after = from;
  found->by = from + limit;
  const char *until = to == u->months ? _("the end of the horizon") : universe_month(c, u, to);
  found->text = text_format(c->arena, _("%s: %d months from %s to %s; at most %d are allowed."),
                            unit->id, to - from, universe_month(c, u, from), until, limit);
  way_out(c, found,
          text_format(c->arena, _("Add %.2f auditor days for %s by %s."),
                      (double)unit->effort / DAY, unit->id, universe_month(c, u, from + limit)));
  way_out(c, found, _("Bring an auditor from outside for this unit."));
}

// Walks a unit's months in order; adds its staleness to the objective.
static void check_intervals(Context *c, const Universe *u, Plan *plan, size_t index,
                            const uint8_t *audited) {
  const AuditUnit *unit = &u->units[index];
  int32_t last = -unit->last_audited;
  bool overdue = unit->last_audited > unit->max_interval;
  int64_t stale = 0;
  for (int32_t month = 0; month <= u->months; month++) {
    bool end = month == u->months;
    if (!end && !audited[month]) {
      stale += month - last;
      continue;
    }
    int32_t limit = overdue && last == -unit->last_audited ? 3 - last : unit->max_interval;
    if (month - last > limit) late_gap(c, u, plan, unit, last, month, limit);
    last = month;
  }
  plan->objective += unit->risk * (double)stale;
}

bool plan_check(Context *c, const Universe *u, Plan *plan) {
  size_t months = (size_t)u->months;
  uint8_t *audited = arena_array(c->arena, u->unit_count * months, 1);
  plan->feasible = true;
  plan->objective = 0;
  plan->conflicts.count = 0;
  for (size_t i = 0; i < plan->strays.count; i++) {
    *list_add(c->arena, &plan->conflicts) = plan->strays.items[i];
    plan->feasible = false;
  }
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    uint8_t *slot = &audited[(size_t)at->unit * months + (size_t)at->month];
    if (*slot) {
      PlanConflict *found = conflict_add(c, plan, "shape", u->units[at->unit].id);
      found->text = text_format(c->arena, _("%s is audited twice in %s."), u->units[at->unit].id,
                                universe_month(c, u, at->month));
      way_out(c, found, _("Leave one of the two out."));
    }
    *slot = 1;
    check_person(c, u, plan, at);
  }
  check_capacity(c, u, plan);
  for (size_t i = 0; i < u->unit_count; i++) check_intervals(c, u, plan, i, &audited[i * months]);
  return context_ok(c);
}
