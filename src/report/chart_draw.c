// SPDX-License-Identifier: Apache-2.0
// Lines, areas and bars inside their frame.
#include "report/chart_parts.h"

#include <math.h>

Ink chart_ink(const ChartSeries *series, size_t index) {
  static const Ink usual[] = {INK_DOING, INK_STAGE, INK_LATE, INK_DONE, INK_COMING, INK_MISSED};
  return series->ink == INK_NONE ? usual[index % COUNT_OF(usual)] : series->ink;
}

void chart_marker(Picture *p, size_t index, double x, double y, Ink ink) {
  const double r = 3.5;
  const PicturePoint square[] = {{x - 3, y - 3}, {x + 3, y - 3}, {x + 3, y + 3}, {x - 3, y + 3}};
  const PicturePoint diamond[] = {{x, y - 4.5}, {x + 4.5, y}, {x, y + 4.5}, {x - 4.5, y}};
  const PicturePoint triangle[] = {{x, y - 4.5}, {x + 4.2, y + 3}, {x - 4.2, y + 3}};
  switch (index % 4) {
  case 0: picture_circle(p, x, y, r, ink, INK_PAPER)->stroke_width = 1.5; return;
  case 1: picture_path(p, square, 4, true, ink, INK_PAPER)->stroke_width = 1.5; return;
  case 2: picture_path(p, diamond, 4, true, ink, INK_PAPER)->stroke_width = 1.5; return;
  default: picture_path(p, triangle, 3, true, ink, INK_PAPER)->stroke_width = 1.5; return;
  }
}

const char *chart_point_words(const Frame *f, const ChartSeries *series, size_t i) {
  return text_format(f->arena, "%s%s%s: %s", series->name, series->name[0] == '\0' ? "" : ", ",
                     f->chart->labels.items[i],
                     chart_number(f->arena, f->chart, chart_at(series, i)));
}

// ---- lines ----

static void draw_run(Frame *f, const ChartSeries *series, Ink ink, size_t from, size_t to,
                     bool area) {
  size_t count = to - from;
  PicturePoint *points = arena_array(f->arena, count + 2, sizeof *points);
  for (size_t i = 0; i < count; i++)
    points[i] = (PicturePoint){frame_x(f, from + i), frame_y(f, chart_at(series, from + i).value)};
  if (area && count > 1) {
    points[count] = (PicturePoint){points[count - 1].x, f->bottom};
    points[count + 1] = (PicturePoint){points[0].x, f->bottom};
    picture_path(f->picture, points, count + 2, true, ink, INK_NONE)->opacity = 0.14;
  }
  if (count > 1)
    picture_path(f->picture, points, count, false, INK_NONE, ink)->dashed = series->dashed;
}

// A missing value ends the line; the next one begins it anew.
static void draw_series(Frame *f, const ChartSeries *series, size_t index, bool area) {
  Ink ink = chart_ink(series, index);
  size_t count = f->chart->labels.count, from = 0;
  for (size_t i = 0; i <= count; i++) {
    if (i < count && chart_at(series, i).has) continue;
    if (i > from) draw_run(f, series, ink, from, i, area);
    from = i + 1;
  }
  for (size_t i = 0; i < count; i++) {
    OptReal value = chart_at(series, i);
    bool alone =
        value.has && (i == 0 || !chart_at(series, i - 1).has) && !chart_at(series, i + 1).has;
    if (!value.has || (f->slot < 9 && !alone)) continue;
    chart_marker(f->picture, index, frame_x(f, i), frame_y(f, value.value), ink);
    f->picture->shapes.items[f->picture->shapes.count - 1].words = chart_point_words(f, series, i);
  }
}

// The last value in figures, unless it would stand on another's.
static void name_last(Frame *f) {
  double used[CHART_MOST_SERIES];
  size_t count = 0;
  for (size_t s = 0; s < f->chart->series.count && s < 4; s++) {
    const ChartSeries *series = f->chart->series.items[s];
    size_t i = f->chart->labels.count;
    while (i > 0 && !chart_at(series, i - 1).has) i--;
    if (i == 0) continue;
    double at = frame_y(f, chart_at(series, i - 1).value), y = at - 8;
    OptReal before = i > 1 ? chart_at(series, i - 2) : (OptReal){0};
    bool falls = before.has && before.value > chart_at(series, i - 1).value;
    if (falls && at + 16 < f->bottom - 2) y = at + 16; // clear of the line that comes from above
    bool free = y > f->top - 6;
    for (size_t k = 0; k < count; k++) free &= fabs(used[k] - y) > 13;
    if (!free) continue;
    used[count++] = y;
    double x = frame_x(f, i - 1), room = f->right - x;
    const char *text = chart_number(f->arena, f->chart, chart_at(series, i - 1));
    double half = picture_text_width(text, CHART_TEXT) / 2;
    picture_text(f->picture, half > room ? f->right : x, y, CHART_TEXT, half > room ? 1 : 0,
                 INK_TEXT, text)
        ->strong = true;
  }
}

