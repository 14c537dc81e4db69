// SPDX-License-Identifier: Apache-2.0
// What the pages of this room share.
#ifndef DAYBOOK_ORG_PAGES_H
#define DAYBOOK_ORG_PAGES_H

#include "org/organisation.views.h"
#include "org/people.views.h"
#include "org/session.h"
#include "org/sign_in.views.h"

const char *roles_text(Arena *arena, uint32_t roles); // "Administrator, Security manager"
RoleChoiceList role_choices(Arena *arena, const char *chosen);
const char *browser_words(Arena *arena, const char *agent); // "Chrome on Windows"
LanguageChoiceList language_choices(Arena *arena, const char *own);
PersonChoiceList person_choices(Context *c, int64_t chosen);
TimeZoneNameList zone_choices(Arena *arena);
bool share_of_form(Context *c, const char *text, int64_t *percent); // empty: -1

#endif
