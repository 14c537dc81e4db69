// SPDX-License-Identifier: Apache-2.0
// Pictures of registers, drawn as SVG with the numbers in them: readable without colour.
#ifndef DAYBOOK_REGISTER_PICTURES_H
#define DAYBOOK_REGISTER_PICTURES_H

#include "report/chart.h"

typedef struct RiskCell {
  int64_t likelihood, impact, items;
} RiskCell;
// Likelihood upwards, impact to the right, up to 10 × 10; the scale is the largest value met, at
// least 5. Empty (length 0) without any cell inside it.
Html risk_matrix(Arena *arena, const RiskCell *cells, size_t count);

// One bar: applies and in place, applies and not yet, does not apply, not stated.
Html soa_bar(Arena *arena, int64_t in_place, int64_t under_way, int64_t excluded, int64_t open);

#endif
