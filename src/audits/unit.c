// SPDX-License-Identifier: Apache-2.0
// Units as they are read: names, references, and the whole universe at once.
#include "audits/unit.h"

#include "audits/unit.sql.h"
#include "db/db.h"
#include "registers/control_set.h"

#include <stdlib.h>
#include <string.h>

enum { UNITS_MOST = 20000 };

static const struct {
  const char *name, *title;
} KINDS[UNIT_KIND_COUNT] = {
    [UNIT_CLAUSES] = {"clauses", N_("Clauses")}, [UNIT_CONTROLS] = {"controls", N_("Controls")},
    [UNIT_SITE] = {"site", N_("Site")},          [UNIT_SUPPLIER] = {"supplier", N_("Supplier")},
    [UNIT_PROCESS] = {"process", N_("Process")},
};

const char *unit_kind_name(UnitKind kind) {
  return KINDS[kind].name;
}
const char *unit_kind_title(UnitKind kind) {
  return _(KINDS[kind].title);
}
bool unit_kind_parse(const char *name, UnitKind *out) {
  for (size_t i = 0; i < UNIT_KIND_COUNT; i++)
    if (text_equal(name, KINDS[i].name)) {
      *out = (UnitKind)i;
      return true;
    }
  return false;
}

// ---- references: words apart by blanks ----

static const char *next_word(const char **rest, size_t *length) {
  *rest += strspn(*rest, " ");
  const char *word = *rest;
  *length = strcspn(word, " ");
  *rest += *length;
  return *length > 0 ? word : NULL;
}

static bool has_word(const char *refs, const char *word, size_t length) {
  size_t each;
  for (const char *have; (have = next_word(&refs, &each)) != NULL;)
    if (each == length && memcmp(have, word, length) == 0) return true;
  return false;
}

bool refs_have(const char *refs, const char *ref) {
  return has_word(refs, ref, strlen(ref));
}

const char *refs_filter(Arena *arena, const char *refs, const char *others, bool among) {
  Text out;
  text_init(&out, arena);
  size_t length;
  for (const char *word; (word = next_word(&refs, &length)) != NULL;) {
    if (has_word(others, word, length) != among) continue;
    if (out.length > 0) text_add_char(&out, ' ');
    text_add_n(&out, word, length);
  }
  return out.length > 0 ? out.data : "";
}

const char *refs_join(Arena *arena, const char *a, const char *b) {
  const char *more = refs_filter(arena, b, a, false);
  if (more[0] == '\0') return a;
  return a[0] == '\0' ? more : text_format(arena, "%s %s", a, more);
}

int32_t months_between(Date from, Date to) {
  int from_year, from_month, to_year, to_month, day;
  date_split(from, &from_year, &from_month, &day);
  date_split(to, &to_year, &to_month, &day);
  return (to_year - from_year) * 12 + to_month - from_month;
}

// ---- reading ----

static const char *owner_of(Context *c, const SqlUnitAllRow *row) {
  if (row->owner_name != NULL) return row->owner_name;
  if (row->position_title == NULL) return _("nobody yet");
  if (row->holder_name != NULL)
    return text_format(c->arena, "%s (%s)", row->position_title, row->holder_name);
  return text_format(c->arena, _("%s (vacant)"), row->position_title);
}

static void fill(Context *c, const SqlUnitAllRow *row, Unit *unit) {
  *unit = (Unit){.id = row->id,
                 .version = row->version,
                 .key = row->unit_key,
                 .title = row->title,
                 .refs = row->refs,
                 .needs = row->needs,
                 .effort = (int32_t)row->effort,
                 .max_interval = (int32_t)row->max_interval,
                 .weight = (int32_t)row->weight,
                 .outsourced = (int32_t)row->outsourced,
                 .interval_reason = row->interval_reason,
                 .weight_reason = row->weight_reason,
                 .said_audited = row->last_audited,
                 .last_audited = row->last_audited,
                 .owner = {row->owner_person, row->owner_position},
                 .owner_is = row->owner_person != 0 ? row->owner_person : row->holder,
                 .owner_manager = row->manager,
                 .owner_label = owner_of(c, row),
                 .owner_field = row->owner_name != NULL       ? row->owner_name
                                : row->position_title != NULL ? row->position_title
                                                              : "",
                 .site = row->site,
                 .site_name = row->site_name == NULL ? "" : row->site_name,
                 .register_item = row->register_item,
                 .edited = row->edited,
                 .retired = !instant_is_none(row->retired),
                 .retired_reason = row->retired_reason,
                 .successor = row->successor};
  unit_kind_parse(row->kind, &unit->kind);
}

