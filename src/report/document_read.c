// SPDX-License-Identifier: Apache-2.0
// Reads a document back, in the worker. Nothing is taken on trust: what is not of the expected
// kind is empty, and the bounds of the builder hold because the builder is used.
#include "report/document.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { BYTES_MOST = 32 * 1024 * 1024 };

static const char *text_at(Arena *arena, const json_t *object, const char *name) {
  return text_copy(arena, json_string_value(json_object_get(object, name)));
}

static const char *text_or_empty(Arena *arena, const json_t *value) {
  const char *text = json_string_value(value);
  return text == NULL ? "" : text_copy(arena, text);
}

static bool flag(const json_t *object, const char *name) {
  return json_is_true(json_object_get(object, name));
}

static Ink ink_at(const json_t *object, const char *name) {
  Ink ink = INK_NONE;
  ink_parse(json_string_value(json_object_get(object, name)), &ink);
  return ink;
}

static OptReal real_of(const json_t *value) {
  if (!json_is_number(value)) return (OptReal){0};
  double number = json_number_value(value);
  return (OptReal){isfinite(number) && fabs(number) < 1e15, number};
}

static double bounded(const json_t *value, double least, double most) {
  OptReal number = real_of(value);
  if (!number.has || number.value < least) return least;
  return number.value > most ? most : number.value;
}

// ---- tables ----

static void read_columns(Document *d, DocumentTable *table, const json_t *columns) {
  size_t i;
  json_t *column;
  json_array_foreach(columns, i, column) {
    const char *align = json_string_value(json_object_get(column, "align"));
    document_column(table, text_or_empty(d->arena, json_object_get(column, "title")),
                    (int)bounded(json_object_get(column, "weight"), 1, 100),
                    text_equal(align, "end")      ? ALIGN_END
                    : text_equal(align, "middle") ? ALIGN_MIDDLE
                                                  : ALIGN_START);
  }
  if (table->column_count == 0) document_column(table, "", 1, ALIGN_START);
}

static void read_cell(Document *d, DocumentTable *table, const json_t *cell) {
  if (json_is_object(cell))
    document_cell(table, text_or_empty(d->arena, json_object_get(cell, "text")),
                  text_at(d->arena, cell, "place"), ink_at(cell, "ink"));
  else
    document_cell(table, text_or_empty(d->arena, cell), NULL, INK_NONE);
}

static void read_table(Document *d, const json_t *block) {
  DocumentTable *table = document_table(d, text_at(d->arena, block, "caption"));
  size_t i;
  json_t *row;
  read_columns(d, table, json_object_get(block, "columns"));
  json_array_foreach(json_object_get(block, "rows"), i, row) {
    if (json_is_string(row)) {
      document_band(table, text_or_empty(d->arena, row));
      continue;
    }
    for (size_t k = 0; k < table->column_count; k++) read_cell(d, table, json_array_get(row, k));
  }
  table->left_out += (size_t)bounded(json_object_get(block, "left_out"), 0, 1e9);
}

// ---- charts and pictures ----

static Chart *read_chart(Document *d, const json_t *from) {
  ChartKind kind = CHART_LINE;
  chart_kind_parse(json_string_value(json_object_get(from, "chart")), &kind);
  Chart *chart = chart_new(d->arena, kind, text_or_empty(d->arena, json_object_get(from, "title")),
                           text_at(d->arena, from, "note"));
  chart->unit = text_at(d->arena, from, "unit");
  chart->middle = text_at(d->arena, from, "middle");
  chart->decimals = (int)bounded(json_object_get(from, "decimals"), 0, 3);
  chart->target = real_of(json_object_get(from, "target"));
  chart->target_name = text_at(d->arena, from, "target_name");
  chart->top = real_of(json_object_get(from, "top"));
  size_t i, k;
  json_t *item, *value;
  json_array_foreach(json_object_get(from, "labels"), i, item)
      chart_label(chart, text_or_empty(d->arena, item));
  json_array_foreach(json_object_get(from, "series"), i, item) {
    if (i >= CHART_MOST_SERIES) break;
    ChartSeries *series = chart_series(
        chart, text_or_empty(d->arena, json_object_get(item, "name")), ink_at(item, "ink"));
    series->dashed = flag(item, "dashed");
    json_array_foreach(json_object_get(item, "values"), k, value) {
      OptReal number = real_of(value);
      if (number.has)
        chart_value(chart, series, number.value);
      else
        chart_gap(chart, series);
    }
  }
  return chart;
}

