// SPDX-License-Identifier: Apache-2.0
// daybook mail status, send, receive.
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "mail/answer.sql.h"
#include "mail/caldav.h"
#include "mail/caldav.sql.h"
#include "mail/mail.sql.h"
#include "mail/receiver.h"
#include "mail/sender.h"
#include "mail/status.h"
#include "outbox/outbox.h"

// ---- status ----

static const char *time_or_null(Context *c, Instant at) {
  return instant_is_none(at) ? NULL : instant_text(c->arena, at);
}

static json_t *service_json(Context *c, const ServiceStatus *s) {
  return json_pack("{s:b,s:s?,s:s?,s:s,s:I,s:s}", "set", s->set, "worked",
                   time_or_null(c, s->worked), "failing_since", time_or_null(c, s->failed), "words",
                   s->words, "fill", (json_int_t)s->fill, "note", s->note);
}

static json_t *mail_json(Context *c, const SqlMailListRow *row) {
  return json_pack("{s:I,s:s,s:s,s:s,s:s,s:I,s:s,s:s}", "id", (json_int_t)row->id, "kind",
                   row->kind, "to", row->address, "subject", row->subject, "state",
                   mail_state_name((MailState)row->state), "attempts", (json_int_t)row->attempts,
                   "queued", instant_text(c->arena, row->queued), "words", row->last_words);
}

static SqlAnswerListRows last_answers(Context *c) {
  enum { LAST = 20 };
  return sql_answer_list(c, (SqlAnswerList){.limit = LAST});
}

static json_t *answer_json(Context *c, const SqlAnswerListRow *row) {
  return json_pack("{s:I,s:I,s:s?,s:s,s:s,s:s,s:s,s:s,s:s,s:s?,s:s?,s:s}", "id",
                   (json_int_t)row->id, "activity", (json_int_t)row->activity, "title", row->title,
                   "received", instant_text(c->arena, row->received), "from", row->from_address,
                   "answer", row->answer, "comment", row->comment, "outcome", row->outcome, "why",
                   row->why, "proposed_from", time_or_null(c, row->proposed_from), "settled",
                   time_or_null(c, row->settled), "settled_as", row->settled_as);
}

static json_t *answers_json(Context *c) {
  json_t *list = json_array();
  SqlAnswerListRows rows = last_answers(c);
  for (size_t i = 0; i < rows.count; i++)
    json_array_append_new(list, answer_json(c, &rows.items[i]));
  return list;
}

static json_t *status_json(Context *c, const MailStatus *status) {
  json_t *outbox = json_object(), *dead = json_array();
  for (MailState state = MAIL_WAITING; state <= MAIL_IN_DIGEST; state++)
    json_object_set_new(outbox, mail_state_name(state), json_integer(status->counts[state]));
  SqlMailListRows rows = sql_mail_list(c, (SqlMailList){.state = MAIL_DEAD, .limit = 50});
  for (size_t i = 0; i < rows.count; i++) json_array_append_new(dead, mail_json(c, &rows.items[i]));
  return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "smtp", service_json(c, &status->smtp), "imap",
                   service_json(c, &status->imap), "caldav", service_json(c, &status->caldav),
                   "outbox", outbox, "dead", dead, "answers", answers_json(c));
}

static void print_service(Context *c, const char *name, const ServiceStatus *s) {
  if (!s->set)
    printf(_("%s: not set (DAYBOOK_%s)\n"), name, name);
  else if (!instant_is_none(s->failed))
    printf(_("%s: fails since %s: %s\n"), name, instant_text(c->arena, s->failed), s->words);
  else if (instant_is_none(s->worked))
    printf(_("%s: set, not used yet\n"), name);
  else
    printf(_("%s: worked at %s\n"), name, instant_text(c->arena, s->worked));
  if (s->set && s->fill >= MAILBOX_NEARLY_FULL)
    printf(_("%s: the mailbox is %lld %% full\n"), name, (long long)s->fill);
  if (s->set && !text_is_empty(s->note))
    printf(_("%s: read, but the server would not remove it: %s\n"), name, s->note);
}

