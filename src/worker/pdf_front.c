// SPDX-License-Identifier: Apache-2.0
// What stands before the sections: the title page and the contents, or a head for a short document.
#include "worker/pdf_page.h"

static const char *made_words(Pdf *p) {
  if (instant_is_none(p->document->head.made)) return "";
  const Zone *utc = zone_find("UTC");
  return date_words(p->arena, zone_date(utc, p->document->head.made, NULL));
}

static void bar(Pdf *p, double x, double y, double width, double height) {
  if (p->cairo == NULL) return;
  pdf_ink(p, INK_DOING, 0);
  cairo_rectangle(p->cairo, x, y, width, height);
  cairo_fill(p->cairo);
}

static void titles(Pdf *p, double size) {
  const DocumentHead *head = &p->document->head;
  double across = p->right - p->left;
  const PdfStyle kind = {12, true, INK_DOING, PANGO_ALIGN_LEFT, 0};
  const PdfStyle title = {size, true, INK_TEXT, PANGO_ALIGN_LEFT, 1.15};
  const PdfStyle subtitle = {12, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  if (!text_is_empty(head->kind)) pdf_flow(p, head->kind, kind, p->left, across, "P");
  p->y += 4;
  pdf_flow(p, head->title, title, p->left, across, "H1");
  p->y += 4;
  if (!text_is_empty(head->subtitle)) pdf_flow(p, head->subtitle, subtitle, p->left, across, "P");
}

static void origin(Pdf *p) {
  const DocumentHead *head = &p->document->head;
  PdfStyle soft = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 1.5};
  double across = p->right - p->left;
  double y = p->height - 104;
  if (p->cairo == NULL) return;
  pdf_begin(p, "P");
  y += pdf_line(p,
                text_format(p->arena, _("Made %s by %s"), made_words(p),
                            text_is_empty(head->author) ? "Daybook" : head->author),
                soft, p->left, y, across);
  if (!text_is_empty(head->marking)) y += pdf_line(p, head->marking, soft, p->left, y, across);
  y += pdf_line(p,
                text_format(p->arena, "%s SHA-256 %s",
                            p->document->hash_of_content ? _("Content") : _("Frozen data"),
                            head->hash == NULL ? "" : head->hash),
                soft, p->left, y, across);
  pdf_end(p, "P");
  if (!text_is_empty(head->home) && pdf_link(p, head->home)) {
    soft.ink = INK_DOING;
    pdf_line(p, text_format(p->arena, "%s%s", head->base_url, head->home), soft, p->left, y,
             across);
    pdf_link_end(p);
  }
}

static void title_page(Pdf *p) {
  const PdfStyle name = {12, true, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  pdf_new_page(p);
  bar(p, 0, 0, p->width, 6);
  p->y = p->height * 0.08;
  pdf_flow(p, p->document->head.organisation, name, p->left, p->right - p->left, "P");
  p->y = p->height * (p->document->head.landscape ? 0.24 : 0.27);
  titles(p, 30);
  p->y += 12;
  bar(p, p->left, p->y, 48, 3);
  p->y += 26;
  pdf_pairs(p, &p->document->about);
}

// ---- contents ----

static void entry(Pdf *p, size_t number, const PdfHeading *heading) {
  bool section = heading->level == 1;
  PdfStyle style = {section ? 9.5 : 8.5, section, section ? INK_TEXT : INK_SOFT, PANGO_ALIGN_LEFT,
                    1.4};
  double indent = section ? 0 : 16, across = p->right - p->left;
  if (section) p->y += 5;
  pdf_need(p, 16);
  double y = p->y;
  pdf_begin(p, "TOCI");
  bool linked = pdf_link_inside(p, number);
  PDF_LAYOUT(layout) = pdf_layout_cut(p, heading->text, style, across - indent - 40);
  PangoRectangle logical;
  pango_layout_get_extents(layout, NULL, &logical);
  double end = p->left + indent + (double)(logical.x + logical.width) / PANGO_SCALE;
  if (p->cairo != NULL) pdf_ink(p, style.ink, 0);
  pdf_show(p, layout, p->left + indent, y);
  style.align = PANGO_ALIGN_RIGHT;
  p->y += pdf_line(p, text_format(p->arena, "%d", heading->page), style, p->right - 36, y, 36);
  if (linked) pdf_link_end(p);
  pdf_end(p, "TOCI");
  if (p->cairo != NULL && section && end < p->right - 44) {
    static const double dots[] = {0.6, 3};
    pdf_ink(p, INK_EDGE, 0);
    cairo_set_line_width(p->cairo, 0.6);
    cairo_set_dash(p->cairo, dots, 2, 0);
    cairo_move_to(p->cairo, end + 6, y + 10);
    cairo_line_to(p->cairo, p->right - 24, y + 10);
    cairo_stroke(p->cairo);
    cairo_set_dash(p->cairo, dots, 0, 0);
  }
  p->y += 2;
}

static size_t listed(const Document *d) {
  size_t count = 0;
  for (size_t i = 0; i < d->blocks.count; i++)
    count += d->blocks.items[i].kind == BLOCK_HEADING && d->blocks.items[i].level < 3;
  return count;
}

// While measuring, the headings are not known yet: those of the document itself are counted.
static void entries(Pdf *p) {
  const Document *d = p->document;
  size_t number = 0;
  pdf_begin(p, "TOC");
  for (size_t i = 0; i < d->blocks.count; i++) {
    const Block *block = &d->blocks.items[i];
    if (block->kind != BLOCK_HEADING) continue;
    PdfHeading heading = {block->level, 0, 0, block->text};
    if (p->cairo != NULL && number < p->headings.count) heading = p->headings.items[number];
    if (heading.level < 3) entry(p, number, &heading);
    number++;
  }
  pdf_end(p, "TOC");
}

// A short list stands on the title page itself.
static void contents(Pdf *p) {
  const PdfStyle title = {17, true, INK_TEXT, PANGO_ALIGN_LEFT, 1.25};
  const PdfStyle small = {12, true, INK_TEXT, PANGO_ALIGN_LEFT, 1.25};
  size_t count = listed(p->document);
  double wanted = 30 + 22 * (double)count, room = p->height - 130 - p->y;
  bool here = p->page == 1 && wanted < room;
  if (count > 1 && here) {
    p->y = p->height - 130 - wanted;
    pdf_flow(p, _("Contents"), small, p->left, p->right - p->left, "H1");
    p->y += 2;
    entries(p);
  } else if (count > 1) {
    pdf_new_page(p);
    pdf_flow(p, _("Contents"), title, p->left, p->right - p->left, "H1");
    p->y += 8;
    entries(p);
  }
  pdf_new_page(p);
}

static void short_head(Pdf *p) {
  const PdfStyle soft = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  const DocumentHead *head = &p->document->head;
  pdf_new_page(p);
  p->y = p->top - 26;
  titles(p, 20);
  pdf_flow(p,
           text_format(p->arena, "%s%s%s", head->organisation,
                       head->organisation[0] == '\0' ? "" : ", ", made_words(p)),
           soft, p->left, p->right - p->left, "P");
  p->y += 12;
  if (p->document->about.count > 0) pdf_pairs(p, &p->document->about);
}

void pdf_front(Pdf *p) {
  if (p->document->head.brief) {
    short_head(p);
    return;
  }
  title_page(p);
  if (p->page == 1) origin(p);
  contents(p);
}
