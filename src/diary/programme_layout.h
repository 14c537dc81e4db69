// SPDX-License-Identifier: Apache-2.0
// Inside the programme: the board on which duties are laid out one after the other.
#ifndef DAYBOOK_PROGRAMME_LAYOUT_H
#define DAYBOOK_PROGRAMME_LAYOUT_H

#include "diary/programme.h"

typedef struct Layout {
  Context *c;
  const Facts *facts;
  const WorkCalendar *calendar;
  Date start;                      // nothing is planned before it
  Date external[CYCLE_AUDITS_MAX]; // due dates of the external audits laid out so far
  size_t external_count;
  uint8_t *load; // activities per day since `start`
  size_t days;
  int32_t catch_ups; // spread over the days after the start
  PlannedActivities *out;
} Layout;

// Where one activity may go.
typedef struct Slot {
  Date target, low, high;
  int64_t site;
  bool keeps_clear; // of the days before an external audit
  bool may_crowd;   // stays on a full day: what is given up here is lost to every later date
} Slot;

static inline Date date_earlier(Date a, Date b) {
  return date_compare(a, b) < 0 ? a : b;
}
static inline Date date_later(Date a, Date b) {
  return date_compare(a, b) > 0 ? a : b;
}
static inline bool date_is_set(Date d) {
  return !date_is_none(d) && d.days != 0;
}

// The working day for a slot: the target or before it in its month, else after it in its month,
// else before, else after. Prefers days that do not already hold two activities.
Date slot_pick(const Layout *layout, const Slot *slot);
// The external audit in whose clear days (the day itself included) `day` falls, else DATE_NONE.
Date layout_external_over(const Layout *layout, Date day);
// series: the nominal date; nudge: why due differs from it, or NULL.
PlannedActivity *layout_emit(Layout *layout, const Proposal *duty, Date series, Date due,
                             const char *nudge);
// Guarantees an internal audit and then a management review before each external audit.
void layout_guarantee_order(Layout *layout, const Proposals *duties);

#endif
