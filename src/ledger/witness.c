// SPDX-License-Identifier: Apache-2.0
#include "ledger/witness.h"

#include <inttypes.h>

#include "ledger/canonical.h"
#include "ledger/report.h"
#include "ledger/verify.sql.h"

typedef struct Comparison {
  Context *c;
  const Witness *witness;
  const char *slug;
  Report *report;
  Digest *digest;
} Comparison;

typedef struct Words {
  const SqlVerifyWordsRow *items; // one object's entries, oldest first; one row per personal value
  size_t count;
} Words;

typedef struct LastWord {
  Word word;
  int64_t seq;
} LastWord;

static LastWord last_word(const Words *words, const char *name) {
  for (size_t i = words->count; i-- > 0;) {
    Word word = body_word(words->items[i].body, name);
    if (word.text) return (LastWord){.word = word, .seq = words->items[i].seq};
  }
  return (LastWord){0};
}

static const char *salt_of(const Words *words, int64_t seq, const char *name) {
  for (size_t i = 0; i < words->count; i++)
    if (words->items[i].seq == seq && text_equal(words->items[i].name, name))
      return words->items[i].salt;
  return NULL;
}

// An erased value has no salt left: nothing can be said about the row any more.
static bool personal_agrees(const Comparison *k, const Words *words, const LastWord *last,
                            const WitnessValue *value) {
  uint8_t salt[SALT_BYTES];
  char hash[DIGEST_HEX];
  if (text_starts(last->word.text, "null")) return !value->value || !value->value[0];
  const char *hex = salt_of(words, last->seq, value->name);
  if (!hex_bytes(hex, salt, sizeof salt)) return true;
  personal_hash(k->digest, salt, value->value ? value->value : "", hash);
  return word_is(k->c->arena, &last->word, hash);
}

static bool is_nothing(const char *value) {
  return !value || !value[0] || text_equal(value, "0");
}

static void compare_value(const Comparison *k, const Words *words, int64_t object,
                          const WitnessValue *value) {
  LastWord last = last_word(words, value->name);
  const char *found = value->value ? value->value : "nothing";
  if (!last.word.text) {
    if (k->witness->strict && !is_nothing(value->value))
      report_problem(k->report, k->slug, 0, "nothing: the ledger never spoke of it", found,
                     "%s %" PRId64 ": \"%s\" was written past the ledger", k->witness->kind, object,
                     value->name);
    return;
  }
  bool agrees = last.word.personal ? personal_agrees(k, words, &last, value)
                                   : word_is(k->c->arena, &last.word, value->value);
  if (agrees) return;
  const char *expected = last.word.personal
      ? "the personal value recorded then" : text_copy_n(k->c->arena, last.word.text, last.word.length);
  report_problem(k->report, k->slug, last.seq, expected, found,
                 "%s %" PRId64 ": \"%s\" is not what the ledger last said", k->witness->kind, object,
                 value->name);
}

static void compare_row(const Comparison *k, const Words *words, const WitnessRow *row) {
  if (!words->count) {
    report_problem(k->report, k->slug, 0, "an entry", "none",
                   "%s %" PRId64 " stands here without the ledger ever speaking of it",
                   k->witness->kind, row->id);
    return;
  }
  for (size_t i = 0; i < row->count; i++) compare_value(k, words, row->id, &row->values[i]);
}

static void check_gone(const Comparison *k, const Words *words) {
  const SqlVerifyWordsRow *last = &words->items[words->count - 1];
  for (size_t i = 0; i < words->count && k->witness->removed; i++)
    if (text_equal(words->items[i].action, k->witness->removed)) return;
  report_problem(k->report, k->slug, last->seq, "a row", "none",
                 "%s %" PRId64 " is gone, though the ledger speaks of it", k->witness->kind,
                 last->object);
}

// Entries come ordered by object: merges them with the rows, which are ordered by id.
static void compare_page(const Comparison *k, const WitnessRows *rows, int64_t first, int64_t last) {
  SqlVerifyWordsRows all = sql_verify_words(k->c, (SqlVerifyWords){
      .kind = k->witness->kind, .first = first, .last = last});
  size_t row = 0;
  for (size_t i = 0; i < all.count;) {
    Words words = {.items = &all.items[i]};
    int64_t object = all.items[i].object;
    while (i < all.count && all.items[i].object == object) i++, words.count++;
    for (; row < rows->count && rows->items[row].id < object; row++)
      compare_row(k, &(Words){0}, &rows->items[row]);
    if (row < rows->count && rows->items[row].id == object)
      compare_row(k, &words, &rows->items[row++]);
    else
      check_gone(k, &words);
  }
  for (; row < rows->count && context_ok(k->c); row++)
    compare_row(k, &(Words){0}, &rows->items[row]);
}

static void compare_all(const Comparison *k, Arena *page) {
  for (int64_t after = 0; context_ok(k->c);) {
    WitnessRows rows = k->witness->page(k->c, after);
    if (!context_ok(k->c)) return;
    bool more = rows.count == WITNESS_PAGE;
    int64_t last = more ? rows.items[rows.count - 1].id : INT64_MAX;
    compare_page(k, &rows, after + 1, last);
    if (!more) return;
    after = last;
    if (context_ok(k->c)) arena_reset(page); // an error's words live in it
  }
}

void witness_check(Context *c, const Witness *witness, const char *slug, Report *report) {
  Digest *digest = digest_create();
  if (!digest) {
    failure(c, "no memory for a digest");
    return;
  }
  Arena *kept = c->arena, *page = arena_create();
  c->arena = page;
  compare_all(&(Comparison){c, witness, slug, report, digest}, page);
  c->arena = kept;
  c->error.message = text_copy(kept, c->error.message);
  c->error.detail = text_copy(kept, c->error.detail);
  arena_destroy(page);
  digest_destroy(digest);
}
