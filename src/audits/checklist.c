// SPDX-License-Identifier: Apache-2.0
#include "audits/checklist.h"

#include "audits/audit_work.h"
#include "diary/activity.h"
#include "ledger/evidence.h"
#include "registers/control_set.h"

static const struct {
  const char *name, *title;
} RESULTS[RESULT_COUNT] = {{"open", N_("Open")},
                           {"conforms", N_("Conforms")},
                           {"nonconformity", N_("Nonconformity")},
                           {"observation", N_("Observation")},
                           {"not_applicable", N_("Not applicable")}};

const char *result_name(ItemResult result) {
  return RESULTS[result].name;
}
const char *result_title(ItemResult result) {
  return _(RESULTS[result].title);
}

bool result_parse(const char *name, ItemResult *out) {
  for (int i = 0; i < RESULT_COUNT; i++)
    if (text_equal(RESULTS[i].name, name)) {
      *out = (ItemResult)i;
      return true;
    }
  return false;
}

// ---- drawn from the scope ----

typedef struct Drawing {
  Context *c;
  int64_t audit, place, added;
  SqlAuditItemsRows there;
  SqlAuditOwnWordingRows wording;
  SqlAuditControlsExcludedRows excluded;
} Drawing;

static bool insert_item(Context *c, const SqlAuditItemInsert *row, int64_t *id) {
  *id = sql_audit_item_insert(c, *row);
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_item.added", "audit_item", *id);
  ledger_number(entry, "audit", row->audit);
  if (row->ref[0] != '\0') ledger_value(entry, "ref", row->ref);
  if (row->own) ledger_personal(entry, "title", row->title);
  return ledger_write(entry);
}

static bool is_there(const Drawing *d, int64_t area, const char *ref, const char *title) {
  for (size_t i = 0; i < d->there.count; i++) {
    const SqlAuditItemsRow *row = &d->there.items[i];
    if (ref[0] != '\0' ? text_equal(row->ref, ref)
                       : row->area == area && text_equal(row->title, title))
      return true;
  }
  return false;
}

static bool is_excluded(const Drawing *d, const ControlEntry *entry) {
  for (size_t i = 0; entry->words == NULL && i < d->excluded.count; i++)
    if (annex_control_find(d->excluded.items[i].ref) == annex_control_find(entry->ref)) return true;
  return false;
}

static const SqlAuditOwnWordingRow *wording_of(const Drawing *d, const ControlEntry *entry) {
  for (size_t i = 0; i < d->wording.count; i++) {
    const char *ref = d->wording.items[i].ref;
    if (text_equal(ref, entry->ref) ||
        (entry->words == NULL && annex_control_find(ref) == annex_control_find(entry->ref) &&
         annex_control_find(ref) != NULL))
      return &d->wording.items[i];
  }
  return NULL;
}

static const char *own_or(const char *own, const char *built_in) {
  return text_is_empty(own) ? built_in : own;
}

static bool draw_one(Drawing *d, int64_t area, SqlAuditItemInsert row) {
  if (is_there(d, area, row.ref, row.title)) return true;
  row.audit = d->audit;
  row.area = area;
  row.place = ++d->place;
  int64_t id;
  d->added++;
  return insert_item(d->c, &row, &id);
}

static bool draw_entry(Drawing *d, int64_t area, const ControlEntry *entry) {
  if (is_excluded(d, entry)) return true;
  const SqlAuditOwnWordingRow *own = wording_of(d, entry);
  return draw_one(
      d, area,
      (SqlAuditItemInsert){.ref = entry->ref,
                           .title = own_or(own ? own->title : NULL, control_entry_words(entry)),
                           .ask = own_or(own ? own->ask : NULL, _(entry->ask)),
                           .look = own_or(own ? own->look : NULL, _(entry->look)),
                           .take = own_or(own ? own->take : NULL, _(entry->sample))});
}

