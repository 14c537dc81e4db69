// SPDX-License-Identifier: Apache-2.0
// One request: the context of its rules, what came in, what goes out. Handlers are declared in a
// room's .routes file; tools/routes.py checks permission, scope, CSRF and input before they run.
#ifndef DAYBOOK_REQUEST_H
#define DAYBOOK_REQUEST_H

#include "base/context.h"

typedef enum Format { FORMAT_HTML, FORMAT_JSON } Format; // JSON under /api/v1

// A file the request brought: already streamed into the evidence store's incoming folder, hashed.
typedef struct Upload {
  const char *name; // the file's own name, last path part only
  const char *path; // incoming file; removed when the request ends unless taken
  int64_t size;
  uint8_t sha256[32];
  const char *media_type; // sniffed from the content, never the sender's claim
} Upload;
typedef struct Uploads {
  const Upload *items;
  size_t count;
} Uploads;

typedef struct Request {
  Context context; // org, actor, zone set from the session or token
  Format format;
  const char *method, *path;
  const char *org_slug; // NULL outside /o/{org}
  int64_t account;      // 0 = not signed in
  const char *csrf;     // token for this session's forms
  const char *base_url; // scheme://host[:port] for links that leave the page
  const char *client;   // the peer's address, or the trusted proxy's word for it; never NULL
  const char *agent;    // User-Agent; NULL if none
  bool https;           // the browser's side is TLS: cookies are Secure
  const struct Server *server;
  struct Answer *answer; // http/answer.h; handlers use the functions below
  const struct Route *route;
  const struct Session *session; // org/session.h; never NULL
  // A form that was refused is shown again: what was entered, and what is wrong with it.
  const struct Entered *entered; // NULL unless shown again
  const struct Error *problem;   // NULL unless shown again
  const char *came_from;         // the page a refused form stood on; NULL unless shown again
  bool refill;                   // the form being written is the refused one
  int language;                  // 0 English, else the catalogue's (po/)
  const char *flash;             // message shown once after a change; NULL if none
  const char *theme;             // "light", "dark" or NULL (the browser's choice); from a cookie
} Request;

// A handler is: void activity_move_handler(Request *r, const ActivityMoveInput *in)
// It calls a rule, then exactly one of these (or a generated respond_…(r, &view)).
// If context.error is set when the handler returns, the error page / JSON problem is sent instead,
// and for a form, the page it came from with the fields marked.
void request_redirect(Request *r, const char *path_format, ...)
    PRINTF_LIKE(2, 3); // 303, or JSON {"location"}
// After a change: 303 with a message shown once; JSON {"id","location","message"}. id 0 is left
// out.
void request_done(Request *r, int64_t id, const char *location, const char *message_format, ...)
    PRINTF_LIKE(4, 5);
void request_bytes(Request *r, const char *media_type, const char *file_name, const char *bytes,
                   size_t length); // inline safe types only
void request_file(Request *r, const char *media_type, const char *file_name,
                  const char *path); // attachment, streamed, never executed
void request_header(Request *r, const char *name, const char *value); // refuses control characters
void request_secret(Request *r); // the answer holds a secret that is shown once and kept nowhere
bool request_may(const Request *r, const char *permission); // for hiding what one may not do

#endif
