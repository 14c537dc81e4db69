// SPDX-License-Identifier: Apache-2.0
// What an entry of a register said from a day on, so that "what changed since the last review" is
// an answer and not a memory. Kept for issues, interested parties and risks.
#ifndef DAYBOOK_VERSIONS_H
#define DAYBOOK_VERSIONS_H

#include "registers/registers.h"

// Within the change's transaction.
bool item_version_keep(Context *c, const Item *item, bool removed);

typedef enum ItemChangeKind { ITEM_ADDED, ITEM_CHANGED, ITEM_REMOVED } ItemChangeKind;
typedef struct ItemChange {
  int64_t item;
  ItemChangeKind kind;
  const char *title, *what; // what: "Need: old → new", a field a line
  Date on;
  OptInt before, now; // scores of risks
} ItemChange;
typedef struct ItemChanges {
  ItemChange *items;
  size_t count, capacity;
} ItemChanges;
// Between two days, both inclusive; what came and went in between is left out.
bool item_changes(Context *c, const Kind *kind, Date from, Date to, ItemChanges *out);

// Of a risk: what is left of it, else what it is before treatment.
OptInt risk_score(const Values *values);
enum { RISK_SCORE_MEDIUM = 8, RISK_SCORE_HIGH = 15 }; // of 25

#endif
