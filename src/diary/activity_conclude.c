// SPDX-License-Identifier: Apache-2.0
// Doing a duty: the checklist, the result, the gate, and the end. Nothing concludes empty.
#include "db/db.h"
#include "diary/adopt.h"
#include "diary/change.h"
#include "diary/lines.h"
#include "diary/programme.h"
#include "ledger/evidence.h"

#include <string.h>

// ---- checklist ----

bool activity_item_set(Context *c, int64_t item, ItemState state, const char *reason) {
  TRANSACTION(c, tx);
  SqlActivityItemGetRow row;
  if (!sql_activity_item_get(c, (SqlActivityItemGet){.id = item}, &row))
    return context_ok(c) ? not_found(c, _("There is no such checklist item.")) : false;
  SqlActivityGetRow activity;
  if (!change_load_open(c, row.activity, 0, &activity)) return false;
  if ((unsigned)state > ITEM_NOT_APPLICABLE)
    return invalid(c, "state", _("An item is open, done or not applicable."));
  if (state == ITEM_NOT_APPLICABLE && text_is_empty(reason))
    return invalid(c, "reason", _("Say why “%s” does not apply here."), row.body);
  const char *why = state == ITEM_NOT_APPLICABLE ? reason : "";
  sql_activity_item_set(c, (SqlActivityItemSet){.id = item, .state = state, .reason = why});
  sql_activity_touch(c, (SqlActivityTouch){.id = row.activity});
  static const char *const names[] = {"open", "done", "not_applicable"};
  LedgerEntry *entry = ledger_entry(c, "activity.item_set", "activity", row.activity);
  ledger_number(entry, "item", item);
  ledger_text(entry, "state", names[row.state], names[state]);
  if (why[0] != '\0') ledger_personal(entry, "reason", why);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool activity_item_add(Context *c, int64_t activity, const char *text, int64_t *id) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, activity, 0, &row)) return false;
  if (text_is_empty(text)) return invalid(c, "text", _("Say what is to be done."));
  SqlActivityItemsRows items = sql_activity_items(c, (SqlActivityItems){.activity = activity});
  *id = sql_activity_item_insert(c, (SqlActivityItemInsert){.activity = activity,
                                                            .place = (int64_t)items.count + 1,
                                                            .body = text});
  sql_activity_touch(c, (SqlActivityTouch){.id = activity});
  LedgerEntry *entry = ledger_entry(c, "activity.item_added", "activity", activity);
  ledger_number(entry, "item", *id);
  ledger_personal(entry, "text", text);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- result ----

