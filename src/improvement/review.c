// SPDX-License-Identifier: Apache-2.0
// What this room brings to a management review: the status of earlier actions (9.3.2 a),
// nonconformities and corrective actions with their trend (d), opportunities for improvement (g).
#include "diary/review_section.h"

#include "diary/lines.h"
#include "diary/pages.h"
#include "improvement/finding.h"
#include "improvement/review.sql.h"
#include "improvement/trends.h"
#include "improvement/work.h"

extern const ReviewSection findings_section, actions_section, opportunities_section;

static SectionFigure *count(Context *c, SectionData *out, const char *key, const char *label,
                            int64_t value, Better better) {
  SectionFigure *figure = section_figure(c, out, key, label);
  figure->value = section_count(value);
  figure->better = better;
  return figure;
}

static Instant end_of(const Context *c, Date day) {
  return zone_instant(c->zone, date_add_days(day, 1), 0);
}

// ---- (d) nonconformities and corrective actions ----

static void finding_figures_of(Context *c, const ReviewSpan *span, const SqlReviewFindingsRow *row,
                               SectionData *out) {
  SqlReviewChecksRow checks = {0};
  sql_review_checks(c, (SqlReviewChecks){.from = span->from, .to = span->to}, &checks);
  SectionFigure *majors =
      count(c, out, "open_majors", _("Open major nonconformities"), row->open_majors, BETTER_LOWER);
  majors->headline = true;
  majors->place = "/findings?grade=major";
  majors->why = _("raised by the day of the numbers and not closed by then");
  count(c, out, "open", _("Open nonconformities"), row->open, BETTER_LOWER)->place = "/findings";
  count(c, out, "raised", _("Raised"), row->raised, BETTER_NEITHER)->why =
      _("major and minor nonconformities since the last review");
  count(c, out, "closed", _("Closed"), row->closed, BETTER_HIGHER);
  count(c, out, "overdue", _("Overdue"), row->overdue, BETTER_LOWER)->place =
      "/findings?status=overdue";
  SectionFigure *held = section_figure(c, out, "held", _("Found effective at the check"));
  held->value = section_percent(checks.held, checks.checks);
  held->unit = "%";
  held->better = BETTER_HIGHER;
  held->why = _("of the effectiveness checks since the last review");
  SectionFigure *again = section_figure(c, out, "again", _("Causes met before"));
  again->value = section_percent(row->again, row->causes);
  again->unit = "%";
  again->better = BETTER_LOWER;
  again->why = _("of the causes found since the last review, those said to repeat an earlier one");
}

static bool fill_findings(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlReviewFindingsRow row = {0};
  Trends *trends = arena_new(c->arena, Trends);
  sql_review_findings(c, (SqlReviewFindings){.from = span->from, .to = span->to}, &row);
  finding_figures_of(c, span, &row, out);
  SectionTable *table = section_table(c, out, _("Nonconformities open or closed since"),
                                      _("Finding|Grade|Raised|Due|Closed|Owner"));
  SqlReviewFindingRowsRows rows =
      sql_review_finding_rows(c, (SqlReviewFindingRows){.from = span->from, .to = span->to});
  for (size_t i = 0; i < rows.count && !section_is_full(table); i++) {
    const SqlReviewFindingRowsRow *f = &rows.items[i];
    bool closed = !date_is_none(f->closed_on) && date_compare(f->closed_on, span->to) <= 0;
    section_cell(c, table, text_format(c->arena, "F-%lld %s", (long long)f->number, f->title),
                 finding_place(c, f->id));
    section_cell(c, table, grade_title((FindingGrade)f->grade), "");
    section_cell_date(c, table, f->raised);
    section_cell_date(c, table, f->due);
    section_cell_date(c, table, closed ? f->closed_on : DATE_NONE);
    section_cell(c, table, owner_words(c, f->owner_name, f->position_title, f->holder_name), "");
  }
  if (date_compare(span->to, c->today) == 0 && improvement_trends(c, trends)) {
    *list_add(c->arena, &out->charts) = trend_chart_flow(c, trends);
    *list_add(c->arena, &out->charts) = trend_chart_days(c, trends);
  }
  section_words(
      c, out,
      _("Nonconformities raised since the last review: %lld (%lld major), closed: %lld; open "
        "now: %lld, past their date: %lld."),
      (long long)row.raised, (long long)row.majors, (long long)row.closed, (long long)row.open,
      (long long)row.overdue);
  out->nothing = rows.count == 0;
  return context_ok(c);
}

const ReviewSection findings_section = {
    .key = "findings",
    .input = 'd',
    .title = N_("Nonconformities and corrective actions"),
    .purpose = N_("What went wrong, whether its cause was removed, and whether it stays away."),
    .fill = fill_findings,
};

