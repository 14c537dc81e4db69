// SPDX-License-Identifier: Apache-2.0
// Dates and instants as people and programs write them: what is taken must be written back alike.
#include <string.h>

#include "fuzz.h"

static void date_comes_back(Arena *arena, const char *text) {
  Date date;
  if (!date_parse(text, &date)) return;
  MUST(strcmp(date_text(arena, date), text) == 0);
  Date later = date_add_months(date, 12);
  MUST(date_is_none(later) || date_diff(later, date) >= 365);
}

static void instant_comes_back(Arena *arena, const char *text) {
  Instant instant, again;
  if (!instant_parse(text, &instant)) return;
  MUST(instant_parse(instant_text(arena, instant), &again));
  int64_t lost = instant.us - again.us;
  MUST(lost >= 0 && lost < 1000000); // seconds are kept, fractions are not
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 200) return 0;
  Arena *arena = arena_create();
  const char *text = text_copy_n(arena, (const char *)data, size);
  date_comes_back(arena, text);
  instant_comes_back(arena, text);
  arena_destroy(arena);
  return 0;
}
