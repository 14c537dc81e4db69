// SPDX-License-Identifier: Apache-2.0
#include "mail/quorum_watch.h"

#include "db/db.h"
#include "diary/workday.h"
#include "ledger/ledger.h"
#include "mail/answer.sql.h"
#include "mail/answer_rules.h"
#include "mail/invite_mail.h"
#include "mail/quorum.sql.h"

enum { FIRST_MINUTE = 8 * 60, LAST_MINUTE = 18 * 60, STEP_MINUTES = 30, MOST_PERIODS = 4000 };
static const int64_t MINUTE = 60 * INT64_C(1000000), DAY = 86400 * INT64_C(1000000);

// ---- the answers ----

typedef struct Tally {
  int32_t yes, no; // the others may still come
} Tally;

static Tally count_group(Context *c, int64_t activity, const QuorumGroup *group) {
  Tally tally = {0};
  for (size_t i = 0; i < group->count; i++) {
    SqlQuorumAnswerRow row;
    SqlQuorumAnswer of = {.activity = activity, .person = group->persons[i]};
    if (!sql_quorum_answer(c, of, &row)) continue;
    tally.yes += text_equal(row.answer, "accepted");
    // A delegate does not sit in management's place.
    tally.no += text_equal(row.answer, "declined") || text_equal(row.answer, "delegated");
  }
  return tally;
}

bool quorum_state(Context *c, int64_t activity, QuorumState *out) {
  Quorum quorum;
  Text words;
  *out = (QuorumState){.words = "", .certain = true};
  text_init(&words, c->arena);
  if (!activity_quorum(c, activity, &quorum)) return false;
  for (size_t i = 0; i < quorum.groups.count; i++) {
    const QuorumGroup *group = &quorum.groups.items[i];
    Tally tally = count_group(c, activity, group);
    int32_t can = (int32_t)group->count - tally.no;
    out->needed = true;
    out->lost = out->lost || can < group->least;
    out->certain = out->certain && tally.yes >= group->least;
    text_add_format(&words, _("%sOf %s %d of %zu must be there; %d said yes, %d said no."),
                    words.length > 0 ? " " : "", group->what, (int)group->least, group->count,
                    (int)tally.yes, (int)tally.no);
  }
  out->certain = out->certain && out->needed;
  if (words.data != NULL) out->words = words.data;
  return context_ok(c);
}

// ---- when they are free ----

typedef struct Period {
  int64_t from, until; // microseconds
} Period;
typedef LIST_OF(Period) Periods;

static void add_meetings(Context *c, int64_t person, int64_t except, Periods *out) {
  Date until = date_add_days(c->today, OPEN_TIMES_AHEAD_DAYS + 370);
  SqlQuorumMeetingsRows rows = sql_quorum_meetings(
      c, (SqlQuorumMeetings){.person = person, .from = c->today, .until = until, .except = except});
  for (size_t i = 0; i < rows.count && out->count < MOST_PERIODS; i++) {
    const SqlQuorumMeetingsRow *row = &rows.items[i];
    const Zone *zone = zone_find(row->zone);
    if (zone == NULL) continue;
    Instant from = zone_instant(zone, row->due, (int32_t)row->start_minute * 60);
    *list_add(c->arena, out) = (Period){from.us, from.us + row->duration_minutes * MINUTE};
  }
}

static void add_busy(Context *c, int64_t person, Instant from, Instant until, Periods *out) {
  SqlBusyOfRows rows = sql_busy_of(c, (SqlBusyOf){.person = person, .from = from, .until = until});
  for (size_t i = 0; i < rows.count && out->count < MOST_PERIODS; i++)
    *list_add(c->arena, out) = (Period){rows.items[i].from_at.us, rows.items[i].until_at.us};
}

static bool is_free(const Periods *busy, int64_t from, int64_t until) {
  for (size_t i = 0; i < busy->count; i++)
    if (busy->items[i].from < until && busy->items[i].until > from) return false;
  return true;
}

// Half hours within the working day of the activity's place.
static void search_day(const Activity *a, const Zone *zone, Date day, const Periods *busy,
                       Instant after, OpenTimes *out) {
  for (int32_t minute = FIRST_MINUTE; minute + a->duration_minutes <= LAST_MINUTE;
       minute += STEP_MINUTES) {
    Instant from = zone_instant(zone, day, minute * 60);
    if (from.us <= after.us) continue;
    if (!is_free(busy, from.us, from.us + a->duration_minutes * MINUTE)) continue;
    out->items[out->count++] = from;
    return; // one proposal for each day
  }
}

