// SPDX-License-Identifier: Apache-2.0
// The outbox: a mail is queued in the transaction of the change it speaks of, so that it goes out
// if and only if the change happened. Sending is mail/sender.h's business. Any room may queue:
//
//   Letter letter = letter_begin(c, _("The audit of Suppliers moved"));
//   letter_paragraph(c, &letter, …); letter_fact(…); letter_button(c, &letter, title, "/o/…/17");
//   mail_queue(c, &(MailNew){.kind = MAIL_NOTICE, .person = p, .subject = …, .letter = &letter},
//   NULL);
#ifndef DAYBOOK_OUTBOX_H
#define DAYBOOK_OUTBOX_H

#include "base/context.h"
#include "base/language.h"

typedef enum MailKind {
  MAIL_INVITATION,  // with a calendar object; never stopped, never in a digest
  MAIL_REMINDER,    // of a duty that is one's own
  MAIL_ESCALATION,  // somebody else's duty that is not done
  MAIL_PREPARATION, // what is still missing before it is due
  MAIL_NOTICE,      // something happened that one has to know
  MAIL_NEWS,        // something one may like to know
  MAIL_DIGEST,      // several of the above in one
  MAIL_ACCOUNT,     // a link that signs in or sets a password: at once, at any hour
  MAIL_KIND_COUNT
} MailKind;
typedef struct MailRule {
  const char *name, *title, *because;
  bool stoppable; // no duty: one click ends them (RFC 8058)
  bool digested;  // may wait for the reader's digest
  bool at_once;   // knows no quiet hours
} MailRule;
const MailRule *mail_rule(MailKind kind);
const char *mail_kind_title(const char *name);

typedef enum MailState {
  MAIL_WAITING,
  MAIL_SENDING,
  MAIL_SENT,
  MAIL_DEAD,
  MAIL_WITHDRAWN,
  MAIL_FOR_DIGEST,
  MAIL_IN_DIGEST
} MailState;
const char *mail_state_name(MailState state); // "waiting"

// ---- what it says; pieces are kept in c->arena ----
typedef struct LetterFact {
  const char *name, *value;
} LetterFact;
typedef struct LetterButton {
  const char *title, *path;
} LetterButton;
typedef struct Letter {
  const char *heading;
  LIST_OF(const char *) paragraphs;
  LIST_OF(LetterFact) facts;
  LIST_OF(const char *) points; // a list
  LIST_OF(LetterButton) buttons;
  const char *organisation, *because, *stop; // filled in by mail_queue; because: NULL = usual
} Letter;
// A mail is written in the language of who reads it: what they chose, else the organisation's, else
// English (0: somebody outside). _() answers in it until the scope ends.
int mail_language(Context *c, int64_t person); // -1: neither they nor the organisation say one
int mail_speak(Context *c, int64_t person);    // what was spoken before
#define MAIL_SPEAKS_TO(c, person)                                                                  \
  __attribute__((cleanup(language_back), unused)) int spoken_before = mail_speak(c, person)
Letter letter_begin(Context *c, const char *heading);
void letter_paragraph(Context *c, Letter *letter, const char *text);
void letter_fact(Context *c, Letter *letter, const char *name, const char *value); // "" is left out
void letter_point(Context *c, Letter *letter, const char *text);
void letter_button(Context *c, Letter *letter, const char *title, const char *path);
// Paths of ours stand in plain text and calendars as daybook:/o/…, in HTML as href="/o/…": the
// public address (DAYBOOK_URL) is put in when the mail is sent.
#define MAIL_OWN_LINK "daybook:"
const char *letter_text(Context *c, const Letter *letter);
const char *letter_html_text(Context *c, const Letter *letter);

typedef struct MailNew {
  MailKind kind;
  int64_t person;             // of c->org; or, if 0:
  const char *address, *name; // somebody who is no person here
  const char *subject;
  const Letter *letter;
  const char *calendar, *method; // an iCalendar object (folded or not), and its METHOD
  const char *answer_token;      // so that what comes back is known (see mail/answer.h)
  const char *once;              // said once only: a second of this key is not queued
  const char *topic;             // takes the place of an unsent one on this topic to this person
  const char *object_kind;
  int64_t object;
} MailNew;
// False with c->error. *id (may be NULL) is 0 when nothing was queued: the person has no address,
// has stopped such mails, or it was said already.
bool mail_queue(Context *c, const MailNew *mail, int64_t *id);
// To everybody who holds a role today (enum Role), by the same letter; `once` is made each one's
// own.
bool mail_queue_role(Context *c, int role, const MailNew *mail, int64_t *count);
// Takes back what has not been sent and was never tried; true in *all if that was all of it.
bool mail_withdraw(Context *c, const char *topic, int64_t person, bool *all);
// Empties what the outbox holds about a person who is erased; in the mails of others another name
// stands for theirs.
typedef struct PersonForgot {
  int64_t person;
  const char *name, *address, *stands;
} PersonForgot;
bool outbox_forget(Context *c, const PersonForgot *who);
const char *mail_token_create(Context *c, const char *purpose, int64_t object); // NULL on error

// ---- settings, from the environment ----
const char *mail_public_url(void);   // DAYBOOK_URL without a last slash; "" if not set
bool mail_smtp_is_set(void);         // DAYBOOK_SMTP
const char *mail_from(Arena *arena); // DAYBOOK_MAIL_FROM, else from DAYBOOK_SMTP; NULL if unknown

#endif
