// SPDX-License-Identifier: Apache-2.0
// Pages of one entry: shown, written, changed, taken out.
#include "db/db.h"
#include "diary/pages.h"
#include "html/html.h"
#include "http/request.h"
#include "ledger/pages.h"
#include "registers/pages.sql.h"
#include "registers/registers.h"
#include "registers/registers.routes.h"
#include "registers/registers.views.h"

#include <string.h>

// ---- one entry ----

static FieldLineList field_lines(Arena *arena, const Item *item) {
  FieldLine *lines = arena_array(arena, KIND_MAX_FIELDS, sizeof *lines);
  size_t count = 0;
  for (size_t f = COMMON_DESCRIPTION; f < item->kind->field_count; f++) {
    if (f == COMMON_OWNER || f == COMMON_STATUS || !item->values.of[f].set) continue;
    const KindField *field = &item->kind->fields[f];
    lines[count++] = (FieldLine){.name = field->name,
                                 .label = _(field->label),
                                 .value = value_text(&item->values, f),
                                 .several = (field->flags & CELL_LONG) != 0};
  }
  return (FieldLineList){lines, count};
}

static FieldLineList note_lines(Arena *arena, const Item *item) {
  FieldLine *lines = arena_array(arena, item->notes.count + 1, sizeof *lines);
  for (size_t i = 0; i < item->notes.count; i++)
    lines[i] = (FieldLine){.name = item->notes.items[i].name,
                           .label = item->notes.items[i].name,
                           .value = item->notes.items[i].value};
  return (FieldLineList){lines, item->notes.count};
}

static ItemDutyList duties_of(Context *c, int64_t item) {
  SqlItemDutiesRows rows = sql_item_duties(c, (SqlItemDuties){.item = item});
  ItemDuty *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] =
        (ItemDuty){.id = rows.items[i].id, .title = rows.items[i].title, .due = rows.items[i].due};
  return (ItemDutyList){items, rows.count};
}

static ItemProposalList proposals_of(Context *c, int64_t item, bool adopted) {
  SqlItemProposalsRows rows = sql_item_proposals(c, (SqlItemProposals){.item = item});
  ItemProposal *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  size_t count = adopted ? 0 : rows.count;
  for (size_t i = 0; i < count; i++)
    items[i] = (ItemProposal){
        .title = rows.items[i].title, .why = rows.items[i].why, .first = rows.items[i].first_on};
  return (ItemProposalList){items, count};
}

static ItemEvidenceList evidence_of(Context *c, int64_t item) {
  SqlItemEvidenceRows rows = sql_item_evidence(c, (SqlItemEvidence){.item = item});
  ItemEvidence *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (ItemEvidence){
        .id = rows.items[i].id, .name = rows.items[i].name, .taken_on = rows.items[i].taken_on};
  return (ItemEvidenceList){items, rows.count};
}

static const char *trail_words(Arena *arena, const char *action) {
  if (text_equal(action, "register_item.created")) return _("Written");
  if (text_equal(action, "register_item.changed")) return _("Changed");
  if (text_equal(action, "register_item.decided")) return _("Decided by management");
  if (text_equal(action, "register_item.removed")) return _("Taken out");
  if (text_equal(action, "register_item.read_again")) return _("Read again from a file");
  return code_words(arena, action);
}

static TrailLineList trail_of(Context *c, int64_t item) {
  SqlItemTrailRows rows = sql_item_trail(c, (SqlItemTrail){.item = item});
  TrailLine *lines = arena_array(c->arena, rows.count + 1, sizeof *lines);
  for (size_t i = 0; i < rows.count; i++)
    lines[i] = (TrailLine){.at = rows.items[i].at,
                           .what = trail_words(c->arena, rows.items[i].action),
                           .who = rows.items[i].actor,
                           .reason = rows.items[i].reason};
  return (TrailLineList){lines, rows.count};
}

static bool is_vacant(Context *c, int64_t position) {
  SqlPositionHolderRow row;
  return position != 0 && sql_position_holder(c, (SqlPositionHolder){.id = position}, &row) &&
         row.holder == 0;
}

void register_item_handler(Request *r, const RegisterItemInput *in) {
  Context *c = &r->context;
  Item item;
  Register book;
  READ_TRANSACTION(c, tx);
  if (!item_get(c, in->id, &item) || !register_get(c, item.register_id, &book)) return;
  const Values *v = &item.values;
  Date next = value_date(v, COMMON_NEXT);
  bool owned = item.owner.person != 0 || item.owner.position != 0;
  ItemDutyList duties = duties_of(c, item.id);
  RegisterItemPage view = {
      .id = item.id,
      .register_id = book.id,
      .register_name = book.name,
      .kind = item.kind->name,
      .ref = value_text(v, COMMON_REF),
      .title = value_text(v, COMMON_TITLE),
      .owner = owned ? owner_label(c, item.owner) : value_text(v, COMMON_OWNER),
      .vacant = is_vacant(c, item.owner.position),
      .status = value_text(v, COMMON_STATUS),
      .next = next,
      .overdue = !date_is_none(next) && date_compare(next, c->today) < 0,
      .fields = field_lines(c->arena, &item),
      .notes = note_lines(c->arena, &item),
      .duties = duties,
      .proposals = proposals_of(c, item.id, duties.count > 0),
      .evidence = evidence_of(c, item.id),
      .trail = trail_of(c, item.id),
      .file = item.source_file,
      .line = item.source_line,
      .removed = item.removed,
      .version = item.version,
  };
  if (!decided_lines(c, r->org_slug, "register_item", item.id, &view.decided)) return;
  if (context_ok(c)) respond_register_item_page(r, &view);
}

