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

static void forecast(Following *out, const SqlFollowedDueRow *row) {
  out->due = row->due_so_far;
  out->held = row->held_so_far;
  out->due_then = row->due_until;
  out->as_planned = row->held_so_far + row->open_until;
  out->paced = row->due_so_far > 0;
  int64_t coming = out->due_then - out->due;
  int64_t pace = out->held > out->due ? out->due : out->held;
  out->at_this_pace =
      out->paced && coming > 0 ? out->held + coming * pace / out->due : out->as_planned;
  if (out->at_this_pace > out->as_planned) out->at_this_pace = out->as_planned;
}

bool audit_programme_follow(Context *c, Following *out) {
  READ_TRANSACTION(c, tx);
  *out = (Following){.surveillance = next_external(c), .closed_words = ""};
  SqlFollowedDueRow row;
  Date until = date_is_none(out->surveillance) ? c->today : out->surveillance;
  if (!sql_followed_due(c, (SqlFollowedDue){.until = until}, &row)) return false;
  forecast(out, &row);
  out->late = row.late;
  out->closed = row.closed;
  SqlFollowedFirstClosedRow closed;
  if (sql_followed_first_closed(c, &closed)) {
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

// Before the first month counts as the first; after the last as nothing of this picture.
static void count(int64_t *months, Date start, int32_t most, Date day) {
  int32_t at = months_between(start, day);
  if (at < most) months[at < 0 ? 0 : at]++;
}

static const char *month_label(Context *c, Date day) {
  static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(c->arena, "%s %d", names[month - 1], year);
}

Chart *audit_programme_burn_up(Context *c, Date start, int32_t months) {
  SqlFollowedDatesRows rows = sql_followed_dates(c);
  Curves *curves = arena_new(c->arena, Curves);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFollowedDatesRow *row = &rows.items[i];
    bool held = row->state == STATE_CONCLUDED && !date_is_none(row->held_on);
    count(curves->first, start, months, row->baseline);
    count(curves->now, start, months, held ? row->held_on : row->due);
    if (held) count(curves->held, start, months, row->held_on);
  }
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
