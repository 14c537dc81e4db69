// SPDX-License-Identifier: Apache-2.0
// What reviews granted, with what became of it; and what `daybook verify` compares of effects.
#include "db/db.h"
#include "diary/lines.h"
#include "reviews/effect.h"
#include "reviews/effect.sql.h"
#include "reviews/witness.h"

#include <inttypes.h>

enum { GRANTS_MOST = 100, ACTION_DONE = 2 };

static const char *status_of(const Context *c, const SqlEffectGrantsRow *row) {
  if (!row->action_state.has) return "";
  if (row->action_state.value > ACTION_DONE) return "dropped";
  if (row->action_state.value == ACTION_DONE) return "done";
  return date_compare(c->today, row->action_due) > 0 ? "late" : "open";
}

bool grant_list(Context *c, Grants *out) {
  SqlEffectGrantsRows rows = sql_effect_grants(c, (SqlEffectGrants){.limit = GRANTS_MOST});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlEffectGrantsRow *row = &rows.items[i];
    const Effect effect = {
        .amount = row->amount, .days = row->days, .people = row->people, .currency = row->currency};
    *list_add(c->arena, out) =
        (Grant){.review = row->review,
                .decision = row->decision,
                .action = row->action,
                .words = row->words,
                .amounts = grant_words(c->arena, &effect),
                .review_title = row->review_title,
                .owner = owner_words(c, row->owner_name, row->position_title, row->holder_name),
                .action_status = status_of(c, row),
                .due = row->due,
                .held_on = row->held_on,
                .state = (EffectState)row->state};
  }
  return context_ok(c);
}

static const WitnessColumn columns[] = {
    {.name = "effect"}, {.name = "duty"},   {.name = "activity"}, {.name = "item"},
    {.name = "months"}, {.name = "day"},    {.name = "amount"},   {.name = "currency"},
    {.name = "days"},   {.name = "people"}, {.name = "state"},    {.name = "outcome"}};

static const char *number(Context *c, int64_t value) {
  return text_format(c->arena, "%" PRId64, value);
}

static const char *amount(Context *c, OptReal value) {
  return value.has ? text_format(c->arena, "%.2f", value.value) : "";
}

static WitnessRows effect_page(Context *c, int64_t after) {
  SqlEffectWitnessRows rows =
      sql_effect_witness(c, (SqlEffectWitness){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = {.items = arena_array(c->arena, rows.count + 1, sizeof *page.items),
                      .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) {
    const SqlEffectWitnessRow *row = &rows.items[i];
    const char *const said[] = {row->effect,
                                number(c, row->duty),
                                number(c, row->activity),
                                number(c, row->item),
                                number(c, row->months.has ? row->months.value : 0),
                                row->day,
                                amount(c, row->amount),
                                row->currency,
                                amount(c, row->days),
                                amount(c, row->people),
                                number(c, row->state),
                                row->outcome};
    _Static_assert(COUNT_OF(said) == COUNT_OF(columns), "every column has its value");
    const char **values = arena_array(c->arena, COUNT_OF(columns), sizeof *values);
    for (size_t k = 0; k < COUNT_OF(columns); k++) values[k] = said[k];
    page.items[i] = (WitnessRow){.id = row->id, .values = values};
  }
  return page;
}

const Witness review_effect_witness = {.kind = "review_effect",
                                       .strict = true,
                                       .columns = columns,
                                       .column_count = COUNT_OF(columns),
                                       .page = effect_page};
