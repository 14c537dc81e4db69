// SPDX-License-Identifier: Apache-2.0
// What `daybook verify` compares of the parts of findings and actions: the structure of a cause,
// the places looked at, what is needed first, the extensions.
#include "improvement/witness.h"

#include "improvement/witness.sql.h"
#include "improvement/work.h"

static PartRow row_of(Context *c, int64_t object, int64_t key, const char *one, const char *two) {
  return part_row(c, object, key, (const char *const[]){one, two}, 2);
}

static const WitnessColumn words_column[] = {{.name = "words", .word = "part_words"}};

// ---- the structure of a cause, one for each round ----

static PartRows causes(Context *c, int64_t first, int64_t last) {
  SqlFindingPartCausesRows all = sql_finding_part_causes(c, (SqlFindingPartCauses){first, last});
  PartRows rows = part_rows(c, all.count);
  rows.count = 0;
  for (size_t i = 0; i < all.count;) {
    const SqlFindingPartCausesRow *begin = &all.items[i];
    Text words;
    text_init(&words, c->arena);
    for (; i < all.count && all.items[i].finding == begin->finding &&
           all.items[i].round == begin->round;
         i++)
      cause_line(&words, all.items[i].branch, all.items[i].parent != 0, all.items[i].body);
    rows.items[rows.count] = row_of(c, begin->finding, begin->round, words.data, NULL);
    rows.items[rows.count++].unsaid = true; // earlier entries did not say the round
  }
  return rows;
}

const PartWitness finding_cause_witness = {.kind = "finding",
                                           .part = "structure of the cause of round",
                                           .key = "cause_round",
                                           .actions = "finding.cause_found",
                                           .columns = words_column,
                                           .column_count = COUNT_OF(words_column),
                                           .rows = causes};

// ---- elsewhere ----

static PartRows places(Context *c, int64_t first, int64_t last) {
  SqlFindingPartPlacesRows all = sql_finding_part_places(c, (SqlFindingPartPlaces){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlFindingPartPlacesRow *p = &all.items[i];
    rows.items[i] =
        row_of(c, p->finding, p->id, place_words(c, p->kind, p->title, p->verdict, p->note), NULL);
    rows.items[i].unsaid = true; // earlier entries did not number the places
  }
  return rows;
}

const PartWitness finding_place_witness = {.kind = "finding",
                                           .part = "place looked at",
                                           .key = "place_looked",
                                           .actions = "finding.looked",
                                           .columns = words_column,
                                           .column_count = COUNT_OF(words_column),
                                           .rows = places};

// ---- what is needed first; more time ----

static PartRows needs(Context *c, int64_t first, int64_t last) {
  SqlActionPartNeedsRows all = sql_action_part_needs(c, (SqlActionPartNeeds){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++)
    rows.items[i] = row_of(c, all.items[i].action, all.items[i].needs, NULL, NULL);
  return rows;
}

const PartWitness action_need_witness = {.kind = "action",
                                         .part = "need of action",
                                         .key = "needs",
                                         .actions = "action.need_added action.need_removed",
                                         .removed = "action.need_removed",
                                         .rows = needs};

static const WitnessColumn extension_columns[] = {{.name = "to_due", .word = "due"},
                                                  {.name = "reason"}};

static PartRows extensions(Context *c, int64_t first, int64_t last) {
  SqlActionPartExtensionsRows all =
      sql_action_part_extensions(c, (SqlActionPartExtensions){first, last});
  PartRows rows = part_rows(c, all.count);
  for (size_t i = 0; i < all.count; i++) {
    const SqlActionPartExtensionsRow *e = &all.items[i];
    rows.items[i] = row_of(c, e->action, e->number, e->to_due, e->reason);
  }
  return rows;
}

const PartWitness action_extension_witness = {.kind = "action",
                                              .part = "extension",
                                              .key = "extensions",
                                              .actions = "action.extended",
                                              .columns = extension_columns,
                                              .column_count = COUNT_OF(extension_columns),
                                              .rows = extensions};
