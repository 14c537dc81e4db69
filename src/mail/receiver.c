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
enum { QUIET_SECONDS = 6, MORE_MS = 5000, FETCH_TRIES = 3 };
static const int64_t SECOND = 1000000;

struct Receiver {
  WorkerTalk *talk;
  Arena *arena; // of the holder's name
  const char *holder;
  Instant leased;  // until then the mailbox is ours
  Instant looked;  // by the real clock
  bool idle, news; // it tells when something arrives; it has
};

typedef struct Piece {
  int64_t uid;
  MailIn mail;
  AnswerOutcome outcome;
} Piece;
typedef LIST_OF(Piece) Batch;

typedef struct Reading {
  Context *c;
  Arena *kept; // outlives one batch
  Receiver *receiver;
  ReceivePass *pass;
  MailServer server;
  WorkerTalk *reader; // of the mails' insides
  int64_t validity, last, fill, failures;
  const char *said_last; // of the last failure
  const char *note;      // what the server would not do
  bool overtaken;        // another server has the mailbox
  bool anew;             // what follows is looked for again
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
  receiver->idle = false;
}

void receiver_destroy(Receiver *receiver) {
  if (receiver == NULL) return;
  hang_up(receiver);
  arena_destroy(receiver->arena);
  free(receiver);
}

// ---- asking ----

static bool say(Reading *r, json_t *question) {
  Context *c = r->c;
  Receiver *receiver = r->receiver;
  char *line = question == NULL ? NULL : json_dumps(question, JSON_COMPACT);
  json_decref(question);
  if (receiver->talk == NULL) {
    receiver->talk = worker_talk_begin(c, "imap");
    if (receiver->talk != NULL)
      worker_talk_say(receiver->talk, mail_server_line(c, &r->server, IMAP_SECONDS), NULL, 0);
  }
  bool said =
      receiver->talk != NULL && line != NULL && worker_talk_say(receiver->talk, line, NULL, 0);
  free(line);
  return said;
}

// The answer, or NULL with pass->words: the connection is then given up.
static json_t *hear(Reading *r) {
  Context *c = r->c;
  Receiver *receiver = r->receiver;
  Text answer;
  text_init(&answer, c->arena);
  bool heard = receiver->talk != NULL && worker_talk_hear(receiver->talk, HEAR_MS, &answer);
  json_t *said = heard ? json_loadb(answer.data, answer.length, 0, NULL) : NULL;
  const char *failed = json_string_value(json_object_get(said, "failed"));
  if (said != NULL && failed == NULL) return said;
  r->pass->words = failed != NULL ? text_copy(c->arena, failed)
                                  : _("The helper program that reads the mailbox ended.");
  json_decref(said);
  hang_up(receiver);
  return NULL;
}

static json_t *ask(Reading *r, json_t *question) {
  say(r, question);
  return hear(r);
}

bool receiver_wait(Receiver *receiver, int milliseconds) {
  Text answer;
  if (receiver == NULL || receiver->talk == NULL || !receiver->idle) return false;
  Arena *arena = arena_create();
  text_init(&answer, arena);
  const char *line = text_format(arena, "{\"wait\":%d}", milliseconds);
  bool heard = worker_talk_say(receiver->talk, line, NULL, 0) &&
               worker_talk_hear(receiver->talk, milliseconds + MORE_MS, &answer);
  json_t *said = heard ? json_loadb(answer.data, answer.length, 0, NULL) : NULL;
  receiver->news = json_is_true(json_object_get(said, "news"));
  if (said == NULL) hang_up(receiver);
  json_decref(said);
  arena_destroy(arena);
  return heard;
}

static bool is_quiet(const Receiver *receiver) {
  return receiver->talk != NULL && receiver->idle && !receiver->news &&
         clock_real().us < receiver->looked.us + QUIET_SECONDS * SECOND;
}

// ---- what mails do ----

// False, without an error, if another server was here.
static bool remember(Reading *r, int64_t uid, int64_t strays) {
  Context *c = r->c;
  int64_t org = c->org;
  c->org = 0;
  int64_t changed = sql_service_read_up_to(
      c, (SqlServiceReadUpTo){
             .validity = r->validity, .uid = uid, .strays = strays, .holder = r->receiver->holder});
  c->org = org;
  r->overtaken = r->overtaken || (context_ok(c) && changed == 0);
  return changed == 1;
}

// What they do to the diary and that they were read: one transaction.
static bool deal_with(Reading *r, Piece *pieces, size_t count) {
  Context *c = r->c;
  TRANSACTION(c, tx);
  int64_t strays = 0;
  for (size_t i = 0; i < count; i++) {
    if (!answer_take(c, &pieces[i].mail, &pieces[i].outcome)) return false;
    strays += pieces[i].outcome == ANSWER_STRAY;
  }
  return remember(r, pieces[count - 1].uid, strays) && transaction_commit(&tx);
}

