// SPDX-License-Identifier: Apache-2.0
#include "exchange/readings.h"

#include "cli/command.h"
#include "db/db.h"
#include "exchange/csv.h"
#include "exchange/exchange.routes.h"
#include "exchange/exchange.views.h"
#include "exchange/sources.h"
#include "http/request.h"
#include "registers/kinds.h"
#include "registers/measure.h"
#include "json/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct Columns {
  size_t objective, value, date, source; // SIZE_MAX: not there
} Columns;

static size_t column_of(Arena *arena, const Table *table, const char *const *names, size_t count) {
  for (size_t n = 0; n < count; n++)
    for (size_t i = 0; i < table->column_count; i++)
      if (text_equal(column_normal(arena, table->columns[i]), names[n])) return i;
  return SIZE_MAX;
}

static bool find_columns(Context *c, const Table *table, Columns *out) {
  static const char *const objective[] = {"objective", "id", "ref", "reference", "name"};
  static const char *const value[] = {"value", "reading", "current value", "measured"};
  static const char *const date[] = {"date", "at", "measured on", "taken on", "day"};
  static const char *const source[] = {"source", "from", "note"};
  Arena *arena = c->arena;
  *out = (Columns){column_of(arena, table, objective, COUNT_OF(objective)),
                   column_of(arena, table, value, COUNT_OF(value)),
                   column_of(arena, table, date, COUNT_OF(date)),
                   column_of(arena, table, source, COUNT_OF(source))};
  if (out->objective == SIZE_MAX || out->value == SIZE_MAX)
    return invalid(c, "rows",
                   _("The first line names the columns: objective, value, and if you "
                     "like date and source."));
  return true;
}

static const char *cell(const TableRow *row, size_t column) {
  return column < row->count ? row->cells[column] : "";
}

// "4,2" as many write it.
static bool number_of(Arena *arena, const char *text, double *out) {
  char *copy = text_copy(arena, text);
  char *comma = strchr(copy, ',');
  if (comma != NULL && strchr(copy, '.') == NULL) *comma = '.';
  return text_to_real(copy, out);
}

static bool is_there(Context *c, const ReadingNew *reading) {
  Measure measure;
  Readings readings = {0};
  if (!measure_get(c, reading->item, &measure) || !measure_readings(c, &measure, &readings))
    return false;
  for (size_t i = 0; i < readings.count; i++) {
    const Reading *one = &readings.items[i];
    if (!one->withdrawn && one->id != 0 && date_compare(one->on, reading->on) == 0 &&
        fabs(one->value - reading->value) < 1e-9)
      return true;
  }
  return false;
}

// What was wrong with one row is a line of the report, not the end of the file.
static const char *take_problem(Context *c) {
  const char *message =
      c->error.fields.count > 0 ? c->error.fields.items[0].message : c->error.message;
  c->error = (Error){0};
  return message;
}

static const char *import_row(Context *c, const TableRow *row, const Columns *columns,
                              ReadingsReport *out) {
  if (row->problem != NULL) return row->problem;
  ReadingNew reading = {.on = c->today, .source = cell(row, columns->source)};
  const char *value = cell(row, columns->value), *day = cell(row, columns->date);
  int64_t id;
  int minute;
  if (text_is_empty(value)) return _("no value: a missing reading is left out, not written as 0");
  if (!number_of(c->arena, value, &reading.value))
    return text_format(c->arena, _("“%s” is no number"), value);
  DayForm form = text_is_empty(day) ? DAY_ONLY : day_read(day, &reading.on, &minute);
  if (form == DAY_NOT || form == DAY_IMPOSSIBLE)
    return text_format(c->arena, _("“%s” is no date"), day);
  if (!measure_named(c, cell(row, columns->objective), &reading.item)) return take_problem(c);
  if (is_there(c, &reading)) {
    out->unchanged++;
    return NULL;
  }
  if (!reading_record(c, &reading, &id)) return take_problem(c);
  out->recorded++;
  return NULL;
}

bool readings_import(Context *c, const char *bytes, size_t length, ReadingsReport *out) {
  Csv csv;
  Columns columns;
  csv_parse(c->arena, bytes, length, &csv);
  if (csv.problem != NULL) return invalid(c, "rows", "%s", csv.problem);
  if (!find_columns(c, &csv.table, &columns)) return false;
  TRANSACTION(c, tx);
  for (size_t i = 0; i < csv.table.rows.count; i++) {
    const TableRow *row = &csv.table.rows.items[i];
    out->rows++;
    const char *problem = import_row(c, row, &columns, out);
    if (problem != NULL)
      *list_add(c->arena, &out->problems) = (ReadingProblem){(int64_t)row->line, problem};
  }
  return transaction_commit(&tx);
}

// ---- page ----

static ReadingProblemRowList problem_rows(Context *c, const ReadingsReport *report) {
  ReadingProblemRowList list = {
      .items = arena_array(c->arena, report->problems.count + 1, sizeof(ReadingProblemRow))};
  for (size_t i = 0; i < report->problems.count; i++)
    list.items[list.count++] =
        (ReadingProblemRow){report->problems.items[i].line, report->problems.items[i].message};
  return list;
}

void readings_form_handler(Request *r, const ReadingsFormInput *in) {
  (void)in;
  ReadingsPage page = {.done = false};
  respond_readings_page(r, &page);
}

void readings_bring_handler(Request *r, const ReadingsBringInput *in) {
  Context *c = &r->context;
  ReadingsReport report = {0};
  if (!readings_import(c, in->rows, strlen(in->rows), &report)) return;
  ReadingsPage page = {.done = true,
                       .rows = report.rows,
                       .recorded = report.recorded,
                       .unchanged = report.unchanged,
                       .problems = problem_rows(c, &report)};
  respond_readings_page(r, &page);
}

// ---- command ----

static int print_report(Invocation *in, const ReadingsReport *report) {
  if (!invocation_json(in)) {
    printf(_("%lld rows: %lld recorded, %lld there already, %zu refused.\n"),
           (long long)report->rows, (long long)report->recorded, (long long)report->unchanged,
           report->problems.count);
    for (size_t i = 0; i < report->problems.count; i++)
      printf("%s:%lld: %s\n", argument(in, 0), (long long)report->problems.items[i].line,
             report->problems.items[i].message);
    return 0;
  }
  Json j;
  json_init(&j, invocation_context(in)->arena);
  json_open(&j);
  json_put_int(&j, "rows", report->rows);
  json_put_int(&j, "recorded", report->recorded);
  json_put_int(&j, "unchanged", report->unchanged);
  json_key(&j, "errors");
  json_open_list(&j);
  for (size_t i = 0; i < report->problems.count; i++) {
    json_open(&j);
    json_put_int(&j, "line", report->problems.items[i].line);
    json_put_text(&j, "message", report->problems.items[i].message);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  puts(json_result(&j));
  return 0;
}

static int run_import(Invocation *in) {
  Context *c = invocation_context(in);
  ReadingsReport report = {0};
  const char *text = text_file_read(c, "FILE", argument(in, 0));
  if (text == NULL || !readings_import(c, text, strlen(text), &report)) return command_failed(in);
  return print_report(in, &report);
}

static const Option import_options[] = {{0}};
static const Command import_command = {
    .name = "objectives import",
    .summary = "Record many readings from a CSV file (objective, value, date, source)",
    .arguments = "FILE",
    .example = "daybook objectives import --org nordwind readings.csv",
    .need = NEED_ORGANISATION,
    .options = import_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_import,
};
extern const Command *const readings_commands[];
const Command *const readings_commands[] = {&import_command, NULL};
