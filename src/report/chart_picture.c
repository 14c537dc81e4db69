// SPDX-License-Identifier: Apache-2.0
// The frame of a chart: scale, grid, labels, legend; and the charts of parts.
#include "report/chart_parts.h"

#include <math.h>

enum { HEAD = 14, FOOT = 20 };

static bool has_axes(const Chart *chart) {
  return chart->kind != CHART_SHARE && chart->kind != CHART_RING;
}

// ---- scale ----

static void reach(double value, bool *any, double *least, double *most) {
  if (!*any || value < *least) *least = value;
  if (!*any || value > *most) *most = value;
  *any = true;
}

void chart_range(const Chart *chart, double *least, double *most) {
  bool any = false;
  *least = 0, *most = 0;
  for (size_t i = 0; i < chart->labels.count; i++) {
    double sum = 0;
    bool has = false;
    for (size_t s = 0; s < chart->series.count; s++) {
      OptReal value = chart_at(chart->series.items[s], i);
      if (!value.has) continue;
      has = true;
      sum += value.value;
      if (chart->kind != CHART_STACKED) reach(value.value, &any, least, most);
    }
    if (has && chart->kind == CHART_STACKED) reach(sum, &any, least, most);
  }
  if (chart->target.has) reach(chart->target.value, &any, least, most);
  // A line may begin above nothing when all of it lies far from there; bars never do.
  bool far = chart->kind == CHART_LINE && *least > 0 && *least > *most * 0.7;
  if (!far && *least > 0) *least = 0;
  if (*most < 0) *most = 0;
  if (chart->top.has && chart->top.value > *least) *most = chart->top.value;
}

// 1, 2 or 5 times a power of ten, so that about four lines stand in the frame.
static double step_of(double range, int decimals) {
  double raw = range / 4, power = pow(10, floor(log10(raw)));
  double step = raw / power <= 1   ? power
                : raw / power <= 2 ? 2 * power
                : raw / power <= 5 ? 5 * power
                                   : 10 * power;
  double finest = pow(10, -(decimals < 0 ? 0 : decimals > 3 ? 3 : decimals));
  return step < finest ? finest : step;
}

static void set_scale(Frame *f, double least, double most) {
  if (!(most > least)) most = least + 1;
  f->step = step_of(most - least, f->chart->decimals);
  f->least = floor(least / f->step + 1e-9) * f->step;
  f->most = ceil(most / f->step - 1e-9) * f->step;
  if (!(f->most > f->least)) f->most = f->least + f->step;
}

static int line_count(const Frame *f) {
  double lines = (f->most - f->least) / f->step;
  return lines > 0 && lines < 40 ? (int)lround(lines) : 1;
}

static double axis_width(const Frame *f) {
  double widest = 0;
  for (int i = 0; i <= line_count(f); i++) {
    const char *text = chart_number(f->arena, f->chart, (OptReal){true, f->least + f->step * i});
    double width = picture_text_width(text, CHART_TEXT);
    if (width > widest) widest = width;
  }
  return widest > 90 ? 90 : widest;
}

// ---- grid ----

static void draw_grid(Frame *f) {
  for (int i = 0; i <= line_count(f); i++) {
    double value = f->least + f->step * i, y = floor(frame_y(f, value)) + 0.5;
    bool ground = fabs(value) < f->step / 1000 || i == 0;
    picture_line(f->picture, f->left, y, f->right, y, ground ? INK_EDGE : INK_LINE);
    picture_text(f->picture, f->left - 6, y + 3.5, CHART_TEXT, 1, INK_SOFT,
                 chart_number(f->arena, f->chart, (OptReal){true, value}));
  }
}

