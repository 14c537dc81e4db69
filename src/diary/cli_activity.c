// SPDX-License-Identifier: Apache-2.0
// daybook activity …: what may be done to one activity.
#include <stdio.h>
#include <string.h>

#include "diary/activity.h"
#include "diary/cli.h"
#include "diary/lines.h"
#include "ledger/evidence.h"

bool cli_id(const Invocation *in, int64_t *out) {
  Context *c = invocation_context(in);
  const char *text = argument_count(in) > 0 ? argument(in, 0) : NULL;
  if (text == NULL || !text_to_int(text, out) || *out <= 0)
    return invalid(c, "id", _("“%s” is not a number as `daybook due` prints it."),
                   text == NULL ? "" : text);
  return true;
}

// ---- show ----

static void show_json(Context *c, const ActivityDetail *detail) {
  const Activity *activity = &detail->activity;
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "id", activity->id);
  json_put_text(&j, "duty", duty_kind_name(activity->kind));
  json_put_text(&j, "title", activity->title);
  if (activity->stage[0] != '\0') json_put_text(&j, "stage", activity->stage);
  json_put_text(&j, "status", status_name(activity->status));
  json_put_date(&j, "baseline", activity->baseline);
  json_put_date(&j, "earliest", activity->earliest);
  json_put_date(&j, "due", activity->due);
  json_put_date(&j, "latest", activity->latest);
  json_put_date(&j, "held_on", activity->held_on);
  json_put_int(&j, "slip_days", activity->slip_days);
  json_put_text(&j, "owner", activity->owner_label);
  json_put_text(&j, "why", activity->why);
  json_put_text(&j, "result", activity->result);
  json_put_text(&j, "cancel_reason", activity->cancel_reason);
  json_put_int(&j, "evidence", evidence_count(c, "activity", activity->id));
  json_put_int(&j, "version", activity->version);
  if (detail->breach != NULL) json_put_text(&j, "breach", detail->breach);
  json_key(&j, "checklist");
  json_open_list(&j);
  static const char *const states[] = {"open", "done", "not_applicable"};
  for (size_t i = 0; i < detail->items.count; i++) {
    json_open(&j);
    json_put_int(&j, "id", detail->items.items[i].id);
    json_put_text(&j, "text", detail->items.items[i].text);
    json_put_text(&j, "state", states[detail->items.items[i].state]);
    json_put_text(&j, "reason", detail->items.items[i].reason);
    json_close(&j);
  }
  json_close_list(&j);
  json_key(&j, "moves");
  json_open_list(&j);
  for (size_t i = 0; i < detail->moves.count; i++) {
    json_open(&j);
    json_put_date(&j, "from", detail->moves.items[i].from);
    json_put_date(&j, "to", detail->moves.items[i].to);
    json_put_text(&j, "reason", detail->moves.items[i].reason);
    json_put_text(&j, "by", detail->moves.items[i].by);
    json_close(&j);
  }
  json_close_list(&j);
  json_key(&j, "gaps");
  json_open_list(&j);
  for (size_t i = 0; i < detail->gaps.count; i++) {
    json_open(&j);
    json_put_text(&j, "what", detail->gaps.items[i].what);
    json_put_text(&j, "how", detail->gaps.items[i].how);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  cli_print_json(&j);
}

static void show_text(Context *c, const ActivityDetail *detail) {
  const Activity *activity = &detail->activity;
  printf("%s\n", activity->title);
  printf(_("  %s, due %s (from %s to %s), first planned for %s, slip %d days\n"),
         status_name(activity->status), date_text(c->arena, activity->due),
         date_text(c->arena, activity->earliest), date_text(c->arena, activity->latest),
         date_text(c->arena, activity->baseline), activity->slip_days);
  printf(_("  owner: %s\n  why: %s\n"), activity->owner_label, activity->why);
  if (activity->result[0] != '\0')
    printf(_("  held on %s: %s\n"), date_text(c->arena, activity->held_on), activity->result);
  if (activity->cancel_reason[0] != '\0') printf(_("  cancelled: %s\n"), activity->cancel_reason);
  for (size_t i = 0; i < detail->items.count; i++) {
    static const char *const marks[] = {"[ ]", "[x]", "[-]"};
    const ActivityItem *item = &detail->items.items[i];
    printf("  %s %lld %s%s%s\n", marks[item->state], (long long)item->id, item->text,
           item->reason[0] == '\0' ? "" : ": ", item->reason);
  }
  for (size_t i = 0; i < detail->moves.count; i++)
    printf(_("  moved from %s to %s: %s\n"), date_text(c->arena, detail->moves.items[i].from),
           date_text(c->arena, detail->moves.items[i].to), detail->moves.items[i].reason);
  if (detail->breach != NULL) printf("  ! %s\n", detail->breach);
  for (size_t i = 0; i < detail->gaps.count; i++)
    printf(_("  missing: %s %s\n"), detail->gaps.items[i].what, detail->gaps.items[i].how);
}

