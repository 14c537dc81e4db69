// SPDX-License-Identifier: Apache-2.0
#include "mail/caldav.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "diary/calendar.h"
#include "ledger/ledger.h"
#include "mail/caldav.sql.h"
#include "mail/invite_mail.h"
#include "mail/service.h"
#include "mail/settings.h"
#include "worker/talk.h"

enum { DAV_SECONDS = 30, HEAR_MS = 45000, ALARM_DAYS = 1 };
enum { PUSHED, CONFLICT, TAKEN_OUT }; // caldav_event.state

typedef struct Push {
  Context *c;
  MailServer server;
  WorkerTalk *talk;
  CaldavPass *pass;
} Push;

bool caldav_is_set(void) {
  return !text_is_empty(getenv("DAYBOOK_CALDAV"));
}

static const char *event_of(Context *c, int64_t activity, const char **uid) {
  Activity a;
  Meeting m = {.activity = &a};
  Text out;
  Calendar calendar;
  if (!activity_get(c, activity, &a) || !meeting_complete(c, &m)) return NULL;
  const Zone *zone = zone_find(a.time_zone);
  *uid = a.uid;
  text_init(&out, c->arena);
  CalendarEvent event = {
      .uid = a.uid,
      .sequence = a.sequence,
      .status = a.state == STATE_PLANNED ? CALENDAR_TENTATIVE : CALENDAR_CONFIRMED,
      .summary = a.title,
      .description = a.why,
      .location = m.location,
      .category = duty_kind_title(a.kind),
      .url = text_format(c->arena, "%s%s", mail_public_url(), meeting_path(c, &m)),
      .zone = zone != NULL ? zone : zone_find("UTC"),
      .day = a.due,
      .start_minute = a.start_minute,
      .duration_minutes = a.duration_minutes,
      .created = INSTANT_NONE,
      .modified = c->now,
      .alarm_days = a.state < STATE_CONCLUDED ? ALARM_DAYS : 0};
  calendar_begin_method(&calendar, &out, NULL);
  calendar_zone(&calendar, event.zone, a.due, a.due);
  calendar_event(&calendar, &event);
  calendar_end(&calendar);
  return out.data;
}

// The answer, or NULL with pass->words.
static json_t *ask(Push *p, json_t *question, const char *bytes) {
  Context *c = p->c;
  Text answer;
  text_init(&answer, c->arena);
  char *line = json_dumps(question, JSON_COMPACT);
  json_decref(question);
  bool heard = line != NULL && worker_talk_say(p->talk, line, bytes, strlen(bytes)) &&
               worker_talk_hear(p->talk, HEAR_MS, &answer);
  free(line);
  json_t *said = heard ? json_loadb(answer.data, answer.length, 0, NULL) : NULL;
  const char *failed = json_string_value(json_object_get(said, "failed"));
  if (said != NULL && failed == NULL) return said;
  p->pass->words = failed != NULL ? text_copy(c->arena, failed)
                                  : _("The helper program that talks to the calendar ended.");
  json_decref(said);
  return NULL;
}

static bool keep(Push *p, const SqlCaldavDueRow *row, int64_t status, const char *etag,
                 bool removing) {
  Context *c = p->c;
  bool done = (status >= 200 && status < 300) || (removing && status == 404);
  bool conflict = status == 412 || (!removing && !text_is_empty(row->etag) && status == 404);
  if (!done && !conflict) {
    p->pass->words =
        text_format(c->arena, _("The calendar server answered %lld."), (long long)status);
    return false;
  }
  p->pass->put += done && !removing;
  p->pass->removed += done && removing;
  p->pass->conflicts += conflict;
  SqlCaldavPut put = {.activity = row->id,
                      .etag = conflict && row->etag != NULL ? row->etag : etag,
                      .their_etag = conflict ? etag : "",
                      .edition = row->edition,
                      .state = conflict   ? CONFLICT
                               : removing ? TAKEN_OUT
                                          : PUSHED,
                      .words =
                          conflict ? _("Somebody changed it there; it was left as it is.") : ""};
  return sql_caldav_put(c, put) == 1;
}

