// SPDX-License-Identifier: Apache-2.0
// The certification cycle (ISO/IEC 17021-1, 9.1.3): which external audits a certificate asks for.
#ifndef DAYBOOK_CYCLE_H
#define DAYBOOK_CYCLE_H

#include "base/time.h"

#define CYCLE_AUDITS_MAX 8
#define CYCLE_CLEAR_DAYS 30 // at least so long between a management review and an external audit

typedef struct ExternalAudit {
  bool recertification;
  int32_t number;   // of the surveillance: 1, 2, …
  Date due, latest; // nominal date, and the last day the rules leave
  bool year_bound;  // latest is 31 December, else a calendar year would go without
} ExternalAudit;
typedef struct Cycle {
  Date decision, expiry;
  ExternalAudit audits[CYCLE_AUDITS_MAX]; // in order of date; the last is the recertification
  size_t count;
} Cycle;

Date cycle_expiry(Date decision);           // decision + 36 months - 1 day
Cycle cycle_of(Date decision, Date expiry); // expiry DATE_NONE: computed
#endif
