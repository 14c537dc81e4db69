// SPDX-License-Identifier: Apache-2.0
// A frozen pack, read back from its JSON. It is our own, and its hash is checked by `daybook
// verify`; what is not there is nothing.
#include <jansson.h>

#include "report/chart.h"
#include "reviews/pack.h"

static const char *text_of(Context *c, const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text == NULL ? "" : text_copy(c->arena, text);
}

static OptReal real_of(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  if (!json_is_number(value)) return (OptReal){0};
  return (OptReal){.has = true, .value = json_number_value(value)};
}

static bool flag_of(const json_t *object, const char *name) {
  return json_is_true(json_object_get(object, name));
}

static Date date_of(const json_t *object, const char *name) {
  Date day = DATE_NONE;
  const char *text = json_string_value(json_object_get(object, name));
  return text != NULL && date_parse(text, &day) ? day : DATE_NONE;
}

static void read_figure(Context *c, const json_t *from, PackFigure *to) {
  const char *better = json_string_value(json_object_get(from, "better"));
  to->figure = (SectionFigure){.key = text_of(c, from, "key"),
                               .label = text_of(c, from, "label"),
                               .unit = text_of(c, from, "unit"),
                               .why = text_of(c, from, "why"),
                               .place = text_of(c, from, "place"),
                               .value = real_of(from, "value"),
                               .target = real_of(from, "target"),
                               .better = text_equal(better, "higher")  ? BETTER_HIGHER
                                         : text_equal(better, "lower") ? BETTER_LOWER
                                                                       : BETTER_NEITHER,
                               .headline = flag_of(from, "headline")};
  size_t i;
  const json_t *point;
  json_array_foreach(json_object_get(from, "trend"), i, point) {
    *list_add(c->arena, &to->trend) = (PackPoint){date_of(point, "day"), real_of(point, "value")};
  }
}

static SectionTable *read_table(Context *c, const json_t *from) {
  SectionTable *table = arena_new(c->arena, SectionTable);
  table->title = text_of(c, from, "title");
  table->left_out = json_integer_value(json_object_get(from, "left_out"));
  size_t i;
  const json_t *one;
  json_array_foreach(json_object_get(from, "columns"), i, one) {
    *list_add(c->arena, &table->columns) = text_copy(c->arena, json_string_value(one));
  }
  json_array_foreach(json_object_get(from, "cells"), i, one) {
    *list_add(c->arena, &table->cells) =
        (SectionCell){text_of(c, one, "text"), text_of(c, one, "place")};
  }
  return table;
}

static const char *text_or_null(Arena *arena, const json_t *object, const char *name) {
  return text_copy(arena, json_string_value(json_object_get(object, name)));
}

static void read_series(Arena *arena, const json_t *from, Chart *chart) {
  Ink ink = INK_DOING;
  ink_parse(json_string_value(json_object_get(from, "ink")), &ink);
  const char *name = text_or_null(arena, from, "name");
  ChartSeries *series = chart_series(chart, name == NULL ? "" : name, ink);
  series->dashed = json_is_true(json_object_get(from, "dashed"));
  size_t i;
  const json_t *value;
  json_array_foreach(json_object_get(from, "values"), i, value) {
    if (json_is_number(value))
      chart_value(chart, series, json_number_value(value));
    else
      chart_gap(chart, series);
  }
}

static Chart *chart_get(Arena *arena, const json_t *from) {
  ChartKind kind = CHART_BARS;
  chart_kind_parse(json_string_value(json_object_get(from, "kind")), &kind);
  const char *title = text_or_null(arena, from, "title");
  Chart *chart =
      chart_new(arena, kind, title == NULL ? "" : title, text_or_null(arena, from, "note"));
  chart->unit = text_or_null(arena, from, "unit");
  chart->middle = text_or_null(arena, from, "middle");
  chart->target_name = text_or_null(arena, from, "target_name");
  chart->decimals = (int)json_integer_value(json_object_get(from, "decimals"));
  const json_t *target = json_object_get(from, "target");
  if (json_is_number(target)) chart->target = (OptReal){true, json_number_value(target)};
  size_t i;
  const json_t *one;
  json_array_foreach(json_object_get(from, "labels"), i, one) {
    const char *label = text_copy(arena, json_string_value(one));
    chart_label(chart, label == NULL ? "" : label);
  }
  json_array_foreach(json_object_get(from, "series"), i, one) {
    read_series(arena, one, chart);
  }
  return chart;
}

