// SPDX-License-Identifier: Apache-2.0
// Samples: what they are of, how large, how chosen. A random draw names its seed, so that anybody
// draws the same again (`daybook audits draw`).
#include "audits/audit_work.h"

#include "audits/checklist.h"
#include "audits/universe.h"

#include <stdlib.h>
#include <string.h>

enum { POPULATION_MOST = 1000000, SAMPLE_MOST = 1000 };

static const char *const HOWS[] = {"random", "judgement", "all"};

const char *sample_how_name(SampleHow how) {
  return HOWS[how];
}

bool sample_how_parse(const char *name, SampleHow *out) {
  for (int i = 0; i < SAMPLE_HOW_COUNT; i++)
    if (text_equal(HOWS[i], name)) {
      *out = (SampleHow)i;
      return true;
    }
  return false;
}

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

// Floyd's draw: each subset of that size is equally likely, and it needs no list of the population.
void sample_draw(int64_t seed, int64_t of, int64_t size, int64_t *out) {
  Random random = {(uint64_t)seed};
  int64_t count = 0;
  for (int64_t top = of - size + 1; top <= of; top++) {
    int64_t pick = (int64_t)random_below(&random, (uint32_t)top) + 1;
    for (int64_t i = 0; i < count; i++)
      if (out[i] == pick) {
        pick = top;
        break;
      }
    out[count++] = pick;
  }
  qsort(out, (size_t)size, sizeof *out, by_number);
}

typedef LIST_OF(const char *) Lines;

static Lines lines_of(Context *c, const char *text) {
  Lines lines = {0};
  for (const char *at = text == NULL ? "" : text; *at != '\0';) {
    size_t length = strcspn(at, "\n");
    const char *line = text_trim(c->arena, text_copy_n(c->arena, at, length));
    if (line[0] != '\0') *list_add(c->arena, &lines) = line;
    at += length + (at[length] != '\0');
  }
  return lines;
}

static const char *draw_words(Context *c, const Sample *s, const Lines *members) {
  int64_t *numbers = arena_array(c->arena, (size_t)s->size, sizeof *numbers);
  sample_draw(s->seed, s->of, s->size, numbers);
  Text text;
  text_init(&text, c->arena);
  for (int64_t i = 0; i < s->size; i++) {
    if (i > 0) text_add(&text, members->count > 0 ? "\n" : ", ");
    if (members->count > 0)
      text_add_format(&text, "%lld  %s", (long long)numbers[i], members->items[numbers[i] - 1]);
    else
      text_add_format(&text, "%lld", (long long)numbers[i]);
  }
  return text.data;
}

static bool sample_is_sound(Context *c, const Sample *s) {
  if (text_is_empty(s->population))
    invalid(c, "population",
            _("Say what the sample is taken from, for example “leavers of 2026”."));
  if (s->of < 1 || s->of > POPULATION_MOST)
    invalid(c, "of", _("The population has between 1 and 1,000,000 members."));
  else if (s->how != SAMPLE_ALL && (s->size < 1 || s->size > s->of || s->size > SAMPLE_MOST))
    invalid(c, "size", _("A sample is between 1 and the whole population, at most 1,000."));
  if (s->how == SAMPLE_JUDGEMENT && text_is_empty(s->reason))
    invalid(c, "reason", _("Say why these and not others."));
  return context_ok(c);
}

bool sample_take(Context *c, const Sample *sample, int64_t *id) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, sample->audit, 0, &audit)) return false;
  Sample s = *sample;
  Lines members = lines_of(c, s.members);
  if (members.count > 0) s.of = (int64_t)members.count;
  if (s.how == SAMPLE_ALL) s.size = s.of;
  if (!sample_is_sound(c, &s)) return false;
  SqlAuditItemGetRow item;
  if (s.item != 0 &&
      (!sql_audit_item_get(c, (SqlAuditItemGet){.id = s.item}, &item) || item.audit != s.audit))
    return context_ok(c) ? not_found(c, _("There is no such item on this checklist.")) : false;
  const char *drawn = s.how == SAMPLE_RANDOM      ? draw_words(c, &s, &members)
                      : s.how == SAMPLE_JUDGEMENT ? (s.chosen == NULL ? "" : s.chosen)
                                                  : "";
  *id = sql_audit_sample_insert(
      c, (SqlAuditSampleInsert){.audit = s.audit,
                                .item = s.item,
                                .population = s.population,
                                .members = s.members == NULL ? "" : s.members,
                                .size_of_it = s.of,
                                .size = s.size,
                                .how = sample_how_name(s.how),
                                .seed = s.seed,
                                .drawn = drawn,
                                .reason = s.reason == NULL ? "" : s.reason});
  LedgerEntry *entry = ledger_entry(c, "audit.sample_taken", "audit", s.audit);
  ledger_number(entry, "sample", *id);
  ledger_value(entry, "how", sample_how_name(s.how));
  ledger_number(entry, "population", s.of);
  ledger_number(entry, "size", s.size);
  ledger_number(entry, "seed", s.seed);
  ledger_personal(entry, "drawn", drawn);
  return ledger_write(entry) && transaction_commit(&tx);
}