static void draw_labels(Frame *f) {
  size_t count = f->chart->labels.count;
  double widest = 1;
  for (size_t i = 0; i < count; i++) {
    double width = picture_text_width(f->chart->labels.items[i], CHART_TEXT);
    if (width > widest) widest = width;
  }
  if (widest > 120) widest = 120;
  // The last one is always named; the others in even steps before it.
  size_t every = (size_t)ceil((widest + 8) / f->slot);
  if (every < 1) every = 1;
  for (size_t i = 0; i < count; i++) {
    if ((count - 1 - i) % every != 0) continue;
    const char *text =
        picture_text_cut(f->arena, f->chart->labels.items[i], CHART_TEXT,
                         f->slot * (double)every > 122 ? f->slot * (double)every : 122);
    double half = picture_text_width(text, CHART_TEXT) / 2, x = frame_x(f, i);
    if (x + half > f->right + 8) x = f->right + 8 - half;
    if (x - half < 0) x = half;
    picture_text(f->picture, x, f->bottom + 15, CHART_TEXT, 0, INK_SOFT, text);
  }
}

static void draw_target(Frame *f) {
  if (!f->chart->target.has) return;
  double y = floor(frame_y(f, f->chart->target.value)) + 0.5;
  Shape *line = picture_line(f->picture, f->left, y, f->right, y, INK_STAGE);
  line->dashed = true;
  line->stroke_width = 1.5;
}

// ---- legend ----

static double legend_entry(Picture *p, double *x, double *y, double width, const char *text) {
  text = picture_text_cut(p->arena, text, CHART_TEXT, width - 20);
  double wanted = 18 + picture_text_width(text, CHART_TEXT) * 1.06;
  if (*x > 0 && *x + wanted > width) *x = 0, *y += CHART_LEGEND_ROW;
  picture_text(p, *x + 18, *y + 11, CHART_TEXT, -1, INK_SOFT, text);
  double at = *x;
  *x += wanted + 16;
  return at;
}

static void legend_sign(Picture *p, const Chart *chart, size_t s, double x, double y) {
  const ChartSeries *series = chart->series.items[s];
  Ink ink = chart_ink(series, s);
  if (chart->kind != CHART_LINE && chart->kind != CHART_BURN_UP) {
    picture_rect(p, x + 1, y + 2, 11, 11, ink)->radius = 2;
    return;
  }
  Shape *line = picture_line(p, x, y + 7.5, x + 14, y + 7.5, ink);
  line->stroke_width = 2;
  line->dashed = series->dashed;
  chart_marker(p, s, x + 7, y + 7.5, ink);
}

double chart_legend(Picture *p, const Chart *chart, double y, double width) {
  double x = 0, from = y;
  bool parts = !has_axes(chart);
  if (chart->series.count < 2 && !chart->target.has && !parts) return 0;
  for (size_t s = 0; s < chart->series.count; s++) {
    const ChartSeries *series = chart->series.items[s];
    if (!parts && series->name[0] == '\0') continue;
    const char *text = parts ? text_format(p->arena, "%s %s", series->name,
                                           chart_number(p->arena, chart, chart_at(series, 0)))
                             : series->name;
    double at = legend_entry(p, &x, &y, width, text);
    legend_sign(p, chart, s, at, y);
  }
  if (chart->target.has) {
    const char *text = text_format(p->arena, "%s %s",
                                   chart->target_name == NULL ? _("Target") : chart->target_name,
                                   chart_number(p->arena, chart, chart->target));
    double at = legend_entry(p, &x, &y, width, text);
    Shape *line = picture_line(p, at, y + 7.5, at + 14, y + 7.5, INK_STAGE);
    line->dashed = true;
    line->stroke_width = 1.5;
  }
  return y - from + CHART_LEGEND_ROW + 4;
}

// ---- charts of parts ----

static double whole_of(const Chart *chart) {
  double whole = 0;
  for (size_t s = 0; s < chart->series.count; s++) {
    OptReal value = chart_at(chart->series.items[s], 0);
    if (value.has && value.value > 0) whole += value.value;
  }
  return whole;
}

static const char *part_words(const Chart *chart, const ChartSeries *series) {
  return text_format(chart->arena, "%s: %s", series->name,
                     chart_number(chart->arena, chart, chart_at(series, 0)));
}

static void draw_share(Picture *p, const Chart *chart, double width, double height) {
  double whole = whole_of(chart), x = 0;
  picture_rect(p, 0, 2, width, height, INK_SUNKEN)->radius = 3;
  for (size_t s = 0; s < chart->series.count && whole > 0; s++) {
    const ChartSeries *series = chart->series.items[s];
    OptReal value = chart_at(series, 0);
    if (!value.has || value.value <= 0) continue;
    double part = value.value / whole * width;
    Shape *bar = picture_rect(p, x, 2, part > 2 ? part - 1 : part, height, chart_ink(series, s));
    bar->words = part_words(chart, series);
    x += part;
  }
}

