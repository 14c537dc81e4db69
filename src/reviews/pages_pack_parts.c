// SPDX-License-Identifier: Apache-2.0
// The pack as views: figures with their trend, tables, charts.
#include "reviews/pack_chart.h"
#include "reviews/pages.h"

#include <math.h>

static const char *moved_words(Context *c, const PackFigure *figure) {
  const size_t count = figure->trend.count;
  if (count < 2) return "";
  const OptReal before = figure->trend.items[count - 2].value, now = figure->figure.value;
  if (!before.has || !now.has) return "";
  double difference = now.value - before.value;
  if (fabs(difference) < 0.0005) return _("as last time");
  const OptReal size = {true, fabs(difference)};
  return text_format(c->arena,
                     difference > 0 ? _("%s more than last time") : _("%s less than last time"),
                     figure_words(c->arena, size, figure->figure.unit));
}

static bool misses_target(const SectionFigure *figure) {
  if (!figure->value.has || !figure->target.has) return false;
  return figure->better == BETTER_LOWER ? figure->value.value > figure->target.value
                                        : figure->value.value < figure->target.value;
}

PackFigureView figure_view(Context *c, const char *slug, const PackFigure *figure) {
  static const char *const moves[] = {
      [MOVE_UNKNOWN] = "", [MOVE_SAME] = "same", [MOVE_BETTER] = "better", [MOVE_WORSE] = "worse"};
  const SectionFigure *what = &figure->figure;
  PackFigureView view = {
      .label = what->label,
      .value = figure_words(c->arena, what->value, what->unit),
      .measured = what->value.has,
      .target = what->target.has ? figure_words(c->arena, what->target, what->unit) : "",
      .why = what->why,
      .href = place_of(c, slug, what->place),
      .tone = misses_target(what) ? "late" : "",
      .moved = moved_words(c, figure),
      .better = moves[figure_move(figure)],
      .chart = {"", 0}};
  size_t measured = 0;
  PackTrendPoint *points = arena_array(c->arena, figure->trend.count + 1, sizeof(PackTrendPoint));
  for (size_t i = 0; i < figure->trend.count; i++) {
    const PackPoint *point = &figure->trend.items[i];
    measured += point->value.has;
    points[i] = (PackTrendPoint){point->day, figure_words(c->arena, point->value, what->unit)};
  }
  view.trend = (PackTrendPointList){points, figure->trend.count};
  if (measured > 1 && figure_moved(figure))
    view.chart = chart_spark(c->arena, figure_chart(c->arena, figure, CHART_LINE));
  return view;
}

static PackTableView table_view(Context *c, const char *slug, const SectionTable *table) {
  const size_t columns = table->columns.count;
  PackHeadView *head = arena_array(c->arena, columns + 1, sizeof *head);
  for (size_t i = 0; i < columns; i++) {
    bool number = table->columns.items[i][0] == '#';
    head[i] = (PackHeadView){table->columns.items[i] + number, number};
  }
  size_t count = columns == 0 ? 0 : table->cells.count / columns;
  PackRowView *rows = arena_array(c->arena, count + 1, sizeof *rows);
  for (size_t r = 0; r < count; r++) {
    PackCellView *cells = arena_array(c->arena, columns, sizeof *cells);
    for (size_t i = 0; i < columns; i++) {
      const SectionCell *cell = &table->cells.items[r * columns + i];
      cells[i] = (PackCellView){cell->text, place_of(c, slug, cell->place), head[i].number};
    }
    rows[r].cells = (PackCellViewList){cells, columns};
  }
  return (PackTableView){.title = table->title,
                         .head = {head, columns},
                         .rows = {rows, count},
                         .left_out = table->left_out};
}

static PackSectionView section_view(Context *c, const char *slug, const PackSection *section) {
  PackFigureView *figures =
      arena_array(c->arena, section->figures.count + 1, sizeof(PackFigureView));
  for (size_t i = 0; i < section->figures.count; i++)
    figures[i] = figure_view(c, slug, &section->figures.items[i]);
  PackTableView *tables = arena_array(c->arena, section->tables.count + 1, sizeof(PackTableView));
  for (size_t i = 0; i < section->tables.count; i++)
    tables[i] = table_view(c, slug, section->tables.items[i]);
  PackChartView *charts = arena_array(c->arena, section->charts.count + 1, sizeof(PackChartView));
  size_t drawn = 0;
  for (size_t i = 0; i < section->charts.count; i++)
    if (!chart_is_empty(section->charts.items[i]))
      charts[drawn++].picture = chart_html(c->arena, section->charts.items[i]);
  return (PackSectionView){.key = section->key,
                           .title = section->title,
                           .purpose = section->purpose,
                           .words = section->words,
                           .said = section->said,
                           .nothing = section->nothing,
                           .figures = {figures, section->figures.count},
                           .tables = {tables, section->tables.count},
                           .charts = {charts, drawn}};
}

PackInputView input_view(Context *c, const Pack *pack, const char *slug, char letter) {
  const PackInput *input = &pack->inputs[letter - 'a'];
  PackInputView view = {.letter = text_copy_n(c->arena, &letter, 1),
                        .title = input->title,
                        .asks = input->asks,
                        .state = input_state_name(input->state),
                        .state_title = input_title(input->state),
                        .words = input->words,
                        .reason = input->reason,
                        .deferred_to = input->deferred_to};
  view.sections.items = arena_array(c->arena, pack->sections.count + 1, sizeof(PackSectionView));
  for (size_t i = 0; i < pack->sections.count; i++)
    if (pack->sections.items[i].input == letter)
      view.sections.items[view.sections.count++] = section_view(c, slug, &pack->sections.items[i]);
  return view;
}

static PackFigureViewList headlines(Context *c, const Pack *pack, const char *slug) {
  PackFigureViewList list = {0};
  size_t count = 0;
  for (size_t i = 0; i < pack->sections.count; i++) count += pack->sections.items[i].figures.count;
  list.items = arena_array(c->arena, count + 1, sizeof *list.items);
  for (size_t i = 0; i < pack->sections.count; i++)
    for (size_t k = 0; k < pack->sections.items[i].figures.count; k++)
      if (pack->sections.items[i].figures.items[k].figure.headline)
        list.items[list.count++] = figure_view(c, slug, &pack->sections.items[i].figures.items[k]);
  return list;
}

PackBody pack_body(Context *c, const Pack *pack, const char *slug) {
  PackBody body = {.agenda = pack->agenda, .headlines = headlines(c, pack, slug)};
  body.people.items = arena_array(c->arena, pack->people.count + 1, sizeof(ReviewPerson));
  for (size_t i = 0; i < pack->people.count; i++) {
    Part part = PART_GUEST;
    part_parse(pack->people.items[i].part, &part);
    body.people.items[body.people.count++] = (ReviewPerson){.name = pack->people.items[i].name,
                                                            .initials = "",
                                                            .part = part_name(part),
                                                            .part_title = part_title(part),
                                                            .chair = pack->people.items[i].chair,
                                                            .presence = "not_said"};
  }
  body.inputs.items = arena_array(c->arena, REVIEW_INPUT_COUNT, sizeof(PackInputView));
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++)
    body.inputs.items[body.inputs.count++] = input_view(c, pack, slug, (char)('a' + i));
  return body;
}
