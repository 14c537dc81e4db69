// SPDX-License-Identifier: Apache-2.0
#include "diary/tally.h"

#include "db/db.h"
#include "diary/duty.h"
#include "diary/duty.sql.h"
#include "diary/tally.sql.h"
#include "ledger/evidence.h"

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
}

static Date month_of(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return date_make(year, month, 1);
}

static void add_months(Context *c, const char *kind, const Counted *counted, int64_t sign) {
  if (!is_open(counted)) return;
  SqlTallyMonthAdd due = {.kind = kind, .month = month_of(counted->due), .due_open = sign};
  SqlTallyMonthAdd latest = {.kind = kind, .month = month_of(counted->latest), .latest_open = sign};
  if (date_compare(due.month, latest.month) == 0) {
    due.latest_open = sign;
    sql_tally_month_add(c, due);
    return;
  }
  sql_tally_month_add(c, due);
  sql_tally_month_add(c, latest);
}

bool tally_change(Context *c, int64_t duty, const char *kind, const Counted *before,
                  const Counted *after) {
  SqlTallyKindAdd sum = {.kind = kind};
  add_kind(&sum, before, -1);
  add_kind(&sum, after, 1);
  if (sum.open != 0 || sum.on_time != 0 || sum.concluded_late != 0 || sum.cancelled != 0)
    sql_tally_kind_add(c, sum);
  add_months(c, kind, before, -1);
  add_months(c, kind, after, 1);
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
  Date fresh = DATE_NONE;
  bool held = tally.last_activity != 0 && !date_is_none(tally.last_held);
  if (held) fresh = fresh_until(&row, tally.last_held);
  bool evidenced = held && evidence_count(c, "activity", tally.last_activity) > 0;
  sql_tally_duty_fresh(
      c, (SqlTallyDutyFresh){.duty = duty, .fresh_until = fresh, .evidenced = evidenced});
  return context_ok(c);
}

bool diary_rebuild(Context *c) {
  TRANSACTION(c, tx);
  sql_tally_clear_kinds(c);
  sql_tally_clear_months(c);
  sql_tally_clear_duties(c);
  sql_tally_rebuild_kinds(c);
  sql_tally_rebuild_months(c);
  SqlDutyIdsRows duties = sql_duty_ids(c);
  for (size_t i = 0; i < duties.count && context_ok(c); i++)
    tally_refresh_duty(c, duties.items[i].id);
  return context_ok(c) && transaction_commit(&tx);
}