bool activity_record(Context *c, const ActivityResult *result) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, result->activity, result->version, &row)) return false;
  if (date_is_none(result->held_on))
    invalid(c, "held_on", _("Say on which day it was held, as YYYY-MM-DD."));
  else if (date_compare(result->held_on, c->today) > 0)
    invalid(c, "held_on", _("%s has not come yet: record it when it was held."),
            date_words(c->arena, result->held_on));
  if (text_is_empty(result->result))
    invalid(c, "result", _("Say what happened and what came of it."));
  if (!context_ok(c)) return false;
  SqlActivitySetResult set = {.id = row.id,
                              .version = row.version,
                              .state = STATE_UNDER_WAY,
                              .held_on = result->held_on,
                              .result = result->result};
  if (!change_landed(c, sql_activity_set_result(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "activity.recorded", "activity", row.id);
  ledger_date(entry, "held_on", row.held_on, result->held_on);
  ledger_personal(entry, "result", result->result);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- gate ----

static void gap_add(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

static void gate_checklist(Context *c, int64_t activity, Gaps *gaps) {
  SqlActivityItemsRows items = sql_activity_items(c, (SqlActivityItems){.activity = activity});
  for (size_t i = 0; i < items.count; i++) {
    if (items.items[i].state == ITEM_OPEN)
      gap_add(c, gaps, text_format(c->arena, _("Checklist: %s"), items.items[i].body),
              _("Tick it, or mark it not applicable with a reason."));
  }
}

static bool gate_of_the_diary(Context *c, const SqlActivityGetRow *row, Gaps *gaps) {
  gate_checklist(c, row->id, gaps);
  if (date_is_none(row->held_on) || text_is_empty(row->result))
    gap_add(c, gaps, _("The result is not recorded."),
            _("Record on which day it was held and what came of it."));
  if (evidence_count(c, "activity", row->id) == 0)
    gap_add(c, gaps, _("No evidence is attached."),
            _("Attach at least one file that shows it was done."));
  return context_ok(c);
}

static bool gates_of_the_rooms(Context *c, int64_t activity, DutyKind kind, Gaps *gaps) {
  for (size_t i = 0; diary_rooms[i] != NULL; i++) {
    const Room *room = diary_rooms[i];
    bool asked = room->gate != NULL && (room->kind == kind || room->gate_anywhere);
    if (asked && !room->gate(c, activity, gaps)) return false;
  }
  return context_ok(c);
}

static bool gaps_of(Context *c, const SqlActivityGetRow *row, Gaps *gaps) {
  return gate_of_the_diary(c, row, gaps) &&
         gates_of_the_rooms(c, row->id, kind_of(row->kind), gaps);
}

bool activity_gaps(Context *c, int64_t activity, Gaps *gaps) {
  SqlActivityGetRow row;
  return change_load(c, activity, 0, &row) && gaps_of(c, &row, gaps);
}

static bool refuse_gaps(Context *c, const Gaps *gaps) {
  for (size_t i = 0; i < gaps->count; i++) {
    const char *what = gaps->items[i].what;
    bool ended = what[0] != '\0' && strchr(".!?", what[strlen(what) - 1]) != NULL;
    invalid(c, "conclude", "%s%s %s", what, ended ? "" : ".", gaps->items[i].how);
  }
  return false;
}

// ---- the end ----

static bool next_open(Context *c, int64_t duty, int64_t *last_ordinal) {
  SqlActivityOfDutyRows rows = sql_activity_of_duty(c, (SqlActivityOfDuty){.duty = duty});
  bool open = false;
  for (size_t i = 0; i < rows.count; i++) {
    open = open || rows.items[i].state < STATE_CONCLUDED;
    if (rows.items[i].ordinal > *last_ordinal) *last_ordinal = rows.items[i].ordinal;
  }
  return open;
}

// A duty that counts from its last completion gets its next activity now.
static bool plan_next(Context *c, const SqlActivityGetRow *row) {
  int64_t ordinal = 0;
  if (row->anchor != ANCHOR_COMPLETION || row->every_months <= 0 ||
      next_open(c, row->duty, &ordinal))
    return context_ok(c);
  WorkCalendar calendar;
  if (!workday_calendar_load(c, &calendar)) return false;
  Date series = date_add_months(row->held_on, (int32_t)row->every_months);
  Date due = workday_on_or_before(&calendar, row->site, series);
  if (date_compare(due, row->until_on) >= 0) return true;
  Proposal duty = {.key = row->duty_key,
                   .kind = kind_of(row->kind),
                   .title = row->duty_title,
                   .start_minute = (int32_t)row->start_minute,
                   .site = row->site,
                   .system = row->system};
  Date latest = date_add_days(due, (int32_t)row->tolerance_days);
  Date last_day = date_add_days(row->until_on, -1);
  PlannedActivity next = {
      .duty = &duty,
      .title = row->duty_title,
      .series = series,
      .due = due,
      .earliest = date_add_days(due, -(int32_t)row->lead_days),
      .latest = date_compare(latest, last_day) > 0 ? last_day : latest,
      .why = text_format(c->arena, _("%lld months after it was last held, on %s"),
                         (long long)row->every_months, date_words(c->arena, row->held_on)),
      .duration_minutes = (int32_t)row->duration_minutes};
  Owner owner = {.person = row->owner_person, .position = row->owner_position};
  int64_t id;
  return change_add(c, row->duty, &next, ordinal + 1, owner, &id);
}

static bool conclude(Context *c, const SqlActivityGetRow *row, bool imported) {
  SqlActivitySetConcluded set = {.id = row->id, .version = row->version, .imported = imported};
  if (!change_landed(c, sql_activity_set_concluded(c, set))) return false;
  LedgerEntry *entry =
      ledger_entry(c, imported ? "activity.imported" : "activity.concluded", "activity", row->id);
  ledger_day(entry, "held_on", row->held_on);
  ledger_day(entry, "due", row->due);
  ledger_number(entry, "evidence", evidence_count(c, "activity", row->id));
  if (!ledger_write(entry)) return false;
  Counted before = change_counted(row), after = before;
  after.state = STATE_CONCLUDED;
  return tally_change(c, row->duty, row->kind, &before, &after) && plan_next(c, row);
}

bool activity_conclude(Context *c, int64_t activity, int64_t version) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  Gaps gaps = {0};
  if (!change_load_open(c, activity, version, &row) || !gaps_of(c, &row, &gaps)) return false;
  if (gaps.count > 0) return refuse_gaps(c, &gaps);
  return conclude(c, &row, false) && transaction_commit(&tx);
}

bool activity_may_lose_evidence(Context *c, int64_t activity) {
  SqlActivityGetRow row;
  return change_load_open(c, activity, 0, &row);
}

bool activity_evidence_changed(Context *c, int64_t activity) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  return change_load(c, activity, 0, &row) &&
         (row.state != STATE_CONCLUDED || tally_refresh_duty(c, row.duty)) &&
         transaction_commit(&tx);
}

// ---- earlier work ----

// Whether no room has anything to ask of it: what waits for a gate goes through that gate alone.
static bool no_gate_waits(Context *c, int64_t activity) {
  SqlActivityGetRow row;
  Gaps gaps = {0};
  return change_load(c, activity, 0, &row) &&
         gates_of_the_rooms(c, activity, kind_of(row.kind), &gaps) && gaps.count == 0;
}

// The open activity from before the start whose window holds that day, else 0. What the programme
// plans for the present cycle is never concluded as history.
static int64_t window_around(Context *c, const SqlActivityOfDutyRows *rows, Date held_on,
                             Date start) {
  for (size_t i = 0; i < rows->count; i++) {
    const SqlActivityOfDutyRow *row = &rows->items[i];
    if (row->state < STATE_CONCLUDED && date_compare(row->series, start) < 0 &&
        date_compare(row->earliest, held_on) <= 0 && date_compare(held_on, row->latest) <= 0 &&
        no_gate_waits(c, row->id))
      return row->id;
  }
  return 0;
}

static bool is_earlier_work(Context *c, const ActivityHistory *history, Date start) {
  if (date_is_none(history->held_on) || date_compare(history->held_on, c->today) > 0)
    return invalid(c, "held_on", _("Say on which past day it was held, as YYYY-MM-DD."));
  if (history->of_register || date_compare(history->held_on, start) < 0) return true;
  return invalid(c, "held_on",
                 _("Earlier work was held before your programme's start, %s. What was held since "
                   "is recorded in its activity, with evidence, and concluded there; if the start "
                   "is wrong, correct it on the organisation's page."),
                 date_words(c->arena, start));
}

static bool add_history(Context *c, const ActivityHistory *history,
                        const SqlActivityOfDutyRows *rows, int64_t *id) {
  SqlDutyGetRow row;
  if (!sql_duty_get(c, (SqlDutyGet){.id = history->duty}, &row))
    return context_ok(c) ? not_found(c, _("There is no such duty.")) : false;
  Proposal duty = adopt_proposal_of(&row);
  PlannedActivity past = {.duty = &duty,
                          .title = text_is_empty(history->title) ? row.title : history->title,
                          .series = history->held_on,
                          .earliest = history->held_on,
                          .due = history->held_on,
                          .latest = history->held_on,
                          .why = _("entered as history: it was done before"),
                          .duration_minutes = duty.duration_minutes};
  int64_t ordinal = 0;
  for (size_t i = 0; i < rows->count; i++)
    if (rows->items[i].ordinal > ordinal) ordinal = rows->items[i].ordinal;
  return change_add(c, history->duty, &past, ordinal + 1, duty.owner, id);
}

bool activity_import(Context *c, const ActivityHistory *history, int64_t *activity) {
  TRANSACTION(c, tx);
  Facts facts;
  if (!org_facts(c, &facts) || !is_earlier_work(c, history, facts.start)) return false;
  SqlActivityOfDutyRows rows = sql_activity_of_duty(c, (SqlActivityOfDuty){.duty = history->duty});
  *activity = 0;
  if (date_compare(history->held_on, facts.start) < 0)
    *activity = window_around(c, &rows, history->held_on, facts.start);
  if (!context_ok(c)) return false;
  if (*activity == 0 && !add_history(c, history, &rows, activity)) return false;
  ActivityResult result = {
      .activity = *activity, .held_on = history->held_on, .result = history->result};
  SqlActivityGetRow row;
  return activity_record(c, &result) && change_load_open(c, *activity, 0, &row) &&
         conclude(c, &row, true) && transaction_commit(&tx);
}
