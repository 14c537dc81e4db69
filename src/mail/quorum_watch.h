// SPDX-License-Identifier: Apache-2.0
// Whether the answers leave a quorum; and when those it needs are free.
#ifndef DAYBOOK_MAIL_QUORUM_WATCH_H
#define DAYBOOK_MAIL_QUORUM_WATCH_H

#include "diary/meeting.h"
#include "mail/invite.h"

enum { OPEN_TIMES = 3, OPEN_TIMES_AHEAD_DAYS = 60 };
typedef struct QuorumState {
  bool needed;       // the activity has a quorum at all
  bool lost;         // so many have said no that it cannot come about any more
  bool certain;      // enough have said yes
  const char *words; // "Of top management 2 of 3 are needed; 1 can still come."
} QuorumState;
bool quorum_state(Context *c, int64_t activity, QuorumState *out);
typedef struct OpenTimes {
  Instant items[OPEN_TIMES];
  size_t count;
} OpenTimes;
// The next times after the present one at which everybody the quorum needs is free, as far as is
// known: the diary's own meetings, what they answered, and free/busy times they published.
bool quorum_open_times(Context *c, int64_t activity, OpenTimes *out);
// After an answer: when it has cost the quorum, the organiser hears it at once. In the caller's
// transaction.
bool quorum_watch(Context *c, int64_t activity);
// A free/busy file (VFREEBUSY, or a calendar's events) somebody published: takes the place of the
// last one. invalid(c, "file", why).
bool busy_import(Context *c, int64_t person, const char *bytes, size_t length, int64_t *periods);

#endif
