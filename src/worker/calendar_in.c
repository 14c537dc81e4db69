// SPDX-License-Identifier: Apache-2.0
#include "worker/calendar_in.h"
#include "worker/outline.h"

#include <libical/ical.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_TEXT = 2000 };

static const OutlineLimits LIMITS = {CALENDAR_IN_MOST_DEPTH, CALENDAR_IN_MOST_LINE,
                                     CALENDAR_IN_MOST_LINES, CALENDAR_IN_MOST_PARTS};

// ---- values ----

// Text a stranger wrote: UTF-8, no control characters, not too long.
static const char *clean(Arena *arena, const char *text) {
  if (text == NULL || !text_is_utf8(text, strlen(text))) return "";
  char *out = text_copy(arena, text);
  size_t length = strlen(out);
  if (length > LONGEST_TEXT) {
    for (length = LONGEST_TEXT; length > 0 && ((unsigned char)out[length] & 0xC0) == 0x80; length--)
      continue;
    out[length] = '\0';
  }
  for (char *p = out; *p != '\0'; p++)
    if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7F) *p = ' ';
  return text_trim(arena, out);
}

// "mailto:Anna@Example.org" is anna@example.org.
static const char *address(Arena *arena, const char *uri) {
  if (uri == NULL) return "";
  if (strncasecmp(uri, "mailto:", 7) == 0) uri += 7;
  return text_lower(arena, clean(arena, uri));
}

static const char *parameter(Arena *arena, icalproperty *property, const char *name) {
  const char *value = icalproperty_get_parameter_as_string(property, name);
  return clean(arena, value);
}

static const char *value_of(Arena *arena, icalcomponent *part, icalproperty_kind kind) {
  icalproperty *property = icalcomponent_get_first_property(part, kind);
  return property == NULL ? "" : clean(arena, icalproperty_get_value_as_string(property));
}

static const char *extension(Arena *arena, icalcomponent *part, const char *name) {
  for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_X_PROPERTY); p != NULL;
       p = icalcomponent_get_next_property(part, ICAL_X_PROPERTY)) {
    const char *given = icalproperty_get_x_name(p);
    if (given != NULL && strcasecmp(given, name) == 0) return clean(arena, icalproperty_get_x(p));
  }
  return "";
}

// ---- time ----

// A local time is told with the name of its zone, for the server to look up; what an enclosed
// VTIMEZONE makes of it stands beside, for names that nobody knows.
static json_t *moment(Arena *arena, icalcomponent *root, icalproperty *property) {
  icalvalue *value = property == NULL ? NULL : icalproperty_get_value(property);
  if (value == NULL) return NULL;
  struct icaltimetype t = icalvalue_isa(value) == ICAL_DATE_VALUE ? icalvalue_get_date(value)
                                                                  : icalvalue_get_datetime(value);
  if (icaltime_is_null_time(t) || !icaltime_is_valid_time(t) || t.year < 1970 || t.year > 2200)
    return NULL;
  if (icaltime_is_utc(t)) return json_pack("{s:I}", "utc", (json_int_t)icaltime_as_timet(t));
  const char *zone = parameter(arena, property, "TZID");
  const char *known = windows_zone(zone);
  json_t *out = json_pack("{s:i,s:i,s:i,s:i,s:b,s:s}", "year", t.year, "month", t.month, "day",
                          t.day, "second", t.hour * 3600 + t.minute * 60 + t.second, "whole_day",
                          t.is_date, "zone", known != NULL ? known : zone);
  icaltimezone *enclosed = zone[0] == '\0' ? NULL : icalcomponent_get_timezone(root, zone);
  if (known == NULL && strchr(zone, '/') == NULL && enclosed != NULL)
    json_object_set_new(out, "utc",
                        json_integer((json_int_t)icaltime_as_timet_with_zone(t, enclosed)));
  return out;
}

static json_t *stamp_of(icalcomponent *part) {
  icalproperty *p = icalcomponent_get_first_property(part, ICAL_DTSTAMP_PROPERTY);
  struct icaltimetype t = p == NULL ? icaltime_null_time() : icalproperty_get_dtstamp(p);
  if (icaltime_is_null_time(t) || !icaltime_is_valid_time(t) || t.year < 1970 || t.year > 2200)
    return NULL;
  return json_integer((json_int_t)icaltime_as_timet(t));
}

// ---- an event ----

static json_t *attendees_of(Arena *arena, icalcomponent *event) {
  json_t *list = json_array();
  for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
       p != NULL && json_array_size(list) < CALENDAR_IN_MOST_PEOPLE;
       p = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
    json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s,s:s}", "address",
                                          address(arena, icalproperty_get_attendee(p)), "answer",
                                          text_lower(arena, parameter(arena, p, "PARTSTAT")),
                                          "name", parameter(arena, p, "CN"), "to",
                                          address(arena, parameter(arena, p, "DELEGATED-TO")), "by",
                                          address(arena, parameter(arena, p, "DELEGATED-FROM"))));
  return list;
}

