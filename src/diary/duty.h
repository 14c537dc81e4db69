// SPDX-License-Identifier: Apache-2.0
// Duties as adopted, and the programme before it is adopted: what changing it would breach is said
// before it is changed.
#ifndef DAYBOOK_DUTY_H
#define DAYBOOK_DUTY_H

#include "diary/diary.h"

typedef struct Duty {
  int64_t id, version;
  DutyKind kind;
  const char *key, *title, *why;
  int32_t every_months, maximum_months;
  Anchor anchor;
  Date first, until;
  bool paused;
  Date paused_on;
  const char *pause_reason;
  Owner owner;
  const char *owner_label;
  int64_t site;
} Duty;
typedef struct Duties {
  Duty *items;
  size_t count;
} Duties;
bool duty_get(Context *c, int64_t id, Duty *out);
bool duty_list(Context *c, const char *kind, Duties *out); // kind NULL = all; at most 500

// Breaches of a cadence: one sentence each. Empty = none.
typedef struct Breaches {
  const char **items;
  size_t count, capacity;
} Breaches;
void cadence_breaches(Context *c, const Proposal *duty, int32_t every_months, Breaches *out);

// Before adopting: a choice stands beside the proposal and is used by diary_plan and diary_adopt.
typedef struct DutyChoice {
  const char *key;
  int32_t every_months; // -1 = as proposed
  Date first;           // DATE_NONE = as proposed
  Owner owner;          // both 0 = as proposed
  bool leave_out;
  const char *reason; // needed when it breaches something or leaves the duty out
} DutyChoice;
bool duty_choose(Context *c, const DutyChoice *choice, Breaches *breaches);
// Says, changes nothing.
bool duty_choice_breaches(Context *c, const DutyChoice *choice, Breaches *out);

// After adopting.
// until DATE_NONE: open
bool duty_pause(Context *c, int64_t duty, Date until, const char *reason, int64_t version);
bool duty_resume(Context *c, int64_t duty, int64_t version); // the series goes on where it would be
typedef struct CadenceChange {
  int64_t duty;
  int32_t every_months;
  Anchor anchor;
  const char *reason;
  int64_t version;
} CadenceChange;
bool duty_cadence_breaches(Context *c, const CadenceChange *change, Breaches *out);
bool duty_change_cadence(Context *c, const CadenceChange *change);
bool duty_delegate(Context *c, int64_t duty, Owner owner, const char *reason, int64_t version);

// Derived counts, kept in the same transaction as each change; this rebuilds them from the source.
bool diary_rebuild(Context *c);

// Holidays: of the organisation (site 0) or a site.
bool holiday_add(Context *c, int64_t site, Date on, const char *name, const char *source);
bool holiday_remove(Context *c, int64_t holiday);
// A calendar of public holidays (.ics): whole-day events become holidays. Idempotent.
typedef struct HolidayImport {
  int64_t created, unchanged, refused;
} HolidayImport;
bool holiday_import_bytes(Context *c, int64_t site, const char *bytes, size_t length,
                          HolidayImport *out); // within the cycle; what was not read is counted
bool holiday_import(Context *c, int64_t site, const char *path, HolidayImport *out);

#endif
