// SPDX-License-Identifier: Apache-2.0
#include "registers/versions.h"

#include "registers/context.sql.h"
#include "registers/typed.h"

#include <string.h>

enum { CHANGES_MOST = 2000, WHAT_MOST = 600 };

static OptInt product(OptInt a, OptInt b) {
  return a.has && b.has ? (OptInt){true, a.value * b.value} : (OptInt){0};
}

OptInt risk_score(const Values *v) {
  OptInt score = value_number(v, RISK_RESIDUAL_SCORE);
  if (!score.has)
    score =
        product(value_number(v, RISK_RESIDUAL_LIKELIHOOD), value_number(v, RISK_RESIDUAL_IMPACT));
  if (!score.has) score = value_number(v, RISK_INHERENT_SCORE);
  if (!score.has) score = product(value_number(v, RISK_LIKELIHOOD), value_number(v, RISK_IMPACT));
  return score;
}

bool item_version_keep(Context *c, const Item *item, bool removed) {
  bool risk = item->kind == &risks_kind;
  if (!risk && item->kind != &interested_parties_kind && item->kind != &issues_kind) return true;
  SqlItemVersionAdd row = {.item = item->id,
                           .kind = item->kind->name,
                           .removed = removed,
                           .title = value_text(&item->values, COMMON_TITLE),
                           .words = risk ? "" : item_words(c->arena, item)};
  if (risk) row.score = risk_score(&item->values);
  return sql_item_version_add(c, row) > 0;
}

// The line of `words` that begins with this label, up to the colon; NULL if there is none.
static const char *line_of(const char *words, const char *label, size_t label_length,
                           size_t *length) {
  for (const char *p = words; *p != '\0';) {
    size_t n = strcspn(p, "\n");
    if (n > label_length && memcmp(p, label, label_length) == 0 && p[label_length] == ':') {
      *length = n;
      return p;
    }
    p += n + (p[n] == '\n');
  }
  return NULL;
}

static void add_difference(Arena *arena, Text *out, const char *now, size_t now_length,
                           const char *before, size_t before_length, size_t label_length) {
  if (now_length == before_length && memcmp(now, before, now_length) == 0) return;
  const char *was = before_length == 0 ? _("nothing")
                                       : text_copy_n(arena, before + label_length + 2,
                                                     before_length - label_length - 2);
  const char *is = now_length == 0
                       ? _("nothing")
                       : text_copy_n(arena, now + label_length + 2, now_length - label_length - 2);
  text_add_format(out, "%s%s: %s → %s", out->length > 0 ? "\n" : "",
                  text_copy_n(arena, now_length == 0 ? before : now, label_length), was, is);
}

// Each field whose line differs, and those that are new or gone.
static const char *differences(Arena *arena, const char *before, const char *now) {
  Text out;
  text_init(&out, arena);
  for (const char *p = now; *p != '\0' && out.length < WHAT_MOST;) {
    size_t n = strcspn(p, "\n"), label = strcspn(p, ":\n"), length = 0;
    const char *was = line_of(before, p, label, &length);
    if (label < n) add_difference(arena, &out, p, n, was == NULL ? "" : was, length, label);
    p += n + (p[n] == '\n');
  }
  for (const char *p = before; *p != '\0' && out.length < WHAT_MOST;) {
    size_t n = strcspn(p, "\n"), label = strcspn(p, ":\n"), length;
    if (label < n && line_of(now, p, label, &length) == NULL)
      add_difference(arena, &out, "", 0, p, n, label);
    p += n + (p[n] == '\n');
  }
  return out.length > 0 ? out.data : "";
}

bool item_changes(Context *c, const Kind *kind, Date from, Date to, ItemChanges *out) {
  SqlItemVersionsBetweenRows rows = sql_item_versions_between(
      c,
      (SqlItemVersionsBetween){.kind = kind->name, .from = from, .to = to, .limit = CHANGES_MOST});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlItemVersionsBetweenRow *row = &rows.items[i];
    bool fresh = row->before_title == NULL;
    // Made before versions were kept: what it said then is not known, so it is no addition.
    bool older = fresh && date_compare(zone_date(c->zone, row->created, NULL), from) < 0;
    if (row->removed && fresh && !older) continue;
    ItemChange change = {.item = row->item,
                         .kind = row->removed      ? ITEM_REMOVED
                                 : fresh && !older ? ITEM_ADDED
                                                   : ITEM_CHANGED,
                         .title = row->title,
                         .what = "",
                         .on = row->on_day,
                         .before = row->before_score,
                         .now = row->score};
    if (change.kind == ITEM_CHANGED && !fresh)
      change.what = differences(c->arena, row->before_words, row->words);
    if (change.kind == ITEM_ADDED) change.what = row->words;
    *list_add(c->arena, out) = change;
  }
  return context_ok(c);
}
