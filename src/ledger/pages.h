// SPDX-License-Identifier: Apache-2.0
// What the pages of evidence and those of the ledger share.
#ifndef DAYBOOK_LEDGER_PAGES_H
#define DAYBOOK_LEDGER_PAGES_H

#include "http/request.h"

const char *bytes_words(Arena *arena, int64_t bytes);                  // "4.2 MB"
const char *object_href(Request *r, const char *kind, int64_t object); // NULL: it has no page
const char *evidence_object_title(Context *c, const char *kind, int64_t object); // NULL: not known
const char *code_words(Arena *arena, const char *code); // "audit_item.assessed" for a reader
const char *actor_name(Context *c, int64_t actor);                               // never NULL

#endif
