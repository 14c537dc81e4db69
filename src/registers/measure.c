// SPDX-License-Identifier: Apache-2.0
#include "registers/measure.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "registers/kinds.h"
#include "registers/measure.sql.h"
#include "report/chart.h"

#include <inttypes.h>
#include <math.h>

enum { MEASURES_MOST = 500, READINGS_MOST = 2000, USUAL_MONTHS = 3, CHARTED_MOST = 16 };

static const char *or_nothing(const char *text) {
  return text == NULL ? "" : text;
}

static Date month_first(Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return date_make(year, month, 1);
}

static const char *owner_of(Context *c, const SqlMeasureRowsRow *row) {
  if (row->owner_name != NULL) return row->owner_name;
  if (row->holder_name != NULL) return row->holder_name;
  if (row->position_title != NULL)
    return text_format(c->arena, _("%s (vacant)"), row->position_title);
  return row->owner_text;
}

// What nobody has set up is read from the register's own words.
static void from_words(Context *c, const SqlMeasureRowsRow *row, Measure *out) {
  MeasureWords target, baseline;
  bool has_target = measure_words(c->arena, row->target_words, &target);
  bool has_baseline = measure_words(c->arena, row->baseline, &baseline);
  out->direction = DIRECTION_HIGHER;
  if (has_target) {
    out->target = (OptReal){true, target.value};
    out->unit = target.unit;
    bool falls = has_baseline && baseline.value > target.value;
    if (target.direction < 0 || (target.direction == 0 && falls)) out->direction = DIRECTION_LOWER;
  }
  int32_t months = interval_months(row->frequency);
  out->every_months = months >= 1 && months <= 12 ? months : USUAL_MONTHS;
  out->first_on = month_first(zone_date(c->zone, row->created, NULL));
}

static Measure measure_of(Context *c, const SqlMeasureRowsRow *row) {
  Measure out = {.item = row->item,
                 .version = row->version.has ? row->version.value : 0,
                 .ref = row->ref,
                 .name = row->title,
                 .metric = row->metric,
                 .unit = or_nothing(row->unit),
                 .owner = owner_of(c, row),
                 .baseline = row->baseline,
                 .target_words = row->target_words,
                 .frequency = row->frequency,
                 .target = row->target,
                 .first_on = row->first_on};
  if (out.version == 0) {
    from_words(c, row, &out);
    return out;
  }
  out.direction = row->direction.value < 0 ? DIRECTION_LOWER : DIRECTION_HIGHER;
  out.every_months = (int32_t)row->every_months.value;
  return out;
}

bool measure_list(Context *c, Measures *out) {
  SqlMeasureRowsRows rows = sql_measure_rows(c, (SqlMeasureRows){.limit = MEASURES_MOST});
  for (size_t i = 0; i < rows.count; i++) *list_add(c->arena, out) = measure_of(c, &rows.items[i]);
  return context_ok(c);
}

bool measure_get(Context *c, int64_t item, Measure *out) {
  SqlMeasureRowsRows rows = sql_measure_rows(c, (SqlMeasureRows){.item = item, .limit = 1});
  if (rows.count == 0)
    return context_ok(c) && not_found(c, _("There is no such objective in the register."));
  *out = measure_of(c, &rows.items[0]);
  return true;
}

// ---- readings ----

// A current value that only the register knows counts as a reading of the day it names.
static void add_register_value(Context *c, const Measure *measure, Readings *out) {
  SqlMeasureRowsRows rows =
      sql_measure_rows(c, (SqlMeasureRows){.item = measure->item, .limit = 1});
  MeasureWords words;
  if (rows.count == 0 || !measure_words(c->arena, rows.items[0].current_value, &words)) return;
  Date created = zone_date(c->zone, rows.items[0].created, NULL);
  bool future = !date_is_none(words.day) && date_compare(words.day, created) > 0;
  *list_add(c->arena, out) =
      (Reading){.on = date_is_none(words.day) || future ? created : words.day,
                .value = words.value,
                .source = text_format(c->arena, _("the register: %s"), rows.items[0].current_value),
                .by = "",
                .why_withdrawn = "",
                .recorded = rows.items[0].created};
}

