// SPDX-License-Identifier: Apache-2.0
// daybook actions …: what is to be done. Each command prints the action as it is now.
#include "diary/cli.h"
#include "improvement/action.h"
#include "improvement/cli.h"

static int show(Invocation *in) {
  return ACTIONS_SHOW.run(in);
}

static int run_add(Invocation *in) {
  Context *c = invocation_context(in);
  ActionAdd what = {
      .title = option(in, "title"), .detail = option(in, "detail"), .due = cli_day(in, "due")};
  int64_t id, priority = 0;
  option_int(in, "finding", 1, INT64_MAX, &what.finding);
  option_int(in, "priority", 1, 3, &priority);
  what.priority = (int32_t)priority;
  if (!context_ok(c) || !cli_owner(in, "owner", &what.owner) || !action_add(c, &what, &id))
    return command_failed(in);
  if (!invocation_json(in)) return 0;
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "id", id);
  json_close(&j);
  return cli_print_json(&j);
}

static int run_progress(Invocation *in) {
  Context *c = invocation_context(in);
  ActionProgress progress = {.words = option(in, "text"), .version = cli_version(in)};
  int64_t percent = 0;
  option_int(in, "percent", 0, 99, &percent);
  progress.percent = (int32_t)percent;
  if (!context_ok(c) || !cli_id(in, &progress.action) || !action_progress(c, &progress))
    return command_failed(in);
  return show(in);
}

static int run_done(Invocation *in) {
  Context *c = invocation_context(in);
  ActionDone done = {
      .on = cli_day(in, "on"), .result = option(in, "result"), .version = cli_version(in)};
  if (!context_ok(c) || !cli_id(in, &done.action) || !action_done(c, &done))
    return command_failed(in);
  return show(in);
}

static int run_extend(Invocation *in) {
  Context *c = invocation_context(in);
  ActionExtend extend = {
      .due = cli_day(in, "due"), .reason = option(in, "reason"), .version = cli_version(in)};
  if (!context_ok(c) || !cli_id(in, &extend.action) || !action_extend(c, &extend))
    return command_failed(in);
  return show(in);
}

static int run_give(Invocation *in) {
  Context *c = invocation_context(in);
  ActionGive give = {.reason = option(in, "reason"), .version = cli_version(in)};
  int64_t priority = 0;
  option_int(in, "priority", 1, 3, &priority);
  give.priority = (int32_t)priority;
  if (!context_ok(c) || !cli_id(in, &give.action) || !cli_owner(in, "owner", &give.owner) ||
      !action_give(c, &give))
    return command_failed(in);
  return show(in);
}

static int run_cancel(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  if (!cli_id(in, &id) || !action_cancel(c, id, option(in, "reason"), cli_version(in)))
    return command_failed(in);
  return show(in);
}

static int run_need(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id, needs = 0;
  option_int(in, "first", 1, INT64_MAX, &needs);
  if (!context_ok(c) || !cli_id(in, &id) ||
      !action_need(c, id, needs, !option_flag(in, "no-longer")))
    return command_failed(in);
  return show(in);
}

#define REASON_OPTION NEEDED("reason", "TEXT", "why; it is kept")
static const Option ADD_OPTIONS[] = {ORG_OPTION,
                                     NEEDED("title", "TEXT", "what is to be done"),
                                     NEEDED("owner", "WHO", "a person or a position"),
                                     NEEDED("due", "DATE", "until when"),
                                     WISHED("finding", "ID", "the finding it belongs to"),
                                     WISHED("detail", "TEXT", "how, where, with what"),
                                     WISHED("priority", "N", "1 high, 2 normal, 3 low"),
                                     {0}};
static const Option PROGRESS_OPTIONS[] = {ORG_OPTION,
                                          NEEDED("percent", "N", "how far it is, 0 to 99"),
                                          NEEDED("text", "TEXT", "what was done"),
                                          VERSION_OPTION,
                                          {0}};
static const Option DONE_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("result", "TEXT", "what was done and what is different now"),
    WISHED("on", "DATE", "the day (today)"),
    VERSION_OPTION,
    {0}};
static const Option EXTEND_OPTIONS[] = {
    ORG_OPTION, NEEDED("due", "DATE", "the later date"), REASON_OPTION, VERSION_OPTION, {0}};
static const Option GIVE_OPTIONS[] = {ORG_OPTION,
                                      WISHED("owner", "WHO", "a person or a position"),
                                      WISHED("priority", "N", "1 high, 2 normal, 3 low"),
                                      REASON_OPTION,
                                      VERSION_OPTION,
                                      {0}};
static const Option CANCEL_OPTIONS[] = {ORG_OPTION, REASON_OPTION, VERSION_OPTION, {0}};
static const Option NEED_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("first", "ID", "the action that is needed first"),
    {"no-longer", NULL, "it is not needed any more", false, false},
    {0}};

#define ACTION_COMMAND(constant, name, summary, arguments, example, options, count, run)           \
  static const Command constant = {"actions " name,                                                \
                                   summary,                                                        \
                                   arguments,                                                      \
                                   "daybook actions " name " " example,                            \
                                   NEED_ORGANISATION,                                              \
                                   options,                                                        \
                                   count,                                                          \
                                   count,                                                          \
                                   run}
ACTION_COMMAND(ADD, "add", "Add an action, to a finding or alone", "",
               "--title \"Ask HR for leavers\" --owner anna@example.org --due 2026-07-01",
               ADD_OPTIONS, 0, run_add);
ACTION_COMMAND(PROGRESS, "progress", "Say how far an action is", "ID",
               "12 --percent 50 --text \"Form is written\"", PROGRESS_OPTIONS, 1, run_progress);
ACTION_COMMAND(DONE, "done", "Finish an action; refused without evidence", "ID",
               "12 --result \"Form in use\"", DONE_OPTIONS, 1, run_done);
ACTION_COMMAND(EXTEND, "extend", "Give an action more time, with a reason; it is counted", "ID",
               "12 --due 2026-08-01 --reason \"Supplier is late\"", EXTEND_OPTIONS, 1, run_extend);
ACTION_COMMAND(GIVE, "give", "Give an action to somebody else, or another priority", "ID",
               "12 --owner cto@example.org --reason \"His system\"", GIVE_OPTIONS, 1, run_give);
ACTION_COMMAND(CANCEL, "cancel", "Cancel an action", "ID", "12 --reason \"Replaced\"",
               CANCEL_OPTIONS, 1, run_cancel);
ACTION_COMMAND(NEED, "need", "Say which action is needed first; circles are refused", "ID",
               "12 --first 11", NEED_OPTIONS, 1, run_need);
const Command *const action_commands[] = {&ACTIONS_LIST, &ACTIONS_SHOW, &ADD,    &PROGRESS, &DONE,
                                          &EXTEND,       &GIVE,         &CANCEL, &NEED,     NULL};
