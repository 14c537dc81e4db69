// SPDX-License-Identifier: Apache-2.0
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"

static const char *home(Request *r) {
  return text_format(r->context.arena, "/o/%s/holidays", r->org_slug);
}

void holidays_handler(Request *r, const HolidaysInput *in) {
  Context *c = &r->context;
  int year, month, day;
  date_split(c->today, &year, &month, &day);
  if (in->year.has) year = (int)in->year.value;
  SqlPageHolidaysRows rows = sql_page_holidays(
      c, (SqlPageHolidays){.from = date_make(year, 1, 1), .to = date_make(year, 12, 31)});
  HolidaysPage page = {.year = year,
                       .previous = text_format(c->arena, "%s?year=%d", home(r), year - 1),
                       .next = text_format(c->arena, "%s?year=%d", home(r), year + 1)};
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &page.rows) =
        (HolidayLine){rows.items[i].id, rows.items[i].on_day, rows.items[i].name,
                      or_empty(rows.items[i].site), rows.items[i].source};
  SqlPageSitesRows sites = sql_page_sites(c);
  for (size_t i = 0; i < sites.count; i++)
    *list_add(c->arena, &page.sites) = (HolidaySite){sites.items[i].id, sites.items[i].name};
  if (context_ok(c)) respond_holidays_page(r, &page);
}

void holiday_add_handler(Request *r, const HolidayAddInput *in) {
  Context *c = &r->context;
  if (holiday_add(c, in->site, in->on, in->name, ""))
    request_done(r, 0, home(r), _("%s is a holiday; nothing new is planned on it."),
                 date_words(c->arena, in->on));
}

void holidays_import_handler(Request *r, const HolidaysImportInput *in) {
  HolidayImport result = {0};
  if (holiday_import(&r->context, in->site, in->file->path, &result))
    request_done(r, 0, home(r),
                 _("Days brought in as holidays: %lld; known already: %lld; refused: %lld."),
                 (long long)result.created, (long long)result.unchanged, (long long)result.refused);
}

void holiday_remove_handler(Request *r, const HolidayRemoveInput *in) {
  if (holiday_remove(&r->context, in->id)) request_done(r, 0, home(r), _("Removed."));
}
