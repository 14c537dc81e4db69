// SPDX-License-Identifier: Apache-2.0
// A mail from a stranger: its sender, the addresses and messages it names, and the calendar in it.
// MIME is read by GMime, which must be made ready before the sandbox closes.
#ifndef DAYBOOK_WORKER_MAIL_IN_H
#define DAYBOOK_WORKER_MAIL_IN_H

#include <jansson.h>

#include "base/base.h"

enum { MAIL_IN_MOST_BYTES = 2 << 20, MAIL_IN_MOST_BOUNDARIES = 100 };

bool mail_in_prepare(char *const *arguments);
// {"from","to":[…],"message_id","references":[…],"automatic",
//  "calendar": as calendar_in_read, or null} or {"refused":"why"}.
json_t *mail_in_parse(Arena *arena, const char *bytes, size_t length);

#endif
