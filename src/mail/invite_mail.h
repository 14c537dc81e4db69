// SPDX-License-Identifier: Apache-2.0
// Inside the invitations: what one says, as a letter and as an iCalendar object.
#ifndef DAYBOOK_MAIL_INVITE_MAIL_H
#define DAYBOOK_MAIL_INVITE_MAIL_H

#include "diary/meeting.h"
#include "mail/invite.h"
#include "mail/invite.sql.h"
#include "outbox/outbox.h"

typedef struct Meeting {
  const Activity *activity;
  SqlInviteRowsRows rows;     // who was invited
  SqlInvitePeopleRows people; // who takes part, and the owner
  InviteWho who;
  ActivityPlace place;
  const char *location;  // site, address and place in one line
  const char *organiser; // name of the owner, or the organisation's
  const char *slug, *organisation;
} Meeting;
bool meeting_complete(Context *c, Meeting *m); // place, location, organiser, slug

typedef struct Invited {
  int64_t id, person;
  const char *name, *address, *token;
} Invited;
typedef enum InviteWhat {
  INVITE_FIRST,
  INVITE_MOVED,
  INVITE_CHANGED,
  INVITE_OFF,
  INVITE_NOT_ASKED
} InviteWhat;
bool invite_mail(Context *c, const Meeting *m, const Invited *who, InviteWhat what, int64_t *mail);
const char *invite_topic(Context *c, int64_t activity);
// "Wednesday, 18 February 2026, 10:00–11:30 (Europe/Berlin)"
const char *meeting_when(Context *c, const Activity *activity);
const char *meeting_path(Context *c, const Meeting *m); // "/o/nordwind/activities/17"

#endif
