// SPDX-License-Identifier: Apache-2.0
#include "diary/calendar.h"

#include "html/html.h"

#include <string.h>

enum { FOLD_OCTETS = 75, SECONDS_PER_MINUTE = 60, SECONDS_PER_DAY = 86400 };

// Adds n octets that must stay together on one physical line (RFC 5545 3.1: folds only between
// characters, never inside one, so that a reader who unfolds late still sees UTF-8).
static void put_whole(Calendar *calendar, const char *bytes, size_t n) {
  if (calendar->octets + n > FOLD_OCTETS) {
    html_bytes(calendar->out, "\r\n ", 3);
    calendar->octets = 1;
  }
  html_bytes(calendar->out, bytes, n);
  calendar->octets += n;
}

// How many of `length` octets stand whole within `most`: never a part of a character.
static size_t whole_characters(const char *text, size_t length, size_t most) {
  if (length <= most) {
    return length;
  }
  size_t n = most;
  while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
    n--;
  }
  return n;
}

// A run of octets that needs no escaping, folded where a line is full.
static void put_run(Calendar *calendar, const char *text, size_t length) {
  while (length > 0) {
    size_t n = whole_characters(text, length, FOLD_OCTETS - calendar->octets);
    if (n > 0) {
      html_bytes(calendar->out, text, n);
      calendar->octets += n;
    }
    text += n;
    length -= n;
    if (length > 0) {
      html_bytes(calendar->out, "\r\n ", 3);
      calendar->octets = 1;
    }
  }
}

void calendar_raw(Calendar *calendar, const char *text) {
  put_run(calendar, text, strlen(text));
}

static const char *escape_of(const char *text) {
  switch (*text) {
  case '\\': return "\\\\";
  case ';': return "\\;";
  case ',': return "\\,";
  case '\n': return "\\n";
  default: return ""; // a carriage return, or another control character: never in a content line
  }
}

// Octets that are not written as they are: controls but the tab, and what TEXT gives a meaning.
static const bool stops[256] = {
    [0 ... '\t' - 1] = true, ['\n' ... 0x1F] = true, ['\\'] = true, [';'] = true, [','] = true,
    [0x7F] = true,
};

static size_t plain_octets(const char *text) {
  size_t n = 0;
  while (!stops[(unsigned char)text[n]]) {
    n++;
  }
  return n;
}

void calendar_escaped(Calendar *calendar, const char *text) {
  for (;;) {
    size_t plain = plain_octets(text);
    put_run(calendar, text, plain);
    text += plain;
    if (*text == '\0') {
      return;
    }
    const char *escape = escape_of(text);
    put_whole(calendar, escape, strlen(escape));
    text++;
  }
}

void calendar_line_end(Calendar *calendar) {
  text_add_n(calendar->out, "\r\n", 2); // ends with NUL again, after the pieces of the line
  calendar->octets = 0;
}

void calendar_property(Calendar *calendar, const char *name, const char *text) {
  if (!text) {
    return;
  }
  calendar_raw(calendar, name);
  calendar_raw(calendar, ":");
  calendar_escaped(calendar, text);
  calendar_line_end(calendar);
}

// A URI is not TEXT: it is written as it is, less anything that could end the line.
static void put_uri(Calendar *calendar, const char *name, const char *uri) {
  if (!uri) {
    return;
  }
  calendar_raw(calendar, name);
  calendar_raw(calendar, ":");
  while (*uri) {
    size_t n = 0;
    while ((unsigned char)uri[n] > 0x20 && (unsigned char)uri[n] < 0x7F) n++;
    put_run(calendar, uri, n);
    uri += n > 0 ? n : 1;
  }
  calendar_line_end(calendar);
}

static void digits(char *to, int width, int value) {
  for (int i = width - 1; i >= 0; i--) {
    to[i] = (char)('0' + value % 10);
    value /= 10;
  }
}

void calendar_moment(Calendar *calendar, Date day, int32_t second_of_day) {
  int year, month, month_day;
  date_split(day, &year, &month, &month_day);
  char moment[15];
  digits(moment, 4, year);
  digits(moment + 4, 2, month);
  digits(moment + 6, 2, month_day);
  moment[8] = 'T';
  digits(moment + 9, 2, second_of_day / 3600);
  digits(moment + 11, 2, second_of_day / 60 % 60);
  digits(moment + 13, 2, second_of_day % 60);
  put_whole(calendar, moment, sizeof moment);
}

static void put_name(Calendar *calendar, const char *name, const char *zone) {
  calendar_raw(calendar, name);
  if (zone) {
    calendar_raw(calendar, ";TZID=");
    calendar_raw(calendar, zone);
  }
  put_whole(calendar, ":", 1);
}

static void put_utc(Calendar *calendar, const char *name, Instant at) {
  if (instant_is_none(at)) {
    return;
  }
  int64_t seconds = at.us / 1000000 - (at.us % 1000000 < 0);
  int64_t days = seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0);
  put_name(calendar, name, NULL);
  calendar_moment(calendar, (Date){(int32_t)days}, (int32_t)(seconds - days * SECONDS_PER_DAY));
  put_whole(calendar, "Z", 1);
  calendar_line_end(calendar);
}

static void put_local(Calendar *calendar, const char *name, const Zone *zone, Instant at) {
  const char *tzid = zone_name(zone);
  if (text_equal(tzid, "UTC")) {
    put_utc(calendar, name, at);
    return;
  }
  int32_t second;
  Date day = zone_date(zone, at, &second);
  put_name(calendar, name, tzid);
  calendar_moment(calendar, day, second);
  calendar_line_end(calendar);
}

