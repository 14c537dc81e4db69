// SPDX-License-Identifier: Apache-2.0
// A room's own plan becomes activities of the diary: the room says which, the diary keeps them.
#ifndef DAYBOOK_ROOM_PLAN_H
#define DAYBOOK_ROOM_PLAN_H

#include "diary/diary.h"

// The duty of this key, adopted if it is new. Within the caller's transaction.
bool duty_ensure(Context *c, const Proposal *duty, int64_t *id);
// Puts one more activity of that duty into the diary. planned->duty says kind and hours.
bool activity_plan(Context *c, int64_t duty, const PlannedActivity *planned, Owner owner,
                   int64_t *id);

#endif
