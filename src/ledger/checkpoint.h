// SPDX-License-Identifier: Apache-2.0
// A checkpoint is the signed head of each chain on a day, in a small JSON file kept elsewhere.
// Going back to an older whole copy of the database can only show against one.
#ifndef DAYBOOK_CHECKPOINT_H
#define DAYBOOK_CHECKPOINT_H

#include "base/context.h"
#include "ledger/chain.h"

typedef struct Checkpoint {
  const char *slug;
  int64_t org;
  StoredHead head;
} Checkpoint;
typedef LIST_OF(Checkpoint) Checkpoints;

bool checkpoint_read(Context *c, const char *path, Checkpoints *out); // ERROR_INVALID if it is none
bool checkpoint_write(Context *c, const char *path, const Checkpoints *checkpoints);
// NULL if there is none for this organisation.
const Checkpoint *checkpoint_find(const Checkpoints *checkpoints, const char *slug);
// Its own signature, and that the chain announced its key. The entry itself is compared on the way.
void checkpoint_check(const Checkpoint *checkpoint, const Chain *chain, Report *report);

#endif
