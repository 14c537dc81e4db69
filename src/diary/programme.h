// SPDX-License-Identifier: Apache-2.0
// The programme: every duty's dates over the cycle, computed from the facts alone (no database).
#ifndef DAYBOOK_PROGRAMME_H
#define DAYBOOK_PROGRAMME_H

#include "diary/cycle.h"
#include "diary/diary.h"
#include "diary/workday.h"

#define CATCH_UP_DAYS 30 // an obligation already beyond its maximum at the start is planned within

// What every room proposes for these facts, in the order of diary_rooms.
void programme_duties(Context *c, const Facts *facts, Proposals *out);
// Lays the duties out: nothing before `start` (or the decision), everything before each duty's
// `until`, each due date on a working day and never later than the previous one plus the maximum,
// audits and reviews at least CYCLE_CLEAR_DAYS before an external audit. Sorted by due date.
typedef struct Programme {
  const Facts *facts;
  Date start;
  const WorkCalendar *calendar; // NULL: Saturday and Sunday rest
  const Proposals *duties;
  const Date *external; // external audits that are planned already, besides those in duties
  size_t external_count;
} Programme;
void programme_lay_out(Context *c, const Programme *programme, PlannedActivities *out);
const char *why_with(Context *c, const char *why, const char *more); // one sentence from two
// "one audit each quarter" → "One audit each quarter."
const char *why_sentence(Context *c, const char *why);
// The k-th nominal date of a duty's series; computed from its anchor, so that it never drifts.
Date series_date(const Proposal *duty, int32_t k);

#endif
