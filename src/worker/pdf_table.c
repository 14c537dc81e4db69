// SPDX-License-Identifier: Apache-2.0
// Tables: columns as wide as their words need, heads repeated on every page, rows kept whole where
// a page allows it.
#include "worker/pdf_page.h"

#include <string.h>

enum { SAMPLE = 200, TAGGED_ROWS = 4000 };
#define SIZE   8.5
#define PAD_X  5.0
#define PAD_Y  3.6
#define GROUND 2.0

typedef struct Grid {
  const DocumentTable *table;
  double x[DOCUMENT_MOST_COLUMNS], width[DOCUMENT_MOST_COLUMNS];
  double head; // height of the repeated head
  bool tagged;
} Grid;

static PangoAlignment alignment(Align align) {
  return align == ALIGN_END      ? PANGO_ALIGN_RIGHT
         : align == ALIGN_MIDDLE ? PANGO_ALIGN_CENTER
                                 : PANGO_ALIGN_LEFT;
}

static PdfStyle head_style(const Grid *g, size_t column) {
  return (PdfStyle){7.5, true, INK_SOFT, alignment(g->table->columns[column].align), 1.3};
}

// By its first letter: Hebrew, Arabic and their kin.
static bool runs_from_right(const char *text) {
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    if (!g_unichar_isalpha(c)) continue;
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
           (c >= 0xfe70 && c <= 0xfeff);
  }
  return false;
}

// A name from right to left still begins its column where the others do.
static PdfStyle cell_style(const Grid *g, size_t column, const DocumentCell *cell) {
  PangoAlignment align = alignment(g->table->columns[column].align);
  if (align != PANGO_ALIGN_CENTER && runs_from_right(cell->text))
    align = align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  return (PdfStyle){SIZE, cell->ink != INK_NONE, cell->ink == INK_NONE ? INK_TEXT : cell->ink,
                    align, 1.36};
}

// ---- widths ----

static double longest_word(const char *text, double size) {
  double longest = 0;
  while (*text != '\0') {
    size_t length = strcspn(text, " \n\t-/");
    if (length > 60) length = 60;
    char word[64];
    memcpy(word, text, length);
    word[length] = '\0';
    double width = picture_text_width(word, size);
    if (width > longest) longest = width;
    text += length;
    while (*text == ' ' || *text == '\n' || *text == '\t' || *text == '-' || *text == '/') text++;
  }
  return longest;
}

static void wishes(const Grid *g, size_t k, double *least, double *most) {
  const DocumentColumn *column = &g->table->columns[k];
  *least = longest_word(column->title, 8), *most = picture_text_width(column->title, 8);
  for (size_t i = 0; i < g->table->rows.count && i < SAMPLE; i++) {
    const DocumentRow *row = &g->table->rows.items[i];
    if (row->band) continue;
    double word = longest_word(row->cells[k].text, SIZE);
    double whole =
        strlen(row->cells[k].text) > 400 ? 2000 : picture_text_width(row->cells[k].text, SIZE);
    if (word > *least) *least = word;
    if (whole > *most) *most = whole;
  }
  *least += 2 * PAD_X + 2, *most += 2 * PAD_X + 4;
}

// Weights share the line; who needs less than its share gives the rest to who needs more, and
// nobody gets less than its longest word as long as there is room.
static void set_widths(Grid *g, double left, double whole) {
  size_t count = g->table->column_count;
  double least[DOCUMENT_MOST_COLUMNS], most[DOCUMENT_MOST_COLUMNS], sum = 0;
  double fixed = 0, weights = 0;
  bool settled[DOCUMENT_MOST_COLUMNS] = {0};
  for (size_t k = 0; k < count; k++) {
    wishes(g, k, &least[k], &most[k]);
    if (least[k] > whole * 0.4) least[k] = whole * 0.4;
    if (most[k] < least[k]) most[k] = least[k];
    weights += g->table->columns[k].weight;
    sum += least[k];
  }
  if (sum > whole)
    for (size_t k = 0; k < count; k++) least[k] *= whole / sum;
  for (size_t round = 0; round < count; round++) {
    for (size_t k = 0; k < count; k++) {
      double share = weights <= 0 ? 0 : (whole - fixed) * g->table->columns[k].weight / weights;
      if (settled[k] || (share >= least[k] && share <= most[k])) continue;
      g->width[k] = share < least[k] ? least[k] : most[k];
      settled[k] = true;
      fixed += g->width[k];
      weights -= g->table->columns[k].weight;
    }
  }
  double used = 0;
  for (size_t k = 0; k < count; k++) {
    if (!settled[k]) g->width[k] = (whole - fixed) * g->table->columns[k].weight / weights;
    used += g->width[k];
  }
  for (size_t k = 0; k < count; k++) { // exactly the line
    g->width[k] *= whole / used;
    g->x[k] = k == 0 ? left : g->x[k - 1] + g->width[k - 1];
  }
}

