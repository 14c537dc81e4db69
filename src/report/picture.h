// SPDX-License-Identifier: Apache-2.0
// A drawing as shapes with a meaning for their colour: charts and the Year are made of these, a
// page writes them as SVG, a document draws them. Units are pixels; y points down.
#ifndef DAYBOOK_PICTURE_H
#define DAYBOOK_PICTURE_H

#include "report/chart.h"

typedef enum ShapeKind { SHAPE_RECT, SHAPE_CIRCLE, SHAPE_PATH, SHAPE_ARC, SHAPE_TEXT } ShapeKind;
typedef struct PicturePoint {
  double x, y;
} PicturePoint;
typedef struct Shape {
  ShapeKind kind;
  Ink fill, stroke;
  double x, y; // the rectangle's corner, the middle of a circle or ring, the text's base line
  double width, height, radius; // radius: rounded corners, circle, ring; of text: the size
  double stroke_width, opacity; // opacity 0: 1
  double from, to;              // SHAPE_ARC: parts of the whole turn, from the top, clockwise
  const PicturePoint *points;   // SHAPE_PATH
  size_t count;
  bool closed, dashed, strong;
  int anchor;        // of text: -1 starts at x, 0 stands around it, 1 ends there
  const char *text;  // SHAPE_TEXT
  const char *words; // shown when pointed at; may be NULL
  const char *place; // leads there; may be NULL
} Shape;
typedef struct Picture {
  Arena *arena;
  double width, height;
  const char *title, *description; // for who does not see it
  LIST_OF(Shape) shapes;
} Picture;
enum { PICTURE_MOST_SHAPES = 20000, PICTURE_MOST_POINTS = 4000 };

Picture *picture_new(Arena *arena, double width, double height, const char *title);
Shape *picture_rect(Picture *p, double x, double y, double width, double height, Ink fill);
Shape *picture_circle(Picture *p, double x, double y, double radius, Ink fill, Ink stroke);
Shape *picture_line(Picture *p, double x1, double y1, double x2, double y2, Ink stroke);
Shape *picture_path(Picture *p, const PicturePoint *points, size_t count, bool closed, Ink fill,
                    Ink stroke); // the points are copied
Shape *picture_text(Picture *p, double x, double y, double size, int anchor, Ink ink,
                    const char *text);
// About as wide as the text will be; there is no font to ask on a page.
double picture_text_width(const char *text, double size);
// Cut with an ellipsis to about this width.
const char *picture_text_cut(Arena *arena, const char *text, double size, double width);

// extra: more classes for the <svg>, or "".
void picture_svg(Text *out, const Picture *p, const char *extra);

// The chart as a drawing of this width; its height follows.
Picture *chart_picture(Arena *arena, const Chart *chart, double width);
// From the smallest to the largest of all values, for one scale over several charts.
void chart_range(const Chart *chart, double *least, double *most);
// Of one kind and unit: they are drawn on one scale.
bool charts_compare(Chart *const *charts, size_t count);
Picture *chart_picture_scaled(Arena *arena, const Chart *chart, double width, double least,
                              double most);

#endif
