// SPDX-License-Identifier: Apache-2.0
#include "audits/programme.h"

#include "audits/programme.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"

enum { LOST_AFTER_SECONDS = 90 };

const char *programme_state_name(ProgrammeState state) {
  static const char *const names[] = {"searching", "proposed", "adopted", "superseded",
                                      "discarded"};
  return names[state];
}

bool audit_programme_get(Context *c, int64_t id, AuditProgramme *out) {
  SqlProgrammeGetRow row;
  if (!sql_programme_get(c, (SqlProgrammeGet){.id = id}, &row))
    return context_ok(c) && not_found(c, _("There is no such version of the audit programme."));
  int64_t silent = c->now.us - row.touched.us;
  *out = (AuditProgramme){.id = row.id,
                          .number = row.number,
                          .version = row.version,
                          .state = (ProgrammeState)row.state,
                          .start = row.start_on,
                          .months = (int32_t)row.months,
                          .progress = (int32_t)row.progress,
                          .seed = row.seed,
                          .steps = row.steps,
                          .feasible = row.feasible,
                          .stop = row.stop,
                          .lost = row.state == PROGRAMME_SEARCHING &&
                                  silent > (int64_t)LOST_AFTER_SECONDS * 1000000,
                          .staleness = row.staleness,
                          .failure = row.failure,
                          .proposer = row.proposer == NULL ? _("the command line") : row.proposer,
                          .approver = row.approver == NULL ? "" : row.approver,
                          .exception = row.exception,
                          .plan_hash = row.plan_hash,
                          .proposed_by = row.proposed_by,
                          .proposed = row.proposed,
                          .adopted = row.adopted};
  return true;
}

bool audit_programme_latest(Context *c, ProgrammeState state, AuditProgramme *out) {
  SqlProgrammeInStateRow row;
  return sql_programme_in_state(c, (SqlProgrammeInState){.state = state}, &row) &&
         audit_programme_get(c, row.id, out);
}

bool audit_programme_audits(Context *c, int64_t id, ProgrammeAudits *out) {
  SqlAssignmentAllRows rows = sql_assignment_all(c, (SqlAssignmentAll){.programme = id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAssignmentAllRow *row = &rows.items[i];
    ProgrammeAudit *audit = list_add(c->arena, out);
    *audit = (ProgrammeAudit){.id = row->id,
                              .unit = row->unit,
                              .auditor = row->auditor,
                              .activity = row->activity,
                              .unit_title = row->unit_title,
                              .auditor_name = row->auditor_name,
                              .why = row->why,
                              .month = row->month,
                              .by_hand = row->by_hand,
                              .effort = (int32_t)row->effort,
                              .state = row->state.has ? (State)row->state.value : STATE_PLANNED,
                              .baseline = row->baseline,
                              .due = row->due,
                              .latest = row->latest,
                              .held_on = row->held_on,
                              .activity_version =
                                  row->activity_version.has ? row->activity_version.value : 0};
    unit_kind_parse(row->unit_kind, &audit->unit_kind);
  }
  return context_ok(c);
}

bool audit_programme_breaches(Context *c, int64_t id, ProgrammeBreaches *out) {
  SqlBreachAllRows rows = sql_breach_all(c, (SqlBreachAll){.programme = id});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, out) =
        (ProgrammeBreach){.rule = rows.items[i].rule,
                          .title = rows.items[i].title == NULL ? "" : rows.items[i].title,
                          .words = rows.items[i].words,
                          .ways_out = rows.items[i].ways_out,
                          .unit = rows.items[i].unit,
                          .proved = rows.items[i].proved};
  return context_ok(c);
}

