// SPDX-License-Identifier: Apache-2.0
// How much risk an organisation's own facts suggest: it sets how often things are looked at.
#ifndef DAYBOOK_PROFILE_H
#define DAYBOOK_PROFILE_H

#include "org/org.h"

typedef enum RiskLevel { RISK_LOW, RISK_MEDIUM, RISK_HIGH } RiskLevel;
typedef struct Profile {
  RiskLevel level;
  const char *inputs; // "48 people, logistics, high customer demands": what it was read from
} Profile;

// Size (50, 250 people), a regulated or sensitive sector, and customer demands each weigh 0 to 2;
// 0–1 is low, 2–3 medium, more is high.
Profile profile_of(Context *c, const Facts *facts);
const char *risk_level_name(RiskLevel level);
// Much is outsourced from 40 % on: suppliers are then looked at more often.
#define OUTSOURCED_MUCH_PERCENT 40
static inline bool profile_outsources_much(const Facts *facts) {
  return facts->outsourced_percent >= OUTSOURCED_MUCH_PERCENT;
}
#endif
