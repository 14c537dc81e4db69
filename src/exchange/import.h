// SPDX-License-Identifier: Apache-2.0
// Bringing the registers an organisation already has: recognised, checked, written in one
// transaction, and the same again a second time changes nothing.
#ifndef DAYBOOK_IMPORT_H
#define DAYBOOK_IMPORT_H

#include "registers/registers.h"

typedef struct ImportSource {
  const char *name; // the file's own name, for messages and plain registers
  const char *bytes;
  size_t length;
  const Kind *kind;    // chosen by hand, or NULL
  const char *mapping; // chosen by hand, or NULL: see mapping_apply
  const char *problem; // why it could not be read, or NULL
} ImportSource;

typedef struct ImportError {
  size_t line, column; // from 1; column 0 when it is the whole line
  const char *message;
} ImportError;
typedef struct ImportLine { // what happens to one row, for the preview
  size_t line;
  Outcome outcome;
  const char *title;
} ImportLine;
typedef struct ImportColumn {               // how one column was understood
  const char *table, *name, *field, *label; // field "-": kept as a note
  const char *samples[3];                   // the first different values; NULL: fewer
} ImportColumn;

typedef struct ImportFile {
  const char *file, *kind; // kind: its name; "documents" for Markdown, "unreadable" when it is that
  const Kind *spec;        // NULL when unreadable
  int64_t rows, created, changed, unchanged, refused;
  int64_t notes; // values kept beside the known columns
  LIST_OF(ImportError) errors;
  LIST_OF(ImportLine) lines; // the first IMPORT_PREVIEW_LINES
  LIST_OF(ImportColumn) columns;
} ImportFile;
enum { IMPORT_PREVIEW_LINES = 200 };

typedef struct ImportWarning {
  const char *file, *message;
} ImportWarning;
typedef struct ImportReport {
  LIST_OF(ImportFile) files;
  LIST_OF(ImportWarning) warnings;
  int64_t people, positions; // new ones
  int64_t checks;            // recurring checks proposed for the diary
  int64_t history;           // earlier work entered in the diary
} ImportReport;

typedef struct ImportOptions {
  bool dry_run;                                            // everything is done and nothing is kept
  void (*progress)(void *user, size_t done, size_t total); // may be NULL
  void *user;
} ImportOptions;
// False only when nothing was written because of c->error; refused rows are in the report.
bool import_run(Context *c, const ImportSource *sources, size_t count, const ImportOptions *options,
                ImportReport *out);
const char *import_report_json(Arena *arena, const ImportReport *report);

// A mapping by hand, one line each: "Column name = field"; "[file.csv]" begins what holds for one
// file only; # begins a remark; the field "-" keeps the column as a note. False with *problem and
// *line when a field does not exist.
bool mapping_apply(Arena *arena, const char *mapping, const char *file, const char *const *columns,
                   ColumnMap *map, const char **problem, size_t *line);

#endif
