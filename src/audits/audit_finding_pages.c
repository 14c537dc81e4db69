// SPDX-License-Identifier: Apache-2.0
// Findings of an audit, the report, and its end.
#include "audits/audit.routes.h"
#include "audits/audit_rows.h"

#include "org/people.h"

static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

static const char *finding_home(Request *r, int64_t audit, int64_t finding) {
  return text_format(r->context.arena, "/o/%s/audits/%lld/findings/%lld", r->org_slug,
                     (long long)audit, (long long)finding);
}

// ---- one finding ----

void audit_finding_new_handler(Request *r, const AuditFindingNewInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  AuditFindingPage page = {.audit = a.id,
                           .audit_title = a.title,
                           .item = in->item,
                           .ref = "",
                           .grade = "minor",
                           .grade_title = "",
                           .mark = "planned",
                           .title = "",
                           .criterion = "",
                           .evidence = "",
                           .statement = "",
                           .owner = "",
                           .due = DATE_NONE,
                           .answer = "",
                           .answer_words = "",
                           .answered_by = "",
                           .withdrawn = "",
                           .writable = a.open && !instant_is_none(a.started)};
  SqlAuditItemGetRow item;
  if (in->item != 0 && sql_audit_item_get(c, (SqlAuditItemGet){.id = in->item}, &item) &&
      item.audit == a.id) {
    page.ref = item.ref;
    page.criterion =
        item.ref[0] == '\0' ? item.title : text_format(c->arena, "%s: %s", item.ref, item.title);
    page.evidence = item.note;
    if (item.result == RESULT_OBSERVATION) page.grade = "observation";
  }
  audit_grade_choices(c, page.grade, &page.grades);
  owner_names(c, &page.names);
  if (context_ok(c)) respond_audit_finding_page(r, &page);
}

static const AuditFindingRow *finding_here(Context *c, int64_t audit, int64_t finding) {
  AuditFindingRowList rows = audit_finding_rows(c, audit);
  const AuditFindingRow *items = rows.items; // of the arena
  for (size_t i = 0; i < rows.count; i++)
    if (items[i].id == finding) return &items[i];
  if (context_ok(c)) not_found(c, _("There is no such finding in this audit."));
  return NULL;
}

void audit_finding_handler(Request *r, const AuditFindingInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  const AuditFindingRow *f = finding_here(c, in->id, in->finding);
  SqlAuditFindingGetRow row;
  if (f == NULL || !sql_audit_finding_get(c, (SqlAuditFindingGet){.id = f->id}, &row)) return;
  Owner owner = {.person = row.owner_person, .position = row.owner_position};
  bool owned = owner.person != 0 || owner.position != 0;
  bool free = a.open && f->withdrawn[0] == '\0';
  AuditFindingPage page = {.id = f->id,
                           .audit = a.id,
                           .audit_title = a.title,
                           .item = f->item,
                           .ref = f->ref,
                           .version = row.version,
                           .grade = f->grade,
                           .grade_title = f->grade_title,
                           .mark = f->mark,
                           .title = f->title,
                           .criterion = f->criterion,
                           .evidence = f->evidence,
                           .statement = f->statement,
                           .owner = owned ? f->owner : "",
                           .due = f->due,
                           .answer = f->answer,
                           .answer_words = f->answer_words,
                           .answered_by = f->answered_by,
                           .raised = f->raised,
                           .withdrawn = f->withdrawn,
                           .writable = free && f->raised == 0,
                           .answerable = free};
  audit_grade_choices(c, page.grade, &page.grades);
  owner_names(c, &page.names);
  if (context_ok(c)) respond_audit_finding_page(r, &page);
}

// "Anna Weber (ISO)" in the form means the position between the brackets, as the page shows it.
static bool owner_given(Context *c, const char *text, Owner *out) {
  *out = (Owner){0};
  return text_is_empty(text) || owner_named(c, "owner", text, out);
}

void audit_finding_add_handler(Request *r, const AuditFindingAddInput *in) {
  Context *c = &r->context;
  AuditFinding f = {.audit = in->id,
                    .item = in->item,
                    .title = in->title,
                    .criterion = in->criterion,
                    .evidence = in->evidence,
                    .statement = in->statement,
                    .due = in->due};
  int64_t id = 0;
  grade_parse(in->grade, &f.grade);
  if (owner_given(c, in->owner, &f.owner) && audit_finding_put(c, &f, &id))
    request_done(r, id, finding_home(r, in->id, id),
                 _("Written. Put it to the auditee and record what they say."));
}

void audit_finding_change_handler(Request *r, const AuditFindingChangeInput *in) {
  Context *c = &r->context;
  AuditFinding f = {.audit = in->id,
                    .id = in->finding,
                    .title = in->title,
                    .criterion = in->criterion,
                    .evidence = in->evidence,
                    .statement = in->statement,
                    .due = in->due,
                    .version = version_of(in->version)};
  int64_t id = 0;
  grade_parse(in->grade, &f.grade);
  if (finding_here(c, in->id, in->finding) != NULL && owner_given(c, in->owner, &f.owner) &&
      audit_finding_put(c, &f, &id))
    request_done(r, id, finding_home(r, in->id, id), _("Changed."));
}

