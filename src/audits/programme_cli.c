// SPDX-License-Identifier: Apache-2.0
// daybook audits adopt | programme | simulate: the organisation's programme from the command line.
#include "audits/auditor.sql.h"
#include "audits/programme_follow.h"
#include "audits/programme_simulate.h"
#include "cli/command.h"
#include "json/json.h"

#include <stdio.h>

// The version given by its number, else the latest in that state.
static bool version_given(Invocation *in, ProgrammeState state, AuditProgramme *out) {
  Context *c = invocation_context(in);
  int64_t number = 0;
  if (!option_int(in, "version", 1, 1000000, &number)) return false;
  if (number != 0) return audit_programme_get(c, number, out);
  if (audit_programme_latest(c, state, out)) return true;
  return context_ok(c) && not_found(c, _("There is no %s version of the audit programme."),
                                    programme_state_name(state));
}

static int run_adopt(Invocation *in) {
  Context *c = invocation_context(in);
  AuditProgramme programme;
  if (!version_given(in, PROGRAMME_PROPOSED, &programme) ||
      !audit_programme_adopt(c, programme.id, option(in, "exception"), 0))
    return command_failed(in);
  if (invocation_json(in))
    printf("{\"version\":%lld,\"number\":%lld}\n", (long long)programme.id,
           (long long)programme.number);
  else
    printf(_("Version %lld is adopted; its audits are in the diary.\n"),
           (long long)programme.number);
  return 0;
}

static void print_percent(const char *what, int64_t part, int64_t whole) {
  int32_t percent = following_percent(part, whole);
  if (percent < 0)
    printf(_("%s: not measured\n"), what);
  else
    printf(_("%s: %d %% (%lld of %lld)\n"), what, percent, (long long)part, (long long)whole);
}

static int run_programme(Invocation *in) {
  Context *c = invocation_context(in);
  AuditProgramme programme;
  Following f;
  if (!version_given(in, PROGRAMME_ADOPTED, &programme) || !audit_programme_follow(c, &f))
    return command_failed(in);
  if (invocation_json(in)) {
    Json json;
    json_init(&json, c->arena);
    json_open(&json);
    json_put_int(&json, "version", programme.id);
    json_put_int(&json, "number", programme.number);
    json_put_int(&json, "due", f.due);
    json_put_int(&json, "held", f.held);
    json_put_int(&json, "late", f.late);
    json_put_int(&json, "window_closed", f.closed);
    json_put_date(&json, "surveillance", f.surveillance);
    json_put_int(&json, "due_then", f.due_then);
    json_put_int(&json, "as_planned", f.as_planned);
    json_put_int(&json, "at_this_pace", f.at_this_pace);
    json_put_text(&json, "warning", f.closed_words);
    json_close(&json);
    puts(json_result(&json));
    return 0;
  }
  printf(_("Version %lld of the audit programme\n"), (long long)programme.number);
  print_percent(_("Held, of what was due by the first plan"), f.held, f.due);
  printf(_("Late: %lld, past their window: %lld\n"), (long long)f.late, (long long)f.closed);
  if (!date_is_none(f.surveillance)) {
    printf(_("Next external audit: %s\n"), date_text(c->arena, f.surveillance));
    print_percent(_("Held by then, as planned"), f.as_planned, f.due_then);
    print_percent(_("Held by then, at this pace"), f.at_this_pace, f.due_then);
  }
  if (f.closed_words[0] != '\0') puts(f.closed_words);
  return 0;
}

// ---- simulating ----

static const char *percent_text(Context *c, int32_t percent) {
  return percent < 0 ? "-" : text_format(c->arena, "%d %%", percent);
}

static void print_simulation(Context *c, Scenario scenario, const Simulation *s) {
  static const char *const titles[] = {N_("As planned"), N_("Nobody audits"),
                                       N_("An auditor leaves")};
  printf("%s%s%s\n", _(titles[scenario]), s->leaver[0] != '\0' ? ": " : "", s->leaver);
  printf(_("%-8s %5s %5s %5s %9s %9s %7s\n"), _("month"), _("due"), _("held"), _("late"),
         _("coverage"), _("forecast"), _("beyond"));
  for (size_t i = 0; i < s->months.count; i++) {
    const SimulatedMonth *m = &s->months.items[i];
    printf(_("%.7s  %5lld %5lld %5lld %9s %9s %7lld%s\n"), date_text(c->arena, m->month),
           (long long)m->due, (long long)m->held, (long long)m->late, percent_text(c, m->coverage),
           percent_text(c, m->forecast), (long long)m->beyond,
           m->external ? _("  external audit") : "");
  }
  if (scenario == SCENARIO_LEAVES)
    printf(_("%lld of %lld later audits keep month and auditor.\n"), (long long)s->kept,
           (long long)s->of);
  for (size_t i = 0; i < s->moves.count; i++) printf("  %s\n", s->moves.items[i]);
  for (size_t i = 0; i < s->breaks.count; i++) printf(_("  breaks: %s\n"), s->breaks.items[i]);
  putchar('\n');
}

static void texts_json(Json *json, const char *name, const char *const *items, size_t count) {
  json_key(json, name);
  json_open_list(json);
  for (size_t i = 0; i < count; i++) json_text(json, items[i]);
  json_close_list(json);
}

