// SPDX-License-Identifier: Apache-2.0
#include "mail/status.h"

#include <stdlib.h>

#include "db/db.h"
#include "ledger/ledger.h"
#include "mail/mail.sql.h"

static ServiceStatus service_status(Context *c, const char *name, const char *variable) {
  ServiceStatus out = {.set = !text_is_empty(getenv(variable)),
                       .worked = INSTANT_NONE,
                       .failed = INSTANT_NONE,
                       .words = "",
                       .fill = -1,
                       .note = ""};
  SqlServiceGetRow row;
  if (!sql_service_get(c, (SqlServiceGet){.name = name}, &row)) return out;
  out.worked = row.worked;
  out.failed = row.failed;
  out.words = row.words;
  out.strays = row.strays;
  out.fill = row.fill;
  out.note = row.note;
  return out;
}

bool mail_status_read(Context *c, MailStatus *out) {
  *out = (MailStatus){.smtp = service_status(c, "smtp", "DAYBOOK_SMTP"),
                      .imap = service_status(c, "imap", "DAYBOOK_IMAP"),
                      .caldav = service_status(c, "caldav", "DAYBOOK_CALDAV")};
  SqlMailCountsRows rows = sql_mail_counts(c);
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].state >= 0 && rows.items[i].state <= MAIL_IN_DIGEST)
      out->counts[rows.items[i].state] = rows.items[i].count;
  return context_ok(c);
}

bool mail_retry(Context *c, int64_t mail) {
  TRANSACTION(c, tx);
  if (sql_mail_retry(c, (SqlMailRetry){.id = mail}) != 1)
    return context_ok(c) ? conflict(c, "%s", _("Only a refused mail can be tried again.")) : false;
  return ledger_write(ledger_entry(c, "mail.retried", "mail", mail)) && transaction_commit(&tx);
}

bool mail_retry_all(Context *c, int64_t *count) {
  TRANSACTION(c, tx);
  *count = sql_mail_retry_all(c);
  if (*count <= 0) return context_ok(c) && transaction_commit(&tx);
  LedgerEntry *entry = ledger_entry(c, "mail.retried", "mail", 0);
  ledger_number(entry, "count", *count);
  return ledger_write(entry) && transaction_commit(&tx);
}
