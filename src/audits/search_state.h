// SPDX-License-Identifier: Apache-2.0
// A plan while it is being searched: constant-time moves and their cost. Capacity, competence,
// conflicts and blackouts hold at every moment; intervals are a penalty that the search drives out.
#ifndef DAYBOOK_AUDITS_SEARCH_STATE_H
#define DAYBOOK_AUDITS_SEARCH_STATE_H

#include "audits/plan.h"

enum { CELL_MAX = 96 }; // audits of one auditor in one month

typedef struct Cell {
  int32_t free; // parts of a day left
  int32_t count;
  int32_t units[CELL_MAX];
} Cell;

typedef struct Cost {
  double staleness;
  double extra;   // travel, moves and effort, as the organisation weighs them
  int64_t excess; // months by which intervals are exceeded, over all units
} Cost;

typedef struct SearchState {
  const Universe *u;
  uint64_t *audited; // per unit: bit t = audited in month t
  int16_t *auditor;  // [unit * months + month]: who, where the bit is set
  Cell *cells;       // [auditor * months + month]
  int32_t *owners;   // [owner * months + month]: audits; NULL: they do not count
  Cost total;
} SearchState;

void state_init(SearchState *s, Context *c, const Universe *u);
Cost state_unit_cost(const SearchState *s, int32_t unit, uint64_t audited);
bool state_may(const SearchState *s, int32_t unit, int32_t auditor); // competent, not in conflict
bool state_fits(const SearchState *s, int32_t unit, int32_t month, int32_t auditor);
void state_place(SearchState *s, int32_t unit, int32_t month, int32_t auditor); // must fit
void state_start(SearchState *s);                                               // plan_start.c
void state_remove(SearchState *s, int32_t unit, int32_t month);

static inline Cell *state_cell(const SearchState *s, int32_t auditor, int32_t month) {
  return &s->cells[(size_t)auditor * (size_t)s->u->months + (size_t)month];
}
static inline int16_t *state_auditor(const SearchState *s, int32_t unit, int32_t month) {
  return &s->auditor[(size_t)unit * (size_t)s->u->months + (size_t)month];
}
static inline Cost cost_minus(Cost a, Cost b) {
  return (Cost){a.staleness - b.staleness, a.extra - b.extra, a.excess - b.excess};
}
static inline Cost cost_plus(Cost a, Cost b) {
  return (Cost){a.staleness + b.staleness, a.extra + b.extra, a.excess + b.excess};
}

#endif
