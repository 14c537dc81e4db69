// SPDX-License-Identifier: Apache-2.0
#include "ledger/witness.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/canonical.h"
#include "ledger/report.h"
#include "ledger/verify.sql.h"

enum { PART_PAGE = 200 }; // objects

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

// ---- rows, for those who declare ----

const char *witness_number(Context *c, int64_t value) {
  return text_format(c->arena, "%" PRId64, value);
}

WitnessRows witness_rows(Context *c, size_t count) {
  return (WitnessRows){arena_array(c->arena, count + 1, sizeof(WitnessRow)), count};
}

PartRows part_rows(Context *c, size_t count) {
  return (PartRows){arena_array(c->arena, count + 1, sizeof(PartRow)), count};
}

static const char *const *copied(Context *c, const char *const *values, size_t count) {
  const char **kept = arena_array(c->arena, count + 1, sizeof *kept);
  for (size_t i = 0; i < count; i++) kept[i] = values[i];
  return kept;
}

WitnessRow witness_row(Context *c, int64_t id, const char *const *values, size_t count) {
  return (WitnessRow){.id = id, .values = copied(c, values, count)};
}

PartRow part_row(Context *c, int64_t object, int64_t key, const char *const *values, size_t count) {
  return (PartRow){.object = object, .key = key, .values = copied(c, values, count)};
}

// Is `action` one of a list apart by blanks?
static bool is_listed(const char *list, const char *action) {
  size_t length = strlen(action);
  for (const char *at = list; (at = strstr(at, action)); at += length) {
    bool starts = at == list || at[-1] == ' ', ends = at[length] == ' ' || !at[length];
    if (starts && ends) return true;
  }
  return false;
}

static LastWord word_in(const SqlVerifyWordsRow *row, const WitnessColumn *column) {
  if (column->actions && !is_listed(column->actions, row->action)) return (LastWord){0};
  return (LastWord){.word = body_word(row->body, column->word ? column->word : column->name),
                    .seq = row->seq};
}

