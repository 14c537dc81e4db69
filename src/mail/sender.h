// SPDX-License-Identifier: Apache-2.0
// Hands the outbox to the SMTP server. A mail is claimed, sent and marked one at a time on a
// connection: whoever is killed in between leaves at most one mail that the server may have taken
// without its being marked; it goes out once more, with the same Message-ID. A server that cannot
// be reached costs no mail an attempt: they wait.
#ifndef DAYBOOK_MAIL_SENDER_H
#define DAYBOOK_MAIL_SENDER_H

#include "base/context.h"

enum {
  MAIL_LEASE_SECONDS = 120,
  MAIL_GIVEN_UP_DAYS = 5, // since it was queued, for what the server puts off
};
typedef struct SendPass {
  bool set; // DAYBOOK_SMTP is
  int64_t sent, later, dead;
  const char *words; // why the pass ended early; NULL if it did not
} SendPass;
// Everything that is due, of every organisation. `patient`: not while the server is to be left
// alone after a failure. False with c->error: wrong settings, or no database.
bool mail_send_pass(Context *c, bool patient, SendPass *out);

#endif
