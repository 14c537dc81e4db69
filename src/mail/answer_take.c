// SPDX-License-Identifier: Apache-2.0
// Whose answer a mail is, and whether it counts.
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "db/db.h"
#include "mail/answer.h"
#include "mail/answer.sql.h"
#include "mail/answer_rules.h"

enum { TOKEN_LENGTH = 24 };

// ---- tokens: 24 hexadecimal digits, wherever a program gives them back ----

static bool is_token(const char *text) {
  for (size_t i = 0; i < TOKEN_LENGTH; i++)
    if (!isxdigit((unsigned char)text[i])) return false;
  return !isxdigit((unsigned char)text[TOKEN_LENGTH]);
}

static const char *token_in(Context *c, const char *text) {
  size_t length = text == NULL ? 0 : strlen(text);
  for (size_t i = 0; i + TOKEN_LENGTH <= length; i++)
    if ((i == 0 || !isxdigit((unsigned char)text[i - 1])) && is_token(text + i))
      return text_lower(c->arena, text_copy_n(c->arena, text + i, TOKEN_LENGTH));
  return NULL;
}

// Of the message we sent: the second part of its name.
static const char *token_of_message(Context *c, const char *id) {
  const char *dot = id == NULL ? NULL : strchr(id, '.');
  return dot == NULL ? NULL : token_in(c, dot);
}

static bool look_up(Context *c, const char *token, const char *purpose, SqlAnswerTokenRow *row) {
  return token != NULL && sql_answer_token(c, (SqlAnswerToken){.token = token}, row) &&
         text_equal(row->purpose, purpose);
}

static bool find_token(Context *c, const MailIn *mail, SqlAnswerTokenRow *row) {
  if (look_up(c, token_in(c, mail->calendar.token), "answer", row) ||
      look_up(c, token_in(c, mail->calendar.organiser), "answer", row))
    return true;
  for (size_t i = 0; i < mail->to.count; i++)
    if (look_up(c, token_in(c, mail->to.items[i]), "answer", row)) return true;
  for (size_t i = 0; i < mail->references.count; i++)
    if (look_up(c, token_of_message(c, mail->references.items[i]), "answer", row)) return true;
  return false;
}

bool answer_enter(Context *c, int64_t org) {
  SqlAnswerZoneRow row;
  if (!sql_answer_zone(c, (SqlAnswerZone){.org_id = org}, &row)) return false;
  const Zone *zone = zone_find(row.time_zone);
  c->org = org;
  c->zone = zone != NULL ? zone : zone_find("UTC");
  c->today = zone_date(c->zone, c->now, NULL);
  return true;
}

// ---- what it says ----

static const AttendeeIn *attendee_of(const MailIn *mail, const Invitation *invitation) {
  const CalendarIn *calendar = &mail->calendar;
  for (size_t i = 0; i < calendar->attendees.count; i++)
    if (text_equal(calendar->attendees.items[i].address, invitation->address))
      return &calendar->attendees.items[i];
  for (size_t i = 0; i < calendar->attendees.count; i++)
    if (text_equal(calendar->attendees.items[i].address, mail->from))
      return &calendar->attendees.items[i];
  return calendar->attendees.count > 0 ? &calendar->attendees.items[0] : NULL;
}

static const char *fingerprint_of(Context *c, const MailIn *mail, const AttendeeIn *attendee) {
  const CalendarIn *calendar = &mail->calendar;
  unsigned char hash[16];
  char hex[sizeof hash * 2 + 1];
  const char *text = text_format(
      c->arena, "%s\n%s\n%s\n%s\n%s\n%lld\n%lld\n%lld\n%s", mail->from, calendar->method,
      calendar->uid, attendee->address, attendee->answer, (long long)calendar->sequence,
      (long long)calendar->stamp.us, (long long)calendar->start.us, calendar->comment);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  return text_copy(c->arena, hex);
}

static const char *answer_name(const char *partstat) {
  static const char *const known[] = {"accepted", "declined", "tentative", "delegated"};
  for (size_t i = 0; i < COUNT_OF(known); i++)
    if (text_equal(known[i], partstat)) return known[i];
  return NULL;
}

// ---- whether it counts ----

// Why not, as far as its form goes; NULL if it may.
static const char *ill_formed(const MailIn *mail, const Heard *heard) {
  const CalendarIn *calendar = &mail->calendar;
  if (mail->refused != NULL) return mail->refused;
  if (!mail->has_calendar && mail->automatic) return _("It is an automatic reply.");
  if (!mail->has_calendar) return _("It holds words, but no answer a calendar program gave.");
  if (!heard->proposes && !text_equal(calendar->method, "REPLY"))
    return _("It is neither an answer nor a proposal of another time.");
  if (calendar->recurs) return _("It speaks of something that repeats; ours does not.");
  if (heard->attendee == NULL) return _("It names nobody whose answer it is.");
  if (!heard->proposes && heard->answer == NULL) return _("It does not say yes, no or perhaps.");
  if (heard->proposes && instant_is_none(calendar->start))
    return _("It proposes a time that cannot be read.");
  return NULL;
}

