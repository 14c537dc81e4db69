// SPDX-License-Identifier: Apache-2.0
// Simulated annealing. Moves keep capacity and independence at all times; exceeded intervals cost
// a penalty that grows while the search runs, so that the end is ruled by the hard rules.
#include "audits/plan_proof.h"
#include "audits/search_state.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { EVICT_MAX = 4, CHECK_EVERY = 1024, REPAIR_STEPS = 200000, STEPS_MOST = 12000000 };

typedef struct Placement {
  int32_t unit, month, auditor;
} Placement;

// One tried move, remembered so that it can be taken back.
typedef struct Move {
  Placement removed[EVICT_MAX + 1], placed[EVICT_MAX + 1];
  int32_t removed_count, placed_count;
} Move;

typedef struct Search {
  SearchState state;
  Random random;
  double temperature, penalty;
  uint64_t *best_audited;
  int16_t *best_auditor;
  double best_cost;
  int64_t best_excess;
  int32_t *troubled; // units whose interval is exceeded, as of the last look
  size_t troubled_count;
} Search;

static void move_remove(Search *s, Move *move, int32_t unit, int32_t month) {
  int32_t auditor = *state_auditor(&s->state, unit, month);
  move->removed[move->removed_count++] = (Placement){unit, month, auditor};
  state_remove(&s->state, unit, month);
}

// What is under way stays where it is and whose it is.
static bool is_fixed(const Search *s, int32_t unit, int32_t month) {
  return (s->state.u->units[unit].fixed >> month & 1) != 0;
}

static void move_place(Search *s, Move *move, int32_t unit, int32_t month, int32_t auditor) {
  move->placed[move->placed_count++] = (Placement){unit, month, auditor};
  state_place(&s->state, unit, month, auditor);
}

// Undone in the reverse order of doing: all that was placed goes, then all that was removed
// returns.
static void move_undo(Search *s, const Move *move) {
  for (int32_t i = move->placed_count; i-- > 0;)
    state_remove(&s->state, move->placed[i].unit, move->placed[i].month);
  for (int32_t i = move->removed_count; i-- > 0;)
    state_place(&s->state, move->removed[i].unit, move->removed[i].month, move->removed[i].auditor);
}

static int32_t pick(Search *s, size_t count) {
  return (int32_t)random_below(&s->random, (uint32_t)count);
}

static bool open_month(const Universe *u, int32_t month) {
  return (u->blackout >> month & 1) == 0;
}

static int32_t pick_auditor(Search *s, int32_t unit) {
  const AuditUnit *of = &s->state.u->units[unit];
  return of->auditor_count == 0 ? -1 : of->auditors[pick(s, of->auditor_count)];
}

// Anybody with room in that month, starting from a random one.
static int32_t find_room(Search *s, int32_t unit, int32_t month) {
  const AuditUnit *of = &s->state.u->units[unit];
  if (of->auditor_count == 0) return -1;
  size_t start = (size_t)pick(s, of->auditor_count);
  for (size_t i = 0; i < of->auditor_count; i++) {
    int32_t auditor = of->auditors[(start + i) % of->auditor_count];
    if (state_fits(&s->state, unit, month, auditor)) return auditor;
  }
  return -1;
}

static int32_t pick_audited(Search *s, int32_t unit) {
  uint64_t left = s->state.audited[unit] & ~s->state.u->units[unit].fixed;
  if (left == 0) return -1;
  for (int32_t skip = pick(s, (size_t)__builtin_popcountll(left)); skip > 0; skip--)
    left &= left - 1;
  return __builtin_ctzll(left);
}

// Those sent away go to somebody else that month, or to a month nearby; else they wait for later.
static void place_evicted(Search *s, Move *move, int32_t first) {
  static const int32_t NEAR[] = {0, -1, 1, -2, 2};
  const Universe *u = s->state.u;
  for (int32_t i = first; i < move->removed_count; i++) {
    Placement sent = move->removed[i];
    for (size_t n = 0; n < COUNT_OF(NEAR); n++) {
      int32_t month = sent.month + NEAR[n];
      if (month < 0 || month >= u->months || !open_month(u, month)) continue;
      if (s->state.audited[sent.unit] >> month & 1) continue;
      int32_t auditor = find_room(s, sent.unit, month);
      if (auditor < 0) continue;
      move_place(s, move, sent.unit, month, auditor);
      break;
    }
  }
}

// Puts an audit where there is no room, sending away others of that auditor and month.
static bool try_exchange(Search *s, Move *move, int32_t unit, int32_t month) {
  int32_t auditor = pick_auditor(s, unit);
  if (auditor < 0) return false;
  Cell *cell = state_cell(&s->state, auditor, month);
  int32_t first = move->removed_count;
  while (!state_fits(&s->state, unit, month, auditor)) {
    if (cell->count == 0 || move->removed_count >= EVICT_MAX) return false;
    int32_t sent = cell->units[pick(s, (size_t)cell->count)];
    if (is_fixed(s, sent, month)) return false;
    move_remove(s, move, sent, month);
  }
  move_place(s, move, unit, month, auditor);
  place_evicted(s, move, first);
  return true;
}

