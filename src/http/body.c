// SPDX-License-Identifier: Apache-2.0
// The body of a request: a form, a form with files, or a JSON object. Files go straight to the
// evidence store's incoming folder, so that a gigabyte costs no memory.
#include "http/exchange.h"

#include <string.h>
#include <strings.h>

enum { PART_MAX = 256 << 10, POST_BUFFER = 32 << 10 };

static Context *context(Exchange *x) {
  return &x->request.context;
}

enum { BODY_USUAL = 1 << 20 }; // of a route that says nothing else (tools/routes.py)

static bool takes_files(const Route *route) {
  for (size_t i = 0; i < route->field_count; i++)
    if (route->fields[i].kind == FIELD_FILE || route->fields[i].kind == FIELD_FILES) return true;
  return false;
}

static bool finish_part(Exchange *x) {
  Context *c = context(x);
  if (x->file != NULL) {
    Upload *file = list_add(c->arena, &x->entered.files);
    *list_add(c->arena, &x->entered.file_fields) = x->file_field;
    Receiving *ended = x->file;
    x->file = NULL;
    if (!store_receive_end(c, ended, file)) {
      x->entered.files.count--;
      x->entered.file_fields.count--;
      return false;
    }
  }
  if (x->part_name == NULL) return true;
  const char *name = x->part_name;
  x->part_name = NULL;
  return entered_add(c, &x->entered, name, x->part.data, x->part.length);
}

static bool begin_part(Exchange *x, const char *key, const char *file_name) {
  Context *c = context(x);
  if (!finish_part(x)) return false;
  if (file_name == NULL) {
    x->part_name = text_copy(c->arena, key);
    text_init(&x->part, c->arena);
    return true;
  }
  if (!takes_files(x->request.route)) return invalid(c, "form", _("No file is expected here."));
  if (x->entered.files.count >= INPUT_FILES_MAX)
    return invalid(c, "form", _("More than %d files were sent at once."), INPUT_FILES_MAX);
  if (!text_is_utf8(key, strlen(key)) || !text_is_utf8(file_name, strlen(file_name)))
    return invalid(c, "form", _("A file's name must be text in UTF-8."));
  x->file_field = text_copy(c->arena, key);
  x->file = store_receive(c, file_name);
  return x->file != NULL;
}

static enum MHD_Result on_part(void *user, enum MHD_ValueKind kind, const char *key,
                               const char *file_name, const char *type, const char *encoding,
                               const char *data, uint64_t offset, size_t size) {
  (void)kind, (void)type, (void)encoding;
  Exchange *x = user;
  Context *c = context(x);
  if (!context_ok(c)) return MHD_NO;
  // A file box left empty comes as a nameless, empty file.
  if (file_name != NULL && file_name[0] == '\0') return MHD_YES;
  if (offset == 0 && !begin_part(x, key == NULL ? "" : key, file_name)) return MHD_NO;
  if (size == 0) return MHD_YES;
  if (x->file != NULL) return store_receive_add(c, x->file, data, size) ? MHD_YES : MHD_NO;
  if (x->part.length + size > PART_MAX) {
    invalid(c, x->part_name, _("At most %d bytes are allowed in one field."), PART_MAX);
    return MHD_NO;
  }
  text_add_n(&x->part, data, size);
  return MHD_YES;
}

static bool media_type_is(const char *given, const char *type) {
  size_t length = strlen(type);
  return given != NULL && strncasecmp(given, type, length) == 0 &&
         (given[length] == '\0' || given[length] == ';' || given[length] == ' ');
}

// What a route says of its own accord counts for its files, too: strangers bring less.
static int64_t body_limit(const Exchange *x) {
  const Route *route = x->request.route;
  int64_t files = x->request.server->upload_max;
  if (!takes_files(route)) return route->body_max;
  return route->body_max > BODY_USUAL && route->body_max < files ? route->body_max : files;
}

static bool too_large(Exchange *x) {
  return fail_with(context(x), ERROR_TOO_LARGE,
                   _("At most %lld bytes are accepted here. Nothing was kept."),
                   (long long)body_limit(x));
}

bool body_begin(Exchange *x) {
  Context *c = context(x);
  const char *length = exchange_header(x, "Content-Length");
  const char *type = exchange_header(x, "Content-Type");
  int64_t announced = 0;
  bool chunked = exchange_header(x, "Transfer-Encoding") != NULL;
  if (length != NULL && (!text_to_int(length, &announced) || announced < 0))
    return invalid(c, "Content-Length", _("A whole number from 0 is expected."));
  if (announced > body_limit(x)) return too_large(x);
  if (announced == 0 && !chunked) return true;
  if (media_type_is(type, "application/json")) {
    x->body_kind = BODY_JSON;
    text_init(&x->json, c->arena);
    return true;
  }
  if (!media_type_is(type, "application/x-www-form-urlencoded") &&
      !media_type_is(type, "multipart/form-data")) {
    x->answer.status = 415;
    return invalid(c, "Content-Type", _("A form or application/json is expected."));
  }
  x->body_kind = BODY_FORM;
  x->post = MHD_create_post_processor(x->connection, POST_BUFFER, on_part, x);
  if (x->post == NULL) return invalid(c, "Content-Type", _("The form's boundary is missing."));
  return true;
}

bool body_add(Exchange *x, const char *bytes, size_t length) {
  Context *c = context(x);
  x->body_length += (int64_t)length;
  if (x->body_length > body_limit(x)) return too_large(x);
  if (x->body_kind == BODY_JSON) {
    if (x->body_length > x->request.route->body_max) return too_large(x);
    text_add_n(&x->json, bytes, length);
    return true;
  }
  if (x->body_kind == BODY_NONE) return true;
  bool read = MHD_post_process(x->post, bytes, length) == MHD_YES;
  if (context_ok(c) && !read) return invalid(c, "form", _("The form could not be read."));
  return context_ok(c);
}

bool body_end(Exchange *x) {
  Context *c = context(x);
  if (x->body_kind == BODY_JSON) {
    if (entered_add_json(c, &x->entered, x->json.data, x->json.length)) return true;
    x->answer.status = 400;
    return false;
  }
  if (x->post == NULL) return context_ok(c);
  bool whole = MHD_destroy_post_processor(x->post) == MHD_YES;
  x->post = NULL;
  if (context_ok(c) && !whole) invalid(c, "form", _("The form ended too early."));
  return context_ok(c) && finish_part(x);
}
