// SPDX-License-Identifier: Apache-2.0
// What a hand changes in the universe: words, effort, owner, weight; merging and splitting.
#include "audits/unit_write.h"

#include "db/db.h"
#include "ledger/ledger.h"

#include <string.h>

enum { UNITS_MOST = 20000, EFFORT_MOST = 3100, INTERVAL_MOST = 60 };

Unit unit_of_row(const SqlUnitAllRow *row) {
  Unit unit = {.id = row->id,
               .version = row->version,
               .title = row->title,
               .refs = row->refs,
               .needs = row->needs,
               .effort = (int32_t)row->effort,
               .max_interval = (int32_t)row->max_interval,
               .interval_reason = row->interval_reason,
               .weight = (int32_t)row->weight,
               .weight_reason = row->weight_reason,
               .outsourced = (int32_t)row->outsourced,
               .said_audited = row->last_audited,
               .owner = {row->owner_person, row->owner_position},
               .edited = row->edited};
  unit_kind_parse(row->kind, &unit.kind);
  return unit;
}

bool unit_write_new(Context *c, const Unit *unit, int64_t *id) {
  *id = sql_unit_insert(c, (SqlUnitInsert){.unit_key = unit->key,
                                           .kind = unit_kind_name(unit->kind),
                                           .title = unit->title,
                                           .refs = unit->refs,
                                           .needs = unit->needs,
                                           .effort = unit->effort,
                                           .owner_person = unit->owner.person,
                                           .owner_position = unit->owner.position,
                                           .site = unit->site,
                                           .register_item = unit->register_item,
                                           .edited = unit->edited});
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_unit.added", "audit_unit", *id);
  ledger_value(entry, "unit_key", unit->key);
  ledger_value(entry, "kind", unit_kind_name(unit->kind));
  ledger_value(entry, "title", unit->title);
  ledger_value(entry, "refs", unit->refs);
  ledger_value(entry, "needs", unit->needs);
  ledger_number(entry, "effort", unit->effort);
  return ledger_write(entry);
}

bool unit_write(Context *c, const SqlUnitAllRow *before, const Unit *after) {
  int64_t rows = sql_unit_update(c, (SqlUnitUpdate){.id = before->id,
                                                    .version = before->version,
                                                    .title = after->title,
                                                    .refs = after->refs,
                                                    .needs = after->needs,
                                                    .effort = after->effort,
                                                    .max_interval = after->max_interval,
                                                    .interval_reason = after->interval_reason,
                                                    .weight = after->weight,
                                                    .weight_reason = after->weight_reason,
                                                    .outsourced = after->outsourced,
                                                    .last_audited = after->said_audited,
                                                    .owner_person = after->owner.person,
                                                    .owner_position = after->owner.position,
                                                    .edited = after->edited});
  if (!context_ok(c)) return false;
  if (rows != 1)
    return conflict(c, _("Somebody changed “%s” at the same moment. Look again and repeat."),
                    before->title);
  LedgerEntry *entry = ledger_entry(c, "audit_unit.changed", "audit_unit", before->id);
  ledger_text(entry, "title", before->title, after->title);
  ledger_text(entry, "refs", before->refs, after->refs);
  ledger_text(entry, "needs", before->needs, after->needs);
  ledger_int(entry, "effort", before->effort, after->effort);
  ledger_int(entry, "max_interval", before->max_interval, after->max_interval);
  ledger_int(entry, "weight", before->weight, after->weight);
  ledger_date(entry, "last_audited", before->last_audited, after->said_audited);
  ledger_int(entry, "owner_person", before->owner_person, after->owner.person);
  ledger_int(entry, "owner_position", before->owner_position, after->owner.position);
  Owner was = {before->owner_person, before->owner_position};
  return owner_was(c, "audit_unit", before->id, was, after->owner) && ledger_write(entry);
}

bool unit_write_retired(Context *c, int64_t id, int64_t version, const char *reason,
                        int64_t successor) {
  int64_t rows = sql_unit_retire(
      c, (SqlUnitRetire){.id = id, .version = version, .reason = reason, .successor = successor});
  if (!context_ok(c)) return false;
  if (rows != 1) return conflict(c, _("Somebody changed this unit at the same moment."));
  LedgerEntry *entry = ledger_entry(c, "audit_unit.retired", "audit_unit", id);
  ledger_personal(entry, "reason", reason);
  if (successor != 0) ledger_number(entry, "successor", successor);
  return ledger_write(entry);
}

