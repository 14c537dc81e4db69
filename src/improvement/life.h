// SPDX-License-Identifier: Apache-2.0
// What may be done with a finding. Each refuses while an earlier step is missing, with that step
// named; each is one entry of the ledger. `version` 0: do not compare.
#ifndef DAYBOOK_FINDING_LIFE_H
#define DAYBOOK_FINDING_LIFE_H

#include "improvement/finding.h"

typedef struct FindingWords {
  int64_t finding;
  const char *words;
  Date on; // default: today; not in the future
  int64_t version;
} FindingWords;
bool finding_correct(Context *c, const FindingWords *in);    // what was put right at once
bool finding_contain(Context *c, const FindingWords *in);    // how its effects are held in
bool finding_search_end(Context *c, const FindingWords *in); // what the search elsewhere came to
bool finding_close(Context *c, const FindingWords *in);      // words: what is better than before
bool finding_reopen(Context *c, const FindingWords *in);     // words: why

// ---- the cause, as structure (cause.c) ----
enum { WHYS_MOST = 7, BRANCH_CAUSES_MOST = 12 };
typedef struct CauseKind {
  const char *name, *title;
} CauseKind;
extern const CauseKind cause_kinds[]; // the branches of a fishbone, too; ends with name NULL
typedef struct FindingCause {
  int64_t finding;
  CauseMethod method;
  const char *whys[WHYS_MOST]; // each answers why the one before is so; empty ones at the end
  const char *const *branches; // one text per cause_kinds: a cause a line, "- " before what is
                               // behind the cause above it
  const char *root, *kind;     // the cause that will be removed, and what it is about
  int64_t repeats;             // the finding whose cause it repeats; 0 = none
  int64_t version;
} FindingCause;
bool finding_cause_set(Context *c, const FindingCause *in);

// Findings of the last two years whose cause reads alike; most alike first, at most five.
typedef struct Alike {
  int64_t id, number;
  const char *title, *cause, *words; // words: "3 words in common, both Process"
  Date on;
  int32_t percent;
} Alike;
typedef LIST_OF(Alike) Alikes;
bool finding_alike(Context *c, int64_t id, const char *cause, const char *kind, Alikes *out);

// ---- where else (elsewhere.c) ----
typedef struct PlaceLooked {
  int64_t finding;
  const char *kind; // site, system, team, supplier, unit, finding, other
  int64_t object;
  const char *title, *note;
  bool there; // it exists there, too
  int64_t version;
} PlaceLooked;
bool finding_look(Context *c, const PlaceLooked *in);
typedef struct Candidate {
  const char *kind, *title, *place;
  int64_t object;
} Candidate;
typedef LIST_OF(Candidate) Candidates;
// Where it might be, too: everything of the organisation, or what contains the words.
bool finding_candidates(Context *c, int64_t id, const char *words, Candidates *out);

// ---- everything that is no nonconformity ----
typedef struct FindingDecision {
  int64_t finding;
  Decision decision;
  const char *reason; // of parking and declining
  Date until;         // of parking
  int64_t version;
} FindingDecision;
bool finding_decide(Context *c, const FindingDecision *in);
// What was parked until a day that has come is to be decided again; its clock runs from that day.
bool finding_return(Context *c);

// ---- whose it is, and how grave ----
typedef struct FindingSort {
  int64_t finding;
  FindingGrade grade;
  const char *reason; // needed once it was sorted
  int64_t version;
} FindingSort;
bool finding_sort(Context *c, const FindingSort *in);
typedef struct FindingGive {
  int64_t finding;
  Owner owner;        // 0, 0 = as it is
  Date due;           // DATE_NONE = as it is
  const char *reason; // needed to change a due date
  int64_t version;
} FindingGive;
bool finding_give(Context *c, const FindingGive *in);

// ---- the effectiveness check (check.c) ----
typedef struct FindingCheck {
  int64_t finding;
  bool effective;
  const char *result;
  Date on;
  bool cause_was_wrong; // not effective: look for the cause anew, else for more actions
  int64_t version;
} FindingCheck;
// By c->actor, who must not have done any of it, unless finding_allow was given to them.
bool finding_check(Context *c, const FindingCheck *in);
// c->actor, who did nothing of it either, lets the checker check their own work. Stays visible.
bool finding_allow(Context *c, int64_t finding, int64_t checker, const char *reason,
                   int64_t version);
bool finding_seen(Context *c, int64_t finding); // c->actor has seen the notice

#endif
