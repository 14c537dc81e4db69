// SPDX-License-Identifier: Apache-2.0
// daybook objectives list | record.
#include "cli/command.h"
#include "registers/measure.h"
#include "json/json.h"

#include <stdio.h>
#include <stdlib.h>

static void put_measure(Context *c, Json *j, const Measure *measure, const Readings *readings) {
  const Reading *latest = measure_latest(readings, c->today);
  Periods periods = {0};
  measure_periods(c, measure, readings, c->today, &periods);
  json_open(j);
  json_put_int(j, "id", measure->item);
  json_put_text(j, "ref", measure->ref);
  json_put_text(j, "name", measure->name);
  json_put_text(j, "unit", measure->unit);
  json_put_text(j, "direction", measure->direction == DIRECTION_LOWER ? "lower" : "higher");
  json_key(j, "target");
  if (measure->target.has)
    json_real(j, measure->target.value);
  else
    json_null(j);
  json_put_int(j, "every_months", measure->every_months);
  json_put_text(j, "owner", measure->owner);
  json_key(j, "latest");
  if (latest != NULL)
    json_real(j, latest->value);
  else
    json_null(j);
  if (latest != NULL) json_put_date(j, "measured_on", latest->on);
  json_put_bool(j, "met", latest != NULL && measure_met(measure, latest->value));
  json_put_int(j, "missing", periods_missing(&periods));
  json_key(j, "periods");
  json_open_list(j);
  for (size_t i = 0; i < periods.count; i++) {
    json_open(j);
    json_put_date(j, "from", periods.items[i].from);
    json_put_date(j, "to", periods.items[i].to);
    json_key(j, "value");
    if (periods.items[i].value.has)
      json_real(j, periods.items[i].value.value);
    else
      json_null(j);
    json_close(j);
  }
  json_close_list(j);
  json_close(j);
}

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  Measures measures = {0};
  if (!measure_list(c, &measures)) return command_failed(in);
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_key(&j, "objectives");
  json_open_list(&j);
  for (size_t i = 0; i < measures.count; i++) {
    const Measure *one = &measures.items[i];
    Readings readings = {0};
    if (!measure_readings(c, one, &readings)) return command_failed(in);
    const Reading *latest = measure_latest(&readings, c->today);
    put_measure(c, &j, one, &readings);
    if (!invocation_json(in))
      printf("%-14s %-60s %s %s\n", one->ref, one->name,
             latest == NULL ? _("not measured") : reading_number(c->arena, latest->value),
             latest == NULL ? "" : one->unit);
  }
  json_close_list(&j);
  json_close(&j);
  if (invocation_json(in)) puts(json_result(&j));
  if (measures.count == 0 && !invocation_json(in))
    puts(_("No objective is in the register yet. `daybook import` brings yours."));
  return 0;
}

static int run_record(Invocation *in) {
  Context *c = invocation_context(in);
  ReadingNew reading = {.on = DATE_NONE, .source = option(in, "source")};
  int64_t id;
  if (!text_to_real(argument(in, 1), &reading.value))
    invalid(c, "VALUE", _("“%s” is no number; write it with a point, such as 4.2."),
            argument(in, 1));
  if (option(in, "at") != NULL) option_date(in, "at", &reading.on);
  if (!context_ok(c) || !measure_named(c, argument(in, 0), &reading.item) ||
      !reading_record(c, &reading, &id))
    return command_failed(in);
  if (!invocation_json(in)) {
    printf(_("Recorded: %s on %s.\n"), reading_number(c->arena, reading.value),
           date_words(c->arena, date_is_none(reading.on) ? c->today : reading.on));
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "id", id);
  json_put_int(&j, "objective", reading.item);
  json_close(&j);
  puts(json_result(&j));
  return 0;
}

static const Option list_options[] = {{0}};
static const Option record_options[] = {
    {"at", "DATE", "the day it was measured (default: today)", false, false},
    {"source", "TEXT", "where it comes from", false, false},
    {0},
};
static const Command list_command = {
    .name = "objectives list",
    .summary = "List the objectives with their latest reading and what is missing",
    .arguments = "",
    .example = "daybook objectives list --org nordwind --json",
    .need = NEED_ORGANISATION,
    .options = list_options,
    .run = run_list,
};
static const Command record_command = {
    .name = "objectives record",
    .summary = "Record a reading of an objective, by its reference or name",
    .arguments = "NAME VALUE",
    .example = "daybook objectives record --org nordwind OBJ-2026-01 4.2 --at 2026-03-31 "
               "--source \"phishing simulation\"",
    .need = NEED_ORGANISATION,
    .options = record_options,
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run_record,
};
extern const Command *const objectives_commands[];
const Command *const objectives_commands[] = {&list_command, &record_command, NULL};
