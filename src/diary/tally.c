// SPDX-License-Identifier: Apache-2.0
#include "diary/tally.h"

#include "db/db.h"
#include "diary/duty.h"
#include "diary/duty.sql.h"
#include "diary/paper.h"
#include "diary/tally.sql.h"
#include "ledger/evidence.h"

#include <string.h>

#define ONCE_FRESH_MONTHS 12 // what is done once stays fresh for a year

static bool is_open(const Counted *counted) {
  return counted != NULL && counted->state < STATE_CONCLUDED;
}

static void add_kind(SqlTallyKindAdd *sum, const Counted *counted, int64_t sign) {
  if (counted == NULL) return;
  if (is_open(counted))
    sum->open += sign;
  else if (counted->state == STATE_CANCELLED)
    sum->cancelled += sign;
  else if (date_compare(counted->held_on, counted->latest) > 0)
    sum->concluded_late += sign;
  else
    sum->on_time += sign;
  if (sign > 0 && counted->state == STATE_CONCLUDED) sum->held = counted->held_on;
}

static Date month_of(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return date_make(year, month, 1);
}

// A month or day where nothing is open any more has no row: readers meet only what is open.
static void add_month(Context *c, const char *kind, Date month, int64_t due, int64_t latest) {
  sql_tally_month_add(
      c, (SqlTallyMonthAdd){.month = month, .kind = kind, .due_open = due, .latest_open = latest});
  if (due + latest < 0) sql_tally_month_tidy(c, (SqlTallyMonthTidy){.month = month, .kind = kind});
}

static void add_day(Context *c, const char *kind, Date day, int64_t due, int64_t latest) {
  sql_tally_day_add(
      c, (SqlTallyDayAdd){.day = day, .kind = kind, .due_open = due, .latest_open = latest});
  if (due + latest < 0) sql_tally_day_tidy(c, (SqlTallyDayTidy){.day = day, .kind = kind});
}

static void add_open(Context *c, const char *kind, const Counted *counted, int64_t sign) {
  if (!is_open(counted)) return;
  Date due = month_of(counted->due), latest = month_of(counted->latest);
  bool one_month = date_compare(due, latest) == 0;
  bool one_day = date_compare(counted->due, counted->latest) == 0;
  add_month(c, kind, due, sign, one_month ? sign : 0);
  if (!one_month) add_month(c, kind, latest, 0, sign);
  add_day(c, kind, counted->due, sign, one_day ? sign : 0);
  if (!one_day) add_day(c, kind, counted->latest, 0, sign);
}

static void add_followed_day(Context *c, SqlTallyFollowAdd sum) {
  sql_tally_follow_add(c, sum);
  if (sum.first_due + sum.due_open + sum.latest_open + sum.held < 0)
    sql_tally_follow_tidy(c, (SqlTallyFollowTidy){.duty = sum.duty, .day = sum.day});
}

static void add_followed(Context *c, int64_t duty, const Counted *counted, int64_t sign) {
  if (counted == NULL || counted->state == STATE_CANCELLED) return;
  SqlTallyFollowAdd sum = {.duty = duty, .day = counted->baseline, .first_due = sign};
  if (!is_open(counted)) {
    add_followed_day(c, sum);
    add_followed_day(c, (SqlTallyFollowAdd){.duty = duty, .day = counted->held_on, .held = sign});
    return;
  }
  if (date_compare(counted->due, counted->baseline) == 0)
    sum.due_open = sign;
  else
    add_followed_day(c, (SqlTallyFollowAdd){.duty = duty, .day = counted->due, .due_open = sign});
  add_followed_day(c, sum);
  add_followed_day(c,
                   (SqlTallyFollowAdd){.duty = duty, .day = counted->latest, .latest_open = sign});
}

static bool same_dates(const Counted *before, const Counted *after) {
  return is_open(before) && is_open(after) && date_compare(before->due, after->due) == 0 &&
         date_compare(before->latest, after->latest) == 0;
}

Date overdue_month(Date today) {
  return month_of(today);
}

void overdue_in_past_months(Context *c, int64_t *past_due, int64_t *past_latest) {
  SqlTallyPastMonthsRows rows =
      sql_tally_past_months(c, (SqlTallyPastMonths){.month = month_of(c->today)});
  *past_due = *past_latest = 0;
  for (size_t i = 0; i < rows.count; i++) {
    *past_due += rows.items[i].due_open;
    *past_latest += rows.items[i].latest_open;
  }
}

bool tally_change(Context *c, int64_t duty, const char *kind, const Counted *before,
                  const Counted *after) {
  SqlTallyKindAdd sum = {.kind = kind, .held = DATE_NONE};
  add_kind(&sum, before, -1);
  add_kind(&sum, after, 1);
  if (sum.open != 0 || sum.on_time != 0 || sum.concluded_late != 0 || sum.cancelled != 0)
    sql_tally_kind_add(c, sum);
  if (!same_dates(before, after)) {
    add_open(c, kind, before, -1);
    add_open(c, kind, after, 1);
  }
  if (strcmp(kind, duty_kind_name(DUTY_AUDIT)) == 0) {
    add_followed(c, duty, before, -1);
    add_followed(c, duty, after, 1);
  }
  if (before != NULL && (!is_open(before) || !is_open(after))) return tally_refresh_duty(c, duty);
  return context_ok(c);
}

static Date fresh_until(const SqlDutyGetRow *duty, Date held) {
  int32_t months = duty->every_months > 0 ? (int32_t)duty->every_months : ONCE_FRESH_MONTHS;
  return date_add_days(date_add_months(held, months), (int32_t)duty->tolerance_days);
}

bool tally_refresh_duty(Context *c, int64_t duty) {
  sql_tally_duty_refresh(c, (SqlTallyDutyRefresh){.duty = duty});
  SqlTallyDutyGetRow tally;
  SqlDutyGetRow row;
  if (!sql_tally_duty_get(c, (SqlTallyDutyGet){.duty = duty}, &tally) ||
      !sql_duty_get(c, (SqlDutyGet){.id = duty}, &row))
    return context_ok(c);
  // An upsert keeps `evidenced` as it was: what it says now against that is the change.
  Date fresh = DATE_NONE;
  bool held = tally.last_activity != 0 && !date_is_none(tally.last_held);
  if (held) fresh = fresh_until(&row, tally.last_held);
  bool evidenced = held && evidence_count(c, "activity", tally.last_activity) > 0;
  sql_tally_duty_fresh(
      c, (SqlTallyDutyFresh){.duty = duty, .fresh_until = fresh, .evidenced = evidenced});
  if (evidenced != tally.evidenced)
    sql_tally_kind_proved(c,
                          (SqlTallyKindProved){.kind = tally.kind, .proved = evidenced ? 1 : -1});
  return row.register_item == 0 ? context_ok(c) : paper_refresh(c, row.register_item);
}

bool diary_rebuild(Context *c) {
  TRANSACTION(c, tx);
  sql_tally_clear_kinds(c);
  sql_tally_clear_months(c);
  sql_tally_clear_days(c);
  sql_tally_clear_duties(c);
  sql_tally_clear_followed(c);
  sql_tally_rebuild_kinds(c);
  sql_tally_rebuild_months(c);
  sql_tally_rebuild_days(c);
  sql_tally_rebuild_followed(c);
  SqlDutyIdsRows duties = sql_duty_ids(c);
  for (size_t i = 0; i < duties.count && context_ok(c); i++)
    tally_refresh_duty(c, duties.items[i].id);
  return paper_rebuild(c) && transaction_commit(&tx);
}