static void sort_by_day(Readings *readings) {
  for (size_t i = 1; i < readings->count; i++)
    for (size_t k = i; k > 0 && date_compare(readings->items[k].on, readings->items[k - 1].on) < 0;
         k--) {
      Reading swap = readings->items[k];
      readings->items[k] = readings->items[k - 1];
      readings->items[k - 1] = swap;
    }
}

bool measure_readings(Context *c, const Measure *measure, Readings *out) {
  add_register_value(c, measure, out);
  SqlReadingListRows rows =
      sql_reading_list(c, (SqlReadingList){.item = measure->item, .limit = READINGS_MOST});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReadingListRow *row = &rows.items[i];
    *list_add(c->arena, out) = (Reading){.id = row->id,
                                         .on = row->taken_on,
                                         .value = row->value,
                                         .source = row->source,
                                         .by = or_nothing(row->by),
                                         .why_withdrawn = row->why_withdrawn,
                                         .recorded = row->recorded,
                                         .withdrawn = !instant_is_none(row->withdrawn)};
  }
  sort_by_day(out);
  return context_ok(c);
}

const Reading *measure_latest(const Readings *readings, Date on) {
  const Reading *latest = NULL;
  for (size_t i = 0; i < readings->count; i++)
    if (!readings->items[i].withdrawn && date_compare(readings->items[i].on, on) <= 0)
      latest = &readings->items[i];
  return latest;
}

bool measure_met(const Measure *measure, double value) {
  if (!measure->target.has) return true;
  return measure->direction == DIRECTION_LOWER ? value <= measure->target.value
                                               : value >= measure->target.value;
}

// ---- periods: where a reading is missing, it is shown as missing ----

static Date first_period(const Measure *measure, const Readings *readings) {
  Date first = measure->first_on;
  for (size_t i = 0; i < readings->count; i++)
    if (!readings->items[i].withdrawn && date_compare(readings->items[i].on, first) < 0)
      first = month_first(readings->items[i].on);
  return first;
}

static OptReal value_in(const Readings *readings, const Period *period, Date on) {
  OptReal value = {0};
  for (size_t i = 0; i < readings->count; i++) {
    const Reading *one = &readings->items[i];
    if (one->withdrawn || date_compare(one->on, period->from) < 0 ||
        date_compare(one->on, period->to) > 0 || date_compare(one->on, on) > 0)
      continue;
    value = (OptReal){true, one->value};
  }
  return value;
}

void measure_periods(Context *c, const Measure *measure, const Readings *readings, Date on,
                     Periods *out) {
  Date first = first_period(measure, readings);
  for (int32_t k = 0; k < PERIODS_MOST; k++) {
    Period period = {.from = date_add_months(first, k * measure->every_months)};
    if (date_compare(period.from, on) > 0) return;
    period.to = date_add_days(date_add_months(first, (k + 1) * measure->every_months), -1);
    period.running = date_compare(period.to, on) >= 0;
    period.value = value_in(readings, &period, on);
    *list_add(c->arena, out) = period;
  }
}

int64_t periods_missing(const Periods *periods) {
  int64_t missing = 0;
  for (size_t i = 0; i < periods->count; i++)
    missing += !periods->items[i].running && !periods->items[i].value.has;
  return missing;
}

static const char *period_label(Arena *arena, const Measure *measure, const Period *period) {
  int year, month, day;
  date_split(measure->every_months == 1 ? period->from : period->to, &year, &month, &day);
  return text_format(arena, "%s %d", month_short(month), year % 100);
}

struct Chart *measure_chart(Context *c, const Measure *measure, const Periods *periods) {
  Chart *chart = chart_new(c->arena, CHART_LINE, measure->name, measure->metric);
  chart->unit = measure->unit;
  chart->target = measure->target;
  chart->target_name = _("target");
  ChartSeries *series =
      chart_series(chart, measure->metric[0] != '\0' ? measure->metric : measure->name, INK_DOING);
  size_t from = periods->count > CHARTED_MOST ? periods->count - CHARTED_MOST : 0;
  for (size_t i = from; i < periods->count; i++) {
    const Period *period = &periods->items[i];
    if (period->value.has && fabs(period->value.value - round(period->value.value)) > 0.0005)
      chart->decimals = 1;
    chart_label(chart, period_label(c->arena, measure, period));
    if (period->value.has)
      chart_value(chart, series, period->value.value);
    else
      chart_gap(chart, series);
  }
  return chart;
}

