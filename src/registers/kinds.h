// SPDX-License-Identifier: Apache-2.0
// The kinds of register: which fields they have, how a file's columns and cells become them.
// Pure but for put and get, which read and write a kind's own table.
#ifndef DAYBOOK_KINDS_H
#define DAYBOOK_KINDS_H

#include "base/context.h"

typedef enum CellType {
  CELL_TEXT,
  CELL_DATE,   // a day; text in an optional one ("Rolling") becomes a note
  CELL_TIME,   // a day with or without a time of day, as the clock on the wall showed it
  CELL_NUMBER, // a whole number from 0 to 1,000,000
  CELL_YES_NO,
  CELL_OWNER, // a person or a position, by name
} CellType;

enum {
  CELL_REQUIRED = 1,
  CELL_TELLING = 2, // a column that only this kind is likely to have
  CELL_LONG = 4,    // several lines
};

typedef struct KindField {
  const char *name, *label;
  CellType type;
  unsigned flags;
  const char *synonyms; // "risk title|risk|title", normalised; NULL: never taken from a file
} KindField;

// Every kind begins with these, in this order.
typedef enum CommonField {
  COMMON_REF,
  COMMON_TITLE,
  COMMON_DESCRIPTION,
  COMMON_OWNER,
  COMMON_STATUS,
  COMMON_LAST,
  COMMON_NEXT,
  COMMON_INTERVAL,
  COMMON_COUNT
} CommonField;

enum { KIND_MAX_FIELDS = 40, KIND_MAX_KEYS = 3 };

typedef struct Value {
  const char *text; // canonical; "" = absent
  Date date;        // CELL_DATE and CELL_TIME
  int64_t number;   // CELL_NUMBER; CELL_YES_NO: 0 or 1
  bool set;
} Value;
typedef struct Values {
  Value of[KIND_MAX_FIELDS];
} Values;

typedef struct Kind {
  const char *name, *aliases;   // "risks"; other names for --as, "|" between
  const char *title, *singular; // "Risks", "risk"
  const char *clauses, *purpose;
  const KindField *fields;
  size_t field_count;
  uint8_t key[KIND_MAX_KEYS]; // fields that tell items apart when there is no reference
  size_t key_count;
  bool (*put)(Context *c, int64_t item, const Values *values); // NULL: common fields only
  bool (*get)(Context *c, int64_t item, Values *values);
} Kind;

extern const Kind risks_kind, controls_kind, suppliers_kind, assets_kind, interested_parties_kind,
    communication_kind, objectives_kind, documents_kind, audits_kind, exercises_kind, training_kind,
    competence_kind, raci_kind, control_set_kind, issues_kind, plain_kind; // registers
extern const Kind findings_kind, incidents_kind;                           // improvement
extern const Kind *const register_kinds[]; // ends with NULL; plain is the last
const Kind *kind_find(const char *name);   // by name or alias; NULL if unknown

// ---- columns ----
// Lower case, nothing in brackets, letters and digits only: "Likelihood (1-5)" → "likelihood"
char *column_normal(Arena *arena, const char *name);

enum { MAP_NOTE = -1, MAP_NOTHING = -2 };
typedef struct ColumnMap {
  const Kind *kind;
  int *fields; // for each column: a field's number, or MAP_NOTE (kept under its own name)
  size_t count;
} ColumnMap;
// Recognises the kind of a table by its columns; plain_kind when none fits. `hint` (the name of the
// file or heading) decides a tie. `forced` and `hint` may be NULL.
ColumnMap columns_map(Arena *arena, const Kind *forced, const char *hint,
                      const char *const *columns, size_t count);
// Maps one column by hand; field "-" or "note" keeps it as a note. False if there is no such field.
bool column_assign(ColumnMap *map, size_t column, const char *field);
bool column_map_complete(const ColumnMap *map, const char **missing); // each required field has one

// ---- cells ----
typedef enum Parsed { PARSED, PARSED_AS_NOTE, PARSED_NOT } Parsed;
// PARSED_NOT: *problem says what was expected.
Parsed field_parse(Arena *arena, const KindField *field, const char *cell, Value *out,
                   const char **problem);
// "2026-03-15", "2026-03-15 22:00", "15.03.2026". IMPOSSIBLE: looks like a date but is none.
typedef enum DayForm { DAY_NOT, DAY_IMPOSSIBLE, DAY_ONLY, DAY_AND_TIME } DayForm;
DayForm day_read(const char *text, Date *day, int *minute);
int32_t interval_months(const char *text); // "12 months", "Quarterly", "36"; 0 = not said

// ---- values, for put and get ----
const char *value_text(const Values *values, size_t field); // never NULL
Date value_date(const Values *values, size_t field);
OptInt value_number(const Values *values, size_t field); // CELL_NUMBER and CELL_YES_NO
void values_set_text(Values *values, size_t field, const char *text);
void values_set_date(Arena *arena, Values *values, size_t field, Date date);
void values_set_number(Arena *arena, Values *values, size_t field, OptInt number);
void values_set_yes_no(Values *values, size_t field, OptInt answer);

#endif
