// SPDX-License-Identifier: Apache-2.0
// The blocks of a document, one after another down the page.
#include "worker/pdf_page.h"

#include <string.h>

#define GAP 9.0

enum { LEADING_LINE = 160, MOST_KEPT = 180 }; // bytes; points

static double across(const Pdf *p) {
  return p->right - p->left;
}

// What must stand below a heading on the same page: lines that only lead to something, and the
// beginning of that.
static double follows(Pdf *p, size_t next) {
  const Document *d = p->document;
  double more = 0;
  for (; next < d->blocks.count; next++) {
    const Block *block = &d->blocks.items[next];
    if (block->kind == BLOCK_HEADING) {
      if (block->new_page) return more;
      more += 30;
    } else if (block->kind == BLOCK_SOFT) {
      more += 20;
    } else if (block->kind == BLOCK_PARAGRAPH && strlen(block->text) < LEADING_LINE) {
      more += 26;
    } else {
      break;
    }
    if (more > MOST_KEPT) return more;
  }
  if (next == d->blocks.count) return more;
  const Block *block = &d->blocks.items[next];
  if (block->kind == BLOCK_CHARTS) return more + pdf_charts_first(p, block);
  if (block->kind == BLOCK_TABLE || block->kind == BLOCK_FIGURES) return more + 92;
  return more + (block->kind == BLOCK_PICTURE ? 200 : 48);
}

static void draw_heading(Pdf *p, const Block *block, size_t next) {
  static const double sizes[] = {0, 17, 12, 9.5}, before[] = {0, 20, 14, 10};
  static const char *const tags[] = {"H1", "H1", "H2", "H3"};
  const PdfStyle style = {sizes[block->level], true, INK_TEXT, PANGO_ALIGN_LEFT, 1.25};
  bool fresh = p->y <= p->top + 0.5;
  if (block->new_page && !fresh) {
    pdf_new_page(p);
    fresh = true;
  }
  if (!fresh) p->y += before[block->level];
  pdf_need(p, sizes[block->level] * 1.3 + 8 + follows(p, next));
  pdf_heading_met(p, block->level, block->text);
  pdf_flow(p, block->text, style, p->left, across(p), tags[block->level]);
  p->y += block->level == 1 ? 8 : 5;
}

