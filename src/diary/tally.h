// SPDX-License-Identifier: Apache-2.0
// Derived counts: changed in the same transaction as what they count, and rebuilt by diary_rebuild.
#ifndef DAYBOOK_TALLY_H
#define DAYBOOK_TALLY_H

#include "diary/diary.h"

typedef struct Counted {
  State state;
  Date baseline, due, latest, held_on;
} Counted;
// before NULL: the activity is new. Within the caller's write transaction.
bool tally_change(Context *c, int64_t duty, const char *kind, const Counted *before,
                  const Counted *after);
// Late and missed are counted in two parts: what past months left open, and the present month.
Date overdue_month(Date today);                                                   // its first day
void overdue_in_past_months(Context *c, int64_t *past_due, int64_t *past_latest); // of every kind
// Evidence of a duty's last held activity came or went.
bool tally_refresh_duty(Context *c, int64_t duty);

#endif
