// SPDX-License-Identifier: Apache-2.0
#include "audits/auditor.h"
#include "audits/auditor.sql.h"
#include "audits/programme.routes.h"
#include "audits/programme_pages.h"
#include "audits/unit.sql.h"
#include "http/request.h"

#include <math.h>

static const char *home(Request *r) {
  return text_format(r->context.arena, "/o/%s/audits/auditors", r->org_slug);
}

static const char *year_words(Context *c, const WorkdaysOf *days, const AuditorPerson *auditor) {
  int year, month, day;
  int32_t sum = 0;
  date_split(c->today, &year, &month, &day);
  Date first = date_make(year, month, 1);
  for (int32_t m = 1; m <= 12; m++)
    sum += auditor_capacity(days, auditor, date_add_months(first, m));
  return text_format(c->arena, _("%s of %s, after leave and holidays"),
                     days_of_effort(c, sum / 10 * 10), days_of_effort(c, auditor->days * 12));
}

static void fill_auditors(Context *c, AuditAuditorsPage *page) {
  Auditors auditors = {0};
  WorkdaysOf *days = workdays_load(c);
  if (days == NULL || !auditors_load(c, &auditors)) return;
  for (size_t i = 0; i < auditors.count; i++) {
    const AuditorPerson *auditor = &auditors.items[i];
    *list_add(c->arena, &page->rows) = (AuditAuditorRow){.person = auditor->person,
                                                         .name = auditor->name,
                                                         .outside = auditor->outside,
                                                         .competences = auditor->competences,
                                                         .days = days_of_effort(c, auditor->days),
                                                         .until = auditor->until,
                                                         .assumed = auditor->assumed,
                                                         .year = year_words(c, days, auditor)};
  }
}

void audit_auditors_handler(Request *r, const AuditAuditorsInput *in) {
  (void)in;
  Context *c = &r->context;
  AuditAuditorsPage page = {.today = c->today};
  Absences absences = {0};
  AuditExceptions exceptions = {0};
  fill_auditors(c, &page);
  if (!absences_load(c, &absences) || !exceptions_load(c, &exceptions)) return;
  for (size_t i = 0; i < absences.count; i++)
    *list_add(c->arena, &page.absences) = (AuditAbsenceRow){
        .id = absences.items[i].id,
        .who = absences.items[i].person == 0 ? _("Nobody audits") : absences.items[i].name,
        .from = absences.items[i].from,
        .until = absences.items[i].until,
        .reason = absences.items[i].reason};
  for (size_t i = 0; i < exceptions.count; i++)
    *list_add(c->arena, &page.exceptions) =
        (AuditExceptionRow){.id = exceptions.items[i].id,
                            .unit = exceptions.items[i].unit,
                            .title = exceptions.items[i].title,
                            .name = exceptions.items[i].name,
                            .reason = exceptions.items[i].reason,
                            .approver = exceptions.items[i].approver,
                            .made = exceptions.items[i].made,
                            .ended = exceptions.items[i].ended};
  if (context_ok(c)) respond_audit_auditors_page(r, &page);
}

// Somebody known by name or address; a new name is somebody from outside, whose firm is said.
static bool auditor_named(Context *c, const AuditAuditorPutInput *in, AuditorPerson *out) {
  SqlAuditorByNameRow row;
  if (sql_auditor_by_name(c, (SqlAuditorByName){.name = text_lower(c->arena, in->name)}, &row)) {
    *out = (AuditorPerson){.person = row.id, .outside = in->outside};
    return true;
  }
  if (!context_ok(c)) return false;
  if (text_is_empty(in->outside))
    return invalid(c, "name",
                   _("Nobody of that name is known. Add them to the people first, or say which "
                     "firm they come from."));
  return auditor_from_outside(c, in->name, in->outside, out);
}

void audit_auditor_put_handler(Request *r, const AuditAuditorPutInput *in) {
  Context *c = &r->context;
  AuditorPerson auditor = {0};
  if (!auditor_named(c, in, &auditor)) return;
  auditor.competences = in->competences;
  auditor.days = (int32_t)lround(in->days * 100);
  auditor.from = DATE_NONE;
  auditor.until = in->until;
  if (auditor_put(c, &auditor))
    request_done(r, auditor.person, home(r),
                 date_is_none(in->until)
                     ? _("Saved.")
                     : _("Saved. Plan anew to see which audits move when they leave."));
}

void audit_absence_add_handler(Request *r, const AuditAbsenceAddInput *in) {
  Absence absence = {
      .person = in->person, .from = in->from, .until = in->until, .reason = in->reason};
  if (absence_add(&r->context, &absence)) request_done(r, 0, home(r), _("Added."));
}

void audit_absence_remove_handler(Request *r, const AuditAbsenceRemoveInput *in) {
  if (absence_remove(&r->context, in->id)) request_done(r, 0, home(r), _("Removed."));
}