static void put_number(Calendar *calendar, const char *name, int64_t value) {
  char digits_of[21];
  size_t at = sizeof digits_of;
  digits_of[--at] = '\0';
  uint64_t rest = value < 0 ? 0 : (uint64_t)value;
  do {
    digits_of[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  calendar_raw(calendar, name);
  calendar_raw(calendar, ":");
  calendar_raw(calendar, digits_of + at);
  calendar_line_end(calendar);
}

static void put_lines(Calendar *calendar, const char *lines) {
  text_add(calendar->out, lines);
  calendar->octets = 0;
}

static void put_alarm(Calendar *calendar, const CalendarEvent *event) {
  if (event->alarm_days <= 0 || event->status == CALENDAR_CANCELLED) {
    return;
  }
  calendar_raw(calendar, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
  calendar->octets = 0;
  calendar_property(calendar, "DESCRIPTION", event->summary);
  char digits_of[5];
  digits(digits_of, 4, event->alarm_days);
  digits_of[4] = '\0';
  calendar_raw(calendar, "TRIGGER:-P");
  calendar_raw(calendar, digits_of + strspn(digits_of, "0"));
  put_lines(calendar, "D\r\nEND:VALARM\r\n");
  calendar->octets = 0;
}

static const char *status_line(CalendarStatus status) {
  switch (status) {
  case CALENDAR_CONFIRMED: return "STATUS:CONFIRMED\r\n";
  case CALENDAR_CANCELLED: return "STATUS:CANCELLED\r\n";
  default: return "STATUS:TENTATIVE\r\n";
  }
}

// A parameter's value, quoted: neither a quote nor a line's end may stand in it (RFC 5545 3.2).
static void put_quoted(Calendar *calendar, const char *value) {
  put_whole(calendar, "\"", 1);
  while (*value != '\0') {
    size_t n = 0;
    while ((unsigned char)value[n] >= 0x20 && value[n] != 0x7F && value[n] != '"') n++;
    put_run(calendar, value, n);
    value += n;
    if (*value != '\0') {
      put_whole(calendar, " ", 1);
      value++;
    }
  }
  put_whole(calendar, "\"", 1);
}

static void put_people(Calendar *calendar, const CalendarEvent *event) {
  if (event->organiser == NULL) return;
  calendar_raw(calendar, "ORGANIZER;CN=");
  put_quoted(calendar, event->organiser);
  put_uri(calendar, "", event->organiser_uri);
  for (size_t i = 0; i < event->attendee_count; i++) {
    const CalendarAttendee *a = &event->attendees[i];
    calendar_raw(calendar, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=");
    calendar_raw(calendar, a->answer);
    calendar_raw(calendar, ";RSVP=TRUE;CN=");
    put_quoted(calendar, a->name);
    calendar_raw(calendar, ":mailto");
    put_uri(calendar, "", a->address);
  }
  calendar_property(calendar, "X-DAYBOOK-INVITATION", event->token);
}

void calendar_event(Calendar *calendar, const CalendarEvent *event) {
  int32_t minutes = event->duration_minutes > 0 ? event->duration_minutes : 1;
  Instant start = zone_instant(event->zone, event->day, event->start_minute * SECONDS_PER_MINUTE);
  Instant end = {start.us + (int64_t)minutes * SECONDS_PER_MINUTE * 1000000};

  put_lines(calendar, "BEGIN:VEVENT\r\n");
  calendar_property(calendar, "UID", event->uid);
  put_utc(calendar, "DTSTAMP", event->modified);
  put_utc(calendar, "CREATED", event->created);
  put_utc(calendar, "LAST-MODIFIED", event->modified);
  put_number(calendar, "SEQUENCE", event->sequence);
  put_local(calendar, "DTSTART", event->zone, start);
  put_local(calendar, "DTEND", event->zone, end);
  put_lines(calendar, status_line(event->status));
  calendar_property(calendar, "SUMMARY", event->summary);
  calendar_property(calendar, "DESCRIPTION", event->description);
  calendar_property(calendar, "LOCATION", event->location);
  calendar_property(calendar, "CATEGORIES", event->category);
  put_uri(calendar, "URL", event->url);
  put_people(calendar, event);
  put_alarm(calendar, event);
  put_lines(calendar, "END:VEVENT\r\n");
}

void calendar_begin(Calendar *calendar, Text *out, const char *name) {
  *calendar = (Calendar){.out = out};
  put_lines(calendar, "BEGIN:VCALENDAR\r\n"
                      "VERSION:2.0\r\n"
                      "PRODID:-//Daybook//Diary//EN\r\n"
                      "CALSCALE:GREGORIAN\r\n"
                      "METHOD:PUBLISH\r\n");
  calendar_property(calendar, "NAME", name);
  calendar_property(calendar, "X-WR-CALNAME", name);
  put_lines(calendar, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
                      "X-PUBLISHED-TTL:PT1H\r\n");
}

void calendar_begin_method(Calendar *calendar, Text *out, const char *method) {
  *calendar = (Calendar){.out = out};
  put_lines(calendar, "BEGIN:VCALENDAR\r\n"
                      "VERSION:2.0\r\n"
                      "PRODID:-//Daybook//Diary//EN\r\n"
                      "CALSCALE:GREGORIAN\r\n");
  calendar_property(calendar, "METHOD", method);
}

void calendar_end(Calendar *calendar) {
  put_lines(calendar, "END:VCALENDAR\r\n");
}
