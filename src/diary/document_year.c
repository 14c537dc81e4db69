// SPDX-License-Identifier: Apache-2.0
// The year for the wall: a lane for each kind of duty, every mark named, on one landscape sheet.
#include "diary/documents.h"

#include "db/db.h"
#include "diary/documents.sql.h"
#include "diary/pages.h"
#include "report/picture.h"

enum { LEFT = 170, HEAD = 26, ROW = 21, PAD = 12, ROWS_MOST = 40, MARK = 8 };

typedef struct Sheet {
  Context *c;
  const Year *year;
  Picture *picture;
  double width, top, row; // top: of the lane being drawn; row: height of one
  int days;
} Sheet;

static double place_of(const Sheet *s, Date day) {
  int32_t offset = date_diff(day, s->year->from);
  if (offset < 0) offset = 0;
  if (offset > s->days) offset = s->days;
  return LEFT + offset * (s->width - LEFT - 16) / s->days + 6;
}

static Date shown_on(const YearMark *mark) {
  return mark->status == STATUS_CONCLUDED && !date_is_none(mark->held_on) ? mark->held_on
                                                                          : mark->due;
}

static bool is_external(const YearMark *mark) {
  return text_equal(mark->stage, "surveillance") || text_equal(mark->stage, "recertification");
}

static void star(Picture *p, double x, double y) {
  static const double unit[][2] = {{0, -9},  {2.4, -3},   {9, -2.6},   {3.8, 1.4}, {5.6, 7.8},
                                   {0, 4.2}, {-5.6, 7.8}, {-3.8, 1.4}, {-9, -2.6}, {-2.4, -3}};
  PicturePoint points[COUNT_OF(unit)];
  for (size_t i = 0; i < COUNT_OF(unit); i++)
    points[i] = (PicturePoint){x + unit[i][0], y + unit[i][1]};
  picture_path(p, points, COUNT_OF(unit), true, INK_STAGE, INK_NONE);
}

static void mark_shape(Picture *p, Status status, bool external, double x, double y) {
  const PicturePoint tick[] = {{x - 3.5, y + 0.3}, {x - 0.8, y + 3}, {x + 4, y - 3}};
  const PicturePoint triangle[] = {{x, y - 7}, {x + 7.5, y + 6}, {x - 7.5, y + 6}};
  switch (status) {
  case STATUS_CONCLUDED:
    picture_rect(p, x - 7, y - 7, 14, 14, INK_DONE)->radius = 3;
    picture_path(p, tick, 3, false, INK_NONE, INK_PAPER)->stroke_width = 1.7;
    return;
  case STATUS_CANCELLED: picture_line(p, x - 6, y, x + 6, y, INK_SOFT)->stroke_width = 2.2; return;
  case STATUS_MISSED:
    picture_line(p, x - 5, y - 5, x + 5, y + 5, INK_MISSED)->stroke_width = 2.6;
    picture_line(p, x + 5, y - 5, x - 5, y + 5, INK_MISSED)->stroke_width = 2.6;
    return;
  case STATUS_LATE: picture_path(p, triangle, 3, true, INK_LATE_SOFT, INK_LATE); return;
  default:
    if (external)
      star(p, x, y);
    else
      picture_circle(p, x, y, 6, INK_PAPER, INK_DOING);
  }
}

static const char *mark_name(Sheet *s, const YearMark *mark) {
  return picture_text_cut(s->c->arena, mark->title, 10.5, s->width * 0.125);
}

// A first date is drawn when it is not under the mark itself.
static double first_of(const Sheet *s, const YearMark *mark) {
  double x = place_of(s, shown_on(mark)), first = place_of(s, mark->baseline);
  return first - x > MARK || x - first > MARK ? first : x;
}

