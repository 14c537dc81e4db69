// SPDX-License-Identifier: Apache-2.0
#include "report/picture.h"

#include <math.h>
#include <string.h>

Picture *picture_new(Arena *arena, double width, double height, const char *title) {
  Picture *p = arena_new(arena, Picture);
  *p = (Picture){.arena = arena, .width = width, .height = height, .title = title};
  return p;
}

static Shape *add(Picture *p, ShapeKind kind) {
  Shape *shape = p->shapes.count < PICTURE_MOST_SHAPES ? list_add(p->arena, &p->shapes)
                                                       : arena_new(p->arena, Shape);
  shape->kind = kind;
  return shape;
}

Shape *picture_rect(Picture *p, double x, double y, double width, double height, Ink fill) {
  Shape *s = add(p, SHAPE_RECT);
  s->x = x, s->y = y;
  s->width = width < 0 ? 0 : width;
  s->height = height < 0 ? 0 : height;
  s->fill = fill;
  return s;
}

Shape *picture_circle(Picture *p, double x, double y, double radius, Ink fill, Ink stroke) {
  Shape *s = add(p, SHAPE_CIRCLE);
  s->x = x, s->y = y, s->radius = radius;
  s->fill = fill, s->stroke = stroke;
  s->stroke_width = 2;
  return s;
}

Shape *picture_path(Picture *p, const PicturePoint *points, size_t count, bool closed, Ink fill,
                    Ink stroke) {
  Shape *s = add(p, SHAPE_PATH);
  if (count > PICTURE_MOST_POINTS) count = PICTURE_MOST_POINTS;
  PicturePoint *copy = arena_array(p->arena, count + 1, sizeof *copy);
  memcpy(copy, points, count * sizeof *copy);
  s->points = copy;
  s->count = count;
  s->closed = closed;
  s->fill = fill, s->stroke = stroke;
  s->stroke_width = 2;
  return s;
}

Shape *picture_line(Picture *p, double x1, double y1, double x2, double y2, Ink stroke) {
  const PicturePoint points[] = {{x1, y1}, {x2, y2}};
  Shape *s = picture_path(p, points, 2, false, INK_NONE, stroke);
  s->stroke_width = 1;
  return s;
}

Shape *picture_text(Picture *p, double x, double y, double size, int anchor, Ink ink,
                    const char *text) {
  Shape *s = add(p, SHAPE_TEXT);
  s->x = x, s->y = y, s->radius = size;
  s->anchor = anchor;
  s->fill = ink;
  s->text = text == NULL ? "" : text;
  return s;
}

// ---- widths without a font ----

// Shares of the size, as in common sans-serif faces; wide scripts count as a full square.
static double character_width(const unsigned char *c) {
  if (*c >= 0xe3) return 1.0;
  if (*c >= 0x80) return 0.58;
  if (strchr("ijl.,:;|!'Ift()[]", *c) != NULL) return 0.31;
  if (strchr("mwMW%@", *c) != NULL) return 0.88;
  if (*c == ' ') return 0.28;
  if (*c >= 'A' && *c <= 'Z') return 0.68;
  return 0.57;
}

double picture_text_width(const char *text, double size) {
  double width = 0;
  for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
    if ((*c & 0xc0) != 0x80) width += character_width(c);
  return width * size;
}

const char *picture_text_cut(Arena *arena, const char *text, double size, double width) {
  if (picture_text_width(text, size) <= width) return text;
  double used = size; // the ellipsis
  const unsigned char *c = (const unsigned char *)text;
  for (; *c != '\0'; c++) {
    if ((*c & 0xc0) == 0x80) continue;
    used += character_width(c) * size;
    if (used > width) break;
  }
  return text_format(arena, "%s…", text_copy_n(arena, text, (size_t)((const char *)c - text)));
}

// ---- SVG ----

// One decimal, no more than needed.
static void number(Text *out, double value) {
  int64_t tenths = isfinite(value) && fabs(value) < 1e9 ? llround(value * 10) : 0;
  if (tenths < 0) text_add_char(out, '-');
  if (tenths < 0) tenths = -tenths;
  html_int(out, tenths / 10);
  if (tenths % 10 != 0) {
    text_add_char(out, '.');
    html_int(out, tenths % 10);
  }
}

static void attribute(Text *out, const char *name, double value) {
  text_add_format(out, " %s=\"", name);
  number(out, value);
  text_add_char(out, '"');
}

