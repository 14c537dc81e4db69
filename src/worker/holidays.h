// SPDX-License-Identifier: Apache-2.0
// Public holidays out of an iCalendar file (RFC 5545) that nobody vouches for. Runs in the worker.
#ifndef DAYBOOK_WORKER_HOLIDAYS_H
#define DAYBOOK_WORKER_HOLIDAYS_H

#include "base/time.h"

enum {
  HOLIDAYS_MOST_BYTES = 2 * 1024 * 1024,
  HOLIDAYS_MOST_EVENTS = 5000,
  HOLIDAYS_MOST_DATES = 10000,    // over all events, inside the asked-for years
  HOLIDAYS_MOST_DEPTH = 8,        // BEGIN inside BEGIN
  HOLIDAYS_MOST_LINE = 16 * 1024, // one content line, unfolded
  HOLIDAYS_LONGEST_DAYS = 31,     // of one event; a longer one is no holiday
  HOLIDAYS_LONGEST_NAME = 200,    // bytes; cut at a character
};

typedef struct HolidayDate {
  Date day;
  const char *name;
} HolidayDate;
typedef struct HolidayNote { // an event that was left out, and why
  const char *name, *why;
} HolidayNote;
typedef struct HolidayList {
  LIST_OF(HolidayDate) dates; // sorted, each day and name once
  LIST_OF(HolidayNote) notes;
} HolidayList;

// Days from `from` to `to`, both included. False with *why if the file as a whole is refused.
bool holidays_read(Arena *arena, const char *bytes, size_t length, Date from, Date to,
                   HolidayList *out, const char **why);

#endif
