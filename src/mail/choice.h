// SPDX-License-Identifier: Apache-2.0
// How somebody wants their mail.
#ifndef DAYBOOK_MAIL_CHOICE_H
#define DAYBOOK_MAIL_CHOICE_H

#include "outbox/outbox.h"

typedef enum Digest { DIGEST_AT_ONCE, DIGEST_DAILY, DIGEST_WEEKLY } Digest;
typedef struct MailChoice {
  int64_t quiet_from, quiet_until; // minute of the day; -1: none
  Digest digest;
  bool stopped; // what is no duty
  int64_t version;
} MailChoice;
bool mail_choice_get(Context *c, int64_t person, MailChoice *out);
bool mail_choice_set(Context *c, int64_t person, const MailChoice *choice);
// By the secret in a mail: sets c->org. The address it goes to, for the page.
bool mail_stop_find(Context *c, const char *token, int64_t *person, const char **address);
bool mail_stop_now(Context *c, int64_t person);
// Turns what waits for somebody's digest into one mail, when its time has come: in the morning,
// of weekly ones on Monday.
bool mail_digests(Context *c, int64_t *sent);

#endif
