// SPDX-License-Identifier: Apache-2.0
#include "json/json.h"

#include <math.h>

#include "html/html.h"

void json_init(Json *json, Arena *arena) {
  *json = (Json){.comma = false};
  text_init(&json->text, arena);
}

static void separate(Json *json) {
  if (json->comma) {
    html_literal(&json->text, ",");
  }
  json->comma = true;
}

static void open(Json *json, const char *bracket) {
  separate(json);
  html_bytes(&json->text, bracket, 1);
  json->comma = false;
}

static void close(Json *json, const char *bracket) {
  html_bytes(&json->text, bracket, 1);
  json->comma = true;
}

void json_open(Json *json) {
  open(json, "{");
}
void json_close(Json *json) {
  close(json, "}");
}
void json_open_list(Json *json) {
  open(json, "[");
}
void json_close_list(Json *json) {
  close(json, "]");
}

static void escape(Text *out, unsigned char c) {
  static const char hex[] = "0123456789abcdef";
  switch (c) {
  case '"': html_literal(out, "\\\""); return;
  case '\\': html_literal(out, "\\\\"); return;
  case '\n': html_literal(out, "\\n"); return;
  case '\r': html_literal(out, "\\r"); return;
  case '\t': html_literal(out, "\\t"); return;
  default: html_bytes(out, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
  }
}

// Also < and > and & are escaped: a JSON text may one day stand inside a page.
static bool needs_escape(unsigned char c) {
  return c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 127;
}

static void quoted(Text *out, const char *text) {
  html_literal(out, "\"");
  const char *from = text;
  for (const char *at = text; *at != '\0'; at++) {
    const unsigned char c = (unsigned char)*at;
    if (!needs_escape(c)) {
      continue;
    }
    html_bytes(out, from, (size_t)(at - from));
    escape(out, c);
    from = at + 1;
  }
  html_bytes(out, from, strlen(from));
  html_literal(out, "\"");
}

void json_key(Json *json, const char *name) {
  separate(json);
  quoted(&json->text, name);
  html_literal(&json->text, ":");
  json->comma = false;
}

void json_text(Json *json, const char *text) {
  if (text == NULL) {
    json_null(json);
    return;
  }
  separate(json);
  quoted(&json->text, text);
}

void json_int(Json *json, int64_t number) {
  separate(json);
  html_int(&json->text, number);
}

void json_real(Json *json, double number) {
  if (!isfinite(number)) {
    json_null(json);
    return;
  }
  separate(json);
  html_real(&json->text, number);
}

void json_bool(Json *json, bool value) {
  separate(json);
  html_bytes(&json->text, value ? "true" : "false", value ? 4 : 5);
}

void json_null(Json *json) {
  separate(json);
  html_literal(&json->text, "null");
}

void json_date(Json *json, Date day) {
  if (date_is_none(day)) {
    json_null(json);
    return;
  }
  separate(json);
  html_literal(&json->text, "\"");
  html_date_iso(&json->text, day);
  html_literal(&json->text, "\"");
}

void json_instant(Json *json, Instant at) {
  if (instant_is_none(at)) {
    json_null(json);
    return;
  }
  separate(json);
  html_literal(&json->text, "\"");
  html_instant_iso(&json->text, at);
  html_literal(&json->text, "\"");
}

void json_put_text(Json *json, const char *name, const char *text) {
  json_key(json, name);
  json_text(json, text);
}

void json_put_int(Json *json, const char *name, int64_t number) {
  json_key(json, name);
  json_int(json, number);
}

void json_put_bool(Json *json, const char *name, bool value) {
  json_key(json, name);
  json_bool(json, value);
}

void json_put_date(Json *json, const char *name, Date day) {
  json_key(json, name);
  json_date(json, day);
}

void json_put_instant(Json *json, const char *name, Instant at) {
  json_key(json, name);
  json_instant(json, at);
}

const char *json_result(Json *json) {
  html_finish(&json->text);
  return json->text.data;
}
