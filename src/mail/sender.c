// SPDX-License-Identifier: Apache-2.0
#include "mail/sender.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ledger/ledger.h"
#include "mail/mail.sql.h"
#include "mail/message.h"
#include "mail/service.h"
#include "mail/settings.h"
#include "org/access.h"
#include "outbox/outbox.h"
#include "worker/talk.h"

enum { SMTP_SECONDS = 60, HEAR_MS = 90000 };
static const int64_t SECOND = 1000000, DAY = 86400 * INT64_C(1000000);

typedef struct Sending {
  Context *c;
  Arena *kept; // outlives one mail
  MailServer server;
  const char *holder, *from;
  WorkerTalk *talk;
  SendPass *pass;
  SqlMailOrganisationsRow organisation;
} Sending;

typedef struct Outcome {
  MailState state;
  const char *words;
  bool lost;     // the connection, not this mail
  bool in_doubt; // it may be this mail all the same
} Outcome;

// ---- claiming and marking ----

static bool claim_next(Sending *s, SqlMailNextRow *row) {
  Context *c = s->c;
  Instant real = clock_real();
  while (context_ok(c) && sql_mail_next(c, (SqlMailNext){.real = real}, row)) {
    SqlMailClaim claim = {.id = row->id,
                          .holder = s->holder,
                          .real = real,
                          .until = {real.us + MAIL_LEASE_SECONDS * SECOND}};
    if (sql_mail_claim(c, claim) == 1) return true;
  }
  return false;
}

// 1, 5, 15 minutes, one hour, then every three.
static Instant next_attempt(const Context *c, int64_t attempts) {
  static const int64_t minutes[] = {1, 1, 5, 15, 60, 180};
  size_t at = attempts < (int64_t)COUNT_OF(minutes) ? (size_t)attempts : COUNT_OF(minutes) - 1;
  return (Instant){c->now.us + minutes[at] * 60 * SECOND};
}

static bool hear_refusal(Context *c, int64_t mail, const char *words) {
  LedgerEntry *entry = ledger_entry(c, "mail.refused", "mail", mail);
  ledger_personal(entry, "words", words);
  return ledger_write(entry);
}

static bool mark(Sending *s, const SqlMailNextRow *row, const Outcome *outcome) {
  Context *c = s->c;
  bool waits = outcome->state == MAIL_WAITING;
  bool free = outcome->lost && !outcome->in_doubt; // cost it no attempt
  MailState state = outcome->state;
  if (waits && !outcome->lost && c->now.us - row->queued.us > MAIL_GIVEN_UP_DAYS * DAY)
    state = MAIL_DEAD;
  SqlMailSettle settle = {.id = row->id,
                          .holder = s->holder,
                          .state = state,
                          .words = outcome->words,
                          .sent = state == MAIL_SENT ? c->now : INSTANT_NONE,
                          .next_try = waits && !free ? next_attempt(c, row->attempts + 1) : c->now,
                          .given_back = free};
  TRANSACTION(c, tx);
  if (sql_mail_settle(c, settle) != 1) return context_ok(c); // its lease ran out: another has it
  if (state == MAIL_SENT) sql_mail_empty(c, (SqlMailEmpty){.id = row->id});
  s->pass->sent += state == MAIL_SENT;
  s->pass->later += state == MAIL_WAITING;
  s->pass->dead += state == MAIL_DEAD;
  return (state != MAIL_DEAD || hear_refusal(c, row->id, outcome->words)) &&
         transaction_commit(&tx);
}

// ---- handing over ----

static bool begin_talk(Sending *s) {
  if (s->talk != NULL) return true;
  s->talk = worker_talk_begin(s->c, "smtp");
  return s->talk != NULL &&
         worker_talk_say(s->talk, mail_server_line(s->c, &s->server, SMTP_SECONDS), NULL, 0);
}

static Outcome read_outcome(Context *c, const Text *line) {
  json_t *answer = json_loadb(line->data == NULL ? "" : line->data, line->length, 0, NULL);
  const char *what = json_string_value(json_object_get(answer, "outcome"));
  const char *words = json_string_value(json_object_get(answer, "words"));
  Outcome out = {.state = MAIL_WAITING, .words = text_copy(c->arena, words == NULL ? "" : words)};
  if (text_equal(what, "accepted"))
    out.state = MAIL_SENT;
  else if (text_equal(what, "refused"))
    out.state = MAIL_DEAD;
  else
    out.lost = !text_equal(what, "later");
  out.in_doubt = json_is_true(json_object_get(answer, "in_doubt"));
  json_decref(answer);
  return out;
}

