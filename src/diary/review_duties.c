// SPDX-License-Identifier: Apache-2.0
// The programme itself in a management review: what fell due, what was done, what slipped.
#include "diary/diary.h"
#include "diary/lines.h"
#include "diary/review_duties.sql.h"
#include "diary/review_section.h"
#include "report/chart.h"

typedef struct Counts {
  int64_t due, on_time, late, missed, moved;
} Counts;

static void add(Counts *all, const SqlReviewDutiesRow *row) {
  all->due += row->due;
  all->on_time += row->on_time;
  all->late += row->concluded_late;
  all->missed += row->open_missed;
  all->moved += row->moved;
}

static void figures(Context *c, const Counts *all, SectionData *out) {
  SectionFigure *done = section_figure(c, out, "done_on_time", _("Duties done on time"));
  done->value = section_percent(all->on_time, all->due);
  done->unit = "%";
  done->target = (OptReal){true, 100};
  done->better = BETTER_HIGHER;
  done->headline = true;
  done->place = "/readiness";
  done->why = _("concluded within the window, of all that fell due since the last review");
  SectionFigure *late = section_figure(c, out, "concluded_late", _("Concluded late"));
  late->value = section_count(all->late);
  late->better = BETTER_LOWER;
  SectionFigure *missed = section_figure(c, out, "missed", _("Missed and still open"));
  missed->value = section_count(all->missed);
  missed->better = BETTER_LOWER;
  missed->headline = true;
  missed->place = "/activities?status=missed";
  missed->why = _("past the last tolerable day and not concluded by then");
  SectionFigure *moved = section_figure(c, out, "moved", _("Moved"));
  moved->value = section_count(all->moved);
  moved->better = BETTER_LOWER;
  moved->why = _("activities that were given a later date since the last review");
}

// Kind by kind: where the programme holds, and where it slips.
static void add_chart(Context *c, const SqlReviewDutiesRows *rows, SectionData *out) {
  Chart *chart = chart_new(c->arena, CHART_STACKED, _("Duties since the last review"),
                           _("what fell due, and what is missed and still open"));
  ChartSeries *done = chart_series(chart, _("on time"), INK_DONE);
  ChartSeries *late = chart_series(chart, _("concluded late"), INK_LATE);
  ChartSeries *missed = chart_series(chart, _("missed"), INK_MISSED);
  for (size_t i = 0; i < rows->count; i++) {
    const SqlReviewDutiesRow *row = &rows->items[i];
    if (row->on_time + row->concluded_late + row->open_missed == 0) continue;
    chart_label(chart, duty_kind_title(kind_of(row->kind)));
    chart_value(chart, done, (double)row->on_time);
    chart_value(chart, late, (double)row->concluded_late);
    chart_value(chart, missed, (double)row->open_missed);
  }
  if (chart->labels.count > 1) *list_add(c->arena, &out->charts) = chart;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlReviewDutiesRows rows =
      sql_review_duties(c, (SqlReviewDuties){.from = span->from, .to = span->to});
  Counts all = {0};
  SectionTable *table = section_table(c, out, _("Each duty since the last review"),
                                      _("Duty|#Fell due|#On time|#Concluded late|#Missed|#Moved"));
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewDutiesRow *row = &rows.items[i];
    add(&all, row);
    if (row->due + row->open_missed + row->moved == 0 || section_is_full(table)) continue;
    section_cell(c, table, duty_kind_title(kind_of(row->kind)),
                 text_format(c->arena, "/readiness/%s", row->kind));
    section_cell_int(c, table, row->due);
    section_cell_int(c, table, row->on_time);
    section_cell_int(c, table, row->concluded_late);
    section_cell_int(c, table, row->open_missed);
    section_cell_int(c, table, row->moved);
  }
  figures(c, &all, out);
  add_chart(c, &rows, out);
  if (all.due == 0)
    section_words(c, out, _("Nothing fell due since the last review."));
  else
    section_words(c, out,
                  _("%lld of %lld activities that fell due were done on time, %lld late; %lld are "
                    "missed and still open."),
                  (long long)all.on_time, (long long)all.due, (long long)all.late,
                  (long long)all.missed);
  out->nothing = all.due + all.missed + all.moved == 0;
  return context_ok(c);
}

const ReviewSection duties_section = {
    .key = "duties",
    .input = 'd',
    .title = N_("The programme: done, late, missed"),
    .purpose = N_("Whether the duties of the certificate are kept, and where they slip."),
    .fill = fill,
};
