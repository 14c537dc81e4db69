// SPDX-License-Identifier: Apache-2.0
#include "exchange/export.h"

#include "exchange/csv.h"

enum { EXPORT_PAGE = 200, EXPORT_MOST_NOTES = 200 };

typedef struct Export {
  const Kind *kind;
  bool used[KIND_MAX_FIELDS]; // fields that at least one item has
  const char *notes[EXPORT_MOST_NOTES];
  size_t note_count;
  LIST_OF(Item) items;
} Export;

static void note_column(Export *export, const char *name) {
  for (size_t i = 0; i < export->note_count; i++)
    if (text_equal(export->notes[i], name)) return;
  if (export->note_count < EXPORT_MOST_NOTES) export->notes[export->note_count++] = name;
}

static bool collect(Context *c, const ItemFilter *filter, Export *export) {
  ItemFilter page = *filter;
  page.limit = EXPORT_PAGE;
  for (page.offset = 0;; page.offset += EXPORT_PAGE) {
    EntryLines lines;
    if (!item_lines(c, &page, &lines)) return false;
    for (size_t i = 0; i < lines.count; i++) {
      Item *item = list_add(c->arena, &export->items);
      if (!item_get(c, lines.items[i].id, item)) return false;
      for (size_t f = 0; f < export->kind->field_count; f++)
        export->used[f] = export->used[f] || item->values.of[f].set;
      for (size_t n = 0; n < item->notes.count; n++) note_column(export, item->notes.items[n].name);
    }
    if (page.offset + (int64_t)lines.count >= lines.total || lines.count == 0) return true;
  }
}

static void write_header(const Export *export, Text *out) {
  bool first = true;
  for (size_t f = 0; f < export->kind->field_count; f++) {
    if (!export->used[f]) continue;
    csv_add_cell(out, export->kind->fields[f].label, first);
    first = false;
  }
  for (size_t i = 0; i < export->note_count; i++, first = false)
    csv_add_cell(out, export->notes[i], first);
  csv_end_row(out);
}

static const char *note_value(const Item *item, const char *name) {
  for (size_t i = 0; i < item->notes.count; i++)
    if (text_equal(item->notes.items[i].name, name)) return item->notes.items[i].value;
  return "";
}

static void write_item(const Export *export, const Item *item, Text *out) {
  bool first = true;
  for (size_t f = 0; f < export->kind->field_count; f++) {
    if (!export->used[f]) continue;
    csv_add_cell(out, value_text(&item->values, f), first);
    first = false;
  }
  for (size_t i = 0; i < export->note_count; i++, first = false)
    csv_add_cell(out, note_value(item, export->notes[i]), first);
  csv_end_row(out);
}

bool item_export(Context *c, const ItemFilter *filter, Text *out) {
  Register book;
  if (!register_get(c, filter->register_id, &book)) return false;
  Export *export = arena_new(c->arena, Export);
  export->kind = book.kind;
  if (!collect(c, filter, export)) return false;
  write_header(export, out);
  for (size_t i = 0; i < export->items.count; i++) write_item(export, &export->items.items[i], out);
  return true;
}
