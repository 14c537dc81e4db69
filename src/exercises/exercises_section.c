// SPDX-License-Identifier: Apache-2.0
// Emergency exercises in a management review (9.3.2 d): three aspects, never one.
#include "diary/lines.h"
#include "diary/review_section.h"
#include "exercises/exercises_section.sql.h"
#include "report/chart.h"

#include <string.h>

enum { ASPECTS = 3, RESULT_MOST = 240 };

typedef struct Aspect {
  const char *kind, *key, *label;
  int64_t held, missed;
} Aspect;

static Aspect *aspect_of(Aspect aspects[ASPECTS], const char *kind) {
  for (size_t i = 0; i < ASPECTS; i++)
    if (text_equal(aspects[i].kind, kind)) return &aspects[i];
  return &aspects[0];
}

static void add_row(Context *c, const ReviewSpan *span, const SqlExercisesSinceRow *row,
                    Aspect *aspect, SectionTable *table) {
  bool held = row->state == STATE_CONCLUDED && date_compare(row->held_on, span->to) <= 0;
  Status status =
      activity_status(held ? STATE_CONCLUDED : STATE_PLANNED, row->due, row->latest, span->to);
  aspect->held += held;
  aspect->missed += status == STATUS_MISSED;
  if (section_is_full(table)) return;
  const char *where = row->system_name != NULL ? row->system_name : row->site_name;
  section_cell(c, table, row->title, text_format(c->arena, "/activities/%lld", (long long)row->id));
  section_cell(c, table, where, "");
  section_cell_date(c, table, row->due);
  section_cell_date(c, table, held ? row->held_on : DATE_NONE);
  section_cell(c, table,
               held ? text_shorten(c->arena, row->result, RESULT_MOST) : status_name(status), "");
}

static void add_chart(Context *c, const Aspect aspects[ASPECTS], SectionData *out) {
  Chart *chart = chart_new(c->arena, CHART_STACKED, _("Exercises by aspect"),
                           _("held since the last review, and missed"));
  ChartSeries *held = chart_series(chart, _("held"), INK_DONE);
  ChartSeries *missed = chart_series(chart, _("missed"), INK_MISSED);
  for (size_t i = 0; i < ASPECTS; i++) {
    chart_label(chart, aspects[i].label);
    chart_value(chart, held, (double)aspects[i].held);
    chart_value(chart, missed, (double)aspects[i].missed);
  }
  *list_add(c->arena, &out->charts) = chart;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  Aspect aspects[ASPECTS] = {{"exercise_continuity", "continuity", _("Continuity"), 0, 0},
                             {"exercise_evacuation", "evacuation", _("Evacuation"), 0, 0},
                             {"exercise_recovery", "recovery", _("Backup recovery"), 0, 0}};
  SqlExercisesSinceRows rows =
      sql_exercises_since(c, (SqlExercisesSince){.from = span->from, .to = span->to});
  SectionTable *table = section_table(c, out, _("Each exercise since the last review"),
                                      _("Exercise|Of|Due|Held on|Result"));
  for (size_t i = 0; i < rows.count; i++)
    add_row(c, span, &rows.items[i], aspect_of(aspects, rows.items[i].kind), table);
  int64_t held = 0, missed = 0;
  for (size_t i = 0; i < ASPECTS; i++) {
    SectionFigure *one = section_figure(c, out, aspects[i].key, aspects[i].label);
    one->value = section_count(aspects[i].held);
    one->why = _("held since the last review");
    held += aspects[i].held;
    missed += aspects[i].missed;
  }
  SectionFigure *open = section_figure(c, out, "missed", _("Missed and still open"));
  open->value = section_count(missed);
  open->better = BETTER_LOWER;
  if (held + missed > 0) add_chart(c, aspects, out);
  out->nothing = rows.count == 0;
  if (out->nothing)
    section_words(c, out, _("No exercise fell due since the last review."));
  else
    section_words(c, out,
                  _("Exercises held: %lld, of continuity %lld, of evacuation %lld, of recovery "
                    "from backup %lld; missed: %lld."),
                  (long long)held, (long long)aspects[0].held, (long long)aspects[1].held,
                  (long long)aspects[2].held, (long long)missed);
  return context_ok(c);
}

const ReviewSection exercises_section = {
    .key = "exercises",
    .input = 'd',
    .title = N_("Emergency exercises"),
    .purpose = N_("Continuity, evacuation and recovery from backup: held, and with what result."),
    .fill = fill,
};
