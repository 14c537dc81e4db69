// SPDX-License-Identifier: Apache-2.0
#include "mail/service.h"

#include "db/db.h"
#include "jobs/jobs.h"
#include "mail/mail.sql.h"

enum { FIRST_PAUSE = 10, LONGEST_PAUSE = 600 };
static const int64_t SECOND = 1000000;

const char *service_holder(Arena *arena) {
  return jobs_holder(arena);
}

bool service_may_try(Context *c, const char *name) {
  SqlServiceGetRow row;
  if (!sql_service_get(c, (SqlServiceGet){.name = name}, &row)) return context_ok(c);
  return row.next_try.us <= clock_real().us;
}

bool service_worked(Context *c, const char *name) {
  SqlServiceGetRow row;
  sql_service_ensure(c, (SqlServiceEnsure){.name = name});
  bool known = sql_service_get(c, (SqlServiceGet){.name = name}, &row);
  if (known && row.failures == 0 && row.worked.us > c->now.us - 60 * SECOND) return true;
  return sql_service_worked(c, (SqlServiceWorked){.name = name}) == 1;
}

bool service_failed(Context *c, const char *name, const char *words) {
  SqlServiceGetRow row = {0};
  sql_service_ensure(c, (SqlServiceEnsure){.name = name});
  sql_service_get(c, (SqlServiceGet){.name = name}, &row);
  int64_t pause = FIRST_PAUSE;
  for (int64_t i = 0; i < row.failures && pause < LONGEST_PAUSE; i++) pause *= 2;
  if (pause > LONGEST_PAUSE) pause = LONGEST_PAUSE;
  log_line(LOG_LEVEL_WARN, "mail_server", "service=%s failures=%lld", name,
           (long long)row.failures + 1);
  Instant next = {clock_real().us + pause * SECOND};
  return sql_service_failed(
             c, (SqlServiceFailed){.name = name, .next_try = next, .words = words}) == 1;
}

bool service_mailbox(Context *c, int64_t fill, bool read_any, const char *note) {
  SqlServiceGetRow row;
  if (!sql_service_get(c, (SqlServiceGet){.name = "imap"}, &row)) return context_ok(c);
  const char *words = read_any ? note : row.note;
  if (row.fill == fill && text_equal(words, row.note)) return true;
  return sql_service_mailbox(c, (SqlServiceMailbox){.fill = fill, .note = words}) == 1;
}
