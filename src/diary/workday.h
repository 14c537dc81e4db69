// SPDX-License-Identifier: Apache-2.0
// Working days: a week with its days of rest, and the holidays of an organisation or a site.
#ifndef DAYBOOK_WORKDAY_H
#define DAYBOOK_WORKDAY_H

#include "base/time.h"

typedef struct Holiday {
  Date on;
  int64_t site; // 0 = everywhere
  const char *name;
} Holiday;
typedef struct WorkCalendar {
  const Holiday *holidays; // sorted by date
  size_t count;
  uint8_t rest; // bit 0 Monday … bit 6 Sunday; 0 means Saturday and Sunday
} WorkCalendar;
#define REST_SATURDAY_SUNDAY 0x60u

// NULL calendar: Saturday and Sunday rest, no holidays. site 0 heeds only holidays for everybody.
bool workday_is(const WorkCalendar *calendar, int64_t site, Date day);
// The name of the holiday, "Saturday", …; NULL on a working day.
const char *workday_rest_name(const WorkCalendar *calendar, int64_t site, Date day);
// The working day on or before (at most 30 days back, else the day itself).
Date workday_on_or_before(const WorkCalendar *calendar, int64_t site, Date day);
Date workday_on_or_after(const WorkCalendar *calendar, int64_t site, Date day);
bool workday_calendar_load(Context *c, WorkCalendar *out); // of c->org

#endif