// ---- rows ----

static void rule(Pdf *p, double y, Ink ink, double width) {
  if (p->cairo == NULL) return;
  pdf_ink(p, ink, 0);
  cairo_set_line_width(p->cairo, width);
  cairo_move_to(p->cairo, p->left, y);
  cairo_line_to(p->cairo, p->right, y);
  cairo_stroke(p->cairo);
}

// At most four lines: a head that fills the page would leave no room for rows.
static PangoLayout *head_layout(Pdf *p, const Grid *g, size_t k) {
  const PdfStyle style = head_style(g, k);
  double width = g->width[k] - 2 * PAD_X;
  PangoLayout *layout = pdf_layout(p, g->table->columns[k].title, style, width);
  if (pango_layout_get_line_count(layout) <= 4) return layout;
  g_object_unref(layout);
  return pdf_layout_cut(p, g->table->columns[k].title, style, width);
}

static double head_height(Pdf *p, const Grid *g) {
  double height = 0;
  for (size_t k = 0; k < g->table->column_count; k++) {
    PDF_LAYOUT(layout) = head_layout(p, g, k);
    double wanted = pdf_layout_height(layout);
    if (wanted > height) height = wanted;
  }
  return height + 2 * PAD_Y;
}

static void draw_head(Pdf *p, const Grid *g, bool first) {
  double y = p->y;
  const char *tag = g->tagged && first ? "TR" : NULL;
  pdf_begin(p, tag);
  for (size_t k = 0; k < g->table->column_count && p->cairo != NULL; k++) {
    PDF_LAYOUT(layout) = head_layout(p, g, k);
    pdf_begin(p, tag == NULL ? NULL : "TH");
    pdf_ink(p, INK_SOFT, 0);
    pdf_show(p, layout, g->x[k] + PAD_X, y + g->head - PAD_Y - pdf_layout_height(layout));
    pdf_end(p, tag == NULL ? NULL : "TH");
  }
  pdf_end(p, tag);
  rule(p, y + g->head, INK_EDGE, 0.8);
  p->y += g->head;
}

static void next_page(Pdf *p, const Grid *g) {
  pdf_new_page(p);
  draw_head(p, g, false);
}

static void draw_pill(Pdf *p, const Grid *g, size_t k, PangoLayout *layout, Ink ink, double y) {
  if (p->cairo == NULL || pango_layout_get_line_count(layout) != 1) return;
  PangoRectangle logical;
  pango_layout_get_extents(layout, NULL, &logical);
  double x = g->x[k] + PAD_X + (double)logical.x / PANGO_SCALE - 4;
  double width = (double)logical.width / PANGO_SCALE + 8, height = pdf_layout_height(layout);
  double r = height / 2;
  pdf_ink(p, pdf_soft_ink(ink), 0);
  cairo_new_path(p->cairo);
  cairo_arc(p->cairo, x + r, y + r, r, 1.5707963, 4.7123890);
  cairo_arc(p->cairo, x + width - r, y + r, r, 4.7123890, 7.8539816);
  cairo_close_path(p->cairo);
  cairo_fill(p->cairo);
}

static double draw_cell(Pdf *p, const Grid *g, size_t k, const DocumentCell *cell,
                        PangoLayout *layout, int *line, double room) {
  double y = p->y + PAD_Y;
  const char *tag = g->tagged ? "TD" : NULL;
  pdf_begin(p, tag);
  if (cell->ink != INK_NONE) draw_pill(p, g, k, layout, cell->ink, y);
  bool linked = pdf_link(p, cell->place);
  if (p->cairo != NULL) pdf_ink(p, linked ? INK_DOING : cell_style(g, k, cell).ink, 0);
  double used = pdf_lines(p, layout, line, g->x[k] + PAD_X, y, room);
  if (linked) pdf_link_end(p);
  pdf_end(p, tag);
  return used;
}

