// SPDX-License-Identifier: Apache-2.0
// What an audit covers, and whose it is.
#include "audits/audit_work.h"

#include "registers/control_set.h"

#include <string.h>

const SqlAuditAreasRow *audit_area_of(const SqlAuditAreasRows *areas, int64_t id) {
  for (size_t i = 0; i < areas->count; i++)
    if (areas->items[i].id == id) return &areas->items[i];
  return NULL;
}

static size_t entries_listed(Context *c, const char *refs, const ControlEntry **out, size_t most) {
  size_t count = 0;
  for (const char *at = refs; *at != '\0' && count < most;) {
    size_t length = strcspn(at, " ,");
    const ControlEntry *entry = control_entry_find(text_copy_n(c->arena, at, length));
    if (length > 0 && entry != NULL) out[count++] = entry;
    at += length + (at[length] != '\0');
  }
  return count;
}

size_t audit_area_entries(Context *c, const SqlAuditAreasRow *area, const ControlEntry **out,
                          size_t most) {
  if (text_equal(area->kind, "group")) return control_group_entries(area->ref, out, most);
  if (text_equal(area->kind, "unit")) return entries_listed(c, area->refs, out, most);
  if (!text_equal(area->kind, "control")) return 0;
  return entries_listed(c, area->ref, out, most);
}

// Whoever leads the management system operates what clauses 4–10 ask for.
static bool operated_by_manager(Context *c, SqlAuditAreaInsert *area) {
  Facts facts;
  if (!org_facts(c, &facts)) return false;
  area->operator_person = facts.security_manager;
  return true;
}

static bool area_of_group(Context *c, const ControlGroup *group, SqlAuditAreaInsert *area) {
  area->kind = "group";
  area->ref = group->key;
  area->title = group->title;
  return !group->clauses || operated_by_manager(c, area);
}

static bool area_of_entry(Context *c, const ControlEntry *entry, SqlAuditAreaInsert *area) {
  area->kind = "control";
  area->ref = entry->ref;
  area->title = text_format(c->arena, "%s %s", entry->ref, control_entry_words(entry));
  return entry->words == NULL || operated_by_manager(c, area);
}

static bool area_of_site(Context *c, int64_t site, SqlAuditAreaInsert *area) {
  Facts facts;
  if (!org_facts(c, &facts)) return false;
  area->kind = "site";
  area->object = site;
  for (size_t i = 0; i < facts.site_count; i++)
    if (facts.sites[i].id == site) area->title = facts.sites[i].name;
  return area->title != NULL || invalid(c, "what", _("There is no such site."));
}

static bool area_of_item(Context *c, int64_t item, SqlAuditAreaInsert *area) {
  SqlAuditItemOwnerRow row;
  if (!sql_audit_item_owner(c, (SqlAuditItemOwner){.item = item}, &row))
    return context_ok(c) && invalid(c, "what", _("There is no such register entry."));
  area->kind = "item";
  area->object = item;
  area->title = row.title;
  area->owner_person = row.owner_person;
  area->owner_position = row.owner_position;
  return true;
}

static bool area_of_unit(Context *c, int64_t unit, SqlAuditAreaInsert *area) {
  SqlAuditUnitFactsRow row;
  if (!sql_audit_unit_facts(c, (SqlAuditUnitFacts){.unit = unit}, &row))
    return context_ok(c) && invalid(c, "what", _("There is no such unit of the audit universe."));
  area->kind = "unit";
  area->object = unit;
  area->refs = row.refs;
  area->title = row.title;
  area->owner_person = row.owner_person;
  area->owner_position = row.owner_position;
  return !text_equal(row.kind, "clauses") || operated_by_manager(c, area);
}

static bool read_number(const char *what, const char *prefix, int64_t *number) {
  return text_starts(what, prefix) && text_to_int(what + strlen(prefix), number) && *number > 0;
}

static bool area_read(Context *c, const char *what, SqlAuditAreaInsert *area) {
  const char *text = text_trim(c->arena, what);
  int64_t number = 0;
  if (control_group_find(text) != NULL) return area_of_group(c, control_group_find(text), area);
  if (control_entry_find(text) != NULL) return area_of_entry(c, control_entry_find(text), area);
  if (read_number(text, "site:", &number)) return area_of_site(c, number, area);
  if (read_number(text, "item:", &number)) return area_of_item(c, number, area);
  if (read_number(text, "unit:", &number)) return area_of_unit(c, number, area);
  area->kind = "other";
  area->title = text;
  return true;
}

static bool area_is_new(Context *c, const SqlAuditAreaInsert *area) {
  SqlAuditAreasRows rows = sql_audit_areas(c, (SqlAuditAreas){.audit = area->audit});
  for (size_t i = 0; i < rows.count; i++)
    if (text_equal(rows.items[i].kind, area->kind) && text_equal(rows.items[i].title, area->title))
      return invalid(c, "what", _("“%s” is in the scope already."), area->title);
  return context_ok(c);
}

