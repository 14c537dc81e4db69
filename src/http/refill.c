// SPDX-License-Identifier: Apache-2.0
#include "http/refill.h"

#include "http/input.h"

#include <string.h>

static const char *problem_of(const Request *r, const char *name) {
  if (!r->refill || r->problem == NULL || name == NULL) return NULL;
  for (size_t i = 0; i < r->problem->fields.count; i++)
    if (text_equal(r->problem->fields.items[i].field, name))
      return r->problem->fields.items[i].message;
  return NULL;
}

void refill_begin(Request *r, Text *o, size_t mark) {
  if (r->problem == NULL) return;
  html_finish(o);
  size_t length = strlen(r->path);
  r->refill = strncmp(o->data + mark, r->path, length) == 0 &&
              (o->data[mark + length] == '\0' || o->data[mark + length] == '?');
}

void refill_end(Request *r) {
  r->refill = false;
}

void refill_class(Request *r, Text *o, const char *name) {
  if (problem_of(r, name) != NULL) html_literal(o, " is-invalid");
}

void refill_marks(Request *r, Text *o, const char *name, bool with_class) {
  if (problem_of(r, name) == NULL) return;
  if (with_class) html_literal(o, " class=\"is-invalid\"");
  html_literal(o, " aria-invalid=\"true\" aria-describedby=\"wrong-");
  html_text(o, name);
  html_literal(o, "\"");
}

bool refill_value(Request *r, Text *o, const char *name) {
  const char *value = r->refill ? entered_get(r->entered, name) : NULL;
  if (value == NULL) return false;
  html_text(o, value);
  return true;
}

void refill_flag(Request *r, Text *o, const char *name, const char *value, const char *flag) {
  for (size_t i = 0; r->refill && i < r->entered->pairs.count; i++) {
    const Pair *pair = &r->entered->pairs.items[i];
    if (!text_equal(pair->name, name) || !text_equal(pair->value, value)) continue;
    text_add(o, flag);
    return;
  }
}

static void say(Text *o, const char *name, const char *message) {
  html_literal(o, "<span class=\"invalid-feedback\" id=\"wrong-");
  html_text(o, name);
  html_literal(o, "\">");
  html_text(o, message);
  html_literal(o, "</span>");
}

void refill_error(Request *r, Text *o, const char *name) {
  const char *message = problem_of(r, name);
  if (message != NULL) say(o, name, message);
}

static bool is_shown(const char *type, const char *value) {
  Date date;
  double number;
  if (text_equal(type, "date")) return date_parse(value, &date);
  return text_equal(type, "number") && text_to_real(value, &number);
}

void refill_entered(Request *r, Text *o, const char *name, const char *type) {
  const char *message = problem_of(r, name);
  if (message == NULL) return;
  const char *value = entered_get(r->entered, name);
  bool said = text_is_empty(value) || is_shown(type, value) || strstr(message, value) != NULL;
  say(o, name,
      said ? message : text_format(r->context.arena, _("%s You entered “%s”."), message, value));
}

void html_csrf(Request *r, Text *o) {
  if (r->csrf == NULL) return;
  html_literal(o, "<input type=\"hidden\" name=\"csrf\" value=\"");
  html_text(o, r->csrf);
  html_literal(o, "\">");
  if (!r->refill || r->came_from == NULL) return;
  html_literal(o, "<input type=\"hidden\" name=\"came_from\" value=\"");
  html_text(o, r->came_from);
  html_literal(o, "\">");
}
