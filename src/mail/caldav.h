// SPDX-License-Identifier: Apache-2.0
// Puts the diary into a CalDAV collection (Radicale, Nextcloud, …), where one is named:
//   DAYBOOK_CALDAV=https://user@host/path/{org}/   DAYBOOK_CALDAV_PASSWORD_FILE
// {org} stands for the organisation's short name, and must when there are several. An activity is
// put, changed and taken out; one that somebody changed there (If-Match) is left as it is, and
// said.
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

#endif
