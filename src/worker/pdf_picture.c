// SPDX-License-Identifier: Apache-2.0
// The shapes of a picture, drawn as the page's SVG would.
#include "worker/pdf_page.h"

#include <math.h>

static void trace_rect(cairo_t *cr, const Shape *s) {
  double r = s->radius;
  if (r > s->width / 2) r = s->width / 2;
  if (r > s->height / 2) r = s->height / 2;
  if (r <= 0.01) {
    cairo_rectangle(cr, s->x, s->y, s->width, s->height);
    return;
  }
  cairo_new_sub_path(cr);
  cairo_arc(cr, s->x + s->width - r, s->y + r, r, -M_PI / 2, 0);
  cairo_arc(cr, s->x + s->width - r, s->y + s->height - r, r, 0, M_PI / 2);
  cairo_arc(cr, s->x + r, s->y + s->height - r, r, M_PI / 2, M_PI);
  cairo_arc(cr, s->x + r, s->y + r, r, M_PI, 3 * M_PI / 2);
  cairo_close_path(cr);
}

static void trace(cairo_t *cr, const Shape *s) {
  cairo_new_path(cr);
  switch (s->kind) {
  case SHAPE_RECT: trace_rect(cr, s); return;
  case SHAPE_CIRCLE: cairo_arc(cr, s->x, s->y, s->radius, 0, 2 * M_PI); return;
  case SHAPE_ARC:
    cairo_arc(cr, s->x, s->y, s->radius, 2 * M_PI * s->from - M_PI / 2,
              2 * M_PI * s->to - M_PI / 2);
    return;
  case SHAPE_PATH:
    for (size_t i = 0; i < s->count; i++) cairo_line_to(cr, s->points[i].x, s->points[i].y);
    if (s->closed) cairo_close_path(cr);
    return;
  case SHAPE_TEXT: return;
  }
}

static void draw_text(Pdf *p, const Shape *s) {
  const PdfStyle style = {s->radius < 1     ? 12
                          : s->radius > 200 ? 200
                                            : s->radius,
                          s->strong, s->fill, PANGO_ALIGN_LEFT, 0};
  PDF_LAYOUT(layout) = pdf_layout(p, s->text, style, 10000);
  double width = pdf_layout_width(layout), shift = 0;
  if (s->anchor >= 0) shift = s->anchor > 0 ? width : width / 2;
  double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
  PangoRectangle logical;
  pango_layout_get_extents(layout, NULL, &logical);
  pdf_ink(p, s->fill, s->opacity);
  // A text from right to left stands at the far end of the layout's width.
  pdf_show(p, layout, s->x - shift - (double)logical.x / PANGO_SCALE, s->y - baseline);
}

static void draw_shape(Pdf *p, const Shape *s) {
  static const double dashes[] = {4, 3};
  if (s->kind == SHAPE_TEXT) {
    draw_text(p, s);
    return;
  }
  trace(p->cairo, s);
  if (s->fill != INK_NONE) {
    pdf_ink(p, s->fill, s->opacity);
    cairo_fill_preserve(p->cairo);
  }
  if (s->stroke != INK_NONE) {
    pdf_ink(p, s->stroke, s->opacity);
    cairo_set_line_width(p->cairo, s->stroke_width > 0 ? s->stroke_width : 1);
    cairo_set_line_join(p->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(p->cairo, dashes, s->dashed ? 2 : 0, 0);
    cairo_stroke(p->cairo);
    cairo_set_dash(p->cairo, dashes, 0, 0);
  }
  cairo_new_path(p->cairo);
}

void pdf_picture(Pdf *p, const Picture *picture, double x, double y, double scale) {
  if (p->cairo == NULL) return;
  *list_add(p->arena, &p->figures) =
      text_format(p->arena, "%s. %s", picture->title == NULL ? "" : picture->title,
                  picture->description == NULL ? "" : picture->description);
  pdf_begin(p, "Figure");
  cairo_save(p->cairo);
  cairo_translate(p->cairo, x, y);
  cairo_scale(p->cairo, scale, scale);
  for (size_t i = 0; i < picture->shapes.count; i++) draw_shape(p, &picture->shapes.items[i]);
  cairo_restore(p->cairo);
  pdf_end(p, "Figure");
  // Links stand on the page itself, not in the drawing.
  for (size_t i = 0; i < picture->shapes.count; i++) {
    const Shape *s = &picture->shapes.items[i];
    if (s->place == NULL || s->kind != SHAPE_RECT) continue;
    const char *address = s->place;
    if (!pdf_link(p, address)) continue;
    cairo_rectangle(p->cairo, x + s->x * scale, y + s->y * scale, s->width * scale,
                    s->height * scale);
    cairo_set_source_rgba(p->cairo, 1, 1, 1, 0);
    cairo_fill(p->cairo);
    pdf_link_end(p);
  }
}
