// SPDX-License-Identifier: Apache-2.0
// What if: the programme walked as planned, by nobody, or without one auditor, as a picture.
#include "audits/programme.routes.h"
#include "audits/programme_pages.h"
#include "audits/programme_simulate.h"
#include "http/request.h"
#include "report/chart.h"

enum { LEAVE_MONTH = 7, SEED = 1 };

static const char *scenario_title(Scenario scenario) {
  switch (scenario) {
  case SCENARIO_NOBODY: return _("Nobody audits");
  case SCENARIO_LEAVES: return _("An auditor leaves");
  default: return _("As planned");
  }
}

static const char *lead_of(Context *c, const SimulationAsked *asked, const Simulation *s,
                           Date month) {
  switch (asked->scenario) {
  case SCENARIO_NOBODY: return _("No audit is held from the first month on.");
  case SCENARIO_LEAVES:
    return text_format(c->arena,
                       _("%s leaves in %s; what was theirs is planned anew among the "
                         "others, with as few changes to other diaries as can be."),
                       s->leaver, grid_month(c, month));
  default: return _("Every audit is held in its month.");
  }
}

static const char *share_words(Context *c, int32_t percent) {
  return percent < 0 ? _("not measured") : text_format(c->arena, "%d %%", percent);
}

static void fill_rows(Context *c, const Simulation *s, AuditSimulatePage *page) {
  for (size_t i = 0; i < s->months.count; i++) {
    const SimulatedMonth *m = &s->months.items[i];
    *list_add(c->arena, &page->rows) = (SimulatedMonthRow){.month = grid_month(c, m->month),
                                                           .due = m->due,
                                                           .held = m->held,
                                                           .late = m->late,
                                                           .beyond = m->beyond,
                                                           .coverage = share_words(c, m->coverage),
                                                           .forecast = share_words(c, m->forecast),
                                                           .external = m->external};
  }
}

static Html chart_of(Context *c, const Simulation *s) {
  Chart *chart = chart_new(c->arena, CHART_BURN_UP, _("Audits, cumulated"),
                           _("What the plan asks for, and what this walk holds."));
  ChartSeries *due = chart_series(chart, _("Planned"), INK_COMING);
  ChartSeries *held = chart_series(chart, _("Held in this walk"), INK_DONE);
  for (size_t i = 0; i < s->months.count; i++) {
    chart_label(chart, grid_month(c, s->months.items[i].month));
    chart_value(chart, due, (double)s->months.items[i].due);
    chart_value(chart, held, (double)s->months.items[i].held);
  }
  return chart_html(c->arena, chart);
}

static void add_figure(Context *c, AuditSimulatePage *page, const char *label, const char *value,
                       const char *why, const char *tone, const char *icon) {
  figure_add(
      c, &page->figures,
      (FigureTile){
          .label = label, .value = value, .why = why, .tone = tone, .icon = icon, .href = ""});
}

static const SimulatedMonth *first_beyond(const Simulation *s) {
  for (size_t i = 0; i < s->months.count; i++)
    if (s->months.items[i].beyond > 0) return &s->months.items[i];
  return NULL;
}

static void fill_figures(Context *c, const SimulationAsked *asked, const Simulation *s,
                         AuditSimulatePage *page) {
  const SimulatedMonth *last = &s->months.items[s->months.count - 1], *beyond = first_beyond(s);
  add_figure(c, page, _("Coverage at the end"), share_words(c, last->coverage),
             text_format(c->arena, _("%lld of %lld audits of the plan"), (long long)last->held,
                         (long long)last->due),
             last->held < last->due ? "late" : "done", "i-chart-line");
  add_figure(c, page, _("Units beyond their interval"),
             text_format(c->arena, "%lld", (long long)last->beyond),
             beyond == NULL ? _("in no month of the cycle")
                            : text_format(c->arena, _("the first of them by the end of %s"),
                                          grid_month(c, beyond->month)),
             beyond == NULL ? "done" : "missed", "i-alert-octagon");
  for (size_t i = 0; i < s->months.count; i++) {
    const SimulatedMonth *m = &s->months.items[i];
    if (!m->external) continue;
    add_figure(c, page, text_format(c->arena, _("External audit, %s"), grid_month(c, m->month)),
               share_words(c, m->coverage), _("of the audits due by then are held"), "stage",
               "i-flag");
    break;
  }
  if (asked->scenario == SCENARIO_LEAVES)
    add_figure(c, page, _("Later audits that stay"),
               text_format(c->arena, _("%lld of %lld"), (long long)s->kept, (long long)s->of),
               _("keep their month and their auditor"), "", "i-calendar-check");
}

static void fill_choices(Context *c, const SimulationAsked *asked, const AuditProgramme *programme,
                         AuditSimulatePage *page) {
  Auditors auditors = {0};
  for (Scenario s = SCENARIO_PLANNED; s <= SCENARIO_LEAVES; s++)
    *list_add(c->arena, &page->scenarios) =
        (AuditOption){scenario_name(s), scenario_title(s), s == asked->scenario};
  if (asked->scenario != SCENARIO_LEAVES || !auditors_load(c, &auditors)) return;
  for (size_t i = 0; i < auditors.count; i++)
    *list_add(c->arena, &page->auditors) =
        (AuditOption){.value = text_format(c->arena, "%lld", (long long)auditors.items[i].person),
                      .title = auditors.items[i].name,
                      .chosen = auditors.items[i].person == asked->leaver};
  for (int32_t month = 0; month < programme->months; month++)
    *list_add(c->arena, &page->months) =
        (AuditOption){.value = text_format(c->arena, "%d", month),
                      .title = grid_month(c, date_add_months(programme->start, month)),
                      .chosen = month == asked->month};
}

// The adopted version, else the latest proposal.
static bool version_to_walk(Context *c, AuditProgramme *out) {
  return audit_programme_latest(c, PROGRAMME_ADOPTED, out) ||
         (context_ok(c) && audit_programme_latest(c, PROGRAMME_PROPOSED, out));
}

void audit_simulate_handler(Request *r, const AuditSimulateInput *in) {
  Context *c = &r->context;
  AuditProgramme programme;
  AuditSimulatePage page = {.scenario = "", .lead = ""};
  SimulationAsked asked = {.month = in->month.has ? (int32_t)in->month.value : LEAVE_MONTH,
                           .leaver = in->auditor,
                           .seed = SEED};
  if (in->scenario != NULL) scenario_parse(in->scenario, &asked.scenario);
  page.scenario = scenario_name(asked.scenario);
  page.leaves = asked.scenario == SCENARIO_LEAVES;
  if (version_to_walk(c, &programme)) {
    Simulation s;
    asked.programme = programme.id;
    if (!audit_programme_simulate(c, &asked, &s)) return;
    page.version = programme.number;
    page.lead = lead_of(c, &asked, &s, date_add_months(programme.start, asked.month));
    page.chart = chart_of(c, &s);
    page.moves = (TextList){s.moves.items, s.moves.count, s.moves.count};
    page.breaks = (TextList){s.breaks.items, s.breaks.count, s.breaks.count};
    fill_figures(c, &asked, &s, &page);
    fill_rows(c, &s, &page);
    fill_choices(c, &asked, &programme, &page);
  }
  if (context_ok(c)) respond_audit_simulate_page(r, &page);
}
