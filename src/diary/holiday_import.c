// SPDX-License-Identifier: Apache-2.0
// A calendar of public holidays, read in the worker because nobody vouches for the file.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "diary/duty.h"
#include "diary/holiday.sql.h"
#include "worker/client.h"

static void close_file(FILE **file) {
  if (*file != NULL) fclose(*file);
}

static bool read_file(Context *c, const char *path, const char **bytes, size_t *length) {
  FILE *file __attribute__((cleanup(close_file))) = fopen(path, "rbe");
  if (file == NULL) return invalid(c, "file", "%s: %s", path, strerror(errno));
  char *buffer = arena_alloc(c->arena, HOLIDAYS_MOST_BYTES + 1);
  *length = fread(buffer, 1, HOLIDAYS_MOST_BYTES + 1, file);
  *bytes = buffer;
  if (ferror(file)) return invalid(c, "file", _("%s cannot be read."), path);
  return *length <= HOLIDAYS_MOST_BYTES ||
         fail_with(c, ERROR_TOO_LARGE, _("A calendar of holidays is at most 2 MB."));
}

bool holiday_import_bytes(Context *c, int64_t site, const char *bytes, size_t length,
                          HolidayImport *out) {
  Facts facts;
  HolidayList list = {0};
  *out = (HolidayImport){0};
  if (!org_facts(c, &facts) ||
      !worker_holidays(c, bytes, length, facts.decision, facts.expiry, &list))
    return false;
  TRANSACTION(c, tx);
  for (size_t i = 0; i < list.dates.count; i++) {
    const HolidayDate *day = &list.dates.items[i];
    SqlHolidayFindRow found;
    if (sql_holiday_find(c, (SqlHolidayFind){.site = site, .on_day = day->day}, &found)) {
      out->unchanged++;
      continue;
    }
    if (!holiday_add(c, site, day->day, day->name, "calendar file")) return false;
    out->created++;
  }
  out->refused = (int64_t)list.notes.count;
  return context_ok(c) && transaction_commit(&tx);
}

bool holiday_import(Context *c, int64_t site, const char *path, HolidayImport *out) {
  const char *bytes = NULL;
  size_t length = 0;
  return read_file(c, path, &bytes, &length) && holiday_import_bytes(c, site, bytes, length, out);
}
