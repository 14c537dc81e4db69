// SPDX-License-Identifier: Apache-2.0
// Which writing a text uses, so that the worker opens only the faces it needs.
#ifndef DAYBOOK_REPORT_SCRIPT_H
#define DAYBOOK_REPORT_SCRIPT_H

#include "base/base.h"

typedef struct Script {
  char letter;
  const char *regular, *bold; // names of the files below /usr/share/fonts
  uint32_t from, to;          // the block of Unicode it is known by
} Script;
extern const Script scripts[]; // ends with letter 0; several may have one letter

// The letters of what the text needs beyond Latin, Greek and Cyrillic; "-" if nothing.
const char *scripts_of(Arena *arena, const char *text, size_t length);

#endif