bool audit_area_add(Context *c, int64_t audit_id, const char *what, int64_t auditor, int64_t *id) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, audit_id, 0, &audit)) return false;
  if (text_is_empty(what)) return invalid(c, "what", _("Say what is audited."));
  SqlAuditAreaInsert area = {.audit = audit_id, .ref = "", .refs = "", .auditor = auditor};
  if (!area_read(c, what, &area) || !area_is_new(c, &area)) return false;
  if (auditor != 0 && !audit_is_member(c, audit_id, auditor))
    return context_ok(c) && invalid(c, "auditor", _("They are not in the team of this audit."));
  *id = sql_audit_area_insert(c, area);
  if (*id <= 0) return false;
  Biases biases = {0};
  if (!audit_biases(c, audit_id, 0, 0, &biases) || !audit_refuse_biases(c, "what", &biases))
    return false;
  LedgerEntry *entry = ledger_entry(c, "audit.area_added", "audit", audit_id);
  ledger_number(entry, "area", *id);
  ledger_value(entry, "kind", area.kind);
  if (area.ref[0] != '\0') ledger_value(entry, "ref", area.ref);
  ledger_personal(entry, "area_title", area.title);
  return ledger_write(entry) && transaction_commit(&tx);
}

// Whoever owns or operates an area could take their name off it, and audit it then.
static bool takes_oneself_off(Context *c, const SqlAuditAreasRow *area, const AreaChange *change) {
  int64_t self = c->actor;
  bool owns = area->owner_person == self || area->owner_holder == self;
  bool operates = area->operator_person == self || area->operator_holder == self;
  bool stays_owner =
      change->owner.person == self ||
      (change->owner.position != 0 && change->owner.position == area->owner_position);
  bool stays_operator =
      change->operator_.person == self ||
      (change->operator_.position != 0 && change->operator_.position == area->operator_position);
  return self != 0 && ((owns && !stays_owner) || (operates && !stays_operator));
}

bool audit_area_change(Context *c, const AreaChange *change) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, change->audit, 0, &audit)) return false;
  if (change->auditor != 0 && !audit_is_member(c, change->audit, change->auditor))
    return context_ok(c) && invalid(c, "auditor", _("They are not in the team of this audit."));
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = change->audit});
  const SqlAuditAreasRow *area = audit_area_of(&areas, change->area);
  if (area != NULL && takes_oneself_off(c, area, change))
    return invalid(c, "owner",
                   _("You own or operate it. That you no longer do is for somebody else to say: "
                     "otherwise anybody could audit their own work."));
  SqlAuditAreaSet set = {.id = change->area,
                         .audit = change->audit,
                         .owner_person = change->owner.person,
                         .owner_position = change->owner.position,
                         .operator_person = change->operator_.person,
                         .operator_position = change->operator_.position,
                         .auditor = change->auditor};
  if (sql_audit_area_set(c, set) != 1)
    return context_ok(c) ? not_found(c, _("There is no such area in this audit.")) : false;
  Biases biases = {0};
  if (!audit_biases(c, change->audit, 0, 0, &biases) || !audit_refuse_biases(c, "auditor", &biases))
    return false;
  LedgerEntry *entry = ledger_entry(c, "audit.area_changed", "audit", change->audit);
  ledger_number(entry, "area", change->area);
  ledger_number(entry, "owner_person", change->owner.person);
  ledger_number(entry, "owner_position", change->owner.position);
  ledger_number(entry, "operator_person", change->operator_.person);
  ledger_number(entry, "operator_position", change->operator_.position);
  ledger_number(entry, "auditor", change->auditor);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_area_remove(Context *c, int64_t audit_id, int64_t area) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, audit_id, 0, &audit)) return false;
  SqlAuditAreasRows rows = sql_audit_areas(c, (SqlAuditAreas){.audit = audit_id});
  const SqlAuditAreasRow *row = audit_area_of(&rows, area);
  if (row == NULL) return not_found(c, _("There is no such area in this audit."));
  SqlAuditAreaCountsRows counts = sql_audit_area_counts(c, (SqlAuditAreaCounts){.audit = audit_id});
  for (size_t i = 0; i < counts.count; i++)
    if (counts.items[i].area == area)
      return conflict(
          c,
          _("The checklist has items of “%s”. Mark them not applicable with the reason, "
            "or take off those that are still open."),
          row->title);
  sql_audit_area_remove(c, (SqlAuditAreaRemove){.id = area, .audit = audit_id});
  LedgerEntry *entry = ledger_entry(c, "audit.area_removed", "audit", audit_id);
  ledger_number(entry, "area", area);
  return ledger_write(entry) && transaction_commit(&tx);
}
