// SPDX-License-Identifier: Apache-2.0
// A proposal is edited by hand: an audit moved, given to somebody else, added or taken out. What it
// breaks and mends is said by the independent checker, before and after.
#include "audits/programme.h"

#include "audits/programme.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"

bool programme_plan_of(Context *c, const OrgUniverse *of, const ProgrammeAudits *audits, Date start,
                       Plan *out) {
  *out = (Plan){0};
  for (size_t i = 0; i < audits->count; i++) {
    const ProgrammeAudit *audit = &audits->items[i];
    Assignment at = {org_unit_place(of, audit->unit), months_between(start, audit->month),
                     org_auditor_place(of, audit->auditor)};
    if (at.unit >= 0 && at.auditor >= 0 && at.month >= 0 && at.month < of->u.months) {
      *list_add(c->arena, &out->assignments) = at;
      continue;
    }
    PlanConflict *stray = list_add(c->arena, &out->strays);
    stray->rule = at.auditor < 0 ? "auditor" : "shape";
    stray->unit = audit->unit_title;
    stray->text = at.auditor < 0 ? text_format(c->arena,
                                               _("%s is no auditor any more and cannot audit “%s” "
                                                 "in the month planned."),
                                               audit->auditor_name, audit->unit_title)
                  : at.unit < 0
                      ? text_format(c->arena, _("“%s” has left the universe."), audit->unit_title)
                      : text_format(c->arena,
                                    _("“%s” is planned outside the months of this "
                                      "version."),
                                    audit->unit_title);
    *list_add(c->arena, &stray->ways_out) =
        at.auditor < 0 ? _("Give it to somebody else, or search again.") : _("Take it out.");
  }
  return context_ok(c);
}

typedef struct Editing {
  AuditProgramme programme;
  OrgUniverse of;
  ProgrammeAudits audits;
} Editing;

static bool open_proposal(Context *c, int64_t id, Editing *out) {
  if (!audit_programme_get(c, id, &out->programme)) return false;
  if (out->programme.state != PROGRAMME_PROPOSED)
    return conflict(c, _("Version %lld is %s: only a proposal is edited. Search a new version."),
                    (long long)out->programme.number, programme_state_name(out->programme.state));
  OrgQuestion question = {.start = out->programme.start, .months = out->programme.months};
  return org_universe(c, &question, &out->of) && audit_programme_audits(c, id, &out->audits);
}

static ProgrammeAudit *find_audit(Editing *e, int64_t assignment) {
  for (size_t i = 0; i < e->audits.count; i++)
    if (e->audits.items[i].id == assignment) return &e->audits.items[i];
  return NULL;
}

// Whoever may audit it and has most days left that month; else the first auditor there is.
static int64_t whoever(const Editing *e, int64_t unit, Date month) {
  int32_t place = org_unit_place(&e->of, unit), at = months_between(e->of.start, month);
  int64_t best = e->of.auditors.count > 0 ? e->of.auditors.items[0].person : 0, most = INT64_MIN;
  if (place < 0 || at < 0 || at >= e->of.u.months) return best;
  const AuditUnit *of = &e->of.u.units[place];
  for (size_t i = 0; i < of->auditor_count; i++) {
    int32_t a = of->auditors[i];
    int64_t left = e->of.u.auditors[a].days[at], person = e->of.auditors.items[a].person;
    for (size_t k = 0; k < e->audits.count; k++)
      if (e->audits.items[k].auditor == person &&
          date_compare(e->audits.items[k].month, month) == 0)
        left -= (int64_t)e->audits.items[k].effort * (DAY / 100);
    if (left <= most) continue;
    most = left;
    best = person;
  }
  return best;
}

static Date first_of(Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return date_make(year, month, 1);
}

// Applies the edit to the list alone. False with invalid() if it makes no sense.
static bool apply(Context *c, Editing *e, ProgrammeEdit *edit) {
  ProgrammeAudit *audit = NULL;
  if (edit->assignment != 0) {
    audit = find_audit(e, edit->assignment);
    if (audit == NULL) return not_found(c, _("There is no such audit in this version."));
    edit->unit = audit->unit;
  }
  if (date_is_none(edit->month)) {
    if (audit == NULL) return invalid(c, "month", _("Choose a month."));
    *audit = e->audits.items[--e->audits.count];
    return true;
  }
  edit->month = first_of(edit->month);
  int32_t at = months_between(e->programme.start, edit->month);
  if (at < 0 || at >= e->programme.months)
    return invalid(c, "month", _("The version runs from %s for %d months."),
                   date_words(c->arena, e->programme.start), e->programme.months);
  int32_t unit = org_unit_place(&e->of, edit->unit);
  if (unit < 0) return invalid(c, "unit", _("There is no such unit in the universe."));
  if (edit->auditor == 0)
    edit->auditor = audit != NULL ? audit->auditor : whoever(e, edit->unit, edit->month);
  int32_t auditor = org_auditor_place(&e->of, edit->auditor);
  if (auditor < 0) return invalid(c, "auditor", _("Choose one of the auditors."));
  for (size_t i = 0; i < e->audits.count; i++)
    if (&e->audits.items[i] != audit && e->audits.items[i].unit == edit->unit &&
        date_compare(e->audits.items[i].month, edit->month) == 0)
      return invalid(c, "month", _("“%s” is audited in that month already."),
                     e->audits.items[i].unit_title);
  if (audit == NULL) audit = list_add(c->arena, &e->audits);
  audit->unit = edit->unit;
  audit->unit_title = e->of.units.items[unit].title;
  audit->effort = e->of.units.items[unit].effort;
  audit->month = edit->month;
  audit->auditor = edit->auditor;
  audit->auditor_name = e->of.auditors.items[auditor].name;
  return true;
}

