// SPDX-License-Identifier: Apache-2.0
// Texts: shaped by Pango, broken into lines, carried over to the next page.
#include "worker/pdf_page.h"

#include <string.h>

enum { LONGEST_WORD = 80 };

static bool is_shown(unsigned char c) {
  return (c >= 0x20 || c == '\n') && c != 0x7f;
}

static bool is_plain(const char *text) {
  size_t word = 0;
  for (; *text != '\0'; text++) {
    if (!is_shown((unsigned char)*text)) return false;
    word = *text == ' ' || *text == '\n' ? 0 : word + 1;
    if (word > LONGEST_WORD) return false;
  }
  return true;
}

// What cannot be shown is shown as a space; a paragraph knows only its line breaks. A word without
// end may be broken (U+200B): finding its breaks otherwise takes the square of its length.
static const char *clean(Arena *arena, const char *text) {
  if (is_plain(text)) return text;
  Text out;
  text_init(&out, arena);
  size_t word = 0;
  for (const char *c = text; *c != '\0'; c++) {
    bool first = ((unsigned char)*c & 0xc0) != 0x80;
    text_add_char(&out, is_shown((unsigned char)*c) ? *c : ' ');
    if (first) word = *c == ' ' || *c == '\n' ? 0 : word + 1;
    bool whole = ((unsigned char)c[1] & 0xc0) != 0x80;
    if (whole && word > 0 && word % LONGEST_WORD == 0) text_add(&out, "\u200b");
  }
  return out.data;
}

static PangoLayout *layout_new(Pdf *p, const char *text, PdfStyle style, double width, bool cut) {
  PangoLayout *layout = pango_layout_new(p->context);
  PangoFontDescription *face = pango_font_description_new();
  pango_font_description_set_family_static(face, "Inter");
  pango_font_description_set_absolute_size(face, style.size * PANGO_SCALE);
  pango_font_description_set_weight(face,
                                    style.strong ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, face);
  pango_font_description_free(face);
  pango_layout_set_width(layout, width < 4 ? 4 * PANGO_SCALE : (int)(width * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout, style.align);
  pango_layout_set_single_paragraph_mode(layout, cut);
  if (cut) pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text(layout, clean(p->arena, text), -1);
  // An even rhythm whatever faces stand in a line.
  PangoAttrList *list = pango_attr_list_new();
  double leading = style.leading > 0 ? style.leading : 1.4;
  pango_attr_list_insert(
      list, pango_attr_line_height_new_absolute((int)(style.size * leading * PANGO_SCALE)));
  if (style.size >= 14)
    pango_attr_list_insert(list,
                           pango_attr_letter_spacing_new((int)(-0.012 * style.size * PANGO_SCALE)));
  pango_layout_set_attributes(layout, list);
  pango_attr_list_unref(list);
  return layout;
}

// The same text in the same dress for the same width is shaped once.
static PangoLayout *layout_of(Pdf *p, const char *text, PdfStyle style, double width, bool cut) {
  if (text == NULL) text = "";
  if (strlen(text) > 2000) return layout_new(p, text, style, width, cut);
  if (p->layouts == NULL)
    p->layouts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_object_unref);
  const char *key = text_format(p->arena, "%g %d %d %g %.2f %d %s", style.size, style.strong,
                                style.align, style.leading, width, cut, text);
  PangoLayout *layout = g_hash_table_lookup(p->layouts, key);
  if (layout != NULL) return g_object_ref(layout);
  layout = layout_new(p, text, style, width, cut);
  if (g_hash_table_size(p->layouts) < PDF_KEPT_LAYOUTS)
    g_hash_table_insert(p->layouts, (gpointer)(uintptr_t)key, g_object_ref(layout));
  return layout;
}

PangoLayout *pdf_layout(Pdf *p, const char *text, PdfStyle style, double width) {
  return layout_of(p, text, style, width, false);
}

PangoLayout *pdf_layout_cut(Pdf *p, const char *text, PdfStyle style, double width) {
  return layout_of(p, text, style, width, true);
}

void pdf_layout_drop(PangoLayout **layout) {
  if (*layout != NULL) g_object_unref(*layout);
}

double pdf_layout_height(PangoLayout *layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout, NULL, &logical);
  return (double)logical.height / PANGO_SCALE;
}

double pdf_layout_width(PangoLayout *layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

void pdf_show(Pdf *p, PangoLayout *layout, double x, double y) {
  if (p->cairo == NULL) return;
  cairo_move_to(p->cairo, x, y);
  pango_cairo_show_layout(p->cairo, layout);
}

double pdf_line(Pdf *p, const char *text, PdfStyle style, double x, double y, double width) {
  PDF_LAYOUT(layout) = pdf_layout_cut(p, text, style, width);
  if (p->cairo != NULL) pdf_ink(p, style.ink, 0);
  pdf_show(p, layout, x, y);
  return pdf_layout_height(layout);
}

double pdf_lines(Pdf *p, PangoLayout *layout, int *line, double x, double y, double room) {
  PangoLayoutIter *iter = pango_layout_get_iter(layout);
  double first = -1, used = 0;
  int number = 0;
  do {
    if (number++ < *line) continue;
    PangoRectangle logical;
    int from, to;
    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    pango_layout_iter_get_line_yrange(iter, &from, &to);
    if (first < 0) first = from;
    double end = (to - first) / PANGO_SCALE;
    if (end > room + 0.01) break;
    if (p->cairo != NULL) {
      double baseline = (pango_layout_iter_get_baseline(iter) - first) / PANGO_SCALE;
      cairo_move_to(p->cairo, x + (double)logical.x / PANGO_SCALE, y + baseline);
      pango_cairo_show_layout_line(p->cairo, pango_layout_iter_get_line_readonly(iter));
    }
    used = end;
    *line = number;
  } while (pango_layout_iter_next_line(iter));
  pango_layout_iter_free(iter);
  return used;
}

void pdf_flow(Pdf *p, const char *text, PdfStyle style, double x, double width, const char *tag) {
  PDF_LAYOUT(layout) = pdf_layout(p, text, style, width);
  int lines = pango_layout_get_line_count(layout), line = 0;
  double height = style.size * (style.leading > 0 ? style.leading : 1.4);
  // No line stands alone at the end of a page or the beginning of the next.
  pdf_need(p, lines < 4 ? height * lines : height * 2);
  while (line < lines) {
    int before = line;
    double room = pdf_room(p);
    int fits = (int)(room / height);
    if (lines - line > fits && lines - line - fits == 1 && fits > 2) room -= height;
    pdf_begin(p, tag);
    if (p->cairo != NULL) pdf_ink(p, style.ink, 0);
    p->y += pdf_lines(p, layout, &line, x, p->y, room);
    pdf_end(p, tag);
    if (line == before && p->y <= p->top + 0.5) return; // a line taller than a page
    if (line < lines) pdf_new_page(p);
    if (p->page > PDF_MOST_PAGES) return;
  }
}