static const char *out_of_date(const MailIn *mail, const Heard *heard) {
  const CalendarIn *calendar = &mail->calendar;
  const Invitation *invitation = &heard->invitation;
  if (invitation->off) return _("It is off, or they are not asked any more.");
  if (heard->ended) return _("The activity has ended.");
  if (!text_equal(calendar->uid, heard->uid)) return _("It speaks of another activity.");
  if (calendar->sequence >= 0 && calendar->sequence < invitation->sequence)
    return _("It answers an earlier date; they were told of a new one since.");
  if (!instant_is_none(invitation->answer_stamp) && !instant_is_none(calendar->stamp) &&
      calendar->stamp.us < invitation->answer_stamp.us)
    return _("A later answer was heard already.");
  return NULL;
}

static const char *not_theirs(Context *c, const MailIn *mail, const Heard *heard) {
  const Invitation *invitation = &heard->invitation;
  const char *whose = heard->attendee->address;
  bool invited = text_equal(whose, invitation->address);
  bool delegate = !text_is_empty(invitation->delegate) && text_equal(whose, invitation->delegate);
  if (!invited && !delegate)
    return text_format(c->arena, _("%s was neither invited nor named as a delegate."), whose);
  if (!text_equal(mail->from, whose))
    return text_format(c->arena, _("It came from %s, in the name of %s."), mail->from, whose);
  return NULL;
}

static bool is_replay(Context *c, const char *fingerprint) {
  SqlAnswerSameRow row;
  return sql_answer_same(c, (SqlAnswerSame){.fingerprint = fingerprint}, &row);
}

static AnswerOutcome judge(Context *c, const MailIn *mail, Heard *heard) {
  heard->why = ill_formed(mail, heard);
  if (heard->why == NULL) heard->why = out_of_date(mail, heard);
  if (heard->why == NULL && is_replay(c, heard->fingerprint))
    heard->why = _("The same answer was heard before.");
  if (heard->why != NULL) return ANSWER_REFUSED;
  heard->why = not_theirs(c, mail, heard);
  if (heard->why != NULL) return ANSWER_HELD;
  return heard->proposes ? ANSWER_PROPOSED : ANSWER_TAKEN;
}

static bool prepare(Context *c, const MailIn *mail, int64_t invitation, Heard *heard) {
  Activity activity;
  if (!invite_get(c, invitation, &heard->invitation) ||
      !activity_get(c, heard->invitation.activity, &activity))
    return false;
  heard->ended = activity.state >= STATE_CONCLUDED;
  heard->uid = text_lower(c->arena, activity.uid);
  heard->proposes = text_equal(mail->calendar.method, "COUNTER");
  heard->attendee = attendee_of(mail, &heard->invitation);
  heard->answer = heard->attendee == NULL ? NULL : answer_name(heard->attendee->answer);
  static const AttendeeIn nobody = {"", "", "", ""};
  const AttendeeIn *whose = heard->attendee == NULL ? &nobody : heard->attendee;
  heard->fingerprint = fingerprint_of(c, mail, whose);
  return true;
}

// The UID alone: whoever knows it may be anybody.
static bool without_token(Context *c, const MailIn *mail, AnswerOutcome *outcome) {
  SqlAnswerTokenRow row;
  *outcome = ANSWER_STRAY;
  if (!look_up(c, mail->calendar.uid, "uid", &row)) return context_ok(c);
  if (!answer_enter(c, row.org)) return false;
  *outcome = ANSWER_REFUSED;
  Heard heard = {.invitation = {.activity = row.object},
                 .fingerprint = "",
                 .why = _("It does not bear the invitation's own token: anybody could have sent "
                          "it.")};
  return answer_keep(c, mail, &heard, ANSWER_REFUSED);
}

bool answer_take(Context *c, const MailIn *mail, AnswerOutcome *outcome) {
  SqlAnswerTokenRow row;
  c->org = 0;
  if (!find_token(c, mail, &row)) return context_ok(c) && without_token(c, mail, outcome);
  Heard heard = {0};
  if (!answer_enter(c, row.org) || !prepare(c, mail, row.object, &heard)) return false;
  *outcome = judge(c, mail, &heard);
  if (!context_ok(c) || !answer_keep(c, mail, &heard, *outcome)) return false;
  switch (*outcome) {
  case ANSWER_TAKEN: return answer_apply_mail(c, mail, &heard);
  case ANSWER_PROPOSED: return answer_propose(c, mail, &heard);
  case ANSWER_HELD: return answer_tell_held(c, mail, &heard);
  default: return context_ok(c);
  }
}