static bool said(const Plan *plan, const char *text) {
  for (size_t i = 0; i < plan->conflicts.count; i++)
    if (text_equal(plan->conflicts.items[i].text, text)) return true;
  return false;
}

static void difference(Context *c, const Plan *a, const Plan *b, Sentences *out) {
  for (size_t i = 0; i < a->conflicts.count; i++)
    if (!said(b, a->conflicts.items[i].text)) *list_add(c->arena, out) = a->conflicts.items[i].text;
}

static bool try_edit(Context *c, Editing *e, ProgrammeEdit *edit, Plan *after, Sentences *breaks,
                     Sentences *mends) {
  Plan before;
  if (!programme_plan_of(c, &e->of, &e->audits, e->programme.start, &before) ||
      !plan_check(c, &e->of.u, &before) || !apply(c, e, edit) ||
      !programme_plan_of(c, &e->of, &e->audits, e->programme.start, after) ||
      !plan_check(c, &e->of.u, after))
    return false;
  difference(c, after, &before, breaks);
  if (mends != NULL) difference(c, &before, after, mends);
  return context_ok(c);
}

bool audit_programme_try(Context *c, const ProgrammeEdit *edit, Sentences *breaks,
                         Sentences *mends) {
  READ_TRANSACTION(c, tx);
  Editing e = {0};
  ProgrammeEdit copy = *edit;
  Plan after;
  return open_proposal(c, edit->programme, &e) && try_edit(c, &e, &copy, &after, breaks, mends);
}

static bool write_edit(Context *c, const Editing *e, const ProgrammeEdit *edit) {
  const char *why = _("placed by hand");
  if (date_is_none(edit->month))
    sql_assignment_delete(c, (SqlAssignmentDelete){.id = edit->assignment});
  else if (edit->assignment != 0)
    sql_assignment_change(
        c, (SqlAssignmentChange){
               .id = edit->assignment, .month = edit->month, .auditor = edit->auditor, .why = why});
  else
    sql_assignment_insert(c, (SqlAssignmentInsert){.programme = e->programme.id,
                                                   .unit = edit->unit,
                                                   .month = edit->month,
                                                   .auditor = edit->auditor,
                                                   .why = why,
                                                   .by_hand = true});
  LedgerEntry *entry =
      ledger_entry(c, "audit_programme.edited", "audit_programme", e->programme.id);
  ledger_number(entry, "unit", edit->unit);
  ledger_day(entry, "month", edit->month);
  ledger_number(entry, "auditor", edit->auditor);
  return ledger_write(entry);
}

bool audit_programme_edit(Context *c, const ProgrammeEdit *edit, Sentences *breaks) {
  TRANSACTION(c, tx);
  Editing e = {0};
  ProgrammeEdit copy = *edit;
  Plan after;
  if (!open_proposal(c, edit->programme, &e) || !try_edit(c, &e, &copy, &after, breaks, NULL) ||
      !write_edit(c, &e, &copy) || !programme_write_breaches(c, e.programme.id, &e.of, &after))
    return false;
  sql_programme_checked(c, (SqlProgrammeChecked){.id = e.programme.id,
                                                 .feasible = after.feasible,
                                                 .staleness = after.objective});
  return context_ok(c) && transaction_commit(&tx);
}

bool audit_programme_check(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  Editing e = {0};
  Plan plan;
  if (!open_proposal(c, id, &e) ||
      !programme_plan_of(c, &e.of, &e.audits, e.programme.start, &plan) ||
      !plan_check(c, &e.of.u, &plan) || !programme_write_breaches(c, id, &e.of, &plan))
    return false;
  sql_programme_checked(
      c, (SqlProgrammeChecked){.id = id, .feasible = plan.feasible, .staleness = plan.objective});
  return context_ok(c) && transaction_commit(&tx);
}