// The lowest row where mark and name have room; the name stands left of a mark near the edge.
static int row_for(Sheet *s, const YearMark *mark, double *ends, double *name_at) {
  double x = place_of(s, shown_on(mark)), first = first_of(s, mark);
  double width = picture_text_width(mark_name(s, mark), 10.5) + 14;
  double from = (first < x ? first : x) - MARK, to = (first > x ? first : x) + MARK;
  bool before = to + width > s->width;
  *name_at = before ? from - 3 : to + 3;
  if (before)
    from -= width;
  else
    to += width;
  for (int i = 0; i < ROWS_MOST; i++) {
    if (ends[i] > from) continue;
    ends[i] = to;
    return i;
  }
  return ROWS_MOST - 1;
}

static void draw_mark(Sheet *s, const YearMark *mark, int row, double name_at) {
  double x = place_of(s, shown_on(mark)), y = s->top + PAD / 2.0 + row * s->row + s->row / 2;
  double first = first_of(s, mark);
  if (first != x) {
    Shape *slip = picture_line(s->picture, first, y, x, y, INK_EDGE);
    slip->dashed = true;
    const PicturePoint diamond[] = {{first, y - 4}, {first + 4, y}, {first, y + 4}, {first - 4, y}};
    picture_path(s->picture, diamond, 4, true, INK_PAPER, INK_EDGE)->stroke_width = 1.3;
  }
  mark_shape(s->picture, mark->status, is_external(mark), x, y);
  bool strong = is_external(mark) || mark->status == STATUS_MISSED;
  Ink ink = mark->status == STATUS_MISSED                                          ? INK_MISSED
            : mark->status == STATUS_CANCELLED || mark->status == STATUS_CONCLUDED ? INK_SOFT
                                                                                   : INK_TEXT;
  picture_text(s->picture, name_at, y + 3.8, 10.5, name_at < x ? 1 : -1, ink, mark_name(s, mark))
      ->strong = strong;
}

static void draw_lane(Sheet *s, const YearLane *lane) {
  double ends[ROWS_MOST] = {0};
  double *names = arena_array(s->c->arena, lane->marks.count + 1, sizeof *names);
  int *rows = arena_array(s->c->arena, lane->marks.count + 1, sizeof *rows), used = 1;
  for (size_t i = 0; i < lane->marks.count; i++) {
    rows[i] = row_for(s, &lane->marks.items[i], ends, &names[i]);
    if (rows[i] + 1 > used) used = rows[i] + 1;
  }
  picture_line(s->picture, 0, s->top, s->width, s->top, INK_LINE);
  picture_text(s->picture, 2, s->top + PAD / 2.0 + 15, 12.5, -1, INK_TEXT,
               picture_text_cut(s->c->arena, lane->title, 12.5, LEFT - 12))
      ->strong = true;
  for (size_t i = 0; i < lane->marks.count; i++)
    draw_mark(s, &lane->marks.items[i], rows[i], names[i]);
  s->top += used * s->row + PAD;
}

// Behind the lanes: the months as bands, each quarter's beginning stronger.
static void draw_months(Sheet *s, double bottom) {
  for (int i = 0; i < 12; i++) {
    Date month = date_add_months(s->year->from, i);
    double from = place_of(s, month) - 6;
    double to = i == 11 ? s->width : place_of(s, date_add_months(month, 1)) - 6;
    int year, number, day;
    date_split(month, &year, &number, &day);
    if (i % 2 == 0) picture_rect(s->picture, from, 0, to - from, bottom, INK_SUNKEN)->opacity = 0.6;
    const char *name = date_month_short(month);
    bool named = i == 0 || number == 1;
    picture_text(s->picture, from + 6, 17, 12, -1, named ? INK_TEXT : INK_SOFT,
                 named ? text_format(s->c->arena, "%s %d", name, year) : name)
        ->strong = named;
  }
}

static void draw_today(Sheet *s, double bottom) {
  Date today = s->c->today;
  if (date_compare(today, s->year->from) < 0 || date_compare(today, s->year->to) > 0) return;
  double x = place_of(s, today);
  picture_line(s->picture, x, 4, x, bottom, INK_DOING)->stroke_width = 1.6;
  picture_rect(s->picture, x - 24, 2, 48, 17, INK_DOING)->radius = 4;
  picture_text(s->picture, x, 14.5, 11, 0, INK_ON_ACCENT, _("Today"))->strong = true;
}

