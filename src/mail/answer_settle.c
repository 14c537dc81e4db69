// SPDX-License-Identifier: Apache-2.0
// What the organiser decides about an answer that is held, or a time that is proposed.
#include "db/db.h"
#include "diary/calendar.h"
#include "ledger/ledger.h"
#include "mail/answer.h"
#include "mail/answer.sql.h"
#include "mail/answer_rules.h"
#include "mail/invite_mail.h"
#include "mail/message.h"

static const int64_t MINUTE = 60 * INT64_C(1000000);

static bool load(Context *c, int64_t id, const char *outcome, SqlAnswerGetRow *row) {
  if (!sql_answer_get(c, (SqlAnswerGet){.id = id}, row) || row->invitation == 0)
    return context_ok(c) ? not_found(c, "%s", _("There is no such answer.")) : false;
  if (!text_equal(row->outcome, outcome) || !instant_is_none(row->settled))
    return conflict(c, "%s", _("This was decided already."));
  return activity_is_theirs(c, row->activity);
}

static bool settle(Context *c, const SqlAnswerGetRow *row, const char *as) {
  SqlAnswerSettle set = {.id = row->id, .as = as, .version = row->version};
  if (sql_answer_settle(c, set) != 1)
    return context_ok(c) && conflict(c, "%s", _("This was decided already."));
  LedgerEntry *entry =
      ledger_entry(c, text_format(c->arena, "answer.%s", as), "activity", row->activity);
  ledger_number(entry, "answer", row->id);
  return ledger_write(entry);
}

bool answer_release(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  SqlAnswerGetRow row;
  Invitation invitation;
  if (!load(c, id, "held", &row) || !invite_get(c, row.invitation, &invitation)) return false;
  if (text_is_empty(row.answer))
    return conflict(c, "%s", _("It says neither yes nor no; discard it."));
  return settle(c, &row, "released") &&
         answer_give(c, &invitation, row.answer, row.comment, "page") && transaction_commit(&tx);
}

bool answer_discard(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  SqlAnswerGetRow row;
  return load(c, id, "held", &row) && settle(c, &row, "discarded") && transaction_commit(&tx);
}

// ---- another time ----

static const char *reason_of(Context *c, const Invitation *invitation, const SqlAnswerGetRow *row) {
  if (text_is_empty(row->comment))
    return text_format(c->arena, _("Proposed by %s"), invitation->name);
  return text_format(c->arena, _("Proposed by %s: %s"), invitation->name, row->comment);
}

static bool move_to(Context *c, const SqlAnswerGetRow *row, const Invitation *invitation) {
  Activity a;
  int32_t second;
  if (!activity_get(c, row->activity, &a)) return false;
  const Zone *zone = zone_find(a.time_zone);
  Date day = zone_date(zone != NULL ? zone : c->zone, row->proposed_from, &second);
  ActivityMove move = {.activity = a.id, .due = day, .reason = reason_of(c, invitation, row)};
  if (date_compare(day, a.due) != 0 && !activity_move(c, &move)) return false;
  int64_t minutes = instant_is_none(row->proposed_until)
                        ? a.duration_minutes
                        : (row->proposed_until.us - row->proposed_from.us) / MINUTE;
  if (minutes < 5 || minutes > 24 * 60) minutes = a.duration_minutes;
  ActivitySchedule schedule = {
      .activity = a.id, .start_minute = second / 60, .duration_minutes = (int32_t)minutes};
  bool same = schedule.start_minute == a.start_minute && minutes == a.duration_minutes;
  return same || activity_schedule(c, &schedule);
}

bool answer_accept_time(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  SqlAnswerGetRow row;
  Invitation invitation;
  if (!load(c, id, "proposed", &row) || !invite_get(c, row.invitation, &invitation)) return false;
  if (!move_to(c, &row, &invitation) || !settle(c, &row, "accepted")) return false;
  // Whoever proposes a time can come at it.
  return invite_get(c, row.invitation, &invitation) &&
         answer_give(c, &invitation, "accepted", row.comment, "mail") && transaction_commit(&tx);
}

static const char *decline_object(Context *c, const Meeting *m, const Invitation *invitation,
                                  const char *why) {
  const Zone *zone = zone_find(m->activity->time_zone);
  CalendarAttendee attendee = {invitation->name, invitation->address, "NEEDS-ACTION"};
  Calendar calendar;
  Text out;
  text_init(&out, c->arena);
  CalendarEvent event = {.uid = m->activity->uid,
                         .sequence = m->activity->sequence,
                         .status = CALENDAR_CONFIRMED,
                         .summary = m->activity->title,
                         .description = why,
                         .zone = zone != NULL ? zone : zone_find("UTC"),
                         .day = m->activity->due,
                         .start_minute = m->activity->start_minute,
                         .duration_minutes = m->activity->duration_minutes,
                         .created = INSTANT_NONE,
                         .modified = c->now,
                         .organiser = m->organiser,
                         .organiser_uri = MAIL_ORGANISER_PLACE,
                         .attendees = &attendee,
                         .attendee_count = 1,
                         .token = invitation->token};
  calendar_begin_method(&calendar, &out, "DECLINECOUNTER");
  calendar_zone(&calendar, event.zone, event.day, event.day);
  calendar_event(&calendar, &event);
  calendar_end(&calendar);
  return out.data;
}

static bool tell_refusal(Context *c, const Invitation *invitation, const char *why) {
  Activity a;
  Meeting m = {.activity = &a};
  if (!activity_get(c, invitation->activity, &a) || !meeting_complete(c, &m)) return false;
  MAIL_SPEAKS_TO(c, invitation->person);
  Letter letter =
      letter_begin(c, text_format(c->arena, _("The time stays as it was: %s"), a.title));
  letter_fact(c, &letter, _("When"), meeting_when(c, &a));
  letter_fact(c, &letter, _("Why"), why);
  letter_button(c, &letter, _("Answer"),
                text_format(c->arena, "/mail/answer/%s", invitation->token));
  MailNew mail = {.kind = MAIL_INVITATION,
                  .person = invitation->person,
                  .address = invitation->address,
                  .subject = letter.heading,
                  .letter = &letter,
                  .calendar = decline_object(c, &m, invitation, why),
                  .method = "DECLINECOUNTER",
                  .answer_token = invitation->token,
                  .object_kind = "activity",
                  .object = a.id};
  return mail_queue(c, &mail, NULL);
}

bool answer_refuse_time(Context *c, int64_t id, const char *why) {
  TRANSACTION(c, tx);
  SqlAnswerGetRow row;
  Invitation invitation;
  return load(c, id, "proposed", &row) && invite_get(c, row.invitation, &invitation) &&
         settle(c, &row, "refused") && tell_refusal(c, &invitation, why) && transaction_commit(&tx);
}
