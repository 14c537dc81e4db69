// SPDX-License-Identifier: Apache-2.0
// How it goes with the servers we talk to: since when one fails, what it said, when to try again.
#ifndef DAYBOOK_MAIL_SERVICE_H
#define DAYBOOK_MAIL_SERVICE_H

#include "base/context.h"

bool service_may_try(Context *c, const char *name); // false while it is to be left alone
bool service_worked(Context *c, const char *name);
bool service_failed(Context *c, const char *name, const char *words); // 10 s, 20 s, … 10 minutes
const char *service_holder(Arena *arena);                             // a name for this process

#endif
