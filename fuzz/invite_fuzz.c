// SPDX-License-Identifier: Apache-2.0
// Whatever calendar comes back to an invitation: it is read or refused, and what is read is sound
// text within its limits.
#include <string.h>

#include "fuzz.h"
#include "worker/calendar_in.h"

static void texts_are_sound(const json_t *value) {
  const char *name;
  json_t *inner;
  size_t i;
  if (json_is_string(value)) {
    const char *text = json_string_value(value);
    MUST(text_is_utf8(text, strlen(text)) && strlen(text) <= 8192);
    for (; *text != '\0'; text++) MUST((unsigned char)*text >= 0x20 || *text == '\n');
  }
  json_object_foreach((json_t *)(uintptr_t)value, name, inner) texts_are_sound(inner);
  json_array_foreach(value, i, inner) texts_are_sound(inner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > CALENDAR_IN_MOST_BYTES) return 0;
  Arena *arena = arena_create();
  json_t *out = calendar_in_read(arena, (const char *)data, size);
  MUST(out != NULL);
  texts_are_sound(out);
  json_decref(out);
  arena_destroy(arena);
  return 0;
}
