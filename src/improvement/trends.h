// SPDX-License-Identifier: Apache-2.0
// Ageing, time to close, recurrence: how findings and actions go. As of c->today.
#ifndef DAYBOOK_IMPROVEMENT_TRENDS_H
#define DAYBOOK_IMPROVEMENT_TRENDS_H

#include "improvement/improvement.h"
#include "report/chart.h"

enum { TREND_MONTHS = 12, AGE_BANDS = 4 };
typedef struct MonthCount {
  Date month;                                         // its first day
  int64_t raised, nonconformities, closed, open_then; // open_then: at its end
  OptReal days;                                       // median to close, of those closed in it
} MonthCount;
typedef struct CauseCount {
  const char *kind, *title;
  int64_t findings, again; // again: said to repeat an earlier one
} CauseCount;
typedef struct SourceCount {
  const char *source;
  int64_t findings;
} SourceCount;
typedef struct Trends {
  MonthCount months[TREND_MONTHS]; // the oldest first; the last is the present one
  int64_t ages[AGE_BANDS];         // of open ones: up to 30, 90, 180 days, more
  OptReal median_days;             // to close, over the twelve months
  LIST_OF(CauseCount) causes;
  LIST_OF(SourceCount) sources;
  int64_t actions_done, actions_in_time, actions_extended, actions_open, actions_overdue;
  int64_t checks, checks_held;
} Trends;
bool improvement_trends(Context *c, Trends *out);
const char *age_band(size_t band); // "up to 30 days"

// Charts of them, for pages and documents alike.
struct Chart *trend_chart_flow(Context *c, const Trends *trends); // raised, closed, open
struct Chart *trend_chart_days(Context *c, const Trends *trends); // median days to close
struct Chart *trend_chart_ages(Context *c, const Trends *trends);
struct Chart *trend_chart_causes(Context *c, const Trends *trends);

#endif