static bool push_one(Push *p, const SqlCaldavDueRow *row) {
  Context *c = p->c;
  const char *uid;
  const char *calendar = event_of(c, row->id, &uid);
  bool removing = row->state == STATE_CANCELLED;
  if (calendar == NULL) return false;
  if (removing && row->etag == NULL) return true;
  if (removing && row->etag[0] == '\0') return keep(p, row, 404, "", true); // they took it out
  const char *name = text_format(c->arena, "%.*s.ics", (int)strcspn(uid, "@"), uid);
  json_t *question = json_pack("{s:s,s:s,s:I}", removing ? "delete" : "put", name, "etag",
                               row->etag == NULL ? "" : row->etag, "length",
                               (json_int_t)(removing ? 0 : strlen(calendar)));
  json_t *said = ask(p, question, removing ? "" : calendar);
  if (said == NULL) return false;
  const char *etag = json_string_value(json_object_get(said, "etag"));
  bool kept = keep(p, row, json_integer_value(json_object_get(said, "status")),
                   text_copy(c->arena, etag == NULL ? "" : etag), removing);
  json_decref(said);
  return kept;
}

// The wall between organisations holds outside, too: several do not share one collection.
static bool collection_of(Push *p) {
  Context *c = p->c;
  SqlCaldavOrganisationsRow all = {0};
  SqlCalendarSlugRow slug;
  const char *place = strstr(p->server.url, "{org}");
  if (!sql_calendar_slug(c, &slug)) return false;
  sql_caldav_organisations(c, &all);
  if (place == NULL)
    return all.count <= 1 ||
           invalid(c, "DAYBOOK_CALDAV",
                   _("There are several organisations: write {org} where each one's collection "
                     "is named."));
  p->server.url = text_format(c->arena, "%.*s%s%s", (int)(place - p->server.url), p->server.url,
                              slug.slug, place + strlen("{org}"));
  return true;
}

bool caldav_push(Context *c, CaldavPass *out) {
  *out = (CaldavPass){0};
  Push p = {.c = c, .pass = out};
  if (!mail_server_read(c, "DAYBOOK_CALDAV", &p.server)) return false;
  out->set = p.server.set;
  if (!out->set || !collection_of(&p)) return context_ok(c);
  SqlCaldavDueRows rows =
      sql_caldav_due(c, (SqlCaldavDue){.until = date_add_months(c->today, CALDAV_AHEAD_MONTHS),
                                       .limit = CALDAV_AT_ONCE});
  if (rows.count == 0) return context_ok(c);
  p.talk = worker_talk_begin(c, "caldav");
  if (p.talk == NULL) return false;
  worker_talk_say(p.talk, mail_server_line(c, &p.server, DAV_SECONDS), NULL, 0);
  for (size_t i = 0; i < rows.count && push_one(&p, &rows.items[i]); i++) continue;
  worker_talk_end(p.talk);
  if (!context_ok(c)) return false;
  return out->words == NULL ? service_worked(c, "caldav") : service_failed(c, "caldav", out->words);
}

// ---- conflicts ----

bool caldav_settle(Context *c, int64_t activity, CaldavWish wish) {
  TRANSACTION(c, tx);
  if (sql_caldav_settle(c, (SqlCaldavSettle){.activity = activity, .wish = wish}) != 1)
    return context_ok(c) &&
           conflict(c, "%s", _("Nobody changed it in the shared calendar, or it is decided."));
  LedgerEntry *entry = ledger_entry(c, "calendar.settled", "activity", activity);
  ledger_value(entry, "keep", wish == CALDAV_OURS ? "ours" : "theirs");
  return ledger_write(entry) && transaction_commit(&tx);
}

const char *caldav_wish_words(int64_t wish) {
  switch (wish) {
  case CALDAV_OURS: return _("Ours is put there within a minute.");
  case CALDAV_THEIRS: return _("Theirs stays until the date here moves.");
  default: return "";
  }
}