// As much of the row as fits; true when all of it is drawn.
static bool draw_slice(Pdf *p, const Grid *g, const DocumentRow *row, PangoLayout **layouts,
                       int *lines) {
  double room = pdf_room(p) - 2 * PAD_Y, tallest = 0;
  bool done = true;
  const char *tag = g->tagged ? "TR" : NULL;
  pdf_begin(p, tag);
  for (size_t k = 0; k < g->table->column_count; k++) {
    double used = draw_cell(p, g, k, &row->cells[k], layouts[k], &lines[k], room);
    if (used > tallest) tallest = used;
    done &= lines[k] >= pango_layout_get_line_count(layouts[k]);
  }
  pdf_end(p, tag);
  p->y += tallest + 2 * PAD_Y;
  return done;
}

static void draw_row(Pdf *p, const Grid *g, const DocumentRow *row) {
  PangoLayout *layouts[DOCUMENT_MOST_COLUMNS] = {0};
  int lines[DOCUMENT_MOST_COLUMNS] = {0};
  double height = 0;
  for (size_t k = 0; k < g->table->column_count; k++) {
    layouts[k] = pdf_layout(p, row->cells[k].text, cell_style(g, k, &row->cells[k]),
                            g->width[k] - 2 * PAD_X);
    double wanted = pdf_layout_height(layouts[k]);
    if (wanted > height) height = wanted;
  }
  height += 2 * PAD_Y;
  double page = p->bottom - p->top - g->head;
  if (pdf_room(p) < height && (height <= page * 0.6 || pdf_room(p) < 40)) next_page(p, g);
  while (!draw_slice(p, g, row, layouts, lines)) {
    next_page(p, g);
    if (p->page > PDF_MOST_PAGES) break;
  }
  rule(p, p->y, INK_LINE, 0.5);
  for (size_t k = 0; k < g->table->column_count; k++) g_object_unref(layouts[k]);
}

static void draw_band(Pdf *p, const Grid *g, const DocumentRow *row) {
  const PdfStyle style = {SIZE, true, INK_TEXT, PANGO_ALIGN_LEFT, 1.36};
  double height = SIZE * 1.36 + 2 * PAD_Y;
  if (pdf_room(p) < height * 2.2) next_page(p, g);
  if (p->cairo != NULL) {
    pdf_ink(p, INK_SUNKEN, 0);
    cairo_rectangle(p->cairo, p->left, p->y, p->right - p->left, height);
    cairo_fill(p->cairo);
  }
  const char *row_tag = g->tagged ? "TR" : NULL, *cell_tag = g->tagged ? "TH" : NULL;
  pdf_begin(p, row_tag);
  pdf_begin(p, cell_tag);
  pdf_line(p, row->cells[0].text, style, p->left + PAD_X, p->y + PAD_Y,
           p->right - p->left - 2 * PAD_X);
  pdf_end(p, cell_tag);
  pdf_end(p, row_tag);
  p->y += height;
}

void pdf_table(Pdf *p, const DocumentTable *table) {
  const PdfStyle caption = {9.5, true, INK_TEXT, PANGO_ALIGN_LEFT, 0};
  const PdfStyle soft = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 0};
  Grid g = {.table = table, .tagged = table->rows.count <= TAGGED_ROWS};
  set_widths(&g, p->left, p->right - p->left);
  g.head = head_height(p, &g);
  bool titled = !text_is_empty(table->caption);
  pdf_need(p, (titled ? 18 : 0) + g.head + 40);
  if (titled) {
    pdf_flow(p, table->caption, caption, p->left, p->right - p->left, "P");
    p->y += GROUND;
  }
  pdf_begin(p, g.tagged ? "Table" : "P");
  draw_head(p, &g, true);
  for (size_t i = 0; i < table->rows.count && p->page <= PDF_MOST_PAGES; i++) {
    if (table->rows.items[i].band)
      draw_band(p, &g, &table->rows.items[i]);
    else
      draw_row(p, &g, &table->rows.items[i]);
  }
  pdf_end(p, g.tagged ? "Table" : "P");
  p->y += 4;
  if (table->rows.count == 0) pdf_flow(p, _("Nothing."), soft, p->left + PAD_X, 300, "P");
  if (table->left_out > 0)
    pdf_flow(p, _("More rows than a document holds were left out."), soft, p->left, 400, "P");
  p->y += 12;
}
