// SPDX-License-Identifier: Apache-2.0
// Bars lying down: for labels that are names and would not stand beneath upright ones.
#include "report/chart_parts.h"

#include <math.h>

enum { BAR = 13, BETWEEN = 9, LABEL_WIDE = 60, ROWS_MOST = 40 };

typedef struct Rows {
  Frame *f;
  double left, right, least, most;
  bool stacked;
} Rows;

static double widest_label(const Chart *chart) {
  double widest = 0;
  for (size_t i = 0; i < chart->labels.count; i++) {
    double width = picture_text_width(chart->labels.items[i], CHART_TEXT);
    if (width > widest) widest = width;
  }
  return widest;
}

bool chart_lies(const Chart *chart, double width) {
  if (chart->kind != CHART_BARS && chart->kind != CHART_STACKED) return false;
  double widest = widest_label(chart), slot = (width - 40) / (double)(chart->labels.count + 1);
  return widest > LABEL_WIDE && widest > slot && chart->labels.count <= ROWS_MOST;
}

static double place(const Rows *r, double value) {
  double share = (value - r->least) / (r->most - r->least);
  if (share < 0) share = 0;
  if (share > 1) share = 1;
  return r->left + share * (r->right - r->left);
}

static void value_text(Rows *r, double x, double y, OptReal value) {
  picture_text(r->f->picture, x + 5, y + BAR / 2.0 + 3.8, CHART_TEXT, -1,
               value.has ? INK_TEXT : INK_SOFT,
               value.has ? chart_number(r->f->arena, r->f->chart, value) : "–");
}

static void draw_piece(Rows *r, size_t s, size_t i, double from, double to, double y,
                       double height) {
  const ChartSeries *series = r->f->chart->series.items[s];
  double width = fabs(to - from);
  Shape *bar = picture_rect(r->f->picture, from < to ? from : to, y, width < 1.5 ? 1.5 : width,
                            height, chart_ink(series, s));
  bar->opacity = series->dashed ? 0.55 : 0;
  bar->words = chart_point_words(r->f, series, i);
}

static void draw_stack(Rows *r, size_t i, double y) {
  const Chart *chart = r->f->chart;
  OptReal sum = {0};
  for (size_t s = 0; s < chart->series.count; s++) {
    OptReal value = chart_at(chart->series.items[s], i);
    sum.has |= value.has;
    if (!value.has || value.value <= 0) continue;
    double gap = sum.value > 0 ? 1 : 0;
    draw_piece(r, s, i, place(r, sum.value) + gap, place(r, sum.value + value.value), y, BAR);
    sum.value += value.value;
  }
  if (sum.has && sum.value <= 0) picture_rect(r->f->picture, r->left, y, 1.5, BAR, INK_EDGE);
  value_text(r, place(r, sum.value), y, sum);
}

static void draw_group(Rows *r, size_t i, double y) {
  const Chart *chart = r->f->chart;
  for (size_t s = 0; s < chart->series.count; s++) {
    OptReal value = chart_at(chart->series.items[s], i);
    double zero = place(r, 0), end = value.has ? place(r, value.value) : zero;
    if (value.has) draw_piece(r, s, i, zero, end, y, BAR);
    value_text(r, end > zero ? end : zero, y, value);
    y += BAR + 1;
  }
}

void chart_draw_rows(Frame *f, double width) {
  const Chart *chart = f->chart;
  Rows r = {.f = f, .least = f->least, .most = f->most, .stacked = chart->kind == CHART_STACKED};
  double label = widest_label(chart) + 10, most = width * 0.42;
  if (label > most) label = most;
  r.left = label;
  r.right = width - 12 -
            picture_text_width(chart_number(f->arena, chart, (OptReal){true, f->most}), CHART_TEXT);
  double row = (r.stacked ? BAR : (BAR + 1) * (double)chart->series.count) + BETWEEN;
  double y = f->top - 8;
  for (size_t i = 0; i < chart->labels.count; i++) {
    picture_text(f->picture, 0, y + BETWEEN / 2.0 + BAR / 2.0 + 3.8, CHART_TEXT, -1, INK_TEXT,
                 picture_text_cut(f->arena, chart->labels.items[i], CHART_TEXT, label - 8));
    if (r.stacked)
      draw_stack(&r, i, y + BETWEEN / 2.0);
    else
      draw_group(&r, i, y + BETWEEN / 2.0);
    y += row;
  }
  picture_line(f->picture, r.left - 0.5, f->top - 8, r.left - 0.5, y, INK_EDGE);
  if (chart->target.has) {
    Shape *line = picture_line(f->picture, place(&r, chart->target.value), f->top - 8,
                               place(&r, chart->target.value), y, INK_STAGE);
    line->dashed = true;
    line->stroke_width = 1.5;
  }
  f->picture->height = y + 4;
}
