// SPDX-License-Identifier: Apache-2.0
// Incidents in a management review (9.3.2 d).
#include "diary/review_section.h"
#include "improvement/incident_section.sql.h"
#include "report/chart.h"

#include <string.h>

enum { INCIDENTS_MOST = 5000, SEVERITIES = 4 };

typedef struct Counts {
  int64_t since, serious, open, breaches, repaired, by_severity[SEVERITIES];
  double hours;
} Counts;

static const char *const severities[SEVERITIES] = {"critical", "high", "medium", "low"};

static size_t severity_of(const char *text) {
  for (size_t i = 0; i < SEVERITIES; i++)
    if (text_contains_fold(text, severities[i])) return i;
  return SEVERITIES - 1;
}

// Times are canonical text ("2026-01-22 09:14"): the first ten characters are the day.
static bool day_of(const char *text, Date *out) {
  char ten[11] = {0};
  memcpy(ten, text, strnlen(text, 10));
  return date_parse(ten, out);
}

static void add_incident(Context *c, const ReviewSpan *span, const SqlIncidentsUntilRow *row,
                         Counts *counts, SectionTable *table) {
  Date reported, resolved;
  double hours;
  if (!day_of(row->reported_at, &reported)) return;
  bool open = !day_of(row->resolved_at, &resolved) || date_compare(resolved, span->to) > 0;
  counts->open += open;
  if (date_compare(reported, span->from) < 0) return;
  size_t severity = severity_of(row->severity);
  counts->since++;
  counts->by_severity[severity]++;
  counts->serious += severity <= 1;
  counts->breaches += text_starts(row->data_breach, "Y") || text_starts(row->data_breach, "y");
  if (!open && text_to_real(row->repair_hours, &hours)) {
    counts->hours += hours;
    counts->repaired++;
  }
  if (section_is_full(table)) return;
  section_cell(c, table,
               row->ref[0] == '\0' ? row->title
                                   : text_format(c->arena, "%s %s", row->ref, row->title),
               text_format(c->arena, "/items/%lld", (long long)row->item));
  section_cell(c, table, row->severity, "");
  section_cell_date(c, table, reported);
  section_cell_date(c, table, open ? DATE_NONE : resolved);
  section_cell(c, table, row->repair_hours, "");
}

static void add_chart(Context *c, const Counts *counts, SectionData *out) {
  static const Ink inks[SEVERITIES] = {INK_MISSED, INK_LATE, INK_DOING, INK_COMING};
  Chart *chart = chart_new(c->arena, CHART_SHARE, _("Incidents by severity"),
                           _("reported since the last review"));
  for (size_t i = 0; i < SEVERITIES; i++) {
    if (counts->by_severity[i] == 0) continue;
    chart_value(chart, chart_series(chart, _(severities[i]), inks[i]),
                (double)counts->by_severity[i]);
  }
  *list_add(c->arena, &out->charts) = chart;
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  Counts counts = {0};
  SqlIncidentsUntilRows rows = sql_incidents_until(
      c, (SqlIncidentsUntil){.until = date_text(c->arena, date_add_days(span->to, 1)),
                             .limit = INCIDENTS_MOST});
  SectionTable *table = section_table(c, out, _("Incidents since the last review"),
                                      _("Incident|Severity|Reported|Resolved|#Hours"));
  for (size_t i = 0; i < rows.count; i++) add_incident(c, span, &rows.items[i], &counts, table);
  SectionFigure *since = section_figure(c, out, "incidents", _("Incidents"));
  since->value = section_count(counts.since);
  since->better = BETTER_LOWER;
  since->headline = true;
  since->why = _("reported since the last review");
  SectionFigure *serious = section_figure(c, out, "serious", _("High or critical"));
  serious->value = section_count(counts.serious);
  serious->better = BETTER_LOWER;
  SectionFigure *open = section_figure(c, out, "open", _("Not resolved yet"));
  open->value = section_count(counts.open);
  open->better = BETTER_LOWER;
  SectionFigure *hours = section_figure(c, out, "repair", _("Mean time to repair"));
  hours->unit = _("hours");
  hours->better = BETTER_LOWER;
  hours->why = _("of those resolved since the last review for which hours are known");
  if (counts.repaired > 0) hours->value = (OptReal){true, counts.hours / (double)counts.repaired};
  if (counts.since > 0) add_chart(c, &counts, out);
  out->nothing = counts.since + counts.open == 0;
  if (out->nothing)
    section_words(c, out, _("No incident was reported since the last review."));
  else
    section_words(c, out,
                  _("Incidents reported: %lld, high or critical: %lld, with personal data: "
                    "%lld, not resolved yet: %lld."),
                  (long long)counts.since, (long long)counts.serious, (long long)counts.breaches,
                  (long long)counts.open);
  return context_ok(c);
}

const ReviewSection incidents_section = {
    .key = "incidents",
    .input = 'd',
    .title = N_("Incidents"),
    .purpose =
        N_("What happened, how bad it was, and how quickly it was put right (5.24 to 5.28)."),
    .fill = fill,
};
