// SPDX-License-Identifier: Apache-2.0
// One finding and its life. A nonconformity: correct → contain → cause → elsewhere → act → wait →
// checked by somebody else → closed, or round again. Everything else: decide, act, close. No step
// can be left out: finding_gaps names what is missing. `version` 0 means "do not compare".
#ifndef DAYBOOK_FINDING_H
#define DAYBOOK_FINDING_H

#include "diary/diary.h"
#include "improvement/improvement.h"

typedef enum FindingState {
  STEP_RAISED,
  STEP_CORRECTED,
  STEP_CONTAINED,
  STEP_CAUSE_KNOWN,
  STEP_SEARCHED, // elsewhere
  STEP_ACTING,
  STEP_WAITING, // all actions done; the effectiveness check comes after a time
  STEP_EFFECTIVE,
  STEP_CLOSED, // from here on it is not open
  STEP_PARKED,
  STEP_DECLINED,
  STEP_NOTED,
  STEP_COUNT
} FindingState;
const char *step_name(FindingState state);  // "raised": fixed
const char *step_title(FindingState state); // "Raised"

typedef enum CauseMethod { CAUSE_NONE, CAUSE_WHYS, CAUSE_FISHBONE, CAUSE_AS_WRITTEN } CauseMethod;
typedef enum Decision { DECISION_NONE, DECISION_ACT, DECISION_PARK, DECISION_DECLINE } Decision;

typedef struct Finding {
  FindingLine line;
  FindingState state;
  int64_t source_object, activity, item, repeats, round;
  const char *statement, *criterion, *seen, *source_place, *reporter, *raised_by;
  Owner owner;
  Date baseline;
  bool imported, worked_on; // as a file tells it; and whether people have worked on it since
  const char *correction, *containment, *cause, *cause_kind, *extent, *decision_reason, *improved;
  Date corrected_on, contained_on, cause_on, extent_on, parked_until, check_from;
  CauseMethod method;
  Decision decision;
  const char *closed_by;
  int64_t places, actions_done, checks; // of this round; checks: effective ones
} Finding;
bool finding_get(Context *c, int64_t id, Finding *out); // not_found if it is not of c->org

// Pure: how far it is, from what is recorded of this round.
typedef struct StepFacts {
  FindingGrade grade;
  bool corrected, contained, cause, searched, effective, closed;
  Decision decision;
  int64_t actions_open, actions_done;
} StepFacts;
FindingState step_of(const StepFacts *facts);

// What is missing before it can be closed, in the order of the steps.
bool finding_gaps(Context *c, int64_t id, Gaps *gaps);

bool improvement_rebuild(Context *c); // what the search finds of findings and actions, anew

// What was done on stays: for the evidence store (cli/witnesses.c).
bool finding_may_lose_evidence(Context *c, int64_t finding);
bool action_may_lose_evidence(Context *c, int64_t action);
bool action_evidence_changed(Context *c, int64_t object); // of either; nothing is derived

#endif
