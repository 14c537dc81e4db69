// SPDX-License-Identifier: Apache-2.0
// The paper shield: documents in force and applicable controls that no evidence of the last year
// shows to be operating – neither linked to them nor left by a duty that checks them.
#include "diary/paper.h"

#include "db/db.h"
#include "diary/paper.sql.h"
#include "diary/readiness.h"
#include "ledger/evidence.h"

bool paper_shield_of(Context *c, PaperShield *out) {
  *out = (PaperShield){0};
  SqlPaperCountsRows rows = sql_paper_counts(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPaperCountsRow *row = &rows.items[i];
    Share share = share_of(row->whole - row->shown, row->whole);
    *(text_equal(row->kind, "documents") ? &out->documents : &out->controls) = share;
  }
  out->whole = share_of(out->documents.part + out->controls.part,
                        out->documents.whole + out->controls.whole);
  return context_ok(c);
}

static Date later_of(Date a, Date b) {
  if (date_is_none(a)) return b;
  return date_is_none(b) || date_compare(a, b) >= 0 ? a : b;
}

static Date evidence_shows_until(Context *c, int64_t item) {
  Date until = DATE_NONE;
  SqlPaperEvidenceRows rows = sql_paper_evidence(c, (SqlPaperEvidence){.item = item});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPaperEvidenceRow *row = &rows.items[i];
    Date added = zone_date(zone_find("UTC"), row->added_at, NULL);
    Date speaks = evidence_speaks_until(row->period_to, row->taken_on, added);
    until = later_of(until, date_add_months(speaks, EVIDENCE_FRESH_MONTHS));
  }
  return until;
}

bool paper_refresh(Context *c, int64_t item) {
  SqlPaperItemRow row;
  if (!sql_paper_item(c, (SqlPaperItem){.item = item}, &row))
    return context_ok(c) && sql_paper_forget(c, (SqlPaperForget){.item = item}) >= 0;
  Date until = later_of(evidence_shows_until(c, item), row.checked_until);
  sql_paper_put(c, (SqlPaperPut){.kind = row.kind, .item = item, .shown_until = until});
  return context_ok(c);
}

bool paper_rebuild(Context *c) {
  sql_paper_clear(c);
  SqlPaperIdsRows rows = sql_paper_ids(c);
  for (size_t i = 0; i < rows.count && context_ok(c); i++) paper_refresh(c, rows.items[i].id);
  return context_ok(c);
}
