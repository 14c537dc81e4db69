// SPDX-License-Identifier: Apache-2.0
// Asks daybook-worker, which stands beside this program (or is named by DAYBOOK_WORKER).
#ifndef DAYBOOK_WORKER_CLIENT_H
#define DAYBOOK_WORKER_CLIENT_H

#include "base/context.h"
#include "worker/holidays.h"

// Starts the worker on one task, hands it the bytes, takes its line of JSON. False with c->error:
// unavailable if it cannot be started or took too long, invalid if it died on the input.
// arguments ends with NULL.
bool worker_run(Context *c, const char *task, const char *const *arguments, const char *bytes,
                size_t length, int timeout_ms, Text *out);

// The days of public holidays in an .ics file, from `from` to `to`. A file that is refused as a
// whole is invalid(c, "file", why).
bool worker_holidays(Context *c, const char *bytes, size_t length, Date from, Date to,
                     HolidayList *out);

// A document (report/document.h) as PDF. False with c->error: unavailable, too_large or failure.
bool worker_pdf(Context *c, const char *json, size_t length, Text *out);

#endif
