// SPDX-License-Identifier: Apache-2.0
// Improvement (10.1, 10.2): where every duty brings what it found, and the actions that follow.
// The rules here work inside the caller's transaction, or open their own; each writes its ledger
// entry. Dates left out (DATE_NONE or zeroed) and NULL texts are filled with what the rules say.
// A finding's further life is in finding.h, an action's in action.h.
#ifndef DAYBOOK_IMPROVEMENT_H
#define DAYBOOK_IMPROVEMENT_H

#include "org/org.h"

typedef enum FindingGrade {
  GRADE_MAJOR, // major nonconformity
  GRADE_MINOR, // minor nonconformity
  GRADE_OBSERVATION,
  GRADE_OPPORTUNITY,
  GRADE_CONFORMITY, // good practice deserves a line; it is noted and needs nothing more
  GRADE_IDEA,
  GRADE_COUNT
} FindingGrade;
const char *grade_name(FindingGrade grade);  // "major", "minor", "observation", … fixed
const char *grade_title(FindingGrade grade); // "Major nonconformity"
bool grade_parse(const char *name, FindingGrade *out);
static inline bool grade_is_nonconformity(FindingGrade grade) {
  return grade == GRADE_MAJOR || grade == GRADE_MINOR;
}

typedef struct FindingRaise {
  const char *title;                            // needed, at most 300 bytes
  const char *statement, *criterion, *evidence; // evidence: what was seen, in words
  FindingGrade grade;
  const char *source; // "audit", "external_audit", "review", "exercise", "training", "incident", …
  int64_t source_object;
  const char *source_title, *source_place; // "/audits/17": the address behind /o/{slug}
  int64_t activity;                        // of the diary; 0 = none. Gives the duty it belongs to
  const char *area;                        // a unit or part of the organisation
  Owner owner;                             // 0, 0 = nobody yet
  Date raised, due;                        // default: today, and what the rules of its grade say
  const char *duty_kind;                   // if no activity says it: "audit", …
  const char *reporter; // who reported it, in their own words; "" and NULL: not said
  bool unsorted;        // reported by somebody who cannot grade it
} FindingRaise;
bool finding_raise(Context *c, const FindingRaise *what, int64_t *id);

// An action for a nonconformity needs its cause and the search elsewhere first (10.2 b); refused
// with what is missing named. Everything else may have actions at once.
typedef struct ActionAdd {
  const char *title, *detail; // title needed, at most 300 bytes
  Owner owner;                // needed
  Date due;                   // needed, not past
  int32_t priority;           // 1 high, 2 normal, 3 low; 0 = normal
  int64_t finding;            // 0 = none
  const char *source;         // as of a finding; "finding" if it belongs to one
  int64_t source_object;
  const char *source_title, *source_place;
} ActionAdd;
bool action_add(Context *c, const ActionAdd *what, int64_t *id);

// ---- what became of them: for the page of the thing they came from ----
typedef struct FindingLine {
  int64_t id, number, version;
  const char *label; // "F-12"
  const char *title, *ref, *owner, *source, *source_title, *area, *duty_kind;
  FindingGrade grade;
  int state;          // enum FindingState in finding.h
  const char *status; // "waiting", "closed", … fixed; "overdue" never: see overdue
  const char *words;  // "Waiting for the effectiveness check"
  bool open, overdue, unsorted;
  Date raised, due, closed_on;
  int64_t actions, actions_open;
} FindingLine;
typedef struct FindingLines {
  FindingLine *items;
  size_t count;
  int64_t total; // of all pages
} FindingLines;
bool findings_of_source(Context *c, const char *source, int64_t object, FindingLines *out);

typedef struct ActionLine {
  int64_t id, version, finding;
  const char *title, *owner, *source, *source_title, *source_place;
  int32_t priority, progress, extensions;
  const char *status; // "open", "under_way", "done", "cancelled": fixed
  bool open, overdue;
  Date due, baseline, done_on;
} ActionLine;
typedef struct ActionLines {
  ActionLine *items;
  size_t count;
  int64_t total;
} ActionLines;
bool actions_of_source(Context *c, const char *source, int64_t object, ActionLines *out);

// ---- who wants to hear (mail): every room's hook, in cli/listeners.c; ends with NULL ----
typedef struct ImprovementNews {
  const char *what; // "finding.major_raised", "finding.given", "action.given", "check.due", …
  int64_t finding, action;
  Owner to;          // whom it concerns
  const char *title; // of the finding or action
  const char *place; // the address behind /o/{slug}
  Date due;
} ImprovementNews;
typedef bool ImprovementListener(Context *c, const ImprovementNews *news); // false with c->error
extern ImprovementListener *const improvement_listeners[];

#endif
