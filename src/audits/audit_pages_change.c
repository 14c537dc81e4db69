// SPDX-License-Identifier: Apache-2.0
// What is done with an audit: each a rule, and a sentence about what happened.
#include "audits/audit.routes.h"
#include "audits/audit_rows.h"

#include <string.h>

static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

static AuditKind kind_given(const char *name) {
  AuditKind kind = AUDIT_INTERNAL;
  audit_kind_parse(name, &kind);
  return kind;
}

void audit_create_handler(Request *r, const AuditCreateInput *in) {
  AuditPlan plan = {.activity = in->activity,
                    .kind = kind_given(in->kind),
                    .title = in->title,
                    .objective = in->objective,
                    .criteria = in->criteria,
                    .scope = in->scope,
                    .method = in->method,
                    .body = in->body,
                    .due = in->due};
  int64_t id = 0;
  if (audit_create(&r->context, &plan, &id))
    request_done(r, id, audit_home(r, id, ""),
                 _("The audit is there: say what it covers and who audits."));
}

void audit_plan_handler(Request *r, const AuditPlanInput *in) {
  AuditPlan plan = {.title = in->title,
                    .objective = in->objective,
                    .criteria = in->criteria,
                    .scope = in->scope,
                    .method = in->method,
                    .body = in->body};
  if (audit_change_plan(&r->context, in->id, &plan, version_of(in->version)))
    request_done(r, in->id, audit_home(r, in->id, ""), _("The plan is changed."));
}

void audit_area_add_handler(Request *r, const AuditAreaAddInput *in) {
  int64_t id = 0;
  if (audit_area_add(&r->context, in->id, in->what, in->auditor, &id))
    request_done(r, id, audit_home(r, in->id, "#scope"), _("In the scope."));
}

static bool owner_given(Context *c, const char *field, const char *text, Owner *out) {
  *out = (Owner){0};
  return text_is_empty(text) || owner_named(c, field, text, out);
}

void audit_area_change_handler(Request *r, const AuditAreaChangeInput *in) {
  Context *c = &r->context;
  AreaChange change = {.audit = in->id, .area = in->area, .auditor = in->auditor};
  if (owner_given(c, "owner", in->owner, &change.owner) &&
      owner_given(c, "operator", in->operator, & change.operator_) && audit_area_change(c, &change))
    request_done(r, in->area, audit_home(r, in->id, "#scope"), _("Noted."));
}

void audit_area_remove_handler(Request *r, const AuditAreaRemoveInput *in) {
  if (audit_area_remove(&r->context, in->id, in->area))
    request_done(r, in->area, audit_home(r, in->id, "#scope"), _("Out of the scope."));
}

// Somebody from outside need not be known here yet; a name that is known means that person.
static bool member_named(Context *c, const AuditMemberAddInput *in, int64_t *person) {
  if (text_is_empty(in->outside)) return audit_person_named(c, "person", in->person, person);
  const char *name = text_trim(c->arena, in->person);
  bool address = strchr(name, '@') != NULL;
  if (address) return audit_person_named(c, "person", name, person);
  return person_ensure(c, name, NULL, person);
}

void audit_member_add_handler(Request *r, const AuditMemberAddInput *in) {
  Context *c = &r->context;
  AuditMember member = {.audit = in->id,
                        .part = in->part,
                        .outside = in->outside,
                        .worked_until = in->worked_until,
                        .reason = in->reason};
  if (member_named(c, in, &member.person) && audit_member_add(c, &member))
    request_done(r, member.person, audit_home(r, in->id, "#team"), _("In the team."));
}

void audit_member_leave_handler(Request *r, const AuditMemberLeaveInput *in) {
  if (audit_member_leave(&r->context, in->id, in->person, in->reason))
    request_done(r, in->person, audit_home(r, in->id, "#team"),
                 _("They have left the team. What they assessed stays theirs."));
}

void audit_waive_handler(Request *r, const AuditWaiveInput *in) {
  Context *c = &r->context;
  AuditWaiver waiver = {.audit = in->id, .area = in->area, .reason = in->reason};
  if (audit_person_named(c, "person", in->person, &waiver.person) &&
      (text_is_empty(in->approver) ||
       audit_person_named(c, "approver", in->approver, &waiver.approver)) &&
      audit_waive(c, &waiver))
    request_done(r, in->id, audit_home(r, in->id, "#independence"),
                 waiver.approver == 0 || waiver.approver == c->actor
                     ? _("The exception is recorded and stays visible on the audit and its report.")
                     : _("The exception is recorded. It counts once its approver has confirmed it; "
                         "it stands on their Today."));
}

