// SPDX-License-Identifier: Apache-2.0
// daybook plan, daybook due, daybook simulate.
#include <stdio.h>

#include "diary/cli.h"
#include "diary/lines.h"
#include "diary/plan_lines.h"
#include "diary/simulate.h"
#include "org/org.h"

#define DUE_DAYS 90 // how far the text of `due` looks ahead unless told

int cli_print_json(Json *json) {
  puts(json_result(json));
  return fflush(stdout) == 0 ? 0 : 1;
}

// ---- plan ----

static void plan_json(Context *c, const PlanLines *lines) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_key(&j, "activities");
  json_open_list(&j);
  for (size_t i = 0; i < lines->count; i++) {
    const PlanLine *line = &lines->items[i];
    int64_t number;
    if (line->state == STATE_CANCELLED) continue;
    json_open(&j);
    if (!line->proposed && text_to_int(line->id, &number))
      json_put_int(&j, "id", number);
    else
      json_put_text(&j, "id", line->id);
    json_put_text(&j, "duty", duty_kind_name(line->kind));
    json_put_text(&j, "title", line->title);
    if (line->stage[0] != '\0') json_put_text(&j, "stage", line->stage);
    json_put_date(&j, "earliest", line->earliest);
    json_put_date(&j, "due", line->due);
    json_put_date(&j, "latest", line->latest);
    json_put_text(&j, "owner", line->owner);
    json_put_text(&j, "why", line->why);
    json_put_bool(&j, "adopted", !line->proposed);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  cli_print_json(&j);
}

static void plan_text(Context *c, const PlanLines *lines) {
  size_t proposed = 0;
  for (size_t i = 0; i < lines->count; i++) {
    const PlanLine *line = &lines->items[i];
    if (line->state == STATE_CANCELLED) continue;
    proposed += line->proposed;
    printf("%s  %-20s  %s\n", date_text(c->arena, line->due), duty_kind_name(line->kind),
           line->title);
    printf(_("            %s to %s, %s\n"), date_text(c->arena, line->earliest),
           date_text(c->arena, line->latest), line->owner);
    printf("            %s\n", line->why);
  }
  if (proposed > 0)
    printf(_("\n%zu proposed; `daybook plan --adopt` puts them in the diary.\n"), proposed);
}

static int run_plan(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t duties = 0, activities = 0;
  PlanLines lines = {0};
  bool adopt = option_flag(in, "adopt");
  if ((adopt && !diary_adopt(c, &duties, &activities)) || !plan_lines(c, &lines))
    return command_failed(in);
  if (invocation_json(in)) {
    plan_json(c, &lines);
    return 0;
  }
  plan_text(c, &lines);
  if (adopt)
    printf(_("\nAdopted: %lld duties with %lld activities.\n"), (long long)duties,
           (long long)activities);
  return 0;
}

static const Option PLAN_OPTIONS[] = {
    {"adopt", NULL, "put what is proposed in the diary; doing it twice adds nothing", false, false},
    {0},
};
const Command PLAN_COMMAND = {
    "plan",
    "The programme of the certification cycle: every activity, its dates, and why",
    "",
    "daybook plan --org nordwind --adopt",
    NEED_ORGANISATION,
    PLAN_OPTIONS,
    0,
    0,
    run_plan};

// ---- due ----

static void due_json(Context *c, const PlanLines *lines, bool open_only) {
  Json j;
  json_init(&j, c->arena);
  json_open_list(&j);
  for (size_t i = 0; i < lines->count; i++) {
    const PlanLine *line = &lines->items[i];
    int64_t number;
    if (line->proposed || !text_to_int(line->id, &number) ||
        (open_only && line->state >= STATE_CONCLUDED))
      continue;
    json_open(&j);
    json_put_int(&j, "id", number);
    json_put_text(&j, "duty", duty_kind_name(line->kind));
    json_put_text(&j, "title", line->title);
    if (line->stage[0] != '\0') json_put_text(&j, "stage", line->stage);
    json_put_text(&j, "status",
                  status_name(activity_status(line->state, line->due, line->latest, c->today)));
    json_put_date(&j, "baseline", line->baseline);
    json_put_date(&j, "earliest", line->earliest);
    json_put_date(&j, "due", line->due);
    json_put_date(&j, "latest", line->latest);
    if (!date_is_none(line->held_on)) json_put_date(&j, "held_on", line->held_on);
    json_put_int(&j, "slip_days",
                 activity_slip(line->state, line->baseline, line->due, line->held_on));
    json_put_text(&j, "owner", line->owner);
    json_put_text(&j, "why", line->why);
    json_close(&j);
  }
  json_close_list(&j);
  cli_print_json(&j);
}

static void due_text(Context *c, const PlanLines *lines, bool all) {
  Date horizon = date_add_days(c->today, DUE_DAYS);
  size_t shown = 0;
  for (size_t i = 0; i < lines->count; i++) {
    const PlanLine *line = &lines->items[i];
    bool ended = line->state >= STATE_CONCLUDED;
    if (line->proposed || (!all && (ended || date_compare(line->due, horizon) > 0))) continue;
    Status status = activity_status(line->state, line->due, line->latest, c->today);
    printf("%6s  %-9s  %s  %-20s  %s (%s)\n", line->id, status_name(status),
           date_text(c->arena, line->due), duty_kind_name(line->kind), line->title, line->owner);
    printf("        %s\n", line->why);
    shown++;
  }
  if (shown == 0) puts(_("Nothing is due. Without a programme, `daybook plan --adopt` makes one."));
}

