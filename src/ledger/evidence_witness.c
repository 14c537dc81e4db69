// SPDX-License-Identifier: Apache-2.0
// Evidence rows against the ledger's last word about them.
#include <inttypes.h>

#include "ledger/verify.sql.h"
#include "ledger/witness.h"

enum { EVIDENCE_VALUES = 14 };

static const char *number(Context *c, int64_t value) {
  return text_format(c->arena, "%" PRId64, value);
}

static void fill(Context *c, const SqlVerifyEvidenceRow *from, WitnessRow *to) {
  const WitnessValue values[] = {
      {"sha256", from->sha256},
      {"size", number(c, from->size)},
      {"media_type", from->media_type},
      {"name", from->name},
      {"source", from->source},
      {"note", from->note},
      {"taken_on", from->taken_on},
      {"period_from", from->period_from},
      {"period_to", from->period_to},
      {"added_by", number(c, from->added_by)},
      {"added_at", number(c, from->added_at)},
      {"withdrawn_by", number(c, from->withdrawn_by)},
      {"withdrawn_at", number(c, from->withdrawn_at)},
      {"withdrawn_reason", from->withdrawn_reason},
  };
  _Static_assert(COUNT_OF(values) == EVIDENCE_VALUES, "every value is compared");
  WitnessValue *kept = arena_array(c->arena, EVIDENCE_VALUES, sizeof *kept);
  for (size_t i = 0; i < EVIDENCE_VALUES; i++) kept[i] = values[i];
  *to = (WitnessRow){.id = from->id, .values = kept, .count = EVIDENCE_VALUES};
}

static WitnessRows evidence_page(Context *c, int64_t after) {
  SqlVerifyEvidenceRows rows =
      sql_verify_evidence(c, (SqlVerifyEvidence){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = {.items = arena_array(c->arena, rows.count + 1, sizeof *page.items),
                      .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) fill(c, &rows.items[i], &page.items[i]);
  return page;
}

const Witness evidence_witness = {
    .kind = "evidence", .strict = true, .page = evidence_page};