void audit_waiver_confirm_handler(Request *r, const AuditWaiverConfirmInput *in) {
  if (audit_waiver_confirm(&r->context, in->id, in->waiver))
    request_done(r, in->id, audit_home(r, in->id, "#independence"),
                 _("Confirmed: the exception counts from now on, and stays visible."));
}

void audit_auditee_handler(Request *r, const AuditAuditeeInput *in) {
  Context *c = &r->context;
  int64_t person = 0;
  if (audit_person_named(c, "person", in->person, &person) &&
      audit_auditee_put(c, in->id, person, in->part, !in->absent))
    request_done(r, person, audit_home(r, in->id, "#auditees"), "%s",
                 in->absent ? _("Taken off.") : _("Named; not told yet."));
}

void audit_notify_handler(Request *r, const AuditNotifyInput *in) {
  if (audit_notify(&r->context, in->id))
    request_done(r, in->id, audit_home(r, in->id, "#auditees"),
                 _("Told: the audit stands in their calendars."));
}

void audit_slot_add_handler(Request *r, const AuditSlotAddInput *in) {
  AuditSlot slot = {.audit = in->id, .on = in->on, .at = in->at, .what = in->what, .who = in->who};
  int64_t id = 0;
  if (audit_slot_add(&r->context, &slot, &id))
    request_done(r, id, audit_home(r, in->id, "#timetable"), _("In the timetable."));
}

void audit_slot_remove_handler(Request *r, const AuditSlotRemoveInput *in) {
  if (audit_slot_drop(&r->context, in->id, in->slot))
    request_done(r, in->slot, audit_home(r, in->id, "#timetable"), _("Off the timetable."));
}

void audit_sample_handler(Request *r, const AuditSampleInput *in) {
  Sample sample = {.audit = in->id,
                   .item = in->item,
                   .population = in->population,
                   .members = in->members,
                   .of = in->of.has ? in->of.value : 0,
                   .size = in->size.has ? in->size.value : 0,
                   .seed = in->seed.has ? in->seed.value : in->id,
                   .reason = in->reason,
                   .chosen = in->chosen};
  int64_t id = 0;
  sample_how_parse(in->how, &sample.how);
  if (sample_take(&r->context, &sample, &id))
    request_done(r, id, audit_home(r, in->id, "#samples"),
                 _("The sample is recorded; anybody can draw it again."));
}

void audit_start_handler(Request *r, const AuditStartInput *in) {
  if (audit_start(&r->context, in->id))
    request_done(r, in->id, audit_home(r, in->id, "/checklist"), _("Under way."));
}

void audit_summary_handler(Request *r, const AuditSummaryInput *in) {
  if (audit_summarise(&r->context, in->id, in->summary))
    request_done(r, in->id, audit_home(r, in->id, "/report"), _("The conclusion is written down."));
}

typedef LIST_OF(int64_t) People;

static bool people_named(Context *c, const char *text, People *people) {
  for (const char *at = text == NULL ? "" : text; *at != '\0';) {
    size_t length = strcspn(at, "\n,;");
    const char *name = text_trim(c->arena, text_copy_n(c->arena, at, length));
    int64_t person;
    if (name[0] != '\0') {
      if (!audit_person_named(c, "others", name, &person)) return false;
      *list_add(c->arena, people) = person;
    }
    at += length + (at[length] != '\0');
  }
  return true;
}

void audit_issue_handler(Request *r, const AuditIssueInput *in) {
  Context *c = &r->context;
  People people = {0};
  for (size_t i = 0; i < in->people.count; i++) *list_add(c->arena, &people) = in->people.items[i];
  if (people_named(c, in->others, &people) && audit_issue(c, in->id, people.items, people.count))
    request_done(r, in->id, audit_home(r, in->id, "/report"),
                 _("Issued. Findings stand in the improvement register."));
}

void audit_read_handler(Request *r, const AuditReadInput *in) {
  if (audit_acknowledge(&r->context, in->id))
    request_done(r, in->id, audit_home(r, in->id, "/report"), _("Noted that you have read it."));
}

void audit_conclude_handler(Request *r, const AuditConcludeInput *in) {
  if (audit_conclude(&r->context, in->id, version_of(in->version)))
    request_done(r, in->id, audit_home(r, in->id, ""),
                 _("Concluded. The record stays as it is; it can be added to."));
}

void audit_reopen_handler(Request *r, const AuditReopenInput *in) {
  if (audit_reopen(&r->context, in->id, in->reason))
    request_done(r, in->id, audit_home(r, in->id, ""),
                 _("Open again. Its report must be issued anew."));
}

void audit_note_handler(Request *r, const AuditNoteInput *in) {
  if (audit_note(&r->context, in->id, in->body))
    request_done(r, in->id, audit_home(r, in->id, "#notes"), _("Added to the record."));
}
