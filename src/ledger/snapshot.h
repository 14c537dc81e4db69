// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_SNAPSHOT_H
#define DAYBOOK_SNAPSHOT_H

#include "base/context.h"

bool snapshot_copy(Context *c, const char *from_path, const char *to_path);
// Is nobody else using this SQLite file? Afterwards it is a single file, without a log beside it.
bool snapshot_is_alone(const char *path);

#endif
