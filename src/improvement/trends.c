// SPDX-License-Identifier: Apache-2.0
#include "improvement/trends.h"

#include "diary/pages.h"
#include "improvement/life.h"
#include "improvement/trends.sql.h"

#include <stdlib.h>

enum { MOST = 20000 };

const char *age_band(size_t band) {
  static const char *const bands[AGE_BANDS] = {N_("up to 30 days"), N_("31 to 90 days"),
                                               N_("91 to 180 days"), N_("more than 180 days")};
  return _(bands[band]);
}

static void months_begin(Context *c, Trends *out) {
  Date first = month_first(c->today);
  for (int i = 0; i < TREND_MONTHS; i++)
    out->months[i].month = date_add_months(first, i - (TREND_MONTHS - 1));
}

// The month that "2026-05" names, or NULL.
static MonthCount *month_of(Context *c, Trends *trends, const char *name) {
  Date day;
  if (!date_parse(text_format(c->arena, "%s-01", name), &day)) return NULL;
  for (int i = 0; i < TREND_MONTHS; i++)
    if (date_compare(trends->months[i].month, day) == 0) return &trends->months[i];
  return NULL;
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static OptReal median(int32_t *days, size_t count) {
  if (count == 0) return (OptReal){0};
  qsort(days, count, sizeof *days, by_number);
  const int32_t *middle = &days[count / 2];
  return (OptReal){true, count % 2 == 1 ? *middle : ((double)middle[-1] + *middle) / 2};
}

static void times_of(Context *c, Trends *out) {
  SqlTrendTimesRows rows = sql_trend_times(
      c, (SqlTrendTimes){.from = out->months[0].month, .to = c->today, .limit = MOST});
  int32_t *all = arena_array(c->arena, rows.count + 1, sizeof *all);
  for (size_t i = 0; i < rows.count; i++)
    all[i] = date_diff(rows.items[i].closed_on, rows.items[i].raised);
  for (int m = 0; m < TREND_MONTHS; m++) { // ordered by the day they were closed
    MonthCount *month = &out->months[m];
    Date end = date_month_end(month->month);
    int32_t *days = arena_array(c->arena, rows.count + 1, sizeof *days);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
      if (date_compare(rows.items[i].closed_on, month->month) >= 0 &&
          date_compare(rows.items[i].closed_on, end) <= 0)
        days[count++] = all[i];
    month->days = median(days, count);
  }
  out->median_days = median(all, rows.count);
}

// Open at the end of each month: from what is open now, back through what was raised and closed.
static void open_of(Context *c, Trends *out) {
  SqlTrendOpenRows rows = sql_trend_open(c, (SqlTrendOpen){.limit = MOST});
  static const int32_t bands[AGE_BANDS] = {30, 90, 180, INT32_MAX};
  for (size_t i = 0; i < rows.count; i++) {
    int32_t age = date_diff(c->today, rows.items[i].raised);
    size_t band = 0;
    while (age > bands[band]) band++;
    out->ages[band]++;
  }
  int64_t open = (int64_t)rows.count;
  for (int m = TREND_MONTHS - 1; m >= 0; m--) {
    out->months[m].open_then = open;
    open += out->months[m].closed - out->months[m].raised;
    if (open < 0) open = 0;
  }
}

static const char *cause_title(const char *kind) {
  for (size_t i = 0; cause_kinds[i].name != NULL; i++)
    if (text_equal(kind, cause_kinds[i].name)) return _(cause_kinds[i].title);
  return kind;
}

static void kinds_of(Context *c, Date from, Trends *out) {
  SqlTrendCausesRows causes = sql_trend_causes(c, (SqlTrendCauses){.from = from});
  for (size_t i = 0; i < causes.count; i++)
    *list_add(c->arena, &out->causes) =
        (CauseCount){causes.items[i].cause_kind, cause_title(causes.items[i].cause_kind),
                     causes.items[i].findings, causes.items[i].again};
  SqlTrendSourcesRows sources = sql_trend_sources(c, (SqlTrendSources){.from = from});
  for (size_t i = 0; i < sources.count; i++)
    *list_add(c->arena, &out->sources) =
        (SourceCount){sources.items[i].source, sources.items[i].findings};
}

bool improvement_trends(Context *c, Trends *out) {
  *out = (Trends){0};
  months_begin(c, out);
  Date from = out->months[0].month;
  SqlTrendRaisedRows raised = sql_trend_raised(c, (SqlTrendRaised){.from = from});
  for (size_t i = 0; i < raised.count; i++) {
    MonthCount *month = month_of(c, out, raised.items[i].month);
    if (month == NULL) continue;
    month->raised = raised.items[i].findings;
    month->nonconformities = raised.items[i].nonconformities;
  }
  SqlTrendClosedRows closed = sql_trend_closed(c, (SqlTrendClosed){.from = from});
  for (size_t i = 0; i < closed.count; i++) {
    MonthCount *month = month_of(c, out, closed.items[i].month);
    if (month != NULL) month->closed = closed.items[i].findings;
  }
  times_of(c, out);
  open_of(c, out);
  kinds_of(c, from, out);
  SqlTrendActionsRow actions = {0};
  SqlTrendChecksRow checks = {0};
  sql_trend_actions(c, (SqlTrendActions){.from = from}, &actions);
  sql_trend_checks(c, (SqlTrendChecks){.from = from}, &checks);
  out->actions_done = actions.done;
  out->actions_in_time = actions.in_time;
  out->actions_extended = actions.extended;
  out->actions_open = actions.open;
  out->actions_overdue = actions.overdue;
  out->checks = checks.checks;
  out->checks_held = checks.held;
  return context_ok(c);
}

// ---- charts ----

Chart *trend_chart_flow(Context *c, const Trends *trends) {
  Chart *chart = chart_new(c->arena, CHART_BARS, _("Raised and closed"),
                           _("Findings of the last twelve months, by the month they were raised "
                             "and closed in."));
  ChartSeries *raised = chart_series(chart, _("Raised"), INK_STAGE);
  ChartSeries *closed = chart_series(chart, _("Closed"), INK_DONE);
  for (int i = 0; i < TREND_MONTHS; i++) {
    chart_label(chart, date_month_short(trends->months[i].month));
    chart_value(chart, raised, (double)trends->months[i].raised);
    chart_value(chart, closed, (double)trends->months[i].closed);
  }
  return chart;
}

Chart *trend_chart_days(Context *c, const Trends *trends) {
  Chart *chart = chart_new(c->arena, CHART_LINE, _("Days to close"),
                           _("The median of those closed in each month; a month in which none was "
                             "closed has no value."));
  chart->unit = _("days");
  ChartSeries *days = chart_series(chart, _("Median"), INK_DOING);
  for (int i = 0; i < TREND_MONTHS; i++) {
    chart_label(chart, date_month_short(trends->months[i].month));
    if (trends->months[i].days.has)
      chart_value(chart, days, trends->months[i].days.value);
    else
      chart_gap(chart, days);
  }
  return chart;
}

Chart *trend_chart_ages(Context *c, const Trends *trends) {
  static const Ink inks[AGE_BANDS] = {INK_DONE, INK_DOING, INK_LATE, INK_MISSED};
  Chart *chart = chart_new(c->arena, CHART_SHARE, _("How old the open ones are"),
                           _("From the day they were raised to today."));
  for (size_t i = 0; i < AGE_BANDS; i++)
    chart_value(chart, chart_series(chart, age_band(i), inks[i]), (double)trends->ages[i]);
  return chart;
}

Chart *trend_chart_causes(Context *c, const Trends *trends) {
  Chart *chart =
      chart_new(c->arena, CHART_BARS, _("What causes are about"),
                _("Causes found in the last twelve months, and how many of them were met "
                  "before."));
  ChartSeries *all = chart_series(chart, _("Causes"), INK_DOING);
  ChartSeries *again = chart_series(chart, _("Met before"), INK_MISSED);
  for (size_t i = 0; i < trends->causes.count; i++) {
    chart_label(chart, trends->causes.items[i].title);
    chart_value(chart, all, (double)trends->causes.items[i].findings);
    chart_value(chart, again, (double)trends->causes.items[i].again);
  }
  return chart;
}
