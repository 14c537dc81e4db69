// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares of audits, their checklists and findings.
#include "audits/audit_witness.h"

#include "audits/audit.sql.h"
#include "audits/checklist.sql.h"

// ---- audits ----

static const WitnessColumn audit_columns[] = {
    {.name = "kind", .actions = "audit.planned audit.read_from_file"},
    {.name = "title", .actions = "audit.planned audit.plan_changed audit.read_from_file"},
    {.name = "summary", .actions = "audit.summarised audit.read_from_file"},
    {.name = "open_again", .actions = "audit.reopened audit.concluded"},
};

static WitnessRows audit_page(Context *c, int64_t after) {
  SqlAuditWitnessRowsRows rows =
      sql_audit_witness_rows(c, (SqlAuditWitnessRows){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditWitnessRowsRow *row = &rows.items[i];
    const char *const values[] = {row->kind, row->title, row->summary,
                                  witness_number(c, row->open_again)};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_witness = {.kind = "audit",
                               .columns = audit_columns,
                               .column_count = COUNT_OF(audit_columns),
                               .page = audit_page};

// ---- checklist ----

static const WitnessColumn item_columns[] = {
    {.name = "ref", .actions = "audit_item.added"},
    {.name = "result", .actions = "audit_item.assessed"},
    {.name = "note", .actions = "audit_item.assessed"},
};

static WitnessRows item_page(Context *c, int64_t after) {
  SqlAuditItemWitnessRowsRows rows = sql_audit_item_witness_rows(
      c, (SqlAuditItemWitnessRows){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditItemWitnessRowsRow *row = &rows.items[i];
    const char *const values[] = {row->ref, witness_number(c, row->result), row->note};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_item_witness = {.kind = "audit_item",
                                    .removed = "audit_item.removed",
                                    .columns = item_columns,
                                    .column_count = COUNT_OF(item_columns),
                                    .page = item_page};

// ---- findings ----

static const WitnessColumn finding_columns[] = {
    {.name = "grade"}, {.name = "title"}, {.name = "statement"}, {.name = "withdrawn"}};

static WitnessRows finding_page(Context *c, int64_t after) {
  SqlAuditFindingWitnessRowsRows rows = sql_audit_finding_witness_rows(
      c, (SqlAuditFindingWitnessRows){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditFindingWitnessRowsRow *row = &rows.items[i];
    const char *const values[] = {witness_number(c, row->grade), row->title, row->statement,
                                  row->withdrawn};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_finding_witness = {.kind = "audit_finding",
                                       .columns = finding_columns,
                                       .column_count = COUNT_OF(finding_columns),
                                       .page = finding_page};
