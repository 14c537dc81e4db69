// SPDX-License-Identifier: Apache-2.0
// CSV as RFC 4180 describes it and as spreadsheets really write it.
#ifndef DAYBOOK_CSV_H
#define DAYBOOK_CSV_H

#include "exchange/table.h"

typedef struct Csv {
  Table table;
  char delimiter;      // ',' ';' or tab, found from the header row or a first line "sep=;"
  const char *problem; // why nothing of the file can be read, or NULL
  size_t line;         // where
} Csv;

// Pure. Everything lives in the arena. A bad row carries its problem, the others are whole.
// Rows without any value are skipped.
void csv_parse(Arena *arena, const char *bytes, size_t length, Csv *out);

// Writing: quotes when needed. A cell that a spreadsheet would run as a formula (= + - @ tab)
// gets a leading apostrophe.
void csv_add_cell(Text *text, const char *cell, bool first);
void csv_end_row(Text *text);

#endif
