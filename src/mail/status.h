// SPDX-License-Identifier: Apache-2.0
// What the outbox holds and how the servers do: for the page and the command.
#ifndef DAYBOOK_MAIL_STATUS_H
#define DAYBOOK_MAIL_STATUS_H

#include "outbox/outbox.h"

typedef struct ServiceStatus {
  bool set;
  Instant worked, failed; // INSTANT_NONE: never; not failing
  const char *words;
  int64_t strays;
  int64_t fill;     // imap: the mailbox, per cent; -1: its server does not say
  const char *note; // imap: what its server would not do with a mail that was read
} ServiceStatus;
enum { MAILBOX_NEARLY_FULL = 90 }; // per cent
typedef struct MailStatus {
  ServiceStatus smtp, imap, caldav;
  int64_t counts[MAIL_IN_DIGEST + 1]; // by MailState
} MailStatus;
bool mail_status_read(Context *c, MailStatus *out);
bool mail_retry(Context *c, int64_t mail); // a refused one is tried again
bool mail_retry_all(Context *c, int64_t *count);

#endif
