// SPDX-License-Identifier: Apache-2.0
// Every activity as a list: filtered, sorted, paged, exported; the filters are the address.
#include "diary/diary.routes.h"
#include "diary/pages.h"

#include <string.h>

enum { PAGE_SIZE = 50, EXPORT_MOST = 200 };

typedef struct Asked { // what both the page and its export are asked
  const char *kind, *status, *q, *sort;
  Date from, to;
  bool mine;
} Asked;

static void filter_of(Context *c, const Asked *asked, ActivityFilter *filter) {
  *filter = activity_filter();
  filter->kind = asked->kind;
  filter->status = asked->status;
  filter->text = asked->q;
  filter->from = asked->from;
  filter->to = asked->to;
  filter->owner_person = asked->mine ? c->actor : 0;
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  filter->descending = sort[0] == '-';
  sort += filter->descending;
  filter->sort = text_equal(sort, "title")  ? ACTIVITY_BY_TITLE
                 : text_equal(sort, "kind") ? ACTIVITY_BY_KIND
                                            : ACTIVITY_BY_DUE;
}

// "/o/x/activities?kind=audit&sort=-due&page=2"
static const char *address(Request *r, const char *path, const Asked *asked, const char *sort,
                           int64_t page) {
  Context *c = &r->context;
  const struct {
    const char *name, *value;
  } pairs[] = {
      {"kind", asked->kind},
      {"status", asked->status},
      {"q", asked->q},
      {"from", date_text(c->arena, asked->from)},
      {"to", date_text(c->arena, asked->to)},
      {"mine", asked->mine ? "1" : NULL},
      {"sort", sort},
      {"page", page > 1 ? text_format(c->arena, "%lld", (long long)page) : NULL},
  };
  Text out;
  text_init(&out, c->arena);
  text_add_format(&out, "/o/%s/%s", r->org_slug, path);
  char mark = '?';
  for (size_t i = 0; i < COUNT_OF(pairs); i++) {
    if (text_is_empty(pairs[i].value)) continue;
    text_add_format(&out, "%c%s=", mark, pairs[i].name);
    html_url_part(&out, pairs[i].value);
    html_finish(&out);
    mark = '&';
  }
  return out.data;
}

typedef struct Column {
  const char *href, *order;
} Column;
static Column column(Request *r, const Asked *asked, const char *name) {
  Context *c = &r->context;
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  bool descending = sort[0] == '-';
  bool here = text_equal(sort + descending, name);
  const char *next = here && !descending ? text_format(c->arena, "-%s", name) : name;
  return (Column){address(r, "activities", asked, next, 1), !here        ? "none"
                                                            : descending ? "descending"
                                                                         : "ascending"};
}

static void kind_choices(Context *c, const char *chosen, ChoiceList *out) {
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const char *name = duty_kind_name((DutyKind)i);
    *list_add(c->arena, out) =
        (Choice){name, duty_kind_title((DutyKind)i), text_equal(name, chosen)};
  }
}

static void status_choices(Context *c, const char *chosen, ChoiceList *out) {
  *list_add(c->arena, out) = (Choice){"open", _("Open"), text_equal("open", chosen)};
  static const Status offered[] = {STATUS_MISSED,    STATUS_LATE,      STATUS_PLANNED,
                                   STATUS_SCHEDULED, STATUS_UNDER_WAY, STATUS_CONCLUDED,
                                   STATUS_CANCELLED};
  for (size_t i = 0; i < COUNT_OF(offered); i++) {
    StatusMark mark = status_mark(offered[i]);
    *list_add(c->arena, out) = (Choice){mark.status, mark.word, text_equal(mark.status, chosen)};
  }
}

static void columns_of(Request *r, const Asked *asked, ActivitiesPage *page) {
  Column due = column(r, asked, "due"), title = column(r, asked, "title"),
         kind = column(r, asked, "kind");
  page->by_due = due.href;
  page->due_order = due.order;
  page->by_title = title.href;
  page->title_order = title.order;
  page->by_kind = kind.href;
  page->kind_order = kind.order;
}

