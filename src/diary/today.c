// SPDX-License-Identifier: Apache-2.0
#include "diary/today.h"

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/duty.sql.h"
#include "diary/lines.h"
#include "diary/tally.h"
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

static void count_days(Context *c, Today *out) {
  SqlTallyDaysRow days = {0};
  int64_t past_due, past_latest;
  overdue_in_past_months(c, &past_due, &past_latest);
  sql_tally_days(c,
                 (SqlTallyDays){.month = overdue_month(c->today),
                                .to = date_add_days(c->today, TODAY_COMING_DAYS)},
                 &days);
  out->missed.total = past_latest + days.past_latest;
  out->late.total = past_due + days.past_due - out->missed.total;
  out->coming.total = days.coming;
}

static void count_kinds(Context *c, Today *out) {
  SqlTallySumsRows kinds = sql_tally_sums(c);
  for (size_t i = 0; i < kinds.count; i++) {
    out->open += kinds.items[i].open;
    out->on_time += kinds.items[i].on_time;
    out->concluded_late += kinds.items[i].concluded_late;
  }
}

// The lines, with the total that is known already.
static void lines_of(Context *c, ActivityLines *out, SqlActivityOpenList in) {
  int64_t total = out->total;
  if (total > 0) *out = open_lines(c, in);
  out->total = total;
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
  count_days(c, out);
  count_kinds(c, out);
  lines_of(c, &out->missed,
           (SqlActivityOpenList){.due_from = DATE_FIRST,
                                 .due_to = yesterday,
                                 .latest_from = DATE_FIRST,
                                 .latest_to = yesterday});
  lines_of(c, &out->late,
           (SqlActivityOpenList){.due_from = DATE_FIRST,
                                 .due_to = yesterday,
                                 .latest_from = c->today,
                                 .latest_to = DATE_LAST});
  lines_of(c, &out->coming,
           (SqlActivityOpenList){.due_from = c->today,
                                 .due_to = date_add_days(c->today, TODAY_COMING_DAYS),
                                 .latest_from = DATE_FIRST,
                                 .latest_to = DATE_LAST});
  if (person != 0) out->mine = my_lines(c, person);
  SqlDutyAnyRow any;
  out->adopted = sql_duty_any(c, &any);
  return countdown_of(c, &out->countdown);
}