static bool load_row(Context *c, int64_t id, int64_t version, SqlUnitAllRow *out) {
  SqlUnitAllRows rows = sql_unit_all(c, (SqlUnitAll){.limit = UNITS_MOST});
  for (size_t i = 0; i < rows.count; i++) {
    if (rows.items[i].id != id) continue;
    *out = rows.items[i];
    if (version != 0 && version != out->version)
      return conflict(c, _("Somebody changed “%s” meanwhile. Look again and repeat."), out->title);
    if (!instant_is_none(out->retired))
      return conflict(c, _("“%s” has left the universe and stays as it is."), out->title);
    return true;
  }
  return context_ok(c) && not_found(c, _("There is no such unit in the audit universe."));
}

static bool sound(Context *c, const Unit *unit) {
  if (text_is_empty(unit->title)) invalid(c, "title", _("Give it a title."));
  if (unit->effort < 10 || unit->effort > EFFORT_MOST)
    invalid(c, "effort", _("An audit takes from 0.1 to 31 days."));
  if (unit->max_interval < 0 || unit->max_interval > INTERVAL_MOST)
    invalid(c, "max_interval", _("From 1 to %d months; empty: from its priority."), INTERVAL_MOST);
  if (unit->max_interval > 0 && text_is_empty(unit->interval_reason))
    invalid(c, "interval_reason", _("Say why this interval and not the one of its priority."));
  if (unit->weight < 0 || unit->weight > 100)
    invalid(c, "weight", _("A weight lies between 0 and 100."));
  if (unit->weight > 0 && text_is_empty(unit->weight_reason))
    invalid(c, "weight_reason", _("Say why management weighs it so."));
  if (!date_is_none(unit->said_audited) && date_compare(unit->said_audited, c->today) > 0)
    invalid(c, "last_audited", _("The last audit cannot lie in the future."));
  return context_ok(c);
}

bool unit_add(Context *c, const Unit *unit, int64_t *id) {
  TRANSACTION(c, tx);
  if (!sound(c, unit)) return false;
  Unit whole = *unit;
  SqlUnitAllRows rows = sql_unit_all(c, (SqlUnitAll){.limit = UNITS_MOST});
  for (size_t i = 0; i < rows.count; i++)
    if (text_equal_fold(rows.items[i].title, unit->title) && instant_is_none(rows.items[i].retired))
      return invalid(c, "title", _("There is a unit of this title already."));
  whole.key = text_format(c->arena, "hand.%zu", rows.count + 1);
  whole.edited = true;
  if (whole.refs == NULL) whole.refs = "";
  if (whole.needs == NULL) whole.needs = "";
  return unit_write_new(c, &whole, id) && transaction_commit(&tx);
}

bool unit_change(Context *c, const Unit *unit) {
  TRANSACTION(c, tx);
  SqlUnitAllRow row;
  if (!load_row(c, unit->id, unit->version, &row)) return false;
  Unit after = *unit;
  if (after.interval_reason == NULL) after.interval_reason = "";
  if (after.weight_reason == NULL) after.weight_reason = "";
  if (after.needs == NULL) after.needs = "";
  if (after.refs == NULL) after.refs = row.refs;
  after.edited = true;
  return sound(c, &after) && unit_write(c, &row, &after) && transaction_commit(&tx);
}

// ---- merged and split ----

static bool remember(Context *c, int64_t from, int64_t to, const char *what, const char *reason) {
  int64_t id = sql_unit_change_insert(
      c, (SqlUnitChangeInsert){.from_unit = from, .to_unit = to, .what = what, .reason = reason});
  return id > 0;
}

static bool reason_given(Context *c, const char *reason) {
  return !text_is_empty(reason) || invalid(c, "reason", _("Say why; the reason is kept."));
}

