// SPDX-License-Identifier: Apache-2.0
#include "report/chart.h"

#include <math.h>

static const char *const ink_names[INK_COUNT] = {
    "none",   "text",      "soft",      "line",      "edge",        "paper",
    "sunken", "on-accent", "doing",     "stage",     "done",        "late",
    "missed", "coming",    "done-soft", "late-soft", "missed-soft", "coming-soft"};
static const char *const kind_names[CHART_KINDS] = {"line",    "bars",  "stacked",
                                                    "burn-up", "share", "ring"};

const char *ink_name(Ink ink) {
  return ink < INK_COUNT ? ink_names[ink] : ink_names[INK_NONE];
}

bool ink_parse(const char *name, Ink *out) {
  for (Ink ink = INK_NONE; ink < INK_COUNT; ink++)
    if (text_equal(name, ink_names[ink])) {
      *out = ink;
      return true;
    }
  return false;
}

const char *chart_kind_name(ChartKind kind) {
  return kind < CHART_KINDS ? kind_names[kind] : kind_names[CHART_LINE];
}

bool chart_kind_parse(const char *name, ChartKind *out) {
  for (ChartKind kind = CHART_LINE; kind < CHART_KINDS; kind++)
    if (text_equal(name, kind_names[kind])) {
      *out = kind;
      return true;
    }
  return false;
}

Chart *chart_new(Arena *arena, ChartKind kind, const char *title, const char *note) {
  Chart *chart = arena_new(arena, Chart);
  *chart = (Chart){.arena = arena, .kind = kind, .title = title, .note = note};
  return chart;
}

void chart_label(Chart *chart, const char *label) {
  if (chart->labels.count < CHART_MOST_LABELS)
    *list_add(chart->arena, &chart->labels) = label == NULL ? "" : label;
}

ChartSeries *chart_series(Chart *chart, const char *name, Ink ink) {
  ChartSeries *series = arena_new(chart->arena, ChartSeries);
  series->name = name == NULL ? "" : name;
  series->ink = ink;
  if (chart->series.count < CHART_MOST_SERIES) *list_add(chart->arena, &chart->series) = series;
  return series;
}

static void add(Chart *chart, ChartSeries *series, OptReal value) {
  if (series->values.count < CHART_MOST_LABELS) *list_add(chart->arena, &series->values) = value;
}

void chart_value(Chart *chart, ChartSeries *series, double value) {
  add(chart, series, (OptReal){isfinite(value) && fabs(value) < 1e15, value});
}

void chart_gap(Chart *chart, ChartSeries *series) {
  add(chart, series, (OptReal){0});
}

bool chart_is_empty(const Chart *chart) {
  double whole = 0;
  bool any = false;
  for (size_t s = 0; s < chart->series.count; s++) {
    const ChartSeries *series = chart->series.items[s];
    for (size_t i = 0; i < series->values.count; i++)
      if (series->values.items[i].has) {
        any = true;
        whole += fabs(series->values.items[i].value);
      }
  }
  bool parts = chart->kind == CHART_SHARE || chart->kind == CHART_RING;
  return !any || (parts && whole <= 0) || (!parts && chart->labels.count == 0);
}

// ---- words ----

const char *chart_number(Arena *arena, const Chart *chart, OptReal value) {
  if (!value.has) return _("not measured");
  int decimals = chart->decimals < 0 ? 0 : chart->decimals > 3 ? 3 : chart->decimals;
  const char *number = text_format(arena, "%.*f", decimals, value.value);
  if (text_equal(number, "-0")) number = "0";
  return text_is_empty(chart->unit) ? number
                                    : text_format(arena, "%s\u00a0%s", number, chart->unit);
}

static OptReal value_at(const ChartSeries *series, size_t i) {
  return i < series->values.count ? series->values.items[i] : (OptReal){0};
}

enum { WORDS_MOST = 24 }; // values in a sentence; the table has them all

const char *chart_words(Arena *arena, const Chart *chart) {
  Text out;
  text_init(&out, arena);
  bool parts = chart->kind == CHART_SHARE || chart->kind == CHART_RING;
  for (size_t s = 0; s < chart->series.count; s++) {
    const ChartSeries *series = chart->series.items[s];
    if (s > 0) text_add(&out, parts ? ", " : "; ");
    if (parts) {
      text_add_format(&out, "%s: %s", series->name,
                      chart_number(arena, chart, value_at(series, 0)));
      continue;
    }
    if (series->name[0] != '\0') text_add_format(&out, "%s: ", series->name);
    size_t count = chart->labels.count, from = count > WORDS_MOST ? count - WORDS_MOST : 0;
    for (size_t i = from; i < count; i++)
      text_add_format(&out, "%s%s %s", i > from ? ", " : "", chart->labels.items[i],
                      chart_number(arena, chart, value_at(series, i)));
  }
  if (chart->target.has)
    text_add_format(&out, ". %s: %s", chart->target_name == NULL ? _("Target") : chart->target_name,
                    chart_number(arena, chart, chart->target));
  return out.data;
}
