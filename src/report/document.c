// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include "base/language.h"

#include <string.h>

const char *const block_names[BLOCK_KINDS] = {
    "heading", "paragraph", "soft",   "link",    "note",      "list", "facts",
    "figures", "table",     "charts", "picture", "signature", "page",
};

static const char *or_empty(const char *text) {
  return text == NULL ? "" : text;
}

// No longer than a page can bear.
static const char *bounded_to(Document *d, const char *text, size_t most) {
  return text_shorten(d->arena, or_empty(text), most);
}

static const char *bounded(Document *d, const char *text) {
  return bounded_to(d, text, DOCUMENT_MOST_TEXT);
}

const char *document_title(Document *d, const char *text) {
  return text_copy(d->arena, bounded_to(d, text, DOCUMENT_MOST_TITLE));
}

Document *document_new(Context *c, const DocumentHead *head) {
  Document *d = arena_new(c->arena, Document);
  d->arena = c->arena;
  d->head = *head;
  if (d->head.made.us == 0) d->head.made = c->now;
  if (d->head.language == NULL) d->head.language = language_tag();
  if (d->head.author == NULL) d->head.author = "Daybook";
  d->head.title = bounded_to(d, head->title, DOCUMENT_MOST_TITLE);
  d->head.organisation = or_empty(head->organisation);
  return d;
}

void document_about(Document *d, const char *name, const char *value) {
  *list_add(d->arena, &d->about) = (DocumentPair){bounded(d, name), bounded(d, value)};
}

static Block *block_add(Document *d, BlockKind kind) {
  static const Block none;
  if (d->blocks.count >= DOCUMENT_MOST_BLOCKS) { // built, but not shown
    Block *lost = arena_new(d->arena, Block);
    *lost = none;
    return lost;
  }
  Block *block = list_add(d->arena, &d->blocks);
  block->kind = kind;
  block->text = block->title = "";
  return block;
}

void document_heading(Document *d, int level, const char *text) {
  Block *block = block_add(d, BLOCK_HEADING);
  block->level = level < 1 ? 1 : level > 3 ? 3 : level;
  block->text = bounded_to(d, text, DOCUMENT_MOST_TITLE);
}

void document_section(Document *d, const char *text) {
  document_heading(d, 1, text);
  if (d->blocks.count > 0) d->blocks.items[d->blocks.count - 1].new_page = true;
}

void document_paragraph(Document *d, const char *text) {
  if (!text_is_empty(text)) block_add(d, BLOCK_PARAGRAPH)->text = bounded(d, text);
}

void document_soft(Document *d, const char *text) {
  if (!text_is_empty(text)) block_add(d, BLOCK_SOFT)->text = bounded(d, text);
}

void document_link(Document *d, const char *text, const char *place) {
  Block *block = block_add(d, BLOCK_LINK);
  block->text = bounded(d, text);
  block->title = bounded(d, place);
}

void document_note(Document *d, Ink ink, const char *title, const char *text) {
  Block *block = block_add(d, BLOCK_NOTE);
  block->ink = ink;
  block->title = bounded(d, title);
  block->text = bounded(d, text);
}

DocumentList *document_list(Document *d, bool numbered) {
  DocumentList *list = arena_new(d->arena, DocumentList);
  list->document = d;
  list->numbered = numbered;
  block_add(d, BLOCK_LIST)->list = list;
  return list;
}

void document_item(DocumentList *list, const char *text) {
  *list_add(list->document->arena, &list->items) = bounded(list->document, text);
}

void document_fact(Document *d, const char *name, const char *value) {
  Block *last = d->blocks.count > 0 ? &d->blocks.items[d->blocks.count - 1] : NULL;
  Block *block = last != NULL && last->kind == BLOCK_FACTS ? last : block_add(d, BLOCK_FACTS);
  *list_add(d->arena, &block->facts) = (DocumentPair){bounded(d, name), bounded(d, value)};
}

DocumentFigures *document_figures(Document *d) {
  DocumentFigures *figures = arena_new(d->arena, DocumentFigures);
  figures->document = d;
  block_add(d, BLOCK_FIGURES)->figures = figures;
  return figures;
}

void document_figure(DocumentFigures *f, const char *label, const char *value, const char *why,
                     Ink ink) {
  Document *d = f->document;
  *list_add(d->arena, &f->items) =
      (DocumentFigure){bounded(d, label), bounded(d, value), bounded(d, why), ink};
}

// ---- tables ----

DocumentTable *document_table(Document *d, const char *caption) {
  DocumentTable *table = arena_new(d->arena, DocumentTable);
  table->document = d;
  table->caption = bounded(d, caption);
  block_add(d, BLOCK_TABLE)->table = table;
  return table;
}

void document_column(DocumentTable *t, const char *title, int weight, Align align) {
  if (t->column_count == DOCUMENT_MOST_COLUMNS || t->rows.count > 0) return;
  t->columns[t->column_count++] =
      (DocumentColumn){bounded_to(t->document, title, DOCUMENT_MOST_TITLE),
                       weight < 1     ? 1
                       : weight > 100 ? 100
                                      : weight,
                       align};
}

static DocumentRow *row_add(DocumentTable *t, size_t cells) {
  Document *d = t->document;
  if (d->rows >= DOCUMENT_MOST_ROWS) {
    t->left_out++;
    return NULL;
  }
  d->rows++;
  DocumentRow *row = list_add(d->arena, &t->rows);
  row->cells = arena_array(d->arena, cells, sizeof *row->cells);
  for (size_t i = 0; i < cells; i++) row->cells[i].text = "";
  return row;
}

void document_cell(DocumentTable *t, const char *text, const char *place, Ink ink) {
  if (t->column_count == 0) return;
  DocumentRow *row = t->rows.count > 0 ? &t->rows.items[t->rows.count - 1] : NULL;
  if (t->left_out > 0) { // the row this cell belongs to is not shown
    t->left_out++;
    return;
  }
  if (row == NULL || row->band || row->filled == t->column_count) row = row_add(t, t->column_count);
  if (row == NULL) return;
  row->cells[row->filled++] = (DocumentCell){bounded(t->document, text), place, ink};
}

void document_cell_date(DocumentTable *t, Date day) {
  document_cell(t, date_is_none(day) ? "" : date_text(t->document->arena, day), NULL, INK_NONE);
}

void document_cell_int(DocumentTable *t, int64_t number) {
  document_cell(t, text_format(t->document->arena, "%lld", (long long)number), NULL, INK_NONE);
}

void document_band(DocumentTable *t, const char *text) {
  DocumentRow *row = row_add(t, 1);
  if (row == NULL) return;
  row->band = true;
  row->filled = 1;
  row->cells[0].text = bounded(t->document, text);
}

// ---- pictures, signatures, pages ----

void document_charts(Document *d, Chart *const *charts, size_t count) {
  Block *block = block_add(d, BLOCK_CHARTS);
  for (size_t i = 0; i < count; i++) *list_add(d->arena, &block->charts) = charts[i];
}

void document_chart(Document *d, const Chart *chart) {
  Block *block = block_add(d, BLOCK_CHARTS);
  *list_add(d->arena, &block->charts) = chart;
}

void document_picture(Document *d, const struct Picture *picture) {
  block_add(d, BLOCK_PICTURE)->picture = picture;
}

void document_signature(Document *d, const char *role, const char *name, const char *when) {
  Block *block = block_add(d, BLOCK_SIGNATURE);
  block->title = bounded(d, role);
  block->name = bounded(d, name);
  block->when = bounded(d, when);
}

void document_page(Document *d) {
  block_add(d, BLOCK_PAGE);
}
