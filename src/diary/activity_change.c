// SPDX-License-Identifier: Apache-2.0
// Moving, cancelling, agreeing a time, starting, delegating: each in the ledger.
#include "db/db.h"
#include "diary/change.h"
#include "diary/lines.h"
#include "diary/meeting.h"

#define MINUTES_A_DAY (24 * 60)

static bool is_external_stage(const char *stage) {
  return text_equal(stage, "surveillance") || text_equal(stage, "recertification");
}

// The window goes with the date; an external audit's last day is not ours to move.
static SqlActivitySetWindow moved_window(const SqlActivityGetRow *row, Date due) {
  Date latest = date_add_days(due, (int32_t)row->tolerance_days);
  Date last_day = date_add_days(row->until_on, -1);
  if (is_external_stage(row->stage)) latest = row->latest;
  if (date_compare(latest, last_day) > 0) latest = last_day;
  if (date_compare(latest, due) < 0) latest = due;
  return (SqlActivitySetWindow){.id = row->id,
                                .version = row->version,
                                .due = due,
                                .earliest = date_add_days(due, -(int32_t)row->lead_days),
                                .latest = latest};
}

static bool move_allowed(Context *c, const SqlActivityGetRow *row, const ActivityMove *move) {
  if (date_is_none(move->due))
    invalid(c, "due", _("Give the new date as YYYY-MM-DD."));
  else if (date_compare(move->due, c->today) < 0)
    invalid(c, "due",
            _("%s is past. Nothing can be planned for a past day; if it was held then, record its "
              "result with that date."),
            date_words(c->arena, move->due));
  else if (date_compare(move->due, row->due) == 0)
    invalid(c, "due", _("It is due on %s already."), date_words(c->arena, row->due));
  change_reason(c, move->reason);
  return context_ok(c);
}

bool activity_move(Context *c, const ActivityMove *move) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, move->activity, move->version, &row) || !move_allowed(c, &row, move))
    return false;
  const char *breach = activity_move_breach(c, row.id, move->due);
  SqlActivitySetWindow window = moved_window(&row, move->due);
  if (!change_landed(c, sql_activity_set_window(c, window))) return false;
  sql_activity_move_insert(c, (SqlActivityMoveInsert){.activity = row.id,
                                                      .from_due = row.due,
                                                      .to_due = move->due,
                                                      .reason = move->reason,
                                                      .breach = breach == NULL ? "" : breach});
  LedgerEntry *entry = ledger_entry(c, "activity.moved", "activity", row.id);
  ledger_date(entry, "due", row.due, window.due);
  ledger_date(entry, "earliest", row.earliest, window.earliest);
  ledger_date(entry, "latest", row.latest, window.latest);
  ledger_personal(entry, "reason", move->reason);
  if (breach != NULL) ledger_value(entry, "breach", breach);
  if (!ledger_write(entry)) return false;
  Counted before = change_counted(&row), after = before;
  after.due = window.due;
  after.latest = window.latest;
  return tally_change(c, row.duty, row.kind, &before, &after) && activity_tell(c, row.id) &&
         transaction_commit(&tx);
}

static bool cancel_with(Context *c, const SqlActivityGetRow *row, const char *reason, int64_t by) {
  SqlActivitySetCancelled set = {
      .id = row->id, .version = row->version, .reason = reason, .superseded_by = by};
  if (!change_landed(c, sql_activity_set_cancelled(c, set))) return false;
  LedgerEntry *entry =
      ledger_entry(c, by == 0 ? "activity.cancelled" : "activity.superseded", "activity", row->id);
  ledger_day(entry, "due", row->due);
  ledger_personal(entry, "reason", reason);
  if (by != 0) ledger_number(entry, "superseded_by", by);
  if (!ledger_write(entry)) return false;
  Counted before = change_counted(row), after = before;
  after.state = STATE_CANCELLED;
  return tally_change(c, row->duty, row->kind, &before, &after) && activity_tell(c, row->id);
}

bool activity_cancel(Context *c, int64_t activity, const char *reason, int64_t version) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  return change_load_open(c, activity, version, &row) && change_reason(c, reason) &&
         cancel_with(c, &row, reason, 0) && transaction_commit(&tx);
}

bool activity_supersede(Context *c, int64_t activity, int64_t by, const char *reason) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row, successor;
  if (!change_load_open(c, activity, 0, &row) || !change_load(c, by, 0, &successor)) return false;
  if (activity == by) return invalid(c, "by", _("An activity cannot take its own place."));
  return change_reason(c, reason) && cancel_with(c, &row, reason, by) && transaction_commit(&tx);
}

