// SPDX-License-Identifier: Apache-2.0
#include "diary/decided.h"

#include "db/db.h"
#include "diary/decided.sql.h"
#include "diary/lines.h"
#include "diary/witness.h"
#include "ledger/ledger.h"

#include <inttypes.h>

enum { REASON_WORDS_MOST = 400 };

static void tell(LedgerEntry *entry, const Decided *what) {
  ledger_value(entry, "effect", what->effect);
  ledger_value(entry, "outcome", what->outcome);
  ledger_number(entry, what->source, what->source_object);
  ledger_number(entry, "decision", what->decision);
  if (!date_is_none(what->until)) ledger_day(entry, "until", what->until);
}

bool decided_keep(Context *c, const Decided *what) {
  TRANSACTION(c, tx);
  const SqlDecidedInsert row = {.object_kind = what->object_kind,
                                .object = what->object,
                                .effect = what->effect,
                                .words = what->words,
                                .outcome = what->outcome,
                                .owner_person = what->owner.person,
                                .owner_position = what->owner.position,
                                .until = what->until,
                                .source = what->source,
                                .source_object = what->source_object,
                                .decision = what->decision,
                                .source_title = what->source_title,
                                .source_place = what->source_place};
  int64_t id = sql_decided_insert(c, row);
  if (id <= 0) return false;
  LedgerEntry *kept = ledger_entry(c, "decided.kept", "decided", id);
  ledger_value(kept, "object_kind", what->object_kind);
  ledger_number(kept, "object", what->object);
  ledger_personal(kept, "words", what->words);
  ledger_number(kept, "owner_person", what->owner.person);
  ledger_number(kept, "owner_position", what->owner.position);
  tell(kept, what);
  // Whoever reads the changed thing's own entries finds the decision there.
  LedgerEntry *beside = ledger_entry(c, text_format(c->arena, "%s.decided", what->object_kind),
                                     what->object_kind, what->object);
  tell(beside, what);
  ledger_value(beside, "place", what->source_place);
  return ledger_write(kept) && ledger_write(beside) && transaction_commit(&tx);
}

bool decided_of(Context *c, const char *object_kind, int64_t object, DecidedList *out) {
  SqlDecidedListRows rows =
      sql_decided_list(c, (SqlDecidedList){.object_kind = object_kind, .object = object});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlDecidedListRow *row = &rows.items[i];
    bool nobody = row->owner_person == 0 && row->owner_position == 0;
    *list_add(c->arena, out) = (Decided){
        .object_kind = object_kind,
        .object = object,
        .effect = row->effect,
        .words = row->words,
        .outcome = row->outcome,
        .owner = {.person = row->owner_person, .position = row->owner_position},
        .until = row->until_on,
        .source = row->source,
        .source_title = row->source_title,
        .source_place = row->source_place,
        .source_object = row->source_object,
        .decision = row->decision,
        .owner_label =
            nobody ? "" : owner_words(c, row->owner_name, row->position_title, row->holder_name),
        .by = row->decided_by == NULL ? "" : row->decided_by,
        .at = row->decided,
        .on = row->on_day};
  }
  return context_ok(c);
}

const char *decided_reason(Context *c, const Decided *what) {
  return text_format(c->arena, _("Decided in “%s”: %s"), what->source_title,
                     text_shorten(c->arena, what->words, REASON_WORDS_MOST));
}

// ---- what `daybook verify` compares ----

static const WitnessColumn columns[] = {{.name = "object_kind"},    {.name = "object"},
                                        {.name = "effect"},         {.name = "words"},
                                        {.name = "outcome"},        {.name = "owner_person"},
                                        {.name = "owner_position"}, {.name = "until"},
                                        {.name = "review"},         {.name = "decision"}};

static const char *number(Context *c, int64_t value) {
  return text_format(c->arena, "%" PRId64, value);
}

static WitnessRows decided_page(Context *c, int64_t after) {
  SqlDecidedWitnessRows rows =
      sql_decided_witness(c, (SqlDecidedWitness){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = {.items = arena_array(c->arena, rows.count + 1, sizeof *page.items),
                      .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) {
    const SqlDecidedWitnessRow *row = &rows.items[i];
    const char **values = arena_array(c->arena, COUNT_OF(columns), sizeof *values);
    const char *const said[] = {row->object_kind,
                                number(c, row->object_id),
                                row->effect,
                                row->words,
                                row->outcome,
                                number(c, row->owner_person),
                                number(c, row->owner_position),
                                row->until_on,
                                number(c, row->source_object),
                                number(c, row->decision)};
    _Static_assert(COUNT_OF(said) == COUNT_OF(columns), "every column has its value");
    for (size_t k = 0; k < COUNT_OF(columns); k++) values[k] = said[k];
    page.items[i] = (WitnessRow){.id = row->id, .values = values};
  }
  return page;
}

const Witness decided_witness = {.kind = "decided",
                                 .strict = true,
                                 .columns = columns,
                                 .column_count = COUNT_OF(columns),
                                 .page = decided_page};
