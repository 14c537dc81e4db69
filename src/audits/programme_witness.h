// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares of the audit programme.
#ifndef DAYBOOK_AUDITS_PROGRAMME_WITNESS_H
#define DAYBOOK_AUDITS_PROGRAMME_WITNESS_H

#include "ledger/witness.h"

extern const Witness audit_unit_witness, audit_auditor_witness, audit_exception_witness,
    audit_programme_witness, audit_assignment_witness;

#endif
