// SPDX-License-Identifier: Apache-2.0
#include "diary/pages_year_picture.h"

enum {
  WIDTH = 1240,
  LEFT = 190,
  HEAD = 46,
  ROW = 28, // marks are 24 wide to be hit with a thumb, and never overlap
  LANE_SPACE = 14,
  ROWS_MOST = 6,
  REACH = 13, // half a mark and a little air
};

typedef struct Drawing {
  Context *c;
  const Year *year;
  const char *slug;
  Text *out;
  int days; // in the twelve months
  int top;  // of the lane being drawn
} Drawing;
typedef struct Row {
  int end; // the first free place
} Row;

static int place_of(const Drawing *d, Date day) {
  int32_t offset = date_diff(day, d->year->from);
  int32_t most = d->days;
  if (offset < 0) offset = 0;
  if (offset > most) offset = most;
  return LEFT + (int)((int64_t)offset * (WIDTH - LEFT - 20) / most) + 4;
}

static bool inside(const Drawing *d, Date day) {
  return !date_is_none(day) && date_compare(day, d->year->from) >= 0 &&
         date_compare(day, d->year->to) <= 0;
}

const char *year_mark_words(Context *c, const YearMark *mark) {
  Text words;
  text_init(&words, c->arena);
  text_add_format(&words, "%s: %s. ", mark->title, status_mark(mark->status).word);
  if (mark->status == STATUS_CONCLUDED)
    text_add_format(&words, _("Held %s, "), date_words(c->arena, mark->held_on));
  text_add_format(&words, _("due %s"), date_words(c->arena, mark->due));
  if (date_compare(mark->baseline, mark->due) != 0)
    text_add_format(&words, _(", first planned for %s"), date_words(c->arena, mark->baseline));
  return words.data;
}

static Date shown_on(const YearMark *mark) {
  return mark->status == STATUS_CONCLUDED && !date_is_none(mark->held_on) ? mark->held_on
                                                                          : mark->due;
}

// The lowest row in which the mark, with the way from its first date, has room.
static int row_for(const Drawing *d, const YearMark *mark, Row rows[ROWS_MOST], int *used) {
  int now = place_of(d, shown_on(mark)), first = place_of(d, mark->baseline);
  int from = (first < now ? first : now) - REACH, to = (first > now ? first : now) + REACH;
  for (int i = 0; i < ROWS_MOST; i++) {
    if (i >= *used || rows[i].end <= from) {
      rows[i].end = to;
      if (i >= *used) *used = i + 1;
      return i;
    }
  }
  return -1;
}

static bool is_external(const YearMark *mark) {
  return text_equal(mark->stage, "surveillance") || text_equal(mark->stage, "recertification");
}

static void shape(Text *out, const YearMark *mark, int x, int y) {
  if (mark->status == STATUS_CONCLUDED) {
    text_add_format(out,
                    "<rect class=\"done\" x=\"%d\" y=\"%d\" width=\"16\" height=\"16\" rx=\"4\"/>",
                    x - 8, y - 8);
    text_add_format(out, "<path class=\"done-tick\" d=\"m%d %d 3 3 5-6\"/>", x - 4, y);
  } else if (mark->status == STATUS_CANCELLED) {
    text_add_format(out, "<path class=\"cancelled\" d=\"M%d %dh14\"/>", x - 7, y);
  } else if (mark->status == STATUS_MISSED) {
    text_add_format(out, "<path class=\"missed\" d=\"m%d %d 12 12m0-12-12 12\"/>", x - 6, y - 6);
  } else if (mark->status == STATUS_LATE) {
    text_add_format(out, "<path class=\"late\" d=\"m%d %d 9 16h-18z\"/>", x, y - 9);
  } else if (is_external(mark)) {
    text_add_format(out,
                    "<path class=\"stage\" d=\"m%d %d 3 7 7 .6-5.4 4.8 1.8 7-6.4-4-6.4 4 1.8-7"
                    "-5.4-4.8 7-.6z\"/>",
                    x, y - 10);
  } else {
    text_add_format(out, "<circle class=\"plan\" cx=\"%d\" cy=\"%d\" r=\"7\"/>", x, y);
  }
}

