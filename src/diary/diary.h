// SPDX-License-Identifier: Apache-2.0
// The heart: duties have a cadence and a reason; they put activities in the diary; an activity runs
// planned → scheduled → under way → concluded, or is cancelled with a reason. Late and missed are
// never stored: they are read off the dates (rules 1 and 2 of docs/domain.md).
#ifndef DAYBOOK_DIARY_H
#define DAYBOOK_DIARY_H

#include "org/org.h"

typedef enum DutyKind {
  DUTY_COMMUNICATION,
  DUTY_AUDIT,
  DUTY_MANAGEMENT_REVIEW,
  DUTY_TRAINING,
  DUTY_EXERCISE_CONTINUITY,
  DUTY_EXERCISE_EVACUATION,
  DUTY_EXERCISE_RECOVERY,
  DUTY_RISK_WORKSHOP,
  DUTY_IMPROVEMENT,
  DUTY_SURVEILLANCE,
  DUTY_CONTROL_CHECK,
  DUTY_KIND_COUNT
} DutyKind;
const char *duty_kind_name(DutyKind kind);  // "management_review": fixed, in paths and JSON
const char *duty_kind_title(DutyKind kind); // "Management review"
bool duty_kind_parse(const char *name, DutyKind *out);

// A fixed series, or from the last completion.
typedef enum Anchor { ANCHOR_FIXED, ANCHOR_COMPLETION } Anchor;

// A duty as proposed by a room (audits/, reviews/, …) or a register's "Next Review" column.
typedef struct Proposal {
  const char *key; // stable, unique in the organisation: "audit.quarterly"
  DutyKind kind;
  const char *title, *why; // why: the rule and the inputs, in one sentence
  int32_t every_months;    // cadence; 0 = once
  int32_t maximum_months;  // largest tolerable gap between two; 0 = none
  Anchor anchor;
  Date first;                // series date of the first activity
  Date until;                // every activity is due before it (usually expiry)
  Date series_from;          // optional: the series is series_from + (series_months + every * k)
  int32_t series_months;     //   months: 31 August + 3 + 3 is 28 February; else it starts at first
  Date last;                 // last known time it was done; DATE_NONE or zeroed = the decision
  const char *const *titles; // optional, NULL-ended: titles taken in turn ("… clauses 4–6")
  const struct ProposalDate *dates; // optional: these dates instead of a series
  size_t date_count;
  int32_t lead_days;                      // earliest = due - lead_days
  int32_t tolerance_days;                 // latest = due + tolerance_days
  int32_t start_minute, duration_minutes; // of the day, in the site's zone
  int64_t site, system, register_item;    // 0 = none
  Owner owner;
} Proposal;
// A date of its own: an external audit (hard latest), or what prepares one a number of days before.
typedef struct ProposalDate {
  const char *title, *stage, *why;
  Date series, latest;      // latest is hard: due is never after it
  int32_t prepares;         // 1 + index of the date it prepares in the same list; 0 = none
  int32_t days_before;      // with prepares: days before that date as planned
  int32_t duration_minutes; // 0 = the duty's
} ProposalDate;
typedef struct PlannedActivity {
  const Proposal *duty;
  const char *title, *stage; // stage: surveillance only: readiness, surveillance, recertification
  Date series, earliest, due, latest; // series: the nominal date; due: a working day near it
  const char *why;
  int32_t ordinal, duration_minutes; // 1, 2, … within the duty
} PlannedActivity;

typedef enum State {
  STATE_PLANNED,
  STATE_SCHEDULED,
  STATE_UNDER_WAY,
  STATE_CONCLUDED,
  STATE_CANCELLED
} State;
typedef enum Status {
  STATUS_PLANNED,
  STATUS_SCHEDULED,
  STATUS_UNDER_WAY,
  STATUS_LATE,
  STATUS_MISSED,
  STATUS_CONCLUDED,
  STATUS_CANCELLED
} Status;
// The one rule of lateness: open and today > latest: missed; open and today > due: late.
Status activity_status(State state, Date due, Date latest, Date today);
const char *status_name(Status status);

// Every room declares itself once (src/<room>/<room>.h: extern const Room …_room) and src/rooms.c
// lists them, so that the diary knows no room.
typedef struct Gap {
  const char *what, *how;
} Gap; // what is missing, how to mend it
typedef LIST_OF(Gap) Gaps;
typedef LIST_OF(Proposal) Proposals;
typedef LIST_OF(PlannedActivity) PlannedActivities;
struct Quorum;
struct Prompts;
typedef struct Room {
  DutyKind kind;
  const char *name, *purpose, *clauses; // "Internal audits", one sentence, "9.2"
  void (*propose)(Context *c, const Facts *facts, Proposals *out); // pure: no database
  const char *const *checklist; // default items for an activity; ends with NULL
  bool (*gate)(Context *c, int64_t activity, Gaps *gaps); // NULL = the diary's own gate
  bool gate_anywhere; // its record may hang on an activity of another room: its gate is asked
                      // there, too
  const char *place;  // its own page of an activity: "/reviews/" and the number; NULL = none
  const char *place_name;  // what leads there, where it is not the room's name; NULL = that
  const char *place_stage; // only activities of another stage than this have it; NULL = all
  bool place_beside;       // the diary concludes it all the same; what is there is asked, too
  const char *reads;  // the permission that page needs; NULL = everybody may
  // Who must be there (diary/meeting.h); NULL = nobody in particular.
  bool (*quorum)(Context *c, int64_t activity, struct Quorum *out);
  // What is missing before it can begin; NULL = what its gate says.
  bool (*preparation)(Context *c, int64_t activity, Gaps *gaps);
  // What is to be ready around its activities (diary/prompt.h); NULL = nothing.
  bool (*prompts)(Context *c, struct Prompts *out);
} Room;
extern const Room *const diary_rooms[]; // src/rooms.c lists every room; ends with NULL
const Room *diary_room(DutyKind kind);  // NULL if none serves that kind

// Rules (diary/*.c); each returns false with c->error set.
// Pure: no database.
bool diary_propose(Context *c, const Facts *facts, Proposals *duties,
                   PlannedActivities *activities);
// From org_facts and registers, with the organisation's choices, minus what is adopted.
bool diary_plan(Context *c, Proposals *duties, PlannedActivities *activities);
bool diary_adopt(Context *c, int64_t *duties, int64_t *activities); // idempotent by key
// A register proposes a recurring check; it is kept until adopted.
bool duty_propose_check(Context *c, const Proposal *check);
typedef struct ActivityMove {
  int64_t activity;
  Date due;
  const char *reason;
  int64_t version; // 0 = do not compare
} ActivityMove;
bool activity_move(Context *c, const ActivityMove *move);
bool activity_cancel(Context *c, int64_t activity, const char *reason, int64_t version);
typedef struct ActivityResult {
  int64_t activity;
  Date held_on;
  const char *result;
  int64_t version;
} ActivityResult;
bool activity_record(Context *c, const ActivityResult *result);
// What is missing before it can conclude.
bool activity_gaps(Context *c, int64_t activity, Gaps *gaps);
// Refuses with every gap named.
bool activity_conclude(Context *c, int64_t activity, int64_t version);

#endif
