// SPDX-License-Identifier: Apache-2.0
// How far a finding is: read off what is recorded, so that no step can be claimed.
#include "improvement/work.h"

static const struct {
  const char *name, *title;
} STEPS[STEP_COUNT] = {
    [STEP_RAISED] = {"raised", N_("Raised")},
    [STEP_CORRECTED] = {"corrected", N_("Corrected")},
    [STEP_CONTAINED] = {"contained", N_("Contained")},
    [STEP_CAUSE_KNOWN] = {"cause_known", N_("Cause known")},
    [STEP_SEARCHED] = {"searched", N_("Looked for elsewhere")},
    [STEP_ACTING] = {"acting", N_("Actions under way")},
    [STEP_WAITING] = {"waiting", N_("Waiting for its check")},
    [STEP_EFFECTIVE] = {"effective", N_("Found effective")},
    [STEP_CLOSED] = {"closed", N_("Closed")},
    [STEP_PARKED] = {"parked", N_("Parked")},
    [STEP_DECLINED] = {"declined", N_("Declined")},
    [STEP_NOTED] = {"noted", N_("Noted")},
};

const char *step_name(FindingState state) {
  return (unsigned)state < STEP_COUNT ? STEPS[state].name : "raised";
}

const char *step_title(FindingState state) {
  return (unsigned)state < STEP_COUNT ? _(STEPS[state].title) : "";
}

static FindingState step_of_nonconformity(const StepFacts *f) {
  if (!f->corrected) return STEP_RAISED;
  if (!f->contained) return STEP_CORRECTED;
  if (!f->cause) return STEP_CONTAINED;
  if (!f->searched) return STEP_CAUSE_KNOWN;
  if (f->actions_open == 0 && f->actions_done == 0) return STEP_SEARCHED;
  if (f->actions_open > 0) return STEP_ACTING;
  return f->effective ? STEP_EFFECTIVE : STEP_WAITING;
}

FindingState step_of(const StepFacts *f) {
  if (f->closed) return STEP_CLOSED;
  if (f->grade == GRADE_CONFORMITY) return STEP_NOTED;
  if (grade_is_nonconformity(f->grade)) return step_of_nonconformity(f);
  switch (f->decision) {
  case DECISION_ACT: return STEP_ACTING;
  case DECISION_PARK: return STEP_PARKED;
  case DECISION_DECLINE: return STEP_DECLINED;
  case DECISION_NONE: break;
  }
  return STEP_RAISED;
}

StepFacts step_facts(const SqlFindingByIdRow *row) {
  return (StepFacts){.grade = (FindingGrade)row->grade,
                     .corrected = !date_is_none(row->corrected_on),
                     .contained = !date_is_none(row->contained_on),
                     .cause = !date_is_none(row->cause_on),
                     .searched = !date_is_none(row->extent_on),
                     .effective = row->effective > 0,
                     .closed = !date_is_none(row->closed_on),
                     .decision = (Decision)row->decision,
                     .actions_open = row->actions_open,
                     .actions_done = row->actions_done};
}
