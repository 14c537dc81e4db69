// SPDX-License-Identifier: Apache-2.0
// The audit programme (9.2.2): versions that are searched, proposed, edited, adopted and followed.
// Adopting makes the diary's activities; the first dates of those stay as the baseline.
#ifndef DAYBOOK_AUDITS_PROGRAMME_H
#define DAYBOOK_AUDITS_PROGRAMME_H

#include "audits/org_universe.h"
#include "diary/diary.h"

typedef enum ProgrammeState {
  PROGRAMME_SEARCHING,
  PROGRAMME_PROPOSED,
  PROGRAMME_ADOPTED,
  PROGRAMME_SUPERSEDED, // by a later version
  PROGRAMME_DISCARDED,
} ProgrammeState;
const char *programme_state_name(ProgrammeState state); // "proposed"

typedef struct AuditProgramme {
  int64_t id, number, version;
  ProgrammeState state;
  Date start;
  int32_t months, progress; // progress: percent of the search
  int64_t seed, steps;
  bool feasible, stop, lost; // lost: the search was not heard of for a while
  double staleness;
  const char *failure, *proposer, *approver, *exception, *plan_hash;
  int64_t proposed_by;
  Instant proposed, adopted;
} AuditProgramme;
bool audit_programme_get(Context *c, int64_t id, AuditProgramme *out);
// The latest one in that state; false without error if there is none.
bool audit_programme_latest(Context *c, ProgrammeState state, AuditProgramme *out);

typedef struct ProgrammeAudit {
  int64_t id, unit, auditor, activity;
  const char *unit_title, *auditor_name, *why;
  UnitKind unit_kind;
  Date month;
  bool by_hand;
  int32_t effort;
  State state; // of the activity, once there is one
  Date baseline, due, latest, held_on;
  int64_t activity_version;
} ProgrammeAudit;
typedef LIST_OF(ProgrammeAudit) ProgrammeAudits;
bool audit_programme_audits(Context *c, int64_t id, ProgrammeAudits *out);

typedef struct ProgrammeBreach {
  const char *rule, *title, *words, *ways_out; // ways_out: one a line, the cheapest first
  int64_t unit;
  bool proved;
} ProgrammeBreach;
typedef LIST_OF(ProgrammeBreach) ProgrammeBreaches;
bool audit_programme_breaches(Context *c, int64_t id, ProgrammeBreaches *out);

// ---- searching ----
// Builds the universe and makes a version that waits for its search.
bool audit_programme_start(Context *c, int64_t seed, int64_t steps, int64_t *id);
// Runs that search; its progress stands in the version, and somebody may ask it to stop.
// Makes its own transactions.
typedef void SearchProgress(void *user, int32_t percent, bool feasible);
bool audit_programme_search(Context *c, int64_t id, SearchProgress *progress, void *user);
bool audit_programme_stop(Context *c, int64_t id);
bool audit_programme_discard(Context *c, int64_t id, int64_t version);

// ---- editing a proposal by hand; each says what it breaks ----
typedef struct ProgrammeEdit {
  int64_t programme, assignment; // assignment 0: a new audit of `unit`
  int64_t unit, auditor;         // auditor 0: as it is, else whoever is free
  Date month;                    // DATE_NONE: the audit is taken out
} ProgrammeEdit;
typedef LIST_OF(const char *) Sentences;
// Changes nothing; `breaks` is what would be broken that is not broken now, `mends` the reverse.
bool audit_programme_try(Context *c, const ProgrammeEdit *edit, Sentences *breaks,
                         Sentences *mends);
bool audit_programme_edit(Context *c, const ProgrammeEdit *edit, Sentences *breaks);
bool audit_programme_check(Context *c, int64_t id); // the independent checker, on what stands there

// ---- adopting ----
typedef struct ProgrammeChange {
  int64_t unit;
  const char *title, *what; // "moved from May 2026 to July 2026", "new in …", "no longer in …"
} ProgrammeChange;
typedef struct ProgrammeComparison {
  LIST_OF(ProgrammeChange) changes;
  int64_t same, moved, added, dropped, reassigned;
} ProgrammeComparison;
bool audit_programme_compare(Context *c, int64_t id, ProgrammeComparison *out);
// The proposer does not approve, unless `exception` says why. Refused while a rule is broken.
bool audit_programme_adopt(Context *c, int64_t id, const char *exception, int64_t version);

// ---- what is written down about the programme as such ----
typedef struct Charter {
  const char *objectives, *responsibilities, *methods, *criteria, *reporting;
  int32_t travel, moves, effort, warning, crowd; // how much the planner weighs what is not a rule
  int64_t version;                        // 0: nothing was written down yet
} Charter;
bool charter_get(Context *c, Charter *out); // with suggestions where nothing stands
bool charter_put(Context *c, const Charter *charter);

// ---- inside ----
bool programme_plan_of(Context *c, const OrgUniverse *of, const ProgrammeAudits *audits, Date start,
                       Plan *out);
bool programme_write_breaches(Context *c, int64_t id, const OrgUniverse *of, const Plan *plan);

#endif
