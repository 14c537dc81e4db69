// SPDX-License-Identifier: Apache-2.0
// Rules per grade: how long a finding may take, how long to wait before the effectiveness check,
// and whether top management hears of it. Defaults, until the organisation sets its own.
#ifndef DAYBOOK_GRADE_H
#define DAYBOOK_GRADE_H

#include "improvement/improvement.h"

typedef struct GradeRule {
  int64_t due_days;  // from the day it was raised; 0 = no due date
  int64_t wait_days; // from the last action done to the effectiveness check
  bool tells;        // top management hears of it
  bool own;          // the organisation set it
  const char *why;   // the reason of a default
} GradeRule;
typedef struct GradeRules {
  GradeRule of[GRADE_COUNT];
} GradeRules;
GradeRule grade_default(FindingGrade grade);
bool grade_rules(Context *c, GradeRules *out);
bool grade_rule_set(Context *c, FindingGrade grade, const GradeRule *rule, const char *reason);

#endif
