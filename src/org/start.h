// SPDX-License-Identifier: Apache-2.0
// What the first-run page says in text areas, turned into a new organisation.
#ifndef DAYBOOK_START_H
#define DAYBOOK_START_H

#include "org/create.h"

// One on each line; "Hamburg; Europe/Berlin; 120". Each adds invalid() naming field and line.
bool start_sites(Context *c, const char *lines, SitesNew *out);
bool start_systems(Context *c, const char *lines, SystemsNew *out);
bool start_managers(Context *c, const char *lines, PeopleNew *out); // "Eva Lind; eva@example.org"
const char *slug_from_name(Arena *arena, const char *name); // "Nordwind GmbH" is nordwind-gmbh

#endif
