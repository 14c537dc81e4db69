// SPDX-License-Identifier: Apache-2.0
// What a request brought, and how it becomes the typed struct of its route – or an error that names
// the field. Parse once, at the door.
#ifndef DAYBOOK_INPUT_H
#define DAYBOOK_INPUT_H

#include "http/route.h"

enum { INPUT_FIELDS_MAX = 2000, INPUT_NAME_MAX = 200, INPUT_FILES_MAX = 200 };

typedef struct Entered {
  LIST_OF(Pair) pairs; // path, query and body, in this order
  LIST_OF(Upload) files;
  LIST_OF(const char *) file_fields; // the field each file came under
} Entered;

// Adds one value; refuses invalid UTF-8, NUL and other control characters by field name.
bool entered_add(Context *c, Entered *entered, const char *name, const char *value, size_t length);
const char *entered_get(const Entered *entered, const char *name); // the first; NULL if absent
// A flat JSON object: scalars, and lists of scalars as repeated values. Duplicate keys, nesting and
// anything unparsable are refused.
bool entered_add_json(Context *c, Entered *entered, const char *json, size_t length);
// Fills the zeroed input struct. False with one error for each wrong field.
bool input_parse(Context *c, const Route *route, const Entered *entered, void *input);

#endif
