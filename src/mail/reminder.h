// SPDX-License-Identifier: Apache-2.0
// Reminders and escalation of every duty, each once, computed from the present state: after a week
// of silence, what is still true is said once.
//   14 and 7 days before   preparation: what is still missing           to the owner
//   3 days before, on the day, the day after, once it is missed         to the owner
//   7 days late, or missed                                              to the owner's manager
//   14 days late, or missed                                             to top management
// What a room wants ready around an activity (diary/prompt.h: a review's pack, its chair, minutes
// that wait) is said to whose it is, else to the security manager; so is what is missing before a
// review.
// A duty that nobody holds is told to the security manager instead of its owner.
#ifndef DAYBOOK_MAIL_REMINDER_H
#define DAYBOOK_MAIL_REMINDER_H

#include "base/context.h"

enum {
  REMIND_AHEAD_DAYS = 14,
  REMIND_WEEK_DAYS = 7,
  REMIND_BEFORE_DAYS = 3,
  ESCALATE_MANAGER_DAYS = 7,
  ESCALATE_TOP_DAYS = 14,
  REMIND_FROM_HOUR = 6, // local: nobody is woken by a date that has just begun
  REMIND_AT_ONCE = 3,   // more to one person at a time become one mail
};
bool remind_all(Context *c, int64_t *mails); // of c->org, in the caller's transaction

#endif
