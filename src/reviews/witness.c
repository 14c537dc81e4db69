// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares: a frozen pack or minutes with the hash the ledger holds, and what
// was said of each input and decided.
#include "reviews/witness.h"

#include <string.h>

#include "reviews/inside.h"
#include "reviews/witness.sql.h"

// ---- frozen documents: the hash is computed anew from what stands there ----

static const WitnessColumn document_columns[] = {
    {.name = "review"}, {.name = "kind"}, {.name = "edition"}, {.name = "sha256"}};

static WitnessRows document_page(Context *c, int64_t after) {
  SqlReviewDocumentPageRows rows =
      sql_review_document_page(c, (SqlReviewDocumentPage){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewDocumentPageRow *row = &rows.items[i];
    const char *const values[] = {row->activity, row->kind, row->edition,
                                  sha256_hex(c->arena, row->body, strlen(row->body))};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness review_document_witness = {.kind = "review_document",
                                         .strict = true,
                                         .columns = document_columns,
                                         .column_count = COUNT_OF(document_columns),
                                         .page = document_page};

// ---- inputs ----

static const WitnessColumn input_columns[] = {{.name = "state"},
                                              {.name = "words"},
                                              {.name = "notes"},
                                              {.name = "reason"},
                                              {.name = "deferred_to"}};

static WitnessRows input_page(Context *c, int64_t after) {
  SqlWitnessInputsRows rows =
      sql_witness_inputs(c, (SqlWitnessInputs){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessInputsRow *row = &rows.items[i];
    const char *const values[] = {witness_number(c, row->state), row->words, row->notes,
                                  row->reason, witness_number(c, row->deferred_to)};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness review_input_witness = {.kind = "review_input",
                                      .strict = true,
                                      .columns = input_columns,
                                      .column_count = COUNT_OF(input_columns),
                                      .page = input_page};

// ---- decisions ----

static const WitnessColumn decision_columns[] = {
    {.name = "letter"},         {.name = "kind"},
    {.name = "words"},          {.name = "owner_person"},
    {.name = "owner_position"}, {.name = "due"},
    {.name = "action"},         {.name = "strike_reason", .word = "reason"}};

static WitnessRows decision_page(Context *c, int64_t after) {
  SqlWitnessDecisionsRows rows =
      sql_witness_decisions(c, (SqlWitnessDecisions){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessDecisionsRow *row = &rows.items[i];
    const char *const values[] = {row->letter,
                                  row->kind,
                                  row->words,
                                  witness_number(c, row->owner_person),
                                  witness_number(c, row->owner_position),
                                  row->due,
                                  witness_number(c, row->action_id),
                                  row->strike_reason};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness review_decision_witness = {.kind = "review_decision",
                                         .strict = true,
                                         .columns = decision_columns,
                                         .column_count = COUNT_OF(decision_columns),
                                         .page = decision_page};

// ---- the review itself ----

static const WitnessColumn review_columns[] = {
    {.name = "chair"},   {.name = "quorum_percent"}, {.name = "agenda"},
    {.name = "held_on"}, {.name = "summary"},        {.name = "approved_by"},
};

static WitnessRows review_page(Context *c, int64_t after) {
  SqlWitnessReviewsRows rows =
      sql_witness_reviews(c, (SqlWitnessReviews){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessReviewsRow *row = &rows.items[i];
    const char *const values[] = {witness_number(c, row->chair),
                                  witness_number(c, row->quorum_percent),
                                  row->agenda,
                                  row->held_on,
                                  row->summary,
                                  witness_number(c, row->approved_by)};
    page.items[i] = witness_row(c, row->id, values, COUNT_OF(values));
  }
  return page;
}

const Witness review_witness = {.kind = "review",
                                .columns = review_columns,
                                .column_count = COUNT_OF(review_columns),
                                .page = review_page};
