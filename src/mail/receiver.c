// SPDX-License-Identifier: Apache-2.0
#include "mail/receiver.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "mail/answer.h"
#include "mail/mail.sql.h"
#include "mail/service.h"
#include "mail/settings.h"
#include "worker/talk.h"

enum { IMAP_SECONDS = 60, HEAR_MS = 90000, LEASE_SECONDS = 20, RENEW_SECONDS = 12 };
static const int64_t SECOND = 1000000;

struct Receiver {
  WorkerTalk *talk;
  Arena *arena; // of the holder's name
  const char *holder;
  Instant leased; // until then the mailbox is ours
};

typedef struct Reading {
  Context *c;
  Receiver *receiver;
  ReceivePass *pass;
  MailServer server;
  int64_t validity, last;
} Reading;

bool mail_imap_is_set(void) {
  return !text_is_empty(getenv("DAYBOOK_IMAP"));
}

Receiver *receiver_create(void) {
  Receiver *receiver = calloc(1, sizeof *receiver);
  if (receiver == NULL) return NULL;
  receiver->arena = arena_create();
  receiver->holder = service_holder(receiver->arena);
  return receiver;
}

static void hang_up(Receiver *receiver) {
  worker_talk_end(receiver->talk);
  receiver->talk = NULL;
}

void receiver_destroy(Receiver *receiver) {
  if (receiver == NULL) return;
  hang_up(receiver);
  arena_destroy(receiver->arena);
  free(receiver);
}

// ---- asking ----

// The answer, or NULL with pass->words: the connection is then given up.
static json_t *ask(Reading *r, json_t *question) {
  Context *c = r->c;
  Receiver *receiver = r->receiver;
  char *line = json_dumps(question, JSON_COMPACT);
  json_decref(question);
  if (receiver->talk == NULL) {
    receiver->talk = worker_talk_begin(c, "imap");
    if (receiver->talk != NULL)
      worker_talk_say(receiver->talk, mail_server_line(c, &r->server, IMAP_SECONDS), NULL, 0);
  }
  Text answer;
  text_init(&answer, c->arena);
  bool heard = receiver->talk != NULL && line != NULL &&
               worker_talk_say(receiver->talk, line, NULL, 0) &&
               worker_talk_hear(receiver->talk, HEAR_MS, &answer);
  free(line);
  json_t *said = heard ? json_loadb(answer.data, answer.length, 0, NULL) : NULL;
  const char *failed = json_string_value(json_object_get(said, "failed"));
  if (said != NULL && failed == NULL) return said;
  r->pass->words = failed != NULL ? text_copy(c->arena, failed)
                                  : _("The helper program that reads the mailbox ended.");
  json_decref(said);
  hang_up(receiver);
  return NULL;
}

// ---- one mail ----

static bool remember(Context *c, const Reading *r, int64_t uid, bool stray) {
  int64_t org = c->org;
  c->org = 0;
  bool done =
      sql_service_read_up_to(
          c, (SqlServiceReadUpTo){.validity = r->validity, .uid = uid, .strays = stray}) == 1;
  c->org = org;
  return done;
}

static void count(ReceivePass *pass, AnswerOutcome outcome) {
  pass->taken += outcome == ANSWER_TAKEN || outcome == ANSWER_PROPOSED;
  pass->held += outcome == ANSWER_HELD;
  pass->refused += outcome == ANSWER_REFUSED;
  pass->strays += outcome == ANSWER_STRAY;
}

// What it does to the diary and that it was read: one transaction.
static bool deal_with(Reading *r, int64_t uid, const Text *bytes, bool whole,
                      AnswerOutcome *outcome) {
  Context *c = r->c;
  MailIn mail;
  if (!mail_in_read(c, bytes->data == NULL ? "" : bytes->data, bytes->length, whole, &mail))
    return false;
  TRANSACTION(c, tx);
  bool done = answer_take(c, &mail, outcome) && remember(c, r, uid, *outcome == ANSWER_STRAY) &&
              transaction_commit(&tx);
  return done;
}

