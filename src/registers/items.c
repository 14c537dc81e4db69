// SPDX-License-Identifier: Apache-2.0
// One item: read, written, told to the ledger and to the search, all in one transaction.
#include "registers/registers.h"

#include "db/db.h"
#include "diary/paper.h"
#include "ledger/ledger.h"
#include "registers/owners.h"
#include "registers/registers.sql.h"
#include "registers/versions.h"

#include <string.h>

// Between reading and writing nobody else may have written: PostgreSQL lets two try.
static bool landed(Context *c, int64_t rows) {
  return rows > 0 ||
         (context_ok(c) && conflict(c, _("Somebody else changed this entry in the meantime.")));
}

// Another file or other columns than last time.
static bool register_refresh(Context *c, const SqlRegisterFindRow *found, const char *source,
                             const char *columns) {
  SqlRegisterUpdate update = {
      .id = found->id, .source = source, .columns = columns, .version = found->version};
  if (!landed(c, sql_register_update(c, update))) return false;
  LedgerEntry *entry = ledger_entry(c, "register.changed", "register", found->id);
  ledger_text(entry, "source", found->source, source);
  ledger_text(entry, "columns", found->columns, columns);
  return ledger_write(entry);
}

bool register_ensure(Context *c, const Kind *kind, const char *name, const char *source,
                     const char *columns, int64_t *id) {
  SqlRegisterFindRow found;
  if (sql_register_find(c, (SqlRegisterFind){.kind = kind->name, .name = name}, &found)) {
    *id = found.id;
    if (text_equal(found.source, source) && text_equal(found.columns, columns)) return true;
    return register_refresh(c, &found, source, columns);
  }
  if (!context_ok(c)) return false;
  *id = sql_register_add(
      c, (SqlRegisterAdd){.kind = kind->name, .name = name, .source = source, .columns = columns});
  if (*id < 0) return false;
  LedgerEntry *entry = ledger_entry(c, "register.created", "register", *id);
  ledger_value(entry, "kind", kind->name);
  ledger_value(entry, "name", name);
  return ledger_write(entry);
}

