// SPDX-License-Identifier: Apache-2.0
#include "diary/programme.h"

#include <stdlib.h>
#include <string.h>

#include "diary/programme_layout.h"

#define AUDIT_BEFORE_REVIEW_DAYS 5
#define CATCH_UP_FIRST_DAY       9
#define CATCH_UP_STEP            3

void programme_duties(Context *c, const Facts *facts, Proposals *out) {
  for (size_t i = 0; diary_rooms[i] != NULL; i++) diary_rooms[i]->propose(c, facts, out);
}

Date series_date(const Proposal *duty, int32_t k) {
  bool anchored = date_is_set(duty->series_from);
  Date from = anchored ? duty->series_from : duty->first;
  int32_t offset = anchored ? duty->series_months : 0;
  return date_add_months(from, offset + duty->every_months * k);
}

// ---- dates of their own: external audits and what prepares them ----

static int year_of(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return year;
}

static const char *rest_day_nudge(const Layout *layout, int64_t site, Date series) {
  const char *rest = workday_rest_name(layout->calendar, site, series);
  if (rest == NULL) return NULL;
  return text_format(layout->c->arena, _("%s is not a working day (%s)"),
                     date_words(layout->c->arena, series), rest);
}

static void emit_date(Layout *layout, const Proposal *duty, const ProposalDate *date, Date due,
                      const char *nudge) {
  PlannedActivity *activity = layout_emit(layout, duty, date->series, due, nudge);
  activity->title = date->title;
  activity->stage = date->stage;
  activity->latest = date->latest;
  if (date->duration_minutes > 0) activity->duration_minutes = date->duration_minutes;
  const char *why = date->why == NULL ? duty->why : date->why;
  activity->why = nudge == NULL ? why : why_with(layout->c, why, nudge);
}

static bool is_external(const ProposalDate *date) {
  return text_equal(date->stage, "surveillance") || text_equal(date->stage, "recertification");
}

static Date lay_own_date(Layout *layout, const Proposal *duty, const ProposalDate *date) {
  if (date_compare(date->latest, layout->start) < 0)
    return DATE_NONE; // before the start: counts as done
  Date year_start = date_make(year_of(date->series), 1, 1);
  Slot slot = {.target = date->series,
               .low = date_later(layout->start, year_start),
               .high = date->latest,
               .site = duty->site};
  const char *nudge = rest_day_nudge(layout, duty->site, date->series);
  if (date_compare(slot.target, layout->start) < 0) {
    slot.target = date_earlier(date_add_days(layout->start, 7), date->latest);
    nudge = _("its planned date lies before the start, its last day does not; if it has been held "
              "already, record that");
  }
  Date due = slot_pick(layout, &slot);
  emit_date(layout, duty, date, due, date_compare(due, date->series) == 0 ? NULL : nudge);
  if (is_external(date) && layout->external_count < CYCLE_AUDITS_MAX)
    layout->external[layout->external_count++] = due;
  return due;
}

static void lay_preparation(Layout *layout, const Proposal *duty, ProposalDate date, Date audit) {
  date.series = date_add_days(audit, -date.days_before);
  if (date_compare(date.series, layout->start) < 0) return;
  Date due = workday_on_or_before(layout->calendar, duty->site, date.series);
  if (date_compare(due, layout->start) < 0)
    due = date_earlier(workday_on_or_after(layout->calendar, duty->site, date.series),
                       date_add_days(audit, -1));
  date.latest = date_earlier(date_add_days(due, duty->tolerance_days), date_add_days(audit, -1));
  emit_date(layout, duty, &date, due, NULL);
}

static void lay_dates(Layout *layout, const Proposal *duty) {
  Date *due = arena_array(layout->c->arena, duty->date_count, sizeof *due);
  for (size_t i = 0; i < duty->date_count; i++)
    due[i] = duty->dates[i].prepares == 0 ? lay_own_date(layout, duty, &duty->dates[i]) : DATE_NONE;
  for (size_t i = 0; i < duty->date_count; i++) {
    const ProposalDate *date = &duty->dates[i];
    if (date->prepares > 0 && (size_t)date->prepares <= duty->date_count &&
        !date_is_none(due[date->prepares - 1]))
      lay_preparation(layout, duty, *date, due[date->prepares - 1]);
  }
}

// ---- series ----

typedef struct Series {
  const Proposal *duty;
  Date previous; // the last one before, known or laid out
  Date until;
  int32_t maximum; // months; 0 = none
  bool clear;      // keeps clear of external audits
} Series;

static const char *join_nudge(Layout *layout, const char *a, const char *b) {
  if (a == NULL || b == NULL) return a == NULL ? b : a;
  return text_format(layout->c->arena, "%s, and %s", a, b);
}

