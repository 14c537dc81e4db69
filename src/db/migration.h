// SPDX-License-Identifier: Apache-2.0
// The migrations of schema/, embedded by tools/embed_schema.py.
#ifndef DAYBOOK_MIGRATION_H
#define DAYBOOK_MIGRATION_H

#include <stddef.h>

typedef struct Migration {
  int number;
  const char *name;     // "020_ledger"
  const char *sqlite;   // the whole script
  const char *postgres; // with the row-level walls
} Migration;
extern const Migration schema_migrations[]; // ascending
extern const size_t schema_migration_count;

#endif
