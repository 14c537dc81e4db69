// SPDX-License-Identifier: Apache-2.0
// Internal and external issues (4.1), climate change included (Amendment 1:2024).
#include "registers/context.sql.h"
#include "registers/typed.h"

enum { REQUIRED = CELL_REQUIRED, TELLING = CELL_TELLING, LONG = CELL_LONG };

static const KindField issues_fields[] = {
    {"ref", N_("Reference"), CELL_TEXT, 0, "issue id|context id|id|ref|no"},
    {"title", N_("Issue"), CELL_TEXT, REQUIRED,
     "issue|context issue|external issue|internal issue"},
    {"description", N_("Description"), CELL_TEXT, LONG, "description|details"},
    {"owner", N_("Owner"), CELL_OWNER, 0,
     "owner|responsible|responsible person|person responsible|accountable"},
    {"status", N_("Status"), CELL_TEXT, 0, "status|state"},
    {"last", N_("Last review"), CELL_DATE, 0, "last review|last reviewed|reviewed on|reviewed"},
    {"next", N_("Next review"), CELL_DATE, 0, "next review|next review date|review due|next check"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval|interval|review frequency"},
    {"side", N_("Internal or external"), CELL_TEXT, TELLING,
     "internal or external|internal external|side|origin"},
    {"climate", N_("Climate change"), CELL_YES_NO, TELLING,
     "climate change|climate|climate relevant|climate related"},
    {"effect", N_("What it does to us"), CELL_TEXT, LONG,
     "effect|impact on the isms|effect on the isms|relevance|consequence"},
    {"response", N_("What we do about it"), CELL_TEXT, LONG, "response|answer|treatment|action"},
};

const Kind issues_kind = {
    .name = "issues",
    .aliases = "issue|context|context_issues|internal_external_issues",
    .title = N_("Context: issues"),
    .singular = N_("issue"),
    .clauses = "4.1",
    .purpose =
        N_("What around you and within bears on information security, climate change included."),
    .fields = issues_fields,
    .field_count = COUNT_OF(issues_fields),
    .key = {COMMON_TITLE},
    .key_count = 1,
    .put = issue_put,
    .get = issue_get,
};

bool issue_put(Context *c, int64_t item, const Values *v) {
  return sql_issue_put(c, (SqlIssuePut){.item = item,
                                        .side = value_text(v, ISSUE_SIDE),
                                        .climate = value_number(v, ISSUE_CLIMATE),
                                        .effect = value_text(v, ISSUE_EFFECT),
                                        .response = value_text(v, ISSUE_RESPONSE)}) >= 0;
}

bool issue_get(Context *c, int64_t item, Values *v) {
  SqlIssueGetRow row;
  if (!sql_issue_get(c, (SqlIssueGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, ISSUE_SIDE, row.side);
  values_set_yes_no(v, ISSUE_CLIMATE, row.climate);
  values_set_text(v, ISSUE_EFFECT, row.effect);
  values_set_text(v, ISSUE_RESPONSE, row.response);
  return context_ok(c);
}
