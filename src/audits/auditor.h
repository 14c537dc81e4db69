// SPDX-License-Identifier: Apache-2.0
// Auditors: people of the organisation with that role, and named ones from outside. What each can
// give in a month, and what each may not audit: nobody audits their own work (9.2.2).
#ifndef DAYBOOK_AUDITS_AUDITOR_H
#define DAYBOOK_AUDITS_AUDITOR_H

#include "audits/unit.h"

typedef struct AuditorPerson {
  int64_t person, manager, version;
  const char *name, *outside; // outside: the firm; "" of the organisation
  const char *competences;    // apart by blanks
  int32_t days;               // a month, hundredths of a day
  Date from, until;           // DATE_NONE: open
  bool assumed;               // holds the role, and nobody said yet what they can give
} AuditorPerson;
typedef LIST_OF(AuditorPerson) Auditors;
bool auditors_load(Context *c, Auditors *out);

// name or e-mail of somebody known, or a new name from outside.
bool auditor_put(Context *c, const AuditorPerson *auditor);
bool auditor_from_outside(Context *c, const char *name, const char *firm, AuditorPerson *out);

typedef struct Absence {
  int64_t id, person; // person 0: a blackout for everybody
  const char *name, *reason;
  Date from, until;
} Absence;
typedef LIST_OF(Absence) Absences;
bool absences_load(Context *c, Absences *out);
bool absence_add(Context *c, const Absence *absence);
bool absence_remove(Context *c, int64_t id);

// Of the working days of a month, those on which they are there, as hundredths of a day of audit.
typedef struct WorkdaysOf WorkdaysOf; // the working calendar and the absences
WorkdaysOf *workdays_load(Context *c);
int32_t auditor_capacity(const WorkdaysOf *days, const AuditorPerson *auditor, Date month);

// ---- independence ----
typedef enum Independence {
  INDEPENDENT,
  INDEPENDENT_WARNING,   // worked there within twelve months, or reports to its owner
  INDEPENDENT_EXCEPTION, // would be refused, but an exception is recorded
  DEPENDENT,             // owns or operates it
} Independence;
typedef struct Standing {
  Independence verdict;
  const char *why; // "owns it", "reports to its owner (Anna Weber)"; "" when independent
} Standing;
typedef struct StandingBook StandingBook; // everything that is asked of, read once
StandingBook *standing_book(Context *c);
Standing standing_of(Context *c, const StandingBook *book, const Unit *unit, int64_t person,
                     int64_t manager);

bool worked_there(Context *c, int64_t person, int64_t unit, Date until);
typedef struct AuditException {
  int64_t id, unit, person, approved_by;
  const char *title, *name, *reason, *approver;
  Instant made;
  bool ended;
} AuditException;
typedef LIST_OF(AuditException) AuditExceptions;
bool exceptions_load(Context *c, AuditExceptions *out);
// The approver is not the auditor.
bool exception_add(Context *c, const AuditException *exception);
bool exception_end(Context *c, int64_t id);

#endif
