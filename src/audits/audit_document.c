// SPDX-License-Identifier: Apache-2.0
// The audit's report as a document: PDF for the board, Markdown, JSON.
#include "audits/audit_document.h"

#include "audits/audit.routes.h"
#include "audits/audit_rows.h"
#include "http/request.h"

#include <inttypes.h>

static Ink ink_of_result(const char *result) {
  if (text_equal(result, "nonconformity")) return INK_MISSED;
  if (text_equal(result, "observation")) return INK_LATE;
  return text_equal(result, "conforms") ? INK_DONE : INK_SOFT;
}

static Ink ink_of_grade(const char *grade) {
  if (text_equal(grade, "major")) return INK_MISSED;
  if (text_equal(grade, "minor")) return INK_LATE;
  return text_equal(grade, "conformity") ? INK_DONE : INK_STAGE;
}

static void fact(Document *d, const char *name, const char *value) {
  if (!text_is_empty(value)) document_fact(d, name, value);
}

static void add_plan(Context *c, Document *d, const Audit *a) {
  document_heading(d, 1, _("The audit"));
  fact(d, _("Objective"), a->objective);
  fact(d, _("Criteria"), a->criteria);
  fact(d, _("Limits of the scope"), a->scope);
  fact(d, _("Method"), a->method);
  AuditAreaRowList areas = audit_area_rows(c, a->id);
  DocumentList *list = areas.count > 0 ? document_list(d, false) : NULL;
  for (size_t i = 0; i < areas.count; i++) document_item(list, areas.items[i].title);
  DocumentTable *t = document_table(d, _("Who audited and who was audited"));
  document_column(t, _("Name"), 3, ALIGN_START);
  document_column(t, _("Part"), 4, ALIGN_START);
  AuditMemberRowList team = audit_member_rows(c, a->id);
  for (size_t i = 0; i < team.count; i++) {
    const AuditMemberRow *m = &team.items[i];
    const char *part = text_is_empty(m->outside)
                           ? m->part_title
                           : text_format(c->arena, "%s, %s", m->part_title, m->outside);
    document_cell(t, m->name, NULL, INK_NONE);
    document_cell(t,
                  m->left ? text_format(c->arena, _("%s; left: %s"), part, m->left_reason) : part,
                  NULL, INK_NONE);
  }
  AuditAuditeeRowList auditees = audit_auditee_rows(c, a->id);
  for (size_t i = 0; i < auditees.count; i++) {
    document_cell(t, auditees.items[i].name, NULL, INK_NONE);
    document_cell(t, text_format(c->arena, _("Auditee. %s"), auditees.items[i].part), NULL,
                  INK_NONE);
  }
}

// An exception stays visible for ever, also on paper.
static void add_waivers(Context *c, Document *d, const Audit *a) {
  AuditWaiverRowList waivers = audit_waiver_rows(c, a->id);
  for (size_t i = 0; i < waivers.count; i++) {
    const AuditWaiverRow *w = &waivers.items[i];
    document_note(d, INK_LATE,
                  text_format(c->arena, _("Exception from independence: %s, %s"), w->name, w->area),
                  text_format(c->arena,
                              w->waits ? _("%s Not confirmed by %s: it does not count.")
                                       : _("%s Approved by %s."),
                              w->reason, w->approver));
  }
}

static void add_findings(Context *c, Document *d, const Audit *a, const char *home) {
  document_heading(d, 1, _("Findings"));
  AuditFindingRowList findings = audit_finding_rows(c, a->id);
  if (findings.count == 0) document_paragraph(d, _("Nothing was found."));
  for (size_t i = 0; i < findings.count; i++) {
    const AuditFindingRow *f = &findings.items[i];
    document_heading(d, 2, f->title);
    document_note(d, ink_of_grade(f->grade), f->grade_title,
                  f->withdrawn[0] == '\0'
                      ? f->statement
                      : text_format(c->arena, _("Withdrawn: %s"), f->withdrawn));
    fact(d, _("Criterion"), f->criterion);
    fact(d, _("Evidence"), f->evidence);
    fact(d, _("Owner"), f->owner);
    fact(d, _("Until"), date_words(c->arena, f->due));
    fact(d, _("Auditee"),
         f->answer[0] == '\0' ? "" : text_format(c->arena, "%s %s", f->answer, f->answer_words));
    if (f->raised != 0)
      document_link(d, _("In the improvement register"),
                    text_format(c->arena, "%s/findings/%" PRId64, home, f->raised));
  }
}

