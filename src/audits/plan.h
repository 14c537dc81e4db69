// SPDX-License-Identifier: Apache-2.0
// A plan for a universe: the planner's answer, and the independent checker that must accept it.
#ifndef DAYBOOK_AUDITS_PLAN_H
#define DAYBOOK_AUDITS_PLAN_H

#include "audits/universe.h"

typedef struct Assignment {
  int32_t unit, month, auditor; // indices into the universe
} Assignment;

typedef struct PlanConflict {
  const char *rule;   // "interval", "capacity", "competence", "conflict", "blackout", "shape"
  const char *unit;   // id, or "" for a rule of the whole
  const char *text;   // what is broken, in words
  bool proved;        // no plan at all can keep this rule
  int32_t unit_index; // 1 + its place in the universe; 0: none
  int32_t after, by;  // of a gap: after which month, and by which an audit is wanted
  LIST_OF(const char *) ways_out;
} PlanConflict;

typedef struct Plan {
  bool feasible;
  double objective; // Σ risk × months since the last audit, at the end of each month
  LIST_OF(Assignment) assignments;
  LIST_OF(PlanConflict) conflicts;
  LIST_OF(PlanConflict) strays; // of a plan that was read: what is not of this universe
} Plan;

typedef struct PlanSearch {
  uint64_t seed;
  int64_t steps;  // 0 = from the size
  double seconds; // > 0: stop at this time instead (not reproducible)
  bool (*progress)(void *user, double share, double objective, bool feasible); // false cancels
  void *user;
  double first_feasible_seconds; // out: -1 if none was found
} PlanSearch;

// Simulated annealing over add, shift, exchange and reassign. Always returns its best plan; if that
// breaks a rule, `conflicts` says which, for which unit, whether that is proved, and the ways out.
bool plan_search(Context *c, const Universe *universe, PlanSearch *search, Plan *out);

// The independent checker: shares no code with the search. Recomputes the objective.
bool plan_check(Context *c, const Universe *universe, Plan *plan); // sets feasible, conflicts

bool plan_read(Context *c, const Universe *universe, const char *json, size_t length, Plan *out);
char *plan_json(Context *c, const Universe *universe, const Plan *plan);
// The linear relaxation whose optimum bounds every plan from below, in CPLEX LP format.
bool plan_write_lp(Context *c, const Universe *universe, const char *path);

#endif
