// SPDX-License-Identifier: Apache-2.0
// Audit results in a management review: 9.3.2 (d).
#include "audits/audit_work.h"

#include "diary/review_section.h"
#include "report/chart.h"

enum { CHART_AUDITS = 12 };

static void figures(Context *c, const SqlAuditReviewCountsRow *row, SectionData *out) {
  SectionFigure *held = section_figure(c, out, "audits_concluded", _("Audits concluded"));
  held->value = section_count(row->concluded);
  held->headline = true;
  held->place = "/audits?state=concluded";
  held->why = _("internal and external, held since the last review");
  SectionFigure *majors = section_figure(c, out, "majors", _("Major nonconformities"));
  majors->value = section_count(row->majors);
  majors->better = BETTER_LOWER;
  majors->headline = true;
  majors->why = _("written in audits since the last review");
  SectionFigure *minors = section_figure(c, out, "minors", _("Minor nonconformities"));
  minors->value = section_count(row->minors);
  minors->better = BETTER_LOWER;
  SectionFigure *conform = section_figure(c, out, "conform", _("Items that conform"));
  conform->value = section_percent(row->conform, row->assessed);
  conform->unit = "%";
  conform->better = BETTER_HIGHER;
  conform->why = _("of all items assessed since the last review, without those not applicable");
  SectionFigure *waivers = section_figure(c, out, "waivers", _("Exceptions from independence"));
  waivers->value = section_count(row->waivers);
  waivers->better = BETTER_LOWER;
}

static void audits_table(Context *c, const SqlAuditReviewListRows *rows, SectionData *out) {
  SectionTable *table =
      section_table(c, out, _("Audits since the last review"),
                    _("Audit|Kind|Held|#Major|#Minor|#Other findings|Conclusion"));
  for (size_t i = 0; i < rows->count; i++) {
    const SqlAuditReviewListRow *row = &rows->items[i];
    if (section_is_full(table)) continue;
    AuditKind kind = AUDIT_INTERNAL;
    audit_kind_parse(row->kind, &kind);
    section_cell(c, table, row->title,
                 text_format(c->arena, "/audits/%lld/report", (long long)row->id));
    section_cell(c, table, audit_kind_title(kind), "");
    section_cell_date(c, table, row->held_on);
    section_cell_int(c, table, row->majors);
    section_cell_int(c, table, row->minors);
    section_cell_int(c, table, row->others);
    section_cell(c, table, row->summary, "");
  }
}

// Audit by audit: how much was found, and how grave it was.
static void add_chart(Context *c, const SqlAuditReviewListRows *rows, SectionData *out) {
  Chart *chart =
      chart_new(c->arena, CHART_STACKED, _("Findings of each audit"), _("since the last review"));
  ChartSeries *majors = chart_series(chart, _("major"), INK_MISSED);
  ChartSeries *minors = chart_series(chart, _("minor"), INK_LATE);
  ChartSeries *others = chart_series(chart, _("other"), INK_COMING);
  for (size_t i = 0; i < rows->count && i < CHART_AUDITS; i++) {
    const SqlAuditReviewListRow *row = &rows->items[i];
    chart_label(chart, date_words(c->arena, row->held_on));
    chart_value(chart, majors, (double)row->majors);
    chart_value(chart, minors, (double)row->minors);
    chart_value(chart, others, (double)row->others);
  }
  if (rows->count > 1) *list_add(c->arena, &out->charts) = chart;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlAuditReviewCountsRow counts = {0};
  Instant from = zone_instant(c->zone, span->from, 0);
  Instant to = zone_instant(c->zone, date_add_days(span->to, 1), 0);
  SqlAuditReviewCounts ask = {.from = span->from, .to = span->to, .from_at = from, .to_at = to};
  if (!sql_audit_review_counts(c, ask, &counts)) return false;
  SqlAuditReviewListRows rows =
      sql_audit_review_list(c, (SqlAuditReviewList){.from = span->from, .to = span->to});
  figures(c, &counts, out);
  audits_table(c, &rows, out);
  add_chart(c, &rows, out);
  out->nothing = rows.count == 0;
  if (rows.count == 0)
    section_words(c, out, _("No audit was concluded since the last review."));
  else
    section_words(c, out,
                  _("%lld audits were concluded, with %lld major and %lld minor nonconformities."),
                  (long long)counts.concluded, (long long)counts.majors, (long long)counts.minors);
  return context_ok(c);
}

const ReviewSection audits_section = {
    .key = "audits",
    .input = 'd',
    .title = N_("Audit results"),
    .purpose = N_("What audits found, ours and others', and whether we still look independently."),
    .fill = fill,
};
