// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <string.h>

#include "ledger/canonical.h"
#include "ledger/witness.h"

// Past one JSON scalar of the canonical form.
static const char *skip_scalar(const char *at) {
  if (*at != '"') return at + strcspn(at, ",}");
  for (at++; *at && *at != '"'; at++)
    if (*at == '\\' && at[1]) at++;
  return *at ? at + 1 : at;
}

static const char *after(const char *at, const char *prefix) {
  return text_starts(at, prefix) ? at + strlen(prefix) : NULL;
}

Word body_word(const char *body, const char *name) {
  char sought[96];
  int n = snprintf(sought, sizeof sought, "\"%s\":{", name);
  if (n < 0 || (size_t)n >= sizeof sought) return (Word){0};
  const char *at = strstr(body, sought), *value;
  if (!at) return (Word){0};
  at += n;
  if ((value = after(at, "\"from\":"))) {
    at = skip_scalar(value);
    if (*at == ',') at++;
  }
  bool personal = false;
  if (!(value = after(at, "\"to\":"))) {
    value = after(at, "\"personal\":");
    personal = value != NULL;
  }
  if (!value) return (Word){0};
  return (Word){
      .text = value, .length = (size_t)(skip_scalar(value) - value), .personal = personal};
}

bool word_is(Arena *arena, const Word *word, const char *value) {
  bool none = word->length == 4 && memcmp(word->text, "null", 4) == 0;
  bool empty = word->length == 2 && memcmp(word->text, "\"\"", 2) == 0;
  if (none || empty) return !value || !value[0];
  if (!value) return false;
  if (word->text[0] != '"')
    return strlen(value) == word->length && memcmp(word->text, value, word->length) == 0;
  Text text;
  text_init(&text, arena);
  canonical_string(&text, value);
  return text.length == word->length && memcmp(text.data, word->text, text.length) == 0;
}