bool activity_schedule(Context *c, const ActivitySchedule *schedule) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, schedule->activity, schedule->version, &row)) return false;
  if (schedule->start_minute < 0 || schedule->start_minute >= MINUTES_A_DAY)
    invalid(c, "start", _("A time lies between 00:00 and 23:59."));
  if (schedule->duration_minutes < 5 || schedule->duration_minutes > MINUTES_A_DAY)
    invalid(c, "duration", _("It lasts between 5 minutes and a day."));
  if (!context_ok(c)) return false;
  int64_t state = row.state == STATE_UNDER_WAY ? STATE_UNDER_WAY : STATE_SCHEDULED;
  SqlActivitySetTime set = {.id = row.id,
                            .version = row.version,
                            .state = state,
                            .start_minute = schedule->start_minute,
                            .duration_minutes = schedule->duration_minutes};
  if (!change_landed(c, sql_activity_set_time(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "activity.scheduled", "activity", row.id);
  ledger_int(entry, "start_minute", row.start_minute, schedule->start_minute);
  ledger_int(entry, "duration_minutes", row.duration_minutes, schedule->duration_minutes);
  return ledger_write(entry) && activity_tell(c, row.id) && transaction_commit(&tx);
}

bool activity_start(Context *c, int64_t activity, int64_t version) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, activity, version, &row)) return false;
  if (row.state == STATE_UNDER_WAY) return true;
  SqlActivitySetState set = {.id = row.id, .version = row.version, .state = STATE_UNDER_WAY};
  if (!change_landed(c, sql_activity_set_state(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "activity.started", "activity", row.id);
  ledger_text(entry, "state", status_name((Status)row.state), status_name(STATUS_UNDER_WAY));
  return ledger_write(entry) && transaction_commit(&tx);
}

bool activity_delegate(Context *c, int64_t activity, Owner owner, const char *reason,
                       int64_t version) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, activity, version, &row)) return false;
  if ((owner.person == 0) == (owner.position == 0))
    invalid(c, "owner", _("Name a person or a position, one of the two."));
  if (!change_reason(c, reason) || !context_ok(c)) return false;
  SqlActivitySetOwner set = {.id = row.id,
                             .version = row.version,
                             .owner_person = owner.person,
                             .owner_position = owner.position};
  if (!change_landed(c, sql_activity_set_owner(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "activity.delegated", "activity", row.id);
  ledger_int(entry, "owner_person", row.owner_person, owner.person);
  ledger_int(entry, "owner_position", row.owner_position, owner.position);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && activity_tell(c, row.id) && transaction_commit(&tx);
}

static bool add_note(Context *c, const SqlActivityGetRow *row, bool correction, const char *body) {
  if (text_is_empty(body)) return invalid(c, "body", _("Write something first."));
  int64_t id = sql_activity_note_insert(
      c, (SqlActivityNoteInsert){.activity = row->id, .correction = correction, .body = body});
  LedgerEntry *entry = ledger_entry(c, correction ? "activity.corrected" : "activity.commented",
                                    "activity", row->id);
  ledger_number(entry, "note", id);
  ledger_personal(entry, "body", body);
  return id > 0 && ledger_write(entry);
}

bool activity_comment(Context *c, int64_t activity, const char *body) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  return change_load(c, activity, 0, &row) && add_note(c, &row, false, body) &&
         transaction_commit(&tx);
}

bool activity_correct(Context *c, int64_t activity, const char *body) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load(c, activity, 0, &row) || !change_is_theirs(c, &row)) return false;
  if (row.state < STATE_CONCLUDED)
    return conflict(c, _("“%s” is still open: change it directly."), row.title);
  return add_note(c, &row, true, body) && transaction_commit(&tx);
}

bool activity_participant(Context *c, int64_t activity, int64_t person, const char *part,
                          bool present) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  if (!change_load_open(c, activity, 0, &row)) return false;
  const char *role = text_is_empty(part) ? "" : part;
  if (present)
    sql_activity_person_put(
        c, (SqlActivityPersonPut){.activity = activity, .person = person, .part = role});
  else
    sql_activity_person_remove(c,
                               (SqlActivityPersonRemove){.activity = activity, .person = person});
  LedgerEntry *entry =
      ledger_entry(c, present ? "activity.participant_added" : "activity.participant_removed",
                   "activity", activity);
  ledger_number(entry, "person", person);
  ledger_personal(entry, "part", role);
  return ledger_write(entry) && activity_tell(c, activity) && transaction_commit(&tx);
}