bool audit_programme_discard(Context *c, int64_t id, int64_t version) {
  TRANSACTION(c, tx);
  AuditProgramme programme;
  if (!audit_programme_get(c, id, &programme)) return false;
  if (programme.state > PROGRAMME_PROPOSED)
    return conflict(c, _("Version %lld was decided on already and stays as it is."),
                    (long long)programme.number);
  int64_t rows = sql_programme_set_state(
      c, (SqlProgrammeSetState){.id = id,
                                .version = version != 0 ? version : programme.version,
                                .from_state = programme.state,
                                .state = PROGRAMME_DISCARDED});
  if (context_ok(c) && rows != 1)
    return conflict(c, _("Somebody changed this version meanwhile. Look again and repeat."));
  LedgerEntry *entry = ledger_entry(c, "audit_programme.discarded", "audit_programme", id);
  ledger_number(entry, "number", programme.number);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- the charter ----

bool charter_get(Context *c, Charter *out) {
  SqlCharterGetRow row;
  if (sql_charter_get(c, &row)) {
    *out = (Charter){.objectives = row.objectives,
                     .responsibilities = row.responsibilities,
                     .methods = row.methods,
                     .criteria = row.criteria,
                     .reporting = row.reporting,
                     .travel = (int32_t)row.weigh_travel,
                     .moves = (int32_t)row.weigh_moves,
                     .effort = (int32_t)row.weigh_effort,
                     .warning = (int32_t)row.weigh_warning,
                     .crowd = (int32_t)row.weigh_crowd,
                     .version = row.version};
    return true;
  }
  *out = (Charter){
      .objectives = _("To know whether the management system conforms to our own requirements and "
                      "to the standard, and whether it works; the areas of highest risk first."),
      .responsibilities = _("The security manager keeps the programme. Top management approves it. "
                            "Auditors plan, hold and report their audits and audit no work of "
                            "their own."),
      .methods = _("Interviews, looking at records and systems, observing work, and samples whose "
                   "drawing can be repeated."),
      .criteria = _("Clauses 4–10, the applicable controls of the Statement of Applicability, our "
                    "policies and procedures, contracts and law."),
      .reporting = _("Each report goes to the owner of the audited area and to the security "
                     "manager; the results together go to the management review."),
      .travel = 2,
      .moves = 20,
      .effort = 15,
      .warning = 6,
      .crowd = 2};
  return context_ok(c);
}

static void weight_is_sound(Context *c, const char *field, int32_t weight) {
  if (weight < 0 || weight > 1000) invalid(c, field, _("A weight lies between 0 and 1000."));
}

bool charter_put(Context *c, const Charter *charter) {
  TRANSACTION(c, tx);
  weight_is_sound(c, "travel", charter->travel);
  weight_is_sound(c, "moves", charter->moves);
  weight_is_sound(c, "effort", charter->effort);
  weight_is_sound(c, "warning", charter->warning);
  weight_is_sound(c, "crowd", charter->crowd);
  if (!context_ok(c)) return false;
  int64_t rows = sql_charter_put(c, (SqlCharterPut){.objectives = charter->objectives,
                                                    .responsibilities = charter->responsibilities,
                                                    .methods = charter->methods,
                                                    .criteria = charter->criteria,
                                                    .reporting = charter->reporting,
                                                    .weigh_travel = charter->travel,
                                                    .weigh_moves = charter->moves,
                                                    .weigh_effort = charter->effort,
                                                    .weigh_warning = charter->warning,
                                                    .weigh_crowd = charter->crowd,
                                                    .version = charter->version});
  if (context_ok(c) && rows != 1)
    return conflict(c, _("Somebody changed this meanwhile. Look again and repeat."));
  LedgerEntry *entry = ledger_entry(c, "audit_charter.changed", "audit_charter", c->org);
  ledger_value(entry, "objectives", charter->objectives);
  ledger_value(entry, "responsibilities", charter->responsibilities);
  ledger_value(entry, "methods", charter->methods);
  ledger_value(entry, "criteria", charter->criteria);
  ledger_value(entry, "reporting", charter->reporting);
  ledger_number(entry, "weigh_travel", charter->travel);
  ledger_number(entry, "weigh_moves", charter->moves);
  ledger_number(entry, "weigh_effort", charter->effort);
  ledger_number(entry, "weigh_warning", charter->warning);
  ledger_number(entry, "weigh_crowd", charter->crowd);
  return ledger_write(entry) && transaction_commit(&tx);
}