static void read_section(Context *c, const json_t *from, PackSection *to) {
  *to = (PackSection){.key = text_of(c, from, "key"),
                      .title = text_of(c, from, "title"),
                      .purpose = text_of(c, from, "purpose"),
                      .words = text_of(c, from, "words"),
                      .said = text_of(c, from, "said"),
                      .input = text_of(c, from, "input")[0],
                      .nothing = flag_of(from, "nothing")};
  size_t i;
  const json_t *one;
  json_array_foreach(json_object_get(from, "figures"), i, one) {
    read_figure(c, one, list_add(c->arena, &to->figures));
  }
  json_array_foreach(json_object_get(from, "tables"), i, one) {
    *list_add(c->arena, &to->tables) = read_table(c, one);
  }
  json_array_foreach(json_object_get(from, "charts"), i, one) {
    *list_add(c->arena, &to->charts) = chart_get(c->arena, one);
  }
}

static void read_input(Context *c, const json_t *from, Pack *out) {
  const char *letter = text_of(c, from, "letter"), *state = text_of(c, from, "state");
  if (letter[0] < 'a' || letter[0] >= 'a' + REVIEW_INPUT_COUNT) return;
  PackInput *input = &out->inputs[letter[0] - 'a'];
  *input = (PackInput){.letter = letter[0],
                       .title = text_of(c, from, "title"),
                       .asks = text_of(c, from, "asks"),
                       .words = text_of(c, from, "words"),
                       .reason = text_of(c, from, "reason"),
                       .deferred_to = text_of(c, from, "deferred_to"),
                       .deferred_due = date_of(from, "deferred_due")};
  for (int i = INPUT_OPEN; i <= INPUT_DEFERRED; i++)
    if (text_equal(state, input_state_name((InputState)i))) input->state = (InputState)i;
}

static void read_pack(Context *c, const json_t *root, Pack *out) {
  *out = (Pack){.review = json_integer_value(json_object_get(root, "id")),
                .title = text_of(c, root, "title"),
                .organisation = text_of(c, root, "organisation"),
                .slug = text_of(c, root, "slug"),
                .chair = text_of(c, root, "chair"),
                .agenda = text_of(c, root, "agenda"),
                .made_by = "",
                .reason = "",
                .sha256 = "",
                .due = date_of(root, "due"),
                .from = date_of(root, "from"),
                .to = date_of(root, "to"),
                .made = INSTANT_NONE};
  instant_parse(text_of(c, root, "made"), &out->made);
  size_t i;
  const json_t *one;
  json_array_foreach(json_object_get(root, "people"), i, one) {
    *list_add(c->arena, &out->people) =
        (PackPerson){text_of(c, one, "name"), text_of(c, one, "part"), flag_of(one, "chair")};
  }
  json_array_foreach(json_object_get(root, "inputs"), i, one) {
    read_input(c, one, out);
  }
  json_array_foreach(json_object_get(root, "sections"), i, one) {
    read_section(c, one, list_add(c->arena, &out->sections));
  }
}

static void json_finish(json_t **json) {
  json_decref(*json);
}

bool frozen_pack_read(Context *c, const char *json, Pack *out) {
  json_error_t error;
  json_t *root __attribute__((cleanup(json_finish))) = json_loads(json, 0, &error);
  if (!json_is_object(root)) return failure(c, "a frozen pack is no JSON: %s", error.text);
  read_pack(c, root, out);
  return true;
}