static void simulation_json(Json *json, Scenario scenario, const Simulation *s) {
  json_open(json);
  json_put_text(json, "scenario", scenario_name(scenario));
  json_put_text(json, "leaver", s->leaver);
  json_put_bool(json, "feasible", s->feasible);
  json_put_int(json, "kept", s->kept);
  json_put_int(json, "of", s->of);
  texts_json(json, "moves", s->moves.items, s->moves.count);
  texts_json(json, "breaks", s->breaks.items, s->breaks.count);
  json_key(json, "months");
  json_open_list(json);
  for (size_t i = 0; i < s->months.count; i++) {
    const SimulatedMonth *m = &s->months.items[i];
    json_open(json);
    json_put_date(json, "month", m->month);
    json_put_int(json, "due", m->due);
    json_put_int(json, "held", m->held);
    json_put_int(json, "late", m->late);
    json_put_int(json, "beyond", m->beyond);
    json_key(json, "coverage");
    m->coverage < 0 ? json_null(json) : json_int(json, m->coverage);
    json_key(json, "forecast");
    m->forecast < 0 ? json_null(json) : json_int(json, m->forecast);
    json_put_bool(json, "external", m->external);
    json_close(json);
  }
  json_close_list(json);
  json_close(json);
}

static bool read_asked(Invocation *in, SimulationAsked *asked, bool *all) {
  Context *c = invocation_context(in);
  const char *scenario = option(in, "scenario"), *auditor = option(in, "auditor");
  int64_t month = 7;
  *all = scenario == NULL;
  if (scenario != NULL && !scenario_parse(scenario, &asked->scenario))
    invalid(c, "scenario", _("planned, nobody or leaves is expected."));
  option_int(in, "month", 0, UNIVERSE_MAX_MONTHS, &month);
  asked->month = (int32_t)month;
  asked->seed = 1;
  SqlAuditorByNameRow row;
  if (auditor != NULL) {
    if (!sql_auditor_by_name(c, (SqlAuditorByName){.name = text_lower(c->arena, auditor)}, &row))
      return context_ok(c) && invalid(c, "auditor", _("Nobody of that name is known."));
    asked->leaver = row.id;
  }
  return context_ok(c);
}

static int run_simulate(Invocation *in) {
  Context *c = invocation_context(in);
  AuditProgramme programme;
  SimulationAsked asked = {0};
  bool all;
  if (!read_asked(in, &asked, &all)) return command_failed(in);
  if (!version_given(in, PROGRAMME_ADOPTED, &programme)) {
    if (c->error.kind != ERROR_NOT_FOUND || option(in, "version") != NULL)
      return command_failed(in);
    c->error = (Error){0};
    if (!version_given(in, PROGRAMME_PROPOSED, &programme)) return command_failed(in);
  }
  asked.programme = programme.id;
  Json json;
  json_init(&json, c->arena);
  json_open_list(&json);
  for (Scenario s = SCENARIO_PLANNED; s <= SCENARIO_LEAVES; s++) {
    Simulation simulation;
    if (!all && s != asked.scenario) continue;
    SimulationAsked one = asked;
    one.scenario = s;
    if (!audit_programme_simulate(c, &one, &simulation)) return command_failed(in);
    if (invocation_json(in))
      simulation_json(&json, s, &simulation);
    else
      print_simulation(c, s, &simulation);
  }
  json_close_list(&json);
  if (invocation_json(in)) puts(json_result(&json));
  return 0;
}

static const Option ADOPT_OPTIONS[] = {
    {"version", "N", "the version (default: the latest proposal)", false, false},
    {"exception", "TEXT", "why whoever proposed it approves it, too", false, false},
    {0},
};
static const Option PROGRAMME_OPTIONS[] = {
    {"version", "N", "the version (default: the adopted one)", false, false},
    {0},
};
static const Option SIMULATE_OPTIONS[] = {
    {"scenario", "NAME", "planned, nobody or leaves (default: all three)", false, false},
    {"auditor", "NAME", "who leaves (default: whoever audits most)", false, false},
    {"month", "N", "in which month they are gone, from 0 (7)", false, false},
    {"version", "N", "the version (default: the adopted one, else the proposal)", false, false},
    {0},
};
static const Command ADOPT = {.name = "audits adopt",
                              .summary = "Adopt a proposed version of the audit programme",
                              .arguments = "",
                              .example = "daybook audits adopt --org nordwind --by ceo@example.org",
                              .need = NEED_ORGANISATION,
                              .options = ADOPT_OPTIONS,
                              .run = run_adopt};
static const Command PROGRAMME = {.name = "audits programme",
                                  .summary =
                                      "Say how the audit programme is kept, and the forecast",
                                  .arguments = "",
                                  .example = "daybook audits programme --org nordwind",
                                  .need = NEED_ORGANISATION,
                                  .options = PROGRAMME_OPTIONS,
                                  .run = run_programme};
static const Command SIMULATE = {
    .name = "audits simulate",
    .summary = "Walk the programme month by month: as planned, nobody audits, an auditor leaves",
    .arguments = "",
    .example = "daybook audits simulate --org nordwind --scenario leaves --month 7",
    .need = NEED_ORGANISATION,
    .options = SIMULATE_OPTIONS,
    .run = run_simulate};
extern const Command *const programme_commands[];
const Command *const programme_commands[] = {&ADOPT, &PROGRAMME, &SIMULATE, NULL};
