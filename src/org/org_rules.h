// SPDX-License-Identifier: Apache-2.0
// What holds for a new organisation and for a changed one alike. Each adds invalid("FIELD").
#ifndef DAYBOOK_ORG_RULES_H
#define DAYBOOK_ORG_RULES_H

#include "base/context.h"

bool org_dates_are_sound(Context *c, Date decision, Date expiry, Date start);
bool org_language_is_known(Context *c, const char *language); // empty: none said
bool org_numbers_are_sound(Context *c, int64_t head_count, int64_t demands, int64_t outsourced);

#endif
