// SPDX-License-Identifier: Apache-2.0
#include "http/answer.h"

#include "org/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Text *request_answer(Request *r, int status, const char *media_type) {
  Answer *answer = r->answer;
  answer->status = status;
  answer->media_type = media_type;
  answer->file_path = NULL;
  answer->fixed = NULL;
  text_init(&answer->body, r->context.arena);
  return &answer->body;
}

void request_cookie(Request *r, const char *cookie) {
  Answer *answer = r->answer;
  if (answer->cookie_count < COUNT_OF(answer->cookies))
    answer->cookies[answer->cookie_count++] = cookie;
}

static char *format_text(Arena *arena, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  char *text = arena_alloc(arena, (size_t)(length > 0 ? length : 0) + 1);
  vsnprintf(text, (size_t)(length > 0 ? length : 0) + 1, format, arguments);
  return text;
}

void request_etag(Request *r, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  r->answer->etag = format_text(r->context.arena, format, arguments);
  va_end(arguments);
}

static bool header_safe(const char *value) {
  for (; *value != '\0'; value++)
    if ((unsigned char)*value < 0x20 || *value == 0x7f) return false;
  return true;
}

void request_header(Request *r, const char *name, const char *value) {
  if (!header_safe(name) || !header_safe(value)) {
    log_line(LOG_LEVEL_WARN, "header_refused", "name=%zu value=%zu", strlen(name), strlen(value));
    return;
  }
  *list_add(r->context.arena, &r->answer->headers) =
      (Header){text_copy(r->context.arena, name), text_copy(r->context.arena, value)};
}

static void json_string(Text *out, const char *text) {
  text_add_char(out, '"');
  for (; *text != '\0'; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\') {
      text_add_char(out, '\\');
      text_add_char(out, *text);
    } else if (byte < 0x20) {
      text_add_format(out, "\\u%04x", byte);
    } else {
      text_add_char(out, *text);
    }
  }
  text_add_char(out, '"');
}

// Only paths of this server: a redirect never leaves it.
static const char *local_path(Request *r, const char *path) {
  bool local = path[0] == '/' && path[1] != '/' && path[1] != '\\' && header_safe(path);
  return local ? path : text_copy(r->context.arena, "/");
}