static void looks(Text *out, const Shape *s) {
  text_add(out, " class=\"");
  text_add_format(out, "f-%s", ink_name(s->fill));
  if (s->stroke != INK_NONE) text_add_format(out, " s-%s", ink_name(s->stroke));
  if (s->strong) text_add(out, " strong");
  text_add_char(out, '"');
  if (s->stroke != INK_NONE) attribute(out, "stroke-width", s->stroke_width);
  if (s->dashed) text_add(out, " stroke-dasharray=\"4 3\"");
  if (s->opacity > 0) attribute(out, "opacity", s->opacity);
}

static void path_data(Text *out, const Shape *s) {
  text_add(out, "<path d=\"");
  for (size_t i = 0; i < s->count; i++) {
    text_add_char(out, i == 0 ? 'M' : 'L');
    number(out, s->points[i].x);
    text_add_char(out, ' ');
    number(out, s->points[i].y);
  }
  text_add(out, s->closed ? "Z\"" : "\"");
}

static void arc_data(Text *out, const Shape *s) {
  double part = s->to - s->from;
  if (part >= 0.9999) {
    text_add(out, "<circle");
    attribute(out, "cx", s->x), attribute(out, "cy", s->y), attribute(out, "r", s->radius);
    return;
  }
  double from = 2 * M_PI * s->from, to = 2 * M_PI * s->to;
  text_add(out, "<path d=\"M");
  number(out, s->x + s->radius * sin(from));
  text_add_char(out, ' ');
  number(out, s->y - s->radius * cos(from));
  text_add_char(out, 'A');
  number(out, s->radius);
  text_add_char(out, ' ');
  number(out, s->radius);
  text_add_format(out, " 0 %d 1 ", part > 0.5);
  number(out, s->x + s->radius * sin(to));
  text_add_char(out, ' ');
  number(out, s->y - s->radius * cos(to));
  text_add_char(out, '"');
}

static const char *anchor_name(int anchor) {
  return anchor < 0 ? "start" : anchor > 0 ? "end" : "middle";
}

static const char *element(Text *out, const Shape *s) {
  switch (s->kind) {
  case SHAPE_RECT:
    text_add(out, "<rect");
    attribute(out, "x", s->x), attribute(out, "y", s->y);
    attribute(out, "width", s->width), attribute(out, "height", s->height);
    if (s->radius > 0) attribute(out, "rx", s->radius);
    return "rect";
  case SHAPE_CIRCLE:
    text_add(out, "<circle");
    attribute(out, "cx", s->x), attribute(out, "cy", s->y), attribute(out, "r", s->radius);
    return "circle";
  case SHAPE_ARC: arc_data(out, s); return s->to - s->from >= 0.9999 ? "circle" : "path";
  case SHAPE_PATH: path_data(out, s); return "path";
  case SHAPE_TEXT:
    text_add(out, "<text");
    attribute(out, "x", s->x), attribute(out, "y", s->y);
    attribute(out, "font-size", s->radius);
    if (s->anchor >= 0) text_add_format(out, " text-anchor=\"%s\"", anchor_name(s->anchor));
    return "text";
  }
  return "g";
}

static void shape_svg(Text *out, const Shape *s) {
  if (s->place != NULL) {
    text_add(out, "<a href=\"");
    html_url(out, s->place);
    text_add(out, "\">");
  }
  const char *name = element(out, s);
  looks(out, s);
  if (s->kind == SHAPE_TEXT || s->words != NULL) {
    text_add_char(out, '>');
    if (s->words != NULL) {
      text_add(out, "<title>");
      html_text(out, s->words);
      text_add(out, "</title>");
    }
    if (s->kind == SHAPE_TEXT) html_text(out, s->text);
    text_add_format(out, "</%s>", name);
  } else {
    text_add(out, "/>");
  }
  if (s->place != NULL) text_add(out, "</a>");
}

void picture_svg(Text *out, const Picture *p, const char *extra) {
  text_add_format(out, "<svg class=\"picture chart-picture%s%s\" viewBox=\"0 0 ",
                  extra[0] == '\0' ? "" : " ", extra);
  number(out, p->width);
  text_add_char(out, ' ');
  number(out, p->height);
  bool leads = false; // what is an image has nothing inside that can be followed
  for (size_t i = 0; i < p->shapes.count; i++) leads |= p->shapes.items[i].place != NULL;
  text_add_format(out, "\" role=\"%s\" aria-label=\"", leads ? "group" : "img");
  html_text(out, p->title);
  if (!text_is_empty(p->description)) {
    text_add(out, ". ");
    html_text(out, p->description);
  }
  text_add(out, "\">");
  for (size_t i = 0; i < p->shapes.count; i++) shape_svg(out, &p->shapes.items[i]);
  text_add(out, "</svg>");
}
