// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares: findings, actions, effectiveness checks and exceptions with the
// ledger's last word about them.
#ifndef DAYBOOK_IMPROVEMENT_WITNESS_H
#define DAYBOOK_IMPROVEMENT_WITNESS_H

#include "ledger/witness.h"

extern const PartWitness finding_cause_witness, finding_place_witness, action_need_witness,
    action_extension_witness;
extern const Witness finding_witness, action_witness, finding_check_witness,
    finding_exception_witness;

#endif
