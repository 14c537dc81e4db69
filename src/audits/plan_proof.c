// SPDX-License-Identifier: Apache-2.0
// Proofs that no plan exists, each a relaxation of the whole question: one unit with every auditor
// to itself, and all units against the sum of all days.
#include "audits/plan.h"

static bool somebody_has_room(const Universe *u, const AuditUnit *unit, int32_t month) {
  for (size_t i = 0; i < unit->auditor_count; i++)
    if (u->auditors[unit->auditors[i]].days[month] >= unit->effort) return true;
  return false;
}

// Latest-possible audits need the fewest: greedy is exact for a single unit. -1: impossible, and
// *stuck is the last month that had to hold an audit.
static int32_t fewest_audits(const Universe *u, const AuditUnit *unit, int32_t *stuck) {
  int32_t last = -unit->last_audited, limit = unit_first_limit(unit), count = 0;
  while (u->months - last > limit) {
    int32_t month = last + limit;
    *stuck = month;
    if (month > u->months - 1) month = u->months - 1;
    while (month > last && month >= 0 && !somebody_has_room(u, unit, month)) month--;
    if (month <= last || month < 0) return -1;
    count++;
    last = month;
    limit = unit->max_interval;
  }
  return count;
}

static void prove_unit(Context *c, Plan *out, const AuditUnit *unit, int32_t stuck) {
  PlanConflict *proof = list_add(c->arena, &out->conflicts);
  proof->rule = unit->auditor_count == 0 ? "competence" : "interval";
  proof->unit = unit->id;
  proof->proved = true;
  if (unit->auditor_count == 0) {
    proof->text = text_format(c->arena,
                              "Nobody may audit %s: every auditor is in conflict or "
                              "lacks a competence it needs.",
                              unit->id);
    *list_add(c->arena, &proof->ways_out) = "Bring a competent auditor from outside.";
    *list_add(c->arena, &proof->ways_out) = "Record an exception with a reason and an approver.";
    return;
  }
  proof->text = text_format(c->arena,
                            "Even alone, %s cannot be audited by month %d: nobody who "
                            "may audit it has %.2f days in time.",
                            unit->id, stuck, (double)unit->effort / DAY);
  *list_add(c->arena, &proof->ways_out) =
      text_format(c->arena, "Grant one of its auditors %.2f days by month %d.",
                  (double)unit->effort / DAY, stuck);
  *list_add(c->arena, &proof->ways_out) = "Bring an auditor from outside.";
}

static int64_t usable_days(const Universe *u) {
  int64_t days = 0;
  for (size_t a = 0; a < u->auditor_count; a++)
    for (int32_t month = 0; month < u->months; month++) days += u->auditors[a].days[month];
  return days;
}

void plan_prove_impossible(Context *c, const Universe *u, Plan *out) {
  int64_t needed = 0;
  for (size_t i = 0; i < u->unit_count; i++) {
    int32_t stuck = 0, count = fewest_audits(u, &u->units[i], &stuck);
    if (count < 0) prove_unit(c, out, &u->units[i], stuck);
    if (count > 0) needed += (int64_t)count * u->units[i].effort;
  }
  int64_t days = usable_days(u);
  if (needed <= days) return;
  PlanConflict *proof = list_add(c->arena, &out->conflicts);
  proof->rule = "capacity";
  proof->unit = "";
  proof->proved = true;
  proof->text = text_format(c->arena,
                            "The fewest audits need %.2f days; all auditors together "
                            "have %.2f.",
                            (double)needed / DAY, (double)days / DAY);
  *list_add(c->arena, &proof->ways_out) =
      text_format(c->arena, "Grant %.2f more auditor days.", (double)(needed - days) / DAY);
}