void activities_handler(Request *r, const ActivitiesInput *in) {
  Context *c = &r->context;
  Asked asked = {in->kind, in->status, in->q, in->sort, in->from, in->to, in->mine};
  ActivityFilter filter;
  filter_of(c, &asked, &filter);
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t number = in->page.has ? in->page.value : 1;
  filter.limit = size;
  filter.offset = (number - 1) * size;
  ActivityLines lines = {0};
  if (!activity_list(c, &filter, &lines)) return;
  int64_t pages = lines.total == 0 ? 1 : (lines.total + size - 1) / size;
  ActivitiesPage page = {
      .rows = activity_rows(c, &lines),
      .total = lines.total,
      .page = number,
      .pages = pages,
      .first = lines.count == 0 ? 0 : filter.offset + 1,
      .last = filter.offset + (int64_t)lines.count,
      .previous = number > 1 ? address(r, "activities", &asked, asked.sort, number - 1) : "",
      .next = number < pages ? address(r, "activities", &asked, asked.sort, number + 1) : "",
      .export_href = address(r, "activities.csv", &asked, asked.sort, 1),
      .kind = or_empty(in->kind),
      .status = or_empty(in->status),
      .q = or_empty(in->q),
      .from = in->from,
      .to = in->to,
      .sort = in->sort == NULL ? "due" : in->sort,
      .mine = in->mine,
  };
  page.filtered = in->kind != NULL || in->status != NULL || in->q != NULL || in->mine ||
                  !date_is_none(in->from) || !date_is_none(in->to);
  kind_choices(c, in->kind, &page.kinds);
  status_choices(c, in->status, &page.statuses);
  columns_of(r, &asked, &page);
  respond_activities_page(r, &page);
}

// A cell as RFC 4180 has it; a leading = + - @ gets a quote before it, so that a spreadsheet shows
// the text instead of calculating it.
void csv_cell(Text *out, const char *text, bool last) {
  text_add_char(out, '"');
  if (text != NULL && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL)
    text_add_char(out, '\'');
  for (const char *p = or_empty(text); *p != '\0'; p++) {
    if (*p == '"') text_add_char(out, '"');
    text_add_char(out, *p);
  }
  text_add(out, last ? "\"\r\n" : "\",");
}

static void csv_line(Context *c, Text *out, const ActivityLine *line) {
  csv_cell(out, text_format(c->arena, "%lld", (long long)line->id), false);
  csv_cell(out, line->title, false);
  csv_cell(out, duty_kind_name(line->kind), false);
  csv_cell(out, status_name(line->status), false);
  csv_cell(out, line->owner, false);
  csv_cell(out, date_text(c->arena, line->baseline), false);
  csv_cell(out, date_text(c->arena, line->due), false);
  csv_cell(out, date_text(c->arena, line->latest), false);
  csv_cell(out, date_text(c->arena, line->held_on), false);
  text_add_format(out, "%d,", line->slip_days);
  csv_cell(out, line->why, true);
}

void activities_csv_handler(Request *r, const ActivitiesCsvInput *in) {
  Context *c = &r->context;
  Asked asked = {in->kind, in->status, in->q, in->sort, in->from, in->to, in->mine};
  ActivityFilter filter;
  filter_of(c, &asked, &filter);
  filter.limit = EXPORT_MOST;
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "id,title,duty,status,owner,baseline,due,latest,held_on,slip_days,why\r\n");
  ActivityLines lines;
  do {
    lines = (ActivityLines){0};
    if (!activity_list(c, &filter, &lines)) return;
    for (size_t i = 0; i < lines.count; i++) csv_line(c, &out, &lines.items[i]);
    filter.offset += (int64_t)lines.count;
  } while (lines.count == EXPORT_MOST);
  request_bytes(r, "text/csv; charset=utf-8", "activities.csv", out.data, out.length);
}
