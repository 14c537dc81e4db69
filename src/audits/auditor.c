// SPDX-License-Identifier: Apache-2.0
#include "audits/auditor.h"

#include "audits/auditor.sql.h"
#include "db/db.h"
#include "diary/workday.h"
#include "ledger/ledger.h"
#include "org/people.h"

enum { DAYS_ASSUMED = 200, DAYS_MOST = 3100 };

bool auditors_load(Context *c, Auditors *out) {
  SqlAuditorPeopleRows rows =
      sql_auditor_people(c, (SqlAuditorPeople){.role = ROLE_INTERNAL_AUDITOR});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditorPeopleRow *row = &rows.items[i];
    bool said = row->auditor != 0;
    if (!said && row->has_role == 0) continue;
    AuditorPerson *auditor = list_add(c->arena, out);
    *auditor = (AuditorPerson){.person = row->person,
                               .manager = row->manager,
                               .version = row->version.has ? row->version.value : 0,
                               .name = row->name,
                               .outside = said ? row->outside : "",
                               .competences =
                                   said ? row->competences : "management technical legal suppliers",
                               .days = said ? (int32_t)row->days.value : DAYS_ASSUMED,
                               .from = row->from_on,
                               .until = row->until_on,
                               .assumed = !said};
    bool sooner = date_is_none(auditor->until) ||
                  (!date_is_none(row->left_on) && date_compare(row->left_on, auditor->until) < 0);
    if (sooner) auditor->until = row->left_on;
  }
  return context_ok(c);
}

bool auditor_put(Context *c, const AuditorPerson *auditor) {
  TRANSACTION(c, tx);
  SqlAuditorPersonRow person;
  if (!sql_auditor_person(c, (SqlAuditorPerson){.id = auditor->person}, &person))
    return context_ok(c) && invalid(c, "person", _("There is nobody of that name."));
  if (auditor->days < 0 || auditor->days > DAYS_MOST)
    invalid(c, "days", _("From 0 to 31 days a month."));
  if (!date_is_none(auditor->from) && !date_is_none(auditor->until) &&
      date_compare(auditor->until, auditor->from) < 0)
    invalid(c, "until", _("The last day cannot come before the first."));
  if (!context_ok(c)) return false;
  sql_auditor_put(
      c, (SqlAuditorPut){.person = auditor->person,
                         .outside = auditor->outside == NULL ? "" : auditor->outside,
                         .competences = auditor->competences == NULL ? "" : auditor->competences,
                         .days = auditor->days,
                         .from_on = auditor->from,
                         .until_on = auditor->until});
  SqlAuditorIdRow row;
  if (!sql_auditor_id(c, (SqlAuditorId){.person = auditor->person}, &row)) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_auditor.changed", "audit_auditor", row.id);
  ledger_number(entry, "person", auditor->person);
  ledger_value(entry, "outside", auditor->outside == NULL ? "" : auditor->outside);
  ledger_value(entry, "competences", auditor->competences == NULL ? "" : auditor->competences);
  ledger_number(entry, "days", auditor->days);
  ledger_day(entry, "until_on", auditor->until);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool auditor_from_outside(Context *c, const char *name, const char *firm, AuditorPerson *out) {
  if (text_is_empty(firm)) return invalid(c, "outside", _("Say which firm %s comes from."), name);
  *out = (AuditorPerson){.outside = firm, .from = DATE_NONE, .until = DATE_NONE};
  return person_ensure(c, name, NULL, &out->person);
}

// ---- who is there ----

bool absences_load(Context *c, Absences *out) {
  SqlAbsenceAllRows rows = sql_absence_all(c);
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, out) = (Absence){.id = rows.items[i].id,
                                         .person = rows.items[i].person,
                                         .name = rows.items[i].name,
                                         .reason = rows.items[i].reason,
                                         .from = rows.items[i].from_on,
                                         .until = rows.items[i].until_on};
  return context_ok(c);
}

bool absence_add(Context *c, const Absence *absence) {
  TRANSACTION(c, tx);
  if (date_is_none(absence->from) || date_is_none(absence->until))
    invalid(c, "from", _("Give the first and the last day."));
  else if (date_compare(absence->until, absence->from) < 0)
    invalid(c, "until", _("The last day cannot come before the first."));
  if (text_is_empty(absence->reason)) invalid(c, "reason", _("Say why, in a word."));
  SqlAbsencePersonRow who;
  if (absence->person != 0 &&
      !sql_absence_person(c, (SqlAbsencePerson){.person = absence->person}, &who) && context_ok(c))
    invalid(c, "person", _("There is no such person."));
  if (!context_ok(c)) return false;
  int64_t id = sql_absence_insert(c, (SqlAbsenceInsert){.person = absence->person,
                                                        .from_on = absence->from,
                                                        .until_on = absence->until,
                                                        .reason = absence->reason});
  LedgerEntry *entry = ledger_entry(c, "audit_absence.added", "audit_absence", id);
  ledger_number(entry, "person", absence->person);
  ledger_day(entry, "from_on", absence->from);
  ledger_day(entry, "until_on", absence->until);
  ledger_personal(entry, "reason", absence->reason);
  return id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool absence_remove(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  if (sql_absence_delete(c, (SqlAbsenceDelete){.id = id}) != 1)
    return context_ok(c) && not_found(c, _("There is no such absence."));
  return ledger_write(ledger_entry(c, "audit_absence.removed", "audit_absence", id)) &&
         transaction_commit(&tx);
}

struct WorkdaysOf {
  WorkCalendar calendar;
  Absences absences;
};

WorkdaysOf *workdays_load(Context *c) {
  WorkdaysOf *days = arena_new(c->arena, WorkdaysOf);
  if (!workday_calendar_load(c, &days->calendar) || !absences_load(c, &days->absences)) return NULL;
  return days;
}

static bool is_away(const WorkdaysOf *days, int64_t person, Date day) {
  for (size_t i = 0; i < days->absences.count; i++) {
    const Absence *absence = &days->absences.items[i];
    if (absence->person != 0 && absence->person != person) continue;
    if (date_compare(day, absence->from) >= 0 && date_compare(day, absence->until) <= 0)
      return true;
  }
  return false;
}

int32_t auditor_capacity(const WorkdaysOf *days, const AuditorPerson *auditor, Date month) {
  int32_t weekdays = 0, there = 0;
  Date end = date_month_end(month);
  for (Date day = month; date_compare(day, end) <= 0; day = date_add_days(day, 1)) {
    if (!workday_is(NULL, 0, day)) continue;
    weekdays++;
    if (!date_is_none(auditor->from) && date_compare(day, auditor->from) < 0) continue;
    if (!date_is_none(auditor->until) && date_compare(day, auditor->until) > 0) continue;
    there += workday_is(&days->calendar, 0, day) && !is_away(days, auditor->person, day);
  }
  return weekdays == 0 ? 0 : (int32_t)((int64_t)auditor->days * there / weekdays);
}
