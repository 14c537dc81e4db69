// SPDX-License-Identifier: Apache-2.0
// Findings and actions as lists: filtered, sorted, paged, exported; the filters are the address.
#include "improvement/improvement.routes.h"
#include "improvement/list.h"
#include "improvement/list.sql.h"
#include "improvement/pages.h"
#include "improvement/work.h"

enum { PAGE_SIZE = 50, EXPORT_MOST = 200 };

// ---- findings ----

typedef struct Asked {
  const char *status, *grade, *source, *q, *sort;
  bool mine;
} Asked;

static void pairs_of(const Asked *asked, Pair pairs[8]) {
  const Pair all[] = {{"status", asked->status},
                      {"grade", asked->grade},
                      {"source", asked->source},
                      {"q", asked->q},
                      {"mine", asked->mine ? "1" : NULL},
                      {"sort", asked->sort},
                      {"page", NULL},
                      {NULL, NULL}};
  for (size_t i = 0; i < COUNT_OF(all); i++) pairs[i] = all[i];
}

static FindingFilter filter_of(const Context *c, const Asked *asked) {
  FindingFilter filter = finding_filter();
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  filter.status = text_is_empty(asked->status)       ? "open"
                  : text_equal(asked->status, "all") ? NULL
                                                     : asked->status;
  filter.grade = asked->grade;
  filter.source = asked->source;
  filter.text = asked->q;
  filter.person = asked->mine ? c->actor : 0;
  filter.descending = sort[0] == '-';
  filter.sort = sort + filter.descending;
  return filter;
}

static void finding_choices(Context *c, const Asked *asked, FindingsPage *page) {
  static const char *const statuses[][2] = {{"all", N_("All")},
                                            {"overdue", N_("Overdue")},
                                            {"unsorted", N_("To be sorted")},
                                            {"raised", N_("Raised")},
                                            {"corrected", N_("Corrected")},
                                            {"contained", N_("Contained")},
                                            {"cause_known", N_("Cause known")},
                                            {"searched", N_("Looked for elsewhere")},
                                            {"acting", N_("Actions under way")},
                                            {"waiting", N_("Waiting for its check")},
                                            {"effective", N_("Found effective")},
                                            {"closed", N_("Closed")},
                                            {"parked", N_("Parked")},
                                            {"declined", N_("Declined")},
                                            {"noted", N_("Noted")}};
  for (size_t i = 0; i < COUNT_OF(statuses); i++)
    *list_add(c->arena, &page->statuses) =
        (Choice){statuses[i][0], _(statuses[i][1]), text_equal(statuses[i][0], asked->status)};
  for (int i = 0; i < GRADE_COUNT; i++) {
    const char *name = grade_name((FindingGrade)i);
    *list_add(c->arena, &page->grades) =
        (Choice){name, grade_title((FindingGrade)i), text_equal(name, asked->grade)};
  }
  SqlFindingSourcesRows rows = sql_finding_sources(c);
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &page->sources) =
        (Choice){rows.items[i].source, source_words(rows.items[i].source),
                 text_equal(rows.items[i].source, asked->source)};
}

static void tile(Request *r, FindingsPage *page, const char *label, int64_t value, const char *tone,
                 const char *icon, const char *why, const char *query) {
  Context *c = &r->context;
  figure_add(c, &page->figures,
             (FigureTile){.label = label,
                          .icon = icon,
                          .value = text_format(c->arena, "%lld", (long long)value),
                          .tone = value > 0 ? tone : "",
                          .why = why,
                          .href = text_format(c->arena, "/o/%s/findings?%s", r->org_slug, query)});
}

static bool figures_of(Request *r, FindingsPage *page) {
  FindingFigures f;
  if (!finding_figures(&r->context, &f)) return false;
  tile(r, page, _("Open majors"), f.majors, "missed", "i-alert-octagon",
       _("each puts the certificate at risk"), "grade=major");
  tile(r, page, _("Open"), f.open, "", "i-flag", _("not yet closed, parked or declined"), "");
  tile(r, page, _("Overdue"), f.overdue, "late", "i-clock-exclamation",
       _("past the day they were to be closed"), "status=overdue");
  tile(r, page, _("Ready for their check"), f.to_check, "doing", "i-checks",
       _("the waiting period is over"), "status=waiting");
  if (f.unsorted > 0)
    tile(r, page, _("To be sorted"), f.unsorted, "stage", "i-message-report",
         _("reported; nobody has graded them yet"), "status=unsorted");
  return true;
}

