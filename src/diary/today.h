// SPDX-License-Identifier: Apache-2.0
// Today: what needs me, what is late, what is coming, how long until the external auditor comes.
// Lateness is read off the dates as of c->today; each list is cut at TODAY_LINES with its total.
#ifndef DAYBOOK_TODAY_H
#define DAYBOOK_TODAY_H

#include "diary/activity.h"

#define TODAY_LINES       20
#define TODAY_COMING_DAYS 45

typedef struct Countdown {
  int64_t activity; // 0 = no external audit is planned any more
  const char *title, *stage;
  Date due, latest;
  int32_t days; // until due; negative = overdue
} Countdown;
typedef struct Today {
  ActivityLines mine;   // open, of `person` or a position held, window open or past; soonest first
  ActivityLines missed; // every duty, past latest; longest first
  ActivityLines late;   // past due, window still open
  ActivityLines coming; // due within TODAY_COMING_DAYS
  Countdown countdown;
  int64_t open, on_time, concluded_late; // of all activities, whatever their date
  bool adopted;                          // false: no programme yet (the page says what to do)
} Today;
bool today_of(Context *c, int64_t person, Today *out); // person 0: nobody's, `mine` stays empty
bool countdown_of(Context *c, Countdown *out);

#endif
