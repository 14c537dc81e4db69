// SPDX-License-Identifier: Apache-2.0
// Whatever mail lies in the mailbox: it is read or refused.
#include <string.h>

#include "fuzz.h"
#include "worker/mail_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool ready;
  if (!ready) ready = mail_in_prepare(NULL);
  if (size > 200000) return 0;
  Arena *arena = arena_create();
  json_t *out = mail_in_parse(arena, (const char *)data, size);
  MUST(out != NULL);
  const char *from = json_string_value(json_object_get(out, "from"));
  MUST(from == NULL || text_is_utf8(from, strlen(from)));
  json_decref(out);
  arena_destroy(arena);
  return 0;
}
