// SPDX-License-Identifier: Apache-2.0
#include "audits/programme_witness.h"

#include "audits/auditor.sql.h"
#include "audits/programme.h"
#include "audits/programme.sql.h"
#include "audits/unit.sql.h"

// ---- units ----

static const WitnessColumn unit_columns[] = {
    {.name = "unit_key"},     {.name = "kind"},   {.name = "title"},
    {.name = "refs"},         {.name = "needs"},  {.name = "effort"},
    {.name = "max_interval"}, {.name = "weight"}, {.name = "last_audited"},
};

static WitnessRows unit_page(Context *c, int64_t after) {
  SqlWitnessUnitsRows rows =
      sql_witness_units(c, (SqlWitnessUnits){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessUnitsRow *row = &rows.items[i];
    const char *const values[] = {row->unit_key,
                                  row->kind,
                                  row->title,
                                  row->refs,
                                  row->needs,
                                  witness_number(c, row->effort),
                                  witness_number(c, row->max_interval),
                                  witness_number(c, row->weight),
                                  row->last_audited};
    _Static_assert(COUNT_OF(values) == COUNT_OF(unit_columns), "every column has its value");
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_unit_witness = {.kind = "audit_unit",
                                    .columns = unit_columns,
                                    .column_count = COUNT_OF(unit_columns),
                                    .page = unit_page};

// ---- auditors and exceptions ----

static const WitnessColumn auditor_columns[] = {
    {.name = "outside"}, {.name = "competences"}, {.name = "days"}, {.name = "until_on"}};

static WitnessRows auditor_page(Context *c, int64_t after) {
  SqlWitnessAuditorsRows rows =
      sql_witness_auditors(c, (SqlWitnessAuditors){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessAuditorsRow *row = &rows.items[i];
    const char *const values[] = {row->outside, row->competences, witness_number(c, row->days),
                                  row->until_on};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_auditor_witness = {.kind = "audit_auditor",
                                       .columns = auditor_columns,
                                       .column_count = COUNT_OF(auditor_columns),
                                       .page = auditor_page};

static const WitnessColumn exception_columns[] = {
    {.name = "unit_id"}, {.name = "person_id"}, {.name = "approved_by"}, {.name = "reason"}};

static WitnessRows exception_page(Context *c, int64_t after) {
  SqlWitnessExceptionsRows rows =
      sql_witness_exceptions(c, (SqlWitnessExceptions){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessExceptionsRow *row = &rows.items[i];
    const char *const values[] = {witness_number(c, row->unit_id),
                                  witness_number(c, row->person_id),
                                  witness_number(c, row->approved_by), row->reason};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_exception_witness = {.kind = "audit_exception",
                                         .columns = exception_columns,
                                         .column_count = COUNT_OF(exception_columns),
                                         .page = exception_page};

// ---- versions and what was adopted in them ----

static const ActionValue states[] = {
    {"audit_programme.asked", PROGRAMME_SEARCHING},
    {"audit_programme.proposed", PROGRAMME_PROPOSED},
    {"audit_programme.adopted", PROGRAMME_ADOPTED},
    {"audit_programme.superseded", PROGRAMME_SUPERSEDED},
    {"audit_programme.discarded", PROGRAMME_DISCARDED},
    {0},
};
static const WitnessColumn programme_columns[] = {
    {.name = "number"},    {.name = "start_on"},
    {.name = "months"},    {.name = "state", .by_action = states},
    {.name = "plan_hash"}, {.name = "exception"}};

static WitnessRows programme_page(Context *c, int64_t after) {
  SqlWitnessProgrammesRows rows =
      sql_witness_programmes(c, (SqlWitnessProgrammes){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessProgrammesRow *row = &rows.items[i];
    const char *const values[] = {
        witness_number(c, row->number), row->start_on,  witness_number(c, row->months),
        witness_number(c, row->state),  row->plan_hash, row->exception};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_programme_witness = {.kind = "audit_programme",
                                         .columns = programme_columns,
                                         .column_count = COUNT_OF(programme_columns),
                                         .page = programme_page};

static const WitnessColumn assignment_columns[] = {
    {.name = "programme_id"}, {.name = "unit_id"}, {.name = "month"}, {.name = "auditor_person"}};

static WitnessRows assignment_page(Context *c, int64_t after) {
  SqlWitnessAssignmentsRows rows =
      sql_witness_assignments(c, (SqlWitnessAssignments){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessAssignmentsRow *row = &rows.items[i];
    const char *const values[] = {witness_number(c, row->programme_id),
                                  witness_number(c, row->unit_id), row->month,
                                  witness_number(c, row->auditor_person)};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness audit_assignment_witness = {.kind = "audit_assignment",
                                          .columns = assignment_columns,
                                          .column_count = COUNT_OF(assignment_columns),
                                          .page = assignment_page};