// Moves the target before the clear days of an external audit, if there is room.
static const char *step_clear(Layout *layout, Series *series, Slot *slot) {
  slot->keeps_clear = false;
  if (!series->clear) return NULL;
  Date external = layout_external_over(layout, slot->target);
  slot->keeps_clear = true;
  if (date_is_none(external)) return NULL;
  int32_t days =
      CYCLE_CLEAR_DAYS + (series->duty->kind == DUTY_AUDIT ? AUDIT_BEFORE_REVIEW_DAYS : 0);
  Date target = date_add_days(external, -days);
  const char *when = date_words(layout->c->arena, external);
  if (date_compare(target, slot->low) < 0) {
    slot->keeps_clear = false;
    return text_format(layout->c->arena,
                       _("there is no room left to keep %d days before the external audit of %s"),
                       CYCLE_CLEAR_DAYS, when);
  }
  slot->target = target;
  slot->high = target;
  return text_format(layout->c->arena,
                     _("moved earlier so that it lies %d days or more before the external audit "
                       "of %s"),
                     CYCLE_CLEAR_DAYS, when);
}

static void lay_at(Layout *layout, Series *series, Date nominal, Slot slot, const char *nudge) {
  const char *clear = step_clear(layout, series, &slot);
  slot.may_crowd = series->maximum > 0 && series->maximum <= series->duty->every_months;
  const char *rest = NULL;
  if (nudge == NULL && clear == NULL) rest = rest_day_nudge(layout, series->duty->site, nominal);
  Date due = slot_pick(layout, &slot);
  if (rest == NULL && nudge == NULL && clear == NULL && date_compare(due, nominal) != 0)
    rest = _("its own day was full already");
  layout_emit(layout, series->duty, nominal, due,
              join_nudge(layout, nudge, clear == NULL ? rest : clear));
  series->previous = due;
}

// How far a date of the series is pulled forward to keep the maximum, before one is put in between.
static int32_t pull_days(const Proposal *duty) {
  return duty->every_months <= 3 ? 45 : duty->every_months * 10;
}

static const char *limit_nudge(Layout *layout, const Series *series, bool beyond) {
  if (!beyond)
    return text_format(layout->c->arena, _("not later than %d months after the one before, of %s"),
                       series->maximum, date_words(layout->c->arena, series->previous));
  return text_format(layout->c->arena,
                     _("counting from %s it is already beyond its maximum of %d months, so it is "
                       "planned within %d days of the start"),
                     date_words(layout->c->arena, series->previous), series->maximum,
                     CATCH_UP_DAYS);
}

// The last day for the next one, and whether that day was over before the plan starts.
typedef struct Limit {
  Date by;
  bool beyond;
} Limit;

static Limit series_limit(const Layout *layout, const Series *series) {
  Date last_day = date_add_days(series->until, -1);
  if (series->maximum == 0) return (Limit){.by = last_day};
  Date by = date_add_months(series->previous, series->maximum);
  bool beyond = date_compare(by, layout->start) < 0;
  if (beyond) by = date_add_days(layout->start, CATCH_UP_DAYS);
  return (Limit){.by = date_earlier(by, last_day), .beyond = beyond};
}

typedef enum Fill { FILL_NOT_NEEDED, FILL_PUT_BETWEEN, FILL_PULLED } Fill;

// Where `next` would lie beyond the maximum: pulls it forward if it is near, else puts one between.
static Fill fill_gap(Layout *layout, Series *series, Date next, bool may_pull) {
  Limit limit = series_limit(layout, series);
  Slot slot = {.target = limit.by,
               .low = date_later(layout->start, date_add_days(series->previous, 1)),
               .high = limit.by,
               .site = series->duty->site};
  if (date_compare(next, limit.by) <= 0 || date_compare(slot.low, slot.high) > 0)
    return FILL_NOT_NEEDED;
  if (limit.beyond) {
    int32_t turn = CATCH_UP_FIRST_DAY + CATCH_UP_STEP * (layout->catch_ups++ % 7);
    slot.target = date_earlier(date_add_days(layout->start, turn), limit.by);
  }
  bool pulled = may_pull && date_diff(next, limit.by) <= pull_days(series->duty);
  lay_at(layout, series, pulled ? next : slot.target, slot,
         limit_nudge(layout, series, limit.beyond));
  return pulled ? FILL_PULLED : FILL_PUT_BETWEEN;
}

static void lay_next(Layout *layout, Series *series, Date nominal) {
  Fill fill = FILL_PUT_BETWEEN;
  while (fill == FILL_PUT_BETWEEN) fill = fill_gap(layout, series, nominal, true);
  if (fill == FILL_PULLED) return;
  Slot slot = {.target = nominal,
               .low = date_later(layout->start, date_add_days(series->previous, 1)),
               .high = series_limit(layout, series).by,
               .site = series->duty->site};
  lay_at(layout, series, nominal, slot, NULL);
}

// After the last date of the series: none may be missing before the end.
static void lay_tail(Layout *layout, Series *series) {
  while (series->maximum > 0 &&
         date_compare(date_add_months(series->previous, series->maximum), series->until) < 0) {
    if (fill_gap(layout, series, series->until, false) == FILL_NOT_NEEDED) return;
  }
}

