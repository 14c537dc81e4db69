// SPDX-License-Identifier: Apache-2.0
// Today, for each kind of reader: the same facts, another order.
#include "diary/diary.routes.h"
#include "diary/offer.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"

#include <stdlib.h>

enum { SHOWN_LINES = 8 };

// Told from what one may do, so that no further question is asked of the database.
static const char *emphasis_of(const Request *r) {
  if (!request_may(r, "activity.comment")) return "external";
  if (request_may(r, "duty.change")) return "manager";
  if (request_may(r, "simulate.run")) return "executive";
  if (request_may(r, "audit.change")) return "auditor";
  return request_may(r, "activity.record") ? "owner" : "employee";
}

static const char *first_name(Context *c) {
  SqlPagePersonRow person;
  if (c->actor == 0 || !sql_page_person(c, (SqlPagePerson){.person = c->actor}, &person)) return "";
  size_t length = 0;
  while (person.name[length] != '\0' && person.name[length] != ' ') length++;
  return text_copy_n(c->arena, person.name, length);
}

static bool offers_of(Request *r, TodaySectionList *out) {
  for (size_t i = 0; page_offers[i] != NULL; i++)
    if (page_offers[i]->today != NULL && !page_offers[i]->today(r, out)) return false;
  return true;
}

static int64_t lines_of(const TodaySectionList *sections) {
  int64_t lines = 0;
  for (size_t i = 0; i < sections->count; i++) lines += (int64_t)sections->items[i].rows.count;
  return lines;
}

// offered: lines that rooms add to what needs the reader.
static const char *lead_of(Context *c, const Today *today, const char *emphasis, int64_t offered) {
  if (!today->adopted) return _("There is no programme yet.");
  int64_t needs = today->mine.total + offered;
  if (text_equal(emphasis, "employee"))
    return needs == 0 ? _("Nothing needs you. This page took two minutes less than you gave it.")
                      : text_format(c->arena, _("%s you. Two minutes now save a rush later."),
                                    count_words(c, needs, _("thing needs"), _("things need")));
  if (today->missed.total > 0)
    return text_format(c->arena,
                       _("%s missed and %lld more late. Begin with what has waited longest."),
                       count_words(c, today->missed.total, _("activity is"), _("activities are")),
                       (long long)today->late.total);
  if (today->late.total > 0)
    return text_format(c->arena, _("Nothing is missed; %s late and still tolerable."),
                       count_words(c, today->late.total, _("activity is"), _("activities are")));
  return text_format(c->arena, _("Nothing is late. %s due within %d days."),
                     count_words(c, today->coming.total, _("activity comes"), _("activities come")),
                     TODAY_COMING_DAYS);
}

static void figures_of(Request *r, const Today *today, FigureTileList *out) {
  Context *c = &r->context;
  int64_t done = today->on_time + today->concluded_late;
  int64_t fell_due = done + today->late.total + today->missed.total;
  const char *list = text_format(c->arena, "/o/%s/activities", r->org_slug);
  figure_add(c, out,
             (FigureTile){.label = _("Missed"),
                          .icon = "i-alert-octagon",
                          .value = text_format(c->arena, "%lld", (long long)today->missed.total),
                          .tone = today->missed.total > 0 ? "missed" : "",
                          .why = _("past the last tolerable day"),
                          .href = text_format(c->arena, "%s?status=missed", list)});
  figure_add(c, out,
             (FigureTile){.label = _("Late"),
                          .icon = "i-clock-exclamation",
                          .value = text_format(c->arena, "%lld", (long long)today->late.total),
                          .tone = today->late.total > 0 ? "late" : "",
                          .why = _("past due, still tolerable"),
                          .href = text_format(c->arena, "%s?status=late", list)});
  figure_add(c, out,
             (FigureTile){.label = _("Done of what fell due"),
                          .icon = "i-circle-check",
                          .value = percent_words(c, done, fell_due),
                          .why = fell_due > 0 ? text_format(c->arena,
                                                            _("%lld of %lld, %lld of them in time"),
                                                            (long long)done, (long long)fell_due,
                                                            (long long)today->on_time)
                                              : _("nothing has fallen due yet"),
                          .href = text_format(c->arena, "/o/%s/readiness", r->org_slug)});
  figure_add(c, out,
             (FigureTile){.label = _("Programme"),
                          .icon = "i-progress-check",
                          .value = percent_words(c, done, done + today->open),
                          .why = text_format(c->arena, _("%lld of %lld activities of the cycle"),
                                             (long long)done, (long long)done + today->open),
                          .href = text_format(c->arena, "%s?status=open", list)});
}

