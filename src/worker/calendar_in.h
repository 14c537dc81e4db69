// SPDX-License-Identifier: Apache-2.0
// An iCalendar object from a stranger (RFC 5545, 5546, 6047): the answer to an invitation, or
// somebody's free/busy times. Runs in the worker. Cheap limits stand before the library; nothing is
// ever repeated: an answer to our invitations does not recur.
#ifndef DAYBOOK_WORKER_CALENDAR_IN_H
#define DAYBOOK_WORKER_CALENDAR_IN_H

#include <jansson.h>

#include "base/base.h"

enum {
  CALENDAR_IN_MOST_BYTES = 512 * 1024,
  CALENDAR_IN_MOST_DEPTH = 5,
  CALENDAR_IN_MOST_LINE = 32 * 1024,
  CALENDAR_IN_MOST_LINES = 20000,
  CALENDAR_IN_MOST_PARTS = 60,   // BEGINs
  CALENDAR_IN_MOST_PEOPLE = 200, // attendees read
  CALENDAR_IN_MOST_BUSY = 3000,  // periods of free/busy
};

// {"method","uid","sequence","stamp","organizer","token","recurs","comment","attendees":[…],
//  "start","end","busy":[[from,until],…]} or {"refused":"why"}.
json_t *calendar_in_read(Arena *arena, const char *bytes, size_t length);
// Europe/Berlin for "W. Europe Standard Time"; NULL if it is no name Windows uses.
const char *windows_zone(const char *name);

#endif