bool unit_merge(Context *c, int64_t from, int64_t into, const char *reason) {
  TRANSACTION(c, tx);
  SqlUnitAllRow old, target;
  if (from == into) return invalid(c, "into", _("A unit cannot be merged into itself."));
  if (!reason_given(c, reason) || !load_row(c, from, 0, &old) || !load_row(c, into, 0, &target))
    return false;
  Unit whole = unit_of_row(&target);
  whole.refs = refs_join(c->arena, target.refs, old.refs);
  whole.needs = refs_join(c->arena, target.needs, old.needs);
  whole.effort = whole.effort + (int32_t)old.effort > EFFORT_MOST
                     ? EFFORT_MOST
                     : whole.effort + (int32_t)old.effort;
  whole.edited = true;
  sql_unit_link_move(c, (SqlUnitLinkMove){.from_unit = from, .to_unit = into});
  return unit_write(c, &target, &whole) && unit_write_retired(c, from, old.version, reason, into) &&
         remember(c, from, into, "merged", reason) && transaction_commit(&tx);
}

bool unit_split(Context *c, int64_t unit, const char *refs, const char *title, const char *reason,
                int64_t *id) {
  TRANSACTION(c, tx);
  SqlUnitAllRow row;
  if (!reason_given(c, reason) || !load_row(c, unit, 0, &row)) return false;
  if (text_is_empty(refs)) return invalid(c, "refs", _("Choose what leaves it."));
  const char *unknown = refs_filter(c->arena, refs, row.refs, false);
  const char *left = refs_filter(c->arena, row.refs, refs, false);
  if (unknown[0] != '\0') return invalid(c, "refs", _("%s is not part of it."), unknown);
  if (left[0] == '\0') return invalid(c, "refs", _("Something has to stay in the old unit."));
  Unit part = unit_of_row(&row), rest = part;
  part.title = title;
  part.refs = refs;
  part.key = NULL;
  part.effort = part.effort / 2 < 50 ? 50 : part.effort / 2;
  rest.refs = left;
  rest.effort = part.effort;
  rest.edited = true;
  if (!unit_add(c, &part, id) || !unit_write(c, &row, &rest)) return false;
  sql_unit_link_move(c, (SqlUnitLinkMove){.from_unit = unit, .to_unit = *id});
  return remember(c, unit, *id, "split", reason) && transaction_commit(&tx);
}

bool unit_retire(Context *c, int64_t unit, const char *reason) {
  TRANSACTION(c, tx);
  SqlUnitAllRow row;
  if (!reason_given(c, reason) || !load_row(c, unit, 0, &row)) return false;
  if (row.refs[0] != '\0')
    return invalid(c, "reason",
                   _("It covers %s, and nothing applicable is left out of the cycle: merge it into "
                     "another unit instead."),
                   row.refs);
  return unit_write_retired(c, unit, row.version, reason, 0) && transaction_commit(&tx);
}

bool unit_link(Context *c, int64_t unit, int64_t item, const char *why) {
  TRANSACTION(c, tx);
  SqlUnitAllRow row;
  SqlUnitItemRow of;
  if (!load_row(c, unit, 0, &row)) return false;
  if (!sql_unit_item(c, (SqlUnitItem){.item = item}, &of))
    return context_ok(c) && invalid(c, "item", _("There is no such entry in the registers."));
  sql_unit_link_put(c, (SqlUnitLinkPut){.unit = unit,
                                        .kind = of.kind,
                                        .item = item,
                                        .why = text_is_empty(why) ? _("linked by hand") : why,
                                        .size = 40,
                                        .dated = DATE_NONE,
                                        .by_hand = true});
  LedgerEntry *entry = ledger_entry(c, "audit_unit.linked", "audit_unit", unit);
  ledger_number(entry, "item", item);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool unit_unlink(Context *c, int64_t unit, const char *kind, int64_t item) {
  TRANSACTION(c, tx);
  SqlUnitAllRow row;
  if (!load_row(c, unit, 0, &row)) return false;
  if (sql_unit_link_remove(c, (SqlUnitLinkRemove){.unit = unit, .kind = kind, .item = item}) != 1)
    return context_ok(c) && not_found(c, _("These two are not linked."));
  LedgerEntry *entry = ledger_entry(c, "audit_unit.unlinked", "audit_unit", unit);
  ledger_number(entry, "item", item);
  return ledger_write(entry) && transaction_commit(&tx);
}
