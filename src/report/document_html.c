// SPDX-License-Identifier: Apache-2.0
// The document as the inside of a page: for reading on a screen and for the browser's print.
#include "report/document.h"

static void element(Text *out, const char *name, const char *attributes, const char *text) {
  text_add_format(out, "<%s%s>", name, attributes);
  html_text(out, text);
  text_add_format(out, "</%s>", name);
}

static void linked(Text *out, const char *text, const char *place) {
  if (text_is_empty(place)) {
    html_text(out, text);
    return;
  }
  text_add(out, "<a href=\"");
  html_url(out, place);
  text_add(out, "\">");
  html_text(out, text_is_empty(text) ? place : text);
  text_add(out, "</a>");
}

static void write_cell(Text *out, const DocumentCell *cell, const DocumentColumn *column) {
  text_add_format(out, "<td%s>", column->align == ALIGN_END ? " class=\"number\"" : "");
  if (cell->ink != INK_NONE)
    text_add_format(out, "<span class=\"mark mark-%s\">", ink_name(cell->ink));
  linked(out, cell->text, cell->place);
  text_add(out, cell->ink != INK_NONE ? "</span></td>" : "</td>");
}

static void write_table(Text *out, const DocumentTable *table) {
  text_add(out, "<div class=\"table-responsive\"><table class=\"table table-sm\">");
  if (!text_is_empty(table->caption)) element(out, "caption", "", table->caption);
  text_add(out, "<thead><tr>");
  for (size_t i = 0; i < table->column_count; i++) {
    const DocumentColumn *column = &table->columns[i];
    if (column->title[0] == '\0')
      text_add(out, "<td></td>");
    else
      element(out, "th",
              column->align == ALIGN_END ? " scope=\"col\" class=\"number\"" : " scope=\"col\"",
              column->title);
  }
  text_add(out, "</tr></thead><tbody>");
  for (size_t i = 0; i < table->rows.count; i++) {
    const DocumentRow *row = &table->rows.items[i];
    text_add(out, row->band ? "<tr class=\"group\">" : "<tr>");
    if (row->band) {
      text_add_format(out, "<th colspan=\"%zu\">", table->column_count);
      html_text(out, row->cells[0].text);
      text_add(out, "</th>");
    }
    for (size_t k = 0; !row->band && k < table->column_count; k++)
      write_cell(out, &row->cells[k], &table->columns[k]);
    text_add(out, "</tr>");
  }
  text_add(out, "</tbody></table></div>");
  if (table->left_out > 0)
    element(out, "p", " class=\"soft\"", _("More rows than a document holds were left out."));
}

static void write_figures(Text *out, const DocumentFigures *figures) {
  text_add(out, "<div class=\"tiles\">");
  for (size_t i = 0; i < figures->items.count; i++) {
    const DocumentFigure *figure = &figures->items.items[i];
    text_add(out, "<div class=\"tile\">");
    element(out, "span", " class=\"label\"", figure->label);
    text_add_format(out, "<span class=\"figure%s%s\">", figure->ink == INK_NONE ? "" : " ink-",
                    figure->ink == INK_NONE ? "" : ink_name(figure->ink));
    html_text(out, figure->value);
    text_add(out, "</span>");
    if (!text_is_empty(figure->why)) element(out, "span", " class=\"why\"", figure->why);
    text_add(out, "</div>");
  }
  text_add(out, "</div>");
}

static void write_pairs(Text *out, const DocumentPairs *pairs) {
  if (pairs->count == 0) return;
  text_add(out, "<dl class=\"facts\">");
  for (size_t i = 0; i < pairs->count; i++) {
    element(out, "dt", "", pairs->items[i].name);
    element(out, "dd", " class=\"pre-line\"", pairs->items[i].value);
  }
  text_add(out, "</dl>");
}