static void read_charts(Document *d, const json_t *block) {
  LIST_OF(Chart *) charts = {0};
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(block, "charts"), i, item) {
    if (i < 100) *list_add(d->arena, &charts) = read_chart(d, item);
  }
  document_charts(d, charts.items, charts.count);
}

static void read_points(Picture *p, Shape *shape, const json_t *points) {
  size_t count = json_array_size(points) / 2;
  if (count > PICTURE_MOST_POINTS) count = PICTURE_MOST_POINTS;
  PicturePoint *copy = arena_array(p->arena, count + 1, sizeof *copy);
  for (size_t i = 0; i < count; i++)
    copy[i] = (PicturePoint){bounded(json_array_get(points, i * 2), -20000, 20000),
                             bounded(json_array_get(points, i * 2 + 1), -20000, 20000)};
  shape->points = copy;
  shape->count = count;
}

static void read_shape(Picture *p, const json_t *from) {
  static const char *const kinds[] = {"rect", "circle", "path", "arc", "text"};
  Shape shape = {0};
  const char *kind = json_string_value(json_object_get(from, "shape"));
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (text_equal(kind, kinds[i])) shape.kind = (ShapeKind)i;
  const json_t *at = json_object_get(from, "at");
  double *const numbers[] = {&shape.x,       &shape.y,      &shape.width,
                             &shape.height,  &shape.radius, &shape.stroke_width,
                             &shape.opacity, &shape.from,   &shape.to};
  for (size_t i = 0; i < COUNT_OF(numbers); i++)
    *numbers[i] = bounded(json_array_get(at, i), i < 2 ? -20000 : 0, 20000);
  shape.fill = ink_at(from, "fill");
  shape.stroke = ink_at(from, "stroke");
  shape.closed = flag(from, "closed");
  shape.dashed = flag(from, "dashed");
  shape.strong = flag(from, "strong");
  shape.anchor = (int)bounded(json_object_get(from, "anchor"), -1, 1);
  if (!json_is_number(json_object_get(from, "anchor"))) shape.anchor = 0;
  shape.text = text_or_empty(p->arena, json_object_get(from, "text"));
  shape.words = text_at(p->arena, from, "words");
  shape.place = text_at(p->arena, from, "place");
  if (shape.kind == SHAPE_PATH) read_points(p, &shape, json_object_get(from, "points"));
  if (p->shapes.count < PICTURE_MOST_SHAPES) *list_add(p->arena, &p->shapes) = shape;
}

static void read_picture(Document *d, const json_t *block) {
  const json_t *size = json_object_get(block, "size");
  Picture *p = picture_new(d->arena, bounded(json_array_get(size, 0), 1, 20000),
                           bounded(json_array_get(size, 1), 1, 20000),
                           text_or_empty(d->arena, json_object_get(block, "title")));
  p->description = text_at(d->arena, block, "description");
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(block, "shapes"), i, item) read_shape(p, item);
  document_picture(d, p);
}

// ---- blocks ----

static void read_pairs(Document *d, const json_t *list,
                       void (*add)(Document *, const char *, const char *)) {
  size_t i;
  json_t *pair;
  json_array_foreach(list, i, pair) add(d, text_or_empty(d->arena, json_array_get(pair, 0)),
                                        text_or_empty(d->arena, json_array_get(pair, 1)));
}

static void read_figures(Document *d, const json_t *block) {
  DocumentFigures *figures = document_figures(d);
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(block, "figures"), i, item) {
    if (i >= 100) break;
    document_figure(figures, text_or_empty(d->arena, json_object_get(item, "label")),
                    text_or_empty(d->arena, json_object_get(item, "value")),
                    text_at(d->arena, item, "why"), ink_at(item, "ink"));
  }
}