static void draw_note(Pdf *p, const Block *block) {
  Ink ink = block->ink == INK_NONE ? INK_COMING : block->ink;
  const PdfStyle strong = {9.5, true, ink, PANGO_ALIGN_LEFT, 0};
  const PdfStyle plain = {9.5, false, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  double width = across(p) - 26, height = 16;
  PDF_LAYOUT(title) = pdf_layout(p, block->title, strong, width);
  PDF_LAYOUT(text) = pdf_layout(p, block->text, plain, width);
  double title_height = block->title[0] == '\0' ? 0 : pdf_layout_height(title);
  height += title_height + (block->text[0] == '\0' ? 0 : pdf_layout_height(text));
  if (height > (p->bottom - p->top) * 0.7) { // too long to be boxed
    pdf_flow(p, block->title, strong, p->left, across(p), "P");
    pdf_flow(p, block->text, plain, p->left, across(p), "P");
    p->y += GAP;
    return;
  }
  pdf_need(p, height);
  if (p->cairo != NULL) {
    pdf_ink(p, pdf_soft_ink(ink), 0);
    cairo_rectangle(p->cairo, p->left, p->y, across(p), height);
    cairo_fill(p->cairo);
    pdf_ink(p, ink, 0);
    cairo_rectangle(p->cairo, p->left, p->y, 2.5, height);
    cairo_fill(p->cairo);
    pdf_begin(p, "P");
    if (title_height > 0) pdf_show(p, title, p->left + 14, p->y + 8);
    pdf_ink(p, INK_TEXT, 0);
    pdf_show(p, text, p->left + 14, p->y + 8 + title_height);
    pdf_end(p, "P");
  }
  p->y += height + GAP + 2;
}

static void draw_list(Pdf *p, const DocumentList *list) {
  const PdfStyle style = {9.5, false, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  PdfStyle sign = style;
  sign.ink = INK_SOFT;
  double indent = list->numbered && list->items.count > 99 ? 26 : 18;
  pdf_begin(p, "L");
  for (size_t i = 0; i < list->items.count; i++) {
    pdf_need(p, 14);
    pdf_begin(p, "LI");
    pdf_begin(p, "Lbl");
    pdf_line(p, list->numbered ? text_format(p->arena, "%zu.", i + 1) : "•", sign, p->left + 2,
             p->y, indent);
    pdf_end(p, "Lbl");
    pdf_flow(p, list->items.items[i], style, p->left + indent, across(p) - indent, "LBody");
    pdf_end(p, "LI");
    p->y += 2.5;
  }
  pdf_end(p, "L");
  p->y += GAP - 2.5;
}

void pdf_pairs(Pdf *p, const DocumentPairs *pairs) {
  const PdfStyle name = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  const PdfStyle value = {9.5, false, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  double left = across(p) * 0.27;
  for (size_t i = 0; i < pairs->count; i++) {
    PDF_LAYOUT(label) = pdf_layout(p, pairs->items[i].name, name, left - 10);
    double height = pdf_layout_height(label);
    pdf_need(p, height);
    double y = p->y;
    int page = p->page;
    pdf_begin(p, "P");
    if (p->cairo != NULL) pdf_ink(p, INK_SOFT, 0);
    pdf_show(p, label, p->left, y + 0.4);
    pdf_end(p, "P");
    pdf_flow(p, pairs->items[i].value, value, p->left + left, across(p) - left, "P");
    if (p->page == page && p->y < y + height) p->y = y + height;
    p->y += 3;
  }
  p->y += GAP - 3;
}

// ---- key figures ----

static double figure_height(Pdf *p, const DocumentFigure *figure, double width) {
  const PdfStyle small = {7.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 1.35};
  PDF_LAYOUT(label) = pdf_layout(p, figure->label, small, width - 20);
  PDF_LAYOUT(why) = pdf_layout(p, figure->why, small, width - 20);
  return 20 + pdf_layout_height(label) + 24 + (figure->why[0] ? pdf_layout_height(why) : 0);
}

static void draw_figure(Pdf *p, const DocumentFigure *figure, double x, double width,
                        double height) {
  const PdfStyle small = {7.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 1.35};
  PdfStyle large = {17, true, figure->ink == INK_NONE ? INK_TEXT : figure->ink, PANGO_ALIGN_LEFT,
                    1.2};
  if (p->cairo == NULL) return;
  double wanted = picture_text_width(figure->value, large.size); // "not measured" fits too
  if (wanted > width - 24) large.size = large.size * (width - 24) / wanted;
  if (large.size < 9) large.size = 9;
  pdf_ink(p, INK_LINE, 0);
  cairo_set_line_width(p->cairo, 0.8);
  cairo_rectangle(p->cairo, x + 0.4, p->y + 0.4, width - 0.8, height - 0.8);
  cairo_stroke(p->cairo);
  pdf_ink(p, figure->ink == INK_NONE ? INK_DOING : figure->ink, 0);
  cairo_rectangle(p->cairo, x, p->y, width, 2);
  cairo_fill(p->cairo);
  pdf_begin(p, "P");
  PDF_LAYOUT(label) = pdf_layout(p, figure->label, small, width - 20);
  pdf_ink(p, INK_SOFT, 0);
  double y = p->y + 10;
  pdf_show(p, label, x + 10, y);
  y += pdf_layout_height(label) + 1;
  pdf_line(p, figure->value, large, x + 10, y + (17 - large.size) * 0.6, width - 16);
  PDF_LAYOUT(why) = pdf_layout(p, figure->why, small, width - 20);
  pdf_ink(p, INK_SOFT, 0);
  pdf_show(p, why, x + 10, y + 23);
  pdf_end(p, "P");
}

static size_t figures_per_row(size_t count) {
  if (count <= 4) return count;
  return count % 4 == 0 ? 4 : count % 3 == 0 || count == 5 ? 3 : 4;
}

static void draw_figures(Pdf *p, const DocumentFigures *figures) {
  size_t count = figures->items.count, per_row = figures_per_row(count);
  if (count == 0) return;
  double width = (across(p) - 8.0 * (double)(per_row - 1)) / (double)per_row;
  for (size_t from = 0; from < count; from += per_row) {
    double height = 0;
    for (size_t i = from; i < count && i < from + per_row; i++) {
      double wanted = figure_height(p, &figures->items.items[i], width);
      if (wanted > height) height = wanted;
    }
    pdf_need(p, height);
    for (size_t i = from; i < count && i < from + per_row; i++)
      draw_figure(p, &figures->items.items[i], p->left + (width + 8) * (double)(i - from), width,
                  height);
    p->y += height + 8;
  }
  p->y += GAP - 2;
}

// ---- signatures, links ----

static void draw_signature(Pdf *p, const Block *block) {
  const PdfStyle strong = {9.5, true, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  const PdfStyle soft = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  double width = across(p) * 0.5;
  pdf_need(p, 62);
  p->y += 22;
  pdf_begin(p, "P");
  pdf_line(p, block->name, strong, p->left, p->y, width);
  p->y += 15;
  if (p->cairo != NULL) {
    pdf_ink(p, INK_EDGE, 0);
    cairo_set_line_width(p->cairo, 0.8);
    cairo_move_to(p->cairo, p->left, p->y);
    cairo_line_to(p->cairo, p->left + width, p->y);
    cairo_stroke(p->cairo);
  }
  p->y += 3;
  const char *when = block->when == NULL || block->when[0] == '\0'
                         ? block->title
                         : text_format(p->arena, "%s, %s", block->title, block->when);
  pdf_line(p, when, soft, p->left, p->y, width);
  pdf_end(p, "P");
  p->y += 12 + GAP;
}

static void draw_link(Pdf *p, const Block *block) {
  PdfStyle style = {9.5, false, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  pdf_need(p, 14);
  bool linked = pdf_link(p, block->title);
  if (linked) style.ink = INK_DOING;
  p->y += pdf_line(p, text_is_empty(block->text) ? block->title : block->text, style, p->left, p->y,
                   across(p));
  if (linked) pdf_link_end(p);
  p->y += GAP;
}

static void draw_block(Pdf *p, const Block *block, size_t next) {
  const PdfStyle plain = {9.5, false, INK_TEXT, PANGO_ALIGN_LEFT, 1.5};
  const PdfStyle soft = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  switch (block->kind) {
  case BLOCK_HEADING: draw_heading(p, block, next); return;
  case BLOCK_PARAGRAPH: pdf_flow(p, block->text, plain, p->left, across(p), "P"); break;
  case BLOCK_SOFT: pdf_flow(p, block->text, soft, p->left, across(p), "P"); break;
  case BLOCK_LINK: draw_link(p, block); return;
  case BLOCK_NOTE: draw_note(p, block); return;
  case BLOCK_LIST: draw_list(p, block->list); return;
  case BLOCK_FACTS: pdf_pairs(p, &block->facts); return;
  case BLOCK_FIGURES: draw_figures(p, block->figures); return;
  case BLOCK_TABLE: pdf_table(p, block->table); return;
  case BLOCK_CHARTS: pdf_charts(p, block); return;
  case BLOCK_PICTURE: pdf_whole_picture(p, block->picture); return;
  case BLOCK_SIGNATURE: draw_signature(p, block); return;
  case BLOCK_PAGE:
    if (p->y > p->top + 0.5) pdf_new_page(p);
    return;
  case BLOCK_KINDS: return;
  }
  p->y += GAP;
}

void pdf_blocks(Pdf *p) {
  const PdfStyle strong = {9.5, true, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  const Document *d = p->document;
  for (size_t i = 0; i < d->blocks.count && p->page <= PDF_MOST_PAGES; i++)
    draw_block(p, &d->blocks.items[i], i + 1);
  if (p->page <= PDF_MOST_PAGES) return;
  pdf_new_page(p);
  pdf_flow(p, _("The document is cut off here: it has more pages than can be laid out."), strong,
           p->left, across(p), "P");
}
