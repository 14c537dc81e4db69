// SPDX-License-Identifier: Apache-2.0
// Charts of the pack: written and read back with its JSON, and the trend of a figure as a picture.
#include "reviews/pack_chart.h"

#include <math.h>

void chart_put(Json *j, const Chart *chart) {
  json_open(j);
  json_put_text(j, "kind", chart_kind_name(chart->kind));
  json_put_text(j, "title", chart->title);
  json_put_text(j, "note", chart->note);
  json_put_text(j, "unit", chart->unit);
  json_put_text(j, "middle", chart->middle);
  json_put_int(j, "decimals", chart->decimals);
  json_key(j, "target");
  if (chart->target.has)
    json_real(j, chart->target.value);
  else
    json_null(j);
  json_put_text(j, "target_name", chart->target_name);
  json_key(j, "labels");
  json_open_list(j);
  for (size_t i = 0; i < chart->labels.count; i++) json_text(j, chart->labels.items[i]);
  json_close_list(j);
  json_key(j, "series");
  json_open_list(j);
  for (size_t i = 0; i < chart->series.count; i++) {
    const ChartSeries *series = chart->series.items[i];
    json_open(j);
    json_put_text(j, "name", series->name);
    json_put_text(j, "ink", ink_name(series->ink));
    json_put_bool(j, "dashed", series->dashed);
    json_key(j, "values");
    json_open_list(j);
    for (size_t k = 0; k < series->values.count; k++) {
      if (series->values.items[k].has)
        json_real(j, series->values.items[k].value);
      else
        json_null(j);
    }
    json_close_list(j);
    json_close(j);
  }
  json_close_list(j);
  json_close(j);
}

static bool is_worse(const SectionFigure *figure, double from, double to) {
  return (figure->better == BETTER_HIGHER && to < from) ||
         (figure->better == BETTER_LOWER && to > from);
}

Move figure_move(const PackFigure *figure) {
  const size_t count = figure->trend.count;
  if (count < 2 || figure->figure.better == BETTER_NEITHER) return MOVE_UNKNOWN;
  const OptReal before = figure->trend.items[count - 2].value, now = figure->figure.value;
  if (!before.has || !now.has) return MOVE_UNKNOWN;
  double difference = now.value - before.value;
  if (difference < 0.0005 && difference > -0.0005) return MOVE_SAME;
  return is_worse(&figure->figure, before.value, now.value) ? MOVE_WORSE : MOVE_BETTER;
}

// A line that never moved says no more than its figure does.
bool figure_moved(const PackFigure *figure) {
  OptReal first = {0};
  for (size_t i = 0; i < figure->trend.count; i++) {
    const OptReal value = figure->trend.items[i].value;
    if (value.has && first.has && fabs(value.value - first.value) > 1e-9) return true;
    if (value.has && !first.has) first = value;
  }
  return false;
}

static const char *day_short(Arena *arena, Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(arena, "%s %d", month_short(month), year);
}

Chart *figure_chart(Arena *arena, const PackFigure *figure, ChartKind kind) {
  const SectionFigure *what = &figure->figure;
  Chart *chart = chart_new(arena, kind, what->label, what->why);
  chart->unit = what->unit;
  chart->target = what->target;
  chart->target_name = _("target");
  static const Ink inks[] = {[MOVE_UNKNOWN] = INK_DOING,
                             [MOVE_SAME] = INK_DOING,
                             [MOVE_BETTER] = INK_DONE,
                             [MOVE_WORSE] = INK_LATE};
  ChartSeries *series = chart_series(chart, what->label, inks[figure_move(figure)]);
  for (size_t i = 0; i < figure->trend.count; i++) {
    const PackPoint *point = &figure->trend.items[i];
    chart_label(chart, day_short(arena, point->day));
    if (point->value.has)
      chart_value(chart, series, point->value.value);
    else
      chart_gap(chart, series);
  }
  return chart;
}
