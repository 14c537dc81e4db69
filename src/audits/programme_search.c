// SPDX-License-Identifier: Apache-2.0
// A version is searched: by a process of its own when a page asks, in place on the command line.
// Between two looks at the clock nothing is locked; progress and the wish to stop go through the
// version's row, so that any server can show and stop it.
#include "audits/programme.h"

#include "audits/programme.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"

#include <string.h>

bool audit_programme_start(Context *c, int64_t seed, int64_t steps, int64_t *id) {
  TRANSACTION(c, tx);
  UniverseBuilt built;
  OrgUniverse of;
  SqlProgrammeLastRow last;
  AuditProgramme running;
  if (!universe_build(c, &built)) return false;
  if (audit_programme_latest(c, PROGRAMME_SEARCHING, &running) && !running.lost)
    return conflict(c, _("A search is running already: wait for it, or stop it."));
  if (!context_ok(c) || !org_universe(c, &(OrgQuestion){.start = DATE_NONE}, &of) ||
      !sql_programme_last(c, &last))
    return false;
  if (of.auditors.count == 0)
    return invalid(c, "auditors",
                   _("There is no auditor yet: give somebody the role of internal auditor, or name "
                     "one from outside."));
  *id = sql_programme_insert(c, (SqlProgrammeInsert){.number = last.number + 1,
                                                     .start_on = of.start,
                                                     .months = of.u.months,
                                                     .seed = seed,
                                                     .steps = steps});
  LedgerEntry *entry = ledger_entry(c, "audit_programme.asked", "audit_programme", *id);
  ledger_number(entry, "number", last.number + 1);
  ledger_day(entry, "start_on", of.start);
  ledger_number(entry, "months", of.u.months);
  ledger_number(entry, "seed", seed);
  return *id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool audit_programme_stop(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  AuditProgramme programme;
  if (!audit_programme_get(c, id, &programme)) return false;
  if (programme.state != PROGRAMME_SEARCHING)
    return conflict(c, _("Version %lld is not being searched any more."),
                    (long long)programme.number);
  sql_programme_ask_stop(c, (SqlProgrammeAskStop){.id = id});
  LedgerEntry *entry = ledger_entry(c, "audit_programme.stopped", "audit_programme", id);
  ledger_number(entry, "number", programme.number);
  return ledger_write(entry) && transaction_commit(&tx);
}

typedef struct Watch {
  Context *c;
  int64_t id;
  int32_t said;
  Instant looked;
  SearchProgress *progress;
  void *user;
} Watch;

// About four times a second; a database that is away for a moment does not end the search.
static bool look(void *user, double share, double objective, bool feasible) {
  Watch *watch = user;
  (void)objective;
  int32_t percent = (int32_t)(share * 100);
  Instant now = clock_real();
  if (watch->progress != NULL) watch->progress(watch->user, percent, feasible);
  if (now.us - watch->looked.us < 250000) return true;
  watch->looked = now;
  Context c = *watch->c; // its own errors: they are not the search's
  c.error = (Error){0};
  c.arena = arena_create();
  SqlProgrammeGetRow row;
  sql_programme_heartbeat(&c, (SqlProgrammeHeartbeat){.id = watch->id, .progress = percent});
  bool go_on = !sql_programme_get(&c, (SqlProgrammeGet){.id = watch->id}, &row) ||
               (!row.stop && row.state == PROGRAMME_SEARCHING);
  arena_destroy(c.arena);
  return go_on;
}

static bool write_plan(Context *c, int64_t id, const OrgUniverse *of, const Plan *plan) {
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    sql_assignment_insert(c,
                          (SqlAssignmentInsert){.programme = id,
                                                .unit = of->units.items[at->unit].id,
                                                .month = date_add_months(of->start, at->month),
                                                .auditor = of->auditors.items[at->auditor].person,
                                                .why = org_why(c, of, plan, at)});
  }
  return programme_write_breaches(c, id, of, plan);
}

bool programme_write_breaches(Context *c, int64_t id, const OrgUniverse *of, const Plan *plan) {
  sql_breach_clear(c, (SqlBreachClear){.programme = id});
  for (size_t i = 0; i < plan->conflicts.count && i < 200; i++) {
    const PlanConflict *conflict = &plan->conflicts.items[i];
    int64_t unit = 0;
    for (size_t k = 0; k < of->u.unit_count && unit == 0; k++)
      if (text_equal(of->u.units[k].id, conflict->unit)) unit = of->units.items[k].id;
    sql_breach_insert(
        c, (SqlBreachInsert){.programme = id,
                             .rule = conflict->rule,
                             .unit = unit,
                             .words = conflict->text,
                             .proved = conflict->proved,
                             .ways_out = text_join(c->arena, "\n", conflict->ways_out.items,
                                                   conflict->ways_out.count)});
  }
  return context_ok(c);
}

static bool give_up(Context *c, int64_t id) {
  const char *words = c->error.message;
  c->error = (Error){0};
  sql_programme_failed(c, (SqlProgrammeFailed){.id = id, .failure = words == NULL ? "" : words});
  return false;
}

bool audit_programme_search(Context *c, int64_t id, SearchProgress *progress, void *user) {
  AuditProgramme programme;
  OrgUniverse of;
  Plan plan;
  if (!audit_programme_get(c, id, &programme)) return false;
  if (programme.state != PROGRAMME_SEARCHING)
    return conflict(c, _("Version %lld was searched already."), (long long)programme.number);
  Watch watch = {.c = c, .id = id, .progress = progress, .user = user, .looked = clock_real()};
  PlanSearch search = {
      .seed = (uint64_t)programme.seed, .steps = programme.steps, .progress = look, .user = &watch};
  OrgQuestion question = {.start = programme.start, .months = programme.months};
  if (!org_universe(c, &question, &of) || !plan_search(c, &of.u, &search, &plan))
    return give_up(c, id);
  TRANSACTION(c, tx);
  if (!write_plan(c, id, &of, &plan)) return false;
  int64_t rows = sql_programme_found(
      c, (SqlProgrammeFound){.id = id, .feasible = plan.feasible, .staleness = plan.objective});
  if (context_ok(c) && rows != 1)
    return conflict(c, _("This version was discarded while it was searched."));
  LedgerEntry *entry = ledger_entry(c, "audit_programme.proposed", "audit_programme", id);
  ledger_number(entry, "number", programme.number);
  ledger_number(entry, "audits", (int64_t)plan.assignments.count);
  ledger_value(entry, "feasible", plan.feasible ? "yes" : "no");
  return ledger_write(entry) && transaction_commit(&tx);
}
