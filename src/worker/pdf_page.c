// SPDX-License-Identifier: Apache-2.0
// Pages, their head and foot, tags, links, bookmarks.
#include "worker/pdf_page.h"

#include <stdio.h>
#include <string.h>

typedef struct Colour {
  double red, green, blue;
} Colour;

#define HEX(value)                                                                                 \
  { ((value) >> 16 & 0xff) / 255.0, ((value) >> 8 & 0xff) / 255.0, ((value)&0xff) / 255.0 }
// The light colours of assets/daybook.css.
static const Colour colours[INK_COUNT] = {
    [INK_TEXT] = HEX(0x1a2330),        [INK_SOFT] = HEX(0x525c6a),
    [INK_LINE] = HEX(0xdfe3e8),        [INK_EDGE] = HEX(0x868f9c),
    [INK_PAPER] = HEX(0xffffff),       [INK_SUNKEN] = HEX(0xeef0f4),
    [INK_ON_ACCENT] = HEX(0xffffff),   [INK_DOING] = HEX(0x2a4fb3),
    [INK_STAGE] = HEX(0x6b3fa0),       [INK_DONE] = HEX(0x1a6b3c),
    [INK_LATE] = HEX(0x8a4b00),        [INK_MISSED] = HEX(0xa8201a),
    [INK_COMING] = HEX(0x42526b),      [INK_DONE_SOFT] = HEX(0xe2f3e9),
    [INK_LATE_SOFT] = HEX(0xfdf0d8),   [INK_MISSED_SOFT] = HEX(0xfdeae9),
    [INK_COMING_SOFT] = HEX(0xe9edf4),
};

void pdf_ink(Pdf *p, Ink ink, double opacity) {
  Colour c = colours[ink < INK_COUNT ? ink : INK_TEXT];
  if (opacity > 0 && opacity < 1)
    cairo_set_source_rgba(p->cairo, c.red, c.green, c.blue, opacity);
  else
    cairo_set_source_rgb(p->cairo, c.red, c.green, c.blue);
}

Ink pdf_soft_ink(Ink ink) {
  switch (ink) {
  case INK_DONE: return INK_DONE_SOFT;
  case INK_LATE: return INK_LATE_SOFT;
  case INK_MISSED: return INK_MISSED_SOFT;
  default: return INK_COMING_SOFT;
  }
}

// ---- tags and links ----

void pdf_begin(Pdf *p, const char *tag) {
  if (p->cairo != NULL && tag != NULL) cairo_tag_begin(p->cairo, tag, NULL);
}

void pdf_end(Pdf *p, const char *tag) {
  if (p->cairo != NULL && tag != NULL) cairo_tag_end(p->cairo, tag);
}

// Percent-encoded throughout, so that it cannot end the attribute it stands in.
static const char *address_of(Pdf *p, const char *place) {
  const char *base = p->document->head.base_url;
  bool own = place[0] == '/' && place[1] != '/';
  if (own ? base == NULL || !(text_starts(base, "http://") || text_starts(base, "https://"))
          : !(text_starts(place, "https://") || text_starts(place, "http://") ||
              text_starts(place, "mailto:")))
    return NULL;
  Text out;
  text_init(&out, p->arena);
  for (int part = own ? 0 : 1; part < 2; part++)
    for (const char *c = part == 0 ? base : place; *c != '\0'; c++) {
      if ((unsigned char)*c <= ' ' || (unsigned char)*c > '~' || strchr("'\"\\<>()[]", *c) != NULL)
        text_add_format(&out, "%%%02X", (unsigned)(unsigned char)*c);
      else
        text_add_char(&out, *c);
    }
  return out.data;
}

bool pdf_link(Pdf *p, const char *place) {
  if (p->cairo == NULL || text_is_empty(place)) return false;
  const char *address = address_of(p, place);
  if (address == NULL || strlen(address) > 2000) return false;
  cairo_tag_begin(p->cairo, CAIRO_TAG_LINK, text_format(p->arena, "uri='%s'", address));
  return true;
}

