// SPDX-License-Identifier: Apache-2.0
// The planner's question as a linear programme: for each unit a path of audits from its last one to
// the end of the horizon (x_i_from_to), each audit given to auditors (y_i_month_auditor) within
// their days. Its optimum bounds every plan from below; the bench solves it with cbc.
#include "audits/plan.h"

#include <stdio.h>

typedef struct LpFile {
  FILE *file;
  const Universe *u;
} LpFile;

static void lp_close(LpFile *lp) {
  if (lp->file != NULL) fclose(lp->file);
}

static double triangle(int32_t gap) {
  return (double)gap * (gap - 1) / 2;
}

// Calls `each` for every step of the unit's path that keeps its interval. from -1: the last audit
// before the horizon; to = months: its end.
static void each_step(const LpFile *lp, size_t index,
                      void (*each)(const LpFile *, size_t, int32_t, int32_t, double)) {
  const AuditUnit *unit = &lp->u->units[index];
  for (int32_t from = -1; from < lp->u->months; from++) {
    int32_t since = from < 0 ? -unit->last_audited : from;
    int32_t limit = from < 0 ? unit_first_limit(unit) : unit->max_interval;
    for (int32_t to = from + 1; to <= lp->u->months; to++) {
      if (to - since > limit) break;
      double cost = triangle(to - since) - (from < 0 ? triangle(unit->last_audited) : 0);
      each(lp, index, from, to, unit->risk * cost);
    }
  }
}

static void step_name(const LpFile *lp, size_t unit, int32_t from, int32_t to) {
  fprintf(lp->file, "x_%zu_%d_%d", unit, from + 1, to + 1);
}

static void print_cost(const LpFile *lp, size_t unit, int32_t from, int32_t to, double cost) {
  fprintf(lp->file, " + %.9g ", cost);
  step_name(lp, unit, from, to);
  fputc('\n', lp->file);
}

static void print_flow(const LpFile *lp, size_t unit) {
  const AuditUnit *of = &lp->u->units[unit];
  fprintf(lp->file, " start_%zu:", unit);
  for (int32_t to = 0; to <= lp->u->months && to + of->last_audited <= unit_first_limit(of); to++) {
    fputs(" + ", lp->file);
    step_name(lp, unit, -1, to);
  }
  fputs(" = 1\n", lp->file);
}

static void print_steps_into(const LpFile *lp, size_t unit, int32_t month) {
  const AuditUnit *of = &lp->u->units[unit];
  for (int32_t from = -1; from < month; from++) {
    int32_t since = from < 0 ? -of->last_audited : from;
    if (month - since > (from < 0 ? unit_first_limit(of) : of->max_interval)) continue;
    fputs(" + ", lp->file);
    step_name(lp, unit, from, month);
    fputc('\n', lp->file);
  }
}

static void print_month(const LpFile *lp, size_t unit, int32_t month) {
  const AuditUnit *of = &lp->u->units[unit];
  fprintf(lp->file, " pass_%zu_%d:\n", unit, month);
  print_steps_into(lp, unit, month);
  for (int32_t to = month + 1; to <= lp->u->months && to - month <= of->max_interval; to++) {
    fputs(" - ", lp->file);
    step_name(lp, unit, month, to);
    fputc('\n', lp->file);
  }
  fprintf(lp->file, " = 0\n held_%zu_%d: 0 x_%zu_%d_%d\n", unit, month, unit, month + 1, month + 2);
  print_steps_into(lp, unit, month);
  if (!(lp->u->blackout >> month & 1))
    for (size_t i = 0; i < of->auditor_count; i++)
      fprintf(lp->file, " - y_%zu_%d_%d\n", unit, month, of->auditors[i]);
  fputs(" = 0\n", lp->file);
}

static bool may_audit(const AuditUnit *unit, size_t auditor) {
  for (size_t i = 0; i < unit->auditor_count; i++)
    if ((size_t)unit->auditors[i] == auditor) return true;
  return false;
}

static void print_capacity(const LpFile *lp, size_t auditor, int32_t month) {
  const Universe *u = lp->u;
  if (u->blackout >> month & 1) return;
  bool any = false;
  for (size_t i = 0; i < u->unit_count; i++) {
    if (!may_audit(&u->units[i], auditor)) continue;
    if (!any) fprintf(lp->file, " days_%zu_%d:", auditor, month);
    any = true;
    fprintf(lp->file, " + %d y_%zu_%d_%zu\n", u->units[i].effort, i, month, auditor);
  }
  if (any) fprintf(lp->file, " <= %d\n", u->auditors[auditor].days[month]);
}

bool plan_write_lp(Context *c, const Universe *u, const char *path) {
  LpFile lp __attribute__((cleanup(lp_close))) = {fopen(path, "w"), u};
  if (lp.file == NULL) return invalid(c, "lp", "%s cannot be written.", path);
  fputs("Minimize\n staleness:\n", lp.file);
  for (size_t i = 0; i < u->unit_count; i++) each_step(&lp, i, print_cost);
  fputs("Subject To\n", lp.file);
  for (size_t i = 0; i < u->unit_count; i++) {
    print_flow(&lp, i);
    for (int32_t month = 0; month < u->months; month++) print_month(&lp, i, month);
  }
  for (size_t a = 0; a < u->auditor_count; a++)
    for (int32_t month = 0; month < u->months; month++) print_capacity(&lp, a, month);
  fputs("End\n", lp.file);
  if (ferror(lp.file) || fflush(lp.file) != 0) return failure(c, "writing %s failed", path);
  return true;
}
