// SPDX-License-Identifier: Apache-2.0
// Charts and pictures on the page: one across the line, or two and three side by side.
#include "worker/pdf_page.h"

static const PdfStyle title_style = {9.5, true, INK_TEXT, PANGO_ALIGN_LEFT, 1.3};
static const PdfStyle note_style = {8.5, false, INK_SOFT, PANGO_ALIGN_LEFT, 1.3};

// A chart is drawn for the width a page would have, then made as small as the column is.
typedef struct Column {
  double width, drawn; // points, pixels
  double least, most;  // of one scale for all
  bool common;
} Column;

static double words_height(Pdf *p, const Chart *chart, double width) {
  PDF_LAYOUT(title) = pdf_layout(p, chart->title, title_style, width);
  PDF_LAYOUT(note) = pdf_layout(p, chart->note, note_style, width);
  return (text_is_empty(chart->title) ? 0 : pdf_layout_height(title)) +
         (text_is_empty(chart->note) ? 0 : pdf_layout_height(note)) + 7;
}

static const Picture *picture_of(Pdf *p, const Chart *chart, const Column *column) {
  return column->common
             ? chart_picture_scaled(p->arena, chart, column->drawn, column->least, column->most)
             : chart_picture(p->arena, chart, column->drawn);
}

static double chart_height(Pdf *p, const Chart *chart, const Column *column) {
  double words = words_height(p, chart, column->width);
  if (chart_is_empty(chart)) return words + 14;
  return words + picture_of(p, chart, column)->height * column->width / column->drawn;
}

static void draw_words(Pdf *p, const Chart *chart, double x, double width) {
  PDF_LAYOUT(title) = pdf_layout(p, chart->title, title_style, width);
  PDF_LAYOUT(note) = pdf_layout(p, chart->note, note_style, width);
  double below = text_is_empty(chart->title) ? 0 : pdf_layout_height(title);
  pdf_begin(p, "P");
  pdf_ink(p, INK_TEXT, 0);
  pdf_show(p, title, x, p->y);
  pdf_ink(p, INK_SOFT, 0);
  pdf_show(p, note, x, p->y + below);
  pdf_end(p, "P");
}

static void draw_chart(Pdf *p, const Chart *chart, double x, double words, const Column *column) {
  if (p->cairo == NULL) return;
  draw_words(p, chart, x, column->width);
  double y = p->y + words;
  if (!chart_is_empty(chart)) {
    pdf_picture(p, picture_of(p, chart, column), x, y, column->width / column->drawn);
    return;
  }
  pdf_begin(p, "P");
  pdf_line(p, _("Nothing has been measured yet."), note_style, x, y, column->width);
  pdf_end(p, "P");
}

static void draw_row(Pdf *p, const Block *block, size_t from, size_t to, const Column *column,
                     double gap) {
  double height = 0, words = 0;
  for (size_t i = from; i < to; i++) {
    double above = words_height(p, block->charts.items[i], column->width);
    double wanted = chart_height(p, block->charts.items[i], column);
    if (above > words) words = above;
    if (wanted > height) height = wanted;
  }
  pdf_need(p, height + 6);
  for (size_t i = from; i < to; i++)
    draw_chart(p, block->charts.items[i], p->left + (column->width + gap) * (double)(i - from),
               words, column);
  p->y += height + 14;
}

static size_t charts_per_row(const Block *block) {
  size_t count = block->charts.count;
  return count < 2 ? 1 : count == 3 || count > 4 ? 3 : 2;
}

enum { CHART_GAP = 18 };

static Column column_of(const Pdf *p, const Block *block) {
  size_t count = block->charts.count, per_row = charts_per_row(block);
  const double across = p->right - p->left;
  Column column = {.common = charts_compare((Chart *const *)(uintptr_t)block->charts.items, count)};
  column.width = (across - CHART_GAP * (double)(per_row - 1)) / (double)per_row;
  const Chart *first = count > 0 ? block->charts.items[0] : NULL;
  if (count == 1 && first->kind != CHART_SHARE && first->labels.count <= 6)
    column.width *= 0.62; // a few points need no whole line
  column.drawn = per_row == 1 ? column.width / 0.75 : per_row == 2 ? 320 : 230;
  for (size_t i = 0; i < count; i++) {
    double least, most;
    chart_range(block->charts.items[i], &least, &most);
    if (i == 0 || least < column.least) column.least = least;
    if (i == 0 || most > column.most) column.most = most;
  }
  return column;
}

double pdf_charts_first(Pdf *p, const Block *block) {
  if (block->charts.count == 0) return 0;
  Column column = column_of(p, block);
  return chart_height(p, block->charts.items[0], &column) + 10;
}

void pdf_charts(Pdf *p, const Block *block) {
  size_t count = block->charts.count, per_row = charts_per_row(block);
  Column column = column_of(p, block);
  for (size_t from = 0; from < count && p->page <= PDF_MOST_PAGES; from += per_row)
    draw_row(p, block, from, from + per_row < count ? from + per_row : count, &column, CHART_GAP);
}

// As large as the page allows.
void pdf_whole_picture(Pdf *p, const Picture *picture) {
  double across = p->right - p->left, scale = across / picture->width;
  bool alone = p->document->head.brief && p->page == 1; // a sheet for the wall stays one
  if (!alone && pdf_room(p) < picture->height * scale * 0.6) pdf_need(p, picture->height * scale);
  if (picture->height * scale > pdf_room(p)) scale = pdf_room(p) / picture->height;
  pdf_picture(p, picture, p->left + (across - picture->width * scale) / 2, p->y, scale);
  p->y += picture->height * scale + 10;
}
