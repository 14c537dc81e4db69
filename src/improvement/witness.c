// SPDX-License-Identifier: Apache-2.0
#include "improvement/witness.h"

#include "improvement/finding.h"
#include "improvement/witness.sql.h"

#define PAGE(c, rows, out, fill)                                                                   \
  WitnessRows out = witness_rows((c), (rows).count);                                               \
  for (size_t i = 0; i < (rows).count; i++) out.items[i] = fill((c), &(rows).items[i])

// ---- findings ----

#define WORDED "finding.raised finding.reworded_by_file"
static const WitnessColumn finding_columns[] = {
    {.name = "number"},
    {.name = "grade"},
    {.name = "title", .actions = WORDED},
    {.name = "statement", .actions = WORDED},
    {.name = "raised", .actions = WORDED},
    {.name = "due"},
    {.name = "owner_person"},
    {.name = "owner_position"},
    {.name = "state"},
    {.name = "round"},
    {.name = "correction"},
    {.name = "corrected_on"},
    {.name = "containment"},
    {.name = "contained_on"},
    {.name = "cause"},
    {.name = "cause_kind"},
    {.name = "cause_on"},
    {.name = "extent"},
    {.name = "extent_on"},
    {.name = "decision"},
    {.name = "decision_reason"},
    {.name = "parked_until"},
    {.name = "check_from"},
    {.name = "improved"},
    {.name = "closed_on"},
};

static WitnessRow finding_row_of(Context *c, const SqlFindingWitnessRowsRow *row) {
  const char *const values[] = {witness_number(c, row->number),
                                grade_name((FindingGrade)row->grade),
                                row->title,
                                row->statement,
                                row->raised,
                                row->due,
                                witness_number(c, row->owner_person),
                                witness_number(c, row->owner_position),
                                step_name((FindingState)row->state),
                                witness_number(c, row->round),
                                row->correction,
                                row->corrected_on,
                                row->containment,
                                row->contained_on,
                                row->cause,
                                row->cause_kind,
                                row->cause_on,
                                row->extent,
                                row->extent_on,
                                witness_number(c, row->decision),
                                row->decision_reason,
                                row->parked_until,
                                row->check_from,
                                row->improved,
                                row->closed_on};
  _Static_assert(COUNT_OF(values) == COUNT_OF(finding_columns), "every column has its value");
  return witness_row(c, row->id, values, COUNT_OF(values));
}

static WitnessRows findings_page(Context *c, int64_t after) {
  SqlFindingWitnessRowsRows rows =
      sql_finding_witness_rows(c, (SqlFindingWitnessRows){.after = after, .most = WITNESS_PAGE});
  PAGE(c, rows, page, finding_row_of);
  return page;
}

const Witness finding_witness = {.kind = "finding",
                                 .columns = finding_columns,
                                 .column_count = COUNT_OF(finding_columns),
                                 .page = findings_page};

// ---- actions ----

static const WitnessColumn action_columns[] = {
    {.name = "title"},
    {.name = "detail"},
    {.name = "owner_person"},
    {.name = "owner_position"},
    {.name = "due"},
    {.name = "baseline", .word = "due", .actions = "action.added", .first = true},
    {.name = "priority"},
    {.name = "state"},
    {.name = "progress"},
    {.name = "extensions"},
    {.name = "result"},
    {.name = "done_on"},
    {.name = "cancel_reason"},
};

static WitnessRow action_row_of(Context *c, const SqlFindingWitnessActionsRow *row) {
  const char *const values[] = {row->title,
                                row->detail,
                                witness_number(c, row->owner_person),
                                witness_number(c, row->owner_position),
                                row->due,
                                row->baseline,
                                witness_number(c, row->priority),
                                witness_number(c, row->state),
                                witness_number(c, row->progress),
                                witness_number(c, row->extensions),
                                row->result,
                                row->done_on,
                                row->cancel_reason};
  _Static_assert(COUNT_OF(values) == COUNT_OF(action_columns), "every column has its value");
  return witness_row(c, row->id, values, COUNT_OF(values));
}

static WitnessRows actions_page(Context *c, int64_t after) {
  SqlFindingWitnessActionsRows rows = sql_finding_witness_actions(
      c, (SqlFindingWitnessActions){.after = after, .most = WITNESS_PAGE});
  PAGE(c, rows, page, action_row_of);
  return page;
}

const Witness action_witness = {.kind = "action",
                                .columns = action_columns,
                                .column_count = COUNT_OF(action_columns),
                                .page = actions_page};

// ---- checks, and exceptions from who may check ----

static const WitnessColumn check_columns[] = {
    {.name = "finding"},   {.name = "round"},  {.name = "checked_on"}, {.name = "checker"},
    {.name = "effective"}, {.name = "result"}, {.name = "exception"},
};

static WitnessRow check_row_of(Context *c, const SqlFindingWitnessChecksRow *row) {
  const char *const values[] = {
      witness_number(c, row->finding),  witness_number(c, row->round),     row->checked_on,
      witness_number(c, row->checker),  witness_number(c, row->effective), row->result,
      witness_number(c, row->exception)};
  _Static_assert(COUNT_OF(values) == COUNT_OF(check_columns), "every column has its value");
  return witness_row(c, row->id, values, COUNT_OF(values));
}

static WitnessRows checks_page(Context *c, int64_t after) {
  SqlFindingWitnessChecksRows rows = sql_finding_witness_checks(
      c, (SqlFindingWitnessChecks){.after = after, .most = WITNESS_PAGE});
  PAGE(c, rows, page, check_row_of);
  return page;
}

const Witness finding_check_witness = {.kind = "finding_check",
                                       .strict = true,
                                       .columns = check_columns,
                                       .column_count = COUNT_OF(check_columns),
                                       .page = checks_page};

static const WitnessColumn exception_columns[] = {
    {.name = "finding"}, {.name = "round"},    {.name = "checker"},
    {.name = "reason"},  {.name = "approver"},
};

static WitnessRow exception_row_of(Context *c, const SqlFindingWitnessExceptionsRow *row) {
  const char *const values[] = {witness_number(c, row->finding), witness_number(c, row->round),
                                witness_number(c, row->checker), row->reason,
                                witness_number(c, row->approver)};
  _Static_assert(COUNT_OF(values) == COUNT_OF(exception_columns), "every column has its value");
  return witness_row(c, row->id, values, COUNT_OF(values));
}

static WitnessRows exceptions_page(Context *c, int64_t after) {
  SqlFindingWitnessExceptionsRows rows = sql_finding_witness_exceptions(
      c, (SqlFindingWitnessExceptions){.after = after, .most = WITNESS_PAGE});
  PAGE(c, rows, page, exception_row_of);
  return page;
}

const Witness finding_exception_witness = {.kind = "finding_exception",
                                           .strict = true,
                                           .columns = exception_columns,
                                           .column_count = COUNT_OF(exception_columns),
                                           .page = exceptions_page};
