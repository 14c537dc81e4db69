// SPDX-License-Identifier: Apache-2.0
// The Statement of Applicability (6.1.3 d): of each control whether it applies, why, whether it is
// put in place, whose it is, and what proves it. It lives in the register; a version is frozen with
// the hash of its lines, and approved by somebody who is recorded. What is frozen never changes.
#ifndef DAYBOOK_SOA_H
#define DAYBOOK_SOA_H

#include "ledger/witness.h"
#include "registers/annex_a.h"
#include "report/report.h"

typedef struct SoaEntry {
  int64_t item; // register_item.id; 0: nothing is said yet, or frozen
  const char *ref, *title, *justification, *status, *implementation, *reference, *owner;
  bool said, applicable, in_place;
  int64_t evidence;
} SoaEntry;
typedef struct SoaEntries {
  SoaEntry of[ANNEX_CONTROL_COUNT]; // in the standard's order
  int64_t applicable, implemented, excluded, open;
} SoaEntries;
bool soa_read(Context *c, int64_t version, SoaEntries *out); // version 0: as of now

// Freezes what is said now; refused while a control is not stated, named.
bool soa_freeze(Context *c, const char *note, int64_t *version);
// By somebody else than who froze it. Once.
bool soa_approve(Context *c, int64_t version);

// As of now, or a frozen version; NULL with c->error.
Document *soa_document(Context *c, int64_t version);

extern const Witness soa_witness;

#endif
