// SPDX-License-Identifier: Apache-2.0
// A JSON body: refused, or flat pairs of clean text.
#include <string.h>

#include "fuzz.h"
#include "http/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Context c;
  context_init(&c, NULL);
  Entered entered = {0};
  char *body = malloc(size + 1);
  memcpy(body, data, size);
  body[size] = '\0';
  bool taken = entered_add_json(&c, &entered, body, size);
  MUST(taken == context_ok(&c));
  for (size_t i = 0; taken && i < entered.pairs.count; i++) {
    const Pair *pair = &entered.pairs.items[i];
    MUST(text_is_utf8(pair->name, strlen(pair->name)));
    MUST(text_is_utf8(pair->value, strlen(pair->value)));
  }
  free(body);
  context_finish(&c);
  return 0;
}
