// SPDX-License-Identifier: Apache-2.0
// Every room whose rows `daybook verify` compares with the ledger.
#include "diary/witness.h"
#include "ledger/witness.h"

const Witness *const witnesses[] = {&activity_witness, &evidence_witness, NULL};