static int show(Invocation *in, int64_t id) {
  Context *c = invocation_context(in);
  ActivityDetail detail;
  if (!activity_detail(c, id, &detail)) return command_failed(in);
  if (invocation_json(in))
    show_json(c, &detail);
  else
    show_text(c, &detail);
  return 0;
}

static int run_show(Invocation *in) {
  int64_t id = 0;
  return cli_id(in, &id) ? show(in, id) : command_failed(in);
}

// ---- changes: each prints the activity as it is now ----

static int64_t seen_version(const Invocation *in) {
  int64_t version = 0;
  if (option(in, "version") != NULL) option_int(in, "version", 1, INT64_MAX, &version);
  return version;
}

static int run_move(Invocation *in) {
  Context *c = invocation_context(in);
  ActivityMove move = {
      .due = DATE_NONE, .reason = option(in, "reason"), .version = seen_version(in)};
  if (!cli_id(in, &move.activity) || !option_date(in, "due", &move.due) || !context_ok(c))
    return command_failed(in);
  const char *breach = activity_move_breach(c, move.activity, move.due);
  if (!context_ok(c) || !activity_move(c, &move)) return command_failed(in);
  if (breach != NULL) fprintf(stderr, "daybook: %s\n", breach);
  return show(in, move.activity);
}

static int run_cancel(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id = 0;
  if (!cli_id(in, &id) || !activity_cancel(c, id, option(in, "reason"), seen_version(in)))
    return command_failed(in);
  return show(in, id);
}

static int run_start(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id = 0;
  if (!cli_id(in, &id) || !activity_start(c, id, seen_version(in))) return command_failed(in);
  return show(in, id);
}

static int run_record(Invocation *in) {
  Context *c = invocation_context(in);
  ActivityResult result = {
      .held_on = c->today, .result = option(in, "result"), .version = seen_version(in)};
  if (option(in, "held") != NULL) option_date(in, "held", &result.held_on);
  if (!context_ok(c) || !cli_id(in, &result.activity) || !activity_record(c, &result))
    return command_failed(in);
  return show(in, result.activity);
}

static bool check_items(Context *c, int64_t id, int64_t only, ItemState state, const char *reason) {
  ActivityDetail detail;
  bool found = false;
  if (!activity_detail(c, id, &detail)) return false;
  for (size_t i = 0; i < detail.items.count; i++) {
    const ActivityItem *item = &detail.items.items[i];
    bool meant = only != 0 ? item->id == only : item->state == ITEM_OPEN;
    found = found || item->id == only;
    if (meant && !activity_item_set(c, item->id, state, reason)) return false;
  }
  return only == 0 || found || not_found(c, _("This activity has no such checklist item."));
}

static int run_check(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id, item = 0;
  const char *reason = option(in, "not-applicable");
  ItemState state = reason != NULL            ? ITEM_NOT_APPLICABLE
                    : option_flag(in, "undo") ? ITEM_OPEN
                                              : ITEM_DONE;
  if (option(in, "item") != NULL)
    option_int(in, "item", 1, INT64_MAX, &item);
  else if (state != ITEM_DONE)
    invalid(c, "item", _("Say which item: --item NUMBER."));
  if (!context_ok(c) || !cli_id(in, &id) || !check_items(c, id, item, state, reason))
    return command_failed(in);
  return show(in, id);
}

static int run_conclude(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id = 0;
  if (!cli_id(in, &id) || !activity_conclude(c, id, seen_version(in))) return command_failed(in);
  return show(in, id);
}

static bool parse_clock(Context *c, const char *text, int32_t *minute) {
  int64_t hours, minutes;
  if (text != NULL && strlen(text) == 5 && text[2] == ':' &&
      text_to_int(text_copy_n(c->arena, text, 2), &hours) && text_to_int(text + 3, &minutes) &&
      hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60) {
    *minute = (int32_t)(hours * 60 + minutes);
    return true;
  }
  return invalid(c, "time", _("Give the time as HH:MM."));
}