static void write_list(Text *out, const DocumentList *list) {
  text_add(out, list->numbered ? "<ol>" : "<ul>");
  for (size_t i = 0; i < list->items.count; i++)
    element(out, "li", " class=\"wrap-anywhere\"", list->items.items[i]);
  text_add(out, list->numbered ? "</ol>" : "</ul>");
}

static void write_note(Text *out, const Block *block) {
  text_add_format(out, "<div class=\"note note-%s\"><div>", ink_name(block->ink));
  if (block->title[0] != '\0') element(out, "p", " class=\"strong\"", block->title);
  element(out, "p", " class=\"pre-line\"", block->text);
  text_add(out, "</div></div>");
}

static void write_charts(Text *out, Arena *arena, const Block *block) {
  if (block->charts.count == 0) return;
  Html drawn =
      block->charts.count == 1
          ? chart_html(arena, block->charts.items[0])
          : charts_html(arena, (Chart *const *)(uintptr_t)block->charts.items, block->charts.count);
  text_add_n(out, drawn.bytes, drawn.length);
}

static void write_picture(Text *out, const Picture *picture) {
  text_add(out, "<div class=\"picture-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
  html_text(out, picture->title);
  text_add(out, "\">");
  picture_svg(out, picture, "");
  text_add(out, "</div>");
}

static void write_signature(Text *out, const Block *block) {
  text_add(out, "<div class=\"signature\">");
  element(out, "span", " class=\"signed\"", block->name);
  element(out, "span", " class=\"meta\"", block->title);
  if (!text_is_empty(block->when)) element(out, "span", " class=\"meta\"", block->when);
  text_add(out, "</div>");
}

// The page's own title is its h1; sections begin at h2.
static void write_heading(Text *out, size_t number, const Block *block) {
  text_add_format(out, "<h%d%s id=\"s%zu\">", block->level + 1,
                  block->new_page ? " class=\"new-page\"" : "", number);
  html_text(out, block->text);
  text_add_format(out, "</h%d>", block->level + 1);
}

static void write_block(Text *out, Arena *arena, size_t number, const Block *block) {
  switch (block->kind) {
  case BLOCK_HEADING: write_heading(out, number, block); return;
  case BLOCK_PARAGRAPH: element(out, "p", " class=\"pre-line\"", block->text); return;
  case BLOCK_SOFT: element(out, "p", " class=\"pre-line soft small\"", block->text); return;
  case BLOCK_LINK:
    text_add(out, "<p>");
    linked(out, block->text, block->title);
    text_add(out, "</p>");
    return;
  case BLOCK_NOTE: write_note(out, block); return;
  case BLOCK_LIST: write_list(out, block->list); return;
  case BLOCK_FACTS: write_pairs(out, &block->facts); return;
  case BLOCK_FIGURES: write_figures(out, block->figures); return;
  case BLOCK_TABLE: write_table(out, block->table); return;
  case BLOCK_CHARTS: write_charts(out, arena, block); return;
  case BLOCK_PICTURE: write_picture(out, block->picture); return;
  case BLOCK_SIGNATURE: write_signature(out, block); return;
  case BLOCK_PAGE: text_add(out, "<hr class=\"new-page\">"); return;
  case BLOCK_KINDS: return;
  }
}

Html document_html(Context *c, const Document *d) {
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "<article class=\"document\">");
  write_pairs(&out, &d->about);
  for (size_t i = 0; i < d->blocks.count; i++) write_block(&out, c->arena, i, &d->blocks.items[i]);
  text_add(&out, "<footer class=\"soft small\"><p class=\"wrap-anywhere\">");
  html_text(&out, d->head.author);
  text_add(&out, ", ");
  html_instant(&out, c->zone, d->head.made);
  if (!text_is_empty(d->head.marking)) {
    text_add(&out, ", ");
    html_text(&out, d->head.marking);
  }
  text_add(&out, "<br>SHA-256 ");
  html_text(&out, document_hash(c->arena, d));
  text_add(&out, "</p></footer></article>");
  html_finish(&out);
  return html_of(&out);
}
