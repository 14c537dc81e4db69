// SPDX-License-Identifier: Apache-2.0
// What comes back to an invitation: by mail (RFC 5546 REPLY and COUNTER), by the links in it, and
// what the organiser does with what is held. An answer counts when it bears the invitation's own
// token, comes from the address that was invited (or one it named as its delegate), speaks of the
// invitation as it now is, and was not heard before. Anything else is held or refused, with the
// reason, and kept.
#ifndef DAYBOOK_MAIL_ANSWER_H
#define DAYBOOK_MAIL_ANSWER_H

#include "mail/invite.h"
#include "mail/mail_in.h"

typedef enum AnswerOutcome {
  ANSWER_TAKEN,
  ANSWER_PROPOSED, // another time: the organiser decides
  ANSWER_HELD,     // from somebody who was not invited: the organiser decides
  ANSWER_REFUSED,
  ANSWER_STRAY, // belongs to no invitation of anybody here
} AnswerOutcome;

// In the caller's transaction. Sets c->org to the organisation it belongs to (0 for a stray one).
bool answer_take(Context *c, const MailIn *mail, AnswerOutcome *outcome);

// By the link in the mail. c->org is set from the token; not_found if there is no such invitation.
bool answer_find(Context *c, const char *token, Invitation *out);
bool answer_give(Context *c, const Invitation *invitation, const char *answer, const char *comment,
                 const char *by); // by: "link", "page"

// What the organiser decides; permissions and ownership as for moving the activity.
bool answer_release(Context *c, int64_t id);     // a held one counts
bool answer_discard(Context *c, int64_t id);     // a held one does not
bool answer_accept_time(Context *c, int64_t id); // moves the activity, with the reason
bool answer_refuse_time(Context *c, int64_t id, const char *why); // DECLINECOUNTER to its sender

#endif