// ---- forms ----

static const char *input_type(const KindField *field) {
  if (field->flags & CELL_LONG) return "long";
  switch (field->type) {
  case CELL_DATE: return "date";
  case CELL_NUMBER: return "number";
  case CELL_YES_NO: return "choice";
  case CELL_OWNER: return "owner";
  case CELL_TIME:
  case CELL_TEXT: break;
  }
  return "text";
}

static const char *field_hint(const KindField *field) {
  if (field->type == CELL_TIME) return _("A day, or a day and a time: 2027-02-28 14:30");
  if (field->type == CELL_OWNER)
    return _("A person or a position; a position that is new here stays vacant.");
  return "";
}

static FormFieldList form_fields(Context *c, const Kind *kind, const Values *values) {
  FormField *fields = arena_array(c->arena, KIND_MAX_FIELDS, sizeof *fields);
  size_t count = 0;
  for (size_t f = 0; f < kind->field_count; f++) {
    const KindField *field = &kind->fields[f];
    fields[count++] = (FormField){.name = field->name,
                                  .label = _(field->label),
                                  .value = values != NULL ? value_text(values, f) : "",
                                  .type = input_type(field),
                                  .required = (field->flags & CELL_REQUIRED) != 0,
                                  .hint = field_hint(field)};
  }
  return (FormFieldList){fields, count};
}

static TextList suggested_owners(Context *c) {
  SqlOwnerNamesRows rows = sql_owner_names(c);
  TextList names = {0};
  for (size_t i = 0; i < rows.count; i++) *list_add(c->arena, &names) = rows.items[i].name;
  return names;
}

void register_item_new_handler(Request *r, const RegisterItemNewInput *in) {
  Context *c = &r->context;
  Register book;
  if (!register_get(c, in->id, &book)) return;
  const char *back = text_format(c->arena, "/o/%s/registers/%lld", r->org_slug, (long long)book.id);
  RegisterItemFormPage view = {.register_id = book.id,
                               .register_name = book.name,
                               .singular = _(book.kind->singular),
                               .title = text_format(c->arena, _("New %s"), _(book.kind->singular)),
                               .action = text_format(c->arena, "%s/items", back),
                               .back = back,
                               .fields = form_fields(c, book.kind, NULL),
                               .owners = suggested_owners(c)};
  if (context_ok(c)) respond_register_item_form_page(r, &view);
}

void register_item_edit_handler(Request *r, const RegisterItemEditInput *in) {
  Context *c = &r->context;
  Item item;
  Register book;
  if (!item_get(c, in->id, &item) || !register_get(c, item.register_id, &book)) return;
  const char *here = text_format(c->arena, "/o/%s/items/%lld", r->org_slug, (long long)item.id);
  RegisterItemFormPage view = {.register_id = book.id,
                               .register_name = book.name,
                               .singular = _(item.kind->singular),
                               .id = item.id,
                               .title = value_text(&item.values, COMMON_TITLE),
                               .action = here,
                               .back = here,
                               .fields = form_fields(c, item.kind, &item.values),
                               .owners = suggested_owners(c),
                               .version = item.version};
  if (context_ok(c)) respond_register_item_form_page(r, &view);
}

// Takes what was entered over what stands; a name that is no field is said.
static bool take_fields(Context *c, const Pairs *pairs, const Kind *kind, Values *values) {
  for (size_t i = 0; i < pairs->count; i++) {
    size_t f = 0;
    while (f < kind->field_count && !text_equal(kind->fields[f].name, pairs->items[i].name)) f++;
    if (f == kind->field_count) {
      invalid(c, pairs->items[i].name, _("%s have no such field."), _(kind->title));
      continue;
    }
    const char *value = pairs->items[i].value != NULL ? pairs->items[i].value : "";
    if (strlen(value) > 65536) invalid(c, kind->fields[f].name, _("This is too long."));
    values_set_text(values, f, text_trim(c->arena, value));
  }
  return context_ok(c);
}

void register_item_create_handler(Request *r, const RegisterItemCreateInput *in) {
  Context *c = &r->context;
  Register book;
  Item item = {0};
  int64_t id = 0;
  if (!register_get(c, in->id, &book) || !take_fields(c, &in->fields, book.kind, &item.values) ||
      !item_create(c, book.id, &item, &id))
    return;
  request_done(r, id, text_format(c->arena, "/o/%s/items/%lld", r->org_slug, (long long)id),
               _("Written into %s."), book.name);
}

void register_item_update_handler(Request *r, const RegisterItemUpdateInput *in) {
  Context *c = &r->context;
  Item item;
  if (!item_get(c, in->id, &item) || !take_fields(c, &in->fields, item.kind, &item.values) ||
      !item_change(c, &item, in->version.has ? in->version.value : 0))
    return;
  request_done(r, in->id, text_format(c->arena, "/o/%s/items/%lld", r->org_slug, (long long)in->id),
               _("Saved."));
}

void register_item_remove_handler(Request *r, const RegisterItemRemoveInput *in) {
  Context *c = &r->context;
  Item item;
  if (!item_get(c, in->id, &item) ||
      !item_remove(c, in->id, in->reason, in->version.has ? in->version.value : 0))
    return;
  request_done(
      r, in->id,
      text_format(c->arena, "/o/%s/registers/%lld", r->org_slug, (long long)item.register_id),
      _("Taken out of its register."));
}
