// SPDX-License-Identifier: Apache-2.0
#include "registers/risk_decision.h"

#include "db/db.h"
#include "registers/registers.h"
#include "registers/risk_decision.sql.h"
#include "registers/typed.h"

static const struct {
  const char *effect, *treatment, *status;
} DECIDED[] = {
    [RISK_ACCEPTED] = {"accepted", "Accept", "Accepted"},
    [RISK_TREATED] = {"treated", "Mitigate", "In treatment"},
    [RISK_LOOK_AGAIN] = {"looked_at", NULL, NULL},
};

const char *risk_obstacle(Context *c, int64_t item) {
  SqlRiskOneRow row;
  if (!sql_risk_one(c, (SqlRiskOne){.id = item}, &row) || !text_equal(row.kind, risks_kind.name))
    return _("There is no such risk in the register.");
  return row.removed ? _("This risk was taken out of the register.") : NULL;
}

static const char *outcome_of(Context *c, RiskDecided what, const Decided *why) {
  const char *day = date_words(c->arena, why->until);
  switch (what) {
  case RISK_ACCEPTED: return text_format(c->arena, _("Accepted until %s"), day);
  case RISK_TREATED: return text_format(c->arena, _("To be treated by %s"), day);
  case RISK_LOOK_AGAIN: break;
  }
  return text_format(c->arena, _("To be assessed again by %s"), day);
}

bool risk_decide(Context *c, RiskDecided what, Decided *why) {
  TRANSACTION(c, tx);
  Item item = {0};
  if (!item_get(c, why->object, &item)) return false;
  // A treatment that is described already is not described anew; an acceptance ends it.
  const char *before = value_text(&item.values, RISK_TREATMENT);
  bool keeps = what == RISK_TREATED && before[0] != '\0' &&
               !text_equal(before, _(DECIDED[RISK_ACCEPTED].treatment));
  if (DECIDED[what].treatment != NULL && !keeps)
    values_set_text(&item.values, RISK_TREATMENT, _(DECIDED[what].treatment));
  if (DECIDED[what].status != NULL)
    values_set_text(&item.values, COMMON_STATUS, _(DECIDED[what].status));
  values_set_date(c->arena, &item.values, COMMON_NEXT, why->until);
  why->object_kind = "register_item";
  why->effect = DECIDED[what].effect;
  why->outcome = outcome_of(c, what, why);
  return item_change(c, &item, 0) && decided_keep(c, why) && transaction_commit(&tx);
}

static const char *name_of(Context *c, const char *ref, const char *title) {
  return ref[0] == '\0' ? title : text_format(c->arena, "%s %s", ref, title);
}

bool risk_choices(Context *c, RiskChoices *out) {
  SqlRiskChoicesRows rows = sql_risk_choices(c, (SqlRiskChoices){.limit = RISK_CHOICES_MOST});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, out) =
        (RiskChoice){rows.items[i].id, name_of(c, rows.items[i].ref, rows.items[i].title)};
  return context_ok(c);
}

const char *risk_name(Context *c, int64_t item) {
  SqlRiskOneRow row;
  if (!sql_risk_one(c, (SqlRiskOne){.id = item}, &row)) return "";
  return name_of(c, row.ref, row.title);
}
