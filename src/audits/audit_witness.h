// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares: audits, checklist items and findings with the ledger's last word.
#ifndef DAYBOOK_AUDIT_WITNESS_H
#define DAYBOOK_AUDIT_WITNESS_H

#include "ledger/witness.h"

extern const Witness audit_witness, audit_item_witness, audit_finding_witness;

#endif