// ---- (a) the status of earlier actions ----

static void action_figures_of(Context *c, const SqlReviewActionsRow *row, SectionData *out) {
  SectionFigure *open = count(c, out, "open", _("Open actions"), row->open, BETTER_LOWER);
  open->place = "/actions";
  open->headline = true;
  SectionFigure *overdue =
      count(c, out, "overdue", _("Overdue actions"), row->overdue, BETTER_LOWER);
  overdue->place = "/actions?status=overdue";
  overdue->headline = true;
  count(c, out, "extended", _("Extended at least once"), row->extended, BETTER_LOWER);
  count(c, out, "done", _("Done since the last review"), row->done, BETTER_HIGHER);
  SectionFigure *in_time = section_figure(c, out, "in_time", _("Done by their first date"));
  in_time->value = section_percent(row->in_time, row->done);
  in_time->unit = "%";
  in_time->better = BETTER_HIGHER;
}

static bool fill_actions(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlReviewActionsRow row = {0};
  Instant until = end_of(c, span->to);
  sql_review_actions(c, (SqlReviewActions){.from = span->from, .to = span->to, .until = until},
                     &row);
  action_figures_of(c, &row, out);
  SectionTable *table = section_table(c, out, _("Actions open or done since"),
                                      _("Action|From|Owner|Due|Done|#Progress in %|#Extended"));
  SqlReviewActionRowsRows rows =
      sql_review_action_rows(c, (SqlReviewActionRows){.from = span->from, .until = until});
  for (size_t i = 0; i < rows.count && !section_is_full(table); i++) {
    const SqlReviewActionRowsRow *a = &rows.items[i];
    section_cell(c, table, a->title, action_place(c, a->id));
    section_cell(c, table, a->source_title, "");
    section_cell(c, table, owner_words(c, a->owner_name, a->position_title, a->holder_name), "");
    section_cell_date(c, table, a->due);
    section_cell_date(c, table, a->done_on);
    section_cell_int(c, table, a->progress);
    section_cell_int(c, table, a->extensions);
  }
  section_words(
      c, out,
      _("Actions open: %lld, overdue: %lld; done since the last review: %lld, by their first "
        "date: %lld."),
      (long long)row.open, (long long)row.overdue, (long long)row.done, (long long)row.in_time);
  out->nothing = rows.count == 0;
  return context_ok(c);
}

const ReviewSection actions_section = {
    .key = "actions",
    .input = 'a',
    .title = N_("Status of earlier actions"),
    .purpose = N_("Whether what was decided and promised was done."),
    .fill = fill_actions,
};

// ---- (g) opportunities for improvement ----

static bool fill_opportunities(Context *c, const ReviewSpan *span, SectionData *out) {
  static const char *const decided[] = {N_("to be decided"), N_("acted on"), "parked", "declined"};
  SqlReviewIdeasRows rows =
      sql_review_ideas(c, (SqlReviewIdeas){.from = span->from, .to = span->to});
  SectionTable *table = section_table(c, out, _("Observations, opportunities and ideas"),
                                      _("What|Grade|Raised|What becomes of it|What is better"));
  int64_t waiting = 0, improved = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewIdeasRow *f = &rows.items[i];
    bool closed = !date_is_none(f->closed_on) && date_compare(f->closed_on, span->to) <= 0;
    waiting += f->decision == DECISION_NONE && !closed;
    improved += closed;
    if (section_is_full(table)) continue;
    section_cell(c, table, text_format(c->arena, "F-%lld %s", (long long)f->number, f->title),
                 finding_place(c, f->id));
    section_cell(c, table, grade_title((FindingGrade)f->grade), "");
    section_cell_date(c, table, f->raised);
    section_cell(c, table, closed ? _("done") : _(decided[f->decision & 3]), "");
    section_cell(c, table, closed ? f->improved : "", "");
  }
  count(c, out, "brought", _("Observations, opportunities and ideas"), (int64_t)rows.count,
        BETTER_NEITHER)
      ->place = "/findings?status=all";
  count(c, out, "waiting", _("Wait for a decision"), waiting, BETTER_LOWER);
  count(c, out, "improved", _("Carried out"), improved, BETTER_HIGHER)->place = "/improvement";
  section_words(c, out,
                _("%lld were brought or are open; %lld wait for a decision, %lld were "
                  "carried out."),
                (long long)rows.count, (long long)waiting, (long long)improved);
  out->nothing = rows.count == 0;
  return context_ok(c);
}

const ReviewSection opportunities_section = {
    .key = "opportunities",
    .input = 'g',
    .title = N_("Opportunities for improvement"),
    .purpose = N_("What people and audits suggest, and what became of it."),
    .fill = fill_opportunities,
};
