// SPDX-License-Identifier: Apache-2.0
#include "mail/answer.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "mail/answer.sql.h"
#include "mail/answer_rules.h"
#include "mail/invite_mail.h"
#include "mail/places.sql.h"
#include "mail/quorum_watch.h"

static const int64_t MINUTE = 60 * INT64_C(1000000), HOUR = 3600 * INT64_C(1000000);

static const char *or_empty(const char *text) {
  return text == NULL ? "" : text;
}

const char *answer_page(Context *c, int64_t activity) {
  SqlMeetingSiteRow row;
  if (!sql_meeting_site(c, (SqlMeetingSite){.activity = activity}, &row)) return "/";
  return text_format(c->arena, "/o/%s/activities/%lld/answers", row.slug, (long long)activity);
}

bool answer_tell_organiser(Context *c, int64_t activity, const char *matter, const char *heading,
                           const char *words) {
  int64_t organiser = invite_organiser(c, activity);
  Letter letter = letter_begin(c, heading);
  letter_paragraph(c, &letter, words);
  letter_button(c, &letter, _("Look at the answers"), answer_page(c, activity));
  MailNew mail = {.kind = MAIL_NOTICE,
                  .person = organiser,
                  .subject = heading,
                  .letter = &letter,
                  .once = text_format(c->arena, "%s.%lld", matter, (long long)(c->now.us / HOUR)),
                  .object_kind = "activity",
                  .object = activity};
  return organiser == 0 ? context_ok(c) : mail_queue(c, &mail, NULL);
}

// ---- what is kept of a mail ----

static const char *outcome_name(AnswerOutcome outcome) {
  static const char *const names[] = {"taken", "proposed", "held", "refused", "stray"};
  return names[outcome];
}

static bool hear_mail(Context *c, const MailIn *mail, const Heard *heard, AnswerOutcome outcome) {
  LedgerEntry *entry = ledger_entry(c, text_format(c->arena, "answer.%s", outcome_name(outcome)),
                                    "activity", heard->invitation.activity);
  ledger_number(entry, "person", heard->invitation.person);
  ledger_personal(entry, "from", mail->from);
  if (heard->answer != NULL) ledger_value(entry, "answer", heard->answer);
  if (heard->why != NULL) ledger_personal(entry, "why", heard->why);
  return ledger_write(entry);
}

bool answer_keep(Context *c, const MailIn *mail, Heard *heard, AnswerOutcome outcome) {
  const CalendarIn *calendar = &mail->calendar;
  const AttendeeIn *whose = heard->attendee;
  SqlAnswerInsert row = {.activity = heard->invitation.activity,
                         .invitation = heard->invitation.id,
                         .fingerprint = outcome == ANSWER_REFUSED ? "" : heard->fingerprint,
                         .from_address = mail->from,
                         .attendee = whose == NULL ? "" : whose->address,
                         .method = or_empty(calendar->method),
                         .answer = or_empty(heard->answer),
                         .comment = or_empty(calendar->comment),
                         .delegate = whose == NULL ? "" : whose->to,
                         .sequence = mail->has_calendar ? calendar->sequence : -1,
                         .stamp = mail->has_calendar ? calendar->stamp : INSTANT_NONE,
                         .proposed_from = heard->proposes ? calendar->start : INSTANT_NONE,
                         .proposed_until = heard->proposes ? calendar->end : INSTANT_NONE,
                         .outcome = outcome_name(outcome),
                         .why = or_empty(heard->why)};
  heard->id = sql_answer_insert(c, row);
  return heard->id > 0 && hear_mail(c, mail, heard, outcome);
}

// ---- an answer counts ----

typedef struct Given {
  const char *answer, *comment, *by, *delegate;
  Instant stamp;
} Given;

static bool is_busy_then(Context *c, const Activity *activity, int64_t person) {
  const Zone *zone = zone_find(activity->time_zone);
  if (zone == NULL) return true;
  Instant from = zone_instant(zone, activity->due, activity->start_minute * 60);
  SqlBusyAdd busy = {.person = person,
                     .from = from,
                     .until = {from.us + activity->duration_minutes * MINUTE},
                     .source = "answer"};
  return sql_busy_add(c, busy) == 1;
}

