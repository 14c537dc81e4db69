// SPDX-License-Identifier: Apache-2.0
#include "audits/programme_picture.h"

#include "audits/programme.sql.h"
#include "diary/diary.h"

#include <string.h>

const char *grid_month(Context *c, Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(c->arena, "%s %d", month_name(month), year);
}

static void head(Context *c, const Grid *grid, Text *out) {
  text_add(out, "<thead><tr><th scope=\"col\" rowspan=\"2\">");
  html_text(out, _("Unit"));
  text_add(out, "</th>");
  for (int32_t m = 0; m < grid->months;) {
    int year, month, number;
    date_split(date_add_months(grid->start, m), &year, &month, &number);
    int32_t span = 13 - month < grid->months - m ? 13 - month : grid->months - m;
    text_add_format(out, "<th scope=\"colgroup\" colspan=\"%d\">%d</th>", span, year);
    m += span;
  }
  text_add(out, "</tr><tr>");
  for (int32_t m = 0; m < grid->months; m++) {
    Date day = date_add_months(grid->start, m);
    const char *name = grid_month(c, day);
    text_add_format(out, "<th scope=\"col\"%s><abbr title=\"%s\">%.1s</abbr></th>",
                    (grid->free >> m & 1) != 0 ? " class=\"ag-off\"" : "", name, name);
  }
  text_add(out, "</tr></thead>");
}

typedef struct Mark {
  const char *class, *word;
} Mark;

static Mark mark_of(const Context *c, const SqlGridCellsRow *row) {
  if (row->activity == 0)
    return row->by_hand ? (Mark){"ag-hand", _("placed by hand")} : (Mark){"ag-plan", _("proposed")};
  State state = row->state.has ? (State)row->state.value : STATE_PLANNED;
  if (state == STATE_CONCLUDED) return (Mark){"ag-done", _("held")};
  if (state == STATE_CANCELLED) return (Mark){"ag-gone", _("taken out")};
  if (date_compare(row->latest, c->today) < 0) return (Mark){"ag-missed", _("missed")};
  if (date_compare(row->due, c->today) < 0) return (Mark){"ag-late", _("late")};
  return state == STATE_UNDER_WAY ? (Mark){"ag-doing", _("under way")}
                                  : (Mark){"ag-plan", _("planned")};
}

static Date month_shown(const SqlGridCellsRow *row) {
  if (row->activity == 0) return row->month;
  return row->state.has && row->state.value == STATE_CONCLUDED && !date_is_none(row->held_on)
             ? row->held_on
             : row->due;
}

static void mark(Context *c, const Grid *grid, const SqlGridUnitsRow *unit,
                 const SqlGridCellsRow *row, Text *out) {
  Mark as = mark_of(c, row);
  const char *month = grid_month(c, month_shown(row));
  if (grid->editing)
    text_add_format(out,
                    "<a class=\"ag-mark %s\" draggable=\"true\" data-audit=\"%lld\" href=\"/o/%s/"
                    "audits/programme/%lld?edit=%lld#edit\" title=\"",
                    as.class, (long long)row->id, grid->slug, (long long)grid->programme,
                    (long long)row->id);
  else if (row->activity != 0)
    text_add_format(out, "<a class=\"ag-mark %s\" href=\"/o/%s/activities/%lld\" title=\"",
                    as.class, grid->slug, (long long)row->activity);
  else
    text_add_format(out, "<span class=\"ag-mark %s\" title=\"", as.class);
  html_text(out, unit->title);
  text_add_format(out, ", %s: %s, ", month, as.word);
  html_text(out, row->auditor_name);
  text_add(out, "\"><span class=\"visually-hidden\">");
  text_add_format(out, "%s %s, ", month, as.word);
  html_text(out, row->auditor_name);
  text_add(out, grid->editing || row->activity != 0 ? "</span></a>" : "</span></span>");
}

typedef struct Cells {
  SqlGridCellsRows rows;
  int32_t *month; // in which column each stands
  size_t at;      // the first of the unit being drawn
} Cells;

