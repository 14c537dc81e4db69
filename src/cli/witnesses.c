// SPDX-License-Identifier: Apache-2.0
// Every room whose rows `daybook verify` compares with the ledger.
#include "ledger/witness.h"

const Witness *const witnesses[] = {&evidence_witness, NULL};