// An area without a control of its own: what every audit looks at.
static bool draw_general(Drawing *d, const SqlAuditAreasRow *area) {
  Arena *arena = d->c->arena;
  const struct {
    const char *title, *ask, *look, *take;
  } items[] = {
      {_("%s: rules and responsibilities"),
       _("Which rules hold here, who is responsible, and what changed this year?"),
       _("Valid documents, appointments, agreements, and their dates."),
       _("Two people who work there: what are they to do, and where does it stand?")},
      {_("%s: how it is done"), _("How does the work run, and where does it go wrong?"),
       _("Records of the last months, deviations, incidents, what the place itself shows."),
       _("Five cases of the last quarter, from beginning to end.")},
      {_("%s: earlier findings and risks"),
       _("What was found last time, what came of it, and which risks are known?"),
       _("Earlier findings, actions, effectiveness; the risk register."),
       _("Every open finding, and two closed ones: has it held?")}};
  for (size_t i = 0; i < COUNT_OF(items); i++) {
    Text title;
    text_init(&title, arena);
    text_add(&title, area->title);
    text_add(&title, items[i].title + 2);
    SqlAuditItemInsert row = {.ref = "",
                              .title = title.data,
                              .ask = items[i].ask,
                              .look = items[i].look,
                              .take = items[i].take};
    if (!draw_one(d, area->id, row)) return false;
  }
  return true;
}

static bool draw_area(Drawing *d, const SqlAuditAreasRow *area) {
  const ControlEntry *entries[CONTROL_ENTRY_COUNT];
  size_t count = audit_area_entries(d->c, area, entries, CONTROL_ENTRY_COUNT);
  if (count == 0) return draw_general(d, area);
  for (size_t i = 0; i < count; i++)
    if (!draw_entry(d, area->id, entries[i])) return false;
  return true;
}

static int64_t last_place(Context *c, int64_t audit) {
  SqlAuditItemLastRow row = {0};
  sql_audit_item_last(c, (SqlAuditItemLast){.audit = audit}, &row);
  return row.place;
}

bool checklist_draw(Context *c, int64_t id, int64_t *added) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = id});
  if (areas.count == 0)
    return invalid(c, "what", _("The scope is empty: add what is audited, then draw."));
  Drawing d = {.c = c,
               .audit = id,
               .place = last_place(c, id),
               .there = sql_audit_items(c, (SqlAuditItems){.audit = id}),
               .wording = sql_audit_own_wording(c),
               .excluded = sql_audit_controls_excluded(c)};
  for (size_t i = 0; i < areas.count; i++)
    if (!draw_area(&d, &areas.items[i])) return false;
  *added = d.added;
  LedgerEntry *entry = ledger_entry(c, "audit.checklist_drawn", "audit", id);
  ledger_number(entry, "items_added", d.added);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- edited ----

static const char *words(const char *text) {
  return text == NULL ? "" : text;
}

bool checklist_add(Context *c, int64_t id, int64_t area, const ChecklistText *text, int64_t *item) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = id});
  if (text_is_empty(text->title)) return invalid(c, "title", _("Say what is looked at."));
  if (audit_area_of(&areas, area) == NULL)
    return invalid(c, "area", _("Say to which area of the scope it belongs."));
  SqlAuditItemInsert row = {.audit = id,
                            .area = area,
                            .place = last_place(c, id) + 1,
                            .ref = "",
                            .title = text->title,
                            .ask = words(text->ask),
                            .look = words(text->look),
                            .take = words(text->take),
                            .own = true};
  return insert_item(c, &row, item) && transaction_commit(&tx);
}

// What the other wrote is named, so that nobody's work is lost unseen.
static bool item_conflict(Context *c, const SqlAuditItemGetRow *row) {
  const char *who = row->assessed_by == NULL ? _("Somebody") : row->assessed_by;
  return conflict(c,
                  _("%s saved this item meanwhile: %s%s%s. Your words are still in the form below; "
                    "put the two together, then save again."),
                  who, result_title((ItemResult)row->result), row->note[0] != '\0' ? ", “" : "",
                  row->note[0] != '\0' ? text_format(c->arena, "%s”", row->note) : "");
}

static bool item_load(Context *c, int64_t item, int64_t version, SqlAuditItemGetRow *row,
                      Audit *audit) {
  if (!sql_audit_item_get(c, (SqlAuditItemGet){.id = item}, row))
    return context_ok(c) ? not_found(c, _("There is no such item on a checklist.")) : false;
  if (!audit_load_open(c, row->audit, 0, audit)) return false;
  return version == 0 || version == row->version || item_conflict(c, row);
}

static bool landed(Context *c, int64_t rows, const SqlAuditItemGetRow *row) {
  if (rows == 1) return true;
  return context_ok(c) && item_conflict(c, row);
}