static int run_due(Invocation *in) {
  Context *c = invocation_context(in);
  PlanLines lines = {0};
  if (!plan_lines(c, &lines)) return command_failed(in);
  if (invocation_json(in))
    due_json(c, &lines, option_flag(in, "open"));
  else
    due_text(c, &lines, option_flag(in, "all"));
  return 0;
}

static const Option DUE_OPTIONS[] = {
    {"all", NULL, "as text: also what is done, cancelled or further than 90 days ahead", false,
     false},
    {"open", NULL, "with --json: leave out what is concluded or cancelled", false, false},
    {0},
};
const Command DUE_COMMAND = {
    "due",
    "What is due, late or missed, with its owner; --json lists every activity",
    "",
    "daybook due --org nordwind",
    NEED_ORGANISATION,
    DUE_OPTIONS,
    0,
    0,
    run_due};

// ---- simulate ----

static void simulated_line_json(Json *j, const SimulatedLine *line) {
  json_put_text(j, "id", line->id);
  json_put_text(j, "duty", duty_kind_name(line->kind));
  json_put_text(j, "title", line->title);
  if (line->stage[0] != '\0') json_put_text(j, "stage", line->stage);
  json_put_text(j, "status", status_name(line->status));
  json_put_date(j, "due", line->due);
  json_put_date(j, "latest", line->latest);
  json_put_text(j, "owner", line->owner);
  json_put_text(j, "why", line->why);
}

static void simulated_month_json(Context *c, Json *j, const SimulatedMonth *month) {
  json_open(j);
  json_put_text(j, "month", text_format(c->arena, "%.7s", date_text(c->arena, month->on)));
  json_put_date(j, "date", month->on);
  json_key(j, "readiness");
  if (month->done.measured)
    json_int(j, month->done.percent);
  else
    json_null(j); // nothing has fallen due: not measured, which is not zero
  json_put_int(j, "due", month->done.whole);
  json_put_int(j, "concluded", month->done.part);
  json_put_int(j, "late", month->late);
  json_put_int(j, "missed", month->missed);
  json_key(j, "overdue");
  json_open_list(j);
  for (size_t i = 0; i < month->overdue.count; i++) {
    json_open(j);
    simulated_line_json(j, &month->overdue.items[i]);
    json_close(j);
  }
  json_close_list(j);
  json_close(j);
}

static void simulation_json(Context *c, const Simulation *simulation, const char *behaviour) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_text(&j, "behaviour", behaviour);
  json_put_date(&j, "from", simulation->from);
  json_put_date(&j, "to", simulation->to);
  json_key(&j, "months");
  json_open_list(&j);
  for (size_t i = 0; i < simulation->months.count; i++)
    simulated_month_json(c, &j, &simulation->months.items[i]);
  json_close_list(&j);
  json_key(&j, "missed");
  json_open_list(&j);
  for (size_t i = 0; i < simulation->missed.count; i++) {
    json_open(&j);
    json_put_date(&j, "date", simulation->missed.items[i].on);
    simulated_line_json(&j, &simulation->missed.items[i].line);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  cli_print_json(&j);
}

static void simulation_text(Context *c, const Simulation *simulation) {
  for (size_t i = 0; i < simulation->months.count; i++) {
    const SimulatedMonth *month = &simulation->months.items[i];
    const char *ready = month->done.measured
                            ? text_format(c->arena, _("%d %% ready"), month->done.percent)
                            : _("nothing has fallen due");
    printf(_("%s  %s: %lld of %lld done, %lld late, %lld missed\n"), date_text(c->arena, month->on),
           ready, (long long)month->done.part, (long long)month->done.whole, (long long)month->late,
           (long long)month->missed);
    for (size_t k = 0; k < month->overdue.count; k++) {
      const SimulatedLine *line = &month->overdue.items[k];
      printf("            %-6s  %s, %s %s (%s)\n", status_name(line->status), line->title, _("due"),
             date_text(c->arena, line->due), line->owner);
    }
  }
  for (size_t i = 0; i < simulation->missed.count; i++) {
    const SimulatedEvent *event = &simulation->missed.items[i];
    printf(_("%s  missed: %s (%s)\n            %s\n"), date_text(c->arena, event->on),
           event->line.title, event->line.owner, event->line.why);
  }
}

static int run_simulate(Invocation *in) {
  Context *c = invocation_context(in);
  Behaviour behaviour = BEHAVE_NOBODY;
  Date from = c->today, to = DATE_NONE;
  const char *name = option(in, "behaviour");
  option_date(in, "from", &from);
  option_date(in, "to", &to);
  if (!behaviour_parse(name, &behaviour))
    invalid(c, "behaviour", _("A behaviour is nobody, planned or slip."));
  Simulation simulation;
  if (!context_ok(c) || !simulate(c, from, to, behaviour, &simulation)) return command_failed(in);
  if (invocation_json(in))
    simulation_json(c, &simulation, name);
  else
    simulation_text(c, &simulation);
  return 0;
}

static const Option SIMULATE_OPTIONS[] = {
    {"from", "DATE", "first day (today)", false, false},
    {"to", "DATE", "last day", true, false},
    {"behaviour", "WHICH", "nobody (acts), planned (all in time), slip (a tenth by three weeks)",
     true, false},
    {0},
};
const Command SIMULATE_COMMAND = {
    "simulate",
    "Walk the organisation forward on a copy and print its readiness month by month",
    "",
    "daybook simulate --org nordwind --from 2026-01-01 --to 2026-12-31 --behaviour nobody",
    NEED_ORGANISATION,
    SIMULATE_OPTIONS,
    0,
    0,
    run_simulate};
