// SPDX-License-Identifier: Apache-2.0
// Pages of objectives and their readings.
#include "http/request.h"
#include "registers/lists.h"
#include "registers/measure.h"
#include "registers/objectives.routes.h"
#include "registers/objectives.views.h"
#include "report/chart.h"

static const char *with_unit(Context *c, const Measure *measure, double value) {
  const char *number = reading_number(c->arena, value);
  return measure->unit[0] == '\0' ? number : text_format(c->arena, "%s %s", number, measure->unit);
}

static const char *target_of(Context *c, const Measure *measure) {
  if (!measure->target.has) return measure->target_words;
  return text_format(c->arena, "%s %s", measure->direction == DIRECTION_LOWER ? "≤" : "≥",
                     with_unit(c, measure, measure->target.value));
}

typedef struct Judged {
  const char *name, *title, *icon;
} Judged;

static Judged judge(const Measure *measure, const Reading *latest) {
  if (latest == NULL) return (Judged){"not_measured", _("Not measured"), "i-circle-dashed"};
  if (!measure->target.has) return (Judged){"measured", _("Measured, without a target"), "i-ruler"};
  return measure_met(measure, latest->value)
             ? (Judged){"met", _("Target met"), "i-circle-check"}
             : (Judged){"not_met", _("Target not met"), "i-alert-triangle"};
}

static ObjectiveRow row_of(Context *c, const Measure *measure, const Readings *readings,
                           const Periods *periods) {
  const Reading *latest = measure_latest(readings, c->today);
  Judged judged = judge(measure, latest);
  Chart *chart = measure_chart(c, measure, periods);
  return (ObjectiveRow){
      .id = measure->item,
      .ref = measure->ref,
      .name = measure->name,
      .metric = measure->metric,
      .owner = measure->owner,
      .target = target_of(c, measure),
      .latest = latest == NULL ? _("not measured") : with_unit(c, measure, latest->value),
      .measured = latest != NULL,
      .measured_on = latest == NULL ? DATE_NONE : latest->on,
      .state = judged.name,
      .state_title = judged.title,
      .icon = judged.icon,
      .missing = periods_missing(periods),
      .chart = chart_is_empty(chart) ? (Html){"", 0} : chart_spark(c->arena, chart)};
}

void objectives_handler(Request *r, const ObjectivesInput *in) {
  (void)in;
  Context *c = &r->context;
  Measures measures = {0};
  if (!measure_list(c, &measures)) return;
  ObjectivesPage page = {0};
  page.rows.items = arena_array(c->arena, measures.count + 1, sizeof(ObjectiveRow));
  for (size_t i = 0; i < measures.count; i++) {
    Readings readings = {0};
    Periods periods = {0};
    if (!measure_readings(c, &measures.items[i], &readings)) return;
    measure_periods(c, &measures.items[i], &readings, c->today, &periods);
    ObjectiveRow row = row_of(c, &measures.items[i], &readings, &periods);
    page.met += text_equal(row.state, "met");
    page.measured += row.measured;
    page.missing += row.missing;
    page.rows.items[page.rows.count++] = row;
  }
  Register book;
  if (measures.count > 0 && register_named(c, "objectives", &book)) page.register_id = book.id;
  if (context_ok(c)) respond_objectives_page(r, &page);
}

static PeriodRowList period_rows(Context *c, const Measure *measure, const Periods *periods) {
  PeriodRowList list = {.items = arena_array(c->arena, periods->count + 1, sizeof(PeriodRow))};
  for (size_t i = periods->count; i-- > 0;) {
    const Period *one = &periods->items[i];
    list.items[list.count++] = (PeriodRow){
        .from = one->from,
        .to = one->to,
        .value = one->value.has ? with_unit(c, measure, one->value.value) : _("not measured"),
        .missing = !one->value.has && !one->running,
        .running = one->running};
  }
  return list;
}

static ReadingRowList reading_rows(Context *c, const Measure *measure, const Readings *readings) {
  ReadingRowList list = {.items = arena_array(c->arena, readings->count + 1, sizeof(ReadingRow))};
  for (size_t i = readings->count; i-- > 0;) {
    const Reading *one = &readings->items[i];
    list.items[list.count++] = (ReadingRow){.id = one->id,
                                            .on = one->on,
                                            .value = with_unit(c, measure, one->value),
                                            .source = one->source,
                                            .by = one->by,
                                            .withdrawn = one->withdrawn,
                                            .why = one->why_withdrawn};
  }
  return list;
}

void objective_handler(Request *r, const ObjectiveInput *in) {
  Context *c = &r->context;
  Measure measure;
  Readings readings = {0};
  Periods periods = {0};
  if (!measure_get(c, in->id, &measure) || !measure_readings(c, &measure, &readings)) return;
  measure_periods(c, &measure, &readings, c->today, &periods);
  Chart *chart = measure_chart(c, &measure, &periods);
  ObjectivePage page = {
      .id = measure.item,
      .version = measure.version,
      .ref = measure.ref,
      .name = measure.name,
      .metric = measure.metric,
      .owner = measure.owner,
      .unit = measure.unit,
      .direction = measure.direction == DIRECTION_LOWER ? "lower" : "higher",
      .target = measure.target,
      .target_words = measure.target_words,
      .baseline = measure.baseline,
      .frequency = measure.frequency,
      .every_months = measure.every_months,
      .every_words = measure.every_months == 1
                         ? _("every month")
                         : text_format(c->arena, _("every %d months"), measure.every_months),
      .first_on = measure.first_on,
      .row = row_of(c, &measure, &readings, &periods),
      .chart = chart_is_empty(chart) ? (Html){"", 0} : chart_html(c->arena, chart),
      .periods = period_rows(c, &measure, &periods),
      .readings = reading_rows(c, &measure, &readings),
      .today = c->today};
  if (context_ok(c)) respond_objective_page(r, &page);
}

static const char *home(Request *r, int64_t id) {
  return text_format(r->context.arena, "/o/%s/objectives/%lld", r->org_slug, (long long)id);
}

void objective_measure_handler(Request *r, const ObjectiveMeasureInput *in) {
  const MeasureSet set = {.item = in->id,
                          .version = in->version.has ? in->version.value : 0,
                          .unit = in->unit,
                          .direction = text_equal(in->direction, "lower") ? DIRECTION_LOWER
                                                                          : DIRECTION_HIGHER,
                          .target = in->target,
                          .every_months = (int32_t)in->every_months,
                          .first_on = in->first_on};
  if (measure_set(&r->context, &set)) request_done(r, in->id, home(r, in->id), _("Saved."));
}

void objective_record_handler(Request *r, const ObjectiveRecordInput *in) {
  const ReadingNew reading = {
      .item = in->id, .value = in->value, .on = in->at, .source = in->source};
  int64_t id;
  if (reading_record(&r->context, &reading, &id))
    request_done(r, id, home(r, in->id), _("The reading is recorded."));
}

void reading_withdraw_handler(Request *r, const ReadingWithdrawInput *in) {
  if (reading_withdraw(&r->context, in->id, in->reading, in->why))
    request_done(r, in->reading, home(r, in->id), _("It counts no more, and stays visible."));
}