static void draw_mark(Drawing *d, const YearMark *mark, int row) {
  int x = place_of(d, shown_on(mark)), first = place_of(d, mark->baseline);
  int y = d->top + LANE_SPACE / 2 + row * ROW + ROW / 2;
  const char *words = year_mark_words(d->c, mark);
  text_add_format(d->out, "<a href=\"/o/%s/activities/%lld\" aria-label=\"", d->slug,
                  (long long)mark->id);
  html_text(d->out, words);
  text_add(d->out, "\"><title>");
  html_text(d->out, words);
  text_add_format(d->out,
                  "</title><rect class=\"hit\" x=\"%d\" y=\"%d\" width=\"24\" height=\"24\"/>",
                  x - 12, y - 12);
  if (first != x) {
    text_add_format(d->out, "<path class=\"slip\" d=\"M%d %dH%d\"/>", first, y, x);
    if (inside(d, mark->baseline))
      text_add_format(d->out, "<path class=\"baseline\" d=\"m%d %d 6 6-6 6-6-6z\"/>", first, y - 6);
  }
  shape(d->out, mark, x, y);
  if (first == x && mark->status <= STATUS_UNDER_WAY && !is_external(mark))
    text_add_format(d->out, "<path class=\"baseline\" d=\"m%d %d 3 3-3 3-3-3z\"/>", x, y - 3);
  text_add(d->out, "</a>");
}

// What had no room stands at its month as a number that leads to the list.
static void draw_rest(Drawing *d, DutyKind kind, const int rest[12], int y) {
  for (int i = 0; i < 12; i++) {
    if (rest[i] == 0) continue;
    Date month = date_add_months(d->year->from, i), next = date_add_months(month, 1);
    int x = (place_of(d, month) + place_of(d, next)) / 2;
    const char *words =
        text_format(d->c->arena, _("%d more in %s"), rest[i], month_words(d->c->arena, month));
    text_add_format(d->out, "<a href=\"/o/%s/activities?kind=%s&amp;from=%s&amp;to=%s\"", d->slug,
                    duty_kind_name(kind), date_text(d->c->arena, month),
                    date_text(d->c->arena, date_add_days(next, -1)));
    text_add(d->out, " aria-label=\"");
    html_text(d->out, words);
    text_add(d->out, "\"><title>");
    html_text(d->out, words);
    text_add_format(d->out,
                    "</title><rect class=\"rest\" x=\"%d\" y=\"%d\" width=\"36\" height=\"24\" "
                    "rx=\"12\"/><text class=\"strong\" x=\"%d\" y=\"%d\" "
                    "text-anchor=\"middle\">+%d</text></a>",
                    x - 18, y, x, y + 16, rest[i]);
  }
}

static int month_of(const Drawing *d, Date day) {
  for (int i = 11; i > 0; i--)
    if (date_compare(day, date_add_months(d->year->from, i)) >= 0) return i;
  return 0;
}

