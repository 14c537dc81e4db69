// SPDX-License-Identifier: Apache-2.0
// A streaming writer of iCalendar text (RFC 5545): one pass, no tree, no recurrence rules.
// Written here because libical holds every event in memory and costs 6 MB resident; an outgoing
// feed needs only escaping, folding and explicit time zones (docs/architecture.md).
// The same input always gives the same bytes: nothing here reads the clock.
#ifndef DAYBOOK_CALENDAR_H
#define DAYBOOK_CALENDAR_H

#include "base/base.h"
#include "base/time.h"

typedef struct Calendar {
  Text *out;
  size_t octets; // in the current physical line
} Calendar;

typedef enum CalendarStatus {
  CALENDAR_TENTATIVE, // planned, nobody has fixed the hour
  CALENDAR_CONFIRMED,
  CALENDAR_CANCELLED,
} CalendarStatus;

typedef struct CalendarAttendee {
  const char *name, *address;
  const char *answer; // PARTSTAT: "NEEDS-ACTION", "ACCEPTED", …
} CalendarAttendee;

typedef struct CalendarEvent {
  const char *uid;  // never changes, unique in the world
  int64_t sequence; // grows when the event moves or is cancelled
  CalendarStatus status;
  const char *summary;
  const char *description, *location, *category, *url; // each may be NULL
  const Zone *zone;                                    // of the place where it happens
  Date day;
  int32_t start_minute, duration_minutes; // local; at least one minute long
  Instant created, modified;
  int32_t alarm_days; // a reminder so many days before; 0 = none
  // Of an invitation (RFC 5546); organiser NULL: none is meant.
  const char *organiser, *organiser_uri; // name; "mailto:…"
  const CalendarAttendee *attendees;
  size_t attendee_count;
  const char
      *token; // X-DAYBOOK-INVITATION: comes back from programs that keep what they do not know
} CalendarEvent;

// As an iTIP message (RFC 5546) instead of a published calendar: "REQUEST", "CANCEL", …
void calendar_begin_method(Calendar *calendar, Text *out, const char *method);
void calendar_begin(Calendar *calendar, Text *out, const char *name);
// Every change of offset that touches the days from … to, as explicit observances. UTC needs none.
void calendar_zone(Calendar *calendar, const Zone *zone, Date from, Date to);
void calendar_event(Calendar *calendar, const CalendarEvent *event);
void calendar_end(Calendar *calendar);

// ---- for the parts of the writer ----
void calendar_raw(Calendar *calendar, const char *text);     // folds; the text is already safe
void calendar_escaped(Calendar *calendar, const char *text); // folds; escapes \ ; , and line ends
void calendar_line_end(Calendar *calendar);
void calendar_property(Calendar *calendar, const char *name,
                       const char *text);                                  // NULL: leaves it out
void calendar_moment(Calendar *calendar, Date day, int32_t second_of_day); // 20260115T100000

#endif
