// SPDX-License-Identifier: Apache-2.0
#include "diary/today.h"

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/duty.sql.h"
#include "diary/era.h"
#include "diary/lines.h"
#include "diary/lines.sql.h"
#include "diary/tally.h"
#include "diary/tally.sql.h"

#include <stdlib.h>

static ActivityLines open_lines(Context *c, int64_t era, SqlActivityOpenList in) {
  ActivityLines out = {0};
  if (era != 0) {
    SqlLineIdsOpenRows ids = sql_line_ids_open(c, (SqlLineIdsOpen){.due_from = in.due_from,
                                                                   .due_to = in.due_to,
                                                                   .latest_from = in.latest_from,
                                                                   .latest_to = in.latest_to,
                                                                   .limit = in.limit});
    if (lines_kept(c, era, LINE_PIECES(c, ids), ids.count, &out)) return out;
  }
  SqlActivityOpenListRows rows = sql_activity_open_list(c, in);
  LINES_READ(c, era, rows, &out);
  return out;
}

static int by_due(const void *left, const void *right) {
  const ActivityLine *a = left, *b = right;
  int order = date_compare(a->due, b->due);
  return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static void add_of_position(Context *c, int64_t position, SqlActivityMineOfPosition in,
                            ActivityLines *out) {
  in.position = position;
  SqlActivityMineOfPositionRows rows = sql_activity_mine_of_position(c, in);
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, out) = ACTIVITY_LINE(c, &rows.items[i]);
}

// One's own and those of each position held: each comes in order from its own index.
static ActivityLines my_lines(Context *c, int64_t person) {
  Date horizon = date_add_days(c->today, TODAY_COMING_DAYS);
  SqlActivityMineRows rows = sql_activity_mine(
      c, (SqlActivityMine){.person = person, .horizon = horizon, .limit = TODAY_LINES});
  ActivityLines out = {.items = arena_array(c->arena, rows.count, sizeof(ActivityLine)),
                       .capacity = rows.count};
  for (size_t i = 0; i < rows.count; i++) out.items[out.count++] = ACTIVITY_LINE(c, &rows.items[i]);
  SqlActivityPositionsHeldRows held =
      sql_activity_positions_held(c, (SqlActivityPositionsHeld){.person = person});
  SqlActivityMineOfPosition in = {.person = person, .horizon = horizon, .limit = TODAY_LINES};
  for (size_t i = 0; i < held.count; i++) add_of_position(c, held.items[i].id, in, &out);
  if (held.count > 0) list_sort(&out, by_due);
  out.total = (int64_t)out.count;
  if (out.count < TODAY_LINES) return out;
  out.count = TODAY_LINES;
  SqlActivityMineCountRow count = {0};
  sql_activity_mine_count(
      c, (SqlActivityMineCount){.person = person, .horizon = horizon, .most = COUNT_MOST}, &count);
  out.total = count.total;
  return out;
}

static void count_all(Context *c, Today *out) {
  SqlTallyTodayRow all = {0};
  int64_t past_due, past_latest;
  overdue_in_past_months(c, &past_due, &past_latest);
  sql_tally_today(c,
                  (SqlTallyToday){.month = overdue_month(c->today),
                                  .to = date_add_days(c->today, TODAY_COMING_DAYS)},
                  &all);
  out->open = all.open;
  out->on_time = all.on_time;
  out->concluded_late = all.concluded_late;
  out->missed.total = past_latest + all.past_latest;
  out->late.total = past_due + all.past_due - out->missed.total;
  out->coming.total = all.coming;
}

// The lines, with the total that is known already: looking ends with the last of them. The missed
// ones come before most others, so they are found without reading all that is late.
static void lines_of(Context *c, int64_t era, ActivityLines *out, SqlActivityOpenList in) {
  int64_t total = out->total;
  in.limit = total < TODAY_LINES ? total : TODAY_LINES;
  if (total > 0) *out = open_lines(c, era, in);
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
  const int64_t era = era_of(c);
  count_all(c, out);
  lines_of(c, era, &out->missed,
           (SqlActivityOpenList){.due_from = DATE_FIRST,
                                 .due_to = yesterday,
                                 .latest_from = DATE_FIRST,
                                 .latest_to = yesterday});
  lines_of(c, era, &out->late,
           (SqlActivityOpenList){.due_from = DATE_FIRST,
                                 .due_to = yesterday,
                                 .latest_from = c->today,
                                 .latest_to = DATE_LAST});
  lines_of(c, era, &out->coming,
           (SqlActivityOpenList){.due_from = c->today,
                                 .due_to = date_add_days(c->today, TODAY_COMING_DAYS),
                                 .latest_from = DATE_FIRST,
                                 .latest_to = DATE_LAST});
  if (person != 0) out->mine = my_lines(c, person);
  SqlDutyAnyRow any;
  out->adopted = sql_duty_any(c, &any);
  return countdown_of(c, &out->countdown);
}