// The message waits in a cookie that only the next page reads; hex, so that any text fits.
static void keep_flash(Request *r, const char *message) {
  Text cookie;
  text_init(&cookie, r->context.arena);
  text_add(&cookie, "daybook-said=");
  for (const char *byte = message; *byte != '\0' && cookie.length < 1600; byte++)
    text_add_format(&cookie, "%02x", (unsigned char)*byte);
  text_add(&cookie, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
  if (r->https) text_add(&cookie, "; Secure");
  request_cookie(r, cookie.data);
}

static void go(Request *r, int64_t id, const char *path, const char *message) {
  path = local_path(r, path);
  if (r->format == FORMAT_JSON) {
    Text *out = request_answer(r, r->route->creates && id != 0 ? 201 : 200, "application/json");
    text_add_char(out, '{');
    if (id != 0) text_add_format(out, "\"id\":%lld,", (long long)id);
    text_add(out, "\"location\":");
    json_string(out, path);
    if (message != NULL) {
      text_add(out, ",\"message\":");
      json_string(out, message);
    }
    text_add_char(out, '}');
    return;
  }
  request_answer(r, 303, "text/html; charset=utf-8");
  request_header(r, "Location", path);
  if (message != NULL) keep_flash(r, message);
}

void request_redirect(Request *r, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *path = format_text(r->context.arena, format, arguments);
  va_end(arguments);
  go(r, 0, path, NULL);
}

void request_done(Request *r, int64_t id, const char *location, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *message = format_text(r->context.arena, format, arguments);
  va_end(arguments);
  go(r, id, location, message);
}

// RFC 6266 with the RFC 5987 form, so that every name arrives and none breaks the header.
static void disposition(Request *r, const char *kind, const char *name) {
  Text value;
  text_init(&value, r->context.arena);
  text_add_format(&value, "%s; filename=\"", kind);
  for (const char *c = name; *c != '\0'; c++)
    text_add_char(&value, (unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e || *c == '"' ||
                                  *c == '\\' || *c == '/' || *c == '%'
                              ? '_'
                              : *c);
  text_add(&value, "\"; filename*=UTF-8''");
  for (const char *c = name; *c != '\0'; c++) {
    bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
                 *c == '.' || *c == '-' || *c == '_';
    text_add_format(&value, plain ? "%c" : "%%%02X", (unsigned char)*c);
  }
  request_header(r, "Content-Disposition", value.data);
}

void request_bytes(Request *r, const char *media_type, const char *file_name, const char *bytes,
                   size_t length) {
  text_add_n(request_answer(r, 200, media_type), bytes, length);
  if (file_name != NULL) disposition(r, "inline", file_name);
}

void request_file(Request *r, const char *media_type, const char *file_name, const char *path) {
  request_answer(r, 200, media_type);
  r->answer->file_path = path;
  disposition(r, "attachment", file_name);
}

void request_secret(Request *r) {
  r->answer->secret = true;
}

bool request_permitted(const Request *r, Permission permission) {
  return permission_in(&r->session->may, permission);
}

bool request_may(const Request *r, const char *permission) {
  Permission p;
  return permission_find(permission, &p) && permission_in(&r->session->may, p);
}

int error_status(const Context *c) {
  switch (c->error.kind) {
  case ERROR_NONE: return 200;
  case ERROR_INVALID: return 422;
  case ERROR_NOT_FOUND: return 404;
  case ERROR_DENIED: return 403;
  case ERROR_CONFLICT: return 409;
  case ERROR_TOO_LARGE: return 413;
  case ERROR_TOO_MANY: return 429;
  case ERROR_UNAVAILABLE: return 503;
  case ERROR_FAILURE: return 500;
  }
  return 500;
}

static const char *problem_title(ErrorKind kind) {
  switch (kind) {
  case ERROR_INVALID: return _("Something needs mending");
  case ERROR_NOT_FOUND: return _("There is nothing here");
  case ERROR_DENIED: return _("This is not open to you");
  case ERROR_CONFLICT: return _("That cannot be done as things stand now");
  case ERROR_TOO_LARGE: return _("That is too large");
  case ERROR_TOO_MANY: return _("Too much at once");
  case ERROR_UNAVAILABLE: return _("Daybook cannot reach its data at the moment");
  default: return _("Something went wrong on our side");
  }
}

static const char *problem_message(const Error *error) {
  if (!text_is_empty(error->message)) return error->message;
  if (error->kind == ERROR_INVALID && error->fields.count > 0)
    return error->fields.items[0].message;
  if (error->kind == ERROR_UNAVAILABLE) return _("Nothing was changed. Try again in a moment.");
  return _("Nothing was changed. If it happens again, tell your administrator.");
}

// RFC 9457, with the fields.
static void problem_json(Request *r, int status, const Error *error) {
  Text *out = request_answer(r, status, "application/problem+json");
  text_add(out, "{\"title\":");
  json_string(out, problem_title(error->kind));
  text_add_format(out, ",\"status\":%d,\"detail\":", status);
  json_string(out, problem_message(error));
  if (error->fields.count > 0) text_add(out, ",\"errors\":[");
  for (size_t i = 0; i < error->fields.count; i++) {
    text_add(out, i == 0 ? "{\"field\":" : ",{\"field\":");
    json_string(out, error->fields.items[i].field);
    text_add(out, ",\"message\":");
    json_string(out, error->fields.items[i].message);
    text_add_char(out, '}');
  }
  text_add(out, error->fields.count > 0 ? "]}" : "}");
}

// What a handler began to say is forgotten; what the door itself said stays.
static void keep_door_headers(Answer *answer) {
  size_t kept = 0;
  for (size_t i = 0; i < answer->headers.count; i++) {
    const Header header = answer->headers.items[i];
    if (text_equal(header.name, "Allow") || text_equal(header.name, "WWW-Authenticate"))
      answer->headers.items[kept++] = header;
  }
  answer->headers.count = kept;
}

void request_problem(Request *r) {
  const Error *error = &r->context.error;
  int status = r->answer->status >= 400 ? r->answer->status : error_status(&r->context);
  keep_door_headers(r->answer);
  if (error->kind == ERROR_FAILURE || error->kind == ERROR_UNAVAILABLE)
    log_line(LOG_LEVEL_ERROR, "request_failed", "route=%s detail=\"%s\"",
             r->route == NULL ? "-" : r->route->name, error->detail == NULL ? "" : error->detail);
  if (error->kind == ERROR_UNAVAILABLE || error->kind == ERROR_TOO_MANY)
    request_header(r, "Retry-After",
                   text_format(r->context.arena, "%lld",
                               error->wait_seconds > 0 ? (long long)error->wait_seconds : 5LL));
  if (r->format == FORMAT_JSON)
    problem_json(r, status, error);
  else
    answer_error_page(r, status, problem_title(error->kind), problem_message(error));
}
