// SPDX-License-Identifier: Apache-2.0
// What the planner says when no plan keeps every rule: what is proved, and the ways out.
#ifndef DAYBOOK_AUDITS_PLAN_PROOF_H
#define DAYBOOK_AUDITS_PLAN_PROOF_H

#include "audits/plan.h"

// Adds a proved conflict for each rule that nothing can keep; false if none was found.
bool plan_prove_impossible(Context *c, const Universe *u, Plan *out);

// Tries every plan there is, while that takes no more than a fraction of a second.
typedef enum Exhausted {
  EXHAUSTED_FOUND,   // *out has the assignments of a feasible plan
  EXHAUSTED_NONE,    // there is none: a proof
  EXHAUSTED_GIVEN_UP // too many
} Exhausted;
Exhausted plan_exhaust(Context *c, const Universe *u, Plan *out);

// For each broken interval, the ways out by what they cost, from what the plan leaves free.
void plan_ways_out(Context *c, const Universe *u, Plan *plan);

#endif