static void draw_legend(Sheet *s, double y) {
  static const struct {
    Status status;
    bool external;
    const char *words;
  } signs[] = {
      {STATUS_PLANNED, false, N_("Planned")},     {STATUS_CONCLUDED, false, N_("Done")},
      {STATUS_LATE, false, N_("Late")},           {STATUS_MISSED, false, N_("Missed")},
      {STATUS_CANCELLED, false, N_("Cancelled")}, {STATUS_PLANNED, true, N_("External audit")}};
  double x = LEFT;
  for (size_t i = 0; i < COUNT_OF(signs); i++) {
    mark_shape(s->picture, signs[i].status, signs[i].external, x, y);
    picture_text(s->picture, x + 14, y + 4, 11, -1, INK_SOFT, _(signs[i].words));
    x += 42 + picture_text_width(signs[i].words, 11);
  }
  const PicturePoint diamond[] = {{x, y - 4}, {x + 4, y}, {x, y + 4}, {x - 4, y}};
  picture_path(s->picture, diamond, 4, true, INK_PAPER, INK_EDGE)->stroke_width = 1.3;
  picture_text(s->picture, x + 10, y + 4, 11, -1, INK_SOFT, _("First planned for"));
}

static Picture *sheet_picture(Sheet *s) {
  s->top = HEAD;
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++)
    if (s->year->lanes[i].marks.count > 0) draw_lane(s, &s->year->lanes[i]);
  picture_line(s->picture, 0, s->top, s->width, s->top, INK_LINE);
  return s->picture;
}

struct Picture *year_paper(Context *c, const Year *year, double width) {
  Sheet s = {.c = c,
             .year = year,
             .picture = picture_new(c->arena, width, 0, _("The year")),
             .width = width,
             .row = ROW,
             .days = date_diff(year->to, year->from) + 1};
  Sheet lanes = s;
  lanes.picture = picture_new(c->arena, width, 0, "");
  sheet_picture(&lanes);
  double room = width * 0.44 / lanes.top; // a few marks take the whole sheet all the same
  if (room > 1.05) {
    s.row = lanes.row = ROW * (room > 1.6 ? 1.6 : room);
    lanes.picture = picture_new(c->arena, width, 0, "");
    sheet_picture(&lanes);
  }
  draw_months(&s, lanes.top);
  draw_today(&s, lanes.top);
  sheet_picture(&s);
  draw_legend(&s, s.top + 20);
  s.picture->height = s.top + 34;
  s.picture->description =
      text_format(c->arena, _("Every duty a lane, from %s to %s."),
                  date_words(c->arena, year->from), date_words(c->arena, year->to));
  return s.picture;
}

Document *year_document(Context *c, Date from, bool large) {
  SqlDocumentOrganisationRow org;
  Year *year = arena_new(c->arena, Year);
  READ_TRANSACTION(c, tx);
  if (!sql_document_organisation(c, &org)) {
    not_found(c, _("There is no such organisation."));
    return NULL;
  }
  if (date_is_none(from)) from = year_of_certificate(org.decision, c->today);
  if (!year_from(c, from, year)) return NULL;
  const char *title = text_format(c->arena, "%s – %s", month_words(c->arena, year->from),
                                  month_words(c->arena, year->to));
  DocumentHead head = diary_document_head(
      c, &org, title, text_format(c->arena, "/year?from=%s", date_text(c->arena, year->from)));
  head.brief = head.landscape = true;
  head.large = large;
  head.kind = _("The year of the management system");
  Document *d = document_new(c, &head);
  document_picture(d, year_paper(c, year, large ? 1500 : 1240));
  if (year->cut > 0)
    document_soft(d,
                  text_format(c->arena, _("%lld more did not find room."), (long long)year->cut));
  return d;
}