static bool apply(Context *c, const Invitation *invitation, const Given *given) {
  Activity activity;
  if (!activity_get(c, invitation->activity, &activity)) return false;
  SqlAnswerSet set = {.id = invitation->id,
                      .answer = given->answer,
                      .stamp = instant_is_none(given->stamp) ? c->now : given->stamp,
                      .by = given->by,
                      .comment = or_empty(given->comment),
                      .delegate = or_empty(given->delegate),
                      .version = invitation->version};
  if (sql_answer_set(c, set) != 1)
    return context_ok(c) && conflict(c, "%s", _("Another answer arrived at the same moment."));
  LedgerEntry *entry = ledger_entry(c, "invitation.answered", "activity", invitation->activity);
  ledger_number(entry, "person", invitation->person);
  ledger_text(entry, "answer", invitation->answer, given->answer);
  ledger_value(entry, "by", given->by);
  if (!text_is_empty(given->comment)) ledger_personal(entry, "comment", given->comment);
  if (!text_is_empty(given->delegate)) ledger_personal(entry, "delegate", given->delegate);
  if (!ledger_write(entry)) return false;
  if (text_equal(given->answer, "declined") && !is_busy_then(c, &activity, invitation->person))
    return false;
  return quorum_watch(c, invitation->activity);
}

bool answer_apply_mail(Context *c, const MailIn *mail, const Heard *heard) {
  const AttendeeIn *whose = heard->attendee;
  bool own = text_equal(whose->address, heard->invitation.address);
  Given given = {.answer = heard->answer,
                 .comment = mail->calendar.comment,
                 .by = "mail",
                 .stamp = mail->calendar.stamp};
  // A clock that runs ahead must not make later answers look old.
  if (given.stamp.us > c->now.us) given.stamp = c->now;
  // A delegate speaks for who named them; the delegation stays visible.
  given.delegate = own ? whose->to : heard->invitation.delegate;
  return apply(c, &heard->invitation, &given);
}

bool answer_find(Context *c, const char *token, Invitation *out) {
  SqlAnswerTokenRow row;
  c->org = 0;
  if (!sql_answer_token(c, (SqlAnswerToken){.token = token}, &row) ||
      !text_equal(row.purpose, "answer"))
    return context_ok(c) ? not_found(c, "%s", _("There is no such invitation.")) : false;
  return answer_enter(c, row.org) && invite_get(c, row.object, out);
}

bool answer_give(Context *c, const Invitation *invitation, const char *answer, const char *comment,
                 const char *by) {
  TRANSACTION(c, tx);
  Activity activity;
  if (!activity_get(c, invitation->activity, &activity)) return false;
  if (invitation->off || activity.state >= STATE_CONCLUDED)
    return conflict(c, "%s", _("This is off, or has taken place already."));
  Given given = {.answer = answer, .comment = comment, .by = by, .stamp = c->now};
  return apply(c, invitation, &given) && transaction_commit(&tx);
}

// ---- another time; somebody else ----

bool answer_propose(Context *c, const MailIn *mail, const Heard *heard) {
  const Invitation *invitation = &heard->invitation;
  Activity activity;
  (void)mail;
  if (!activity_get(c, invitation->activity, &activity)) return false;
  if (!is_busy_then(c, &activity, invitation->person)) return false;
  MAIL_SPEAKS_TO(c, invite_organiser(c, activity.id));
  return answer_tell_organiser(
      c, activity.id, text_format(c->arena, "proposed.%lld", (long long)invitation->id),
      text_format(c->arena, _("Another time is proposed: %s"), activity.title),
      text_format(c->arena,
                  _("%s proposes another time. Accept it, which moves the activity for everybody, "
                    "or refuse it."),
                  invitation->name));
}

bool answer_tell_held(Context *c, const MailIn *mail, const Heard *heard) {
  Activity activity;
  (void)mail;
  if (!activity_get(c, heard->invitation.activity, &activity)) return false;
  MAIL_SPEAKS_TO(c, invite_organiser(c, activity.id));
  return answer_tell_organiser(
      c, activity.id, text_format(c->arena, "held.%lld", (long long)activity.id),
      text_format(c->arena, _("An answer is held: %s"), activity.title),
      text_format(c->arena, _("%s Let it count or discard it."), heard->why));
}
