// SPDX-License-Identifier: Apache-2.0
// Control sets an organisation brings: the wording it has a licence for, or a set of its own. It
// stands beside the built-in paraphrase (control_set.h), for that organisation alone.
#include "registers/kinds.h"
#include "registers/typed.h"
#include "registers/typed.sql.h"

static const KindField fields[] = {
    {"ref", N_("Control"), CELL_TEXT, CELL_REQUIRED,
     "control id|control number|control no|clause|ref|id|no"},
    {"title", N_("Name"), CELL_TEXT, CELL_REQUIRED,
     "control name|control title|clause title|title|name"},
    {"description", N_("Text"), CELL_TEXT, CELL_LONG | CELL_TELLING,
     "control text|clause text|requirement text|requirement|wording|text|standard text"},
    {"owner", N_("Owner"), CELL_OWNER, 0, "owner"},
    {"status", N_("Status"), CELL_TEXT, 0, "status"},
    {"last", N_("Last review"), CELL_DATE, 0, "last review"},
    {"next", N_("Next review"), CELL_DATE, 0, "next review"},
    {"interval", N_("Interval"), CELL_TEXT, 0, "review interval"},
    {"set", N_("Set"), CELL_TEXT, 0, "control set|standard|framework|set|source"},
    {"theme", N_("Theme"), CELL_TEXT, 0, "theme|domain|chapter|section"},
    {"ask", N_("What to ask"), CELL_TEXT, CELL_LONG | CELL_TELLING,
     "what to ask|audit question|questions|question"},
    {"look", N_("What to look at"), CELL_TEXT, CELL_LONG | CELL_TELLING,
     "what to look at|evidence to look at|expected evidence"},
    {"take", N_("What to sample"), CELL_TEXT, CELL_LONG | CELL_TELLING,
     "what to sample|sample|sampling"},
};

const Kind control_set_kind = {
    .name = "control_set",
    .aliases = "control_sets|control_text|control_texts|standard|framework",
    .title = N_("Control sets"),
    .singular = N_("control"),
    .clauses = "6.1.3",
    .purpose =
        N_("Controls and clauses in the wording you own, or a set of your own, for checklists."),
    .fields = fields,
    .field_count = COUNT_OF(fields),
    .key = {COMMON_REF},
    .key_count = 1,
    .put = control_text_put,
    .get = control_text_get,
};

bool control_text_put(Context *c, int64_t item, const Values *v) {
  return sql_control_text_put(c, (SqlControlTextPut){
                                     .item = item,
                                     .own_set = value_text(v, CONTROL_TEXT_SET),
                                     .theme = value_text(v, CONTROL_TEXT_THEME),
                                     .ask = value_text(v, CONTROL_TEXT_ASK),
                                     .look = value_text(v, CONTROL_TEXT_LOOK),
                                     .take = value_text(v, CONTROL_TEXT_TAKE),
                                 }) >= 0;
}

bool control_text_get(Context *c, int64_t item, Values *v) {
  SqlControlTextGetRow row;
  if (!sql_control_text_get(c, (SqlControlTextGet){.item = item}, &row)) return context_ok(c);
  values_set_text(v, CONTROL_TEXT_SET, row.own_set);
  values_set_text(v, CONTROL_TEXT_THEME, row.theme);
  values_set_text(v, CONTROL_TEXT_ASK, row.ask);
  values_set_text(v, CONTROL_TEXT_LOOK, row.look);
  values_set_text(v, CONTROL_TEXT_TAKE, row.take);
  return context_ok(c);
}
