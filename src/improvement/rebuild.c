// SPDX-License-Identifier: Apache-2.0
// What the search finds of this room, written anew.
#include "db/db.h"
#include "improvement/rebuild.sql.h"
#include "improvement/work.h"

enum { AT_ONCE = 500 };

bool improvement_rebuild(Context *c) {
  TRANSACTION(c, tx);
  for (int64_t after = 0;;) {
    SqlRebuildFindingsRows rows =
        sql_rebuild_findings(c, (SqlRebuildFindings){.after = after, .limit = AT_ONCE});
    for (size_t i = 0; i < rows.count; i++)
      if (!finding_in_search(c, after = rows.items[i].id)) return false;
    if (rows.count < AT_ONCE) break;
  }
  for (int64_t after = 0;;) {
    SqlRebuildActionsRows rows =
        sql_rebuild_actions(c, (SqlRebuildActions){.after = after, .limit = AT_ONCE});
    for (size_t i = 0; i < rows.count; i++) {
      const SqlRebuildActionsRow *row = &rows.items[i];
      after = row->id;
      if (!action_in_search(c, row->id, row->title, row->detail)) return false;
    }
    if (rows.count < AT_ONCE) break;
  }
  return context_ok(c) && transaction_commit(&tx);
}