bool checklist_edit(Context *c, int64_t item, const ChecklistText *text, int64_t version) {
  TRANSACTION(c, tx);
  SqlAuditItemGetRow row;
  Audit audit;
  if (!item_load(c, item, version, &row, &audit)) return false;
  if (text_is_empty(text->title)) return invalid(c, "title", _("Say what is looked at."));
  SqlAuditItemEdit edit = {.id = item,
                           .version = row.version,
                           .title = text->title,
                           .ask = words(text->ask),
                           .look = words(text->look),
                           .take = words(text->take)};
  if (!landed(c, sql_audit_item_edit(c, edit), &row)) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_item.edited", "audit_item", item);
  ledger_personal(entry, "title", text->title);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool checklist_remove(Context *c, int64_t item, int64_t version) {
  TRANSACTION(c, tx);
  SqlAuditItemGetRow row;
  Audit audit;
  if (!item_load(c, item, version, &row, &audit)) return false;
  if (row.result != RESULT_OPEN || evidence_count(c, "audit_item", item) > 0)
    return conflict(c, _("It is assessed: mark it not applicable with the reason instead."));
  if (!landed(c, sql_audit_item_remove(c, (SqlAuditItemRemove){.id = item, .version = row.version}),
              &row))
    return false;
  LedgerEntry *entry = ledger_entry(c, "audit_item.removed", "audit_item", item);
  ledger_number(entry, "audit", row.audit);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- assessed ----

// One who does not sign in is written for; one who does writes for themselves.
static bool find_auditor(Context *c, const SqlAuditItemGetRow *row, int64_t named, int64_t *out) {
  SqlAuditMembersRows team = sql_audit_members(c, (SqlAuditMembers){.audit = row->audit});
  const SqlAuditMembersRow *self = NULL, *other = NULL;
  for (size_t i = 0; i < team.count; i++) {
    const SqlAuditMembersRow *m = &team.items[i];
    if (!instant_is_none(m->left_at) || text_equal(m->part, "observer")) continue;
    if (m->person == c->actor) self = m;
    if (m->person == named) other = m;
  }
  *out = named != 0 ? named : c->actor;
  if (named == 0 || named == c->actor)
    return self != NULL ||
           invalid(c, "auditor",
                   _("You are not in the team of this audit. Join it, or name the auditor from "
                     "outside for whom you write."));
  if (other == NULL) return invalid(c, "auditor", _("They are not in the team of this audit."));
  if (other->account != 0 && c->actor != 0)
    return invalid(c, "auditor", _("%s signs in and assesses in their own name."), other->name);
  return true;
}

static bool assessment_is_sound(Context *c, const Assessment *a) {
  if ((unsigned)a->result >= RESULT_COUNT)
    return invalid(c, "result", _("Choose what the item came to."));
  if (a->result == RESULT_NOT_APPLICABLE && text_is_empty(a->reason))
    invalid(c, "reason", _("Say why it does not apply here."));
  if ((a->result == RESULT_NONCONFORMITY || a->result == RESULT_OBSERVATION) &&
      text_is_empty(a->note))
    invalid(c, "note", _("Write down what was seen: a result without it convinces nobody."));
  return context_ok(c);
}

bool checklist_assess(Context *c, const Assessment *a) {
  TRANSACTION(c, tx);
  SqlAuditItemGetRow row;
  Audit audit = {0};
  int64_t auditor;
  if (!item_load(c, a->item, a->version, &row, &audit) || !assessment_is_sound(c, a)) return false;
  if (instant_is_none(audit.started))
    return conflict(c,
                    _("“%s” has not been started. Start it first; independence is looked at "
                      "then."),
                    audit.title);
  if (!find_auditor(c, &row, a->auditor, &auditor)) return false;
  if (!audit_may_judge(c, "auditor", row.audit, auditor, row.area)) return false;
  SqlAuditItemAssess set = {.id = a->item,
                            .version = row.version,
                            .result = a->result,
                            .note = words(a->note),
                            .reason = a->result == RESULT_NOT_APPLICABLE ? words(a->reason) : "",
                            .auditor = auditor};
  if (!landed(c, sql_audit_item_assess(c, set), &row)) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_item.assessed", "audit_item", a->item);
  ledger_int(entry, "result", row.result, a->result);
  ledger_number(entry, "auditor", auditor);
  ledger_personal(entry, "note", words(a->note));
  if (set.reason[0] != '\0') ledger_personal(entry, "reason", set.reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- evidence ----

bool checklist_may_lose_evidence(Context *c, int64_t item) {
  SqlAuditItemGetRow row;
  Audit audit;
  return item_load(c, item, 0, &row, &audit);
}

bool checklist_evidence_changed(Context *c, int64_t item) {
  (void)item;
  return context_ok(c);
}
