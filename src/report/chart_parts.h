// SPDX-License-Identifier: Apache-2.0
// What the drawers of charts share.
#ifndef DAYBOOK_CHART_PARTS_H
#define DAYBOOK_CHART_PARTS_H

#include "report/picture.h"

enum { CHART_TEXT = 11, CHART_LEGEND_ROW = 18 };

typedef struct Frame { // where the values stand
  Arena *arena;
  const Chart *chart;
  Picture *picture;
  double left, right, top, bottom; // of the plot
  double least, most, step;        // of the scale
  double slot;                     // width of one label's place
} Frame;

static inline OptReal chart_at(const ChartSeries *series, size_t i) {
  return i < series->values.count ? series->values.items[i] : (OptReal){0};
}
static inline double frame_y(const Frame *f, double value) {
  double share = (value - f->least) / (f->most - f->least);
  if (share < 0) share = 0;
  if (share > 1) share = 1;
  return f->bottom - share * (f->bottom - f->top);
}
static inline double frame_x(const Frame *f, size_t i) { // the middle of a label's place
  return f->left + f->slot * ((double)i + 0.5);
}

Ink chart_ink(const ChartSeries *series, size_t index);
// One of four shapes, so that colour does not stand alone.
void chart_marker(Picture *p, size_t index, double x, double y, Ink ink);
// "Open, Feb: 4"
const char *chart_point_words(const Frame *f, const ChartSeries *series, size_t i);
void chart_draw_lines(Frame *f);
void chart_draw_bars(Frame *f);
bool chart_lies(const Chart *chart, double width); // names for labels: bars lie down
void chart_draw_rows(Frame *f, double width);
// The names of the series from y on; gives the height it took, 0 if there is nothing to name.
double chart_legend(Picture *p, const Chart *chart, double y, double width);

#endif
