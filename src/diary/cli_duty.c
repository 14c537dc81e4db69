// SPDX-License-Identifier: Apache-2.0
// daybook duty …: the duties of the programme and their pace.
#include <stdio.h>

#include "diary/activity.h"
#include "diary/cli.h"
#include "diary/duty.h"

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  Duties duties;
  if (!duty_list(c, option(in, "kind"), &duties)) return command_failed(in);
  Json j;
  json_init(&j, c->arena);
  json_open_list(&j);
  for (size_t i = 0; i < duties.count; i++) {
    const Duty *duty = &duties.items[i];
    if (!invocation_json(in)) {
      printf(_("%6lld  %-32s  %2d months  %s%s (%s)\n"), (long long)duty->id, duty->key,
             duty->every_months, duty->title, duty->paused ? _(", paused") : "", duty->owner_label);
      continue;
    }
    json_open(&j);
    json_put_int(&j, "id", duty->id);
    json_put_text(&j, "key", duty->key);
    json_put_text(&j, "duty", duty_kind_name(duty->kind));
    json_put_text(&j, "title", duty->title);
    json_put_int(&j, "every_months", duty->every_months);
    json_put_int(&j, "maximum_months", duty->maximum_months);
    json_put_bool(&j, "paused", duty->paused);
    json_put_text(&j, "owner", duty->owner_label);
    json_put_text(&j, "why", duty->why);
    json_put_int(&j, "version", duty->version);
    json_close(&j);
  }
  json_close_list(&j);
  return invocation_json(in) ? cli_print_json(&j) : 0;
}

static int finish(Invocation *in, const Breaches *breaches) {
  for (size_t i = 0; breaches != NULL && i < breaches->count; i++)
    fprintf(stderr, "daybook: %s\n", breaches->items[i]);
  if (invocation_json(in)) puts("{\"done\":true}");
  return 0;
}

static int run_choose(Invocation *in) {
  Context *c = invocation_context(in);
  DutyChoice choice = {.key = argument(in, 0),
                       .every_months = -1,
                       .first = DATE_NONE,
                       .leave_out = option_flag(in, "leave-out"),
                       .reason = option(in, "reason")};
  int64_t every = -1;
  if (option(in, "every") != NULL) option_int(in, "every", 0, 36, &every);
  if (option(in, "first") != NULL) option_date(in, "first", &choice.first);
  choice.every_months = (int32_t)every;
  Breaches breaches = {0};
  if (!context_ok(c) || !duty_choose(c, &choice, &breaches)) return command_failed(in);
  return finish(in, &breaches);
}

static int run_cadence(Invocation *in) {
  Context *c = invocation_context(in);
  CadenceChange change = {.reason = option(in, "reason"),
                          .anchor = option_flag(in, "from-completion") ? ANCHOR_COMPLETION
                                                                       : ANCHOR_FIXED};
  int64_t every = 0;
  Breaches breaches = {0};
  option_int(in, "every", 1, 36, &every);
  change.every_months = (int32_t)every;
  if (!context_ok(c) || !cli_id(in, &change.duty) ||
      !duty_cadence_breaches(c, &change, &breaches) || !duty_change_cadence(c, &change))
    return command_failed(in);
  return finish(in, &breaches);
}

static int run_pause(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  Date until = DATE_NONE;
  if (option(in, "until") != NULL) option_date(in, "until", &until);
  if (!context_ok(c) || !cli_id(in, &id) || !duty_pause(c, id, until, option(in, "reason"), 0))
    return command_failed(in);
  return finish(in, NULL);
}

static int run_resume(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  if (!cli_id(in, &id) || !duty_resume(c, id, 0)) return command_failed(in);
  return finish(in, NULL);
}

static int run_history(Invocation *in) {
  Context *c = invocation_context(in);
  ActivityHistory history = {
      .held_on = DATE_NONE, .result = option(in, "result"), .title = option(in, "title")};
  int64_t activity;
  option_date(in, "held", &history.held_on);
  if (!context_ok(c) || !cli_id(in, &history.duty) || !activity_import(c, &history, &activity))
    return command_failed(in);
  if (invocation_json(in))
    printf("{\"id\":%lld}\n", (long long)activity);
  else
    printf(_("Entered as history: activity %lld.\n"), (long long)activity);
  return 0;
}

static int run_holiday_add(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t site = 0;
  Date on;
  if (option(in, "site") != NULL) option_int(in, "site", 1, INT64_MAX, &site);
  if (!date_parse(argument(in, 0), &on)) invalid(c, "on", _("Give the day as YYYY-MM-DD."));
  if (!context_ok(c) || !holiday_add(c, site, on, argument(in, 1), "by hand"))
    return command_failed(in);
  return finish(in, NULL);
}

