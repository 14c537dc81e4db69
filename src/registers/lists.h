// SPDX-License-Identifier: Apache-2.0
// Lists of registers and of their items: paged, sorted, filtered, and exported as shown.
#ifndef DAYBOOK_LISTS_H
#define DAYBOOK_LISTS_H

#include "registers/registers.h"

typedef struct RegisterLine {
  int64_t id, items, due; // due: items whose next date has passed
  const Kind *kind;
  const char *name, *source;
  Instant newest;
} RegisterLine;
typedef struct RegisterLines {
  RegisterLine *items;
  size_t count;
} RegisterLines;
bool register_lines(Context *c, RegisterLines *out); // known kinds first, in their order
// A register by its number, its kind or its name; not_found otherwise.
bool register_named(Context *c, const char *name, Register *out);

typedef struct ItemFilter {
  int64_t register_id;
  const char *words;  // part of reference, title, owner or description; NULL = all
  const char *status; // NULL = all
  bool overdue;       // next date has passed
  const char *sort;   // ref, title, owner, status, next, last, added; NULL = added
  bool descending;
  int64_t offset, limit; // limit 0 = 50, at most 200
} ItemFilter;
typedef struct EntryLine {
  int64_t id, version;
  const char *ref, *title, *owner, *status;
  Date last, next;
  bool vacant, overdue;
} EntryLine;
typedef struct EntryLines {
  EntryLine *items;
  size_t count;
  int64_t total; // of all pages
} EntryLines;
bool item_lines(Context *c, const ItemFilter *filter, EntryLines *out);

#endif