static void add_items(Context *c, Document *d, const Audit *a) {
  AuditItemGroupList groups = audit_item_groups(c, a->id, NULL, true);
  if (groups.count == 0) return;
  document_heading(d, 1, _("What was looked at"));
  DocumentTable *t = document_table(d, NULL);
  document_column(t, _("Item"), 4, ALIGN_START);
  document_column(t, _("Result"), 2, ALIGN_START);
  document_column(t, _("What was seen"), 6, ALIGN_START);
  for (size_t g = 0; g < groups.count; g++) {
    document_band(t, groups.items[g].title);
    for (size_t i = 0; i < groups.items[g].items.count; i++) {
      const AuditItemRow *item = &groups.items[g].items.items[i];
      Text seen;
      text_init(&seen, c->arena);
      text_add(&seen, item->reason[0] != '\0' ? item->reason : item->note);
      for (size_t e = 0; e < item->evidence.count; e++)
        text_add_format(&seen, "\n%s", item->evidence.items[e].name);
      document_cell(t, text_format(c->arena, "%s %s", item->ref, item->title), NULL, INK_NONE);
      document_cell(t, item->mark.word, NULL, ink_of_result(item->result));
      document_cell(t, seen.data, NULL, INK_NONE);
    }
  }
}

static void add_samples(Context *c, Document *d, const Audit *a) {
  AuditSampleRowList samples = audit_sample_rows(c, a->id);
  if (samples.count == 0) return;
  document_heading(d, 1, _("Samples"));
  DocumentTable *t = document_table(d, NULL);
  document_column(t, _("Taken from"), 4, ALIGN_START);
  document_column(t, _("How many"), 2, ALIGN_START);
  document_column(t, _("How chosen"), 3, ALIGN_START);
  document_column(t, _("Which"), 4, ALIGN_START);
  for (size_t i = 0; i < samples.count; i++) {
    const AuditSampleRow *s = &samples.items[i];
    const char *how = text_equal(s->how, "random")
                          ? text_format(c->arena, _("at random, seed %" PRId64), s->seed)
                      : text_equal(s->how, "all") ? _("every one")
                                                  : s->reason;
    document_cell(t, s->population, NULL, INK_NONE);
    document_cell(t, text_format(c->arena, _("%" PRId64 " of %" PRId64), s->size, s->of), NULL,
                  INK_NONE);
    document_cell(t, how, NULL, INK_NONE);
    document_cell(t, s->drawn, NULL, INK_NONE);
  }
}

static void add_issue(Context *c, Document *d, int64_t report) {
  SqlAuditRecipientsRows rows = sql_audit_recipients(c, (SqlAuditRecipients){.report = report});
  if (rows.count == 0) return;
  document_heading(d, 1, _("Issued to"));
  DocumentTable *t = document_table(d, NULL);
  document_column(t, _("Name"), 3, ALIGN_START);
  document_column(t, _("Read on"), 2, ALIGN_START);
  for (size_t i = 0; i < rows.count; i++) {
    Instant read = rows.items[i].read_at;
    document_cell(t, rows.items[i].name, NULL, INK_NONE);
    document_cell_date(t, instant_is_none(read) ? DATE_NONE : zone_date(c->zone, read, NULL));
  }
}

Document *audit_document(Context *c, const Audit *a, const char *base_url) {
  SqlAuditOrganisationRow org = {.name = "", .slug = ""};
  SqlAuditReportLastRow last = {0};
  sql_audit_organisation(c, &org);
  bool issued = sql_audit_report_last(c, (SqlAuditReportLast){.audit = a->id}, &last);
  const char *home = text_format(c->arena, "/o/%s", org.slug);
  const DocumentHead head = {
      .title = a->title,
      .kind = issued && !instant_is_none(a->issued) ? _("Audit report") : _("Audit report, draft"),
      .subtitle = audit_kind_title(a->kind),
      .organisation = org.name,
      .marking = _("Internal"),
      .base_url = base_url,
      .home = text_format(c->arena, "%s/audits/%" PRId64 "/report", home, a->id),
      .hash = issued ? last.hash : NULL,
      .made = issued ? last.issued : (Instant){0}};
  Document *d = document_new(c, &head);
  document_about(d, _("Held on"),
                 date_words(c->arena, date_is_none(a->held_on) ? a->due : a->held_on));
  if (a->body[0] != '\0') document_about(d, _("Audited by"), a->body);
  if (issued) document_about(d, _("Issue"), text_format(c->arena, "%" PRId64, last.number));
  document_heading(d, 1, _("Conclusion"));
  document_paragraph(d, a->summary[0] != '\0' ? a->summary : _("Not written yet."));
  add_waivers(c, d, a);
  add_plan(c, d, a);
  add_findings(c, d, a, home);
  add_items(c, d, a);
  add_samples(c, d, a);
  if (issued) add_issue(c, d, last.id);
  return d;
}

void audit_report_file_handler(Request *r, const AuditReportFileInput *in) {
  Context *c = &r->context;
  Audit a;
  if (audit_get(c, in->id, &a))
    document_answer(r, audit_document(c, &a, r->base_url), in->form,
                    text_format(c->arena, "audit-report-%" PRId64, a.id));
}
