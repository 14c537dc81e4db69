// SPDX-License-Identifier: Apache-2.0
// The worker's end of a conversation (worker/talk.h): lines of JSON with bytes after some of them.
#ifndef DAYBOOK_WORKER_FRAMES_H
#define DAYBOOK_WORKER_FRAMES_H

#include <jansson.h>

#include "base/base.h"

json_t *frames_line(Arena *arena);                                // NULL at its end
bool frames_bytes(Arena *arena, size_t length, Text *out);        // false at its end
bool frames_answer(json_t *line, const char *bytes, size_t size); // takes the reference
bool frames_write(const char *bytes, size_t size);
void frames_forget(void);                                      // wipes what was handed out
const char *frames_text(const json_t *line, const char *name); // "" if absent

#endif