static json_t *event_end(Arena *arena, icalcomponent *root, icalcomponent *event) {
  icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
  return moment(arena, root, end);
}

static int64_t duration_of(icalcomponent *event) {
  icalproperty *p = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
  if (p == NULL) return 0;
  struct icaldurationtype d = icalproperty_get_duration(p);
  if (d.is_neg || d.weeks > 10 || d.days > 100) return 0;
  return icaldurationtype_as_int(d);
}

static bool recurs(icalcomponent *event) {
  return icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) != NULL ||
         icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY) != NULL ||
         icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != NULL;
}

static json_t *event_json(Arena *arena, icalcomponent *root, icalcomponent *event,
                          const char *method) {
  icalproperty *sequence = icalcomponent_get_first_property(event, ICAL_SEQUENCE_PROPERTY);
  icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  json_t *out = json_pack("{s:s,s:s,s:i,s:s,s:s,s:b,s:s,s:I,s:o}", "method", method, "uid",
                          value_of(arena, event, ICAL_UID_PROPERTY), "sequence",
                          sequence == NULL ? -1 : icalproperty_get_sequence(sequence), "organizer",
                          address(arena, value_of(arena, event, ICAL_ORGANIZER_PROPERTY)), "token",
                          extension(arena, event, "X-DAYBOOK-INVITATION"), "recurs", recurs(event),
                          "comment", clean(arena, icalcomponent_get_comment(event)), "duration",
                          (json_int_t)duration_of(event), "attendees", attendees_of(arena, event));
  json_t *stamp = stamp_of(event), *from = moment(arena, root, start),
         *until = event_end(arena, root, event);
  if (stamp != NULL) json_object_set_new(out, "stamp", stamp);
  if (from != NULL) json_object_set_new(out, "start", from);
  if (until != NULL) json_object_set_new(out, "end", until);
  return out;
}

// ---- free and busy ----

static json_t *busy_json(Arena *arena, icalcomponent *part, const char *method) {
  json_t *list = json_array();
  for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_FREEBUSY_PROPERTY);
       p != NULL && json_array_size(list) < CALENDAR_IN_MOST_BUSY;
       p = icalcomponent_get_next_property(part, ICAL_FREEBUSY_PROPERTY)) {
    struct icalperiodtype period = icalproperty_get_freebusy(p);
    const char *type = parameter(arena, p, "FBTYPE");
    if (strcasecmp(type, "FREE") == 0 || icaltime_is_null_time(period.start)) continue;
    struct icaltimetype end = icaltime_is_null_time(period.end)
                                  ? icaltime_add(period.start, period.duration)
                                  : period.end;
    json_array_append_new(list, json_pack("[I,I]", (json_int_t)icaltime_as_timet(period.start),
                                          (json_int_t)icaltime_as_timet(end)));
  }
  return json_pack("{s:s,s:s,s:o}", "method", method, "organizer",
                   address(arena, value_of(arena, part, ICAL_ORGANIZER_PROPERTY)), "busy", list);
}

// ---- the object ----

static json_t *read_root(Arena *arena, icalcomponent *root) {
  const char *method = value_of(arena, root, ICAL_METHOD_PROPERTY);
  icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
  icalcomponent *busy = icalcomponent_get_first_component(root, ICAL_VFREEBUSY_COMPONENT);
  if (event != NULL) return event_json(arena, root, event, text_copy(arena, method));
  if (busy != NULL) return busy_json(arena, busy, text_copy(arena, method));
  return json_pack("{s:s}", "refused", "Its calendar holds no event.");
}

json_t *calendar_in_read(Arena *arena, const char *bytes, size_t length) {
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, length -= 3;
  const char *why = length > CALENDAR_IN_MOST_BYTES ? "It is too large."
                    : !text_is_utf8(bytes, length)  ? "It is not UTF-8 text."
                                                    : outline_check(bytes, length, LIMITS);
  if (why != NULL) return json_pack("{s:s}", "refused", why);
  icalerror_set_errors_are_fatal(0);
  icalcomponent *root = icalparser_parse_string(text_copy_n(arena, bytes, length));
  icalcomponent *calendar = root;
  if (root != NULL && icalcomponent_isa(root) == ICAL_XROOT_COMPONENT)
    calendar = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
  json_t *out = calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT
                    ? json_pack("{s:s}", "refused", "Its calendar cannot be read.")
                    : read_root(arena, calendar);
  if (root != NULL) icalcomponent_free(root);
  return out;
}