// Now and then a unit whose interval is exceeded, so that no trouble waits for luck.
static int32_t pick_unit(Search *s) {
  if (s->troubled_count > 0 && pick(s, 8) == 0) return s->troubled[pick(s, s->troubled_count)];
  return pick(s, s->state.u->unit_count);
}

static bool try_add(Search *s, Move *move) {
  int32_t unit = pick_unit(s);
  int32_t month = pick(s, (size_t)s->state.u->months);
  if (!open_month(s->state.u, month) || (s->state.audited[unit] >> month & 1)) return false;
  int32_t auditor = find_room(s, unit, month);
  if (auditor < 0) return try_exchange(s, move, unit, month);
  move_place(s, move, unit, month, auditor);
  return true;
}

static bool try_shift(Search *s, Move *move) {
  const Universe *u = s->state.u;
  int32_t unit = pick_unit(s), from = pick_audited(s, unit);
  if (from < 0) return false;
  int32_t to = from + (pick(s, 2) == 0 ? -1 : 1) * (1 + pick(s, 4));
  if (to < 0 || to >= u->months || !open_month(u, to) || (s->state.audited[unit] >> to & 1))
    return false;
  move_remove(s, move, unit, from);
  int32_t auditor = find_room(s, unit, to);
  if (auditor < 0) return try_exchange(s, move, unit, to);
  move_place(s, move, unit, to, auditor);
  return true;
}

// Hands an audit to another auditor, which by itself costs nothing but makes room.
static bool try_reassign(Search *s, Move *move) {
  int32_t unit = pick(s, s->state.u->unit_count), month = pick_audited(s, unit);
  if (month < 0) return false;
  int32_t auditor = pick_auditor(s, unit);
  if (auditor == *state_auditor(&s->state, unit, month)) return false;
  move_remove(s, move, unit, month);
  if (state_fits(&s->state, unit, month, auditor)) {
    move_place(s, move, unit, month, auditor);
    return true;
  }
  return try_exchange(s, move, unit, month);
}

static bool accept(Search *s, Cost before) {
  Cost change = cost_minus(s->state.total, before);
  double worse = change.staleness + change.extra + s->penalty * (double)change.excess;
  return worse <= 0 || random_unit(&s->random) < exp(-worse / s->temperature);
}

static void step(Search *s) {
  Move move;
  move.removed_count = move.placed_count = 0;
  Cost before = s->state.total;
  uint32_t kind = random_below(&s->random, 10);
  bool tried = kind < 5   ? try_add(s, &move)
               : kind < 9 ? try_shift(s, &move)
                          : try_reassign(s, &move);
  if (tried && accept(s, before)) return;
  move_undo(s, &move);
  s->state.total = before; // exactly, so that rounding does not gather
}

static void remember_if_best(Search *s) {
  const Universe *u = s->state.u;
  Cost now = s->state.total;
  double cost = now.staleness + now.extra;
  if (now.excess > s->best_excess || (now.excess == s->best_excess && cost >= s->best_cost)) return;
  s->best_excess = now.excess;
  s->best_cost = cost;
  memcpy(s->best_audited, s->state.audited, u->unit_count * sizeof *s->best_audited);
  memcpy(s->best_auditor, s->state.auditor,
         u->unit_count * (size_t)u->months * sizeof *s->best_auditor);
}

static void look_for_trouble(Search *s) {
  s->troubled_count = 0;
  if (s->state.total.excess == 0) return;
  for (size_t i = 0; i < s->state.u->unit_count; i++)
    if (state_unit_cost(&s->state, (int32_t)i, s->state.audited[i]).excess > 0)
      s->troubled[s->troubled_count++] = (int32_t)i;
}

static double seconds_since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static double mean_risk(const Universe *u) {
  double sum = 0;
  for (size_t i = 0; i < u->unit_count; i++) sum += u->units[i].risk;
  return sum / (double)u->unit_count + 1e-9;
}

static void search_init(Search *s, Context *c, const Universe *u, uint64_t seed) {
  *s = (Search){
      .random = {seed * 0x9e3779b97f4a7c15u + 7}, .best_cost = INFINITY, .best_excess = INT64_MAX};
  state_init(&s->state, c, u);
  s->troubled = arena_array(c->arena, u->unit_count, sizeof *s->troubled);
  s->best_audited = arena_array(c->arena, u->unit_count, sizeof *s->best_audited);
  s->best_auditor =
      arena_array(c->arena, u->unit_count * (size_t)u->months, sizeof *s->best_auditor);
}

