// SPDX-License-Identifier: Apache-2.0
#include "diary/today.h"

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/duty.sql.h"
#include "diary/lines.h"
#include "diary/tally.sql.h"

static ActivityLines open_lines(Context *c, SqlActivityOpenList in) {
  in.limit = TODAY_LINES;
  SqlActivityOpenListRows rows = sql_activity_open_list(c, in);
  ActivityLines out = {.items = arena_array(c->arena, rows.count, sizeof(ActivityLine))};
  for (size_t i = 0; i < rows.count; i++) out.items[out.count++] = ACTIVITY_LINE(c, &rows.items[i]);
  return out;
}

static ActivityLines my_lines(Context *c, int64_t person) {
  Date horizon = date_add_days(c->today, TODAY_COMING_DAYS);
  SqlActivityMineRows rows = sql_activity_mine(
      c, (SqlActivityMine){.person = person, .horizon = horizon, .limit = TODAY_LINES});
  ActivityLines out = {.items = arena_array(c->arena, rows.count, sizeof(ActivityLine))};
  for (size_t i = 0; i < rows.count; i++) out.items[out.count++] = ACTIVITY_LINE(c, &rows.items[i]);
  out.total = (int64_t)out.count;
  if (out.count < TODAY_LINES) return out;
  SqlActivityMineCountRow count = {0};
  sql_activity_mine_count(
      c, (SqlActivityMineCount){.person = person, .horizon = horizon, .most = COUNT_MOST}, &count);
  out.total = count.total;
  return out;
}

static Date month_start(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return date_make(year, month, 1);
}

static void count_overdue(Context *c, Today *out) {
  SqlTallyOverdueRows rows =
      sql_tally_overdue(c, (SqlTallyOverdue){.month = month_start(c->today)});
  for (size_t i = 0; i < rows.count; i++) {
    out->missed.total += rows.items[i].past_latest;
    out->late.total += rows.items[i].past_due - rows.items[i].past_latest;
  }
  SqlTallyKindsRows kinds = sql_tally_kinds(c);
  for (size_t i = 0; i < kinds.count; i++) out->open += kinds.items[i].open;
}

static void coming_lines(Context *c, Today *out) {
  Date to = date_add_days(c->today, TODAY_COMING_DAYS);
  out->coming = open_lines(c, (SqlActivityOpenList){.due_from = c->today,
                                                    .due_to = to,
                                                    .latest_from = DATE_FIRST,
                                                    .latest_to = DATE_LAST});
  out->coming.total = (int64_t)out->coming.count;
  if (out->coming.count < TODAY_LINES) return;
  SqlTallyComingRow count = {0};
  sql_tally_coming(c, (SqlTallyComing){.to = to, .most = COUNT_MOST}, &count);
  out->coming.total = count.total;
}

bool countdown_of(Context *c, Countdown *out) {
  *out = (Countdown){.due = DATE_NONE, .latest = DATE_NONE, .title = "", .stage = ""};
  SqlActivityNextExternalRow row;
  if (sql_activity_next_external(c, &row))
    *out = (Countdown){.activity = row.id,
                       .title = row.title,
                       .stage = row.stage,
                       .due = row.due,
                       .latest = row.latest,
                       .days = date_diff(row.due, c->today)};
  return context_ok(c);
}

bool today_of(Context *c, int64_t person, Today *out) {
  *out = (Today){0};
  READ_TRANSACTION(c, tx);
  Date yesterday = date_add_days(c->today, -1);
  count_overdue(c, out);
  if (out->missed.total > 0) {
    int64_t total = out->missed.total;
    out->missed = open_lines(c, (SqlActivityOpenList){.due_from = DATE_FIRST,
                                                      .due_to = yesterday,
                                                      .latest_from = DATE_FIRST,
                                                      .latest_to = yesterday});
    out->missed.total = total;
  }
  if (out->late.total > 0) {
    int64_t total = out->late.total;
    out->late = open_lines(c, (SqlActivityOpenList){.due_from = DATE_FIRST,
                                                    .due_to = yesterday,
                                                    .latest_from = c->today,
                                                    .latest_to = DATE_LAST});
    out->late.total = total;
  }
  coming_lines(c, out);
  if (person != 0) out->mine = my_lines(c, person);
  SqlDutyAnyRow any;
  out->adopted = sql_duty_any(c, &any);
  return countdown_of(c, &out->countdown);
}
