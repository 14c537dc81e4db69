// SPDX-License-Identifier: Apache-2.0
// Evidence rows against the ledger's last word about them.

#include "ledger/verify.sql.h"
#include "ledger/witness.h"

static const WitnessColumn columns[] = {
    {.name = "sha256"},       {.name = "size"},
    {.name = "media_type"},   {.name = "name"},
    {.name = "source"},       {.name = "note"},
    {.name = "taken_on"},     {.name = "period_from"},
    {.name = "period_to"},    {.name = "added_by"},
    {.name = "added_at"},     {.name = "withdrawn_by"},
    {.name = "withdrawn_at"}, {.name = "withdrawn_reason"},
};

static void fill(Context *c, const SqlVerifyEvidenceRow *from, WitnessRow *to) {
  const char *const values[] = {from->sha256,
                                witness_number(c, from->size),
                                from->media_type,
                                from->name,
                                from->source,
                                from->note,
                                from->taken_on,
                                from->period_from,
                                from->period_to,
                                witness_number(c, from->added_by),
                                witness_number(c, from->added_at),
                                witness_number(c, from->withdrawn_by),
                                witness_number(c, from->withdrawn_at),
                                from->withdrawn_reason};
  _Static_assert(COUNT_OF(values) == COUNT_OF(columns), "every column has its value");
  *to = witness_row(c, from->id, values, COUNT_OF(values));
}

static WitnessRows evidence_page(Context *c, int64_t after) {
  SqlVerifyEvidenceRows rows =
      sql_verify_evidence(c, (SqlVerifyEvidence){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) fill(c, &rows.items[i], &page.items[i]);
  return page;
}

const Witness evidence_witness = {.kind = "evidence",
                                  .strict = true,
                                  .columns = columns,
                                  .column_count = COUNT_OF(columns),
                                  .page = evidence_page};
