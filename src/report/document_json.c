// SPDX-License-Identifier: Apache-2.0
// The document as JSON: for other programs, and for the worker that lays it out.
#include "report/document.h"

#include "json/json.h"

#include <sodium.h>

static void put(Json *j, const char *name, const char *text) {
  if (text != NULL && text[0] != '\0') json_put_text(j, name, text);
}

static void put_ink(Json *j, Ink ink) {
  if (ink != INK_NONE) json_put_text(j, "ink", ink_name(ink));
}

static void pairs(Json *j, const char *name, const DocumentPairs *list) {
  json_key(j, name);
  json_open_list(j);
  for (size_t i = 0; i < list->count; i++) {
    json_open_list(j);
    json_text(j, list->items[i].name);
    json_text(j, list->items[i].value);
    json_close_list(j);
  }
  json_close_list(j);
}

// ---- tables ----

static void write_cell(Json *j, const DocumentCell *cell) {
  if (cell->ink == INK_NONE && cell->place == NULL) {
    json_text(j, cell->text);
    return;
  }
  json_open(j);
  json_put_text(j, "text", cell->text);
  put(j, "place", cell->place);
  put_ink(j, cell->ink);
  json_close(j);
}

static void write_table(Json *j, const DocumentTable *table) {
  static const char *const aligns[] = {"start", "end", "middle"};
  put(j, "caption", table->caption);
  json_key(j, "columns");
  json_open_list(j);
  for (size_t i = 0; i < table->column_count; i++) {
    json_open(j);
    json_put_text(j, "title", table->columns[i].title);
    json_put_int(j, "weight", table->columns[i].weight);
    json_put_text(j, "align", aligns[table->columns[i].align]);
    json_close(j);
  }
  json_close_list(j);
  json_key(j, "rows");
  json_open_list(j);
  for (size_t i = 0; i < table->rows.count; i++) {
    const DocumentRow *row = &table->rows.items[i];
    if (row->band) {
      json_text(j, row->cells[0].text);
      continue;
    }
    json_open_list(j);
    for (size_t k = 0; k < table->column_count; k++) write_cell(j, &row->cells[k]);
    json_close_list(j);
  }
  json_close_list(j);
  if (table->left_out > 0) json_put_int(j, "left_out", (int64_t)table->left_out);
}

// ---- charts and pictures ----

static void write_real(Json *j, const char *name, OptReal value) {
  if (!value.has) return;
  json_key(j, name);
  json_real(j, value.value);
}

static void write_series(Json *j, const Chart *chart, const ChartSeries *series) {
  size_t most = chart->kind == CHART_SHARE || chart->kind == CHART_RING ? 1 : chart->labels.count;
  json_open(j);
  json_put_text(j, "name", series->name);
  put_ink(j, series->ink);
  if (series->dashed) json_put_bool(j, "dashed", true);
  json_key(j, "values");
  json_open_list(j);
  for (size_t i = 0; i < most; i++) {
    if (i < series->values.count && series->values.items[i].has)
      json_real(j, series->values.items[i].value);
    else
      json_null(j);
  }
  json_close_list(j);
  json_close(j);
}

static void write_chart(Json *j, const Chart *chart) {
  json_open(j);
  json_put_text(j, "chart", chart_kind_name(chart->kind));
  put(j, "title", chart->title);
  put(j, "note", chart->note);
  put(j, "unit", chart->unit);
  put(j, "middle", chart->middle);
  if (chart->decimals != 0) json_put_int(j, "decimals", chart->decimals);
  write_real(j, "target", chart->target);
  put(j, "target_name", chart->target_name);
  write_real(j, "top", chart->top);
  json_key(j, "labels");
  json_open_list(j);
  for (size_t i = 0; i < chart->labels.count; i++) json_text(j, chart->labels.items[i]);
  json_close_list(j);
  json_key(j, "series");
  json_open_list(j);
  for (size_t i = 0; i < chart->series.count; i++) write_series(j, chart, chart->series.items[i]);
  json_close_list(j);
  json_close(j);
}

static void write_numbers(Json *j, const char *name, const double *numbers, size_t count) {
  json_key(j, name);
  json_open_list(j);
  for (size_t i = 0; i < count; i++) json_real(j, numbers[i]);
  json_close_list(j);
}

