// SPDX-License-Identifier: Apache-2.0
#include "audits/programme_follow.h"

#include "audits/programme.sql.h"
#include "db/db.h"

int32_t following_percent(int64_t part, int64_t whole) {
  if (whole <= 0) return -1;
  int64_t percent = (part * 100 + whole / 2) / whole;
  return percent > 100 ? 100 : (int32_t)percent;
}

static Date next_external(Context *c) {
  SqlExternalAuditsRows rows = sql_external_audits(c);
  for (size_t i = 0; i < rows.count; i++)
    if (date_compare(rows.items[i].due, c->today) >= 0) return rows.items[i].due;
  return DATE_NONE;
}

static void read_days(Context *c, Following *out) {
  SqlFollowedDaysRows rows = sql_followed_days(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFollowedDaysRow *row = &rows.items[i];
    *list_add(c->arena, &out->days) = (FollowedDay){.day = row->day,
                                                    .first = row->first_due,
                                                    .due_open = row->due_open,
                                                    .latest_open = row->latest_open,
                                                    .held = row->held};
  }
}

static void count_days(Context *c, Following *out) {
  Date until = date_is_none(out->surveillance) ? c->today : out->surveillance;
  int64_t open_then = 0;
  for (size_t i = 0; i < out->days.count; i++) {
    const FollowedDay *on = &out->days.items[i];
    out->held += on->held;
    if (date_compare(on->day, c->today) <= 0) out->due += on->first;
    if (date_compare(on->day, until) <= 0) {
      out->due_then += on->first;
      open_then += on->due_open;
    }
    if (date_compare(on->day, c->today) < 0) {
      out->late += on->due_open;
      out->closed += on->latest_open;
    }
  }
  // Whose window has closed was due before it did: it is among the open of that day.
  out->as_planned = out->held + open_then - out->closed;
}

static void forecast(Following *out) {
  out->paced = out->due > 0;
  int64_t coming = out->due_then - out->due;
  int64_t pace = out->held > out->due ? out->due : out->held;
  out->at_this_pace =
      out->paced && coming > 0 ? out->held + coming * pace / out->due : out->as_planned;
  if (out->at_this_pace > out->as_planned) out->at_this_pace = out->as_planned;
}

bool audit_programme_follow(Context *c, Following *out) {
  READ_TRANSACTION(c, tx);
  *out = (Following){.surveillance = next_external(c), .closed_words = ""};
  read_days(c, out);
  count_days(c, out);
  forecast(out);
  SqlFollowedFirstClosedRow closed;
  if (out->closed > 0 && sql_followed_first_closed(c, &closed)) {
    out->closed_activity = closed.id;
    out->closed_words = text_format(c->arena, _("“%s” of %s had to be held by %s and was not."),
                                    closed.title, closed.owner == NULL ? _("nobody") : closed.owner,
                                    date_words(c->arena, closed.latest));
  }
  return context_ok(c);
}

// ---- burn-up ----

typedef struct Curves {
  int64_t first[UNIVERSE_MAX_MONTHS], now[UNIVERSE_MAX_MONTHS], held[UNIVERSE_MAX_MONTHS];
} Curves;

static const char *month_label(Context *c, Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(c->arena, "%s %d", month_short(month), year);
}

// Before the first month counts as the first; after the last as nothing of this picture.
static void add_days(const FollowedDays *days, Date start, int32_t months, Curves *curves) {
  for (size_t i = 0; i < days->count; i++) {
    const FollowedDay *on = &days->items[i];
    int32_t at = months_between(start, on->day);
    if (at >= months) continue;
    if (at < 0) at = 0;
    curves->first[at] += on->first;
    curves->now[at] += on->due_open + on->held;
    curves->held[at] += on->held;
  }
}

Chart *audit_programme_burn_up(Context *c, const Following *following, Date start, int32_t months) {
  Curves *curves = arena_new(c->arena, Curves);
  add_days(&following->days, start, months, curves);
  Chart *chart = chart_new(c->arena, CHART_BURN_UP, _("Audits, cumulated"),
                           _("The first plan, the plan as it stands, and what was held."));
  ChartSeries *first = chart_series(chart, _("First plan"), INK_COMING);
  ChartSeries *now = chart_series(chart, _("Plan as it stands"), INK_STAGE);
  ChartSeries *held = chart_series(chart, _("Held"), INK_DONE);
  now->dashed = true;
  int64_t sums[3] = {0};
  int32_t present = months_between(start, c->today);
  for (int32_t m = 0; m < months; m++) {
    chart_label(chart, month_label(c, date_add_months(start, m)));
    chart_value(chart, first, (double)(sums[0] += curves->first[m]));
    chart_value(chart, now, (double)(sums[1] += curves->now[m]));
    sums[2] += curves->held[m];
    if (m <= present)
      chart_value(chart, held, (double)sums[2]);
    else
      chart_gap(chart, held);
  }
  return chart;
}
