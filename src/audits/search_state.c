// SPDX-License-Identifier: Apache-2.0
#include "audits/search_state.h"

void state_init(SearchState *s, Context *c, const Universe *u) {
  size_t months = (size_t)u->months;
  *s = (SearchState){.u = u};
  s->audited = arena_array(c->arena, u->unit_count, sizeof *s->audited);
  s->auditor = arena_array(c->arena, u->unit_count * months, sizeof *s->auditor);
  s->cells = arena_array(c->arena, u->auditor_count * months, sizeof *s->cells);
  if (u->weigh_crowd != 0)
    s->owners = arena_array(c->arena, ((size_t)u->owner_count + 1) * months, sizeof *s->owners);
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

// Dates that people have in their diaries and lose, and the days the audits take.
static double unit_extra(const Universe *u, const AuditUnit *of, uint64_t audited) {
  if (u->weigh_moves == 0 && u->weigh_effort == 0) return 0;
  int left = __builtin_popcountll(of->before & ~audited), held = __builtin_popcountll(audited);
  return u->weigh_moves * left + u->weigh_effort * held * of->effort / DAY;
}

Cost state_unit_cost(const SearchState *s, int32_t unit, uint64_t given) {
  const AuditUnit *of = &s->u->units[unit];
  uint64_t audited = given;
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
  return (Cost){of->risk * stale, unit_extra(s->u, of, given), excess};
}

bool state_may(const SearchState *s, int32_t unit, int32_t auditor) {
  const AuditUnit *of = &s->u->units[unit];
  for (size_t i = 0; i < of->auditor_count; i++)
    if (of->auditors[i] == auditor) return true;
  return false;
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

// Sites beyond the first in an auditor's month.
static int32_t travel(const Universe *u, const Cell *cell) {
  int32_t places = 0;
  for (int32_t i = 0; i < cell->count; i++) {
    int32_t place = u->units[cell->units[i]].place;
    bool seen = place == 0;
    for (int32_t k = 0; k < i && !seen; k++) seen = u->units[cell->units[k]].place == place;
    places += !seen;
  }
  return places > 1 ? places - 1 : 0;
}

// Two in a month are one pair, three are three: the more, the worse each further one.
static double pairs(int32_t count) {
  return (double)count * (count - 1) / 2;
}

// What changes with who audits there and then: adds it (sign 1) or takes it back (-1).
static void count_cell(SearchState *s, const Cell *cell, double sign) {
  if (s->u->weigh_travel != 0) s->total.extra += sign * s->u->weigh_travel * travel(s->u, cell);
  if (s->u->weigh_crowd != 0) s->total.extra += sign * s->u->weigh_crowd * pairs(cell->count);
}
static void count_owner(SearchState *s, int32_t unit, int32_t month, int32_t more) {
  int32_t owner = s->u->units[unit].owner;
  if (s->owners == NULL || owner == 0) return;
  int32_t *count = &s->owners[(size_t)owner * (size_t)s->u->months + (size_t)month];
  double before = pairs(*count);
  *count += more;
  s->total.extra += s->u->weigh_crowd * (pairs(*count) - before);
}
static void count_auditor(SearchState *s, int32_t unit, int32_t month, double sign) {
  const AuditUnit *of = &s->u->units[unit];
  int16_t who = *state_auditor(s, unit, month);
  if (of->warned != NULL && of->warned[who]) s->total.extra += sign * s->u->weigh_warning;
  if (!(of->before >> month & 1) || of->before_auditor[month] < 0) return;
  if (of->before_auditor[month] != who) s->total.extra += sign * s->u->weigh_moves / 2;
}

void state_place(SearchState *s, int32_t unit, int32_t month, int32_t auditor) {
  Cell *cell = state_cell(s, auditor, month);
  count_cell(s, cell, -1);
  cell->units[cell->count++] = unit;
  count_cell(s, cell, 1);
  cell->free -= s->u->units[unit].effort;
  *state_auditor(s, unit, month) = (int16_t)auditor;
  count_auditor(s, unit, month, 1);
  count_owner(s, unit, month, 1);
  set_audited(s, unit, s->audited[unit] | 1ull << month);
}

void state_remove(SearchState *s, int32_t unit, int32_t month) {
  Cell *cell = state_cell(s, *state_auditor(s, unit, month), month);
  count_auditor(s, unit, month, -1);
  count_owner(s, unit, month, -1);
  count_cell(s, cell, -1);
  for (int32_t i = 0; i < cell->count; i++)
    if (cell->units[i] == unit) {
      cell->units[i] = cell->units[--cell->count];
      break;
    }
  count_cell(s, cell, 1);
  cell->free += s->u->units[unit].effort;
  set_audited(s, unit, s->audited[unit] & ~(1ull << month));
}
