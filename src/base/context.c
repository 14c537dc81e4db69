// SPDX-License-Identifier: Apache-2.0
// The context and its one sticky error.
#define DEFINES_BASE
#include "base/context.h"
#include "base/memory.h"

#include <stdarg.h>

void context_init(Context *c, struct Db *db) {
  *c = (Context){.arena = arena_create(), .now = instant_now(), .zone = zone_find("UTC"), .db = db};
  c->today = zone_date(c->zone, c->now, NULL);
  c->channel = "cli";
}

void context_finish(Context *c) {
  arena_destroy(c->arena);
  *c = (Context){0};
}

static const char *usual_message(ErrorKind kind) {
  switch (kind) {
  case ERROR_UNAVAILABLE:
    return _("The database cannot be reached right now. Nothing was changed; please try again "
             "in a moment.");
  case ERROR_FAILURE:
    return _("Something went wrong on our side. Nothing was changed; the log says more.");
  default: return _("That did not work.");
  }
}

static bool set_error(Context *c, ErrorKind kind, const char *message, const char *detail) {
  if (c->error.kind != ERROR_NONE) return false;
  c->error.kind = kind;
  c->error.message = message != NULL ? message : usual_message(kind);
  c->error.detail = detail;
  return false;
}

#define FORMATTED(name)                                                                            \
  va_list arguments;                                                                               \
  va_start(arguments, format);                                                                     \
  char *name = text_format_list(c->arena, format, arguments);                                      \
  va_end(arguments)

bool invalid(Context *c, const char *field, const char *format, ...) {
  if (c->error.kind != ERROR_NONE && c->error.kind != ERROR_INVALID) return false;
  FORMATTED(message);
  if (!text_is_empty(field)) {
    FieldError *added = list_add(c->arena, &c->error.fields);
    added->field = text_copy(c->arena, field);
    added->message = message;
  }
  return set_error(c, ERROR_INVALID, message, NULL);
}

bool not_found(Context *c, const char *format, ...) {
  FORMATTED(message);
  return set_error(c, ERROR_NOT_FOUND, message, NULL);
}

bool denied(Context *c, const char *format, ...) {
  FORMATTED(message);
  return set_error(c, ERROR_DENIED, message, NULL);
}

bool conflict(Context *c, const char *format, ...) {
  FORMATTED(message);
  return set_error(c, ERROR_CONFLICT, message, NULL);
}

bool unavailable(Context *c, const char *format, ...) {
  FORMATTED(detail);
  return set_error(c, ERROR_UNAVAILABLE, NULL, detail);
}

bool failure(Context *c, const char *format, ...) {
  FORMATTED(detail);
  return set_error(c, ERROR_FAILURE, NULL, detail);
}

bool fail_with(Context *c, ErrorKind kind, const char *format, ...) {
  FORMATTED(message);
  return set_error(c, kind, message, NULL);
}
