// SPDX-License-Identifier: Apache-2.0
// The one door: every route as data. tools/routes.py makes these tables from the rooms' .routes
// files; the router, input parsing, permission checks, OpenAPI and help read them.
#ifndef DAYBOOK_ROUTE_H
#define DAYBOOK_ROUTE_H

#include "http/request.h"
#include "org/permissions.h"

typedef enum FieldKind {
  FIELD_ID,      // int64_t ≥ 1; 0 when optional and absent
  FIELD_INT,     // int64_t, or OptInt when optional
  FIELD_REAL,    // double, or OptReal when optional
  FIELD_BOOL,    // bool; absent is false
  FIELD_DATE,    // Date; DATE_NONE when absent
  FIELD_INSTANT, // Instant; INSTANT_NONE when absent
  FIELD_TEXT,    // const char *; NULL when absent or empty and optional
  FIELD_ENUM,    // const char *, one of `choices`; NULL when absent
  FIELD_EMAIL,   // const char *
  FIELD_FILE,    // const Upload *; NULL when absent
  FIELD_FILES,   // Uploads
  FIELD_IDS,     // IdList: every value given under the name
  FIELD_ANY,     // Pairs: every value no other field names
} FieldKind;

typedef struct IdList {
  const int64_t *items;
  size_t count;
} IdList;
typedef struct Pair {
  const char *name, *value;
} Pair;
typedef struct Pairs {
  const Pair *items;
  size_t count;
} Pairs;

typedef struct Field {
  const char *name, *label;
  FieldKind kind;
  bool optional, in_path;
  int64_t minimum, maximum; // FIELD_INT: value; FIELD_TEXT: length in code points
  double real_minimum, real_maximum;
  const char *const *choices; // FIELD_ENUM: ends with NULL
  uint16_t offset;            // into the input struct
} Field;

typedef enum Access {
  ACCESS_PUBLIC,    // nobody need be signed in
  ACCESS_SIGNED_IN, // an account; no organisation
  ACCESS_MEMBER,    // a member of {org} whose roles hold the permission
} Access;

typedef struct Route {
  const char *name, *method, *path; // path: "/o/{org}/activities/{id}"
  Access access;
  Permission permission;   // ACCESS_MEMBER
  bool csrf;               // checked for cookies; API tokens are exempt by nature
  bool creates;            // honours Idempotency-Key
  bool kept;               // a GET that only the ledger, the day and the reader change
  bool trial;              // a GET that tries a change and keeps nothing: no snapshot
  bool costly;             // takes long: on a thread of its own, one for each organisation
  int64_t body_max;        // bytes; files count against store limits instead
  const char *help, *view; // view: the name of what GET answers with; NULL if none
  const char *title;       // of its page, where it is the same for everybody; else NULL
  const Field *fields;
  size_t field_count, input_size;
  void (*handler)(Request *r, const void *input);
} Route;

extern const Route ROUTES[];
extern const size_t ROUTE_COUNT;
extern const char OPENAPI_JSON[];
extern const size_t OPENAPI_JSON_LENGTH;

// Embedded files (tools/assets.py): style, script, icons; compressed once, at build time.
typedef struct Asset {
  const char *path;    // "/static/daybook.css"
  const char *address; // "/static/daybook.css?v=…"
  const char *media_type, *etag;
  const uint8_t *plain, *gzip, *brotli; // gzip, brotli: NULL where they do not pay
  size_t plain_length, gzip_length, brotli_length;
} Asset;
extern const Asset ASSETS[];
extern const size_t ASSET_COUNT;

#endif
