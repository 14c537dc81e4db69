// SPDX-License-Identifier: Apache-2.0
// The outline of an iCalendar text: cheap limits before anything is handed to the library.
#ifndef DAYBOOK_WORKER_OUTLINE_H
#define DAYBOOK_WORKER_OUTLINE_H

#include <stddef.h>

typedef struct OutlineLimits {
  int depth;   // BEGIN inside BEGIN
  size_t line; // octets of one content line, unfolded
  size_t lines, parts;
} OutlineLimits;
const char *outline_check(const char *bytes, size_t length, OutlineLimits limits); // why not; NULL

#endif
