// SPDX-License-Identifier: Apache-2.0
// VTIMEZONE (RFC 5545 3.6.5) without rules: the offsets are looked up, each change is written with
// its own date, so that a reader needs no knowledge of the zone and no rule can be misread.
#include <stdlib.h>

#include "diary/calendar.h"

enum { SECONDS_PER_DAY = 86400, PROBE_DAYS = 7 };
static const int64_t SECOND = 1000000;

typedef struct Change {
  Instant at;
  int32_t from, to; // seconds east of UTC
  const char *abbreviation;
  bool written;
} Change;
typedef LIST_OF(Change) Changes;

static int32_t offset_at(const Zone *zone, int64_t second, const char **abbreviation) {
  return zone_offset(zone, (Instant){second * SECOND}, abbreviation);
}

// The first second of the new offset, in (low, high].
static int64_t first_second(const Zone *zone, int64_t low, int64_t high, int32_t old_offset) {
  while (high - low > 1) {
    int64_t middle = low + (high - low) / 2;
    if (offset_at(zone, middle, NULL) == old_offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

static void find_changes(Arena *arena, const Zone *zone, Date from, Date to, Changes *changes) {
  int64_t last = (int64_t)to.days * SECONDS_PER_DAY;
  int64_t second = (int64_t)from.days * SECONDS_PER_DAY;
  Change *first = list_add(arena, changes);
  first->at = (Instant){second * SECOND};
  first->from = first->to = offset_at(zone, second, &first->abbreviation);

  int32_t offset = first->to;
  while (second < last) {
    int64_t next = second + (int64_t)PROBE_DAYS * SECONDS_PER_DAY;
    if (offset_at(zone, next, NULL) != offset) {
      next = first_second(zone, second, next, offset);
      Change *change = list_add(arena, changes);
      change->at = (Instant){next * SECOND};
      change->from = offset;
      change->to = offset = offset_at(zone, next, &change->abbreviation);
    }
    second = next;
  }
}

// RFC 5545: the onset is told in the local time that was in force until then.
static void put_onset(Calendar *calendar, const char *property, const Change *change) {
  int64_t local = change->at.us / SECOND + change->from;
  calendar_raw(calendar, property);
  calendar_moment(calendar, (Date){(int32_t)(local / SECONDS_PER_DAY)},
                  (int32_t)(local % SECONDS_PER_DAY));
  calendar_line_end(calendar);
}

static void put_offset(Calendar *calendar, const char *property, int32_t offset) {
  int32_t size = abs(offset);
  char text[8] = {offset < 0 ? '-' : '+'};
  int32_t parts[3] = {size / 3600, size / 60 % 60, size % 60};
  size_t shown = parts[2] ? 3 : 2;
  for (size_t i = 0; i < shown; i++) {
    text[1 + 2 * i] = (char)('0' + parts[i] / 10);
    text[2 + 2 * i] = (char)('0' + parts[i] % 10);
  }
  calendar_raw(calendar, property);
  calendar_raw(calendar, text);
  calendar_line_end(calendar);
}

static bool same_observance(const Change *a, const Change *b) {
  return a->from == b->from && a->to == b->to && text_equal(a->abbreviation, b->abbreviation);
}

// One observance with all its onsets: DTSTART is the first, RDATE each later one.
static void put_observance(Calendar *calendar, Changes *changes, size_t first, int32_t standard) {
  const Change *change = &changes->items[first];
  const char *kind = change->to > standard ? "DAYLIGHT" : "STANDARD";
  calendar_raw(calendar, "BEGIN:");
  calendar_raw(calendar, kind);
  calendar_line_end(calendar);
  put_onset(calendar, "DTSTART:", change);
  for (size_t i = first + 1; i < changes->count; i++) {
    if (same_observance(change, &changes->items[i])) {
      put_onset(calendar, "RDATE:", &changes->items[i]);
      changes->items[i].written = true;
    }
  }
  put_offset(calendar, "TZOFFSETFROM:", change->from);
  put_offset(calendar, "TZOFFSETTO:", change->to);
  calendar_property(calendar, "TZNAME", change->abbreviation);
  calendar_raw(calendar, "END:");
  calendar_raw(calendar, kind);
  calendar_line_end(calendar);
}

void calendar_zone(Calendar *calendar, const Zone *zone, Date from, Date to) {
  if (text_equal(zone_name(zone), "UTC")) {
    return;
  }
  Changes changes = {0};
  find_changes(calendar->out->arena, zone, date_add_days(from, -366), date_add_days(to, 366),
               &changes);
  int32_t standard = changes.items[0].to;
  for (size_t i = 1; i < changes.count; i++) {
    standard = changes.items[i].to < standard ? changes.items[i].to : standard;
  }
  calendar_raw(calendar, "BEGIN:VTIMEZONE");
  calendar_line_end(calendar);
  calendar_property(calendar, "TZID", zone_name(zone));
  for (size_t i = 0; i < changes.count; i++) {
    if (!changes.items[i].written) {
      put_observance(calendar, &changes, i, standard);
    }
  }
  calendar_raw(calendar, "END:VTIMEZONE");
  calendar_line_end(calendar);
}
