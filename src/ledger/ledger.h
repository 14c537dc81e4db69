// SPDX-License-Identifier: Apache-2.0
// The ledger hears everything: an append-only, hash-chained log per organisation, written in the
// same transaction as the change it records. Canonical form: docs/data-formats.md.
#ifndef DAYBOOK_LEDGER_H
#define DAYBOOK_LEDGER_H

#include "base/context.h"

// An entry being written. action is "object.verb" ("activity.moved"); kind/object name what
// changed.
typedef struct LedgerEntry LedgerEntry;
LedgerEntry *ledger_entry(Context *c, const char *action, const char *kind, int64_t object);
// Values; before may be absent. Names are snake_case and unique within the entry. Name a value as
// its column: `daybook verify` compares a row with the ledger's last word about it (witness.h).
void ledger_text(LedgerEntry *e, const char *name, const char *before, const char *after);
void ledger_int(LedgerEntry *e, const char *name, int64_t before, int64_t after);
void ledger_date(LedgerEntry *e, const char *name, Date before, Date after);
void ledger_value(LedgerEntry *e, const char *name, const char *value); // after only
void ledger_number(LedgerEntry *e, const char *name, int64_t value);    // after only
void ledger_day(LedgerEntry *e, const char *name, Date value);          // after only
// Personal data and free text: the entry holds a salted hash, the plain value stands beside it
// (ledger_personal) and can be erased without breaking the chain.
void ledger_personal(LedgerEntry *e, const char *name, const char *value);
// Appends within the caller's open write transaction; signs the new head. False with c->error.
bool ledger_write(LedgerEntry *e);

// Erases the plain personal values of everything the ledger holds about one object, and says so in
// an entry. The chain stays whole: only hashes of what was erased remain, and their salts are gone.
bool ledger_erase(Context *c, const char *kind, int64_t object, int64_t *erased);

#endif