static int run_holiday_import(Invocation *in) {
  Context *c = invocation_context(in);
  HolidayImport done;
  int64_t site = 0;
  if (option(in, "site") != NULL) option_int(in, "site", 1, INT64_MAX, &site);
  if (!context_ok(c) || !holiday_import(c, site, argument(in, 0), &done)) return command_failed(in);
  if (invocation_json(in))
    printf("{\"created\":%lld,\"unchanged\":%lld,\"refused\":%lld}\n", (long long)done.created,
           (long long)done.unchanged, (long long)done.refused);
  else
    printf(_("%lld holidays added, %lld known already, %lld events left out.\n"),
           (long long)done.created, (long long)done.unchanged, (long long)done.refused);
  return 0;
}

static const Option LIST_OPTIONS[] = {{"kind", "KIND", "only duties of this kind", false, false},
                                      {0}};
static const Option CHOOSE_OPTIONS[] = {
    {"every", "MONTHS", "another cadence; 0 is once", false, false},
    {"first", "DATE", "another first date", false, false},
    {"leave-out", NULL, "do without it", false, false},
    {"reason", "TEXT", "why; needed where it breaches a rule", false, false},
    {0}};
static const Option CADENCE_OPTIONS[] = {
    {"every", "MONTHS", "the new cadence", true, false},
    {"from-completion", NULL, "count from the last completion instead of a fixed series", false,
     false},
    {"reason", "TEXT", "why; it is kept", true, false},
    {0}};
static const Option PAUSE_OPTIONS[] = {
    {"until", "DATE", "last day of the pause (open)", false, false},
    {"reason", "TEXT", "why; it is kept", true, false},
    {0}};
static const Option RESUME_OPTIONS[] = {{0}};
static const Option HISTORY_OPTIONS[] = {{"held", "DATE", "the day it was held", true, false},
                                         {"result", "TEXT", "what came of it", true, false},
                                         {"title", "TEXT", "its title (the duty's)", false, false},
                                         {0}};
static const Option HOLIDAY_OPTIONS[] = {
    {"site", "ID", "only at this site (everywhere)", false, false}, {0}};

static const Command LIST = {"duty list",
                             "The duties in the diary",
                             "",
                             "daybook duty list --org nordwind",
                             NEED_ORGANISATION,
                             LIST_OPTIONS,
                             0,
                             0,
                             run_list};
static const Command CHOOSE = {
    "duty choose",
    "Change a proposed duty before adopting it; says what that breaches",
    "KEY",
    "daybook duty choose audit.quarterly --every 6 --reason \"agreed with the auditor\"",
    NEED_ORGANISATION,
    CHOOSE_OPTIONS,
    1,
    1,
    run_choose};
static const Command CADENCE = {"duty cadence",
                                "Change the cadence of a duty in the diary",
                                "ID",
                                "daybook duty cadence 3 --every 2 --reason \"many findings\"",
                                NEED_ORGANISATION,
                                CADENCE_OPTIONS,
                                1,
                                1,
                                run_cadence};
static const Command PAUSE = {"duty pause",
                              "Pause a duty; its series is not restarted",
                              "ID",
                              "daybook duty pause 3 --until 2026-08-31 --reason \"site closed\"",
                              NEED_ORGANISATION,
                              PAUSE_OPTIONS,
                              1,
                              1,
                              run_pause};
static const Command RESUME = {"duty resume",
                               "Resume a paused duty where its series would be",
                               "ID",
                               "daybook duty resume 3",
                               NEED_ORGANISATION,
                               RESUME_OPTIONS,
                               1,
                               1,
                               run_resume};
static const Command HISTORY = {"duty history",
                                "Enter earlier work as history, without a gate",
                                "ID",
                                "daybook duty history 3 --held 2025-06-12 --result \"report 12\"",
                                NEED_ORGANISATION,
                                HISTORY_OPTIONS,
                                1,
                                1,
                                run_history};
static const Command HOLIDAY_ADD = {"holiday add",
                                    "Add a holiday",
                                    "DATE NAME",
                                    "daybook holiday add 2026-12-25 \"Christmas Day\"",
                                    NEED_ORGANISATION,
                                    HOLIDAY_OPTIONS,
                                    2,
                                    2,
                                    run_holiday_add};
static const Command HOLIDAY_IMPORT = {"holiday import",
                                       "Import a calendar of public holidays (.ics)",
                                       "FILE",
                                       "daybook holiday import feiertage.ics --org nordwind",
                                       NEED_ORGANISATION,
                                       HOLIDAY_OPTIONS,
                                       1,
                                       1,
                                       run_holiday_import};

const Command *const duty_commands[] = {&LIST,    &CHOOSE,      &CADENCE,        &PAUSE, &RESUME,
                                        &HISTORY, &HOLIDAY_ADD, &HOLIDAY_IMPORT, NULL};
