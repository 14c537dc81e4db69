// SPDX-License-Identifier: Apache-2.0
// The priority of a unit, from stated parts. Each part is 0 to 100 and says why; the score is their
// weighted mean, and from it follows how often the unit is audited.
#include "audits/unit.h"

#include "audits/unit.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"

#include <stdlib.h>
#include <string.h>

// FINDING_ENDS: from this state on a finding is closed (schema/051).
enum { HIGH_FROM = 35, MEDIUM_FROM = 20, FINDING_ENDS = 8, WEIGHT_MOST = 100 };

static const struct {
  const char *name, *title;
  int32_t weight;
} PARTS[PART_COUNT] = {
    [PART_RISK] = {"risk", N_("Residual risk"), 35},
    [PART_OUTSOURCED] = {"outsourced", N_("Outsourced share"), 10},
    [PART_FINDINGS] = {"findings", N_("Open findings"), 20},
    [PART_INCIDENTS] = {"incidents", N_("Incidents since the last audit"), 15},
    [PART_CHANGES] = {"changes", N_("Changes since the last audit"), 10},
    [PART_AGE] = {"age", N_("Time since the last audit"), 10},
    [PART_MANAGEMENT] = {"management", N_("Management's own weight"), 20},
};

const char *priority_part_name(PriorityPart part) {
  return PARTS[part].name;
}
const char *priority_part_title(PriorityPart part) {
  return _(PARTS[part].title);
}

bool weights_load(Context *c, Weights *out) {
  for (size_t i = 0; i < PART_COUNT; i++) out->of[i] = PARTS[i].weight;
  SqlWeightAllRows rows = sql_weight_all(c);
  for (size_t k = 0; k < rows.count; k++)
    for (size_t i = 0; i < PART_COUNT; i++)
      if (text_equal(rows.items[k].part, PARTS[i].name)) out->of[i] = (int32_t)rows.items[k].weight;
  return context_ok(c);
}

