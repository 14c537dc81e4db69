// SPDX-License-Identifier: Apache-2.0
// Markdown as a source of registers: every pipe table is one, the prose is one document.
#ifndef DAYBOOK_MARKDOWN_H
#define DAYBOOK_MARKDOWN_H

#include "exchange/table.h"

typedef struct Property { // "> Owner: Information Security Officer" in a document control block
  const char *name, *value;
} Property;

typedef LIST_OF(Table) Tables;
typedef LIST_OF(Property) Properties;

typedef struct Markdown {
  const char *title; // the first level-one heading, or NULL
  size_t title_line; // 1 without one
  const char *prose; // everything that is not a table, as written
  Properties properties;
  Tables tables;
  const char *problem; // why nothing of the file can be read, or NULL
  size_t line;
} Markdown;

// Pure. Everything lives in the arena. Tables inside code fences are prose.
void markdown_parse(Arena *arena, const char *bytes, size_t length, Markdown *out);

// A two-column table of names and values ("Field | Value") turned on its side: one row.
bool markdown_is_record(const Table *table);
void markdown_turn_record(Arena *arena, const Table *table, Table *out);

#endif
