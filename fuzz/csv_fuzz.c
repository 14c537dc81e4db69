// SPDX-License-Identifier: Apache-2.0
// Registers as strangers write them: CSV and Markdown. Every row has a line of the file and either
// as many cells as the header or a problem; cells are clean text; what is written is read alike.
#include "exchange/csv.h"
#include "exchange/markdown.h"

#include <string.h>

#include "fuzz.h"
#include "registers/kinds.h"

static size_t lines_of(const uint8_t *data, size_t size) {
  size_t lines = 1;
  for (size_t i = 0; i < size; i++) lines += data[i] == '\n' || data[i] == '\r';
  return lines;
}

static void rows_are_sound(const Table *table, size_t lines) {
  for (size_t i = 0; i < table->rows.count; i++) {
    const TableRow *row = &table->rows.items[i];
    MUST(row->line >= 1 && row->line <= lines);
    MUST(row->problem != NULL || row->count == table->column_count);
    MUST((row->problem == NULL) == (row->column == 0));
    for (size_t k = 0; k < row->count; k++)
      MUST(row->problem != NULL || text_is_utf8(row->cells[k], strlen(row->cells[k])));
  }
}

static void columns_map_somehow(Arena *arena, const Table *table) {
  if (table->column_count > 32) return;
  ColumnMap map = columns_map(arena, NULL, NULL, table->columns, table->column_count);
  MUST(map.count == table->column_count);
  for (size_t i = 0; i < table->rows.count && i < 8; i++)
    for (size_t k = 0; table->rows.items[i].problem == NULL && k < map.count; k++) {
      Value value;
      const char *problem = NULL;
      if (map.fields[k] < 0) continue;
      Parsed parsed = field_parse(arena, &map.kind->fields[map.fields[k]],
                                  table->rows.items[i].cells[k], &value, &problem);
      MUST((parsed == PARSED_NOT) == (problem != NULL));
    }
}

// A cell that a spreadsheet would run is changed on purpose; the others come back.
static bool is_guarded(const char *cell) {
  return strchr("=+-@", cell[0]) != NULL;
}

static void comes_back(Arena *arena, const Table *table) {
  for (size_t i = 0; i < table->rows.count && i < 8; i++) {
    const TableRow *row = &table->rows.items[i];
    if (row->problem != NULL || row->count == 0 || row->cells[0][0] == '\0') continue;
    Text text;
    text_init(&text, arena);
    text_add(&text, "sep=,\r\n");
    for (size_t k = 0; k < row->count; k++) csv_add_cell(&text, row->cells[k], k == 0);
    csv_end_row(&text);
    for (size_t k = 0; k < row->count; k++) csv_add_cell(&text, row->cells[k], k == 0);
    csv_end_row(&text);
    Csv again;
    csv_parse(arena, text.data, text.length, &again);
    MUST(again.problem == NULL && again.table.rows.count == 1);
    const TableRow *read = &again.table.rows.items[0];
    for (size_t k = 0; k < row->count && k < read->count; k++)
      MUST(is_guarded(row->cells[k]) || strcmp(read->cells[k], row->cells[k]) == 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 20000) return 0;
  Arena *arena = arena_create();
  size_t lines = lines_of(data, size);
  Csv csv;
  csv_parse(arena, (const char *)data, size, &csv);
  MUST(csv.problem == NULL || csv.line >= 1);
  if (csv.problem == NULL) {
    rows_are_sound(&csv.table, lines);
    columns_map_somehow(arena, &csv.table);
    comes_back(arena, &csv.table);
  }
  Markdown markdown;
  markdown_parse(arena, (const char *)data, size, &markdown);
  for (size_t i = 0; i < markdown.tables.count; i++) {
    const Table *table = &markdown.tables.items[i];
    rows_are_sound(table, lines);
    Table turned;
    if (markdown_is_record(table)) markdown_turn_record(arena, table, &turned);
  }
  arena_destroy(arena);
  return 0;
}
