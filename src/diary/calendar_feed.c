// SPDX-License-Identifier: Apache-2.0
#include "diary/calendar_feed.h"

#include "base/language.h"
#include "db/db.h"
#include "db/foresee.h"
#include "diary/calendar.h"
#include "diary/calendar.sql.h"
#include "diary/diary.h"
#include "diary/era.h"

enum { ALARM_DAYS = 7, FEED_USUAL = 48 << 10, ONE_BY_ONE = 6, KEPT_MOST = 1000 };

typedef struct Writer {
  Calendar calendar;
  const CalendarFeed *feed;
  const char *slug;
  Arena *row_arena; // emptied after each event: a feed of 10,000 takes no more than one of ten
  const Zone *zone; // of the last event
  ShelfMark mark;   // events that were written before
} Writer;

// Before it has concluded, a day it was held on may still be corrected.
static bool is_held(const SqlCalendarEventsRow *row) {
  return row->state == STATE_CONCLUDED && !date_is_none(row->held_on);
}

static const Zone *zone_or_utc(const char *name) {
  const Zone *zone = zone_find(name);
  return zone ? zone : zone_find("UTC");
}

static CalendarStatus status_of(State state) {
  switch (state) {
  case STATE_PLANNED: return CALENDAR_TENTATIVE;
  case STATE_CANCELLED: return CALENDAR_CANCELLED;
  default: return CALENDAR_CONFIRMED;
  }
}

static const char *category_of(const char *kind) {
  DutyKind known;
  return duty_kind_parse(kind, &known) ? duty_kind_title(known) : kind;
}

// Says nothing that depends on today: the feed's bytes change only when the diary does.
static const char *description_of(const Writer *writer, const SqlCalendarEventsRow *row,
                                  const char *url) {
  Text text;
  text_init(&text, writer->row_arena);
  text_add(&text, row->why);
  text_add(&text, "\n\n");
  if (is_held(row)) {
    text_add_format(&text, _("Held on %s."), date_words(writer->row_arena, row->held_on));
  } else {
    text_add_format(&text, _("May be held from %s until %s."),
                    date_words(writer->row_arena, row->earliest),
                    date_words(writer->row_arena, row->latest));
  }
  if (row->owner) {
    text_add_format(&text, _("\nOwner: %s"), row->owner);
  }
  if (url) {
    text_add_format(&text, "\n%s", url);
  }
  return text.data;
}

static const char *location_of(Arena *arena, const SqlCalendarEventsRow *row) {
  if (text_is_empty(row->address)) {
    return row->site;
  }
  return text_format(arena, "%s, %s", row->site, row->address);
}

static bool write_event(void *user, const SqlCalendarEventsRow *row) {
  Writer *writer = user;
  Arena *arena = writer->row_arena;
  if (!writer->zone || !text_equal(zone_name(writer->zone), row->zone)) {
    writer->zone = zone_or_utc(row->zone);
  }
  const char *url = NULL;
  if (writer->feed->base_url) {
    url = text_format(arena, "%s/o/%s/activities/%lld", writer->feed->base_url, writer->slug,
                      (long long)row->id);
  }
  bool open = row->state < STATE_CONCLUDED;
  const CalendarEvent event = {
      .uid = row->uid,
      .sequence = row->sequence,
      .status = status_of((State)row->state),
      .summary = row->title,
      .description = description_of(writer, row, url),
      .location = location_of(arena, row),
      .category = category_of(row->kind),
      .url = url,
      .zone = writer->zone,
      .day = is_held(row) ? row->held_on : row->due,
      .start_minute = (int32_t)row->start_minute,
      .duration_minutes = (int32_t)row->duration_minutes,
      .created = INSTANT_NONE,
      .modified = row->changed,
      .alarm_days = open ? ALARM_DAYS : 0,
  };
  const size_t start = writer->calendar.out->length;
  calendar_event(&writer->calendar, &event);
  const Text *out = writer->calendar.out;
  const ShelfPiece piece = {row->id, row->version, out->data + start, out->length - start};
  shelf_put(&writer->mark, &piece);
  arena_reset(arena);
  return true;
}

