// SPDX-License-Identifier: Apache-2.0
// How often reviews are held: quarterly in the first cycle year; afterwards proposed from what the
// organisation is and what happened, with the reason. Top management can choose otherwise.
#ifndef DAYBOOK_REVIEWS_CADENCE_H
#define DAYBOOK_REVIEWS_CADENCE_H

#include "diary/profile.h"
#include "reviews/review.h"

// Pure. What happened weighs on top of the profile.
typedef struct CadenceFacts {
  RiskLevel profile;
  int64_t majors_open, incidents, missed; // incidents of high severity in the last twelve months
} CadenceFacts;
RiskLevel cadence_level(const CadenceFacts *facts);
int32_t cadence_months(RiskLevel level); // low 6, medium 3, high 2

typedef struct ReviewCadence {
  int64_t duty; // the one that runs after the first year; 0 if none is adopted
  int32_t now_months, proposed_months;
  const char *why;    // of the proposal, one sentence
  const char *chosen; // who chose otherwise, when and why; ""
} ReviewCadence;
bool cadence_propose(Context *c, ReviewCadence *out);
// Anything but the proposal needs a reason and top management (or the command line); the proposal
// and the choice are kept.
bool cadence_choose(Context *c, int32_t months, const char *reason);

#endif
