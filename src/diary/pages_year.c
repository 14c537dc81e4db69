// SPDX-License-Identifier: Apache-2.0
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"
#include "diary/pages_year_picture.h"

enum { LIST_MOST = 400 };

static const char *year_path(Request *r, Date from) {
  return text_format(r->context.arena, "/o/%s/year?from=%s", r->org_slug,
                     date_text(r->context.arena, from));
}

static void choices_of(Request *r, const SqlPageOrganisationRow *org, Date from, YearPage *page) {
  Context *c = &r->context;
  for (int i = 0; i < 12; i++) {
    Date start = certificate_year(org->decision, i);
    if (date_compare(date_add_months(org->decision, 12 * i), org->expiry) > 0) break;
    *list_add(c->arena, &page->choices) =
        (YearChoice){.title = text_format(c->arena, _("Certificate year %d"), i + 1),
                     .href = year_path(r, start),
                     .current = date_compare(start, from) == 0};
  }
}

static void list_of(Context *c, const Year *year, YearPage *page) {
  for (int i = 0; i < 12; i++) {
    Date from = date_add_months(year->from, i), to = date_month_end(from);
    YearMonth month = {.name = month_words(c->arena, from)};
    for (size_t k = 0; k < DUTY_KIND_COUNT; k++) {
      for (size_t m = 0; m < year->lanes[k].marks.count && page->shown < LIST_MOST; m++) {
        const YearMark *mark = &year->lanes[k].marks.items[m];
        if (date_compare(mark->due, from) < 0 || date_compare(mark->due, to) > 0) continue;
        int32_t slip = date_diff(mark->due, mark->baseline);
        *list_add(c->arena, &month.marks) =
            (YearMarkRow){.id = mark->id,
                          .title = mark->title,
                          .kind_title = year->lanes[k].title,
                          .mark = status_mark(mark->status),
                          .baseline = mark->baseline,
                          .due = mark->due,
                          .held_on = mark->held_on,
                          .slip = slip == 0 ? "" : text_format(c->arena, "%+d", slip)};
        page->shown++;
      }
    }
    if (month.marks.count > 0) *list_add(c->arena, &page->months) = month;
  }
}

void year_handler(Request *r, const YearInput *in) {
  Context *c = &r->context;
  SqlPageOrganisationRow org;
  if (!sql_page_organisation(c, &org)) {
    not_found(c, _("There is no such organisation."));
    return;
  }
  Date from =
      date_is_none(in->from) ? year_of_certificate(org.decision, c->today) : month_first(in->from);
  Year *year = arena_new(c->arena, Year);
  if (!year_from(c, from, year)) return;
  YearPage page = {.from = year->from,
                   .to = year->to,
                   .previous = year_path(r, date_add_months(year->from, -1)),
                   .next = year_path(r, date_add_months(year->from, 1)),
                   .cut = year->cut};
  page.title = text_format(c->arena, "%s – %s", month_words(c->arena, year->from),
                           month_words(c->arena, year->to));
  page.chart = year_picture(c, year, r->org_slug);
  choices_of(r, &org, year->from, &page);
  list_of(c, year, &page);
  page.adopted = page.shown > 0;
  respond_year_page(r, &page);
}