static void unit_row(Context *c, const Grid *grid, const SqlGridUnitsRow *unit, Cells *cells,
                     Text *out) {
  size_t end = cells->at;
  while (end < cells->rows.count && cells->rows.items[end].unit == unit->id) end++;
  text_add_format(out,
                  "<tr data-unit=\"%lld\"><th scope=\"row\"><a href=\"/o/%s/audits/units/%lld\">",
                  (long long)unit->id, grid->slug, (long long)unit->id);
  html_text(out, unit->title);
  text_add(out, "</a></th>");
  for (int32_t m = 0; m < grid->months; m++) {
    bool off = (grid->free >> m & 1) != 0, any = false;
    for (size_t i = cells->at; i < end && !any; i++) any = cells->month[i] == m;
    if (!any && !grid->editing) {
      text_add(out, off ? "<td class=\"ag-off\"></td>" : "<td></td>");
      continue;
    }
    if (grid->editing) {
      text_add_format(out, "<td%s data-month=\"", off ? " class=\"ag-off\"" : "");
      html_date_iso(out, date_add_months(grid->start, m));
      text_add(out, "\">");
    } else {
      text_add(out, "<td>");
    }
    for (size_t i = cells->at; i < end; i++)
      if (cells->month[i] == m) mark(c, grid, unit, &cells->rows.items[i], out);
    text_add(out, "</td>");
  }
  text_add(out, "</tr>");
  cells->at = end;
}

Html grid_picture(Context *c, const Grid *grid, int64_t *audits) {
  Text out;
  text_init(&out, c->arena);
  SqlGridUnitsRows units = sql_grid_units(
      c, (SqlGridUnits){.limit = GRID_UNITS, .offset = (int64_t)(grid->page - 1) * GRID_UNITS});
  *audits = 0;
  if (units.count == 0) return html_of(&out);
  int64_t least = units.items[0].id, most = least;
  for (size_t i = 1; i < units.count; i++) {
    if (units.items[i].id < least) least = units.items[i].id;
    if (units.items[i].id > most) most = units.items[i].id;
  }
  const SqlGridUnitsRow *first = &units.items[0], *last = &units.items[units.count - 1];
  Cells cells = {.rows = sql_grid_cells(c, (SqlGridCells){.programme = grid->programme,
                                                          .first_kind = first->kind,
                                                          .first = first->id,
                                                          .last_kind = last->kind,
                                                          .last = last->id,
                                                          .least = least,
                                                          .most = most}),
                 .at = 0};
  cells.month = arena_array(c->arena, cells.rows.count + 1, sizeof *cells.month);
  for (size_t i = 0; i < cells.rows.count; i++)
    cells.month[i] = months_between(grid->start, month_shown(&cells.rows.items[i]));
  *audits = (int64_t)cells.rows.count;
  text_add_format(&out,
                  "<table class=\"audit-grid\"%s><caption class=\"visually-hidden\">%s</caption>",
                  grid->editing ? " data-grid=\"edit\"" : "",
                  _("Units down, months across; each mark is an audit"));
  head(c, grid, &out);
  text_add(&out, "<tbody>");
  // Both are in the order of kind and id.
  for (size_t i = 0; i < units.count; i++) unit_row(c, grid, &units.items[i], &cells, &out);
  text_add(&out, "</tbody></table>");
  return html_of(&out);
}

// ---- bars ----

Html part_bar(Context *c, const char *label, int32_t value, const char *tone) {
  Text out;
  text_init(&out, c->arena);
  text_add(
      &out,
      "<svg class=\"bar picture\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"");
  html_text(&out, label);
  text_add_format(&out, ": %d\"><rect class=\"%s\" width=\"%d\" height=\"8\"/></svg>", value, tone,
                  value);
  return html_of(&out);
}

Html parts_bar(Context *c, const Unit *unit, const Weights *weights) {
  static const char *const tones[PART_COUNT] = {"fill-missed", "fill-coming", "fill-late",
                                                "fill-stage",  "fill-doing",  "fill-done",
                                                "fill-accent"};
  Text out;
  text_init(&out, c->arena);
  int64_t of = 0, done = 0;
  for (size_t i = 0; i < PART_COUNT; i++)
    if (i != PART_MANAGEMENT || unit->priority.part[i] > 0) of += weights->of[i];
  text_add(
      &out,
      "<svg class=\"bar picture\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"");
  for (size_t i = 0; i < PART_COUNT; i++)
    text_add_format(&out, "%s%s %d", i > 0 ? ", " : "", priority_part_title((PriorityPart)i),
                    unit->priority.part[i]);
  text_add(&out, "\">");
  for (size_t i = 0; i < PART_COUNT && of > 0; i++) {
    int64_t width = (int64_t)unit->priority.part[i] * weights->of[i] * 10 / of;
    if (width == 0) continue;
    text_add_format(&out, "<rect class=\"%s\" x=\"%lld\" width=\"%lld\" height=\"8\"/>", tones[i],
                    (long long)done, (long long)width);
    done += width;
  }
  text_add(&out, "</svg>");
  return html_of(&out);
}
