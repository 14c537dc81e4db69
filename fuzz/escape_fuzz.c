// SPDX-License-Identifier: Apache-2.0
// Whatever a value holds, it leaves neither its text, its attribute nor its URL, and JSON stays
// JSON.
#include <string.h>
#include <strings.h>

#include "fuzz.h"
#include "html/html.h"
#include "http/input.h"
#include "json/json.h"

static void check_text(Context *c, const char *value) {
  Text out;
  text_init(&out, c->arena);
  html_text(&out, value);
  html_finish(&out);
  MUST(strpbrk(out.data, "<>\"'") == NULL);
  for (const char *at = strchr(out.data, '&'); at != NULL; at = strchr(at + 1, '&'))
    MUST(memchr(at, ';', strnlen(at, 6)) != NULL);
}

static void check_url(Context *c, const char *value) {
  Text whole, part;
  text_init(&whole, c->arena);
  html_url(&whole, value);
  html_finish(&whole);
  MUST(strpbrk(whole.data, "<>\"' \t\n\r\\") == NULL);
  MUST(strncasecmp(whole.data, "javascript:", 11) != 0 &&
       strncasecmp(whole.data, "data:", 5) != 0 && strncasecmp(whole.data, "vbscript:", 9) != 0);
  text_init(&part, c->arena);
  html_url_part(&part, value);
  html_finish(&part);
  MUST(strpbrk(part.data, "<>\"' /?#&:\\") == NULL);
}

static void check_json(Context *c, const char *value) {
  Json json;
  json_init(&json, c->arena);
  json_open(&json);
  json_put_text(&json, "value", value);
  json_close(&json);
  const char *text = json_result(&json);
  MUST(strpbrk(text, "<>&\n") == NULL);
  if (!text_is_utf8(value, strlen(value))) return;
  Entered read = {0};
  if (entered_add_json(c, &read, text, json.text.length))
    MUST(strchr(value, '\r') != NULL || strcmp(entered_get(&read, "value"), value) == 0);
  else // what the door takes from nobody: control characters
    MUST(c->error.fields.count == 1 && strcmp(c->error.fields.items[0].field, "value") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Context c;
  context_init(&c, NULL);
  const char *value = text_copy_n(c.arena, (const char *)data, size);
  check_text(&c, value);
  check_url(&c, value);
  check_json(&c, value);
  context_finish(&c);
  return 0;
}