static int run_schedule(Invocation *in) {
  Context *c = invocation_context(in);
  ActivitySchedule schedule = {.version = seen_version(in)};
  Activity activity;
  int64_t minutes;
  if (!cli_id(in, &schedule.activity) || !activity_get(c, schedule.activity, &activity))
    return command_failed(in);
  minutes = activity.duration_minutes;
  if (option(in, "minutes") != NULL) option_int(in, "minutes", 5, 24 * 60, &minutes);
  schedule.duration_minutes = (int32_t)minutes;
  if (!context_ok(c) || !parse_clock(c, option(in, "time"), &schedule.start_minute) ||
      !activity_schedule(c, &schedule))
    return command_failed(in);
  return show(in, schedule.activity);
}

static int run_note(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id = 0;
  bool correction = option_flag(in, "correction");
  if (!cli_id(in, &id) || !(correction ? activity_correct(c, id, option(in, "text"))
                                       : activity_comment(c, id, option(in, "text"))))
    return command_failed(in);
  return show(in, id);
}

#define VERSION                                                                                    \
  { "version", "N", "refuse if it is at another version by now", false, false }
#define REASON                                                                                     \
  { "reason", "TEXT", "why; it is kept", true, false }
static const Option SHOW_OPTIONS[] = {{0}};
static const Option MOVE_OPTIONS[] = {
    {"due", "DATE", "the new date", true, false}, REASON, VERSION, {0}};
static const Option CANCEL_OPTIONS[] = {REASON, VERSION, {0}};
static const Option START_OPTIONS[] = {VERSION, {0}};
static const Option RECORD_OPTIONS[] = {
    {"held", "DATE", "the day it was held (today)", false, false},
    {"result", "TEXT", "what happened and what came of it", true, false},
    VERSION,
    {0}};
static const Option CHECK_OPTIONS[] = {
    {"item", "N", "this item; without it, every open one", false, false},
    {"not-applicable", "REASON", "it does not apply here, because", false, false},
    {"undo", NULL, "open it again", false, false},
    {0}};
static const Option SCHEDULE_OPTIONS[] = {
    {"time", "HH:MM", "when it begins, in the site's time zone", true, false},
    {"minutes", "N", "how long it lasts", false, false},
    VERSION,
    {0}};
static const Option NOTE_OPTIONS[] = {{"text", "TEXT", "what to say", true, false},
                                      {"correction", NULL, "corrects what has ended", false, false},
                                      {0}};

#define ACTIVITY_COMMAND(name, summary, example, options, run)                                     \
  {                                                                                                \
    "activity " name, summary, "ID", "daybook activity " name " " example, NEED_ORGANISATION,      \
        options, 1, 1, run                                                                         \
  }
static const Command SHOW =
    ACTIVITY_COMMAND("show", "One activity: what it needs and what happened", "12 --org nordwind",
                     SHOW_OPTIONS, run_show);
static const Command MOVE =
    ACTIVITY_COMMAND("move", "Move an activity; its first date stays as the baseline",
                     "12 --due 2026-03-04 --reason \"the auditor is ill\"", MOVE_OPTIONS, run_move);
static const Command CANCEL =
    ACTIVITY_COMMAND("cancel", "Cancel an activity", "12 --reason \"the site is closed\"",
                     CANCEL_OPTIONS, run_cancel);
static const Command START =
    ACTIVITY_COMMAND("start", "An activity is under way", "12", START_OPTIONS, run_start);
static const Command RECORD = ACTIVITY_COMMAND("record", "Record what happened",
                                               "12 --held 2026-03-04 --result \"two observations\"",
                                               RECORD_OPTIONS, run_record);
static const Command CHECK =
    ACTIVITY_COMMAND("check", "Tick the checklist", "12 --item 81", CHECK_OPTIONS, run_check);
static const Command CONCLUDE = ACTIVITY_COMMAND(
    "conclude", "Conclude an activity; names what is missing", "12", START_OPTIONS, run_conclude);
static const Command SCHEDULE =
    ACTIVITY_COMMAND("schedule", "Agree the time of an activity", "12 --time 09:30 --minutes 90",
                     SCHEDULE_OPTIONS, run_schedule);
static const Command NOTE =
    ACTIVITY_COMMAND("note", "Comment on an activity, or correct one that has ended",
                     "12 --text \"minutes follow\"", NOTE_OPTIONS, run_note);

const Command *const activity_commands[] = {&SHOW,  &MOVE,     &CANCEL,   &START, &RECORD,
                                            &CHECK, &CONCLUDE, &SCHEDULE, &NOTE,  NULL};