static void read_list(Document *d, const json_t *block) {
  DocumentList *list = document_list(d, flag(block, "numbered"));
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(block, "items"), i, item)
      document_item(list, text_or_empty(d->arena, item));
}

static void read_text_block(Document *d, const json_t *block, BlockKind kind) {
  const char *text = text_or_empty(d->arena, json_object_get(block, "text"));
  const char *title = text_or_empty(d->arena, json_object_get(block, "title"));
  switch (kind) {
  case BLOCK_HEADING:
    document_heading(d, (int)bounded(json_object_get(block, "level"), 1, 3), text);
    if (flag(block, "new_page") && d->blocks.count > 0)
      d->blocks.items[d->blocks.count - 1].new_page = true;
    return;
  case BLOCK_PARAGRAPH: document_paragraph(d, text); return;
  case BLOCK_SOFT: document_soft(d, text); return;
  case BLOCK_LINK:
    document_link(d, text, text_or_empty(d->arena, json_object_get(block, "place")));
    return;
  case BLOCK_NOTE: document_note(d, ink_at(block, "ink"), title, text); return;
  case BLOCK_SIGNATURE:
    document_signature(d, title, text_at(d->arena, block, "name"),
                       text_at(d->arena, block, "when"));
    return;
  default: document_page(d); return;
  }
}

static void read_block(Document *d, const json_t *block) {
  const char *name = json_string_value(json_object_get(block, "block"));
  for (BlockKind kind = BLOCK_HEADING; kind < BLOCK_KINDS; kind++) {
    if (!text_equal(name, block_names[kind])) continue;
    switch (kind) {
    case BLOCK_LIST: read_list(d, block); return;
    case BLOCK_FACTS: read_pairs(d, json_object_get(block, "facts"), document_fact); return;
    case BLOCK_FIGURES: read_figures(d, block); return;
    case BLOCK_TABLE: read_table(d, block); return;
    case BLOCK_CHARTS: read_charts(d, block); return;
    case BLOCK_PICTURE: read_picture(d, block); return;
    default: read_text_block(d, block, kind); return;
    }
  }
}

static void read_head(Document *d, const json_t *root) {
  DocumentHead *head = &d->head;
  head->title = document_title(d, json_string_value(json_object_get(root, "title")));
  head->kind = text_at(d->arena, root, "kind");
  head->subtitle = text_at(d->arena, root, "subtitle");
  head->organisation = text_or_empty(d->arena, json_object_get(root, "organisation"));
  head->author = text_at(d->arena, root, "author");
  head->language = text_at(d->arena, root, "language");
  head->marking = text_at(d->arena, root, "marking");
  head->base_url = text_at(d->arena, root, "base_url");
  head->home = text_at(d->arena, root, "home");
  head->hash = text_at(d->arena, root, "hash");
  head->landscape = flag(root, "landscape");
  head->brief = flag(root, "brief");
  head->large = flag(root, "large");
  d->hash_of_content = text_equal(json_string_value(json_object_get(root, "hash_of")), "content");
  const char *made = json_string_value(json_object_get(root, "made"));
  if (made == NULL || !instant_parse(made, &head->made)) head->made = INSTANT_NONE;
}

Document *document_read(Arena *arena, const char *bytes, size_t length, const char **problem) {
  *problem = NULL;
  json_error_t error;
  json_t *root = length > BYTES_MOST ? NULL : json_loadb(bytes, length, 0, &error);
  if (!json_is_object(root) || json_integer_value(json_object_get(root, "document")) != 1) {
    json_decref(root);
    *problem = "this is not a document";
    return NULL;
  }
  Document *d = arena_new(arena, Document);
  d->arena = arena;
  read_head(d, root);
  read_pairs(d, json_object_get(root, "about"), document_about);
  size_t i;
  json_t *block;
  json_array_foreach(json_object_get(root, "blocks"), i, block) read_block(d, block);
  json_decref(root);
  return d;
}
