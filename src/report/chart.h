// SPDX-License-Identifier: Apache-2.0
// A chart is described once and looks alike on a page (SVG) and in a document (PDF).
//   Chart *ch = chart_new(c->arena, CHART_LINE, _("Measures against target"), _("A reading each
//   month")); ch->unit = "%"; ChartSeries *s = chart_series(ch, _("Restored in time"), INK_DOING);
//   chart_label(ch, "Jan"); chart_value(ch, s, 97.5);
//   chart_label(ch, "Feb"); chart_gap(ch, s);            // not measured; a zero is chart_value(…,
//   0)
#ifndef DAYBOOK_CHART_H
#define DAYBOOK_CHART_H

#include "html/html.h"

// Colours by meaning; a page takes them from its style (light and dark), a document has its own.
typedef enum Ink {
  INK_NONE,
  INK_TEXT,
  INK_SOFT, // secondary text
  INK_LINE, // hair lines
  INK_EDGE, // stronger lines
  INK_PAPER,
  INK_SUNKEN, // tracks and bands
  INK_ON_ACCENT,
  INK_DOING, // the accent; the first choice for a series without a meaning of its own
  INK_STAGE,
  INK_DONE,
  INK_LATE,
  INK_MISSED,
  INK_COMING,
  INK_DONE_SOFT,
  INK_LATE_SOFT,
  INK_MISSED_SOFT,
  INK_COMING_SOFT,
  INK_COUNT
} Ink;
const char *ink_name(Ink ink); // "done"; stable: it stands in classes and documents
bool ink_parse(const char *name, Ink *out);

typedef enum ChartKind {
  CHART_LINE,    // values over the labels; a missing one is a gap
  CHART_BARS,    // series side by side for each label
  CHART_STACKED, // series on top of each other for each label
  CHART_BURN_UP, // the first series is what was to do, the others what was done; areas
  CHART_SHARE,   // one bar of parts: each series one value, no labels
  CHART_RING,    // the same as a ring; `middle` stands inside
  CHART_KINDS
} ChartKind;
const char *chart_kind_name(ChartKind kind);
bool chart_kind_parse(const char *name, ChartKind *out);

enum { CHART_MOST_LABELS = 400, CHART_MOST_SERIES = 12 };

typedef struct ChartSeries {
  const char *name;
  Ink ink;
  bool dashed;             // a plan, a forecast
  LIST_OF(OptReal) values; // one for each label; fewer than labels: the rest is missing
} ChartSeries;

typedef struct Chart {
  Arena *arena;
  ChartKind kind;
  const char *title;
  const char *note;   // what it shows and of what, one sentence; may be NULL
  const char *unit;   // "%", "days"; may be NULL
  const char *middle; // CHART_RING; may be NULL
  int decimals;       // of the values, 0 to 3
  OptReal target;     // a line across
  const char *target_name;
  OptReal top;      // the scale's end, if it is not to follow from the values (100 for shares)
  const char *href; // a picture on a page may lead somewhere; may be NULL
  LIST_OF(const char *) labels;
  LIST_OF(ChartSeries *) series;
} Chart;

// Texts are borrowed: they must live as long as the arena. Past CHART_MOST_… nothing is added.
Chart *chart_new(Arena *arena, ChartKind kind, const char *title, const char *note);
void chart_label(Chart *chart, const char *label);
ChartSeries *chart_series(Chart *chart, const char *name, Ink ink);
void chart_value(Chart *chart, ChartSeries *series, double value);
void chart_gap(Chart *chart, ChartSeries *series);
bool chart_is_empty(const Chart *chart); // not one value: show words instead, not an empty frame

// The chart in a sentence, for who does not see it: "Open: 4 in Jan, not measured in Feb, …".
const char *chart_words(Arena *arena, const Chart *chart);
const char *chart_number(Arena *arena, const Chart *chart, OptReal value); // "97.5 %"

// For a page: the picture for wide and narrow screens, its legend, and the same as a table.
Html chart_html(Arena *arena, const Chart *chart);
// Only the picture, for a tile or a row: no axes, no legend, its words as its name.
Html chart_spark(Arena *arena, const Chart *chart);
// Small multiples: the charts side by side on one common scale.
Html charts_html(Arena *arena, Chart *const *charts, size_t count);

#endif