static void write_plan(Context *c, const Search *s, Plan *out) {
  const Universe *u = s->state.u;
  for (size_t i = 0; i < u->unit_count; i++)
    for (uint64_t left = s->best_audited[i]; left != 0; left &= left - 1) {
      int32_t month = __builtin_ctzll(left);
      *list_add(c->arena, &out->assignments) =
          (Assignment){(int32_t)i, month, s->best_auditor[i * (size_t)u->months + (size_t)month]};
    }
}

static int64_t default_steps(const Universe *u) {
  int64_t steps = (int64_t)u->unit_count * u->months * 2500;
  if (steps < 400000) return 400000;
  return steps > STEPS_MOST ? STEPS_MOST : steps;
}

// Drives the exceeded intervals out and nothing else. Warm enough to trade one unit's trouble for
// another's, in saw teeth, because the last knot is never undone downhill.
static void repair(Search *s, PlanSearch *how, const struct timespec *start, int64_t steps) {
  static const double WARMTH[] = {0.5, 60, 20, 120};
  double risk = mean_risk(s->state.u);
  s->penalty = 400 * risk;
  int64_t tooth = steps / 16 + 1;
  for (int64_t done = 0; done < steps && s->state.total.excess > 0; done++) {
    if (done % tooth == 0)
      s->temperature = risk * WARMTH[(done / tooth) % (int64_t)COUNT_OF(WARMTH)];
    if (done % 256 == 0) look_for_trouble(s);
    step(s);
  }
  remember_if_best(s);
  if (s->state.total.excess == 0 && how->first_feasible_seconds < 0)
    how->first_feasible_seconds = seconds_since(start);
}

static void anneal(Search *s, PlanSearch *how, const struct timespec *start) {
  double risk = mean_risk(s->state.u), hot = 4 * risk, cold = 0.08 * risk;
  int64_t steps = how->steps > 0 ? how->steps : default_steps(s->state.u);
  double share = 0;
  for (int64_t done = 0; share < 1; done++) {
    if (done % CHECK_EVERY == 0) {
      share = how->seconds > 0 ? seconds_since(start) / how->seconds : (double)done / (double)steps;
      s->temperature = hot * pow(cold / hot, share);
      s->penalty = risk * (100 + 400 * share);
      look_for_trouble(s);
      if (s->state.total.excess == 0 && how->first_feasible_seconds < 0)
        how->first_feasible_seconds = seconds_since(start);
      if (share > 0.6 || s->best_excess > 0) remember_if_best(s);
      if (how->progress != NULL && done % (CHECK_EVERY * 64) == 0 &&
          !how->progress(how->user, share, s->state.total.staleness, s->state.total.excess == 0))
        break;
    }
    step(s);
  }
  remember_if_best(s);
}

// Why there is no plan: by proof if there is one, else what the best one breaks.
static bool explain(Context *c, const Universe *u, Plan *proofs, Plan *out) {
  if (proofs->conflicts.count == 0 && !plan_prove_impossible(c, u, proofs)) {
    Exhausted exhausted = plan_exhaust(c, u, out);
    if (exhausted == EXHAUSTED_FOUND) return plan_check(c, u, out);
    for (size_t i = 0; exhausted == EXHAUSTED_NONE && i < out->conflicts.count; i++) {
      PlanConflict *of = &out->conflicts.items[i];
      of->proved = true;
      of->text = text_format(c->arena, _("%s Every other plan breaks a rule as well."), of->text);
    }
  }
  plan_ways_out(c, u, out);
  for (size_t i = 0; i < out->conflicts.count; i++)
    *list_add(c->arena, &proofs->conflicts) = out->conflicts.items[i];
  out->conflicts.items = proofs->conflicts.items;
  out->conflicts.count = proofs->conflicts.count;
  out->conflicts.capacity = proofs->conflicts.capacity;
  return context_ok(c);
}

bool plan_search(Context *c, const Universe *universe, PlanSearch *how, Plan *out) {
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  how->first_feasible_seconds = -1;
  *out = (Plan){0};
  Search search;
  search_init(&search, c, universe, how->seed);
  state_start(&search.state);
  remember_if_best(&search);
  repair(&search, how, &start, REPAIR_STEPS);
  Plan proofs = {0}; // what is proved hopeless is not repaired at length
  bool hopeless = search.best_excess > 0 && plan_prove_impossible(c, universe, &proofs);
  anneal(&search, how, &start);
  if (search.state.total.excess > 0 && !hopeless) repair(&search, how, &start, 8 * REPAIR_STEPS);
  write_plan(c, &search, out);
  if (!plan_check(c, universe, out)) return false;
  return out->feasible || explain(c, universe, &proofs, out);
}