bool register_get(Context *c, int64_t id, Register *out) {
  SqlRegisterByIdRow row;
  if (!sql_register_by_id(c, (SqlRegisterById){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such register.")) : false;
  const Kind *kind = kind_find(row.kind);
  *out = (Register){.id = row.id,
                    .version = row.version,
                    .kind = kind != NULL ? kind : &plain_kind,
                    .name = row.name,
                    .source = row.source,
                    .columns = row.columns};
  return true;
}

// ---- reading ----

static void read_common(Context *c, const SqlItemByIdRow *row, Item *out) {
  Values *v = &out->values;
  values_set_text(v, COMMON_REF, row->ref);
  values_set_text(v, COMMON_TITLE, row->title);
  values_set_text(v, COMMON_DESCRIPTION, row->description);
  values_set_text(v, COMMON_OWNER, row->owner_text);
  values_set_text(v, COMMON_STATUS, row->status);
  values_set_date(c->arena, v, COMMON_LAST, row->last_on);
  values_set_date(c->arena, v, COMMON_NEXT, row->next_on);
  values_set_text(v, COMMON_INTERVAL, row->every);
}

bool item_get(Context *c, int64_t id, Item *out) {
  SqlItemByIdRow row;
  if (!sql_item_by_id(c, (SqlItemById){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such entry.")) : false;
  *out = (Item){.id = row.id,
                .register_id = row.register_id,
                .version = row.version,
                .key = row.item_key,
                .owner = {.person = row.owner_person, .position = row.owner_position},
                .source_file = row.source_file,
                .source_hash = row.source_hash,
                .source_line = row.source_line,
                .created = row.created,
                .changed = row.changed,
                .removed = row.removed};
  out->kind = kind_find(row.kind);
  if (out->kind == NULL) out->kind = &plain_kind;
  read_common(c, &row, out);
  if (out->kind->get != NULL && !out->kind->get(c, id, &out->values)) return false;
  SqlItemNotesRows notes = sql_item_notes(c, (SqlItemNotes){.item = id});
  for (size_t i = 0; i < notes.count; i++) {
    Note *note = list_add(c->arena, &out->notes);
    *note = (Note){.name = notes.items[i].name,
                   .value = notes.items[i].value,
                   .position = notes.items[i].position};
  }
  return context_ok(c);
}

// ---- what it says ----

const char *item_key(Arena *arena, const Kind *kind, const Values *values) {
  const char *ref = value_text(values, COMMON_REF);
  if (ref[0] != '\0') return ref;
  Text key;
  text_init(&key, arena);
  for (size_t i = 0; i < kind->key_count; i++) {
    if (i > 0) text_add(&key, " · ");
    text_add(&key, value_text(values, kind->key[i]));
  }
  if (kind->key_count == 0) text_add(&key, value_text(values, COMMON_TITLE));
  return key.data;
}

const char *item_words(Arena *arena, const Item *item) {
  Text words;
  text_init(&words, arena);
  for (size_t f = 0; f < item->kind->field_count; f++) {
    if (f == COMMON_REF || f == COMMON_TITLE || !item->values.of[f].set) continue;
    text_add_format(&words, "%s: %s\n", item->kind->fields[f].label, value_text(&item->values, f));
  }
  for (size_t i = 0; i < item->notes.count; i++)
    text_add_format(&words, "%s: %s\n", item->notes.items[i].name, item->notes.items[i].value);
  return words.data;
}

static const char *item_title(Arena *arena, const Item *item) {
  const char *ref = value_text(&item->values, COMMON_REF);
  const char *title = value_text(&item->values, COMMON_TITLE);
  return ref[0] == '\0' ? title : text_format(arena, "%s %s", ref, title);
}

// The values alone: the names of columns would be found everywhere.
static const char *item_body(Arena *arena, const Item *item) {
  Text body;
  text_init(&body, arena);
  for (size_t f = COMMON_TITLE + 1; f < item->kind->field_count; f++) {
    if (!item->values.of[f].set || item->kind->fields[f].type == CELL_NUMBER) continue;
    text_add(&body, value_text(&item->values, f));
    text_add_char(&body, '\n');
  }
  for (size_t i = 0; i < item->notes.count; i++) {
    text_add(&body, item->notes.items[i].value);
    text_add_char(&body, '\n');
  }
  return body.data != NULL ? body.data : "";
}

static bool tell_search(Context *c, const Item *item, bool fresh) {
  const char *place = text_format(c->arena, "/items/%lld", (long long)item->id);
  return (fresh ? search_add : search_put)(c, "register_item", item->id, item_title(c->arena, item),
                                           item_body(c->arena, item), place);
}

// ---- writing ----

static bool write_notes(Context *c, const Item *item) {
  for (size_t i = 0; i < item->notes.count; i++) {
    const Note *note = &item->notes.items[i];
    if (sql_item_note_add(c, (SqlItemNoteAdd){.item = item->id,
                                              .position = (int64_t)i,
                                              .name = note->name,
                                              .value = note->value}) < 0)
      return false;
  }
  return true;
}

// What an item's row holds, when it is made and when it changes.
#define COLUMNS(item, v)                                                                           \
  .ref = value_text(v, COMMON_REF), .title = value_text(v, COMMON_TITLE),                          \
  .description = value_text(v, COMMON_DESCRIPTION), .owner_person = (item)->owner.person,          \
  .owner_position = (item)->owner.position, .owner_text = value_text(v, COMMON_OWNER),             \
  .status = value_text(v, COMMON_STATUS), .last_on = value_date(v, COMMON_LAST),                   \
  .next_on = value_date(v, COMMON_NEXT), .every = value_text(v, COMMON_INTERVAL),                  \
  .source_file = (item)->source_file, .source_line = (item)->source_line,                          \
  .source_hash = (item)->source_hash

// Documents and controls are what the paper shield counts.
static bool tell_paper(Context *c, const Item *item) {
  bool counts = item->kind == &documents_kind || item->kind == &controls_kind;
  return !counts || paper_refresh(c, item->id);
}

static bool add_item(Context *c, Item *item) {
  const Values *v = &item->values;
  item->id = sql_item_add(c, (SqlItemAdd){.register_id = item->register_id,
                                          .kind = item->kind->name,
                                          .item_key = item->key,
                                          COLUMNS(item, v)});
  if (item->id < 0) return false;
  if (item->kind->put != NULL && !item->kind->put(c, item->id, v)) return false;
  if (!write_notes(c, item)) return false;
  const char *words = item_words(c->arena, item);
  LedgerEntry *entry = ledger_entry(c, "register_item.created", "register_item", item->id);
  ledger_value(entry, "kind", item->kind->name);
  ledger_personal(entry, "content",
                  text_format(c->arena, "%s\n%s", item_title(c->arena, item), words));
  if (item->source_line > 0) {
    ledger_value(entry, "source", item->source_file);
    ledger_number(entry, "line", item->source_line);
  }
  return ledger_write(entry) && tell_search(c, item, true) && tell_paper(c, item) &&
         item_version_keep(c, item, false);
}

// What a date or a number was may stand in the open; text may hold personal data.
static void tell_field(LedgerEntry *entry, const Item *before, const Item *after, size_t field) {
  const KindField *spec = &after->kind->fields[field];
  const char *was = value_text(&before->values, field), *is = value_text(&after->values, field);
  if (text_equal(was, is)) return;
  if (spec->type == CELL_TEXT || spec->type == CELL_OWNER)
    ledger_personal(entry, spec->name, is);
  else
    ledger_text(entry, spec->name, was[0] != '\0' ? was : NULL, is);
}

static bool same_notes(const Item *a, const Item *b) {
  if (a->notes.count != b->notes.count) return false;
  for (size_t i = 0; i < a->notes.count; i++)
    if (!text_equal(a->notes.items[i].name, b->notes.items[i].name) ||
        !text_equal(a->notes.items[i].value, b->notes.items[i].value))
      return false;
  return true;
}

static bool same_item(const Item *a, const Item *b) {
  for (size_t f = 0; f < a->kind->field_count; f++)
    if (!text_equal(value_text(&a->values, f), value_text(&b->values, f))) return false;
  return same_notes(a, b) && a->owner.person == b->owner.person &&
         a->owner.position == b->owner.position;
}

static bool store_item(Context *c, const Item *item, int64_t version) {
  const Values *v = &item->values;
  if (!landed(c, sql_item_update(
                     c, (SqlItemUpdate){.id = item->id, .version = version, COLUMNS(item, v)})))
    return false;
  if (item->kind->put != NULL && !item->kind->put(c, item->id, v)) return false;
  return sql_item_note_clear(c, (SqlItemNoteClear){.item = item->id}) >= 0 &&
         write_notes(c, item) && tell_paper(c, item);
}

static bool update_item(Context *c, const Item *before, const Item *after, bool imported) {
  if (!store_item(c, after, before->version)) return false;
  LedgerEntry *entry = ledger_entry(c, "register_item.changed", "register_item", after->id);
  for (size_t f = 0; f < after->kind->field_count; f++) tell_field(entry, before, after, f);
  const char *words = item_words(c->arena, after);
  if (!same_notes(before, after)) ledger_personal(entry, "notes", words);
  if (imported) {
    ledger_value(entry, "source", after->source_file);
    ledger_number(entry, "line", after->source_line);
  }
  return owner_was(c, "register_item", after->id, before->owner, after->owner) &&
         ledger_write(entry) && tell_search(c, after, false) && item_version_keep(c, after, false);
}

// The same values, written otherwise or elsewhere in the file.
static bool tell_source(Context *c, const Item *before, const Item *after) {
  LedgerEntry *entry = ledger_entry(c, "register_item.read_again", "register_item", after->id);
  ledger_text(entry, "source_file", before->source_file, after->source_file);
  ledger_int(entry, "source_line", before->source_line, after->source_line);
  return ledger_write(entry);
}

static bool find_item(Context *c, const Item *in, const ItemKeys *known, int64_t *id,
                      const char **source_hash) {
  SqlItemFindRow found;
  SqlItemFind key = {.register_id = in->register_id, .item_key = in->key};
  if (known != NULL) return item_key_find(known, in->key, id, source_hash);
  if (!sql_item_find(c, key, &found)) return false;
  *id = found.id;
  *source_hash = found.source_hash;
  return true;
}

bool item_put(Context *c, Item *in, const ItemKeys *known, Outcome *outcome) {
  const char *source_hash;
  if (!find_item(c, in, known, &in->id, &source_hash)) {
    *outcome = OUTCOME_CREATED;
    return context_ok(c) && add_item(c, in);
  }
  *outcome = OUTCOME_UNCHANGED;
  if (text_equal(source_hash, in->source_hash)) return true;
  Item before = {0};
  if (!item_get(c, in->id, &before)) return false;
  if (same_item(&before, in))
    return store_item(c, in, before.version) && tell_source(c, &before, in);
  *outcome = OUTCOME_CHANGED;
  return update_item(c, &before, in, true);
}

// ---- by hand ----

// Reads every field of a form as a file's cells are read; names the fields that are wrong.
static bool check_fields(Context *c, Item *item) {
  for (size_t f = 0; f < item->kind->field_count; f++) {
    const KindField *field = &item->kind->fields[f];
    const char *text = value_text(&item->values, f), *problem = NULL;
    Parsed parsed = field_parse(c->arena, field, text, &item->values.of[f], &problem);
    if (parsed == PARSED_NOT) invalid(c, field->name, "%s", problem);
    if (parsed == PARSED_AS_NOTE)
      invalid(c, field->name, _("“%s” is not what “%s” takes"), text, _(field->label));
  }
  return context_ok(c);
}

static bool resolve_owner(Context *c, Item *item) {
  OwnerBook *book = owner_book(c);
  return context_ok(c) &&
         owner_resolve(c, book, value_text(&item->values, COMMON_OWNER), &item->owner);
}

bool item_create(Context *c, int64_t register_id, const Item *in, int64_t *id) {
  Register book;
  if (!register_get(c, register_id, &book)) return false;
  Item item = *in;
  item.kind = book.kind;
  item.register_id = register_id;
  item.source_file = item.source_hash = "";
  item.source_line = 0;
  if (!check_fields(c, &item)) return false;
  TRANSACTION(c, tx);
  item.key = item_key(c->arena, item.kind, &item.values);
  SqlItemFindRow found;
  SqlItemFind key = {.register_id = register_id, .item_key = item.key};
  if (sql_item_find(c, key, &found))
    return invalid(c, item.kind->fields[COMMON_REF].name, _("“%s” exists already"), item.key);
  if (!resolve_owner(c, &item) || !add_item(c, &item)) return false;
  *id = item.id;
  return transaction_commit(&tx);
}

static bool item_is_there(Context *c, const Item *item) {
  return !item->removed || conflict(c, _("This entry was removed; it stays as it was."));
}

bool item_change(Context *c, const Item *in, int64_t version) {
  TRANSACTION(c, tx);
  Item before = {0};
  if (!item_get(c, in->id, &before) || !item_is_there(c, &before)) return false;
  if (version != 0 && version != before.version)
    return conflict(c, _("Somebody else changed this entry in the meantime."));
  Item after = before;
  after.values = in->values;
  if (in->notes.count > 0) after.notes = in->notes;
  if (!check_fields(c, &after) || !resolve_owner(c, &after)) return false;
  if (same_item(&before, &after)) return transaction_commit(&tx);
  return update_item(c, &before, &after, false) && transaction_commit(&tx);
}

bool item_remove(Context *c, int64_t id, const char *reason, int64_t version) {
  if (text_is_empty(reason)) return invalid(c, "reason", _("Say why it goes."));
  TRANSACTION(c, tx);
  Item item = {0};
  if (!item_get(c, id, &item) || !item_is_there(c, &item)) return false;
  if (version != 0 && version != item.version)
    return conflict(c, _("Somebody else changed this entry in the meantime."));
  if (!landed(c, sql_item_set_removed(c, (SqlItemSetRemoved){.id = id, .version = item.version})))
    return false;
  LedgerEntry *entry = ledger_entry(c, "register_item.removed", "register_item", id);
  ledger_value(entry, "kind", item.kind->name);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && search_remove(c, "register_item", id) && tell_paper(c, &item) &&
         item_version_keep(c, &item, true) && transaction_commit(&tx);
}

bool registers_rebuild(Context *c) {
  TRANSACTION(c, tx);
  int64_t after = 0;
  for (;;) {
    SqlItemIdsRows rows = sql_item_ids(c, (SqlItemIds){.after = after, .limit = 500});
    for (size_t i = 0; i < rows.count; i++) {
      Item item = {0};
      if (!item_get(c, rows.items[i].id, &item)) return false;
      if (!tell_search(c, &item, false)) return false;
      after = item.id;
    }
    if (!context_ok(c)) return false;
    if (rows.count < 500) return search_index_rebuild(c) && transaction_commit(&tx);
  }
}