static void draw_lane(Drawing *d, DutyKind kind, const YearLane *lane) {
  Row rows[ROWS_MOST] = {0};
  int used = 0, hidden = 0, height = 0, rest[12] = {0};
  int *row_of = arena_array(d->c->arena, lane->marks.count + 1, sizeof(int));
  for (size_t i = 0; i < lane->marks.count; i++) {
    row_of[i] = row_for(d, &lane->marks.items[i], rows, &used);
    if (row_of[i] >= 0) continue;
    rest[month_of(d, shown_on(&lane->marks.items[i]))]++;
    hidden++;
  }
  height = ((used > 0 ? used : 1) + (hidden > 0)) * ROW + LANE_SPACE;
  text_add_format(d->out, "<g><path class=\"lane\" d=\"M0 %dH%d\"/>", d->top, WIDTH);
  text_add_format(d->out, "<text class=\"strong lane-name\" x=\"4\" y=\"%d\">",
                  d->top + LANE_SPACE / 2 + 18);
  html_text(d->out, lane->title);
  text_add(d->out, "</text>");
  for (size_t i = 0; i < lane->marks.count; i++)
    if (row_of[i] >= 0) draw_mark(d, &lane->marks.items[i], row_of[i]);
  if (hidden > 0) draw_rest(d, kind, rest, d->top + LANE_SPACE / 2 + used * ROW + 2);
  text_add(d->out, "</g>");
  d->top += height;
}

static void draw_months(Drawing *d, int bottom) {
  for (int i = 0; i < 12; i++) {
    Date month = date_add_months(d->year->from, i);
    int from = place_of(d, month), to = i == 11 ? WIDTH : place_of(d, date_add_months(month, 1));
    if (i % 2 == 0)
      text_add_format(d->out, "<rect class=\"band\" x=\"%d\" y=\"24\" width=\"%d\" height=\"%d\"/>",
                      from, to - from, bottom - 24);
    int year, number, day;
    date_split(month, &year, &number, &day);
    const char *name = date_month_short(month);
    text_add_format(d->out, "<text class=\"%s\" x=\"%d\" y=\"40\">",
                    i == 0 || number == 1 ? "strong" : "soft-text", from + 6);
    html_text(d->out, i == 0 || number == 1 ? text_format(d->c->arena, "%s %d", name, year) : name);
    text_add(d->out, "</text>");
  }
}

static void draw_lines(Drawing *d, int bottom) {
  const YearLane *lane = &d->year->lanes[DUTY_SURVEILLANCE];
  for (size_t i = 0; i < lane->marks.count; i++) {
    const YearMark *mark = &lane->marks.items[i];
    if (text_equal(mark->stage, "readiness") || mark->status == STATUS_CANCELLED) continue;
    int x = place_of(d, shown_on(mark));
    text_add_format(d->out, "<path class=\"stage-line\" d=\"M%d 24V%d\"/>", x, bottom);
  }
  if (!inside(d, d->c->today)) return;
  int x = place_of(d, d->c->today);
  text_add_format(d->out, "<path class=\"today-line\" d=\"M%d 22V%d\"/>", x, bottom);
  text_add_format(
      d->out,
      "<rect class=\"today-flag\" x=\"%d\" y=\"2\" width=\"52\" height=\"20\" rx=\"5\"/>"
      "<text class=\"today-text\" x=\"%d\" y=\"16\" text-anchor=\"middle\">",
      x - 26, x);
  html_text(d->out, _("Today"));
  text_add(d->out, "</text>");
}

Html year_picture(Context *c, const Year *year, const char *org_slug) {
  Text lanes, out;
  text_init(&lanes, c->arena);
  Drawing d = {.c = c,
               .year = year,
               .slug = org_slug,
               .out = &lanes,
               .top = HEAD,
               .days = date_diff(year->to, year->from) + 1};
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++)
    if (year->lanes[i].marks.count > 0) draw_lane(&d, (DutyKind)i, &year->lanes[i]);
  int bottom = d.top;
  text_init(&out, c->arena);
  text_add_format(&out, "<svg class=\"picture\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"",
                  WIDTH, bottom + 1);
  html_text(&out,
            _("The year: each duty a lane, each activity a mark. The list below says the same."));
  text_add(&out, "\">");
  d.out = &out;
  draw_months(&d, bottom);
  draw_lines(&d, bottom);
  text_add_n(&out, lanes.data, lanes.length);
  text_add_format(&out, "<path class=\"lane\" d=\"M0 %dH%d\"/></svg>", bottom, WIDTH);
  return html_of(&out);
}
