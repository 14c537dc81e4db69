// SPDX-License-Identifier: Apache-2.0
#include "worker/holidays.h"
#include "worker/outline.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NOTES = 100, MOST_STEPS = 4000, MOST_LINES = 200000 };
static const OutlineLimits LIMITS = {HOLIDAYS_MOST_DEPTH, HOLIDAYS_MOST_LINE, MOST_LINES,
                                     HOLIDAYS_MOST_EVENTS + 100};

typedef struct Reader {
  Arena *arena;
  Date from, to;
  HolidayList *out;
  size_t events;
  bool full;
} Reader;

// ---- one event ----

static const char *event_name(Reader *r, icalcomponent *event) {
  const char *summary = icalcomponent_get_summary(event);
  if (summary == NULL || !text_is_utf8(summary, strlen(summary))) return "Holiday";
  char *name = text_trim(r->arena, summary);
  size_t length = strlen(name);
  if (length > HOLIDAYS_LONGEST_NAME) {
    length = HOLIDAYS_LONGEST_NAME;
    while (length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80) length--;
    name[length] = '\0';
  }
  for (char *p = name; *p != '\0'; p++)
    if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = ' ';
  return *name == '\0' ? "Holiday" : name;
}

static void note(Reader *r, const char *name, const char *why) {
  if (r->out->notes.count < MOST_NOTES)
    *list_add(r->arena, &r->out->notes) = (HolidayNote){name, why};
}

static Date day_of(struct icaltimetype t) {
  return icaltime_is_null_time(t) ? DATE_NONE : date_make(t.year, t.month, t.day);
}

static Date property_day(icalcomponent *event, icalproperty_kind kind) {
  icalproperty *p = icalcomponent_get_first_property(event, kind);
  icalvalue *value = p == NULL ? NULL : icalproperty_get_value(p);
  icalvalue_kind held = value == NULL ? ICAL_NO_VALUE : icalvalue_isa(value);
  if (held == ICAL_DATE_VALUE) return day_of(icalvalue_get_date(value));
  return held == ICAL_DATETIME_VALUE ? day_of(icalvalue_get_datetime(value)) : DATE_NONE;
}

// Whole days an event lasts; DTEND is the day after (RFC 5545, 3.6.1).
static int32_t length_of(icalcomponent *event, Date start) {
  Date end = property_day(event, ICAL_DTEND_PROPERTY);
  icalproperty *duration = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
  int32_t days = 1;
  if (!date_is_none(end)) {
    days = date_diff(end, start);
  } else if (duration != NULL) {
    struct icaldurationtype d = icalproperty_get_duration(duration);
    days = d.is_neg || d.weeks > 10 || d.days > 100 ? INT32_MAX : (int32_t)(d.days + d.weeks * 7);
  }
  return days < 1 ? 1 : days;
}

static bool is_excluded(icalcomponent *event, Date day) {
  for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY); p != NULL;
       p = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY))
    if (day_of(icalproperty_get_exdate(p)).days == day.days) return true;
  return false;
}

static void add_days(Reader *r, const char *name, Date start, int32_t days) {
  for (int32_t i = 0; i < days; i++) {
    Date day = date_add_days(start, i);
    if (day.days < r->from.days || day.days > r->to.days) continue;
    if (r->out->dates.count >= HOLIDAYS_MOST_DATES) {
      r->full = true;
      return;
    }
    *list_add(r->arena, &r->out->dates) = (HolidayDate){day, name};
  }
}

// Rules this library expands wrongly, and rules no holiday has.
static const char *unusable_rule(const struct icalrecurrencetype *rule) {
  const short none = ICAL_RECURRENCE_ARRAY_MAX;
  if (rule->freq != ICAL_YEARLY_RECURRENCE && rule->freq != ICAL_MONTHLY_RECURRENCE &&
      rule->freq != ICAL_WEEKLY_RECURRENCE && rule->freq != ICAL_DAILY_RECURRENCE)
    return "It repeats within a day.";
  if (rule->by_set_pos[0] != none || rule->by_week_no[0] != none || rule->rscale != NULL)
    return "Its rule of repetition is not read reliably.";
  for (size_t i = 0; i < ICAL_BY_MONTHDAY_SIZE && rule->by_month_day[i] != none; i++)
    if (rule->by_month_day[i] < 0) return "Its rule of repetition is not read reliably.";
  return rule->by_hour[0] != none || rule->by_minute[0] != none || rule->by_second[0] != none
             ? "It repeats within a day."
             : NULL;
}

