// SPDX-License-Identifier: Apache-2.0
// Where the search begins: what stays whatever happens, what people have in their diaries already,
// then every unit's latest tolerable months, most urgent first. Most universes are feasible from
// here on, and the search repairs the others.
#include "audits/search_state.h"

static bool can_hold(const SearchState *s, int32_t unit, int32_t month) {
  return !(s->u->blackout >> month & 1) && !(s->audited[unit] >> month & 1);
}

// Whoever has most room, so that nobody's month is full before it must be.
static int32_t roomiest(const SearchState *s, int32_t unit, int32_t month) {
  const AuditUnit *of = &s->u->units[unit];
  int32_t best = -1, free = -1;
  for (size_t i = 0; i < of->auditor_count; i++) {
    int32_t auditor = of->auditors[i];
    if (!state_fits(s, unit, month, auditor) || state_cell(s, auditor, month)->free <= free)
      continue;
    best = auditor;
    free = state_cell(s, auditor, month)->free;
  }
  return best;
}

static void place_present(SearchState *s, bool fixed) {
  for (size_t i = 0; i < s->u->unit_count; i++) {
    const AuditUnit *of = &s->u->units[i];
    uint64_t left = fixed ? of->fixed : of->before & ~of->fixed;
    for (; left != 0; left &= left - 1) {
      int32_t unit = (int32_t)i, month = __builtin_ctzll(left), auditor = of->before_auditor[month];
      if (month >= s->u->months) break;
      if (fixed && auditor >= 0 && state_cell(s, auditor, month)->count < CELL_MAX) {
        state_place(s, unit, month, auditor);
        continue;
      }
      if (!can_hold(s, unit, month)) continue;
      if (!state_may(s, unit, auditor) || !state_fits(s, unit, month, auditor))
        auditor = roomiest(s, unit, month);
      if (auditor >= 0) state_place(s, unit, month, auditor);
    }
  }
}

// Whether the unit must be audited by `month` to keep its interval, given what is placed already.
static bool is_due(const SearchState *s, int32_t unit, int32_t month) {
  const AuditUnit *of = &s->u->units[unit];
  uint64_t earlier = s->audited[unit] & ((1ull << month) - 1);
  int32_t last = earlier == 0 ? -of->last_audited : 63 - __builtin_clzll(earlier);
  int32_t limit = earlier == 0 ? unit_first_limit(of) : of->max_interval;
  if (s->u->months - last <= limit || last + limit > month) return false;
  uint64_t later = s->audited[unit] >> month;
  return later == 0 || month + __builtin_ctzll(later) - last > limit;
}

static void place_deadlines(SearchState *s) {
  for (int32_t month = 0; month < s->u->months; month++)
    for (int32_t ahead = 0; ahead < 2; ahead++)
      for (size_t i = 0; i < s->u->unit_count; i++) {
        int32_t unit = (int32_t)i, by = month + ahead;
        if (by >= s->u->months) by = s->u->months - 1;
        if (!can_hold(s, unit, month) || !is_due(s, unit, by)) continue;
        int32_t auditor = roomiest(s, unit, month);
        if (auditor >= 0) state_place(s, unit, month, auditor);
      }
}

void state_start(SearchState *s) {
  place_present(s, true);
  place_present(s, false);
  place_deadlines(s);
}
