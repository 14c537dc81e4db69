// SPDX-License-Identifier: Apache-2.0
// The paper shield: documents in force and applicable controls that no evidence of the last year
// shows to be operating – neither linked to them nor left by a duty that checks them.
#include "db/db.h"
#include "diary/paper.sql.h"
#include "diary/readiness.h"
#include "ledger/evidence.h"

bool paper_shield_of(Context *c, PaperShield *out) {
  *out = (PaperShield){0};
  Date fresh_from = date_add_months(c->today, -EVIDENCE_FRESH_MONTHS);
  SqlPaperItemsRows rows = sql_paper_items(c, (SqlPaperItems){.fresh_from = fresh_from});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPaperItemsRow *row = &rows.items[i];
    Share share = share_of(row->whole - row->evidenced, row->whole);
    if (text_equal(row->kind, "documents"))
      out->documents = share;
    else
      out->controls = share;
  }
  out->whole = share_of(out->documents.part + out->controls.part,
                        out->documents.whole + out->controls.whole);
  return context_ok(c);
}
