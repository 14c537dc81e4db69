// SPDX-License-Identifier: Apache-2.0
// What stands in somebody's calendar: one event for each activity of the whole cycle.
#ifndef DAYBOOK_CALENDAR_FEED_H
#define DAYBOOK_CALENDAR_FEED_H

#include "base/context.h"

typedef struct CalendarFeed {
  bool whole;           // the organisation's
  int64_t person;       // or what a person owns, holds by position or takes part in
  int64_t position;     // or a position's
  int role;             // or everybody's with this Role; -1 = none
  const char *name;     // shown by calendar programs; NULL: the organisation's
  const char *base_url; // for the links back; NULL: no links
} CalendarFeed;

bool calendar_feed_write(Context *c, const CalendarFeed *feed, Text *out);
// Changes whenever the feed may have changed. ledger: which is the last entry.
const char *calendar_feed_etag(const Context *c, const CalendarFeed *feed, const char *ledger);

#endif