static bool may_go_on(Reading *r) {
  Context *c = r->c;
  c->org = 0;
  if (r->overtaken || c->error.kind == ERROR_UNAVAILABLE) return false;
  c->error = (Error){0};
  return true;
}

// One that cannot be dealt with must not stand in the way of those behind it.
static bool set_aside(Reading *r, Piece *piece) {
  log_line(LOG_LEVEL_ERROR, "mail_set_aside", "uid=%lld %s", (long long)piece->uid,
           r->c->error.detail != NULL ? r->c->error.detail : r->c->error.message);
  piece->outcome = ANSWER_STRAY;
  return may_go_on(r) && remember(r, piece->uid, 1);
}

static bool deal_with_each(Reading *r, Batch *batch) {
  for (size_t i = 0; i < batch->count; i++) {
    Piece *piece = &batch->items[i];
    if (deal_with(r, piece, 1) || (may_go_on(r) && deal_with(r, piece, 1))) continue;
    if (!set_aside(r, piece)) return false;
  }
  return true;
}

static bool deal_with_batch(Reading *r, Batch *batch) {
  bool done =
      deal_with(r, batch->items, batch->count) || (may_go_on(r) && deal_with_each(r, batch));
  r->c->org = 0;
  return done;
}

// ---- fetching and settling ----

static bool hold(Context *c, Receiver *receiver);

static bool take_one(Reading *r, const json_t *said, Batch *batch) {
  Context *c = r->c;
  if (!hold(c, r->receiver)) return false; // fifty that are slow to read outlast a lease
  Piece piece = {.uid = json_integer_value(json_object_get(said, "uid"))};
  size_t length = (size_t)json_integer_value(json_object_get(said, "length"));
  Arena *one = arena_create();
  Text bytes;
  text_init(&bytes, one);
  bool had = worker_talk_take(r->receiver->talk, HEAR_MS, length, &bytes);
  bool done = had && mail_in_read(c, &r->reader, bytes.data == NULL ? "" : bytes.data, length,
                                  json_is_true(json_object_get(said, "whole")), &piece.mail);
  if (done) *list_add(c->arena, batch) = piece;
  arena_destroy(one);
  return done;
}

static int by_uid(const void *a, const void *b) {
  const Piece *first = a, *second = b;
  return (first->uid > second->uid) - (first->uid < second->uid);
}

// Each is read as it comes, so that only what was understood of a batch is held at a time.
static bool fetch(Reading *r, const json_t *uids, Batch *batch) {
  say(r, json_pack("{s:O,s:I}", "fetch", uids, "most", (json_int_t)RECEIVER_MOST_BYTES));
  bool whole = false, going = true;
  while (going) {
    json_t *said = hear(r);
    whole = json_is_true(json_object_get(said, "end"));
    going = said != NULL && !whole && take_one(r, said, batch);
    json_decref(said);
  }
  if (!whole) hang_up(r->receiver); // what is still on its way would be taken for an answer
  if (batch->count > 1) qsort(batch->items, batch->count, sizeof(Piece), by_uid);
  return whole;
}

static void count(ReceivePass *pass, AnswerOutcome outcome) {
  pass->taken += outcome == ANSWER_TAKEN || outcome == ANSWER_PROPOSED;
  pass->held += outcome == ANSWER_HELD;
  pass->refused += outcome == ANSWER_REFUSED;
  pass->strays += outcome == ANSWER_STRAY;
}

// They count already: a mailbox in which nothing can be changed stops nothing.
static bool settle(Reading *r, const Batch *batch) {
  json_t *remove = json_array(), *keep = json_array();
  for (size_t i = 0; i < batch->count; i++) {
    const Piece *piece = &batch->items[i];
    bool gone = piece->outcome == ANSWER_TAKEN || piece->outcome == ANSWER_PROPOSED;
    json_array_append_new(gone ? remove : keep, json_integer((json_int_t)piece->uid));
    count(r->pass, piece->outcome);
  }
  json_t *said = ask(r, json_pack("{s:o,s:o}", "remove", remove, "keep", keep));
  const char *refused = json_string_value(json_object_get(said, "refused"));
  if (refused != NULL) r->note = text_copy(r->kept, refused);
  json_decref(said);
  return said != NULL;
}

// Of a batch that broke off, what came in the order asked for; the rest is asked for again.
static void keep_beginning(Batch *batch, const json_t *uids) {
  size_t came = 0;
  while (came < batch->count &&
         batch->items[came].uid == json_integer_value(json_array_get(uids, came)))
    came++;
  batch->count = came;
}

