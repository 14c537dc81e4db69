// SPDX-License-Identifier: Apache-2.0
#include "http/exchange.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CSP                                                                                        \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "                \
  "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "                     \
  "frame-ancestors 'none'"
// A downloaded file is never a page, whatever it holds.
#define CSP_FILE "default-src 'none'; sandbox; frame-ancestors 'none'"

static void add(struct MHD_Response *response, const char *name, const char *value) {
  MHD_add_response_header(response, name, value);
}

static void add_common(const Exchange *x, struct MHD_Response *response) {
  const Answer *answer = &x->answer;
  if (answer->media_type != NULL) add(response, "Content-Type", answer->media_type);
  add(response, "X-Content-Type-Options", "nosniff");
  add(response, "Referrer-Policy", "same-origin");
  if (answer->cacheable) {
    add(response, "Cache-Control", "public, max-age=31536000, immutable");
  } else {
    // What has a version may be kept and asked about; nothing else of a person's is kept at all.
    add(response, "Cache-Control", answer->etag != NULL ? "private, no-cache" : "no-store");
    add(response, "Content-Security-Policy", answer->file_path != NULL ? CSP_FILE : CSP);
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
  }
  if (x->request.https)
    add(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static void add_own(const Exchange *x, struct MHD_Response *response) {
  const Answer *answer = &x->answer;
  for (size_t i = 0; i < answer->headers.count; i++)
    add(response, answer->headers.items[i].name, answer->headers.items[i].value);
  for (size_t i = 0; i < answer->cookie_count; i++) add(response, "Set-Cookie", answer->cookies[i]);
  if (answer->etag != NULL)
    add(response, "ETag", text_format(x->request.context.arena, "\"%s\"", answer->etag));
  bool page = answer->status == 200 && text_starts(answer->media_type, "text/html");
  if (x->request.flash != NULL && page)
    add(response, "Set-Cookie", "daybook-said=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

static struct MHD_Response *file_response(Exchange *x) {
  int file = open(x->answer.file_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    if (file >= 0) close(file);
    failure(&x->request.context, "evidence file %s cannot be opened", x->answer.file_path);
    x->answer.status = 0;
    request_problem(&x->request);
    return NULL;
  }
  return MHD_create_response_from_fd64((uint64_t)about.st_size, file);
}

static bool etag_is_known(const Exchange *x) {
  const char *known = exchange_header(x, "If-None-Match");
  if (known == NULL || x->answer.etag == NULL || x->answer.versioned) return false;
  return strstr(known, text_format(x->request.context.arena, "\"%s\"", x->answer.etag)) != NULL;
}

static bool unchanged(const Exchange *x) {
  return x->answer.status == 200 && etag_is_known(x);
}

bool request_unchanged(Request *r) {
  Exchange *x = (Exchange *)r; // its first member
  if (!etag_is_known(x)) return false;
  x->answer.status = 200; // sent as 304
  return true;
}

// The bytes live in the exchange's arena until the connection has sent them.
static struct MHD_Response *bytes_response(const void *bytes, size_t length) {
  return MHD_create_response_from_buffer(length, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result exchange_send(Exchange *x) {
  exchange_drop_files(x);
  Answer *answer = &x->answer;
  struct MHD_Response *response = NULL;
  exchange_read(x);
  unsigned int status = (unsigned int)answer->status;
  if (unchanged(x)) {
    status = MHD_HTTP_NOT_MODIFIED;
    response = bytes_response("", 0);
  } else if (answer->file_path != NULL) {
    response = file_response(x);
    status = (unsigned int)answer->status;
  } else if (answer->fixed != NULL) {
    response = bytes_response(answer->fixed, answer->fixed_length);
  }
  if (response == NULL) response = bytes_response(answer->body.data, answer->body.length);
  if (response == NULL) return MHD_NO;
  add_common(x, response);
  add_own(x, response);
  enum MHD_Result queued = MHD_queue_response(x->connection, status, response);
  MHD_destroy_response(response);
  x->sent = true;
  return queued;
}
