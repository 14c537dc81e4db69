// SPDX-License-Identifier: Apache-2.0
// Time zones offered in forms; any other that the system knows can be typed.
#ifndef DAYBOOK_ZONE_NAMES_H
#define DAYBOOK_ZONE_NAMES_H

#include <stddef.h>

extern const char *const zone_names[]; // ends with NULL
extern const size_t zone_name_count;

#endif
