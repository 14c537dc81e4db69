// SPDX-License-Identifier: Apache-2.0
// Form values against a route with a field of every kind: each is taken within its bounds, or its
// name stands in the error.
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "fuzz.h"
#include "http/input.h"

typedef struct Input {
  int64_t id, number;
  OptInt maybe;
  double real;
  bool flag;
  Date day;
  Instant at;
  const char *text, *choice, *email;
  IdList ids;
  Pairs rest;
} Input;

static const char *const CHOICES[] = {"low", "medium", "high", NULL};
static const Field FIELDS[] = {
    {.name = "id", .kind = FIELD_ID, .offset = offsetof(Input, id)},
    {.name = "number",
     .kind = FIELD_INT,
     .minimum = -5,
     .maximum = 500,
     .offset = offsetof(Input, number)},
    {.name = "maybe",
     .kind = FIELD_INT,
     .optional = true,
     .minimum = INT64_MIN,
     .maximum = INT64_MAX,
     .offset = offsetof(Input, maybe)},
    {.name = "real",
     .kind = FIELD_REAL,
     .real_minimum = -1,
     .real_maximum = 1,
     .offset = offsetof(Input, real)},
    {.name = "flag", .kind = FIELD_BOOL, .optional = true, .offset = offsetof(Input, flag)},
    {.name = "day", .kind = FIELD_DATE, .optional = true, .offset = offsetof(Input, day)},
    {.name = "at", .kind = FIELD_INSTANT, .optional = true, .offset = offsetof(Input, at)},
    {.name = "text",
     .kind = FIELD_TEXT,
     .minimum = 1,
     .maximum = 20,
     .offset = offsetof(Input, text)},
    {.name = "choice", .kind = FIELD_ENUM, .choices = CHOICES, .offset = offsetof(Input, choice)},
    {.name = "email", .kind = FIELD_EMAIL, .optional = true, .offset = offsetof(Input, email)},
    {.name = "ids", .kind = FIELD_IDS, .optional = true, .offset = offsetof(Input, ids)},
    {.name = "rest", .kind = FIELD_ANY, .optional = true, .offset = offsetof(Input, rest)},
};
static const Route ROUTE = {.name = "fuzz",
                            .method = "POST",
                            .path = "/fuzz",
                            .fields = FIELDS,
                            .field_count = COUNT_OF(FIELDS),
                            .input_size = sizeof(Input)};

// "name=value\n…": one pair a line; the bytes are taken as they are.
static bool enter_lines(Context *c, Entered *entered, const char *bytes, size_t size) {
  const char *end = bytes + size;
  while (bytes < end) {
    const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
    const char *line_end = stop ? stop : end;
    const char *equals = memchr(bytes, '=', (size_t)(line_end - bytes));
    if (equals) {
      const char *name = text_copy_n(c->arena, bytes, (size_t)(equals - bytes));
      if (!entered_add(c, entered, name, equals + 1, (size_t)(line_end - equals - 1))) return false;
    }
    bytes = line_end + 1;
  }
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Context c;
  context_init(&c, NULL);
  Entered entered = {0};
  Input input = {0};
  if (enter_lines(&c, &entered, (const char *)data, size)) {
    bool taken = input_parse(&c, &ROUTE, &entered, &input);
    MUST(taken == context_ok(&c));
    if (taken) {
      MUST(input.id >= 1 && input.number >= -5 && input.number <= 500);
      MUST(isfinite(input.real) && fabs(input.real) <= 1);
      MUST(input.text && strlen(input.text) <= 80 && text_is_utf8(input.text, strlen(input.text)));
      MUST(input.choice != NULL);
    } else {
      MUST(c.error.fields.count > 0);
    }
  }
  context_finish(&c);
  return 0;
}