static void repeat(Reader *r, icalcomponent *event, const char *name, Date start, int32_t days,
                   struct icalrecurrencetype rule) {
  struct icaltimetype first = icaltime_null_time();
  first.is_date = 1;
  date_split(start, &first.year, &first.month, &first.day);
  icalrecur_iterator *iterator = icalrecur_iterator_new(rule, first);
  if (iterator == NULL) {
    note(r, name, "Its rule of repetition cannot be read.");
    return;
  }
  for (int step = 0; step < MOST_STEPS && !r->full; step++) {
    Date day = day_of(icalrecur_iterator_next(iterator));
    if (date_is_none(day) || day.days > r->to.days) break;
    if (!is_excluded(event, day)) add_days(r, name, day, days);
  }
  icalrecur_iterator_free(iterator);
}

static void read_extra_dates(Reader *r, icalcomponent *event, const char *name, int32_t days) {
  for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY); p != NULL;
       p = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
    struct icaldatetimeperiodtype extra = icalproperty_get_rdate(p);
    Date day = day_of(icaltime_is_null_time(extra.time) ? extra.period.start : extra.time);
    if (!date_is_none(day) && !is_excluded(event, day)) add_days(r, name, day, days);
  }
}

static void read_event(Reader *r, icalcomponent *event) {
  const char *name = event_name(r, event);
  if (++r->events > HOLIDAYS_MOST_EVENTS) return;
  if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
  Date start = property_day(event, ICAL_DTSTART_PROPERTY);
  if (date_is_none(start)) {
    note(r, name, "It has no date.");
    return;
  }
  int32_t days = length_of(event, start);
  if (days > HOLIDAYS_LONGEST_DAYS) {
    note(r, name, "It lasts too long for a holiday.");
    return;
  }
  icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
  if (rule != NULL) {
    struct icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
    const char *why = unusable_rule(&recurrence);
    if (why != NULL)
      note(r, name, why);
    else
      repeat(r, event, name, start, days, recurrence);
  } else if (!is_excluded(event, start)) {
    add_days(r, name, start, days);
  }
  read_extra_dates(r, event, name, days);
}

// ---- the file ----

static void read_component(Reader *r, icalcomponent *root) {
  if (icalcomponent_isa(root) == ICAL_VEVENT_COMPONENT) {
    read_event(r, root);
    return;
  }
  for (icalcomponent *child = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT);
       child != NULL && !r->full;
       child = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT)) {
    icalcomponent_kind kind = icalcomponent_isa(child);
    if (kind == ICAL_VEVENT_COMPONENT)
      read_event(r, child);
    else if (kind == ICAL_VCALENDAR_COMPONENT) // nested at most HOLIDAYS_MOST_DEPTH times
      read_component(r, child);
  }
}

static int compare(const void *a, const void *b) {
  const HolidayDate *x = a, *y = b;
  int by_day = date_compare(x->day, y->day);
  return by_day != 0 ? by_day : strcmp(x->name, y->name);
}

static void sort_and_thin(HolidayList *list) {
  size_t kept = 0;
  if (list->dates.count == 0) return;
  list_sort(&list->dates, compare);
  for (size_t i = 1; i < list->dates.count; i++)
    if (compare(&list->dates.items[kept], &list->dates.items[i]) != 0)
      list->dates.items[++kept] = list->dates.items[i];
  list->dates.count = kept + 1;
}

bool holidays_read(Arena *arena, const char *bytes, size_t length, Date from, Date to,
                   HolidayList *out, const char **why) {
  *out = (HolidayList){0};
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, length -= 3;
  *why = length > HOLIDAYS_MOST_BYTES   ? "It is larger than 2 MB."
         : !text_is_utf8(bytes, length) ? "It is not UTF-8 text."
                                        : outline_check(bytes, length, LIMITS);
  if (*why != NULL) return false;
  icalerror_set_errors_are_fatal(0);
  icalcomponent *root = icalparser_parse_string(text_copy_n(arena, bytes, length));
  if (root == NULL) {
    *why = "It is no iCalendar file.";
    return false;
  }
  Reader reader = {.arena = arena, .from = from, .to = to, .out = out};
  read_component(&reader, root);
  icalcomponent_free(root);
  if (reader.full || reader.events > HOLIDAYS_MOST_EVENTS) {
    *why = "It holds too many events.";
    return false;
  }
  sort_and_thin(out);
  return true;
}
