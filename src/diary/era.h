// SPDX-License-Identifier: Apache-2.0
// How long what was read of an organisation's names and places stays true. The ledger hears every
// change: while it has heard only of activities, evidence and the like, nobody has another name and
// no position another holder, and the era is the same. After anything else it is another one.
#ifndef DAYBOOK_ERA_H
#define DAYBOOK_ERA_H

#include "base/context.h"
#include "base/shelf.h"

// 0: nothing may be taken from the shelf or put there – it is closed, a change is under way, or
// another request has seen later entries than this one's snapshot.
int64_t era_of(Context *c);

#endif
