// SPDX-License-Identifier: Apache-2.0
// Lists of activities: which statement serves a filter, and how many there are altogether.
#include "db/db.h"
#include "diary/activity.h"
#include "diary/activity.sql.h"
#include "diary/era.h"
#include "diary/lines.h"
#include "diary/lines.sql.h"
#include "diary/tally.h"
#include "diary/tally.sql.h"

#define LIST_DEFAULT 50
#define LIST_MOST    200

ActivityFilter activity_filter(void) {
  return (ActivityFilter){.from = DATE_NONE, .to = DATE_NONE};
}

// A filter in the terms of what is stored: derived statuses are ranges of states and dates.
typedef struct Range {
  const char *kind, *find;
  int64_t duty, person, state_from, state_to, offset, limit;
  Date due_from, due_to, latest_from, latest_to;
  bool open, overdue; // only open states; of those, only past due
} Range;

static bool status_parse(const char *name, Status *out) {
  for (Status status = STATUS_PLANNED; status <= STATUS_CANCELLED; status++) {
    if (text_equal(name, status_name(status))) {
      *out = status;
      return true;
    }
  }
  return false;
}

static Date earlier(Date a, Date b) {
  return date_compare(a, b) < 0 ? a : b;
}

static Date later(Date a, Date b) {
  return date_compare(a, b) > 0 ? a : b;
}

static void range_overdue(const Context *c, Status status, Range *range) {
  Date yesterday = date_add_days(c->today, -1);
  range->overdue = true;
  range->due_to = earlier(range->due_to, yesterday);
  if (status == STATUS_LATE)
    range->latest_from = c->today;
  else
    range->latest_to = yesterday;
}

static bool range_status(Context *c, const char *name, Range *range) {
  range->state_to = STATE_CANCELLED;
  if (text_is_empty(name)) return true;
  Status status = STATUS_PLANNED;
  if (!text_equal(name, "open") && !status_parse(name, &status))
    return invalid(c, "status", _("There is no status “%s”."), name);
  if (text_equal(name, "open") || status == STATUS_LATE || status == STATUS_MISSED) {
    range->open = true;
    range->state_to = STATE_UNDER_WAY;
    if (!text_equal(name, "open")) range_overdue(c, status, range);
    return true;
  }
  if (status == STATUS_CONCLUDED || status == STATUS_CANCELLED) {
    range->state_from = range->state_to =
        status == STATUS_CONCLUDED ? STATE_CONCLUDED : STATE_CANCELLED;
    return true;
  }
  range->open = true; // planned, scheduled, under way: as stored, and not overdue
  range->state_from = range->state_to = status;
  range->due_from = later(range->due_from, c->today);
  return true;
}

static bool range_of(Context *c, const ActivityFilter *filter, Range *out) {
  DutyKind kind;
  if (!text_is_empty(filter->kind) && !duty_kind_parse(filter->kind, &kind))
    return invalid(c, "kind", _("There is no duty kind “%s”."), filter->kind);
  *out = (Range){
      .kind = text_is_empty(filter->kind) ? "" : filter->kind,
      .find = text_is_empty(filter->text) ? "" : filter->text,
      .duty = filter->duty,
      .person = filter->owner_person,
      .due_from = date_is_none(filter->from) ? DATE_FIRST : filter->from,
      .due_to = date_is_none(filter->to) ? DATE_LAST : filter->to,
      .latest_from = DATE_FIRST,
      .latest_to = DATE_LAST,
      .offset = filter->offset < 0 ? 0 : filter->offset,
      .limit = filter->limit <= 0          ? LIST_DEFAULT
               : filter->limit > LIST_MOST ? LIST_MOST
                                           : filter->limit,
  };
  return range_status(c, filter->status, out);
}

// ---- how many: from the derived counts where they know, else counted up to COUNT_MOST ----

static bool tallies_know(const ActivityFilter *filter, const Range *range) {
  bool stored_open = range->open && range->state_from == range->state_to;
  return text_is_empty(filter->text) && filter->duty == 0 && filter->owner_person == 0 &&
         date_is_none(filter->from) && date_is_none(filter->to) && !stored_open;
}

static int64_t overdue_total(Context *c, const ActivityFilter *filter) {
  SqlTallyPastRows past = sql_tally_past(c, (SqlTallyPast){.month = overdue_month(c->today)});
  const bool missed = text_equal(filter->status, "missed");
  int64_t total = 0;
  for (size_t i = 0; i < past.count; i++) {
    const SqlTallyPastRow *row = &past.items[i];
    if (!text_is_empty(filter->kind) && !text_equal(filter->kind, row->kind)) continue;
    total += missed ? row->latest_open : row->due_open - row->latest_open;
  }
  return total;
}

static int64_t tally_total(Context *c, const ActivityFilter *filter) {
  const char *status = text_is_empty(filter->status) ? NULL : filter->status;
  if (text_equal(status, "late") || text_equal(status, "missed")) return overdue_total(c, filter);
  SqlTallySumsRow sums = {0};
  sql_tally_sums(c, (SqlTallySums){text_is_empty(filter->kind) ? "" : filter->kind}, &sums);
  if (status == NULL) return sums.open + sums.concluded + sums.cancelled;
  return text_equal(status, "open")        ? sums.open
         : text_equal(status, "concluded") ? sums.concluded
                                           : sums.cancelled;
}

