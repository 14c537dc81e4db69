// SPDX-License-Identifier: Apache-2.0
// Every plan there is, by the next audit that has to happen: for the unit whose deadline comes
// first, each month up to it and each auditor with room, latest first. A plan that exists has that
// audit in one of these places, so that finding none is a proof.
#include "audits/plan_proof.h"

#include <stdlib.h>

enum { NODES_MOST = 400000, DEPTH_MOST = 512 };

typedef struct Exhaust {
  const Universe *u;
  int32_t *last; // per unit: its last audit so far
  int32_t *free; // [auditor * months + month]
  Assignment chosen[DEPTH_MOST];
  size_t depth;
  int64_t nodes;
} Exhaust;

// The unit that must be audited next, or -1 if nothing must.
static int32_t next_unit(const Exhaust *e, int32_t *deadline) {
  int32_t best = -1;
  *deadline = e->u->months;
  for (size_t i = 0; i < e->u->unit_count; i++) {
    const AuditUnit *of = &e->u->units[i];
    bool first = e->last[i] == -of->last_audited;
    int32_t by = e->last[i] + (first ? unit_first_limit(of) : of->max_interval);
    if (by >= *deadline) continue;
    best = (int32_t)i;
    *deadline = by;
  }
  return best;
}

static int32_t *room(const Exhaust *e, const Assignment *at) {
  return &e->free[(size_t)at->auditor * (size_t)e->u->months + (size_t)at->month];
}

static Exhausted descend(Exhaust *e);

// The audit is held there: does the rest have a plan?
static Exhausted try_place(Exhaust *e, Assignment at) {
  const AuditUnit *of = &e->u->units[at.unit];
  int32_t before = e->last[at.unit];
  if (*room(e, &at) < of->effort) return EXHAUSTED_NONE;
  e->chosen[e->depth++] = at;
  *room(e, &at) -= of->effort;
  e->last[at.unit] = at.month;
  Exhausted rest = descend(e);
  if (rest != EXHAUSTED_NONE) return rest;
  e->last[at.unit] = before;
  *room(e, &at) += of->effort;
  e->depth--;
  return EXHAUSTED_NONE;
}

// As deep as a plan has audits, at most DEPTH_MOST.
static Exhausted descend(Exhaust *e) {
  int32_t deadline, unit = next_unit(e, &deadline);
  if (unit < 0) return EXHAUSTED_FOUND;
  if (++e->nodes > NODES_MOST || e->depth == DEPTH_MOST) return EXHAUSTED_GIVEN_UP;
  const AuditUnit *of = &e->u->units[unit];
  int32_t after = e->last[unit] > -1 ? e->last[unit] : -1;
  for (int32_t month = deadline; month > after; month--) {
    if (e->u->blackout >> month & 1) continue;
    for (size_t i = 0; i < of->auditor_count; i++) {
      Exhausted rest = try_place(e, (Assignment){unit, month, of->auditors[i]});
      if (rest != EXHAUSTED_NONE) return rest;
    }
  }
  return EXHAUSTED_NONE;
}

static int by_unit_and_month(const void *a, const void *b) {
  const Assignment *x = a, *y = b;
  return x->unit != y->unit ? x->unit - y->unit : x->month - y->month;
}

Exhausted plan_exhaust(Context *c, const Universe *u, Plan *out) {
  Exhaust *e = arena_new(c->arena, Exhaust);
  size_t months = (size_t)u->months;
  *e = (Exhaust){.u = u,
                 .last = arena_array(c->arena, u->unit_count, sizeof *e->last),
                 .free = arena_array(c->arena, u->auditor_count * months, sizeof *e->free)};
  for (size_t i = 0; i < u->unit_count; i++) e->last[i] = -u->units[i].last_audited;
  for (size_t a = 0; a < u->auditor_count; a++)
    for (size_t month = 0; month < months; month++)
      e->free[a * months + month] = u->auditors[a].days[month];
  Exhausted result = descend(e);
  if (result != EXHAUSTED_FOUND) return result;
  out->assignments.count = 0;
  qsort(e->chosen, e->depth, sizeof *e->chosen, by_unit_and_month);
  for (size_t i = 0; i < e->depth; i++) *list_add(c->arena, &out->assignments) = e->chosen[i];
  return result;
}
