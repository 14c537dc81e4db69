// SPDX-License-Identifier: Apache-2.0
#include "db/db.h"
#include "diary/duty.h"
#include "diary/holiday.sql.h"
#include "diary/workday.h"
#include "ledger/ledger.h"
#include "org/org.sql.h"

bool workday_calendar_load(Context *c, WorkCalendar *out) {
  SqlHolidayListRows rows = sql_holiday_list(c);
  Holiday *holidays = arena_array(c->arena, rows.count, sizeof *holidays);
  for (size_t i = 0; i < rows.count; i++)
    holidays[i] = (Holiday){
        .on = rows.items[i].on_day, .site = rows.items[i].site, .name = rows.items[i].name};
  *out = (WorkCalendar){.holidays = holidays, .count = rows.count};
  return context_ok(c);
}

bool holiday_add(Context *c, int64_t site, Date on, const char *name, const char *source) {
  TRANSACTION(c, tx);
  if (date_is_none(on)) invalid(c, "on", _("Give the day as YYYY-MM-DD."));
  if (text_is_empty(name)) invalid(c, "name", _("Give the holiday's name."));
  SqlSiteGetRow place;
  if (site != 0 && !sql_site_get(c, (SqlSiteGet){.id = site}, &place) && context_ok(c))
    invalid(c, "site", _("There is no such site."));
  if (!context_ok(c)) return false;
  SqlHolidayFindRow found;
  if (sql_holiday_find(c, (SqlHolidayFind){.site = site, .on_day = on}, &found)) return true;
  int64_t id = sql_holiday_insert(
      c, (SqlHolidayInsert){
             .site = site, .on_day = on, .name = name, .source = source == NULL ? "" : source});
  LedgerEntry *entry = ledger_entry(c, "holiday.added", "holiday", id);
  ledger_day(entry, "on", on);
  ledger_value(entry, "name", name);
  return id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool holiday_remove(Context *c, int64_t holiday) {
  TRANSACTION(c, tx);
  if (sql_holiday_delete(c, (SqlHolidayDelete){.id = holiday}) != 1)
    return context_ok(c) ? not_found(c, _("There is no such holiday.")) : false;
  LedgerEntry *entry = ledger_entry(c, "holiday.removed", "holiday", holiday);
  return ledger_write(entry) && transaction_commit(&tx);
}
