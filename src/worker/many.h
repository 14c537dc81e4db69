// SPDX-License-Identifier: Apache-2.0
// A task asked again and again: {"length":N} and the bytes, answered by a line. What is common to
// all (a library made ready) is done once; each piece is then read by a child of its own, closed in
// as a worker that reads one alone. The parent hands bytes on and looks at none of them.
#ifndef DAYBOOK_WORKER_MANY_H
#define DAYBOOK_WORKER_MANY_H

#include "worker/frames.h"
#include "worker/sandbox.h"

typedef bool ManyRun(Arena *arena, char *const *arguments, const char *bytes, size_t length,
                     Text *out);
int many_converse(Arena *arena, SandboxLimits limits, ManyRun *run); // exit status

#endif
