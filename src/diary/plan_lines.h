// SPDX-License-Identifier: Apache-2.0
// The whole programme as lines: what is in the diary, and what is proposed and not adopted yet.
#ifndef DAYBOOK_PLAN_LINES_H
#define DAYBOOK_PLAN_LINES_H

#include "diary/activity.h"

typedef struct PlanLine {
  const char *id; // the activity's number, or key/ordinal of a proposal
  bool proposed;
  int64_t duty; // 0 while proposed
  DutyKind kind;
  State state;
  const char *title, *stage, *owner, *why;
  Date baseline, earliest, due, latest, held_on;
} PlanLine;
typedef LIST_OF(PlanLine) PlanLines;
bool plan_lines(Context *c, PlanLines *out); // by due date

#endif
