// SPDX-License-Identifier: Apache-2.0
// Inside the answers: what was heard, and what is done about it.
#ifndef DAYBOOK_MAIL_ANSWER_RULES_H
#define DAYBOOK_MAIL_ANSWER_RULES_H

#include "mail/answer.h"

typedef struct Heard {
  Invitation invitation; // id 0: only the activity is known
  const char *uid;       // of the activity, lower case
  bool ended, proposes;
  const AttendeeIn *attendee; // whose answer it is; NULL: it names nobody
  const char *answer;         // "accepted", …; NULL: none of them
  const char *fingerprint, *why;
  int64_t id; // mail_answer.id, once kept
} Heard;

bool answer_enter(Context *c, int64_t org); // c->org, zone, today
bool answer_keep(Context *c, const MailIn *mail, Heard *heard, AnswerOutcome outcome);
bool answer_apply_mail(Context *c, const MailIn *mail, const Heard *heard);
bool answer_propose(Context *c, const MailIn *mail, const Heard *heard);
bool answer_tell_held(Context *c, const MailIn *mail, const Heard *heard);

// A mail to the organiser of an activity about what came in; about the same matter once an hour, as
// whoever wants to can send thousands.
bool answer_tell_organiser(Context *c, int64_t activity, const char *matter, const char *heading,
                           const char *words);
const char *answer_page(Context *c, int64_t activity); // "/o/nordwind/activities/17/answers"

#endif