bool weights_set(Context *c, const Weights *weights) {
  TRANSACTION(c, tx);
  Weights before;
  int32_t sum = 0;
  if (!weights_load(c, &before)) return false;
  for (size_t i = 0; i < PART_COUNT; i++) {
    if (weights->of[i] < 0 || weights->of[i] > WEIGHT_MOST)
      invalid(c, PARTS[i].name, _("A weight lies between 0 and %d."), WEIGHT_MOST);
    sum += weights->of[i];
  }
  if (sum == 0) invalid(c, PARTS[0].name, _("Something has to count: give one part a weight."));
  if (!context_ok(c)) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_weights.changed", "audit_weight", 0);
  for (size_t i = 0; i < PART_COUNT; i++) {
    sql_weight_put(c, (SqlWeightPut){.part = PARTS[i].name, .weight = weights->of[i]});
    ledger_int(entry, PARTS[i].name, before.of[i], weights->of[i]);
  }
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- from what the registers say ----

static bool is_closed(const char *status) {
  if (status == NULL) return false;
  static const char *const ended[] = {"closed", "resolved", "done", "completed", "rejected"};
  for (size_t i = 0; i < COUNT_OF(ended); i++)
    if (text_contains_fold(status, ended[i])) return true;
  return false;
}

static int32_t most(int32_t a, int32_t b) {
  return a > b ? a : b;
}
static int32_t at_most(int32_t value, int32_t limit) {
  return value < limit ? value : limit;
}

typedef struct Seen { // of one unit, while its links are read
  int32_t risks, findings, incidents, changes;
} Seen;

static void count_link(const SqlUnitLinkFactsRow *row, Unit *unit, Seen *seen) {
  int32_t *part = unit->priority.part, size = (int32_t)row->size;
  bool since = date_is_none(row->dated) || date_compare(row->dated, unit->last_audited) > 0;
  if (text_equal(row->kind, "risks") && !is_closed(row->status)) {
    part[PART_RISK] = most(part[PART_RISK], size);
    seen->risks++;
  } else if (text_equal(row->kind, "findings") && row->state.has &&
             row->state.value < FINDING_ENDS) {
    part[PART_FINDINGS] = at_most(part[PART_FINDINGS] + size, 100);
    seen->findings++;
  } else if (text_equal(row->kind, "incidents") && since) {
    part[PART_INCIDENTS] = at_most(part[PART_INCIDENTS] + size, 100);
    seen->incidents++;
  } else if (text_equal(row->kind, "plain") && since) {
    part[PART_CHANGES] = at_most(part[PART_CHANGES] + size, 100);
    seen->changes++;
  }
}

static const char *counted(Context *c, int32_t count, const char *one, const char *many,
                           const char *none) {
  if (count == 0) return none;
  return text_format(c->arena, "%d %s", count, count == 1 ? one : many);
}

static void say_why(Context *c, Unit *unit, const Seen *seen, int32_t outsourced) {
  const char **why = unit->priority.why;
  int32_t *part = unit->priority.part;
  why[PART_RISK] = seen->risks == 0
                       ? _("no open risk is linked")
                       : text_format(c->arena, _("%s; the highest residual risk is %d of 100"),
                                     counted(c, seen->risks, _("open risk"), _("open risks"), ""),
                                     part[PART_RISK]);
  why[PART_OUTSOURCED] = outsourced < 0
                             ? _("not stated: nobody said how much others do")
                             : text_format(c->arena, _("others do %d %% of the work"), outsourced);
  why[PART_FINDINGS] = counted(c, seen->findings, _("open finding, by grade"),
                               _("open findings, by grade"), _("none is open"));
  why[PART_INCIDENTS] =
      counted(c, seen->incidents, _("incident"), _("incidents"), _("none since the last audit"));
  why[PART_CHANGES] =
      counted(c, seen->changes, _("change"), _("changes"), _("none since the last audit"));
  int32_t months = months_between(unit->last_audited, c->today);
  why[PART_AGE] = unit->never_audited
                      ? text_format(c->arena,
                                    _("never audited; counted from the decision, %d "
                                      "months ago"),
                                    months)
                      : text_format(c->arena, _("audited %d months ago"), months);
  why[PART_MANAGEMENT] = unit->weight == 0                ? _("none was set")
                         : unit->weight_reason[0] != '\0' ? unit->weight_reason
                                                          : _("set by hand");
}

static PriorityLevel level_of(int32_t score) {
  return score >= HIGH_FROM ? LEVEL_HIGH : score >= MEDIUM_FROM ? LEVEL_MEDIUM : LEVEL_LOW;
}

void priority_weigh(Context *c, Unit *unit, const Weights *weights) {
  static const int32_t months[] = {[LEVEL_LOW] = 36, [LEVEL_MEDIUM] = 24, [LEVEL_HIGH] = 12};
  static const char *const because[] = {[LEVEL_LOW] = N_("low priority: within 36 months"),
                                        [LEVEL_MEDIUM] = N_("medium priority: within 24 months"),
                                        [LEVEL_HIGH] = N_("high priority: yearly")};
  Priority *p = &unit->priority;
  int64_t sum = 0, of = 0;
  for (size_t i = 0; i < PART_COUNT; i++) {
    // What management says only raises: a weight of nothing is no opinion.
    if (i == PART_MANAGEMENT && p->part[i] == 0) continue;
    sum += (int64_t)p->part[i] * weights->of[i];
    of += weights->of[i];
  }
  p->score = of == 0 ? 0 : (int32_t)((sum + of / 2) / of);
  p->level = level_of(p->score);
  p->interval = months[p->level];
  p->interval_why = _(because[p->level]);
  if (unit->kind == UNIT_CLAUSES) {
    p->interval = 12;
    p->interval_why = _("clauses 4–10 are audited every 12 months (9.2)");
  }
  if (unit->max_interval == 0) return;
  p->interval = unit->max_interval;
  p->interval_why = text_format(c->arena, _("set by hand: %s"), unit->interval_reason);
}

static void finish(Context *c, Unit *unit, const Seen *seen, const Weights *weights,
                   const Facts *facts) {
  int32_t outsourced = unit->outsourced;
  if (unit->kind == UNIT_SUPPLIER) outsourced = 100;
  if (outsourced < 0 && refs_have(unit->refs, "A.5.19")) outsourced = 100;
  if (outsourced < 0) outsourced = (int32_t)facts->outsourced_percent;
  Priority *p = &unit->priority;
  p->part[PART_OUTSOURCED] = outsourced < 0 ? 0 : outsourced;
  p->part[PART_MANAGEMENT] = unit->weight;
  int32_t months = months_between(unit->last_audited, c->today);
  p->part[PART_AGE] = at_most(most(months, 0) * 100 / 36, 100);
  say_why(c, unit, seen, outsourced);
  priority_weigh(c, unit, weights);
}

static int by_id(const void *a, const void *b) {
  const Unit *const *x = a, *const *y = b;
  return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

bool priorities_fill(Context *c, const Weights *weights, const Facts *facts, Units *units) {
  Unit **sorted = arena_array(c->arena, units->count + 1, sizeof *sorted);
  Seen *seen = arena_array(c->arena, units->count + 1, sizeof *seen);
  for (size_t i = 0; i < units->count; i++) sorted[i] = &units->items[i];
  qsort(sorted, units->count, sizeof *sorted, by_id);
  SqlUnitLinkFactsRows links = sql_unit_link_facts(c);
  size_t at = 0; // both are in the order of the unit's id
  for (size_t i = 0; i < links.count; i++) {
    while (at < units->count && sorted[at]->id < links.items[i].unit) at++;
    if (at == units->count) break;
    if (sorted[at]->id == links.items[i].unit) count_link(&links.items[i], sorted[at], &seen[at]);
  }
  for (size_t i = 0; i < units->count; i++) finish(c, sorted[i], &seen[i], weights, facts);
  return context_ok(c);
}
