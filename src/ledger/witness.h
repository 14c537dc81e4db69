// SPDX-License-Identifier: Apache-2.0
// A room whose rows must agree with the ledger's last word about them declares a witness; `daybook
// verify` compares. A value of the ledger and a column meet by name.
#ifndef DAYBOOK_WITNESS_H
#define DAYBOOK_WITNESS_H

#include "base/context.h"

typedef struct WitnessValue {
  const char *name, *value; // value as text; NULL = none
} WitnessValue;
typedef struct WitnessRow {
  int64_t id;
  const WitnessValue *values;
  size_t count;
} WitnessRow;
typedef struct WitnessRows {
  WitnessRow *items;
  size_t count;
} WitnessRows;

enum { WITNESS_PAGE = 500 };
typedef struct Witness {
  const char *kind;    // object_kind of its entries
  const char *removed; // action that ends an object for good; NULL: rows are never removed
  bool strict;         // a value the ledger never spoke of must be absent (NULL, "" or "0")
  // At most WITNESS_PAGE rows of c->org with an id above `after`, in the order of id, in c->arena.
  WitnessRows (*page)(Context *c, int64_t after);
} Witness;

extern const Witness *const witnesses[]; // every room's, in cli/witnesses.c; ends with NULL
extern const Witness evidence_witness;

struct Report;
// Compares every row of c->org a witness gives with the ledger, in constant memory.
void witness_check(Context *c, const Witness *witness, const char *slug, struct Report *report);

// The JSON text of the last value an entry gave to a name: a slice of the body. `personal` says that
// it is the hash of a personal value.
typedef struct Word {
  const char *text; // NULL: the body does not speak of it
  size_t length;
  bool personal;
} Word;
Word body_word(const char *body, const char *name);
// NULL and "" are the same nothing.
bool word_is(Arena *arena, const Word *word, const char *value);

#endif
