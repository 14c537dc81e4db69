// SPDX-License-Identifier: Apache-2.0
// Charts on a page: drawn twice, for wide and for narrow screens (the style shows one), with the
// same values as a table for who prefers to read them.
#include "report/picture.h"

enum { WIDE = 640, NARROW = 320, SMALL = 300, SPARK_WIDTH = 96, SPARK_HEIGHT = 24 };

static OptReal value_at(const ChartSeries *series, size_t i) {
  return i < series->values.count ? series->values.items[i] : (OptReal){0};
}

static void cell(Text *out, const char *element, const char *attributes, const char *text) {
  text_add_format(out, "<%s%s>", element, attributes);
  html_text(out, text);
  text_add_format(out, "</%s>", element);
}

static void table_of_parts(Text *out, Arena *arena, const Chart *chart) {
  text_add(out, "<tbody>");
  for (size_t s = 0; s < chart->series.count; s++) {
    const ChartSeries *series = chart->series.items[s];
    text_add(out, "<tr>");
    cell(out, "th", " scope=\"row\"", series->name);
    cell(out, "td", " class=\"number\"", chart_number(arena, chart, value_at(series, 0)));
    text_add(out, "</tr>");
  }
  text_add(out, "</tbody>");
}

static void table_of_labels(Text *out, Arena *arena, const Chart *chart) {
  text_add(out, "<thead><tr><td></td>");
  for (size_t s = 0; s < chart->series.count; s++) {
    const char *name = chart->series.items[s]->name;
    cell(out, "th", " scope=\"col\" class=\"number\"", name[0] == '\0' ? chart->title : name);
  }
  text_add(out, "</tr></thead><tbody>");
  for (size_t i = 0; i < chart->labels.count; i++) {
    text_add(out, "<tr>");
    cell(out, "th", " scope=\"row\"", chart->labels.items[i]);
    for (size_t s = 0; s < chart->series.count; s++)
      cell(out, "td", " class=\"number\"",
           chart_number(arena, chart, value_at(chart->series.items[s], i)));
    text_add(out, "</tr>");
  }
  text_add(out, "</tbody>");
}

static void add_table(Text *out, Arena *arena, const Chart *chart) {
  text_add(out, "<details class=\"more more-small no-print\"><summary>");
  html_text(out, _("The same as a table"));
  text_add(out, "</summary><div class=\"table-responsive\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"");
  html_text(out, chart->title);
  text_add(out, "\"><table class=\"table table-sm\">");
  cell(out, "caption", " class=\"visually-hidden\"", chart->title);
  if (chart->kind == CHART_SHARE || chart->kind == CHART_RING)
    table_of_parts(out, arena, chart);
  else
    table_of_labels(out, arena, chart);
  text_add(out, "</table></div></details>");
}

static void add_caption(Text *out, const Chart *chart) {
  if (text_is_empty(chart->title) && text_is_empty(chart->note)) return;
  text_add(out, "<figcaption>");
  if (chart->href != NULL) {
    text_add(out, "<a class=\"title-link\" href=\"");
    html_url(out, chart->href);
    text_add(out, "\">");
    html_text(out, chart->title);
    text_add(out, "</a>");
  } else {
    cell(out, "strong", "", chart->title);
  }
  if (!text_is_empty(chart->note)) cell(out, "span", " class=\"meta\"", chart->note);
  text_add(out, "</figcaption>");
}

static void add_figure(Text *out, Arena *arena, const Chart *chart, double least, double most,
                       bool small) {
  text_add_format(out, "<figure class=\"chart%s\">", small ? " chart-small" : "");
  add_caption(out, chart);
  if (chart_is_empty(chart)) {
    cell(out, "p", " class=\"soft\"", _("Nothing has been measured yet."));
  } else if (small) {
    picture_svg(out, chart_picture_scaled(arena, chart, SMALL, least, most), "");
    add_table(out, arena, chart);
  } else {
    picture_svg(out, chart_picture_scaled(arena, chart, WIDE, least, most), "chart-wide");
    picture_svg(out, chart_picture_scaled(arena, chart, NARROW, least, most), "chart-narrow");
    add_table(out, arena, chart);
  }
  text_add(out, "</figure>");
}

Html chart_html(Arena *arena, const Chart *chart) {
  Text out;
  double least, most;
  text_init(&out, arena);
  chart_range(chart, &least, &most);
  add_figure(&out, arena, chart, least, most, false);
  return html_of(&out);
}

bool charts_compare(Chart *const *charts, size_t count) {
  bool alike = count > 1;
  for (size_t i = 1; i < count; i++)
    alike &= charts[i]->kind == charts[0]->kind && text_equal(charts[i]->unit, charts[0]->unit);
  return alike;
}

Html charts_html(Arena *arena, Chart *const *charts, size_t count) {
  Text out;
  double least = 0, most = 0;
  text_init(&out, arena);
  for (size_t i = 0; i < count; i++) {
    double from, to;
    chart_range(charts[i], &from, &to);
    if (i == 0 || from < least) least = from;
    if (i == 0 || to > most) most = to;
  }
  text_add(&out, "<div class=\"charts\">");
  for (size_t i = 0; i < count; i++) {
    if (!charts_compare(charts, count)) chart_range(charts[i], &least, &most);
    add_figure(&out, arena, charts[i], least, most, true);
  }
  text_add(&out, "</div>");
  return html_of(&out);
}

// ---- the small one ----

static void spark_line(Picture *p, const Chart *chart, const ChartSeries *series) {
  double least, most;
  chart_range(chart, &least, &most);
  size_t count = chart->labels.count, filled = 0;
  double across = count > 1 ? (SPARK_WIDTH - 8.0) / (double)(count - 1) : 0;
  PicturePoint *points = arena_array(p->arena, count + 1, sizeof *points);
  for (size_t i = 0; i <= count; i++) {
    OptReal value = i < count ? value_at(series, i) : (OptReal){0};
    if (value.has) {
      double share = most > least ? (value.value - least) / (most - least) : 0.5;
      points[filled++] =
          (PicturePoint){4 + across * (double)i, SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 8)};
      continue;
    }
    if (filled > 1) picture_path(p, points, filled, false, INK_NONE, INK_DOING);
    if (filled > 0)
      picture_circle(p, points[filled - 1].x, points[filled - 1].y, 2, INK_DOING, INK_NONE);
    filled = 0;
  }
}

static void spark_bar(Picture *p, const Chart *chart) {
  Chart share = *chart;
  share.kind = CHART_SHARE;
  const Picture *whole = chart_picture(p->arena, &share, SPARK_WIDTH * 2);
  for (size_t i = 0; i < whole->shapes.count; i++) {
    Shape shape = whole->shapes.items[i];
    if (shape.kind != SHAPE_RECT || shape.y > 3) continue;
    shape.x /= 2, shape.width /= 2, shape.y = 8, shape.height = 8;
    *list_add(p->arena, &p->shapes) = shape;
  }
}

Html chart_spark(Arena *arena, const Chart *chart) {
  Text out;
  text_init(&out, arena);
  if (chart_is_empty(chart) || chart->series.count == 0) return html_of(&out);
  Picture *p = picture_new(arena, SPARK_WIDTH, SPARK_HEIGHT, chart->title);
  p->description = chart_words(arena, chart);
  if (chart->kind == CHART_SHARE || chart->kind == CHART_RING)
    spark_bar(p, chart);
  else
    spark_line(p, chart, chart->series.items[0]);
  picture_svg(&out, p, "spark");
  return html_of(&out);
}
