// SPDX-License-Identifier: Apache-2.0
// "Report something": the form for anyone with the address, the form for whoever is signed in, and
// the addresses themselves.
#include "http/answer.h"
#include "improvement/pages.h"
#include "improvement/report.h"
#include "improvement/report.routes.h"
#include "improvement/report.sql.h"
#include "improvement/report.views.h"
#include "org/session.h"

#include <string.h>

// ---- anyone with the address ----

void report_form_handler(Request *r, const ReportFormInput *in) {
  ReportLink link;
  if (!report_link_find(&r->context, in->token, &link)) return;
  request_header(r, "Referrer-Policy", "same-origin");
  ReportPage page = {.organisation = link.org_name,
                     .action = text_format(r->context.arena, "/report/%s", in->token),
                     .by_link = true};
  respond_report_page(r, &page);
}

void report_send_handler(Request *r, const ReportSendInput *in) {
  Context *c = &r->context;
  ReportLink link;
  int64_t id;
  if (!report_link_find(c, in->token, &link)) return;
  Report report = {.title = in->title,
                   .words = in->words,
                   .where = in->where,
                   .wrong = text_equal(in->kind, "wrong"),
                   .name = in->name,
                   .client = r->client,
                   .link = &link,
                   .trap = in->website,
                   .file = in->file};
  if (report_take(c, &report, &id)) request_redirect(r, "/report/%s/thanks", in->token);
}

void report_thanks_handler(Request *r, const ReportThanksInput *in) {
  ReportLink link;
  if (!report_link_find(&r->context, in->token, &link)) return;
  request_header(r, "Referrer-Policy", "same-origin");
  ReportThanksPage page = {.organisation = link.org_name,
                           .again = text_format(r->context.arena, "/report/%s", in->token),
                           .by_link = true};
  respond_report_thanks_page(r, &page);
}

// ---- signed in ----

void report_own_form_handler(Request *r, const ReportOwnFormInput *in) {
  (void)in;
  ReportPage page = {.organisation = r->session->org_name,
                     .action = text_format(r->context.arena, "/o/%s/report", r->org_slug)};
  respond_report_page(r, &page);
}

void report_own_send_handler(Request *r, const ReportOwnSendInput *in) {
  Context *c = &r->context;
  int64_t id;
  Report report = {.title = in->title,
                   .words = in->words,
                   .where = in->where,
                   .wrong = text_equal(in->kind, "wrong"),
                   .name = in->anonymous ? NULL : owner_label(c, (Owner){.person = c->actor}),
                   .anonymous = in->anonymous,
                   .client = r->client,
                   .file = in->file};
  if (report_take(c, &report, &id)) request_redirect(r, "/o/%s/report/thanks", r->org_slug);
}

void report_own_thanks_handler(Request *r, const ReportOwnThanksInput *in) {
  (void)in;
  ReportThanksPage page = {.organisation = r->session->org_name,
                           .again = text_format(r->context.arena, "/o/%s/report", r->org_slug)};
  respond_report_thanks_page(r, &page);
}

// ---- the addresses ----

void report_links_handler(Request *r, const ReportLinksInput *in) {
  (void)in;
  Context *c = &r->context;
  ReportLinksPage page = {0};
  SqlReportLinksRows rows = sql_report_links(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReportLinksRow *row = &rows.items[i];
    *list_add(c->arena, &page.links) = (ReportLinkLine){.id = row->id,
                                                        .label = row->label,
                                                        .created = row->created,
                                                        .by = or_empty(row->created_by),
                                                        .used = row->used,
                                                        .reports = row->reports,
                                                        .revoked = row->revoked};
  }
  if (context_ok(c)) respond_report_links_page(r, &page);
}

void report_link_create_handler(Request *r, const ReportLinkCreateInput *in) {
  const char *secret;
  int64_t id;
  if (!report_link_create(&r->context, in->label, &secret, &id)) return;
  request_secret(r);
  ReportLinkPage page = {.label = in->label,
                         .address =
                             text_format(r->context.arena, "%s/report/%s", r->base_url, secret)};
  respond_report_link_page(r, &page);
}

void report_link_revoke_handler(Request *r, const ReportLinkRevokeInput *in) {
  if (report_link_revoke(&r->context, in->id))
    request_done(r, in->id, text_format(r->context.arena, "/o/%s/report/links", r->org_slug),
                 _("Revoked: the address leads nowhere from now on."));
}
