// SPDX-License-Identifier: Apache-2.0
// What became of the adopted programme: held against the first plan, slip, forecast.
#ifndef DAYBOOK_AUDITS_PROGRAMME_FOLLOW_H
#define DAYBOOK_AUDITS_PROGRAMME_FOLLOW_H

#include "audits/programme.h"
#include "report/chart.h"

// What of the programme lies on a day.
typedef struct FollowedDay {
  Date day;
  int64_t first, due_open, latest_open, held;
} FollowedDay;
typedef LIST_OF(FollowedDay) FollowedDays;

typedef struct Following {
  int64_t due;             // by the first plan, until today
  int64_t held;            // of all
  int64_t late, closed;    // open past their date; past their window
  Date surveillance;       // the next external audit; DATE_NONE
  int64_t due_then;        // by the first plan, until that day
  int64_t as_planned;      // held then, if everything open keeps its present date
  int64_t at_this_pace;    // held then, if as many of what falls due are held as until now
  bool paced;              // something fell due already: a pace can be measured
  int64_t closed_activity; // the first window that closed; 0 = none
  const char *closed_words;
  FollowedDays days;
} Following;
bool audit_programme_follow(Context *c, Following *out);
int32_t following_percent(int64_t part, int64_t whole); // -1: nothing to measure

// Cumulated by month from `start`: first plan, present plan, held.
Chart *audit_programme_burn_up(Context *c, const Following *following, Date start, int32_t months);

#endif