static void write_zones(Context *c, Calendar *calendar) {
  SqlCalendarSpanRow span = {.first_day = DATE_NONE, .last_day = DATE_NONE};
  sql_calendar_span(c, &span);
  if (date_is_none(span.first_day)) {
    return;
  }
  SqlCalendarPlacesRows places = sql_calendar_places(c);
  for (size_t i = 0; i < places.count; i++) {
    const Zone *zone = zone_find(places.items[i].zone);
    if (zone) {
      calendar_zone(calendar, zone, span.first_day, span.last_day);
    }
  }
}

static SqlCalendarEvents scope_of(const CalendarFeed *feed) {
  return (SqlCalendarEvents){
      .whole = feed->whole, .person = feed->person, .position = feed->position, .role = feed->role};
}

// Events say nothing of the day and nothing of who reads: but the language, and where links lead.
static ShelfMark mark_of(Context *c, const CalendarFeed *feed, const char *slug) {
  const char *base = feed->base_url ? feed->base_url : "";
  return (ShelfMark){
      .org = c->org,
      .era = feed->whole ? 0 : era_of(c),
      .kind = text_format(c->arena, "event %s %s/o/%s", language_tag(), base, slug),
  };
}

// Of the whole organisation there are too many to keep; of a person, nearly all were written
// before.
static bool write_kept(Context *c, Writer *writer) {
  if (writer->mark.era == 0) {
    return false;
  }
  SqlCalendarEvents scope = scope_of(writer->feed);
  SqlCalendarIdsRows ids = sql_calendar_ids(
      c, (SqlCalendarIds){.person = scope.person, .position = scope.position, .role = scope.role});
  if (ids.count > KEPT_MOST) {
    return false;
  }
  ShelfPiece *pieces = arena_array(c->arena, ids.count, sizeof *pieces);
  for (size_t i = 0; i < ids.count; i++) {
    pieces[i] = (ShelfPiece){.id = ids.items[i].id, .version = ids.items[i].version};
  }
  if (shelf_take(&writer->mark, c->arena, pieces, ids.count) > ONE_BY_ONE) {
    return false;
  }
  for (size_t i = 0; i < ids.count; i++) {
    scope.only = pieces[i].id;
    if (pieces[i].bytes) {
      text_add_n(writer->calendar.out, pieces[i].bytes, pieces[i].length);
    } else {
      sql_calendar_events(c, scope, write_event, writer);
    }
  }
  return true;
}

// Whose feed it is decides what is asked for it.
static uint64_t feed_key(const Context *c, const CalendarFeed *feed) {
  return foresee_key(0, text_format(c->arena, "feed %lld %d %lld %lld %d", (long long)c->org,
                                    feed->whole, (long long)feed->person, (long long)feed->position,
                                    feed->role));
}

bool calendar_feed_write(Context *c, const CalendarFeed *feed, Text *out) {
  READ_TRANSACTION(c, tx);
  foresee_begin(c, feed_key(c, feed));
  SqlCalendarHeadRow head;
  if (!sql_calendar_head(c, &head)) {
    return false;
  }
  Writer writer = {.feed = feed,
                   .slug = head.slug,
                   .row_arena = arena_create(),
                   .mark = mark_of(c, feed, head.slug)};
  text_reserve(out, FEED_USUAL);
  calendar_begin(&writer.calendar, out, feed->name ? feed->name : head.name);
  write_zones(c, &writer.calendar);
  if (!write_kept(c, &writer)) {
    sql_calendar_events(c, scope_of(feed), write_event, &writer);
  }
  calendar_end(&writer.calendar);
  arena_destroy(writer.row_arena);
  foresee_end(c);
  return context_ok(c) && transaction_commit(&tx);
}

const char *calendar_feed_etag(const Context *c, const CalendarFeed *feed, const char *ledger) {
  // A role's people change with the day (roles end); the rest changes only with the ledger.
  int32_t day = feed->role >= 0 ? c->today.days : 0;
  return text_format(c->arena, "c%lld.%s.%d", (long long)c->org, ledger, day);
}
