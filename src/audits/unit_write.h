// SPDX-License-Identifier: Apache-2.0
// Inside the universe: a unit's row and its ledger entry, written together.
#ifndef DAYBOOK_AUDITS_UNIT_WRITE_H
#define DAYBOOK_AUDITS_UNIT_WRITE_H

#include "audits/unit.h"
#include "audits/unit.sql.h"

Unit unit_of_row(const SqlUnitAllRow *row); // what a hand may change
bool unit_write_new(Context *c, const Unit *unit, int64_t *id);
bool unit_write(Context *c, const SqlUnitAllRow *before, const Unit *after);
bool unit_write_retired(Context *c, int64_t id, int64_t version, const char *reason,
                        int64_t successor);

#endif