void audit_finding_answer_handler(Request *r, const AuditFindingAnswerInput *in) {
  Context *c = &r->context;
  if (finding_here(c, in->id, in->finding) != NULL &&
      audit_finding_answer(c, in->finding, text_equal(in->agreed, "yes"), in->words))
    request_done(r, in->finding, finding_home(r, in->id, in->finding), _("Recorded."));
}

void audit_finding_withdraw_handler(Request *r, const AuditFindingWithdrawInput *in) {
  Context *c = &r->context;
  if (finding_here(c, in->id, in->finding) != NULL &&
      audit_finding_withdraw(c, in->finding, in->reason))
    request_done(r, in->finding, finding_home(r, in->id, in->finding),
                 _("Withdrawn; it stays visible with the reason."));
}

void audit_finding_raise_handler(Request *r, const AuditFindingRaiseInput *in) {
  Context *c = &r->context;
  if (finding_here(c, in->id, in->finding) != NULL && audit_finding_raise(c, in->finding))
    request_done(r, in->finding, finding_home(r, in->id, in->finding),
                 _("It stands in the improvement register."));
}

// ---- the report ----

static void results_of(AuditReportPage *page) {
  for (size_t g = 0; g < page->groups.count; g++)
    for (size_t i = 0; i < page->groups.items[g].items.count; i++) {
      const char *result = page->groups.items[g].items.items[i].result;
      page->total++;
      page->conforms += text_equal(result, "conforms");
      page->nonconform += text_equal(result, "nonconformity");
      page->observed += text_equal(result, "observation");
      page->excluded += text_equal(result, "not_applicable");
      page->unassessed += text_equal(result, "open");
    }
}

static void issue_of(Context *c, const Audit *a, AuditReportPage *page) {
  SqlAuditReportLastRow last;
  page->hash = page->issued_by = "";
  page->issued = INSTANT_NONE;
  if (!sql_audit_report_last(c, (SqlAuditReportLast){.audit = a->id}, &last)) return;
  char hash[65];
  page->number = last.number;
  page->issued = last.issued;
  page->issued_by = or_empty(last.issued_by);
  page->hash = last.hash;
  page->current = !instant_is_none(a->issued) && audit_report_hash(c, a->id, hash) &&
                  text_equal(hash, last.hash);
  SqlAuditRecipientsRows rows = sql_audit_recipients(c, (SqlAuditRecipients){.report = last.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditRecipientsRow *row = &rows.items[i];
    bool reader = row->person == c->actor;
    *list_add(c->arena, &page->recipients) =
        (AuditRecipientRow){row->person, row->name, row->read_at, reader};
    page->to_read = page->to_read || (reader && instant_is_none(row->read_at));
  }
}

static void candidates_of(Context *c, AuditReportPage *page) {
  SqlAuditManagementRows rows = sql_audit_management(c);
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &page->candidates) =
        (AuditCandidate){rows.items[i].id, rows.items[i].name, rows.items[i].top};
}

void audit_report_handler(Request *r, const AuditReportInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  AuditReportPage page = {.id = a.id,
                          .title = a.title,
                          .kind_title = audit_kind_title(a.kind),
                          .external = a.external,
                          .mark = audit_mark(a.state, a.latest, c->today),
                          .open = a.open,
                          .started = !instant_is_none(a.started),
                          .objective = a.objective,
                          .criteria = a.criteria,
                          .scope = a.scope,
                          .method = a.method,
                          .body = a.body,
                          .summary = a.summary,
                          .held_on = a.held_on,
                          .due = a.due,
                          .areas = audit_area_rows(c, a.id),
                          .team = audit_member_rows(c, a.id),
                          .waivers = audit_waiver_rows(c, a.id),
                          .auditees = audit_auditee_rows(c, a.id),
                          .samples = audit_sample_rows(c, a.id),
                          .findings = audit_finding_rows(c, a.id),
                          .notes = audit_note_rows(c, a.id),
                          .groups = audit_item_groups(c, a.id, NULL, true)};
  results_of(&page);
  issue_of(c, &a, &page);
  if (a.open) candidates_of(c, &page);
  if (context_ok(c)) respond_audit_report_page(r, &page);
}

void audit_conclude_form_handler(Request *r, const AuditConcludeFormInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  AuditConcludePage page = {.id = a.id, .version = a.version, .title = a.title};
  if (a.open) audit_gap_rows(c, a.id, &page.gaps);
  page.ready = a.open && page.gaps.count == 0;
  page.items = (int64_t)sql_audit_items(c, (SqlAuditItems){.audit = a.id}).count;
  page.findings = (int64_t)sql_audit_findings(c, (SqlAuditFindings){.audit = a.id}).count;
  if (context_ok(c)) respond_audit_conclude_page(r, &page);
}