static void draw_missing(Frame *f) {
  if (f->chart->series.count != 1) return;
  const ChartSeries *series = f->chart->series.items[0];
  for (size_t i = 0; i < f->chart->labels.count; i++) {
    if (chart_at(series, i).has) continue;
    Shape *band = picture_rect(f->picture, f->left + f->slot * (double)i + 1, f->top, f->slot - 2,
                               f->bottom - f->top, INK_SUNKEN);
    band->words = chart_point_words(f, series, i);
    if (f->slot >= 12)
      picture_text(f->picture, frame_x(f, i), f->bottom - 6, CHART_TEXT, 0, INK_SOFT, "–");
  }
}

void chart_draw_lines(Frame *f) {
  bool burn_up = f->chart->kind == CHART_BURN_UP;
  draw_missing(f);
  for (size_t s = 0; s < f->chart->series.count; s++)
    draw_series(f, f->chart->series.items[s], s, burn_up && s > 0);
  name_last(f);
}

// ---- bars ----

// A zero is a line on the ground, so that it differs from nothing.
static void draw_bar(Frame *f, const ChartSeries *series, size_t index, size_t i, double x,
                     double width) {
  OptReal value = chart_at(series, i);
  if (!value.has) {
    if (width >= 6)
      picture_text(f->picture, x + width / 2, f->bottom - 5, CHART_TEXT, 0, INK_SOFT, "–");
    return;
  }
  double zero = frame_y(f, 0), y = frame_y(f, value.value);
  double top = y < zero ? y : zero, height = fabs(zero - y);
  if (height < 1.5) top = zero - 1.5, height = 1.5;
  Shape *bar = picture_rect(f->picture, x, top, width, height, chart_ink(series, index));
  bar->radius = width >= 8 && height >= 4 ? 2 : 0;
  bar->opacity = series->dashed ? 0.55 : 0;
  bar->words = chart_point_words(f, series, i);
  const char *text = chart_number(f->arena, f->chart, value);
  if (picture_text_width(text, CHART_TEXT) <= width + 4 && top - 4 > f->top - 8)
    picture_text(f->picture, x + width / 2, top - 4, CHART_TEXT, 0, INK_TEXT, text);
}

static void draw_side_by_side(Frame *f) {
  size_t count = f->chart->series.count;
  double group = f->slot * (count == 1 ? 0.62 : 0.78);
  if (group > 64.0 * (double)count) group = 64.0 * (double)count;
  double width = group / (double)count;
  for (size_t i = 0; i < f->chart->labels.count; i++)
    for (size_t s = 0; s < count; s++)
      draw_bar(f, f->chart->series.items[s], s, i,
               frame_x(f, i) - group / 2 + width * (double)s + (count > 1 ? 0.75 : 0),
               width - (count > 1 ? 1.5 : 0));
}

static void draw_stack(Frame *f, size_t i, double width) {
  double sum = 0;
  bool any = false;
  double x = frame_x(f, i) - width / 2;
  for (size_t s = 0; s < f->chart->series.count; s++) {
    const ChartSeries *series = f->chart->series.items[s];
    OptReal value = chart_at(series, i);
    any |= value.has;
    if (!value.has || value.value <= 0) continue;
    double from = frame_y(f, sum), to = frame_y(f, sum + value.value);
    double gap = sum > 0 && from - to > 2 ? 1 : 0;
    Shape *part = picture_rect(f->picture, x, to, width, from - to - gap, chart_ink(series, s));
    part->words = chart_point_words(f, series, i);
    sum += value.value;
  }
  const char *text = any ? chart_number(f->arena, f->chart, (OptReal){true, sum}) : "–";
  if (any && sum <= 0) picture_rect(f->picture, x, f->bottom - 1.5, width, 1.5, INK_EDGE);
  if (picture_text_width(text, CHART_TEXT) <= f->slot + 2)
    picture_text(f->picture, frame_x(f, i), frame_y(f, sum) - 5, CHART_TEXT, 0,
                 any ? INK_TEXT : INK_SOFT, text);
}

void chart_draw_bars(Frame *f) {
  if (f->chart->kind == CHART_BARS) {
    draw_side_by_side(f);
    return;
  }
  double width = f->slot * 0.62 > 64 ? 64 : f->slot * 0.62;
  for (size_t i = 0; i < f->chart->labels.count; i++) draw_stack(f, i, width);
}
