// SPDX-License-Identifier: Apache-2.0
// Writers of HTML, one for each place a value may stand. Templates choose by context, at build
// time.
#ifndef DAYBOOK_HTML_H
#define DAYBOOK_HTML_H

#include <string.h>

#include "base/time.h"

// Markup that was made by a writer, never by a person; the only thing a template may show raw.
typedef struct Html {
  const char *bytes;
  size_t length;
} Html;
Html html_of(const Text *text);

typedef LIST_OF(const char *) TextList;

// Appends without a call when there is room: most of a page is written by this.
static inline void html_bytes(Text *out, const char *bytes, size_t length) {
  if (out->capacity - out->length <= length) {
    text_add_n(out, bytes, length);
    return;
  }
  memcpy(out->data + out->length, bytes, length);
  out->length += length;
}
#define html_literal(out, literal) html_bytes((out), "" literal, sizeof(literal) - 1)
void html_finish(Text *out); // ends with NUL after a run of html_bytes

void html_text(Text *out, const char *text); // in text and in quoted attributes; NULL is nothing
void html_url(Text *out, const char *url); // a whole URL: own paths, http, https, mailto; else "#"
void html_url_part(Text *out, const char *part); // one segment or query value, percent-encoded
void html_int(Text *out, int64_t number);
void html_real(Text *out, double number);
void html_date(Text *out, Date day);       // <time datetime="2026-06-15">15 June 2026</time>
void html_date_words(Text *out, Date day); // 15 June 2026, for titles
void html_date_iso(Text *out, Date day);
void html_instant(Text *out, const Zone *zone, Instant at); // in the reader's zone, <time …>
void html_instant_iso(Text *out, Instant at);               // RFC 3339, UTC

#endif
