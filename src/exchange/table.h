// SPDX-License-Identifier: Apache-2.0
// What CSV and Markdown have in common: named columns and rows that know their line in the file.
#ifndef DAYBOOK_TABLE_H
#define DAYBOOK_TABLE_H

#include "base/base.h"

#define TABLE_MAX_COLUMNS 256
#define TABLE_MAX_ROWS    200000
#define TABLE_MAX_CELL    65536
#define TABLE_MAX_BYTES   (32 * 1024 * 1024)

typedef struct TableRow {
  size_t line;              // of its first character, from 1; quoted line breaks count
  const char *const *cells; // `count` of them, trimmed; never NULL, "" when empty
  size_t count;
  const char *problem; // why this row is refused, or NULL; then cells may be fewer or more
  size_t column;       // where the problem is, from 1; 0 without one
} TableRow;

typedef LIST_OF(TableRow) TableRows;

typedef struct Table {
  const char *name;     // the heading above a Markdown table; NULL for CSV
  size_t line;          // of the header row
  const char **columns; // never empty and never twice the same: "Column 3", "Owner (2)"
  size_t column_count;
  TableRows rows;
} Table;

// Turns a file's bytes into NUL-terminated UTF-8 with a byte order mark removed: UTF-8 as it is,
// anything else read as Windows-1252 (the superset of Latin-1 that spreadsheets write).
// NULL with *problem and *line set when it holds a NUL or is larger than TABLE_MAX_BYTES.
char *table_decode(Arena *arena, const char *bytes, size_t length, size_t *out_length,
                   const char **problem, size_t *line);

// Names the columns from a header row: trims, fills empty ones, numbers repeated ones.
void table_name_columns(Arena *arena, Table *table, const char *const *cells, size_t count);

// Refuses a row that does not have the header's number of cells (surplus empty cells are allowed)
// or that holds control characters. `separator` names what divides the cells in the message.
void table_check_row(Arena *arena, const Table *table, TableRow *row, const char *separator);

#endif
