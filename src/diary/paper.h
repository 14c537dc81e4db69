// SPDX-License-Identifier: Apache-2.0
// The derived side of the paper shield: until when each document and control is shown to operate.
#ifndef DAYBOOK_PAPER_H
#define DAYBOOK_PAPER_H

#include "base/context.h"

// A register's item, its evidence or a duty that checks it changed; whoever changes one calls this
// in the same transaction. Items of other kinds cost a look.
bool paper_refresh(Context *c, int64_t item);
bool paper_rebuild(Context *c); // within the caller's transaction, after the duties' tallies

#endif