// A mail that its server cannot hand out, time after time, must not stand before all others.
static bool leave_first(Reading *r, int64_t uid) {
  ReceivePass *pass = r->pass;
  if (!context_ok(r->c) || r->overtaken || pass->words == NULL) return false;
  const char *what = text_format(r->kept, _("Mail %lld cannot be fetched:"), (long long)uid);
  if (r->failures < FETCH_TRIES || !text_starts(r->said_last, what)) {
    pass->words = text_format(r->kept, "%s %s", what, pass->words);
    return false;
  }
  log_line(LOG_LEVEL_ERROR, "mail_not_fetched", "uid=%lld", (long long)uid);
  pass->words = NULL;
  pass->strays++;
  r->anew = true;
  r->last = uid;
  return remember(r, uid, 1);
}

// So that what counts already can be removed although the connection was lost.
static void look_again(Reading *r) {
  const char *words = r->pass->words;
  json_decref(ask(r, json_pack("{s:I}", "look", (json_int_t)r->last)));
  r->pass->words = words;
}

static bool take_batch(Reading *r, const json_t *uids) {
  Batch batch = {0};
  bool fetched = fetch(r, uids, &batch);
  if (!context_ok(r->c)) return false;
  if (!fetched) keep_beginning(&batch, uids);
  if (batch.count == 0)
    return fetched || leave_first(r, json_integer_value(json_array_get(uids, 0)));
  if (!deal_with_batch(r, &batch)) return false;
  r->last = batch.items[batch.count - 1].uid;
  if (!fetched) look_again(r);
  return settle(r, &batch) && fetched;
}

// ---- a pass ----

static bool read_mails(Reading *r, const json_t *mails) {
  Context *c = r->c;
  Arena *whole = c->arena, *one = arena_create();
  bool going = true;
  r->anew = false;
  for (size_t i = 0; going && !r->anew && i < json_array_size(mails);) {
    json_t *uids = json_array();
    for (size_t end = i + RECEIVER_AT_ONCE; i < end && i < json_array_size(mails); i++)
      json_array_append(uids, json_array_get(mails, i));
    c->arena = one;
    going = take_batch(r, uids);
    json_decref(uids);
    c->org = 0;
    r->pass->words = text_copy(whole, r->pass->words);
    c->error.message = text_copy(whole, c->error.message);
    c->error.detail = text_copy(whole, c->error.detail);
    c->arena = whole;
    arena_reset(one);
    going = going && hold(c, r->receiver);
  }
  arena_destroy(one);
  return going;
}

static void note_state(Reading *r, const json_t *said) {
  const json_t *quota = json_object_get(said, "quota");
  int64_t most = json_integer_value(json_object_get(quota, "most"));
  r->receiver->idle = json_is_true(json_object_get(said, "idle"));
  r->receiver->looked = clock_real();
  r->receiver->news = false;
  r->fill = most > 0 ? json_integer_value(json_object_get(quota, "used")) * 100 / most : -1;
}

// A mailbox that was made anew counts from the beginning.
static bool look(Reading *r, bool *more) {
  json_t *said = ask(r, json_pack("{s:I}", "look", (json_int_t)r->last));
  *more = false;
  if (said == NULL) return false;
  note_state(r, said);
  int64_t validity = json_integer_value(json_object_get(said, "validity"));
  if (validity != 0 && validity != r->validity) {
    *more = true;
    r->validity = validity;
    r->last = 0;
    remember(r, 0, 0);
  } else {
    const json_t *mails = json_object_get(said, "mails");
    *more = json_array_size(mails) > 0 && read_mails(r, mails);
  }
  json_decref(said);
  return context_ok(r->c) && r->pass->words == NULL && !r->overtaken;
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
  r->fill = row.fill;
  r->failures = row.failures;
  r->said_last = row.words;
  r->note = "";
  return hold(c, r->receiver);
}

void receiver_release(Context *c, Receiver *receiver) {
  if (receiver == NULL || receiver->leased.us == 0) return;
  sql_service_release(c, (SqlServiceRelease){.name = "imap", .holder = receiver->holder});
  receiver->leased = (Instant){0};
}

bool mail_receive_pass(Context *c, Receiver *receiver, bool patient, ReceivePass *out) {
  *out = (ReceivePass){0};
  Reading r = {.c = c, .kept = c->arena, .receiver = receiver, .pass = out};
  if (!mail_server_read(c, "DAYBOOK_IMAP", &r.server)) return false;
  out->set = r.server.set;
  if (!out->set || (patient && (is_quiet(receiver) || !service_may_try(c, "imap"))))
    return context_ok(c);
  if (!begin(&r)) return context_ok(c);
  bool more = true;
  while (more && look(&r, &more) && hold(c, receiver)) continue;
  worker_talk_end(r.reader);
  if (out->words != NULL) return service_failed(c, "imap", out->words);
  if (!context_ok(c)) return false;
  bool read_any = out->taken + out->held + out->refused + out->strays > 0;
  return service_mailbox(c, r.fill, read_any, r.note) && service_worked(c, "imap");
}
