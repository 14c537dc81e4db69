// SPDX-License-Identifier: Apache-2.0
#include "registers/pictures.h"

enum {
  SMALLEST_SCALE = 5,
  LARGEST_SCALE = 10,
  CELL_WIDTH = 96,
  CELL_HEIGHT = 34,
  LEFT = 96,
  TOP = 8,
  LEAST_WIDTH = 860
};

static int64_t scale_of(const RiskCell *cells, size_t count) {
  int64_t scale = SMALLEST_SCALE;
  for (size_t i = 0; i < count; i++) {
    if (cells[i].likelihood > scale) scale = cells[i].likelihood;
    if (cells[i].impact > scale) scale = cells[i].impact;
  }
  return scale > LARGEST_SCALE ? LARGEST_SCALE : scale;
}

static int64_t items_at(const RiskCell *cells, size_t count, int64_t likelihood, int64_t impact) {
  int64_t items = 0;
  for (size_t i = 0; i < count; i++)
    if (cells[i].likelihood == likelihood && cells[i].impact == impact) items += cells[i].items;
  return items;
}

// Low, medium, high and critical as shares of the largest product.
static const char *cell_class(int64_t likelihood, int64_t impact, int64_t scale) {
  int64_t share = likelihood * impact * 100 / (scale * scale);
  if (share >= 60) return "fill-missed";
  if (share >= 35) return "late";
  return share >= 15 ? "window" : "track";
}

static void draw_cell(Text *svg, int64_t items, int64_t likelihood, int64_t impact, int64_t scale) {
  const char *class = cell_class(likelihood, impact, scale);
  int x = LEFT + (int)(impact - 1) * CELL_WIDTH, y = TOP + (int)(scale - likelihood) * CELL_HEIGHT;
  text_add_format(
      svg, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"%s/>", class, x,
      y, CELL_WIDTH - 4, CELL_HEIGHT - 4, items == 0 ? " opacity=\"0.35\"" : "");
  if (items == 0) return;
  bool dark = text_equal(class, "fill-missed");
  text_add_format(svg, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%lld</text>",
                  dark ? "today-text" : "strong", x + CELL_WIDTH / 2 - 2, y + CELL_HEIGHT / 2 + 2,
                  (long long)items);
}

static void draw_axes(Text *svg, int64_t scale) {
  for (int64_t i = 1; i <= scale; i++) {
    text_add_format(svg,
                    "<text class=\"soft-text\" "
                    "x=\"%d\" y=\"%d\" text-anchor=\"end\">%lld</text>",
                    LEFT - 10, TOP + (int)(scale - i) * CELL_HEIGHT + CELL_HEIGHT / 2 + 2,
                    (long long)i);
    text_add_format(svg,
                    "<text class=\"soft-text\" x=\"%d\" y=\"%d\" "
                    "text-anchor=\"middle\">%lld</text>",
                    LEFT + (int)(i - 1) * CELL_WIDTH + CELL_WIDTH / 2,
                    TOP + (int)scale * CELL_HEIGHT + 16, (long long)i);
  }
  text_add_format(svg, "<text class=\"soft-text\" x=\"0\" y=\"%d\">%s</text>", TOP + 22,
                  _("Likelihood"));
  text_add_format(svg, "<text class=\"soft-text\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                  LEFT + (int)scale * CELL_WIDTH, TOP + (int)scale * CELL_HEIGHT + 34, _("Impact"));
}

Html risk_matrix(Arena *arena, const RiskCell *cells, size_t count) {
  int64_t scale = scale_of(cells, count), shown = 0;
  for (size_t i = 0; i < count; i++)
    if (cells[i].likelihood >= 1 && cells[i].likelihood <= scale && cells[i].impact >= 1 &&
        cells[i].impact <= scale)
      shown += cells[i].items;
  if (shown == 0) return (Html){"", 0};
  int width = LEFT + (int)scale * CELL_WIDTH;
  Text svg;
  text_init(&svg, arena);
  text_add_format(
      &svg, "<svg class=\"picture\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">",
      width > LEAST_WIDTH ? width : LEAST_WIDTH, TOP + (int)scale * CELL_HEIGHT + 40,
      text_format(arena, _("Risks by likelihood and impact: %lld in all"), (long long)shown));
  for (int64_t likelihood = scale; likelihood >= 1; likelihood--)
    for (int64_t impact = 1; impact <= scale; impact++)
      draw_cell(&svg, items_at(cells, count, likelihood, impact), likelihood, impact, scale);
  draw_axes(&svg, scale);
  text_add(&svg, "</svg>");
  return html_of(&svg);
}

Html soa_bar(Arena *arena, int64_t in_place, int64_t under_way, int64_t excluded, int64_t open) {
  const struct {
    Ink ink;
    const char *label;
    int64_t count;
  } parts[] = {{INK_DONE, _("In place"), in_place},
               {INK_LATE, _("Not yet in place"), under_way},
               {INK_COMING, _("Do not apply"), excluded},
               {INK_EDGE, _("Not stated"), open}};
  Chart *chart = chart_new(arena, CHART_SHARE, _("What is said of the 93 controls"), NULL);
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (parts[i].count > 0)
      chart_value(chart, chart_series(chart, parts[i].label, parts[i].ink), (double)parts[i].count);
  return chart_html(arena, chart);
}
