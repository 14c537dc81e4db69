// SPDX-License-Identifier: Apache-2.0
// Time is an argument: Date is a calendar day, Instant is UTC. No rule reads the clock by itself.
#ifndef DAYBOOK_TIME_H
#define DAYBOOK_TIME_H

#include "base/base.h"

typedef struct Date {
  int32_t days; // since 1970-01-01, proleptic Gregorian
} Date;
typedef struct Instant {
  int64_t us; // microseconds since 1970-01-01T00:00:00Z
} Instant;
#define DATE_NONE    ((Date){INT32_MIN})
#define INSTANT_NONE ((Instant){INT64_MIN})

static inline bool date_is_none(Date d) {
  return d.days == INT32_MIN;
}
static inline int date_compare(Date a, Date b) {
  return (a.days > b.days) - (a.days < b.days);
}
static inline Date date_add_days(Date d, int32_t n) {
  return (Date){d.days + n};
}
static inline int32_t date_diff(Date later, Date earlier) {
  return later.days - earlier.days;
}
static inline bool instant_is_none(Instant i) {
  return i.us == INT64_MIN;
}

Date date_make(int year, int month, int day); // DATE_NONE if no such day or outside 1900–2199
void date_split(Date d, int *year, int *month, int *day);
bool date_parse(const char *text, Date *out); // YYYY-MM-DD only; 2027-02-30 is refused
bool date_parse_n(const char *text, size_t length, Date *out); // the same, without its end
char *date_text(Arena *arena, Date d);                         // YYYY-MM-DD; "" for DATE_NONE
const char *month_name(int month);                             // 1 to 12, in the reader's language
const char *month_short(int month);                            // "Jan"
const char *date_month_short(Date day);
char *date_words(Arena *arena, Date d);  // 20 November 2025
Date date_add_months(Date d, int32_t n); // 29 Feb + 12 = 28 Feb; 31 Aug + 3 = 30 Nov
int date_weekday(Date d);                // 1 Monday … 7 Sunday (ISO 8601)
Date date_month_end(Date d);

bool instant_parse(const char *text, Instant *out); // RFC 3339, or YYYY-MM-DD as 00:00Z… see zone
char *instant_text(Arena *arena, Instant i);        // RFC 3339 in UTC, seconds
Instant instant_now(
    void); // the clock, or DAYBOOK_NOW / --now (clock_set); only main, jobs and http call it
bool clock_set(const char *text); // fixes the clock; false if not a date or RFC 3339 time
bool clock_is_simulated(void);
Instant clock_real(void); // never simulated: for leases and time-outs alone

// ---- time zones, read from the system's TZif files (RFC 8536); immutable once loaded, thread-safe
// ----
typedef struct Zone Zone;
const Zone *zone_find(const char *name); // NULL if unknown; "UTC" always exists; cached for ever
const char *zone_name(const Zone *zone);
int32_t zone_offset(const Zone *zone, Instant at, const char **abbreviation); // seconds east of UTC
Date zone_date(const Zone *zone, Instant at, int32_t *second_of_day);
Instant zone_instant(const Zone *zone, Date day,
                     int32_t second_of_day); // a gap moves forward, an overlap takes the first

#endif