// The parameters that the list's statements share.
#define WITHIN(range)                                                                              \
  .kind = (range)->kind, .duty = (range)->duty, .person = (range)->person, .find = (range)->find,  \
  .state_from = (range)->state_from, .state_to = (range)->state_to
#define PAGE(range, filter)                                                                        \
  .offset = (range)->offset, .limit = (range)->limit, .sort = sorts[(filter)->sort],               \
  .descending = (filter)->descending

static int64_t list_total(Context *c, const ActivityFilter *filter, const Range *range) {
  if (tallies_know(filter, range)) return tally_total(c, filter);
  SqlActivityListCountRow row = {0};
  sql_activity_list_count(c,
                          (SqlActivityListCount){WITHIN(range), .due_from = range->due_from,
                                                 .due_to = range->due_to,
                                                 .latest_from = range->latest_from,
                                                 .latest_to = range->latest_to, .most = COUNT_MOST},
                          &row);
  return row.total;
}

// ---- which statement: each has the index its order needs ----

static void list_open(Context *c, const ActivityFilter *filter, const Range *range,
                      ActivityLines *out) {
  static const SqlActivityListOpenSort sorts[] = {
      SQL_ACTIVITY_LIST_OPEN_DUE, SQL_ACTIVITY_LIST_OPEN_TITLE, SQL_ACTIVITY_LIST_OPEN_KIND};
  SqlActivityListOpenRows rows = sql_activity_list_open(
      c, (SqlActivityListOpen){WITHIN(range), .due_from = range->due_from, .due_to = range->due_to,
                               .latest_from = range->latest_from, .latest_to = range->latest_to,
                               PAGE(range, filter)});
  out->items = arena_array(c->arena, rows.count, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = ACTIVITY_LINE(c, &rows.items[i]);
}

static void list_overdue(Context *c, const ActivityFilter *filter, const Range *range,
                         ActivityLines *out) {
  static const SqlActivityListOverdueSort sorts[] = {SQL_ACTIVITY_LIST_OVERDUE_DUE,
                                                     SQL_ACTIVITY_LIST_OVERDUE_TITLE,
                                                     SQL_ACTIVITY_LIST_OVERDUE_KIND};
  SqlActivityListOverdueRows rows = sql_activity_list_overdue(
      c, (SqlActivityListOverdue){WITHIN(range), .due_from = range->due_from,
                                  .due_to = range->due_to, .latest_from = range->latest_from,
                                  .latest_to = range->latest_to, PAGE(range, filter)});
  out->items = arena_array(c->arena, rows.count, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = ACTIVITY_LINE(c, &rows.items[i]);
}

static void list_between(Context *c, const ActivityFilter *filter, const Range *range,
                         ActivityLines *out) {
  static const SqlActivityListBetweenSort sorts[] = {SQL_ACTIVITY_LIST_BETWEEN_DUE,
                                                     SQL_ACTIVITY_LIST_BETWEEN_TITLE,
                                                     SQL_ACTIVITY_LIST_BETWEEN_KIND};
  SqlActivityListBetweenRows rows = sql_activity_list_between(
      c, (SqlActivityListBetween){WITHIN(range), .due_from = range->due_from,
                                  .due_to = range->due_to, PAGE(range, filter)});
  out->items = arena_array(c->arena, rows.count, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = ACTIVITY_LINE(c, &rows.items[i]);
}

static bool list_kept(Context *c, const ActivityFilter *filter, const Range *range, int64_t era,
                      ActivityLines *out) {
  static const SqlLineIdsListedSort sorts[] = {SQL_LINE_IDS_LISTED_DUE, SQL_LINE_IDS_LISTED_TITLE,
                                               SQL_LINE_IDS_LISTED_KIND};
  if (era == 0) return false;
  SqlLineIdsListedRows ids =
      sql_line_ids_listed(c, (SqlLineIdsListed){WITHIN(range), PAGE(range, filter)});
  return lines_kept(c, era, LINE_PIECES(c, ids), ids.count, out);
}

static void list_all(Context *c, const ActivityFilter *filter, const Range *range,
                     ActivityLines *out) {
  static const SqlActivityListSort sorts[] = {SQL_ACTIVITY_LIST_DUE, SQL_ACTIVITY_LIST_TITLE,
                                              SQL_ACTIVITY_LIST_KIND};
  const int64_t era = era_of(c);
  if (list_kept(c, filter, range, era, out)) return;
  SqlActivityListRows rows =
      sql_activity_list(c, (SqlActivityList){WITHIN(range), PAGE(range, filter)});
  LINES_READ(c, era, rows, out);
}

bool activity_list(Context *c, const ActivityFilter *filter, ActivityLines *out) {
  *out = (ActivityLines){0};
  Range range = {0};
  if ((unsigned)filter->sort > ACTIVITY_BY_KIND || !range_of(c, filter, &range)) return false;
  bool dated = !date_is_none(filter->from) || !date_is_none(filter->to);
  if (range.overdue)
    list_overdue(c, filter, &range, out);
  else
    (range.open ? list_open : dated ? list_between : list_all)(c, filter, &range, out);
  out->total = list_total(c, filter, &range);
  return context_ok(c);
}
