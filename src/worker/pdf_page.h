// SPDX-License-Identifier: Apache-2.0
// The sheet being written: where the pen stands, and what a page, a text, a tag is. Units are
// points; a first pass measures (cairo is NULL) so that the second knows every page's number.
#ifndef DAYBOOK_WORKER_PDF_PAGE_H
#define DAYBOOK_WORKER_PDF_PAGE_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "report/document.h"

typedef struct PdfHeading {
  int level, page;
  double y;
  const char *text;
} PdfHeading;

typedef struct Pdf {
  Arena *arena;
  const Document *document;
  PangoContext *context;
  cairo_surface_t *surface;
  cairo_t *cairo; // NULL while measuring
  double width, height, left, right, top, bottom;
  double y;
  int page, pages; // from 1; pages: known in the second pass
  int first_body;  // the page the sections begin on; 0 while unknown
  size_t heading;  // the next one to be met
  LIST_OF(PdfHeading) headings;
  LIST_OF(const char *) figures; // what the pictures say, in the order they are drawn
  GHashTable *layouts;           // of both passes: shaping is the dear part
  int outline[4];                // the last bookmark of each level
} Pdf;

typedef struct PdfStyle {
  double size;
  bool strong;
  Ink ink;
  PangoAlignment align;
  double leading; // of the size; 0: 1.4
} PdfStyle;

enum { PDF_MOST_PAGES = 3000, PDF_KEPT_LAYOUTS = 1 << 14 };

void pdf_ink(Pdf *p, Ink ink, double opacity);
// The pale ground of a meaning: "late" on "late-soft".
Ink pdf_soft_ink(Ink ink);

// Pages.
void pdf_new_page(Pdf *p);
double pdf_room(const Pdf *p);
// Begins a new page unless so much room is left (or the page is fresh).
bool pdf_need(Pdf *p, double height);
void pdf_finish_page(Pdf *p);

// Texts. Unref the layout, or bind it with PDF_LAYOUT. Layouts are shared: they are not changed.
PangoLayout *pdf_layout(Pdf *p, const char *text, PdfStyle style, double width);
PangoLayout *pdf_layout_cut(Pdf *p, const char *text, PdfStyle style, double width); // one line
void pdf_layout_drop(PangoLayout **layout);
#define PDF_LAYOUT(name) PangoLayout *name __attribute__((cleanup(pdf_layout_drop)))
double pdf_layout_height(PangoLayout *layout);
double pdf_layout_width(PangoLayout *layout);
// Draws at a place; nothing while measuring.
void pdf_show(Pdf *p, PangoLayout *layout, double x, double y);
// One line of text, cut to the width; gives its height.
double pdf_line(Pdf *p, const char *text, PdfStyle style, double x, double y, double width);
// Flows down the page and over to the next ones; the pen stands below it afterwards.
void pdf_flow(Pdf *p, const char *text, PdfStyle style, double x, double width, const char *tag);
// Lines of a layout from *line on that fit into `room`; draws them, moves *line, gives the height.
double pdf_lines(Pdf *p, PangoLayout *layout, int *line, double x, double y, double room);

// Structure and links; nothing while measuring. Attributes may be NULL.
void pdf_begin(Pdf *p, const char *tag);
void pdf_end(Pdf *p, const char *tag);
// An own path or address; false (and nothing begun) if it leads nowhere.
bool pdf_link(Pdf *p, const char *place);
bool pdf_link_inside(Pdf *p, size_t heading);
void pdf_link_end(Pdf *p);
void pdf_heading_met(Pdf *p, int level, const char *text);

// The parts of a document.
void pdf_front(Pdf *p); // title page and contents, or the head of a brief document
void pdf_blocks(Pdf *p);
void pdf_table(Pdf *p, const DocumentTable *table);
void pdf_charts(Pdf *p, const Block *block);
double pdf_charts_first(Pdf *p, const Block *block); // height of the first row of them
void pdf_whole_picture(Pdf *p, const Picture *picture);
void pdf_picture(Pdf *p, const Picture *picture, double x, double y, double scale);
void pdf_pairs(Pdf *p, const DocumentPairs *pairs);

// Language, bookmarks' view, alternative texts, by libqpdf. False if the bytes are no sound PDF.
bool pdf_finish(const Pdf *p, const char *bytes, size_t length, Text *out);

#endif
