// SPDX-License-Identifier: Apache-2.0
// Objectives in a management review (9.3.2 d): measured, met, missing.
#include "diary/review_section.h"
#include "registers/measure.h"
#include "report/chart.h"

enum { CHARTS_MOST = 6 };

typedef struct Counts {
  int64_t all, measured, met, missing;
} Counts;

static const char *value_words(Context *c, const Measure *measure, const Reading *latest) {
  if (latest == NULL) return _("not measured");
  const char *number = reading_number(c->arena, latest->value);
  return measure->unit[0] == '\0' ? number : text_format(c->arena, "%s %s", number, measure->unit);
}

static const char *target_words(Context *c, const Measure *measure) {
  if (!measure->target.has) return measure->target_words;
  return text_format(c->arena, "%s %s %s", measure->direction == DIRECTION_LOWER ? "≤" : "≥",
                     reading_number(c->arena, measure->target.value), measure->unit);
}

static bool add_one(Context *c, const Measure *measure, Date to, SectionTable *table,
                    Counts *counts, SectionData *out) {
  Readings readings = {0};
  Periods periods = {0};
  if (!measure_readings(c, measure, &readings)) return false;
  measure_periods(c, measure, &readings, to, &periods);
  const Reading *latest = measure_latest(&readings, to);
  int64_t missing = periods_missing(&periods);
  bool met = latest != NULL && measure_met(measure, latest->value);
  counts->all++;
  counts->measured += latest != NULL;
  counts->met += met;
  counts->missing += missing;
  if (!section_is_full(table)) {
    section_cell(c, table, measure->name,
                 text_format(c->arena, "/objectives/%lld", (long long)measure->item));
    section_cell(c, table, target_words(c, measure), "");
    section_cell(c, table, value_words(c, measure, latest), "");
    section_cell(c, table, latest == NULL ? "" : date_words(c->arena, latest->on), "");
    section_cell(c, table, latest == NULL ? _("not measured") : met ? _("met") : _("not met"), "");
    section_cell_int(c, table, missing);
    section_cell(c, table, measure->owner, "");
  }
  if (latest != NULL && periods.count > 1 && out->charts.count < CHARTS_MOST)
    *list_add(c->arena, &out->charts) = measure_chart(c, measure, &periods);
  return true;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  Measures measures = {0};
  Counts counts = {0};
  if (!measure_list(c, &measures)) return false;
  SectionTable *table =
      section_table(c, out, _("Objectives"),
                    _("Objective|Target|Latest|Measured on|State|#Readings missing|Owner"));
  for (size_t i = 0; i < measures.count; i++)
    if (!add_one(c, &measures.items[i], span->to, table, &counts, out)) return false;
  SectionFigure *met = section_figure(c, out, "objectives_met", _("Objectives met"));
  met->value = section_percent(counts.met, counts.measured);
  met->unit = "%";
  met->target = (OptReal){true, 100};
  met->better = BETTER_HIGHER;
  met->headline = true;
  met->place = "/objectives";
  met->why = _("of those that have a reading; the latest decides");
  SectionFigure *measured = section_figure(c, out, "objectives_measured", _("Objectives measured"));
  measured->value = section_percent(counts.measured, counts.all);
  measured->unit = "%";
  measured->better = BETTER_HIGHER;
  SectionFigure *missing = section_figure(c, out, "readings_missing", _("Readings missing"));
  missing->value = section_count(counts.missing);
  missing->better = BETTER_LOWER;
  missing->why = _("periods that have ended without a reading");
  if (counts.all == 0)
    section_words(c, out, _("No objective is in the register yet (6.2)."));
  else
    section_words(c, out,
                  _("%lld of %lld objectives have a reading, %lld of these meet their target; %lld "
                    "readings are missing."),
                  (long long)counts.measured, (long long)counts.all, (long long)counts.met,
                  (long long)counts.missing);
  return context_ok(c);
}

const ReviewSection objectives_section = {
    .key = "objectives",
    .input = 'd',
    .title = N_("Objectives and measurements"),
    .purpose = N_("Whether the objectives are measured as planned, and met (6.2, 9.1)."),
    .fill = fill,
};
