// SPDX-License-Identifier: Apache-2.0
// How findings go over time, and what was improved in each duty.
#include "improvement/improvement.routes.h"
#include "improvement/pages.h"
#include "improvement/trends.h"
#include "improvement/trends.sql.h"
#include "org/org.h"

enum { IMPROVED_MOST = 500 };

static void tile(Context *c, FigureTileList *out, const char *label, const char *value,
                 const char *why, const char *icon, const char *href) {
  figure_add(c, out,
             (FigureTile){.label = label, .value = value, .why = why, .icon = icon, .href = href});
}

static const char *number(Context *c, int64_t value) {
  return text_format(c->arena, "%lld", (long long)value);
}

static void figures_of(Request *r, const Trends *t, FigureTileList *out) {
  Context *c = &r->context;
  const char *list = text_format(c->arena, "/o/%s/actions", r->org_slug);
  tile(c, out, _("Days to close"),
       t->median_days.has ? text_format(c->arena, "%.0f", t->median_days.value) : _("not measured"),
       t->median_days.has ? _("the median of the last twelve months")
                          : _("none was closed in the last twelve months"),
       "i-clock", text_format(c->arena, "/o/%s/findings?status=closed", r->org_slug));
  tile(c, out, _("Actions in time"), percent_words(c, t->actions_in_time, t->actions_done),
       text_format(c->arena, _("%lld of %lld by their first date"), (long long)t->actions_in_time,
                   (long long)t->actions_done),
       "i-clock-check", text_format(c->arena, "%s?status=done", list));
  tile(c, out, _("Overdue actions"), number(c, t->actions_overdue),
       text_format(c->arena, _("of %lld open; %lld were extended"), (long long)t->actions_open,
                   (long long)t->actions_extended),
       "i-clock-exclamation", text_format(c->arena, "%s?status=overdue", list));
  tile(c, out, _("Held at the check"), percent_words(c, t->checks_held, t->checks),
       text_format(c->arena, _("%lld of %lld effectiveness checks"), (long long)t->checks_held,
                   (long long)t->checks),
       "i-checks", "");
}

void finding_trends_handler(Request *r, const FindingTrendsInput *in) {
  (void)in;
  Context *c = &r->context;
  Trends trends;
  if (!improvement_trends(c, &trends)) return;
  FindingTrendsPage page = {0};
  figures_of(r, &trends, &page.figures);
  Chart *const charts[] = {trend_chart_flow(c, &trends), trend_chart_days(c, &trends),
                           trend_chart_ages(c, &trends), trend_chart_causes(c, &trends)};
  for (size_t i = 0; i < COUNT_OF(charts); i++)
    *list_add(c->arena, &page.charts) = (TrendChart){.title = charts[i]->title,
                                                     .empty = chart_is_empty(charts[i]),
                                                     .picture = chart_html(c->arena, charts[i])};
  for (int i = 0; i < TREND_MONTHS; i++) {
    const MonthCount *m = &trends.months[i];
    *list_add(c->arena, &page.months) = (TrendMonth){
        .month = month_words(c->arena, m->month),
        .raised = m->raised,
        .nonconformities = m->nonconformities,
        .closed = m->closed,
        .open = m->open_then,
        .days = m->days.has ? text_format(c->arena, "%.0f", m->days.value) : _("not measured")};
  }
  for (size_t i = 0; i < trends.sources.count; i++)
    *list_add(c->arena, &page.sources) = (TrendSource){
        source_words(trends.sources.items[i].source), trends.sources.items[i].findings,
        text_format(c->arena, "/o/%s/findings?status=all&source=%s", r->org_slug,
                    trends.sources.items[i].source)};
  respond_finding_trends_page(r, &page);
}

// ---- what was improved ----

void improvement_handler(Request *r, const ImprovementInput *in) {
  (void)in;
  Context *c = &r->context;
  Facts facts = {0};
  if (!org_facts(c, &facts)) return;
  ImprovementPage page = {.from = facts.decision};
  SqlImprovedOfDutiesRows rows = sql_improved_of_duties(
      c, (SqlImprovedOfDuties){.from = facts.decision, .limit = IMPROVED_MOST});
  ImprovedDuty *duty = NULL;
  const char *kind = NULL;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlImprovedOfDutiesRow *row = &rows.items[i];
    if (duty == NULL || !text_equal(kind, row->duty_kind)) {
      DutyKind parsed;
      bool known = duty_kind_parse(row->duty_kind, &parsed);
      duty = list_add(c->arena, &page.duties);
      *duty = (ImprovedDuty){.title = known ? duty_kind_title(parsed) : _("The whole programme"),
                             .icon = known ? kind_icon(parsed) : "i-trending-up"};
      kind = row->duty_kind;
    }
    const char *after = row->improved[0] == '\0' ? _("closed; the file does not say what is better")
                                                 : row->improved;
    *list_add(c->arena, &duty->rows) =
        (ImprovedLine){.id = row->id,
                       .label = text_format(c->arena, "F-%lld", (long long)row->number),
                       .before = row->title,
                       .after = after,
                       .on = row->closed_on};
    duty->count++;
    page.total++;
  }
  if (context_ok(c)) respond_improvement_page(r, &page);
}