// ---- changing ----

bool measure_set(Context *c, const MeasureSet *set) {
  TRANSACTION(c, tx);
  Measure before;
  if (!measure_get(c, set->item, &before)) return false;
  if (set->every_months < 1 || set->every_months > 12)
    invalid(c, "every_months", _("A reading every 1 to 12 months."));
  if (date_is_none(set->first_on))
    invalid(c, "first_on", _("Say from which day on readings are expected, as YYYY-MM-DD."));
  if (!context_ok(c)) return false;
  if (set->version != 0 && set->version != before.version)
    return conflict(c, _("Somebody changed this meanwhile. Look at it again and repeat."));
  int64_t rows =
      before.version == 0
          ? sql_measure_put(c, (SqlMeasurePut){set->item, or_nothing(set->unit), set->direction,
                                               set->target, set->every_months, set->first_on})
          : sql_measure_change(c,
                               (SqlMeasureChange){set->item, before.version, or_nothing(set->unit),
                                                  set->direction, set->target, set->every_months,
                                                  set->first_on});
  if (rows != 1)
    return context_ok(c) && conflict(c, _("Somebody was faster. Look at it again and repeat."));
  LedgerEntry *entry = ledger_entry(c, "measure.set", "register_item", set->item);
  ledger_text(entry, "unit", before.unit, or_nothing(set->unit));
  ledger_int(entry, "direction", before.direction, set->direction);
  ledger_int(entry, "every_months", before.every_months, set->every_months);
  if (set->target.has)
    ledger_value(entry, "measure_target", text_format(c->arena, "%g", set->target.value));
  ledger_day(entry, "first_on", set->first_on);
  return ledger_write(entry) && transaction_commit(&tx);
}

const char *reading_number(Arena *arena, double value) {
  return text_format(arena, "%.15g", value);
}

bool reading_record(Context *c, const ReadingNew *reading, int64_t *id) {
  TRANSACTION(c, tx);
  Measure measure;
  if (!measure_get(c, reading->item, &measure)) return false;
  Date on = date_is_none(reading->on) ? c->today : reading->on;
  if (!isfinite(reading->value)) invalid(c, "value", _("Give a number."));
  if (date_compare(on, c->today) > 0)
    invalid(c, "at", _("%s has not come yet."), date_words(c->arena, on));
  if (!context_ok(c)) return false;
  const char *source = or_nothing(reading->source);
  *id = sql_reading_insert(
      c, (SqlReadingInsert){
             .item = reading->item, .taken_on = on, .value = reading->value, .source = source});
  LedgerEntry *entry = ledger_entry(c, "reading.recorded", "reading", *id);
  ledger_number(entry, "item", reading->item);
  ledger_day(entry, "taken_on", on);
  ledger_value(entry, "value", reading_number(c->arena, reading->value));
  ledger_personal(entry, "source", source);
  return *id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool reading_withdraw(Context *c, int64_t item, int64_t reading, const char *why) {
  if (text_is_empty(why)) return invalid(c, "why", _("Say what was wrong; the reading stays."));
  TRANSACTION(c, tx);
  if (sql_reading_withdraw(c, (SqlReadingWithdraw){item, reading, why}) != 1)
    return context_ok(c) && not_found(c, _("There is no such reading, or it was withdrawn."));
  LedgerEntry *entry = ledger_entry(c, "reading.withdrawn", "reading", reading);
  ledger_number(entry, "item", item);
  ledger_personal(entry, "why_withdrawn", why);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool measure_named(Context *c, const char *name, int64_t *item) {
  Measures all = {0};
  size_t parts = 0;
  if (!measure_list(c, &all)) return false;
  *item = 0;
  for (size_t i = 0; i < all.count; i++) {
    const Measure *one = &all.items[i];
    bool whole = text_equal_fold(one->ref, name) || text_equal_fold(one->name, name);
    if (!whole && !text_contains_fold(one->name, name)) continue;
    *item = one->item;
    if (whole) return true;
    parts++;
  }
  if (parts == 1) return true;
  *item = 0;
  return parts == 0
             ? invalid(c, "name",
                       _("There is no objective “%s”. The register of objectives has "
                         "their references and names."),
                       name)
             : invalid(c, "name", _("%zu objectives have “%s” in their name: give the reference."),
                       parts, name);
}
