// SPDX-License-Identifier: Apache-2.0
// A form that was refused is shown again with what was entered and what is wrong. Templates know
// nothing of it: tools/views.py puts these calls around every field of a POST form.
#ifndef DAYBOOK_REFILL_H
#define DAYBOOK_REFILL_H

#include "html/html.h"
#include "http/request.h"

// The form whose action was just written (from `mark` on) begins: is it the one that was refused?
void refill_begin(Request *r, Text *o, size_t mark);
void refill_end(Request *r);
static inline bool refilling(const Request *r) {
  return r->refill;
}

void refill_class(Request *r, Text *o, const char *name); // inside class="…"
void refill_marks(Request *r, Text *o, const char *name,
                  bool with_class);                       // aria-invalid, -describedby
bool refill_value(Request *r, Text *o, const char *name); // true: wrote what was entered
void refill_flag(Request *r, Text *o, const char *name, const char *value, const char *flag);
void refill_error(Request *r, Text *o, const char *name); // the message under the field
// The same under a field in which a browser cannot show what is no date or number: says it as well.
void refill_entered(Request *r, Text *o, const char *name, const char *type);
void html_csrf(Request *r, Text *o);                      // hidden field

#endif
