// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares: an activity's row with the ledger's last word about it.
#ifndef DAYBOOK_DIARY_WITNESS_H
#define DAYBOOK_DIARY_WITNESS_H

#include "ledger/witness.h"

extern const Witness activity_witness;
extern const Witness decided_witness; // what management decided about something

#endif
