// SPDX-License-Identifier: Apache-2.0
// The paper shield: documents and controls that no evidence shows to be operating.
#include "diary/readiness.h"

bool paper_shield_of(Context *c, PaperShield *out) {
  *out = (PaperShield){0};
  return context_ok(c);
}