static bool collect(Context *c, int64_t activity, Instant until, Periods *busy) {
  Quorum quorum;
  if (!activity_quorum(c, activity, &quorum)) return false;
  for (size_t i = 0; i < quorum.groups.count; i++)
    for (size_t k = 0; k < quorum.groups.items[i].count; k++) {
      int64_t person = quorum.groups.items[i].persons[k];
      add_meetings(c, person, activity, busy);
      add_busy(c, person, c->now, until, busy);
    }
  return context_ok(c);
}

bool quorum_open_times(Context *c, int64_t activity, OpenTimes *out) {
  Activity a;
  Periods busy = {0};
  WorkCalendar days;
  *out = (OpenTimes){0};
  if (!activity_get(c, activity, &a) || !workday_calendar_load(c, &days)) return false;
  const Zone *zone = zone_find(a.time_zone);
  if (zone == NULL) return true;
  Date first = date_add_days(date_compare(a.due, c->today) > 0 ? a.due : c->today, 1);
  Instant until = {zone_instant(zone, first, 0).us + (OPEN_TIMES_AHEAD_DAYS + 1) * DAY};
  if (!collect(c, activity, until, &busy)) return false;
  // The present time is the one that does not suit.
  Instant present = zone_instant(zone, a.due, a.start_minute * 60);
  *list_add(c->arena, &busy) = (Period){present.us, present.us + a.duration_minutes * MINUTE};
  for (int32_t i = 0; i < OPEN_TIMES_AHEAD_DAYS && out->count < OPEN_TIMES; i++) {
    Date day = date_add_days(first, i);
    if (workday_is(&days, a.site, day)) search_day(&a, zone, day, &busy, c->now, out);
  }
  return context_ok(c);
}

// ---- telling ----

static const char *time_words(Context *c, const Activity *a, Instant at) {
  int32_t second;
  const Zone *zone = zone_find(a->time_zone);
  Activity then = *a;
  then.due = zone_date(zone, at, &second);
  then.start_minute = second / 60;
  return meeting_when(c, &then);
}

static bool tell(Context *c, const Activity *a, int64_t organiser, const QuorumState *state) {
  OpenTimes open;
  Letter letter =
      letter_begin(c, text_format(c->arena, _("There will be no quorum: %s"), a->title));
  if (!quorum_open_times(c, a->id, &open)) return false;
  letter_paragraph(c, &letter, state->words);
  letter_fact(c, &letter, _("Planned for"), meeting_when(c, a));
  letter_paragraph(c, &letter,
                   open.count > 0 ? _("As far as their calendars are known, they are free at:")
                                  : _("No time is known within the next two months at which all "
                                      "of them are free."));
  for (size_t i = 0; i < open.count; i++) letter_point(c, &letter, time_words(c, a, open.items[i]));
  letter_button(c, &letter, _("Look at the answers"), answer_page(c, a->id));
  MailNew mail = {
      .kind = MAIL_NOTICE,
      .person = organiser,
      .subject = letter.heading,
      .letter = &letter,
      .once = text_format(c->arena, "quorum.%lld.%lld", (long long)a->id, (long long)a->sequence),
      .object_kind = "activity",
      .object = a->id};
  return mail_queue(c, &mail, NULL);
}

bool quorum_watch(Context *c, int64_t activity) {
  QuorumState state;
  Activity a;
  int64_t organiser = invite_organiser(c, activity);
  MAIL_SPEAKS_TO(c, organiser);
  if (!quorum_state(c, activity, &state) || !state.lost) return context_ok(c);
  if (!activity_get(c, activity, &a) || organiser == 0) return context_ok(c);
  return tell(c, &a, organiser, &state);
}

// ---- free and busy times that somebody publishes ----

bool busy_import(Context *c, int64_t person, const char *bytes, size_t length, int64_t *periods) {
  CalendarIn calendar;
  *periods = 0;
  if (!calendar_in_take(c, bytes, length, &calendar)) return false;
  if (calendar.refused != NULL) return invalid(c, "file", "%s", calendar.refused);
  TRANSACTION(c, tx);
  sql_busy_clear(c, (SqlBusyClear){.person = person, .source = "published"});
  for (size_t i = 0; i < calendar.busy.count; i++) {
    const BusyIn *busy = &calendar.busy.items[i];
    if (busy->until.us <= busy->from.us) continue;
    SqlBusyAdd add = {
        .person = person, .from = busy->from, .until = busy->until, .source = "published"};
    *periods += sql_busy_add(c, add) == 1;
  }
  LedgerEntry *entry = ledger_entry(c, "person.busy_published", "person", person);
  ledger_number(entry, "periods", *periods);
  return ledger_write(entry) && transaction_commit(&tx);
}
