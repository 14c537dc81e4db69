// SPDX-License-Identifier: Apache-2.0
// Writes JSON (RFC 8259) value by value. Generated code writes whole views with it; by hand:
//   Json j; json_init(&j, arena); json_open(&j); json_key(&j, "id"); json_int(&j, 7);
//   json_close(&j);
#ifndef DAYBOOK_JSON_H
#define DAYBOOK_JSON_H

#include "base/time.h"

typedef struct Json {
  Text text;
  bool comma; // before the next value or key
} Json;
void json_init(Json *json, Arena *arena);
void json_open(Json *json);       // {
void json_close(Json *json);      // }
void json_open_list(Json *json);  // [
void json_close_list(Json *json); // ]
void json_key(Json *json, const char *name);
void json_text(Json *json, const char *text); // NULL is null
void json_int(Json *json, int64_t number);
void json_real(Json *json, double number); // not finite is null
void json_bool(Json *json, bool value);
void json_null(Json *json);
void json_date(Json *json, Date day);      // "2026-06-15"; DATE_NONE is null
void json_instant(Json *json, Instant at); // RFC 3339 in UTC; INSTANT_NONE is null
// key and value in one
void json_put_text(Json *json, const char *name, const char *text);
void json_put_int(Json *json, const char *name, int64_t number);
void json_put_bool(Json *json, const char *name, bool value);
void json_put_date(Json *json, const char *name, Date day);
void json_put_instant(Json *json, const char *name, Instant at);
const char *json_result(Json *json); // NUL-terminated; length in json->text.length

#endif
