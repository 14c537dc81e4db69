// SPDX-License-Identifier: Apache-2.0
// What goes out. Built in the request's arena, sent when the handler is done.
#ifndef DAYBOOK_ANSWER_H
#define DAYBOOK_ANSWER_H

#include "http/route.h"
#include "json/json.h"

typedef struct Header {
  const char *name, *value;
} Header;

typedef struct Answer {
  int status; // 0 = nothing said yet
  const char *media_type;
  Text body;
  Text *page;            // what the frame will hold
  const char *file_path; // sent instead of the body, streamed
  const uint8_t *fixed;  // sent instead of the body, lives for ever (assets)
  size_t fixed_length;
  LIST_OF(Header) headers;
  const char *etag; // without quotes
  bool versioned;   // it is a version to change from, and more than that may have changed
  const char *cookies[4];
  size_t cookie_count;
  bool secret;    // holds what is shown once: not kept for an Idempotency-Key
  bool cacheable; // assets only; everything else is private, no-store
} Answer;

// Begins an answer and lends its body to be written to.
Text *request_answer(Request *r, int status, const char *media_type);
bool request_permitted(const Request *r, Permission permission);
void request_cookie(Request *r, const char *cookie);
void request_etag(Request *r, const char *format, ...) PRINTF_LIKE(2, 3);
// True when the client holds what request_etag named: the handler may stop, a 304 is sent.
bool request_unchanged(Request *r);
// For an answer that is the same for the same key (http/kept.h); the key holds a ledger head.
bool request_kept(Request *r, const char *key); // true: answered
void request_keep(Request *r, const char *key);
// Turns context.error into problem+json or a page; used by the server when a handler failed.
void request_problem(Request *r);
int error_status(const Context *c);
// What the generated respond_…() functions stand on (http/page.c). version -1: none.
struct Layout;
void answer_json_begin(Request *r, Json *json);
void answer_json_end(Request *r, Json *json, int64_t version);
Text *answer_page_begin(Request *r);
void answer_page_end(Request *r, struct Layout *layout, int64_t version);
const char *asset_address(const char *path); // with its hash, so that it may be kept for ever
// ProblemPage (http/problem.html) in its frame.
void answer_error_page(Request *r, int status, const char *title, const char *message);

#endif
