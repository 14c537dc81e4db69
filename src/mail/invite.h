// SPDX-License-Identifier: Apache-2.0
// Invitations by mail (iMIP, RFC 6047; iTIP, RFC 5546) to activities of the diary: a REQUEST to
// each who is to come, another when what they were told has changed, a CANCEL when it is off or
// they are no longer asked. Whom a change does not concern hears nothing.
#ifndef DAYBOOK_MAIL_INVITE_H
#define DAYBOOK_MAIL_INVITE_H

#include "diary/activity.h"

enum { INVITE_AHEAD_MONTHS = 12 }; // nobody is invited to what is further away

typedef enum InviteWho { INVITE_NOBODY, INVITE_TAKING_PART, INVITE_AND_OWNER } InviteWho;
// The organisation's choice for a kind of duty; without one: reviews, audits, exercises and the
// risk workshop invite who takes part and the owner, plain checks nobody, the rest who takes part.
InviteWho invite_who(Context *c, DutyKind kind);
bool invite_choose(Context *c, DutyKind kind, InviteWho who);

// Brings what people were told about one activity in line with what it is now. Does nothing when
// it is. In the caller's transaction.
bool invite_watch(Context *c, int64_t activity);
// Every activity of c->org that has come within INVITE_AHEAD_MONTHS, or changed through its duty.
bool invite_all(Context *c, int64_t *activities);

typedef struct Invitation {
  int64_t id, activity, person, version, sequence;
  const char *name, *address, *token;
  bool off; // told that it is off, or that they are not asked any more
  const char *answer, *answered_by, *comment, *delegate;
  Instant invited, answered, answer_stamp;
} Invitation;
typedef struct Invitations {
  Invitation *items;
  size_t count;
} Invitations;
bool invite_list(Context *c, int64_t activity, Invitations *out);
bool invite_get(Context *c, int64_t id, Invitation *out); // not_found if it is not of c->org
const char *invite_answer_words(const char *answer);      // "accepted" is "Accepted"
int64_t invite_organiser(Context *c, int64_t activity);   // person.id, 0 if nobody

#endif