static Outcome hand_over(Sending *s, const SqlMailNextRow *row) {
  Context *c = s->c;
  Message message = {.message_id = row->message_id,
                     .from = s->from,
                     .organisation = s->organisation.name,
                     .address = row->address,
                     .name = row->name,
                     .subject = row->subject,
                     .text = row->body_text,
                     .html = row->body_html,
                     .calendar = row->calendar,
                     .method = row->method,
                     .answer_token = row->answer_token,
                     .stop_token = row->stop_token,
                     .public_url = mail_public_url(),
                     .date = row->queued};
  if (!message_address_is_sound(row->address))
    return (Outcome){.state = MAIL_DEAD, .words = _("This is no address a mail can be sent to.")};
  size_t length;
  const char *bytes = message_write(c->arena, &message, &length);
  json_t *line =
      json_pack("{s:s,s:s,s:I}", "from", s->from, "to", row->address, "length", (json_int_t)length);
  char *text = json_dumps(line, JSON_COMPACT);
  Text answer;
  text_init(&answer, c->arena);
  bool heard = begin_talk(s) && worker_talk_say(s->talk, text, bytes, length) &&
               worker_talk_hear(s->talk, HEAR_MS, &answer);
  free(text);
  json_decref(line);
  if (heard) return read_outcome(c, &answer);
  return (Outcome){.state = MAIL_WAITING,
                   .words = _("The helper program that talks to the mail server ended."),
                   .lost = true,
                   .in_doubt = true};
}

// ---- a pass ----

static void enter(Sending *s, const SqlMailOrganisationsRow *row) {
  const Zone *zone = zone_find(row->time_zone);
  s->organisation = *row;
  s->c->org = row->id;
  s->c->zone = zone != NULL ? zone : zone_find("UTC");
  s->c->today = zone_date(s->c->zone, s->c->now, NULL);
}

// One mail, and everything it took from the arena. False when there is none, or nothing more can
// be done.
static bool send_next(Sending *s) {
  Context *c = s->c;
  SqlMailNextRow row;
  if (!claim_next(s, &row)) return false;
  Outcome outcome = hand_over(s, &row);
  if (!context_ok(c)) return false;
  if (outcome.lost) s->pass->words = text_copy(s->kept, outcome.words);
  if (!mark(s, &row, &outcome)) return false;
  if (!outcome.lost) return true;
  c->org = 0;
  service_failed(c, "smtp", outcome.words);
  return false;
}

static bool send_all(Sending *s) {
  Context *c = s->c;
  SqlMailOrganisationsRows rows = sql_mail_organisations(c);
  for (size_t i = 0; i < rows.count && context_ok(c) && s->pass->words == NULL; i++) {
    enter(s, &rows.items[i]);
    Arena *whole = c->arena;
    Arena *one = arena_create();
    c->arena = one;
    while (send_next(s)) arena_reset(one);
    c->arena = whole;
    c->error.message = text_copy(whole, c->error.message);
    c->error.detail = text_copy(whole, c->error.detail);
    arena_destroy(one);
  }
  c->org = 0;
  return context_ok(c);
}

bool mail_send_pass(Context *c, bool patient, SendPass *out) {
  *out = (SendPass){0};
  Sending s = {.c = c, .kept = c->arena, .pass = out, .holder = service_holder(c->arena)};
  if (!mail_server_read(c, "DAYBOOK_SMTP", &s.server)) return false;
  out->set = s.server.set;
  if (!out->set || (patient && !service_may_try(c, "smtp"))) return context_ok(c);
  s.from = mail_from(c->arena);
  if (!message_address_is_sound(s.from == NULL ? "" : s.from))
    return invalid(c, "DAYBOOK_MAIL_FROM",
                   _("Say by DAYBOOK_MAIL_FROM from which address mail is sent."));
  if (!password_wishes_grant(c)) return false;
  bool done = send_all(&s);
  worker_talk_end(s.talk);
  return done && (out->sent == 0 || service_worked(c, "smtp"));
}
