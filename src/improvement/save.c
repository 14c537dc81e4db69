// SPDX-License-Identifier: Apache-2.0
// Every change of a finding ends here: the step it has reached is read off, one row is written at
// the version that was seen, and the ledger hears what differs.
#include "improvement/grade.h"
#include "improvement/work.h"

bool finding_landed(Context *c, int64_t rows) {
  if (rows == 1) return true;
  if (!context_ok(c)) return false;
  return conflict(c, _("Somebody changed this at the same moment. Look at it again and repeat."));
}

// The wait begins on the day the last action was done; a later change of the rules does not move
// it.
static bool wait_begins(Context *c, SqlFindingByIdRow *row) {
  GradeRules rules;
  if (row->state < STEP_WAITING) row->check_from = DATE_NONE;
  if (row->state != STEP_WAITING || !date_is_none(row->check_from)) return true;
  if (!grade_rules(c, &rules)) return false;
  row->check_from = date_add_days(c->today, (int32_t)rules.of[row->grade].wait_days);
  return true;
}

static void tell_words(LedgerEntry *entry, const char *name, const char *was, const char *is) {
  if (!text_equal(was, is)) ledger_personal(entry, name, is);
}

static void tell_day(LedgerEntry *entry, const char *name, Date was, Date is) {
  if (date_compare(was, is) != 0) ledger_date(entry, name, was, is);
}

static void tell_number(LedgerEntry *entry, const char *name, int64_t was, int64_t is) {
  if (was != is) ledger_int(entry, name, was, is);
}

static void tell_steps(LedgerEntry *entry, const SqlFindingByIdRow *was,
                       const SqlFindingByIdRow *is) {
  tell_words(entry, "correction", was->correction, is->correction);
  tell_day(entry, "corrected_on", was->corrected_on, is->corrected_on);
  tell_words(entry, "containment", was->containment, is->containment);
  tell_day(entry, "contained_on", was->contained_on, is->contained_on);
  tell_number(entry, "cause_method", was->cause_method, is->cause_method);
  tell_words(entry, "cause", was->cause, is->cause);
  if (!text_equal(was->cause_kind, is->cause_kind))
    ledger_text(entry, "cause_kind", was->cause_kind, is->cause_kind);
  tell_day(entry, "cause_on", was->cause_on, is->cause_on);
  tell_number(entry, "repeats", was->repeats, is->repeats);
  tell_words(entry, "extent", was->extent, is->extent);
  tell_day(entry, "extent_on", was->extent_on, is->extent_on);
  tell_day(entry, "check_from", was->check_from, is->check_from);
}

static void tell_rest(LedgerEntry *entry, const SqlFindingByIdRow *was,
                      const SqlFindingByIdRow *is) {
  if (was->state != is->state)
    ledger_text(entry, "state", step_name((FindingState)was->state),
                step_name((FindingState)is->state));
  if (was->grade != is->grade)
    ledger_text(entry, "grade", grade_name((FindingGrade)was->grade),
                grade_name((FindingGrade)is->grade));
  tell_number(entry, "owner_person", was->owner_person, is->owner_person);
  tell_number(entry, "owner_position", was->owner_position, is->owner_position);
  tell_day(entry, "due", was->due, is->due);
  tell_number(entry, "round", was->round, is->round);
  tell_number(entry, "decision", was->decision, is->decision);
  tell_words(entry, "decision_reason", was->decision_reason, is->decision_reason);
  tell_day(entry, "parked_until", was->parked_until, is->parked_until);
  tell_words(entry, "improved", was->improved, is->improved);
  tell_day(entry, "closed_on", was->closed_on, is->closed_on);
}

static SqlFindingUpdate update_of(const SqlFindingByIdRow *row) {
  return (SqlFindingUpdate){.id = row->id,
                            .version = row->version,
                            .grade = row->grade,
                            .is_sorted = row->is_sorted,
                            .owner_person = row->owner_person,
                            .owner_position = row->owner_position,
                            .due = row->due,
                            .state = row->state,
                            .round = row->round,
                            .correction = row->correction,
                            .corrected_on = row->corrected_on,
                            .containment = row->containment,
                            .contained_on = row->contained_on,
                            .cause_method = row->cause_method,
                            .cause = row->cause,
                            .cause_kind = row->cause_kind,
                            .cause_on = row->cause_on,
                            .repeats = row->repeats,
                            .extent = row->extent,
                            .extent_on = row->extent_on,
                            .decision = row->decision,
                            .decision_reason = row->decision_reason,
                            .parked_until = row->parked_until,
                            .check_from = row->check_from,
                            .improved = row->improved,
                            .closed_on = row->closed_on,
                            .closed_by = row->closer,
                            .imported = row->imported};
}

bool finding_save(Context *c, const SqlFindingByIdRow *was, SqlFindingByIdRow *is,
                  const FindingChange *change) {
  StepFacts facts = step_facts(is);
  is->state = step_of(&facts);
  if (is->imported == 1 && !change->from_file) is->imported = 2;
  if (!wait_begins(c, is)) return false;
  if (!finding_landed(c, sql_finding_update(c, update_of(is)))) return false;
  LedgerEntry *entry = ledger_entry(c, change->action, "finding", is->id);
  tell_steps(entry, was, is);
  tell_rest(entry, was, is);
  if (!text_is_empty(change->reason)) ledger_personal(entry, "reason", change->reason);
  if (change->about != 0) ledger_number(entry, "about", change->about);
  if (change->part != NULL) {
    ledger_number(entry, change->part, change->part_key);
    ledger_personal(entry, "part_words", change->part_words);
  }
  if (!ledger_write(entry)) return false;
  return finding_in_search(c, is->id);
}

bool finding_step_again(Context *c, int64_t id, const char *action, int64_t about) {
  SqlFindingByIdRow was, is;
  if (!finding_load(c, id, 0, &was)) return false;
  is = was;
  return finding_save(c, &was, &is, &(FindingChange){.action = action, .about = about});
}
