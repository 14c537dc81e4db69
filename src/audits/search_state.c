// SPDX-License-Identifier: Apache-2.0
#include "audits/search_state.h"

void state_init(SearchState *s, Context *c, const Universe *u) {
  size_t months = (size_t)u->months;
  *s = (SearchState){.u = u};
  s->audited = arena_array(c->arena, u->unit_count, sizeof *s->audited);
  s->auditor = arena_array(c->arena, u->unit_count * months, sizeof *s->auditor);
  s->cells = arena_array(c->arena, u->auditor_count * months, sizeof *s->cells);
  for (size_t a = 0; a < u->auditor_count; a++)
    for (size_t month = 0; month < months; month++)
      s->cells[a * months + month].free = u->auditors[a].days[month];
  for (size_t i = 0; i < u->unit_count; i++)
    s->total = cost_plus(s->total, state_unit_cost(s, (int32_t)i, 0));
}

// 1 + 2 + … + (gap - 1): the staleness between two audits, each month counted at its end.
static double triangle(int32_t gap) {
  return (double)gap * (gap - 1) / 2;
}

static int64_t over(int32_t gap, int32_t limit) {
  return gap > limit ? gap - limit : 0;
}

Cost state_unit_cost(const SearchState *s, int32_t unit, uint64_t audited) {
  const AuditUnit *of = &s->u->units[unit];
  int32_t previous = -of->last_audited, limit = unit_first_limit(of);
  double stale = -triangle(of->last_audited);
  int64_t excess = 0;
  while (audited != 0) {
    int32_t month = __builtin_ctzll(audited);
    audited &= audited - 1;
    stale += triangle(month - previous);
    excess += over(month - previous, limit);
    previous = month;
    limit = of->max_interval;
  }
  stale += triangle(s->u->months - previous);
  excess += over(s->u->months - previous, limit);
  return (Cost){of->risk * stale, excess};
}

bool state_fits(const SearchState *s, int32_t unit, int32_t month, int32_t auditor) {
  const Cell *cell = state_cell(s, auditor, month);
  return cell->count < CELL_MAX && cell->free >= s->u->units[unit].effort;
}

static void set_audited(SearchState *s, int32_t unit, uint64_t audited) {
  Cost before = state_unit_cost(s, unit, s->audited[unit]);
  s->audited[unit] = audited;
  s->total = cost_plus(s->total, cost_minus(state_unit_cost(s, unit, audited), before));
}

void state_place(SearchState *s, int32_t unit, int32_t month, int32_t auditor) {
  Cell *cell = state_cell(s, auditor, month);
  cell->units[cell->count++] = unit;
  cell->free -= s->u->units[unit].effort;
  *state_auditor(s, unit, month) = (int16_t)auditor;
  set_audited(s, unit, s->audited[unit] | 1ull << month);
}

void state_remove(SearchState *s, int32_t unit, int32_t month) {
  Cell *cell = state_cell(s, *state_auditor(s, unit, month), month);
  for (int32_t i = 0; i < cell->count; i++)
    if (cell->units[i] == unit) {
      cell->units[i] = cell->units[--cell->count];
      break;
    }
  cell->free += s->u->units[unit].effort;
  set_audited(s, unit, s->audited[unit] & ~(1ull << month));
}