static void columns_of(Request *r, const Asked *asked, FindingsPage *page) {
  Pair pairs[8];
  pairs_of(asked, pairs);
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  Sorting due = sorting(r, "findings", sort, "due", pairs),
          title = sorting(r, "findings", sort, "title", pairs),
          grade = sorting(r, "findings", sort, "grade", pairs),
          raised = sorting(r, "findings", sort, "raised", pairs);
  page->by_due = due.href;
  page->due_order = due.order;
  page->by_title = title.href;
  page->title_order = title.order;
  page->by_grade = grade.href;
  page->grade_order = grade.order;
  page->by_raised = raised.href;
  page->raised_order = raised.order;
  page->export_href = list_address(r, "findings.csv", pairs);
}

static const char *page_href(Request *r, const char *path, Pair *pairs, int64_t number) {
  Pair *place = pairs;
  while (!text_equal(place->name, "page")) place++;
  place->value = number > 1 ? text_format(r->context.arena, "%lld", (long long)number) : NULL;
  return list_address(r, path, pairs);
}

void findings_handler(Request *r, const FindingsInput *in) {
  Context *c = &r->context;
  Asked asked = {in->status, in->grade, in->source, in->q, in->sort, in->mine};
  FindingFilter filter = filter_of(c, &asked);
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t number = in->page.has ? in->page.value : 1;
  FindingLines lines;
  Pair pairs[8];
  filter.limit = size;
  filter.offset = (number - 1) * size;
  if (!finding_list(c, &filter, &lines)) return;
  int64_t pages = lines.total == 0 ? 1 : (lines.total + size - 1) / size;
  pairs_of(&asked, pairs);
  FindingsPage page = {.total = lines.total,
                       .page = number,
                       .pages = pages,
                       .first = lines.count == 0 ? 0 : filter.offset + 1,
                       .last = filter.offset + (int64_t)lines.count,
                       .previous = number > 1 ? page_href(r, "findings", pairs, number - 1) : "",
                       .next = number < pages ? page_href(r, "findings", pairs, number + 1) : "",
                       .status = or_empty(in->status),
                       .grade = or_empty(in->grade),
                       .source = or_empty(in->source),
                       .q = or_empty(in->q),
                       .sort = in->sort == NULL ? "due" : in->sort,
                       .mine = in->mine};
  page.filtered =
      in->status != NULL || in->grade != NULL || in->source != NULL || in->q != NULL || in->mine;
  for (size_t i = 0; i < lines.count; i++)
    *list_add(c->arena, &page.rows) = finding_row(c, &lines.items[i]);
  finding_choices(c, &asked, &page);
  columns_of(r, &asked, &page);
  if (figures_of(r, &page)) respond_findings_page(r, &page);
}

static void finding_csv(Context *c, Text *out, const FindingLine *line) {
  csv_cell(out, line->label, false);
  csv_cell(out, line->title, false);
  csv_cell(out, grade_name(line->grade), false);
  csv_cell(out, line->status, false);
  csv_cell(out, line->owner, false);
  csv_cell(out, line->source, false);
  csv_cell(out, line->source_title, false);
  csv_cell(out, date_text(c->arena, line->raised), false);
  csv_cell(out, date_text(c->arena, line->due), false);
  csv_cell(out, date_text(c->arena, line->closed_on), false);
  text_add_format(out, "%lld,%lld\r\n", (long long)line->actions, (long long)line->actions_open);
}

void findings_csv_handler(Request *r, const FindingsCsvInput *in) {
  Context *c = &r->context;
  Asked asked = {in->status, in->grade, in->source, in->q, in->sort, in->mine};
  FindingFilter filter = filter_of(c, &asked);
  FindingLines lines;
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "number,title,grade,status,owner,source,source_title,raised,due,closed_on,"
                 "actions,actions_open\r\n");
  filter.limit = EXPORT_MOST;
  do {
    if (!finding_list(c, &filter, &lines)) return;
    for (size_t i = 0; i < lines.count; i++) finding_csv(c, &out, &lines.items[i]);
    filter.offset += (int64_t)lines.count;
  } while (lines.count == EXPORT_MOST);
  request_bytes(r, "text/csv; charset=utf-8", "findings.csv", out.data, out.length);
}

// ---- actions ----