static void featured_of(Context *c, const char *emphasis, ActivityRowList *out) {
  bool executive = text_equal(emphasis, "executive");
  if (!executive && !text_equal(emphasis, "auditor")) return;
  ActivityFilter filter = activity_filter();
  filter.kind = duty_kind_name(executive ? DUTY_MANAGEMENT_REVIEW : DUTY_AUDIT);
  filter.status = "open";
  filter.limit = 4;
  ActivityLines lines = {0};
  if (activity_list(c, &filter, &lines)) *out = activity_rows(c, &lines);
}

static void taking_part_of(Context *c, ActivityRowList *out) {
  SqlPageTakingPartRows rows = sql_page_taking_part(c, (SqlPageTakingPart){.person = c->actor});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlPageTakingPartRow *row = &rows.items[i];
    ActivityLine line = {.id = row->id,
                         .title = row->title,
                         .due = row->due,
                         .latest = row->latest,
                         .earliest = row->due,
                         .baseline = row->due,
                         .held_on = DATE_NONE,
                         .days = date_diff(row->due, c->today)};
    duty_kind_parse(row->kind, &line.kind);
    line.status = activity_status((State)row->state, row->due, row->latest, c->today);
    *list_add(c->arena, out) = activity_row(c, &line);
  }
}

// What was missed comes first, then what is late, then the rest as it falls due.
static int urgency_of(const ActivityLine *line) {
  return line->status == STATUS_MISSED ? 0 : line->status == STATUS_LATE ? 1 : 2;
}

static int by_urgency(const void *left, const void *right) {
  const ActivityLine *a = left, *b = right;
  int order = urgency_of(a) - urgency_of(b);
  if (order == 0) order = date_compare(a->due, b->due);
  return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static bool holds(const ActivityRowList *rows, int64_t id) {
  for (size_t i = 0; i < rows->count; i++)
    if (rows->items[i].id == id) return true;
  return false;
}

// A row that stands above is not said again; the total is of what is left.
static void leave_out(ActivityRowList *rows, int64_t *total, const ActivityRowList *above) {
  size_t kept = 0;
  for (size_t i = 0; i < rows->count; i++) {
    if (holds(above, rows->items[i].id))
      (*total)--;
    else
      rows->items[kept++] = rows->items[i];
  }
  rows->count = kept;
}

// A page is for the next steps; the list has the rest.
static void cut(ActivityRowList *rows) {
  if (rows->count > SHOWN_LINES) rows->count = SHOWN_LINES;
}

// The page says each thing once, where it is most urgent. The JSON keeps every list whole.
static void say_each_once(TodayPage *page) {
  int64_t total = 0;
  leave_out(&page->missed, &page->missed_total, &page->mine);
  leave_out(&page->late, &page->late_total, &page->mine);
  leave_out(&page->taking_part, &total, &page->mine);
  const ActivityRowList *above[] = {&page->mine, &page->missed, &page->late, &page->featured};
  for (size_t i = 0; i < COUNT_OF(above); i++) {
    if (i < 3) leave_out(&page->featured, &total, above[i]);
    leave_out(&page->coming, &page->coming_total, above[i]);
  }
  cut(&page->mine);
  cut(&page->missed);
  cut(&page->late);
  cut(&page->coming);
}

void organisation_home_handler(Request *r, const OrganisationHomeInput *in) {
  (void)in;
  request_redirect(r, "/o/%s/today", r->org_slug);
}

void today_handler(Request *r, const TodayInput *in) {
  (void)in;
  Context *c = &r->context;
  Today today = {0};
  if (!today_of(c, c->actor, &today)) return;
  list_sort(&today.mine, by_urgency);
  TodayPage page = {
      .day = c->today,
      .reader = first_name(c),
      .emphasis = emphasis_of(r),
      .adopted = today.adopted,
      .mine = activity_rows(c, &today.mine),
      .mine_total = today.mine.total,
      .missed = activity_rows(c, &today.missed),
      .missed_total = today.missed.total,
      .late = activity_rows(c, &today.late),
      .late_total = today.late.total,
      .coming = activity_rows(c, &today.coming),
      .coming_total = today.coming.total,
      .coming_days = TODAY_COMING_DAYS,
      .next_audit = next_audit(c, &today.countdown),
  };
  if (!offers_of(r, &page.sections)) return;
  page.lead = lead_of(c, &today, page.emphasis, lines_of(&page.sections));
  if (today.adopted) figures_of(r, &today, &page.figures);
  featured_of(c, page.emphasis, &page.featured);
  if (text_equal(page.emphasis, "employee")) taking_part_of(c, &page.taking_part);
  if (r->format == FORMAT_HTML) say_each_once(&page);
  page.mine_more = page.mine_total - (int64_t)page.mine.count;
  page.missed_more = page.missed_total - (int64_t)page.missed.count;
  page.late_more = page.late_total - (int64_t)page.late.count;
  if (context_ok(c)) respond_today_page(r, &page);
}
