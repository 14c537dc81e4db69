// SPDX-License-Identifier: Apache-2.0
// The universe from what is in the registers. Building again changes only what the registers
// changed: what was edited by hand keeps its words, what was merged stays merged, and every
// reference stands in one unit.
#include "audits/unit_build.h"

#include <stdlib.h>
#include <string.h>

#include "audits/unit.sql.h"
#include "audits/unit_write.h"
#include "db/db.h"
#include "ledger/ledger.h"

enum { UNITS_MOST = 20000 };

typedef struct Building {
  Context *c;
  SqlUnitAllRows rows;
  const char *by_hand; // references in units that were edited by hand
  UniverseBuilt *built;
} Building;

static const SqlUnitAllRow *row_of_key(const Building *b, const char *key) {
  for (size_t i = 0; i < b->rows.count; i++)
    if (text_equal(b->rows.items[i].unit_key, key)) return &b->rows.items[i];
  return NULL;
}

static const SqlUnitAllRow *row_of_id(const Building *b, int64_t id) {
  for (size_t i = 0; i < b->rows.count; i++)
    if (b->rows.items[i].id == id) return &b->rows.items[i];
  return NULL;
}

// Into whom it was merged in the end; NULL if that one left the universe, too.
static const SqlUnitAllRow *last_successor(const Building *b, const SqlUnitAllRow *row) {
  for (size_t steps = 0; row != NULL && steps < b->rows.count; steps++) {
    if (instant_is_none(row->retired)) return row;
    row = row->successor == 0 ? NULL : row_of_id(b, row->successor);
  }
  return NULL;
}

static bool add(Building *b, Draft *draft) {
  b->built->added++;
  return unit_write_new(b->c,
                        &(Unit){.key = draft->key,
                                .kind = draft->kind,
                                .title = draft->title,
                                .refs = draft->refs,
                                .needs = draft->needs,
                                .effort = draft->effort,
                                .owner = draft->owner,
                                .site = draft->site,
                                .register_item = draft->register_item},
                        &draft->unit);
}

static bool write_row(Building *b, const SqlUnitAllRow *row, const Draft *as) {
  Unit unit = unit_of_row(row);
  unit.refs = as->refs;
  if (!row->edited) {
    unit.title = as->title;
    unit.needs = as->needs;
    unit.effort = as->effort;
    unit.owner = as->owner;
  }
  if (text_equal(unit.refs, row->refs) && text_equal(unit.title, row->title) &&
      text_equal(unit.needs, row->needs) && unit.effort == row->effort &&
      unit.owner.person == row->owner_person && unit.owner.position == row->owner_position)
    return true;
  b->built->changed++;
  return unit_write(b->c, row, &unit);
}

static bool put(Building *b, Draft *draft) {
  const SqlUnitAllRow *row = row_of_key(b, draft->key);
  draft->refs = refs_filter(b->c->arena, draft->refs, b->by_hand, false);
  if (row == NULL) return add(b, draft);
  const SqlUnitAllRow *live = last_successor(b, row);
  if (live == NULL) { // taken out of the universe by hand: it stays out
    draft->settled = true;
    return true;
  }
  draft->unit = live->id;
  if (live == row && !row->edited) return write_row(b, row, draft);
  // By hand: what it has stays, and what the registers newly have of it is added.
  Draft joined = *draft;
  joined.refs = refs_join(b->c->arena, live->refs, draft->refs);
  return write_row(b, live, &joined);
}

static bool is_drafted(const Drafts *drafts, const char *key) {
  for (size_t i = 0; i < drafts->count; i++)
    if (text_equal(drafts->items[i].key, key)) return true;
  return false;
}

// What the registers no longer have leaves the universe, unless a hand was on it.
static bool retire_gone(Building *b, const Drafts *drafts) {
  for (size_t i = 0; i < b->rows.count; i++) {
    const SqlUnitAllRow *row = &b->rows.items[i];
    if (row->edited || !instant_is_none(row->retired) || is_drafted(drafts, row->unit_key))
      continue;
    b->built->retired++;
    if (!unit_write_retired(b->c, row->id, row->version, _("no longer in the registers"), 0))
      return false;
  }
  return true;
}

// ---- links ----

typedef struct LinkKey {
  int64_t unit, item;
  const char *kind;
} LinkKey;

static int compare_keys(const void *a, const void *b) {
  const LinkKey *x = a, *y = b;
  if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  return strcmp(x->kind, y->kind);
}

static bool link_all(Building *b, const Drafts *drafts) {
  Context *c = b->c;
  Sources sources = {0};
  FoundLinks links = {0};
  if (!sources_collect(c, &sources)) return false;
  for (size_t i = 0; i < sources.count; i++) match_source(c, drafts, &sources.items[i], &links);
  LinkKey *keys = arena_array(c->arena, links.count + 1, sizeof *keys);
  size_t count = 0;
  for (size_t i = 0; i < links.count; i++) {
    const FoundLink *found = &links.items[i];
    int64_t unit = drafts->items[found->unit].unit;
    if (unit == 0) continue;
    keys[count++] = (LinkKey){unit, found->source->item, found->source->kind};
    sql_unit_link_put(c, (SqlUnitLinkPut){.unit = unit,
                                          .kind = found->source->kind,
                                          .item = found->source->item,
                                          .why = found->why,
                                          .size = found->source->size,
                                          .dated = found->source->dated});
  }
  qsort(keys, count, sizeof *keys, compare_keys);
  SqlUnitLinkKeysRows have = sql_unit_link_keys(c);
  for (size_t i = 0; i < have.count; i++) {
    LinkKey key = {have.items[i].unit, have.items[i].item, have.items[i].kind};
    if (have.items[i].by_hand || bsearch(&key, keys, count, sizeof *keys, compare_keys) != NULL)
      continue;
    sql_unit_link_remove(c,
                         (SqlUnitLinkRemove){.unit = key.unit, .kind = key.kind, .item = key.item});
  }
  b->built->links = (int64_t)count;
  return context_ok(c);
}

bool universe_build(Context *c, UniverseBuilt *out) {
  TRANSACTION(c, tx);
  *out = (UniverseBuilt){0};
  Facts facts;
  Drafts drafts = {0};
  Building b = {.c = c, .by_hand = "", .built = out};
  if (!org_facts(c, &facts) || !drafts_collect(c, &facts, &drafts)) return false;
  b.rows = sql_unit_all(c, (SqlUnitAll){.limit = UNITS_MOST});
  for (size_t i = 0; i < b.rows.count; i++)
    if (b.rows.items[i].edited && instant_is_none(b.rows.items[i].retired))
      b.by_hand = refs_join(c->arena, b.by_hand, b.rows.items[i].refs);
  for (size_t i = 0; i < drafts.count; i++)
    if (!put(&b, &drafts.items[i])) return false;
  if (!retire_gone(&b, &drafts) || !link_all(&b, &drafts)) return false;
  if (out->added + out->changed + out->retired > 0) {
    LedgerEntry *entry = ledger_entry(c, "audit_universe.built", "audit_universe", c->org);
    ledger_number(entry, "added", out->added);
    ledger_number(entry, "changed", out->changed);
    ledger_number(entry, "retired", out->retired);
    if (!ledger_write(entry)) return false;
  }
  return transaction_commit(&tx);
}
