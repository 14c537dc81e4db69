// SPDX-License-Identifier: Apache-2.0
#include "diary/workday.h"

#define FURTHEST_SHIFT 30

static const Holiday *holiday_find(const WorkCalendar *calendar, int64_t site, Date day) {
  if (calendar == NULL) return NULL;
  size_t low = 0, high = calendar->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (date_compare(calendar->holidays[middle].on, day) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < calendar->count && date_compare(calendar->holidays[low].on, day) == 0; low++) {
    const Holiday *holiday = &calendar->holidays[low];
    if (holiday->site == 0 || holiday->site == site) return holiday;
  }
  return NULL;
}

const char *workday_rest_name(const WorkCalendar *calendar, int64_t site, Date day) {
  static const char *const names[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                      N_("Friday"), N_("Saturday"), N_("Sunday")};
  unsigned rest = calendar != NULL && calendar->rest != 0 ? calendar->rest : REST_SATURDAY_SUNDAY;
  int weekday = date_weekday(day) - 1;
  if (rest & (1u << weekday)) return _(names[weekday]);
  const Holiday *holiday = holiday_find(calendar, site, day);
  return holiday == NULL ? NULL : holiday->name;
}

bool workday_is(const WorkCalendar *calendar, int64_t site, Date day) {
  return workday_rest_name(calendar, site, day) == NULL;
}

static Date workday_walk(const WorkCalendar *calendar, int64_t site, Date day, int32_t step) {
  for (int32_t i = 0; i <= FURTHEST_SHIFT; i++) {
    Date candidate = date_add_days(day, i * step);
    if (workday_is(calendar, site, candidate)) return candidate;
  }
  return day;
}

Date workday_on_or_before(const WorkCalendar *calendar, int64_t site, Date day) {
  return workday_walk(calendar, site, day, -1);
}

Date workday_on_or_after(const WorkCalendar *calendar, int64_t site, Date day) {
  return workday_walk(calendar, site, day, 1);
}