bool pdf_link_inside(Pdf *p, size_t heading) {
  if (p->cairo == NULL) return false;
  cairo_tag_begin(p->cairo, CAIRO_TAG_LINK, text_format(p->arena, "dest='s%zu'", heading));
  return true;
}

void pdf_link_end(Pdf *p) {
  cairo_tag_end(p->cairo, CAIRO_TAG_LINK);
}

// A bookmark, a place to lead to, and while measuring a line for the contents.
void pdf_heading_met(Pdf *p, int level, const char *text) {
  size_t number = p->heading++;
  if (p->cairo == NULL) {
    *list_add(p->arena, &p->headings) = (PdfHeading){level, p->page, p->y, text};
    return;
  }
  const char *name = text_format(p->arena, "name='s%zu'", number);
  cairo_tag_begin(p->cairo, CAIRO_TAG_DEST, name);
  cairo_tag_end(p->cairo, CAIRO_TAG_DEST);
  int parent = CAIRO_PDF_OUTLINE_ROOT;
  for (int i = level - 1; i > 0 && parent == CAIRO_PDF_OUTLINE_ROOT; i--)
    if (p->outline[i] != 0) parent = p->outline[i];
  p->outline[level] = cairo_pdf_surface_add_outline(p->surface, parent, text,
                                                    text_format(p->arena, "dest='s%zu'", number),
                                                    level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
  for (int i = level + 1; i < 4; i++) p->outline[i] = 0;
}

// ---- pages ----

static void rule(Pdf *p, double y) {
  pdf_ink(p, INK_LINE, 0);
  cairo_set_line_width(p->cairo, 0.6);
  cairo_move_to(p->cairo, p->left, y);
  cairo_line_to(p->cairo, p->right, y);
  cairo_stroke(p->cairo);
}

static void draw_head(Pdf *p) {
  const DocumentHead *head = &p->document->head;
  const PdfStyle left = {7.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  PdfStyle right = left;
  right.align = PANGO_ALIGN_RIGHT;
  double half = (p->right - p->left) / 2, y = p->top - 30;
  pdf_line(p, head->organisation, left, p->left, y, half - 8);
  pdf_line(p, head->title, right, p->left + half, y, half);
  rule(p, p->top - 16);
}

static void draw_foot(Pdf *p) {
  const DocumentHead *head = &p->document->head;
  const PdfStyle plain = {7.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  PdfStyle number = plain;
  number.align = PANGO_ALIGN_RIGHT;
  double y = p->height - 42;
  rule(p, y - 6);
  const char *what = p->document->hash_of_content ? _("Content") : _("Frozen data");
  const char *words = text_format(
      p->arena, "%s%s%s SHA-256 %s", text_is_empty(head->marking) ? "" : head->marking,
      text_is_empty(head->marking) ? "" : "  ·  ", what, head->hash == NULL ? "" : head->hash);
  pdf_line(p, words, plain, p->left, y, p->right - p->left - 70);
  pdf_line(p, text_format(p->arena, _("Page %d of %d"), p->page, p->pages), number, p->right - 68,
           y, 68);
}

void pdf_finish_page(Pdf *p) {
  if (p->cairo != NULL && p->page > 0) cairo_show_page(p->cairo);
}

void pdf_new_page(Pdf *p) {
  pdf_finish_page(p);
  p->page++;
  p->y = p->top;
  bool bare = !p->document->head.brief && p->page == 1;
  if (p->cairo == NULL || bare) return;
  if (p->page > 1) draw_head(p);
  draw_foot(p);
}

double pdf_room(const Pdf *p) {
  return p->bottom - p->y;
}

bool pdf_need(Pdf *p, double height) {
  if (pdf_room(p) >= height || p->y <= p->top + 0.5) return false;
  pdf_new_page(p);
  return true;
}
