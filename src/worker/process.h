// SPDX-License-Identifier: Apache-2.0
// Inside the worker's client: starting daybook-worker and seeing it off.
#ifndef DAYBOOK_WORKER_PROCESS_H
#define DAYBOOK_WORKER_PROCESS_H

#include "base/context.h"

#include <sys/types.h>

// `theirs` becomes its standard input and output; nothing else is inherited. False with c->error.
bool worker_spawn(Context *c, const char *task, const char *const *arguments, int theirs,
                  pid_t *pid);
// It has closed its end: if patient, a moment to leave by itself, then no more. Its wait status.
int worker_reap(pid_t pid, bool patient);

#endif