static void print_status(Context *c, const MailStatus *status) {
  print_service(c, "SMTP", &status->smtp);
  print_service(c, "IMAP", &status->imap);
  printf(_("%lld waiting, %lld for a digest, %lld sent, %lld refused, %lld withdrawn\n"),
         (long long)(status->counts[MAIL_WAITING] + status->counts[MAIL_SENDING]),
         (long long)status->counts[MAIL_FOR_DIGEST],
         (long long)(status->counts[MAIL_SENT] + status->counts[MAIL_IN_DIGEST]),
         (long long)status->counts[MAIL_DEAD], (long long)status->counts[MAIL_WITHDRAWN]);
  SqlMailListRows rows = sql_mail_list(c, (SqlMailList){.state = MAIL_DEAD, .limit = 20});
  for (size_t i = 0; i < rows.count; i++)
    printf(_("refused: %lld to %s: %s\n"), (long long)rows.items[i].id, rows.items[i].address,
           rows.items[i].last_words);
  SqlAnswerListRows answers = last_answers(c);
  for (size_t i = 0; i < answers.count; i++) {
    const SqlAnswerListRow *row = &answers.items[i];
    printf(_("answer: %s, %s, to “%s”: %s (%s) %s\n"), instant_text(c->arena, row->received),
           row->from_address, row->title == NULL ? "" : row->title, row->answer, row->outcome,
           row->why);
  }
}

static int run_status(Invocation *in) {
  Context *c = invocation_context(in);
  MailStatus status;
  if (!mail_status_read(c, &status)) return command_failed(in);
  if (!invocation_json(in)) {
    print_status(c, &status);
    return context_ok(c) ? 0 : command_failed(in);
  }
  json_t *out = status_json(c, &status);
  json_dumpf(out, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(out);
  return context_ok(c) ? 0 : command_failed(in);
}

// ---- one pass, or until told to stop ----

static int say_sent(Invocation *in, const SendPass *pass) {
  if (invocation_json(in)) {
    json_t *out = json_pack("{s:b,s:I,s:I,s:I,s:s?}", "set", pass->set, "sent",
                            (json_int_t)pass->sent, "later", (json_int_t)pass->later, "refused",
                            (json_int_t)pass->dead, "words", pass->words);
    json_dumpf(out, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(out);
  } else if (!pass->set) {
    puts(_("No mail server is named (DAYBOOK_SMTP): mail waits in the outbox."));
  } else {
    printf(_("%lld sent, %lld put off, %lld refused.\n"), (long long)pass->sent,
           (long long)pass->later, (long long)pass->dead);
    if (pass->words != NULL) printf(_("The server: %s\n"), pass->words);
  }
  return pass->words != NULL ? 1 : 0;
}

static bool wait_or_stop(void) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  return sigtimedwait(&stop, NULL, &(struct timespec){1, 0}) < 0;
}

static void block_stop(void) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, NULL);
}

static int run_send(Invocation *in) {
  Context *c = invocation_context(in);
  SendPass pass;
  c->channel = "mail";
  if (option_flag(in, "once"))
    return mail_send_pass(c, false, &pass) ? say_sent(in, &pass) : command_failed(in);
  block_stop();
  do {
    if (!mail_send_pass(c, true, &pass)) return command_failed(in);
    if (!pass.set) return say_sent(in, &pass);
    if (!clock_is_simulated()) c->now = instant_now();
  } while (wait_or_stop());
  return 0;
}

