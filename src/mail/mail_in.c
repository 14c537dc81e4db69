// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_in.h"

#include <jansson.h>
#include <stdlib.h>

#include "worker/client.h"
#include "worker/talk.h"

enum { READ_MS = 8000 };
static const int64_t SECOND = 1000000;

static const char *text_of(Context *c, const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text == NULL ? "" : text_copy(c->arena, text);
}

static Instant instant_of(const json_t *seconds) {
  if (!json_is_integer(seconds)) return INSTANT_NONE;
  return (Instant){json_integer_value(seconds) * SECOND};
}

static int number(const json_t *object, const char *name) {
  return (int)json_integer_value(json_object_get(object, name));
}

// A local time in a zone of the tz database; what an enclosed VTIMEZONE made of it otherwise. A
// time without any zone is the reader's own, which nobody knows: the organisation's will do.
static Instant moment_of(Context *c, const json_t *moment) {
  const json_t *utc = json_object_get(moment, "utc");
  const char *name = text_of(c, moment, "zone");
  if (moment == NULL) return INSTANT_NONE;
  const Zone *zone = name[0] == '\0' ? c->zone : zone_find(name);
  if (utc != NULL && (zone == NULL || name[0] == '\0')) return instant_of(utc);
  Date day = date_make(number(moment, "year"), number(moment, "month"), number(moment, "day"));
  if (zone == NULL || date_is_none(day)) return INSTANT_NONE;
  return zone_instant(zone, day, number(moment, "second"));
}

static void take_attendees(Context *c, const json_t *list, CalendarIn *out) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *one = json_array_get(list, i);
    *list_add(c->arena, &out->attendees) = (AttendeeIn){.address = text_of(c, one, "address"),
                                                        .answer = text_of(c, one, "answer"),
                                                        .to = text_of(c, one, "to"),
                                                        .by = text_of(c, one, "by")};
  }
}

static void take_busy(Context *c, const json_t *list, CalendarIn *out) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *one = json_array_get(list, i);
    *list_add(c->arena, &out->busy) =
        (BusyIn){instant_of(json_array_get(one, 0)), instant_of(json_array_get(one, 1))};
  }
}

static void take_calendar(Context *c, const json_t *given, CalendarIn *out) {
  const json_t *refused = json_object_get(given, "refused");
  const json_t *sequence = json_object_get(given, "sequence");
  int64_t duration = json_integer_value(json_object_get(given, "duration"));
  *out = (CalendarIn){.refused = refused == NULL ? NULL : text_of(c, given, "refused"),
                      .method = text_of(c, given, "method"),
                      .uid = text_lower(c->arena, text_of(c, given, "uid")),
                      .organiser = text_of(c, given, "organizer"),
                      .token = text_lower(c->arena, text_of(c, given, "token")),
                      .comment = text_of(c, given, "comment"),
                      .sequence = json_is_integer(sequence) ? json_integer_value(sequence) : -1,
                      .stamp = instant_of(json_object_get(given, "stamp")),
                      .start = moment_of(c, json_object_get(given, "start")),
                      .end = moment_of(c, json_object_get(given, "end")),
                      .recurs = json_is_true(json_object_get(given, "recurs"))};
  if (instant_is_none(out->end) && !instant_is_none(out->start) && duration > 0)
    out->end = (Instant){out->start.us + duration * SECOND};
  take_attendees(c, json_object_get(given, "attendees"), out);
  take_busy(c, json_object_get(given, "busy"), out);
}

// What the worker could not read is refused; that the worker cannot be had is an error.
static json_t *ask(Context *c, const char *task, const char *bytes, size_t length,
                   const char **refused) {
  static const char *const none[] = {NULL};
  Text line = {0};
  if (worker_run(c, task, none, bytes, length, READ_MS, &line))
    return json_loadb(line.data, line.length, 0, NULL);
  if (c->error.kind == ERROR_INVALID || c->error.kind == ERROR_TOO_LARGE) {
    c->error = (Error){0};
    *refused = _("It could not be read within the worker's limits.");
  }
  return NULL;
}

static void take_mail(Context *c, const json_t *said, MailIn *out) {
  const json_t *to = json_object_get(said, "to"), *references = json_object_get(said, "references");
  const json_t *calendar = json_object_get(said, "calendar");
  if (json_object_get(said, "refused") != NULL) out->refused = text_of(c, said, "refused");
  out->from = text_of(c, said, "from");
  out->message_id = text_of(c, said, "message_id");
  out->automatic = json_is_true(json_object_get(said, "automatic"));
  for (size_t i = 0; i < json_array_size(to); i++)
    *list_add(c->arena, &out->to) = text_copy(c->arena, json_string_value(json_array_get(to, i)));
  for (size_t i = 0; i < json_array_size(references); i++)
    *list_add(c->arena, &out->references) =
        text_copy(c->arena, json_string_value(json_array_get(references, i)));
  out->has_calendar = calendar != NULL;
  if (calendar != NULL) take_calendar(c, calendar, &out->calendar);
  if (out->calendar.refused != NULL) out->refused = out->calendar.refused;
}

// A worker that says nothing more is given up; the next mail begins another.
static json_t *ask_reader(Context *c, WorkerTalk **talk, const char *bytes, size_t length) {
  Text answer;
  text_init(&answer, c->arena);
  if (*talk == NULL) *talk = worker_talk_begin(c, "mail_in");
  const char *line = text_format(c->arena, "{\"length\":%zu}", length);
  if (*talk != NULL && worker_talk_say(*talk, line, bytes, length) &&
      worker_talk_hear(*talk, READ_MS, &answer))
    return json_loadb(answer.data == NULL ? "" : answer.data, answer.length, 0, NULL);
  worker_talk_end(*talk);
  *talk = NULL;
  return NULL;
}

bool mail_in_read(Context *c, WorkerTalk **talk, const char *bytes, size_t length, bool whole,
                  MailIn *out) {
  *out = (MailIn){.from = "", .message_id = ""};
  json_t *said = ask_reader(c, talk, bytes, length);
  if (said != NULL) take_mail(c, said, out);
  json_decref(said);
  if (!whole) out->refused = _("It is too large; its head alone was read.");
  if (said == NULL && out->refused == NULL) out->refused = _("It could not be read.");
  return context_ok(c);
}

bool calendar_in_take(Context *c, const char *bytes, size_t length, CalendarIn *out) {
  *out = (CalendarIn){0};
  json_t *said = ask(c, "calendar_in", bytes, length, &out->refused);
  if (said != NULL) take_calendar(c, said, out);
  json_decref(said);
  if (said == NULL && out->refused == NULL) out->refused = _("It could not be read.");
  return context_ok(c);
}
