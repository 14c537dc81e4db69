// SPDX-License-Identifier: Apache-2.0
// One request on its way through the door: from the first header to the last byte sent.
#ifndef DAYBOOK_EXCHANGE_H
#define DAYBOOK_EXCHANGE_H

#include <microhttpd.h>

#include "db/db.h"
#include "http/answer.h"
#include "http/input.h"
#include "http/server.h"
#include "ledger/store.h"
#include "org/session.h"

typedef enum BodyKind { BODY_NONE, BODY_FORM, BODY_JSON } BodyKind;

typedef struct Kept Kept; // http/kept.h
typedef struct Exchange {
  Request request;
  Answer answer;
  Session session;
  Entered entered;
  struct MHD_Connection *connection;
  struct Visitor *visitor; // its connection, as http/patience.h knows it; may be NULL
  const char *target;      // as it came, with the query
  bool attached;           // a database connection is lent
  Transaction snapshot;    // SQLite: who asks and what the page shows, read at one moment
  bool begun;              // the header was seen
  bool sent;               // an answer is queued
  Kept *kept;              // the page that is sent, if it was made before
  bool worked;             // http/costly.h or changes.h has made the answer
  struct Exchange *next;   // behind it in changes.h
  bool if_match;           // a version came by header: a conflict is a 412
  BodyKind body_kind;
  int64_t body_length; // bytes read so far
  Text json;
  struct MHD_PostProcessor *post;
  const char *part_name; // the form field being read
  Text part;
  Receiving *file; // the file being read
  const char *file_field;
} Exchange;

Exchange *exchange_create(const Server *server, struct MHD_Connection *connection,
                          const char *target);
void exchange_destroy(Exchange *exchange); // NULL-safe
// Removes the files that nobody took. Before the answer: who reads it finds the disk as it says.
void exchange_drop_files(Exchange *exchange);

// Route, session, permission: all that is known before the body. False: context.error is set or an
// answer (redirect to sign-in) is there.
bool exchange_admit(Exchange *exchange, const char *method, const char *path);
// CSRF, input, handler, and the page shown again when a form was refused.
void exchange_handle(Exchange *exchange);

// The body, piece by piece, in constant memory. False with context.error.
bool body_begin(Exchange *exchange);
bool body_add(Exchange *exchange, const char *bytes, size_t length);
bool body_end(Exchange *exchange);

// Before anything is sent: what was read is let go, and that somebody was here is noted.
void exchange_read(Exchange *exchange);
enum MHD_Result exchange_send(Exchange *exchange);
const char *exchange_header(const Exchange *exchange, const char *name);

#endif