static int say_received(Invocation *in, const ReceivePass *pass) {
  if (invocation_json(in)) {
    json_t *out =
        json_pack("{s:b,s:I,s:I,s:I,s:I,s:s?}", "set", pass->set, "taken", (json_int_t)pass->taken,
                  "held", (json_int_t)pass->held, "refused", (json_int_t)pass->refused, "strays",
                  (json_int_t)pass->strays, "words", pass->words);
    json_dumpf(out, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(out);
  } else if (!pass->set) {
    puts(_("No mailbox is named (DAYBOOK_IMAP): answers come by the links in the mails alone."));
  } else {
    printf(_("%lld answers taken, %lld held, %lld refused, %lld of no invitation.\n"),
           (long long)pass->taken, (long long)pass->held, (long long)pass->refused,
           (long long)pass->strays);
    if (pass->words != NULL) printf(_("The server: %s\n"), pass->words);
  }
  return pass->words != NULL ? 1 : 0;
}

static int run_receive(Invocation *in) {
  Context *c = invocation_context(in);
  Receiver *receiver = receiver_create();
  ReceivePass pass;
  c->channel = "mail";
  bool once = option_flag(in, "once"), done;
  if (!once) block_stop();
  do {
    done = mail_receive_pass(c, receiver, !once, &pass);
    if (!clock_is_simulated()) c->now = instant_now();
  } while (done && pass.set && !once && wait_or_stop());
  receiver_release(c, receiver);
  receiver_destroy(receiver);
  if (!done) return command_failed(in);
  return once || !pass.set ? say_received(in, &pass) : 0;
}

// ---- the shared calendar ----

static bool settle_conflict(Invocation *in) {
  Context *c = invocation_context(in);
  const char *keep = option(in, "keep");
  int64_t activity;
  bool ours = text_equal(keep, "ours");
  if (!text_to_int(argument(in, 0), &activity))
    return invalid(c, "ACTIVITY", _("An activity's number is expected."));
  if (!ours && !text_equal(keep, "theirs"))
    return invalid(c, "keep", _("Say --keep ours or --keep theirs."));
  return caldav_settle(c, activity, ours ? CALDAV_OURS : CALDAV_THEIRS);
}

static int run_conflicts(Invocation *in) {
  Context *c = invocation_context(in);
  enum { MOST = 500 };
  if (argument_count(in) > 0 && !settle_conflict(in)) return command_failed(in);
  SqlCaldavConflictsRows rows = sql_caldav_conflicts(c, (SqlCaldavConflicts){.limit = MOST});
  json_t *list = json_array();
  for (size_t i = 0; i < rows.count; i++) {
    const SqlCaldavConflictsRow *row = &rows.items[i];
    const char *day = date_text(c->arena, row->due), *decided = caldav_wish_words(row->wish);
    json_array_append_new(list, json_pack("{s:I,s:s,s:s,s:s,s:s}", "activity",
                                          (json_int_t)row->activity, "title", row->title, "due",
                                          day, "words", row->words, "decided", decided));
    if (!invocation_json(in))
      printf("%lld %s %s: %s %s\n", (long long)row->activity, day, row->title, row->words, decided);
  }
  if (!invocation_json(in) && rows.count == 0)
    puts(_("Nothing was changed in the shared calendar."));
  json_t *out = json_pack("{s:o}", "conflicts", list);
  if (invocation_json(in)) {
    json_dumpf(out, stdout, JSON_INDENT(2));
    putchar('\n');
  }
  json_decref(out);
  return context_ok(c) ? 0 : command_failed(in);
}

static const Option CONFLICT_OPTIONS[] = {
    {"keep", "ours|theirs", "put ours there, or leave theirs until ours moves", false, false},
    {0},
};
static const Command CONFLICTS = {
    .name = "mail conflicts",
    .summary = "List what somebody changed in the shared calendar, or decide about one",
    .arguments = "[ACTIVITY]",
    .example = "daybook mail conflicts --org nordwind 17 --keep ours",
    .need = NEED_ORGANISATION,
    .options = CONFLICT_OPTIONS,
    .most_arguments = 1,
    .run = run_conflicts,
};
static const Option NO_OPTIONS[] = {{0}};
static const Option PASS_OPTIONS[] = {
    {"once", NULL, "one pass, then end", false, false},
    {0},
};
static const Command STATUS = {
    .name = "mail status",
    .summary = "Show the outbox, refused mails, the last answers and how the servers do",
    .arguments = "",
    .example = "daybook mail status --org nordwind --json",
    .need = NEED_ORGANISATION,
    .options = NO_OPTIONS,
    .run = run_status,
};
static const Command SEND = {
    .name = "mail send",
    .summary = "Send what waits in the outbox; `daybook serve` does so by itself",
    .arguments = "",
    .example = "daybook mail send --once",
    .need = NEED_DATABASE,
    .options = PASS_OPTIONS,
    .run = run_send,
};
static const Command RECEIVE = {
    .name = "mail receive",
    .summary = "Read the answers in the mailbox; `daybook serve` does so by itself",
    .arguments = "",
    .example = "daybook mail receive --once",
    .need = NEED_DATABASE,
    .options = PASS_OPTIONS,
    .run = run_receive,
};

extern const Command *const mail_commands[];
const Command *const mail_commands[] = {&STATUS, &SEND, &RECEIVE, &CONFLICTS, NULL};
