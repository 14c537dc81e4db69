// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares: audits, checklist items and findings with the ledger's last word.
#ifndef DAYBOOK_AUDIT_WITNESS_H
#define DAYBOOK_AUDIT_WITNESS_H

#include "ledger/witness.h"

extern const PartWitness audit_member_witness, audit_left_witness, audit_waiver_witness,
    audit_auditee_witness, audit_area_witness, audit_slot_witness, audit_sample_witness,
    audit_report_witness;
extern const Witness audit_witness, audit_item_witness, audit_finding_witness;

#endif
