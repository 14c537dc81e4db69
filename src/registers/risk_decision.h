// SPDX-License-Identifier: Apache-2.0
// What management decided about a risk (6.1.3, 8.3): accepted until a day by somebody who answers
// for it, to be treated, or to be looked at again. It changes the risk's entry, so that its version
// and the ledger say what it said before, and stands beside it with the way back.
#ifndef DAYBOOK_RISK_DECISION_H
#define DAYBOOK_RISK_DECISION_H

#include "diary/decided.h"

typedef enum RiskDecided { RISK_ACCEPTED, RISK_TREATED, RISK_LOOK_AGAIN } RiskDecided;
// `why` says who decided it and where; its object is the risk, its `until` the day until which the
// risk is accepted, or by which it is treated or looked at again. Fills in effect and outcome.
bool risk_decide(Context *c, RiskDecided what, Decided *why);
// NULL, or why it cannot be decided about this entry: a sentence.
const char *risk_obstacle(Context *c, int64_t item);

typedef struct RiskChoice {
  int64_t item;
  const char *name; // "R-7 Ransomware"
} RiskChoice;
typedef LIST_OF(RiskChoice) RiskChoices;
enum { RISK_CHOICES_MOST = 500 };
bool risk_choices(Context *c, RiskChoices *out); // those in the register, in its order
const char *risk_name(Context *c, int64_t item); // "" if there is none

#endif