static void lay_once(Layout *layout, Series *series) {
  const Proposal *duty = series->duty;
  Date nominal = series_date(duty, 0);
  Slot slot = {.target = nominal,
               .low = layout->start,
               .high = date_add_days(series->until, -1),
               .site = duty->site};
  const char *nudge = NULL;
  if (date_compare(nominal, layout->start) < 0) {
    Date latest = date_add_days(nominal, duty->tolerance_days);
    bool open = date_compare(latest, layout->start) >= 0;
    if (!open && duty->register_item == 0) return;
    slot.target = date_add_days(layout->start, open ? 3 : 14);
    if (open) slot.high = date_earlier(slot.high, latest);
    slot.target = date_earlier(slot.target, slot.high);
    nudge = text_format(layout->c->arena, _("its date, %s, lies before the start"),
                        date_words(layout->c->arena, nominal));
    nominal = slot.target;
  }
  if (date_compare(nominal, series->until) < 0) lay_at(layout, series, nominal, slot, nudge);
}

static void lay_series(Layout *layout, const Proposal *duty) {
  Series series = {
      .duty = duty,
      .previous = date_is_set(duty->last) ? duty->last : layout->facts->decision,
      .until = date_is_set(duty->until) ? duty->until : layout->facts->expiry,
      // A pace the organisation chose beyond the maximum is kept; the breach is said elsewhere.
      .maximum = duty->maximum_months >= duty->every_months ? duty->maximum_months : 0,
      .clear = duty->kind == DUTY_AUDIT || duty->kind == DUTY_MANAGEMENT_REVIEW,
  };
  if (date_compare(series.until, layout->start) <= 0) return;
  // A register's date that is past already is not skipped: it stands for work that waits.
  bool waits = duty->register_item != 0 && duty->anchor == ANCHOR_COMPLETION &&
               date_compare(duty->first, layout->start) < 0;
  if (duty->every_months <= 0 || waits) {
    lay_once(layout, &series);
    return;
  }
  // From the last completion: only the next one is known.
  bool only_next = duty->anchor == ANCHOR_COMPLETION;
  for (int32_t k = 0;; k++) {
    Date nominal = series_date(duty, k);
    if (date_is_none(nominal) || date_compare(nominal, series.until) >= 0) break;
    if (date_compare(nominal, layout->start) < 0 || date_compare(nominal, series.previous) <= 0)
      continue;
    if (only_next && fill_gap(layout, &series, nominal, true) != FILL_NOT_NEEDED) return;
    lay_next(layout, &series, nominal);
    if (only_next) return;
  }
  lay_tail(layout, &series);
}

// ---- the whole ----

static int by_due(const void *a, const void *b) {
  const PlannedActivity *left = a, *right = b;
  int order = date_compare(left->due, right->due);
  if (order == 0) order = date_compare(left->series, right->series);
  return order != 0 ? order : strcmp(left->duty->key, right->duty->key);
}

static size_t count_titles(const char *const *titles) {
  size_t count = 0;
  while (titles != NULL && titles[count] != NULL) count++;
  return count;
}

static void number_activities(const Proposals *duties, PlannedActivities *activities) {
  for (size_t i = 0; i < duties->count; i++) {
    const Proposal *duty = &duties->items[i];
    size_t titles = count_titles(duty->titles);
    int32_t ordinal = 0;
    for (size_t k = 0; k < activities->count; k++) {
      PlannedActivity *activity = &activities->items[k];
      if (activity->duty != duty) continue;
      activity->ordinal = ++ordinal;
      if (titles > 0) activity->title = _(duty->titles[(size_t)(ordinal - 1) % titles]);
    }
  }
}

void programme_lay_out(Context *c, const Programme *programme, PlannedActivities *out) {
  const Facts *facts = programme->facts;
  const Proposals *duties = programme->duties;
  Layout layout = {.c = c, .facts = facts, .calendar = programme->calendar, .out = out};
  layout.start = date_later(programme->start, facts->decision);
  int32_t days = date_diff(facts->expiry, layout.start) + 1;
  layout.days = days > 0 ? (size_t)days : 1;
  layout.load = arena_array(c->arena, layout.days, 1);
  for (size_t i = 0; i < programme->external_count && i < CYCLE_AUDITS_MAX; i++)
    layout.external[layout.external_count++] = programme->external[i];
  for (size_t i = 0; i < duties->count; i++) {
    if (duties->items[i].date_count > 0)
      lay_dates(&layout, &duties->items[i]);
    else
      lay_series(&layout, &duties->items[i]);
  }
  layout_guarantee_order(&layout, duties);
  list_sort(out, by_due);
  number_activities(duties, out);
  for (size_t i = 0; i < out->count; i++) out->items[i].why = why_sentence(c, out->items[i].why);
}
