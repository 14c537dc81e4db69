// SPDX-License-Identifier: Apache-2.0
#include "http/input.h"

#include <jansson.h>
#include <string.h>

static void json_release(json_t **json) {
  json_decref(*json);
}

static bool add_scalar(Context *c, Entered *entered, const char *name, const json_t *value) {
  const char *text;
  switch (json_typeof(value)) {
  case JSON_STRING:
    return entered_add(c, entered, name, json_string_value(value), json_string_length(value));
  case JSON_INTEGER:
    text = text_format(c->arena, "%lld", (long long)json_integer_value(value));
    break;
  case JSON_REAL: text = text_format(c->arena, "%.17g", json_real_value(value)); break;
  case JSON_TRUE: text = "true"; break;
  case JSON_FALSE: text = "false"; break;
  case JSON_NULL: return true;
  default:
    return invalid(c, text_copy(c->arena, name), _("A text, number, true or false is expected."));
  }
  return entered_add(c, entered, name, text, strlen(text));
}

static bool add_value(Context *c, Entered *entered, const char *name, const json_t *value) {
  if (!json_is_array(value)) return add_scalar(c, entered, name, value);
  for (size_t i = 0; i < json_array_size(value); i++)
    if (!add_scalar(c, entered, name, json_array_get(value, i))) return false;
  return true;
}

bool entered_add_json(Context *c, Entered *entered, const char *json, size_t length) {
  json_error_t error;
  json_t *root __attribute__((cleanup(json_release))) =
      json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
  if (root == NULL)
    return invalid(c, "body", _("Not JSON: line %d, column %d: %s."), error.line, error.column,
                   text_is_utf8(error.text, strlen(error.text)) ? error.text : "invalid bytes");
  if (!json_is_object(root)) return invalid(c, "body", _("A JSON object is expected."));
  const char *name;
  json_t *value;
  json_object_foreach(root, name, value) {
    if (!add_value(c, entered, name, value)) return false;
  }
  return true;
}
