// SPDX-License-Identifier: Apache-2.0
// One activity: what it is, what it needs, what happened to it, and everything that may change it.
// `version` 0 means "do not compare"; another value than the stored one is a conflict.
#ifndef DAYBOOK_ACTIVITY_H
#define DAYBOOK_ACTIVITY_H

#include "diary/diary.h"

typedef enum ItemState { ITEM_OPEN, ITEM_DONE, ITEM_NOT_APPLICABLE } ItemState;
typedef struct ActivityItem {
  int64_t id;
  const char *text;
  ItemState state;
  const char *reason;     // of not applicable; else ""
  const char *changed_by; // name, "" if never changed
  Instant changed;
} ActivityItem;
typedef struct ActivityMoveLine {
  Date from, to;
  const char *reason, *by;
  Instant at;
} ActivityMoveLine;
typedef struct ActivityNote { // a comment, or a correction of what was concluded
  int64_t id;
  bool correction;
  const char *body, *by;
  Instant at;
} ActivityNote;
typedef struct ActivityPerson {
  int64_t person;
  const char *name, *part;
} ActivityPerson;

typedef struct Activity {
  int64_t id, duty, version, sequence;
  DutyKind kind;
  const char *uid, *title, *stage, *why; // stage "" unless surveillance
  const char *duty_title, *duty_key;
  State state;
  Status status;
  Date series, baseline, earliest, due, latest, held_on;
  int32_t slip_days; // due (or held_on once concluded) - baseline
  int32_t start_minute, duration_minutes;
  int64_t site, system;
  const char *site_name, *time_zone; // of the site, else of the organisation
  Owner owner;
  const char *owner_label;
  const char *result, *cancel_reason;
  bool imported;         // entered as history: no gate
  int64_t superseded_by; // the activity that took its place, or 0
  Instant concluded;
  const char *concluded_by;
} Activity;
typedef struct ActivityDetail {
  Activity activity;
  LIST_OF(ActivityItem) items;
  LIST_OF(ActivityMoveLine) moves;
  LIST_OF(ActivityNote) notes;
  LIST_OF(ActivityPerson) people;
  Gaps gaps;          // of an open one: what is missing before it concludes
  const char *breach; // what its present date breaches, or NULL
} ActivityDetail;

bool activity_get(Context *c, int64_t id, Activity *out); // not_found if it is not of c->org
bool activity_detail(Context *c, int64_t id, ActivityDetail *out);

// What a new date would breach ("14 months since the last one; the most is 12"), or NULL.
// Moving is allowed all the same: it is said, and recorded with the move.
const char *activity_move_breach(Context *c, int64_t activity, Date due);
typedef struct ActivitySchedule {
  int64_t activity;
  int32_t start_minute, duration_minutes; // of the day, in the site's zone
  int64_t version;
} ActivitySchedule;
bool activity_schedule(Context *c, const ActivitySchedule *schedule); // time agreed: scheduled
bool activity_start(Context *c, int64_t activity, int64_t version);   // under way
bool activity_delegate(Context *c, int64_t activity, Owner owner, const char *reason,
                       int64_t version);
bool activity_comment(Context *c, int64_t activity, const char *body);
bool activity_correct(Context *c, int64_t activity, const char *body); // after it has ended
bool activity_item_set(Context *c, int64_t item, ItemState state, const char *reason);
bool activity_item_add(Context *c, int64_t activity, const char *text, int64_t *id);
bool activity_participant(Context *c, int64_t activity, int64_t person, const char *part,
                          bool present);
// What was concluded on stays: evidence that was wrong is withdrawn with a reason, not taken off.
bool activity_may_lose_evidence(Context *c, int64_t activity);
// Call after evidence was taken from an activity: the freshness of its duty is derived.
bool activity_evidence_changed(Context *c, int64_t activity);
// Earlier work enters as history: concluded without a gate, marked as imported. It was held before
// the programme's start, and concludes nothing that is planned since then or waits for a room's
// gate; it stands beside that, as its own activity of `duty`.
typedef struct ActivityHistory {
  int64_t duty;
  Date held_on;
  const char *title, *result; // title NULL: the duty's
  bool of_register;           // a register says that it was held: since the start, too
} ActivityHistory;
bool activity_import(Context *c, const ActivityHistory *history, int64_t *activity);
// One activity beside the laid-out series, of a duty without a cadence that is made when first
// needed (duty_key, duty_title, duty_why). A day in the past is allowed: it is late at once.
typedef struct ActivityAdd {
  const char *duty_key, *duty_title, *duty_why;
  DutyKind kind;
  const char *title, *why, *stage; // stage NULL: none
  Date due;
  int32_t lead_days, tolerance_days, start_minute, duration_minutes;
  int64_t site;
  Owner owner;
} ActivityAdd;
bool activity_add(Context *c, const ActivityAdd *add, int64_t *id);
// A room's own plan takes the place of a placeholder: cancelled with a link, its baseline stays.
bool activity_supersede(Context *c, int64_t activity, int64_t by, const char *reason);

// Denied where the actor may change activities, but not this one; not_found if there is none.
bool activity_is_theirs(Context *c, int64_t activity);

// Lists. Pages of at most 200; status is derived as of c->today.
typedef enum ActivitySort { ACTIVITY_BY_DUE, ACTIVITY_BY_TITLE, ACTIVITY_BY_KIND } ActivitySort;
typedef struct ActivityFilter {
  const char *kind;   // duty kind name, NULL = all
  const char *status; // status name, "open", NULL = all
  const char *text;   // part of the title
  int64_t duty, owner_person;
  Date from, to; // due between, inclusive; DATE_NONE = open ended
  ActivitySort sort;
  bool descending;
  int64_t offset, limit; // limit 0 = 50
} ActivityFilter;
typedef struct ActivityLine {
  int64_t id, duty, version;
  DutyKind kind;
  const char *title, *stage, *why, *owner;
  Status status;
  Date baseline, earliest, due, latest, held_on;
  int32_t slip_days;
  int32_t days; // until due; negative = days overdue
} ActivityLine;
typedef struct ActivityLines {
  ActivityLine *items;
  size_t count, capacity;
  int64_t total; // of all pages
} ActivityLines;
ActivityFilter activity_filter(void); // everything, by due date
bool activity_list(Context *c, const ActivityFilter *filter, ActivityLines *out);

#endif
