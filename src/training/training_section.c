// SPDX-License-Identifier: Apache-2.0
// Training and awareness in a management review (9.3.2 d).
#include "diary/diary.h"
#include "diary/review_section.h"
#include "report/chart.h"
#include "training/training_section.sql.h"

enum { RECORDS_MOST = 20000 };

typedef struct Counts {
  int64_t due, in_time, late, open;
} Counts;

static void add_records(Context *c, const ReviewSpan *span, Counts *counts, SectionData *out) {
  SqlTrainingDueRows rows =
      sql_training_due(c, (SqlTrainingDue){.to = span->to, .limit = RECORDS_MOST});
  SectionTable *table = section_table(c, out, _("Not completed, by name"), _("Training|Who|Due"));
  for (size_t i = 0; i < rows.count; i++) {
    const SqlTrainingDueRow *row = &rows.items[i];
    bool done = !date_is_none(row->completed) && date_compare(row->completed, span->to) <= 0;
    bool in_span = date_compare(row->due, span->from) >= 0;
    counts->due += in_span;
    counts->in_time += in_span && done && date_compare(row->completed, row->due) <= 0;
    counts->late += in_span && done && date_compare(row->completed, row->due) > 0;
    if (done) continue;
    counts->open++;
    if (section_is_full(table)) continue;
    section_cell(c, table, row->title, text_format(c->arena, "/items/%lld", (long long)row->item));
    section_cell(c, table, row->owner_text[0] == '\0' ? row->role : row->owner_text, "");
    section_cell_date(c, table, row->due);
  }
}

static void add_held(Context *c, const ReviewSpan *span, int64_t *held, int64_t *due,
                     SectionData *out) {
  SqlTrainingHeldRows rows =
      sql_training_held(c, (SqlTrainingHeld){.from = span->from, .to = span->to});
  SectionTable *table =
      section_table(c, out, _("Trainings and briefings"), _("What|Due|Held on|State"));
  for (size_t i = 0; i < rows.count; i++) {
    const SqlTrainingHeldRow *row = &rows.items[i];
    bool done = row->state == STATE_CONCLUDED && date_compare(row->held_on, span->to) <= 0;
    Status status =
        activity_status(done ? STATE_CONCLUDED : STATE_PLANNED, row->due, row->latest, span->to);
    *held += done;
    *due += 1;
    if (section_is_full(table)) continue;
    section_cell(c, table, row->title,
                 text_format(c->arena, "/activities/%lld", (long long)row->id));
    section_cell_date(c, table, row->due);
    section_cell_date(c, table, done ? row->held_on : DATE_NONE);
    section_cell(c, table, status_name(status), "");
  }
}

static void add_chart(Context *c, const Counts *counts, SectionData *out) {
  const struct {
    const char *name;
    Ink ink;
    int64_t value;
  } parts[] = {{_("in time"), INK_DONE, counts->in_time},
               {_("late"), INK_LATE, counts->late},
               {_("overdue"), INK_MISSED, counts->open}};
  Chart *chart = chart_new(c->arena, CHART_SHARE, _("Trainings of people"),
                           _("that fell due since the last review"));
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (parts[i].value > 0)
      chart_value(chart, chart_series(chart, parts[i].name, parts[i].ink), (double)parts[i].value);
  if (chart->series.count > 0) *list_add(c->arena, &out->charts) = chart;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  Counts counts = {0};
  int64_t held = 0, due = 0;
  add_records(c, span, &counts, out);
  add_held(c, span, &held, &due, out);
  SectionFigure *share = section_figure(c, out, "completed", _("Trainings in time"));
  share->value = section_percent(counts.in_time, counts.due);
  share->unit = "%";
  share->target = (OptReal){true, 100};
  share->better = BETTER_HIGHER;
  share->headline = true;
  share->why = _("of the trainings of people that fell due since the last review");
  SectionFigure *open = section_figure(c, out, "open", _("Overdue by name"));
  open->value = section_count(counts.open);
  open->better = BETTER_LOWER;
  SectionFigure *sessions = section_figure(c, out, "held", _("Trainings held"));
  sessions->value = section_count(held);
  sessions->better = BETTER_HIGHER;
  add_chart(c, &counts, out);
  out->nothing = counts.due + counts.open + due == 0;
  if (out->nothing)
    section_words(c, out, _("No training fell due since the last review."));
  else
    section_words(c, out,
                  _("%lld of %lld trainings of people were completed in time, %lld late; "
                    "%lld are overdue. %lld of %lld planned sessions were held."),
                  (long long)counts.in_time, (long long)counts.due, (long long)counts.late,
                  (long long)counts.open, (long long)held, (long long)due);
  return context_ok(c);
}

const ReviewSection training_section = {
    .key = "training",
    .input = 'd',
    .title = N_("Training and awareness"),
    .purpose = N_("Whether people know what they need to know (7.2, 7.3)."),
    .fill = fill,
};