static void draw_ring(Picture *p, const Chart *chart, double x, double y, double radius) {
  double whole = whole_of(chart), at = 0;
  Shape *track = picture_circle(p, x, y, radius, INK_NONE, INK_SUNKEN);
  track->stroke_width = radius / 3.6;
  for (size_t s = 0; s < chart->series.count && whole > 0; s++) {
    const ChartSeries *series = chart->series.items[s];
    OptReal value = chart_at(series, 0);
    if (!value.has || value.value <= 0) continue;
    double part = value.value / whole, gap = part < 0.995 && part > 0.01 ? 0.003 : 0;
    Shape *arc = picture_circle(p, x, y, radius, INK_NONE, chart_ink(series, s));
    arc->kind = SHAPE_ARC;
    arc->stroke_width = radius / 3.6;
    arc->from = at + gap, arc->to = at + part - gap;
    arc->words = part_words(chart, series);
    at += part;
  }
  if (!text_is_empty(chart->middle))
    picture_text(p, x, y + radius * 0.16, radius * 0.46, 0, INK_TEXT, chart->middle)->strong = true;
}

static Picture *parts_picture(Arena *arena, const Chart *chart, double width) {
  Picture *p = picture_new(arena, width, 0, chart->title);
  p->description = chart_words(arena, chart);
  if (chart->kind == CHART_SHARE) {
    draw_share(p, chart, width, 16);
    p->height = 28 + chart_legend(p, chart, 26, width);
    return p;
  }
  double size = 128 < width ? 128 : width, beside = width - size - 20;
  draw_ring(p, chart, size / 2, size / 2, size * 0.4);
  if (beside < 110) {
    p->height = size + 8 + chart_legend(p, chart, size + 6, width);
    return p;
  }
  double y = size / 2 - CHART_LEGEND_ROW * (double)chart->series.count / 2;
  for (size_t s = 0; s < chart->series.count; s++) {
    const ChartSeries *series = chart->series.items[s];
    legend_sign(p, chart, s, size + 20, y);
    const char *text =
        text_format(arena, "%s %s", series->name, chart_number(arena, chart, chart_at(series, 0)));
    picture_text(p, size + 38, y + 11, CHART_TEXT, -1, INK_SOFT,
                 picture_text_cut(arena, text, CHART_TEXT, beside - 18));
    y += CHART_LEGEND_ROW;
  }
  p->height = y + 4 > size ? y + 4 : size;
  return p;
}

// ---- the whole ----

Picture *chart_picture_scaled(Arena *arena, const Chart *chart, double width, double least,
                              double most) {
  if (width < 120) width = 120;
  if (!has_axes(chart)) return parts_picture(arena, chart, width);
  Picture *p = picture_new(arena, width, 0, chart->title);
  p->description = chart_words(arena, chart);
  double legend = chart_legend(p, chart, 0, width);
  double plot = width >= 460 ? 168 : width >= 300 ? 132 : 104;
  Frame f = {.arena = arena, .chart = chart, .picture = p};
  set_scale(&f, least, most);
  f.top = legend + HEAD;
  f.bottom = f.top + plot;
  if (chart_lies(chart, width)) {
    chart_draw_rows(&f, width);
    return p;
  }
  f.left = axis_width(&f) + 8;
  f.right = width - 8;
  f.slot = (f.right - f.left) / (double)(chart->labels.count == 0 ? 1 : chart->labels.count);
  p->height = f.bottom + FOOT;
  draw_grid(&f);
  if (chart->kind == CHART_LINE || chart->kind == CHART_BURN_UP)
    chart_draw_lines(&f);
  else
    chart_draw_bars(&f);
  draw_target(&f);
  draw_labels(&f);
  return p;
}

Picture *chart_picture(Arena *arena, const Chart *chart, double width) {
  double least, most;
  chart_range(chart, &least, &most);
  return chart_picture_scaled(arena, chart, width, least, most);
}