static void last_audits(const SqlUnitHeldRows *held, const Facts *facts, Unit *unit) {
  size_t low = 0, high = held->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (held->items[middle].unit < unit->id)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < held->count && held->items[low].unit == unit->id &&
      (date_is_none(unit->last_audited) ||
       date_compare(held->items[low].held, unit->last_audited) > 0))
    unit->last_audited = held->items[low].held;
  if (!date_is_none(unit->last_audited)) return;
  unit->last_audited = facts->decision;
  unit->never_audited = true;
}

static bool load(Context *c, const Weights *weights, int64_t only, Units *out) {
  READ_TRANSACTION(c, tx);
  Facts facts;
  if (!org_facts(c, &facts)) return false;
  SqlUnitAllRows rows = sql_unit_all(c, (SqlUnitAll){.limit = UNITS_MOST});
  SqlUnitHeldRows held = sql_unit_held(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlUnitAllRow *row = &rows.items[i];
    if (only != 0 ? row->id != only : !instant_is_none(row->retired)) continue;
    Unit *unit = list_add(c->arena, out);
    fill(c, row, unit);
    last_audits(&held, &facts, unit);
  }
  return priorities_fill(c, weights, &facts, out);
}

bool units_load(Context *c, const Weights *weights, Units *out) {
  return load(c, weights, 0, out);
}

bool unit_load(Context *c, int64_t id, Unit *out) {
  Weights weights;
  Units units = {0};
  if (!weights_load(c, &weights) || !load(c, &weights, id, &units)) return false;
  if (units.count == 0) return not_found(c, _("There is no such unit in the audit universe."));
  *out = units.items[0];
  return true;
}

// ---- is anything left out? ----

static bool covered(const Units *units, const char *ref) {
  for (size_t i = 0; i < units->count; i++)
    if (refs_have(units->items[i].refs, ref)) return true;
  return false;
}

static bool stands_for(const Units *units, UnitKind kind, int64_t site, int64_t item) {
  for (size_t i = 0; i < units->count; i++) {
    const Unit *unit = &units->items[i];
    if (unit->kind == kind && unit->site == site && unit->register_item == item) return true;
  }
  return false;
}

bool units_missing(Context *c, const Units *units, Missing *out) {
  READ_TRANSACTION(c, tx);
  for (size_t i = 0; i < CLAUSE_COUNT; i++) {
    const char *ref = control_entry_at(i)->ref;
    if (!covered(units, ref)) *list_add(c->arena, out) = text_format(c->arena, _("Clause %s"), ref);
  }
  SqlSourceControlsRows controls = sql_source_controls(c);
  for (size_t i = 0; i < controls.count; i++) {
    const SqlSourceControlsRow *row = &controls.items[i];
    const AnnexControl *known = annex_control_find(row->ref);
    bool applies = !row->applicable.has || row->applicable.value != 0;
    if (known != NULL && applies && !covered(units, known->ref))
      *list_add(c->arena, out) = text_format(c->arena, "%s %s", known->ref, row->title);
  }
  SqlSourceSitesRows sites = sql_source_sites(c);
  for (size_t i = 0; i < sites.count; i++)
    if (!stands_for(units, UNIT_SITE, sites.items[i].id, 0))
      *list_add(c->arena, out) = text_format(c->arena, _("Site %s"), sites.items[i].name);
  return context_ok(c);
}
