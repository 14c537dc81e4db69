// SPDX-License-Identifier: Apache-2.0
// The manager's words on a section of the pack, beside what it says by itself.
#include "db/db.h"
#include "reviews/inside.h"
#include "reviews/section_words.sql.h"
#include "reviews/witness.h"

static bool is_section(const char *key) {
  for (size_t i = 0; review_sections[i] != NULL; i++)
    if (text_equal(review_sections[i]->key, key)) return true;
  return false;
}

SectionSaid section_said(const Review *review, const char *key) {
  for (size_t i = 0; i < review->said.count; i++)
    if (text_equal(review->said.items[i].section, key)) return review->said.items[i];
  return (SectionSaid){.section = key, .words = ""};
}

void section_words_read(Context *c, Review *review) {
  SqlSectionWordsRows rows = sql_section_words(c, (SqlSectionWords){.id = review->activity.id});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &review->said) = (SectionSaid){.section = rows.items[i].section,
                                                       .words = rows.items[i].words,
                                                       .version = rows.items[i].version};
}

static bool keep(Context *c, int64_t id, const SectionSaid *before, const char *words) {
  if (before->version == 0)
    return review_landed(
        c, sql_section_words_add(
               c, (SqlSectionWordsAdd){.id = id, .section = before->section, .words = words}));
  return review_landed(
      c, sql_section_words_change(c, (SqlSectionWordsChange){.id = id,
                                                             .section = before->section,
                                                             .words = words,
                                                             .version = before->version}));
}

bool section_words_say(Context *c, int64_t id, const char *section, const char *words,
                       OptInt version) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  if (!is_section(section)) return not_found(c, _("The pack has no such section."));
  const char *text = words == NULL ? "" : words;
  const SectionSaid before = section_said(&review, section);
  if (text_equal(text, before.words)) return transaction_commit(&tx);
  if (version.has && version.value != before.version)
    return conflict(c,
                    _("Somebody wrote about this section meanwhile. Look at it again and repeat; "
                      "what you typed is kept in your browser."));
  SqlSectionWordsOneRow row;
  if (!keep(c, id, &before, text) ||
      !sql_section_words_one(c, (SqlSectionWordsOne){.id = id, .section = section}, &row))
    return false;
  LedgerEntry *entry = ledger_entry(c, "review.section_words", "review_words", row.words_id);
  ledger_number(entry, "review", id);
  ledger_value(entry, "section", section);
  ledger_personal(entry, "words", text);
  return ledger_write(entry) && transaction_commit(&tx);
}

static const WitnessColumn columns[] = {{.name = "section"}, {.name = "words"}};

static WitnessRows words_page(Context *c, int64_t after) {
  SqlSectionWordsPageRows rows =
      sql_section_words_page(c, (SqlSectionWordsPage){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = {.items = arena_array(c->arena, rows.count + 1, sizeof *page.items),
                      .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) {
    const char **values = arena_array(c->arena, COUNT_OF(columns), sizeof *values);
    values[0] = rows.items[i].section;
    values[1] = rows.items[i].words;
    page.items[i] = (WitnessRow){.id = rows.items[i].id, .values = values};
  }
  return page;
}

const Witness review_words_witness = {.kind = "review_words",
                                      .strict = true,
                                      .columns = columns,
                                      .column_count = COUNT_OF(columns),
                                      .page = words_page};
