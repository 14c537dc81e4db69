// SPDX-License-Identifier: Apache-2.0
// The planner's question, asked of the organisation's own units, auditors and diary.
#ifndef DAYBOOK_AUDITS_ORG_UNIVERSE_H
#define DAYBOOK_AUDITS_ORG_UNIVERSE_H

#include "audits/auditor.h"
#include "audits/plan.h"

typedef struct OrgUniverse {
  Universe u; // units and auditors in the order of the lists below
  Units units;
  Auditors auditors;
  Standing *standings; // [unit * auditors + auditor]
  Date start;          // first day of month 0
} OrgUniverse;

typedef struct OrgQuestion {
  Date start;      // DATE_NONE: this month, or the next one after the tenth
  int32_t months;  // 0: to the end of the certificate, at least twelve
  int64_t without; // an auditor who leaves; 0: everybody stays
  bool afresh;     // heed nothing that is in the diary already
} OrgQuestion;
bool org_universe(Context *c, const OrgQuestion *question, OrgUniverse *out);

uint64_t programme_free_months(Context *c, Date start, int32_t months); // bit m: no audits then
int32_t org_unit_place(const OrgUniverse *of, int64_t unit);            // -1: not of it
int32_t org_auditor_place(const OrgUniverse *of, int64_t person);       // -1: not of it
// "12 months after the last audit (at most 12: high priority, yearly); …": why there and by whom.
const char *org_why(Context *c, const OrgUniverse *of, const Plan *plan, const Assignment *at);

#endif
