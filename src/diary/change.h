// SPDX-License-Identifier: Apache-2.0
// Inside the diary: what every change of an activity does first and last.
#ifndef DAYBOOK_CHANGE_H
#define DAYBOOK_CHANGE_H

#include "diary/activity.h"
#include "diary/activity.sql.h"
#include "diary/tally.h"
#include "ledger/ledger.h"

// Loads an activity that is still open, at the version the caller saw (0: any).
bool change_load_open(Context *c, int64_t id, int64_t version, SqlActivityGetRow *row);
// As above, but it may have ended.
bool change_load(Context *c, int64_t id, int64_t version, SqlActivityGetRow *row);
// Denied where the actor's roles do not reach: see permissions.txt.
bool change_is_theirs(Context *c, const SqlActivityGetRow *row);
// `rows` of an update guarded by the version: 1, else somebody was faster.
bool change_landed(Context *c, int64_t rows);
bool change_reason(Context *c, const char *reason); // invalid if empty
bool change_conflict(Context *c, const SqlActivityGetRow *row);
Counted change_counted(const SqlActivityGetRow *row);
// Puts a laid-out activity of an adopted duty into the diary: row, checklist, ledger, tally.
bool change_add(Context *c, int64_t duty, const PlannedActivity *planned, int64_t ordinal,
                Owner owner, int64_t *id);

#endif
