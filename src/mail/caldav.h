// SPDX-License-Identifier: Apache-2.0
// Puts the diary into a CalDAV collection (Radicale, Nextcloud, …), where one is named:
//   DAYBOOK_CALDAV=https://user@host/path/{org}/   DAYBOOK_CALDAV_PASSWORD_FILE
// {org} stands for the organisation's short name, and must when there are several. An activity is
// put, changed and taken out; one that somebody changed there (If-Match) is left as it is, and
// said, until somebody decides: ours goes over theirs as it was seen (changed again there, it is a
// conflict again), or theirs stays until ours moves.
#ifndef DAYBOOK_MAIL_CALDAV_H
#define DAYBOOK_MAIL_CALDAV_H

#include "base/context.h"

enum { CALDAV_AT_ONCE = 500, CALDAV_AHEAD_MONTHS = 18 };
typedef struct CaldavPass {
  bool set;
  int64_t put, removed, conflicts;
  const char *words; // why the pass ended early; NULL if it did not
} CaldavPass;
bool caldav_push(Context *c, CaldavPass *out); // of c->org
bool caldav_is_set(void);

typedef enum CaldavWish { CALDAV_UNDECIDED, CALDAV_OURS, CALDAV_THEIRS } CaldavWish;
bool caldav_settle(Context *c, int64_t activity, CaldavWish wish); // conflict if there is none
const char *caldav_wish_words(int64_t wish);

#endif
