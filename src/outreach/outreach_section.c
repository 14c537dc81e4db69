// SPDX-License-Identifier: Apache-2.0
// What interested parties told us, in a management review (9.3.2 e).
#include "diary/review_section.h"
#include "outreach/outreach_section.sql.h"

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlOutreachSinceRows held =
      sql_outreach_since(c, (SqlOutreachSince){.from = span->from, .to = span->to});
  SqlOutreachReportedRows told =
      sql_outreach_reported(c, (SqlOutreachReported){.from = span->from, .to = span->to});
  SectionTable *asked = section_table(c, out, _("Told and asked"), _("What|On|What came back"));
  for (size_t i = 0; i < held.count && !section_is_full(asked); i++) {
    const SqlOutreachSinceRow *row = &held.items[i];
    section_cell(c, asked, row->title,
                 text_format(c->arena, "/activities/%lld", (long long)row->id));
    section_cell_date(c, asked, row->held_on);
    section_cell(c, asked, row->result, "");
  }
  SectionTable *reported = section_table(c, out, _("Told to us"), _("What|On|By"));
  for (size_t i = 0; i < told.count && !section_is_full(reported); i++) {
    const SqlOutreachReportedRow *row = &told.items[i];
    section_cell(c, reported, row->title,
                 text_format(c->arena, "/findings/%lld", (long long)row->id));
    section_cell_date(c, reported, row->raised);
    section_cell(c, reported, row->reporter[0] == '\0' ? _("without a name") : row->reporter, "");
  }
  section_figure(c, out, "asked", _("Times we told or asked"))->value =
      section_count((int64_t)held.count);
  section_figure(c, out, "told", _("Reports to us"))->value = section_count((int64_t)told.count);
  out->nothing = held.count + told.count == 0;
  section_words(c, out,
                out->nothing ? _("Nobody was asked since the last review, and nobody told us "
                                 "anything.")
                             : _("Since the last review we told or asked %zu times and were told "
                                 "something %zu times."),
                held.count, told.count);
  return context_ok(c);
}

const ReviewSection feedback_section = {
    .key = "feedback",
    .input = 'e',
    .title = N_("Feedback of interested parties"),
    .purpose = N_("What customers, staff, suppliers and others told us when we asked, or unasked."),
    .fill = fill,
};
