// SPDX-License-Identifier: Apache-2.0
// A conversation with daybook-worker that goes on: lines of JSON, and bytes after one that
// announces them. For the tasks that talk to a mail server and keep their connection.
#ifndef DAYBOOK_WORKER_TALK_H
#define DAYBOOK_WORKER_TALK_H

#include "base/context.h"

typedef struct WorkerTalk WorkerTalk;
WorkerTalk *worker_talk_begin(Context *c, const char *task); // NULL with c->error
void worker_talk_end(WorkerTalk *talk);                      // NULL-safe
// A line (without its end) and the bytes that follow it. False when the worker is gone.
bool worker_talk_say(WorkerTalk *talk, const char *line, const char *bytes, size_t length);
// One line of the answer, without its end. False when it is gone, or took longer.
bool worker_talk_hear(WorkerTalk *talk, int timeout_ms, Text *line);
bool worker_talk_take(WorkerTalk *talk, int timeout_ms, size_t length, Text *bytes);

#endif