static void write_shape(Json *j, const Shape *s) {
  static const char *const kinds[] = {"rect", "circle", "path", "arc", "text"};
  json_open(j);
  json_put_text(j, "shape", kinds[s->kind]);
  if (s->fill != INK_NONE) json_put_text(j, "fill", ink_name(s->fill));
  if (s->stroke != INK_NONE) json_put_text(j, "stroke", ink_name(s->stroke));
  const double at[] = {s->x,       s->y,    s->width, s->height, s->radius, s->stroke_width,
                       s->opacity, s->from, s->to};
  write_numbers(j, "at", at, COUNT_OF(at));
  if (s->kind == SHAPE_PATH) {
    json_key(j, "points");
    json_open_list(j);
    for (size_t i = 0; i < s->count; i++) {
      json_real(j, s->points[i].x);
      json_real(j, s->points[i].y);
    }
    json_close_list(j);
  }
  if (s->closed) json_put_bool(j, "closed", true);
  if (s->dashed) json_put_bool(j, "dashed", true);
  if (s->strong) json_put_bool(j, "strong", true);
  if (s->anchor != 0) json_put_int(j, "anchor", s->anchor);
  put(j, "text", s->text);
  put(j, "words", s->words);
  put(j, "place", s->place);
  json_close(j);
}

static void write_picture(Json *j, const Picture *p) {
  const double size[] = {p->width, p->height};
  put(j, "title", p->title);
  put(j, "description", p->description);
  write_numbers(j, "size", size, COUNT_OF(size));
  json_key(j, "shapes");
  json_open_list(j);
  for (size_t i = 0; i < p->shapes.count; i++) write_shape(j, &p->shapes.items[i]);
  json_close_list(j);
}

// ---- blocks ----

static void write_figures(Json *j, const DocumentFigures *figures) {
  json_key(j, "figures");
  json_open_list(j);
  for (size_t i = 0; i < figures->items.count; i++) {
    const DocumentFigure *figure = &figures->items.items[i];
    json_open(j);
    json_put_text(j, "label", figure->label);
    json_put_text(j, "value", figure->value);
    put(j, "why", figure->why);
    put_ink(j, figure->ink);
    json_close(j);
  }
  json_close_list(j);
}

static void write_items(Json *j, const DocumentList *list) {
  if (list->numbered) json_put_bool(j, "numbered", true);
  json_key(j, "items");
  json_open_list(j);
  for (size_t i = 0; i < list->items.count; i++) json_text(j, list->items.items[i]);
  json_close_list(j);
}

static void write_block(Json *j, const Block *block) {
  json_open(j);
  json_put_text(j, "block", block_names[block->kind]);
  put(j, block->kind == BLOCK_LINK ? "place" : "title", block->title);
  put(j, "text", block->text);
  put(j, "name", block->name);
  put(j, "when", block->when);
  put_ink(j, block->ink);
  if (block->level > 0) json_put_int(j, "level", block->level);
  if (block->new_page) json_put_bool(j, "new_page", true);
  if (block->kind == BLOCK_FACTS) pairs(j, "facts", &block->facts);
  if (block->list != NULL) write_items(j, block->list);
  if (block->figures != NULL) write_figures(j, block->figures);
  if (block->table != NULL) write_table(j, block->table);
  if (block->picture != NULL) write_picture(j, block->picture);
  if (block->kind == BLOCK_CHARTS) {
    json_key(j, "charts");
    json_open_list(j);
    for (size_t i = 0; i < block->charts.count; i++) write_chart(j, block->charts.items[i]);
    json_close_list(j);
  }
  json_close(j);
}

static void write_content(Json *j, const Document *d) {
  const DocumentHead *head = &d->head;
  put(j, "title", head->title);
  put(j, "kind", head->kind);
  put(j, "subtitle", head->subtitle);
  put(j, "organisation", head->organisation);
  put(j, "author", head->author);
  put(j, "language", head->language);
  put(j, "marking", head->marking);
  put(j, "home", head->home);
  if (head->landscape) json_put_bool(j, "landscape", true);
  if (head->brief) json_put_bool(j, "brief", true);
  if (head->large) json_put_bool(j, "large", true);
  pairs(j, "about", &d->about);
  json_key(j, "blocks");
  json_open_list(j);
  for (size_t i = 0; i < d->blocks.count; i++) write_block(j, &d->blocks.items[i]);
  json_close_list(j);
}

const char *document_content(Arena *arena, const Document *d) {
  Json j;
  json_init(&j, arena);
  json_open(&j);
  write_content(&j, d);
  json_close(&j);
  return json_result(&j);
}

const char *document_hash(Arena *arena, const Document *d) {
  if (!text_is_empty(d->head.hash)) return d->head.hash;
  const char *content = document_content(arena, d);
  unsigned char hash[crypto_hash_sha256_BYTES];
  char hex[sizeof hash * 2 + 1];
  crypto_hash_sha256(hash, (const unsigned char *)content, strlen(content));
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  return text_copy(arena, hex);
}

const char *document_json(Context *c, const Document *d) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "document", 1);
  json_put_instant(&j, "made", d->head.made);
  json_put_text(&j, "hash", document_hash(c->arena, d));
  json_put_text(&j, "hash_of", text_is_empty(d->head.hash) ? "content" : "data");
  put(&j, "base_url", d->head.base_url);
  write_content(&j, d);
  json_close(&j);
  return json_result(&j);
}
