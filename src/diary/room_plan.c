// SPDX-License-Identifier: Apache-2.0
#include "diary/room_plan.h"

#include "db/db.h"
#include "diary/adopt.h"
#include "diary/change.h"

bool duty_ensure(Context *c, const Proposal *duty, int64_t *id) {
  TRANSACTION(c, tx);
  Facts facts;
  SqlDutyByKeyRow row;
  if (!org_facts(c, &facts)) return false;
  if (sql_duty_by_key(c, (SqlDutyByKey){.duty_key = duty->key}, &row)) {
    *id = row.id;
    return true;
  }
  if (!context_ok(c)) return false;
  *id = adopt_duty(c, &facts, duty);
  return *id != 0 && transaction_commit(&tx);
}

bool activity_plan(Context *c, int64_t duty, const PlannedActivity *planned, Owner owner,
                   int64_t *id) {
  TRANSACTION(c, tx);
  SqlActivityLastOrdinalRow last;
  if (!sql_activity_last_ordinal(c, (SqlActivityLastOrdinal){.duty = duty}, &last)) return false;
  return change_add(c, duty, planned, last.ordinal + 1, owner, id) && transaction_commit(&tx);
}
