// SPDX-License-Identifier: Apache-2.0
// How it goes with the servers we talk to: since when one fails, what it said, when to try again.
#ifndef DAYBOOK_MAIL_SERVICE_H
#define DAYBOOK_MAIL_SERVICE_H

#include "base/context.h"

bool service_may_try(Context *c, const char *name); // false while it is to be left alone
bool service_worked(Context *c, const char *name);
bool service_failed(Context *c, const char *name, const char *words); // 10 s, 20 s, … 10 minutes
// The mailbox of answers: how full (per cent, -1 not known); if any were read, what the server
// would not do with them ("": it did).
bool service_mailbox(Context *c, int64_t fill, bool read_any, const char *note);
const char *service_holder(Arena *arena); // a name for this process

#endif