static bool read_one(Reading *r, int64_t uid) {
  Context *c = r->c;
  json_t *said = ask(
      r, json_pack("{s:I,s:I}", "fetch", (json_int_t)uid, "most", (json_int_t)RECEIVER_MOST_BYTES));
  if (said == NULL) return false;
  size_t length = (size_t)json_integer_value(json_object_get(said, "length"));
  bool whole = json_is_true(json_object_get(said, "whole"));
  json_decref(said);
  Text bytes;
  text_init(&bytes, c->arena);
  if (!worker_talk_take(r->receiver->talk, HEAR_MS, length, &bytes)) {
    hang_up(r->receiver);
    return false;
  }
  AnswerOutcome outcome;
  if (!deal_with(r, uid, &bytes, whole, &outcome)) return false;
  count(r->pass, outcome);
  r->last = uid;
  bool remove = outcome == ANSWER_TAKEN || outcome == ANSWER_PROPOSED;
  json_decref(ask(r, json_pack("{s:I,s:b}", "settle", (json_int_t)uid, "remove", remove)));
  c->org = 0;
  return r->pass->words == NULL;
}

// ---- a pass ----

static bool read_mails(Reading *r, const json_t *mails) {
  Context *c = r->c;
  Arena *whole = c->arena, *one = arena_create();
  bool going = true;
  for (size_t i = 0; going && i < json_array_size(mails); i++) {
    c->arena = one;
    going = read_one(r, json_integer_value(json_array_get(mails, i)));
    c->org = 0;
    r->pass->words = text_copy(whole, r->pass->words);
    c->error.message = text_copy(whole, c->error.message);
    c->error.detail = text_copy(whole, c->error.detail);
    c->arena = whole;
    arena_reset(one);
  }
  arena_destroy(one);
  return going;
}

// A mailbox that was made anew counts from the beginning.
static bool look(Reading *r, bool *more) {
  json_t *said = ask(r, json_pack("{s:I}", "look", (json_int_t)r->last));
  *more = false;
  if (said == NULL) return false;
  int64_t validity = json_integer_value(json_object_get(said, "validity"));
  if (validity != 0 && validity != r->validity) {
    *more = true;
    r->validity = validity;
    r->last = 0;
    remember(r->c, r, 0, false);
  } else {
    const json_t *mails = json_object_get(said, "mails");
    *more = json_array_size(mails) > 0 && read_mails(r, mails);
  }
  json_decref(said);
  return context_ok(r->c) && r->pass->words == NULL;
}

// The lease is renewed well before it ends, not on every look.
static bool hold(Context *c, Receiver *receiver) {
  Instant real = clock_real();
  if (receiver->leased.us > real.us + RENEW_SECONDS * SECOND) return true;
  SqlServiceLease lease = {.name = "imap",
                           .holder = receiver->holder,
                           .real = real,
                           .until = {real.us + LEASE_SECONDS * SECOND}};
  if (sql_service_lease(c, lease) != 1) return false;
  receiver->leased = lease.until;
  return true;
}

static bool begin(Reading *r) {
  SqlServiceGetRow row;
  Context *c = r->c;
  sql_service_ensure(c, (SqlServiceEnsure){.name = "imap"});
  if (!sql_service_get(c, (SqlServiceGet){.name = "imap"}, &row)) return false;
  r->validity = row.validity;
  r->last = row.last_uid;
  return hold(c, r->receiver);
}

void receiver_release(Context *c, Receiver *receiver) {
  if (receiver == NULL || receiver->leased.us == 0) return;
  sql_service_release(c, (SqlServiceRelease){.name = "imap", .holder = receiver->holder});
  receiver->leased = (Instant){0};
}

bool mail_receive_pass(Context *c, Receiver *receiver, bool patient, ReceivePass *out) {
  *out = (ReceivePass){0};
  Reading r = {.c = c, .receiver = receiver, .pass = out};
  if (!mail_server_read(c, "DAYBOOK_IMAP", &r.server)) return false;
  out->set = r.server.set;
  if (!out->set || (patient && !service_may_try(c, "imap"))) return context_ok(c);
  if (!begin(&r)) return context_ok(c);
  bool more = true;
  while (more && look(&r, &more) && hold(c, receiver)) continue;
  if (out->words != NULL) return service_failed(c, "imap", out->words);
  return context_ok(c) && service_worked(c, "imap");
}
