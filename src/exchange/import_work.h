// SPDX-License-Identifier: Apache-2.0
// What the steps of one import share; nobody outside exchange/ includes this.
#ifndef DAYBOOK_IMPORT_WORK_H
#define DAYBOOK_IMPORT_WORK_H

#include "exchange/csv.h"
#include "exchange/import.h"
#include "exchange/markdown.h"
#include "registers/owners.h"
#include "registers/registers.h"

// One table of one file, with what it was recognised as.
typedef struct Unit {
  const ImportSource *source;
  ImportFile *file;
  Table table;
  ColumnMap map;
  const char *register_name;
  const char *record_ref;   // of a Markdown record: the reference in its heading, or NULL
  bool record;              // a Markdown record: something that has happened
  const Markdown *document; // the prose of a Markdown file; then the table is empty
  int64_t register_id;
  const ItemKeys *known; // what stood in the register before
} Unit;
typedef LIST_OF(Unit) Units;

typedef struct SeenKey { // an item met in this import
  const char *key, *file;
  int64_t register_id;
  size_t line;
} SeenKey;

typedef struct Import {
  Context *c;
  const ImportOptions *options;
  ImportReport *report;
  Units units;
  OwnerBook *owners;
  SeenKey *seen; // open addressing; seen_size is a power of two
  size_t seen_size;
  size_t done, total;
  Date until; // of checks: the certificate's expiry
  Date start; // of the programme
} Import;

// import_read.c: bytes become units. The report's files exist already and do not move.
void import_read(Import *im, const ImportSource *source, ImportFile *file);
// import_rows.c: a unit's rows become items. False with c->error.
bool import_unit(Import *im, Unit *unit);
// import_diary.c: what the registers mean for the diary.
bool import_propose(Import *im, const Unit *unit, const Item *item);
bool import_history(Import *im);
bool import_warnings(Import *im);

void import_refuse(Import *im, ImportFile *file, size_t line, size_t column, const char *message);

#endif
