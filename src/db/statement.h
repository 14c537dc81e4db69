// SPDX-License-Identifier: Apache-2.0
// What tools/statements.py makes of a .sql file: a description of each statement's text, parameters
// and columns, and typed functions that hand it to the five calls below. Nobody writes these by
// hand.
#ifndef DAYBOOK_STATEMENT_H
#define DAYBOOK_STATEMENT_H

#include "base/context.h"

typedef enum FieldType {
  SQL_FIELD_ID, // int64_t; optional: 0 is NULL
  SQL_FIELD_INT,
  SQL_FIELD_REAL,
  SQL_FIELD_BOOL,
  SQL_FIELD_TEXT,
  SQL_FIELD_DATE,
  SQL_FIELD_INSTANT,
  SQL_FIELD_BLOB,
  SQL_FIELD_ORG, // the automatic parameters
  SQL_FIELD_NOW,
  SQL_FIELD_TODAY,
  SQL_FIELD_ACTOR, // NULL for the installation
} FieldType;

typedef struct SqlField {
  const char *name;
  uint16_t offset; // in the parameter or row struct
  uint8_t type;    // FieldType
  bool optional;
} SqlField;

typedef enum Scope {
  SCOPE_NONE,         // touches no organisation's table
  SCOPE_ORGANISATION, // c->org, as checked when built
  SCOPE_INSTALLATION, // says why in its .sql
} Scope;

typedef struct Statement {
  const char *name;
  const char *sqlite, *postgres; // parameters are ?1 … and $1 …
  const SqlField *parameters;
  const SqlField *columns;
  uint16_t parameter_count, column_count, row_size;
  uint8_t scope; // Scope
  bool writes;
  bool unheard; // needs no ledger entry, and says why in its .sql
  bool later;   // nobody asks how many rows or which id: an engine may wait with it
  bool alone;   // each: nothing else is asked until its last row has come
} Statement;

enum { STATEMENT_MOST_PARAMETERS = 64, STATEMENT_MOST_COLUMNS = 64 };

typedef struct StatementRows {
  void *items;
  size_t count;
} StatementRows;
typedef bool StatementEach(void *user, const void *row); // false stops

StatementRows statement_many(Context *c, const Statement *s, const void *in);
bool statement_one(Context *c, const Statement *s, const void *in, void *row);
bool statement_each(Context *c, const Statement *s, const void *in, StatementEach *row, void *user);
int64_t statement_exec(Context *c, const Statement *s, const void *in);
int64_t statement_insert(Context *c, const Statement *s, const void *in);

// Every statement of the program, for the test that prepares them all.
typedef struct StatementFile {
  const char *path;
  const Statement *const *statements; // ends with NULL
} StatementFile;
extern const StatementFile statement_files[];         // ends with path NULL
bool statement_check(Context *c, const Statement *s); // prepares it on c's engine

#endif