static ActionFilter action_filter_of(const Context *c, const Asked *asked) {
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  bool descending = sort[0] == '-';
  return (ActionFilter){.status = asked->status,
                        .text = asked->q,
                        .person = asked->mine ? c->actor : 0,
                        .sort = sort + descending,
                        .descending = descending};
}

static void action_choices(Context *c, const char *chosen, ActionsPage *page) {
  static const char *const statuses[][2] = {{"overdue", N_("Overdue")},
                                            {"under_way", N_("Under way")},
                                            {"done", N_("Done")},
                                            {"cancelled", N_("Cancelled")},
                                            {"all", N_("All, done or not")}};
  for (size_t i = 0; i < COUNT_OF(statuses); i++)
    *list_add(c->arena, &page->statuses) =
        (Choice){statuses[i][0], _(statuses[i][1]), text_equal(statuses[i][0], chosen)};
}

static void action_columns(Request *r, const Asked *asked, ActionsPage *page) {
  Pair pairs[8];
  pairs_of(asked, pairs);
  const char *sort = asked->sort == NULL ? "due" : asked->sort;
  Sorting due = sorting(r, "actions", sort, "due", pairs),
          title = sorting(r, "actions", sort, "title", pairs),
          priority = sorting(r, "actions", sort, "priority", pairs);
  page->by_due = due.href;
  page->due_order = due.order;
  page->by_title = title.href;
  page->title_order = title.order;
  page->by_priority = priority.href;
  page->priority_order = priority.order;
  page->export_href = list_address(r, "actions.csv", pairs);
}

void actions_handler(Request *r, const ActionsInput *in) {
  Context *c = &r->context;
  Asked asked = {.status = in->status, .q = in->q, .sort = in->sort, .mine = in->mine};
  ActionFilter filter = action_filter_of(c, &asked);
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t number = in->page.has ? in->page.value : 1;
  ActionLines lines;
  Pair pairs[8];
  filter.limit = size;
  filter.offset = (number - 1) * size;
  if (!action_list(c, &filter, &lines)) return;
  int64_t pages = lines.total == 0 ? 1 : (lines.total + size - 1) / size;
  pairs_of(&asked, pairs);
  ActionsPage page = {.rows = action_rows(r, &lines),
                      .total = lines.total,
                      .page = number,
                      .pages = pages,
                      .first = lines.count == 0 ? 0 : filter.offset + 1,
                      .last = filter.offset + (int64_t)lines.count,
                      .previous = number > 1 ? page_href(r, "actions", pairs, number - 1) : "",
                      .next = number < pages ? page_href(r, "actions", pairs, number + 1) : "",
                      .status = or_empty(in->status),
                      .q = or_empty(in->q),
                      .sort = in->sort == NULL ? "due" : in->sort,
                      .mine = in->mine,
                      .filtered = in->status != NULL || in->q != NULL || in->mine};
  action_choices(c, in->status, &page);
  action_columns(r, &asked, &page);
  respond_actions_page(r, &page);
}

static void action_csv(Context *c, Text *out, const ActionLine *line) {
  csv_cell(out, text_format(c->arena, "%lld", (long long)line->id), false);
  csv_cell(out, line->title, false);
  csv_cell(out, line->status, false);
  csv_cell(out, line->owner, false);
  csv_cell(out, line->source_title, false);
  csv_cell(out, date_text(c->arena, line->baseline), false);
  csv_cell(out, date_text(c->arena, line->due), false);
  csv_cell(out, date_text(c->arena, line->done_on), false);
  text_add_format(out, "%d,%d,%d\r\n", line->priority, line->progress, line->extensions);
}

void actions_csv_handler(Request *r, const ActionsCsvInput *in) {
  Context *c = &r->context;
  Asked asked = {.status = in->status, .q = in->q, .sort = in->sort, .mine = in->mine};
  ActionFilter filter = action_filter_of(c, &asked);
  ActionLines lines;
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "id,title,status,owner,source,baseline,due,done_on,priority,progress,"
                 "extensions\r\n");
  filter.limit = EXPORT_MOST;
  do {
    if (!action_list(c, &filter, &lines)) return;
    for (size_t i = 0; i < lines.count; i++) action_csv(c, &out, &lines.items[i]);
    filter.offset += (int64_t)lines.count;
  } while (lines.count == EXPORT_MOST);
  request_bytes(r, "text/csv; charset=utf-8", "actions.csv", out.data, out.length);
}
