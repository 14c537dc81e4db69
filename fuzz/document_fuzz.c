// SPDX-License-Identifier: Apache-2.0
// The document that the worker reads, whatever it holds: within the builder's bounds, the same
// again when written and read, every picture drawn with finite numbers, no markup out of texts.
#include "report/document.h"

#include <math.h>
#include <string.h>

#include "fuzz.h"

static void is_finite(const Picture *p) {
  MUST(p->shapes.count <= PICTURE_MOST_SHAPES);
  MUST(isfinite(p->width) && isfinite(p->height) && p->width > 0);
  for (size_t i = 0; i < p->shapes.count; i++) {
    const Shape *s = &p->shapes.items[i];
    MUST(isfinite(s->x) && isfinite(s->y) && isfinite(s->width) && isfinite(s->height));
    for (size_t k = 0; k < s->count; k++)
      MUST(isfinite(s->points[k].x) && isfinite(s->points[k].y));
  }
}

static void block_holds(Arena *arena, const Block *block) {
  if (block->picture != NULL) is_finite(block->picture);
  if (block->table != NULL) MUST(block->table->column_count <= DOCUMENT_MOST_COLUMNS);
  for (size_t i = 0; i < block->charts.count; i++) {
    const Chart *chart = block->charts.items[i];
    MUST(chart->labels.count <= CHART_MOST_LABELS && chart->series.count <= CHART_MOST_SERIES);
    if (!chart_is_empty(chart)) is_finite(chart_picture(arena, chart, 300));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 30000) return 0;
  Context c;
  context_init(&c, NULL);
  const char *problem;
  Document *d = document_read(c.arena, (const char *)data, size, &problem);
  MUST((d == NULL) == (problem != NULL));
  if (d != NULL) {
    MUST(d->rows <= DOCUMENT_MOST_ROWS && d->blocks.count <= DOCUMENT_MOST_BLOCKS);
    for (size_t i = 0; i < d->blocks.count; i++) block_holds(c.arena, &d->blocks.items[i]);
    const char *once = document_json(&c, d);
    Document *again = document_read(c.arena, once, strlen(once), &problem);
    MUST(again != NULL);
    again->head.hash = d->head.hash;
    const char *html = document_html(&c, d).bytes;
    MUST(strstr(html, "<script") == NULL && strstr(html, "href=\"javascript:") == NULL);
    document_markdown(&c, d);
  }
  context_finish(&c);
  return 0;
}
