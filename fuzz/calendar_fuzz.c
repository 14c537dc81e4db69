// SPDX-License-Identifier: Apache-2.0
// Whatever stands in a title, the calendar keeps its lines: at most 75 octets each, no line that
// the text could have started by itself.
#include <string.h>

#include "diary/calendar.h"
#include "fuzz.h"

static void lines_hold(const char *text) {
  while (*text) {
    const char *end = strstr(text, "\r\n");
    MUST(end && end - text <= 75);
    for (const char *c = text; c < end; c++) MUST((unsigned char)*c >= 0x20 || *c == '\t');
    text = end + 2;
  }
}

static size_t count(const char *text, const char *line_start) {
  size_t n = 0;
  for (const char *at = text; (at = strstr(at, line_start)); at++) n++;
  return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 4000) return 0;
  Arena *arena = arena_create();
  const char *bytes = text_copy_n(arena, (const char *)data, size);
  if (text_is_utf8(bytes, strlen(bytes))) {
    Text out;
    text_init(&out, arena);
    Calendar calendar;
    CalendarEvent event = {.uid = "u",
                           .summary = bytes,
                           .description = bytes,
                           .location = bytes,
                           .url = bytes,
                           .category = bytes,
                           .zone = zone_find("Europe/Berlin"),
                           .day = date_make(2026, 1, 1),
                           .modified = {0},
                           .alarm_days = 7};
    calendar_begin(&calendar, &out, bytes);
    calendar_event(&calendar, &event);
    calendar_end(&calendar);
    lines_hold(out.data);
    MUST(count(out.data, "\r\nBEGIN:") == 2 && count(out.data, "\r\nUID:") == 1);
  }
  arena_destroy(arena);
  return 0;
}
