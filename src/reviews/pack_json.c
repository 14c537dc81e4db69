// SPDX-License-Identifier: Apache-2.0
// The pack as JSON: what is frozen, and what the API and the command line answer.
#include "reviews/pack_chart.h"

static void put_real(Json *j, const char *name, OptReal value) {
  json_key(j, name);
  if (value.has)
    json_real(j, value.value);
  else
    json_null(j);
}

static void put_figure(Json *j, const PackFigure *from) {
  static const char *const better[] = {"neither", "higher", "lower"};
  const SectionFigure *figure = &from->figure;
  json_open(j);
  json_put_text(j, "key", figure->key);
  json_put_text(j, "label", figure->label);
  put_real(j, "value", figure->value);
  json_put_bool(j, "measured", figure->value.has);
  json_put_text(j, "unit", figure->unit);
  put_real(j, "target", figure->target);
  json_put_text(j, "better", better[figure->better]);
  json_put_bool(j, "headline", figure->headline);
  json_put_text(j, "why", figure->why);
  json_put_text(j, "place", figure->place);
  json_key(j, "trend");
  json_open_list(j);
  for (size_t i = 0; i < from->trend.count; i++) {
    json_open(j);
    json_put_date(j, "day", from->trend.items[i].day);
    put_real(j, "value", from->trend.items[i].value);
    json_close(j);
  }
  json_close_list(j);
  json_close(j);
}

static void put_table(Json *j, const SectionTable *table) {
  json_open(j);
  json_put_text(j, "title", table->title);
  json_key(j, "columns");
  json_open_list(j);
  for (size_t i = 0; i < table->columns.count; i++) json_text(j, table->columns.items[i]);
  json_close_list(j);
  json_key(j, "cells");
  json_open_list(j);
  for (size_t i = 0; i < table->cells.count; i++) {
    json_open(j);
    json_put_text(j, "text", table->cells.items[i].text);
    json_put_text(j, "place", table->cells.items[i].place);
    json_close(j);
  }
  json_close_list(j);
  json_put_int(j, "left_out", table->left_out);
  json_close(j);
}

static void put_section(Json *j, const PackSection *section) {
  const char letter[2] = {section->input, '\0'};
  json_open(j);
  json_put_text(j, "key", section->key);
  json_put_text(j, "input", letter);
  json_put_text(j, "title", section->title);
  json_put_text(j, "purpose", section->purpose);
  json_put_text(j, "words", section->words);
  json_put_text(j, "said", section->said);
  json_put_bool(j, "nothing", section->nothing);
  json_key(j, "figures");
  json_open_list(j);
  for (size_t i = 0; i < section->figures.count; i++) put_figure(j, &section->figures.items[i]);
  json_close_list(j);
  json_key(j, "tables");
  json_open_list(j);
  for (size_t i = 0; i < section->tables.count; i++) put_table(j, section->tables.items[i]);
  json_close_list(j);
  json_key(j, "charts");
  json_open_list(j);
  for (size_t i = 0; i < section->charts.count; i++) chart_put(j, section->charts.items[i]);
  json_close_list(j);
  json_close(j);
}

static void put_input(Json *j, const PackInput *input) {
  const char letter[2] = {input->letter, '\0'};
  json_open(j);
  json_put_text(j, "letter", letter);
  json_put_text(j, "title", input->title);
  json_put_text(j, "asks", input->asks);
  json_put_text(j, "state", input_state_name(input->state));
  json_put_text(j, "words", input->words);
  json_put_text(j, "reason", input->reason);
  json_put_text(j, "deferred_to", input->deferred_to);
  json_put_date(j, "deferred_due", input->deferred_due);
  json_close(j);
}

static void put_people(Json *j, const Pack *pack) {
  json_key(j, "people");
  json_open_list(j);
  for (size_t i = 0; i < pack->people.count; i++) {
    json_open(j);
    json_put_text(j, "name", pack->people.items[i].name);
    json_put_text(j, "part", pack->people.items[i].part);
    json_put_bool(j, "chair", pack->people.items[i].chair);
    json_close(j);
  }
  json_close_list(j);
}

static void put_edition(Json *j, const Pack *pack) {
  const bool draft = pack->edition == 0;
  json_put_bool(j, "draft", draft);
  json_put_int(j, "edition", pack->edition);
  json_put_text(j, "sha256", draft ? NULL : pack->sha256);
  json_put_instant(j, "issued", draft ? INSTANT_NONE : pack->made);
}

static const char *write_pack(Context *c, const Pack *pack, bool with_edition) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_text(&j, "format", "daybook review pack 1");
  if (with_edition) put_edition(&j, pack);
  json_put_int(&j, "id", pack->review);
  json_put_text(&j, "title", pack->title);
  json_put_text(&j, "organisation", pack->organisation);
  json_put_text(&j, "slug", pack->slug);
  json_put_date(&j, "due", pack->due);
  json_put_date(&j, "from", pack->from);
  json_put_date(&j, "to", pack->to);
  json_put_instant(&j, "made", pack->made);
  json_put_text(&j, "chair", pack->chair);
  json_put_text(&j, "agenda", pack->agenda);
  put_people(&j, pack);
  json_key(&j, "inputs");
  json_open_list(&j);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) put_input(&j, &pack->inputs[i]);
  json_close_list(&j);
  json_key(&j, "sections");
  json_open_list(&j);
  for (size_t i = 0; i < pack->sections.count; i++) put_section(&j, &pack->sections.items[i]);
  json_close_list(&j);
  json_close(&j);
  return json_result(&j);
}

const char *pack_json(Context *c, const Pack *pack) {
  return write_pack(c, pack, false);
}

const char *pack_json_answer(Context *c, const Pack *pack) {
  return write_pack(c, pack, true);
}
