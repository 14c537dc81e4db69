// SPDX-License-Identifier: Apache-2.0
// The diary's documents as answers.
#include "diary/diary.routes.h"
#include "diary/documents.h"

void readiness_report_handler(Request *r, const ReadinessReportInput *in) {
  Context *c = &r->context;
  Document *d = readiness_document(c);
  if (d == NULL) return;
  document_answer(
      r, d, in->form,
      text_format(c->arena, "readiness-%s-%s", r->org_slug, date_text(c->arena, c->today)));
}

void year_sheet_handler(Request *r, const YearSheetInput *in) {
  Context *c = &r->context;
  Document *d = year_document(c, in->from, text_equal(in->paper, "a3"));
  if (d != NULL) document_answer(r, d, in->form, text_format(c->arena, "year-%s", r->org_slug));
}