static LastWord decisive_word(const Words *words, const WitnessColumn *column) {
  for (size_t i = 0; i < words->count; i++) {
    LastWord found = word_in(&words->items[column->first ? i : words->count - 1 - i], column);
    if (found.word.text) return found;
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
                            const WitnessColumn *column, const char *value) {
  uint8_t salt[SALT_BYTES];
  char hash[DIGEST_HEX];
  if (text_starts(last->word.text, "null")) return !value || !value[0];
  const char *hex = salt_of(words, last->seq, column->word ? column->word : column->name);
  if (!hex_bytes(hex, salt, sizeof salt)) return true;
  personal_hash(k->digest, salt, value ? value : "", hash);
  return word_is(k->c->arena, &last->word, hash);
}

static bool is_nothing(const char *value) {
  return !value || !value[0] || text_equal(value, "0");
}

static void disagree(const Comparison *k, int64_t object, int64_t seq, const char *name,
                     const char *expected, const char *found) {
  report_problem(k->report, k->slug, seq, expected, found ? found : "nothing",
                 "%s %" PRId64 ": \"%s\" is not what the ledger last said", k->witness->kind,
                 object, name);
}

static void compare_by_action(const Comparison *k, const Words *words, int64_t object,
                              const WitnessColumn *column, const char *value) {
  int64_t expected = INT64_MIN, seq = 0;
  for (size_t i = 0; i < words->count; i++)
    for (const ActionValue *a = column->by_action; a->action; a++)
      if (a->value > expected && text_equal(a->action, words->items[i].action)) {
        expected = a->value;
        seq = words->items[i].seq;
      }
  const char *text = text_format(k->c->arena, "%" PRId64, expected);
  if (expected != INT64_MIN && !text_equal(text, value))
    disagree(k, object, seq, column->name, text, value);
}

static void compare_value(const Comparison *k, const Words *words, int64_t object,
                          const WitnessColumn *column, const char *value) {
  if (column->by_action) {
    compare_by_action(k, words, object, column, value);
    return;
  }
  LastWord last = decisive_word(words, column);
  if (!last.word.text) {
    if (k->witness->strict && !is_nothing(value))
      report_problem(k->report, k->slug, 0, "nothing: the ledger never spoke of it", value,
                     "%s %" PRId64 ": \"%s\" was written past the ledger", k->witness->kind, object,
                     column->name);
    return;
  }
  bool agrees = last.word.personal ? personal_agrees(k, words, &last, column, value)
                                   : word_is(k->c->arena, &last.word, value);
  if (agrees) return;
  disagree(k, object, last.seq, column->name,
           last.word.personal ? "the personal value recorded then"
                              : text_copy_n(k->c->arena, last.word.text, last.word.length),
           value);
}

static void compare_row(const Comparison *k, const Words *words, const WitnessRow *row) {
  if (!words->count) {
    report_problem(k->report, k->slug, 0, "an entry", "none",
                   "%s %" PRId64 " stands here without the ledger ever speaking of it",
                   k->witness->kind, row->id);
    return;
  }
  for (size_t i = 0; i < k->witness->column_count; i++)
    compare_value(k, words, row->id, &k->witness->columns[i], row->values[i]);
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
static void compare_page(const Comparison *k, const WitnessRows *rows, int64_t first,
                         int64_t last) {
  SqlVerifyWordsRows all = sql_verify_words(
      k->c, (SqlVerifyWords){.kind = k->witness->kind, .first = first, .last = last});
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

// ---- parts: rows an object's entries speak of by a number ----

typedef struct Parts {
  const PartWitness *witness;
  const SqlVerifyWordsRow *items; // of one object, oldest first
  size_t count;
  const PartRow *rows;
  size_t row_count;
} Parts;

static int64_t key_of(const Parts *parts, const SqlVerifyWordsRow *row) {
  if (!is_listed(parts->witness->actions, row->action)) return INT64_MIN;
  Word word = body_word(row->body, parts->witness->key);
  if (!word.text) return INT64_MIN;
  return strtoll(word.text, NULL, 10);
}

static const PartRow *row_of_part(const Parts *parts, int64_t key) {
  for (size_t i = 0; i < parts->row_count; i++)
    if (parts->rows[i].key == key) return &parts->rows[i];
  return NULL;
}

static void compare_part(const Comparison *k, const Parts *parts, int64_t object, int64_t key) {
  SqlVerifyWordsRow *own = arena_array(k->c->arena, parts->count + 1, sizeof *own);
  Words words = {.items = own};
  for (size_t i = 0; i < parts->count; i++)
    if (key_of(parts, &parts->items[i]) == key) own[words.count++] = parts->items[i];
  const PartRow *row = row_of_part(parts, key);
  bool ended = words.count > 0 && parts->witness->removed &&
               is_listed(parts->witness->removed, own[words.count - 1].action);
  Witness named = {.kind = text_format(k->c->arena, "%s %" PRId64 ", %s", k->witness->kind, object,
                                       parts->witness->part),
                   .columns = parts->witness->columns,
                   .column_count = parts->witness->column_count};
  Comparison one = *k;
  one.witness = &named;
  if (row && ended)
    report_problem(k->report, k->slug, own[words.count - 1].seq, "none", "a row",
                   "%s %" PRId64 " stands here, though the ledger says that it ended", named.kind,
                   key);
  else if (row && (words.count > 0 || !row->unsaid))
    compare_row(&one, &words, &(WitnessRow){.id = key, .values = row->values});
  else if (!row && words.count > 0 && !ended)
    report_problem(k->report, k->slug, own[words.count - 1].seq, "a row", "none",
                   "%s %" PRId64 " is gone, though the ledger speaks of it", named.kind, key);
}

static void compare_parts(const Comparison *k, const Parts *parts, int64_t object) {
  LIST_OF(int64_t) seen = {0};
  for (size_t i = 0; i < parts->count + parts->row_count; i++) {
    int64_t key =
        i < parts->count ? key_of(parts, &parts->items[i]) : parts->rows[i - parts->count].key;
    bool known = key == INT64_MIN;
    for (size_t n = 0; n < seen.count && !known; n++) known = seen.items[n] == key;
    if (known) continue;
    *list_add(k->c->arena, &seen) = key;
    compare_part(k, parts, object, key);
  }
}

// Entries and rows both come ordered by object.
static void compare_part_page(const Comparison *k, const PartWitness *witness, int64_t first,
                              int64_t last) {
  SqlVerifyWordsRows all =
      sql_verify_words(k->c, (SqlVerifyWords){.kind = witness->kind, .first = first, .last = last});
  PartRows rows = witness->rows(k->c, first, last);
  for (size_t at = 0, row = 0; context_ok(k->c) && (at < all.count || row < rows.count);) {
    int64_t object = at < all.count ? all.items[at].object : INT64_MAX;
    if (row < rows.count && rows.items[row].object < object) object = rows.items[row].object;
    Parts parts = {witness, &all.items[at], 0, &rows.items[row], 0};
    for (; at < all.count && all.items[at].object == object; at++) parts.count++;
    for (; row < rows.count && rows.items[row].object == object; row++) parts.row_count++;
    compare_parts(k, &parts, object);
  }
}

static void compare_all_parts(const Comparison *k, const PartWitness *witness, Arena *page) {
  for (int64_t after = 0; context_ok(k->c);) {
    SqlVerifyObjectsRows objects = sql_verify_objects(
        k->c, (SqlVerifyObjects){.kind = witness->kind, .after = after, .most = PART_PAGE});
    if (!context_ok(k->c)) return;
    bool more = objects.count == PART_PAGE;
    int64_t last = more ? objects.items[objects.count - 1].object : INT64_MAX;
    compare_part_page(k, witness, after + 1, last);
    if (!more) return;
    after = last;
    if (context_ok(k->c)) arena_reset(page);
  }
}

// ---- in an arena of their own, page by page ----

typedef struct Check {
  const Witness *witness;
  const PartWitness *parts; // instead, if not NULL
} Check;

static void check_in_pages(Context *c, const Check *check, const char *slug, Report *report) {
  Digest *digest = digest_create();
  if (!digest) {
    failure(c, "no memory for a digest");
    return;
  }
  Arena *kept = c->arena, *page = arena_create();
  c->arena = page;
  Comparison comparison = {c, check->witness, slug, report, digest};
  if (check->parts)
    compare_all_parts(&comparison, check->parts, page);
  else
    compare_all(&comparison, page);
  c->arena = kept;
  c->error.message = text_copy(kept, c->error.message);
  c->error.detail = text_copy(kept, c->error.detail);
  arena_destroy(page);
  digest_destroy(digest);
}

void witness_check(Context *c, const Witness *witness, const char *slug, Report *report) {
  check_in_pages(c, &(Check){.witness = witness}, slug, report);
}

void part_witness_check(Context *c, const PartWitness *witness, const char *slug, Report *report) {
  const Witness object = {.kind = witness->kind};
  check_in_pages(c, &(Check){&object, witness}, slug, report);
}
