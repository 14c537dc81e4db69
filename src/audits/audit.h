// SPDX-License-Identifier: Apache-2.0
// One audit (9.2.2, ISO 19011): planned, done, reported, concluded. It stands beside its activity
// of the diary, which says when, and whether it is concluded. `version` 0: do not compare.
// An auditor never audits an area they own or operate, unless an exception is recorded for ever.
#ifndef DAYBOOK_AUDIT_H
#define DAYBOOK_AUDIT_H

#include "diary/diary.h"
#include "improvement/improvement.h"

typedef enum AuditKind {
  AUDIT_INTERNAL,
  AUDIT_CERTIFICATION,
  AUDIT_SURVEILLANCE,
  AUDIT_SUPPLIER, // we audit a supplier
  AUDIT_CUSTOMER, // a customer audits us
  AUDIT_KIND_COUNT
} AuditKind;
const char *audit_kind_name(AuditKind kind);  // "internal": fixed
const char *audit_kind_title(AuditKind kind); // "Internal audit"
bool audit_kind_parse(const char *name, AuditKind *out);

typedef enum AuditState {
  AUDIT_PLANNED,
  AUDIT_UNDER_WAY,
  AUDIT_CONCLUDED,
  AUDIT_CANCELLED,
  AUDIT_REOPENED
} AuditState;
const char *audit_state_name(AuditState state);
const char *audit_state_title(AuditState state);

typedef struct Audit {
  int64_t id, activity, version;
  AuditKind kind;
  AuditState state;
  const char *title, *objective, *criteria, *scope, *method, *body, *summary;
  const char *started_by, *concluded_by;
  Instant notified, started, issued, concluded; // INSTANT_NONE: not yet
  Date due, latest, held_on;
  bool open;     // planned, under way or reopened: may be changed
  bool external; // findings of others: needs no checklist
} Audit;
bool audit_get(Context *c, int64_t id, Audit *out); // not_found if it is not of c->org

// From an activity of the diary (audit, or an external audit), or, with activity 0, ad hoc.
typedef struct AuditPlan {
  int64_t activity;
  AuditKind kind;
  const char *title, *objective, *criteria, *scope, *method, *body; // NULL: as is usual
  Date due;                                                         // ad hoc
} AuditPlan;
bool audit_create(Context *c, const AuditPlan *plan, int64_t *id);
// An audit that was held before, as a file tells it: the record beside an activity that entered the
// diary as history. No gate is asked; nothing of it changes any more, but it can be added to.
typedef struct AuditHistory {
  int64_t activity;
  AuditKind kind;
  const char *title, *body, *summary; // body: who audited, as the file says
} AuditHistory;
bool audit_enter_history(Context *c, const AuditHistory *history, int64_t *id);
bool audit_change_plan(Context *c, int64_t audit, const AuditPlan *plan, int64_t version);

// ---- scope ----
// what: a group ("access"), a control or clause ("A.5.15", "9.2.1"), "site:3", "item:17" (an entry
// of a register), "unit:4", or free words. Owner and operator are taken from what is known.
// auditor: whose of the team it is, 0: everybody's. Refused if it is not theirs to audit.
bool audit_area_add(Context *c, int64_t audit, const char *what, int64_t auditor, int64_t *id);
typedef struct AreaChange {
  int64_t audit, area;
  Owner owner, operator_;
  int64_t auditor; // 0: the whole team
} AreaChange;
bool audit_area_change(Context *c, const AreaChange *change);
bool audit_area_remove(Context *c, int64_t audit, int64_t area);

// ---- team and independence ----
typedef struct AuditMember {
  int64_t audit, person;
  const char *part;    // lead, auditor, expert, observer
  const char *outside; // the firm of one from outside; NULL or "": of the organisation
  Date worked_until;   // worked in an area of this audit until then
  const char *reason;  // when somebody is swapped in after the start
} AuditMember;
// Refused if the person owns or operates an area that is theirs to audit and no exception is there.
bool audit_member_add(Context *c, const AuditMember *member);
bool audit_member_leave(Context *c, int64_t audit, int64_t person, const char *reason);

typedef struct Bias {
  int64_t person, area;
  const char *name, *area_title, *words; // "owns A.5.19"
  bool hard, waived;                     // hard: refused unless waived; else a warning
} Bias;
typedef LIST_OF(Bias) Biases;
// person 0: the whole team; area 0: every area that is the person's to audit.
bool audit_biases(Context *c, int64_t audit, int64_t person, int64_t area, Biases *out);
typedef struct AuditWaiver {
  int64_t audit, person, area; // area 0: the whole audit
  const char *reason;
  int64_t approver; // 0: who records it. Neither of the two may be the auditor
} AuditWaiver;
// Counts at once if the actor approves it themselves, else when the approver confirms it.
bool audit_waive(Context *c, const AuditWaiver *waiver);
bool audit_waiver_confirm(Context *c, int64_t audit, int64_t waiver); // the approver alone

// ---- auditees, timetable, start, end ----
bool audit_auditee_put(Context *c, int64_t audit, int64_t person, const char *part, bool present);
bool audit_notify(Context *c, int64_t audit); // auditees become participants of the activity
typedef struct AuditSlot {
  int64_t audit;
  Date on;
  const char *at, *what, *who;
} AuditSlot;
bool audit_slot_add(Context *c, const AuditSlot *slot, int64_t *id);
bool audit_slot_drop(Context *c, int64_t audit, int64_t slot);
bool audit_start(Context *c, int64_t audit); // independence is looked at again
bool audit_gaps(Context *c, int64_t audit, Gaps *gaps);
bool audit_gate(Context *c, int64_t activity, Gaps *gaps); // for the diary: Room.gate
bool audit_summarise(Context *c, int64_t audit, const char *summary);
bool audit_conclude(Context *c, int64_t audit, int64_t version); // and its activity
bool audit_reopen(Context *c, int64_t audit, const char *reason);
bool audit_note(Context *c, int64_t audit, const char *body); // an addition, also after the end

// ---- findings and report ----
typedef struct AuditFinding {
  int64_t audit, id, item; // id 0: a new one
  FindingGrade grade;
  const char *title, *criterion, *evidence, *statement;
  Owner owner;
  Date due;
  int64_t version;
} AuditFinding;
bool audit_finding_put(Context *c, const AuditFinding *finding, int64_t *id);
bool audit_finding_answer(Context *c, int64_t finding, bool agreed, const char *words);
bool audit_finding_withdraw(Context *c, int64_t finding, const char *reason);
bool audit_finding_raise(Context *c, int64_t finding); // into the improvement register, now
// To named management: raises what is not raised yet. people: person ids.
bool audit_issue(Context *c, int64_t audit, const int64_t *people, size_t count);
bool audit_acknowledge(Context *c, int64_t audit); // the actor has read the last report

#endif
