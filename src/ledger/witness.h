// SPDX-License-Identifier: Apache-2.0
// A room whose rows must agree with the ledger's last word about them declares a witness; `daybook
// verify` compares. A value of the ledger and a column meet by name.
#ifndef DAYBOOK_WITNESS_H
#define DAYBOOK_WITNESS_H

#include "base/context.h"

// What an action alone says about a column: of all its actions an object had, the greatest value.
typedef struct ActionValue {
  const char *action;
  int64_t value;
} ActionValue;
typedef struct WitnessColumn {
  const char *name;             // of the column, in the words of a problem
  const char *word;             // its name in the ledger; NULL = the same
  const char *actions;          // only entries with one of these, apart by blanks; NULL = any
  bool first;                   // the first word counts, not the last (a baseline)
  const ActionValue *by_action; // instead of words; ends with action NULL
} WitnessColumn;

typedef struct WitnessRow {
  int64_t id;
  const char *const *values; // one for each column, as text; NULL = none
} WitnessRow;
typedef struct WitnessRows {
  WitnessRow *items;
  size_t count;
} WitnessRows;

const char *witness_number(Context *c, int64_t value);
WitnessRows witness_rows(Context *c, size_t count); // room for so many, to be filled
// The values are copied, the texts they point to are not.
WitnessRow witness_row(Context *c, int64_t id, const char *const *values, size_t count);

enum { WITNESS_PAGE = 500 };
typedef struct Witness {
  const char *kind;    // object_kind of its entries
  const char *removed; // action that ends an object for good; NULL: rows are never removed
  bool strict;         // a value the ledger never spoke of must be absent (NULL, "" or "0")
  const WitnessColumn *columns;
  size_t column_count;
  // At most WITNESS_PAGE rows of c->org with an id above `after`, in the order of id, in c->arena.
  WitnessRows (*page)(Context *c, int64_t after);
} Witness;

// Rows that belong to an object and have no entries of their own: entries of the object speak of
// one by a number (the person of a team, the line of a timetable).
typedef struct PartRow {
  int64_t object, key;
  bool unsaid; // made before entries named it: it may be one that none speaks of
  const char *const *values;
} PartRow;
typedef struct PartRows {
  PartRow *items;
  size_t count;
} PartRows;
PartRows part_rows(Context *c, size_t count);
PartRow part_row(Context *c, int64_t object, int64_t key, const char *const *values, size_t count);
typedef struct PartWitness {
  const char *kind;    // of the object
  const char *part;    // "team", in the words of a problem
  const char *key;     // the number's name in the entries
  const char *actions; // the entries that speak of a part, apart by blanks
  const char *removed; // after one of these (apart by blanks) there is no row; NULL = always one
  const WitnessColumn *columns;
  size_t column_count;
  // All rows of c->org whose object is one of first … last, in the order of object.
  PartRows (*rows)(Context *c, int64_t first, int64_t last);
} PartWitness;

extern const Witness *const witnesses[]; // every room's, in cli/witnesses.c; ends with NULL
extern const PartWitness *const part_witnesses[]; // the same
extern const Witness evidence_witness;

struct Report;
// Compares every row of c->org a witness gives with the ledger, in constant memory.
void witness_check(Context *c, const Witness *witness, const char *slug, struct Report *report);
void part_witness_check(Context *c, const PartWitness *witness, const char *slug,
                        struct Report *report);

// The JSON text of the last value an entry gave to a name: a slice of the body. `personal` says
// that it is the hash of a personal value.
typedef struct Word {
  const char *text; // NULL: the body does not speak of it
  size_t length;
  bool personal;
} Word;
Word body_word(const char *body, const char *name);
// NULL and "" are the same nothing.
bool word_is(Arena *arena, const Word *word, const char *value);

#endif
