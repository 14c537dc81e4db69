// SPDX-License-Identifier: Apache-2.0
#include "diary/programme_layout.h"

#include <string.h>

#define CROWD                   2 // activities on a day before another day is preferred
#define CROWD_SHIFT             4 // days given up for a less crowded one
#define LONGEST_SHIFT           30
#define REVIEW_AFTER_AUDIT_DAYS 14

static bool same_month(Date a, Date b) {
  int year_a, month_a, year_b, month_b, day;
  date_split(a, &year_a, &month_a, &day);
  date_split(b, &year_b, &month_b, &day);
  return year_a == year_b && month_a == month_b;
}

Date layout_external_over(const Layout *layout, Date day) {
  for (size_t i = 0; i < layout->external_count; i++) {
    int32_t before = date_diff(layout->external[i], day);
    if (before >= 0 && before < CYCLE_CLEAR_DAYS) return layout->external[i];
  }
  return DATE_NONE;
}

static uint8_t *load_of(const Layout *layout, Date day) {
  int32_t index = date_diff(day, layout->start);
  return index < 0 || (size_t)index >= layout->days ? NULL : &layout->load[index];
}

static bool slot_takes(const Layout *layout, const Slot *slot, Date day, uint8_t crowd) {
  if (!workday_is(layout->calendar, slot->site, day)) return false;
  if (slot->keeps_clear && !date_is_none(layout_external_over(layout, day))) return false;
  const uint8_t *load = load_of(layout, day);
  return load == NULL || *load < crowd;
}

typedef struct Scan {
  int32_t step, reach;
  bool in_month;
  uint8_t crowd;
} Scan;

static bool slot_scan(const Layout *layout, const Slot *slot, Scan scan, Date *found) {
  for (int32_t i = 0; i <= scan.reach; i++) {
    Date day = date_add_days(slot->target, i * scan.step);
    if (scan.in_month && !same_month(day, slot->target)) return false;
    if (date_compare(day, slot->low) < 0 || date_compare(day, slot->high) > 0) return false;
    if (slot_takes(layout, slot, day, scan.crowd)) {
      *found = day;
      return true;
    }
  }
  return false;
}

Date slot_pick(const Layout *layout, const Slot *slot) {
  static const Scan scans[] = {
      {-1, CROWD_SHIFT, true, CROWD},       {-1, LONGEST_SHIFT, true, UINT8_MAX},
      {1, LONGEST_SHIFT, true, UINT8_MAX},  {-1, LONGEST_SHIFT, false, UINT8_MAX},
      {1, LONGEST_SHIFT, false, UINT8_MAX},
  };
  Date found;
  for (size_t i = slot->may_crowd ? 1 : 0; i < COUNT_OF(scans); i++) {
    if (slot_scan(layout, slot, scans[i], &found)) return found;
  }
  return date_earlier(date_later(slot->target, slot->low), slot->high);
}

static size_t phrase_length(const char *why) {
  size_t length = strlen(why);
  return length > 0 && why[length - 1] == '.' ? length - 1 : length;
}

const char *why_with(Context *c, const char *why, const char *nudge) {
  return text_format(c->arena, "%.*s; %s", (int)phrase_length(why), why, nudge);
}

const char *why_sentence(Context *c, const char *why) {
  if (text_is_empty(why)) return "";
  char *sentence = text_format(c->arena, "%.*s.", (int)phrase_length(why), why);
  if (sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = (char)(sentence[0] - 'a' + 'A');
  return sentence;
}

// The rule, the date it counts from, and what moved it.
static const char *activity_why(const Layout *layout, const Proposal *duty, const char *nudge) {
  Context *c = layout->c;
  const char *why = duty->why == NULL ? "" : duty->why;
  if (duty->register_item == 0 && duty->date_count == 0)
    why = why_with(c, why,
                   text_format(c->arena, _("counted from the decision of %s"),
                               date_words(c->arena, layout->facts->decision)));
  return nudge == NULL ? why : why_with(c, why, nudge);
}

PlannedActivity *layout_emit(Layout *layout, const Proposal *duty, Date series, Date due,
                             const char *nudge) {
  Date last_day = date_add_days(date_is_set(duty->until) ? duty->until : layout->facts->expiry, -1);
  Date latest = date_add_days(date_earlier(series, due), duty->tolerance_days);
  latest = date_later(date_earlier(latest, last_day), due);
  Date earliest = date_later(date_add_days(due, -duty->lead_days), layout->start);
  PlannedActivity *activity = list_add(layout->c->arena, layout->out);
  *activity = (PlannedActivity){
      .duty = duty,
      .title = duty->title,
      .series = series,
      .earliest = date_earlier(earliest, due),
      .due = due,
      .latest = latest,
      .why = activity_why(layout, duty, nudge),
      .duration_minutes = duty->duration_minutes,
  };
  uint8_t *load = load_of(layout, due);
  if (load != NULL && *load < UINT8_MAX) (*load)++;
  return activity;
}

// ---- internal audits → management review → at least thirty days → external audit ----

static const PlannedActivity *latest_of(const Layout *layout, DutyKind kind, Date after,
                                        Date not_after) {
  const PlannedActivity *found = NULL;
  for (size_t i = 0; i < layout->out->count; i++) {
    const PlannedActivity *activity = &layout->out->items[i];
    if (activity->duty->kind != kind || date_compare(activity->due, after) <= 0 ||
        date_compare(activity->due, not_after) > 0)
      continue;
    if (found == NULL || date_compare(activity->due, found->due) > 0) found = activity;
  }
  return found;
}

// The duty of a kind that is running on that day: the last one whose series has begun.
static const Proposal *duty_running(const Proposals *duties, DutyKind kind, Date day) {
  const Proposal *found = NULL;
  for (size_t i = 0; i < duties->count; i++) {
    const Proposal *duty = &duties->items[i];
    if (duty->kind != kind || duty->every_months == 0) continue;
    if (found == NULL || date_compare(series_date(duty, 0), day) <= 0) found = duty;
  }
  return found;
}

static bool insert_before(Layout *layout, const Proposals *duties, DutyKind kind, Slot slot,
                          Date external) {
  const Proposal *duty = duty_running(duties, kind, slot.target);
  if (duty == NULL || date_compare(slot.low, slot.high) > 0) return false;
  Date due = slot_pick(layout, &slot);
  const char *nudge = text_format(
      layout->c->arena,
      _("added so that an internal audit and then a management review lie at least %d days before "
        "the external audit of %s"),
      CYCLE_CLEAR_DAYS, date_words(layout->c->arena, external));
  PlannedActivity *added = layout_emit(layout, duty, slot.target, due, nudge);
  added->latest = date_later(date_earlier(added->latest, slot.high), due);
  return true;
}

// Audit, then review, in (after, external - 30]; nothing can be added before the start.
static void guarantee_before(Layout *layout, const Proposals *duties, Date after, Date external) {
  Date clear = date_add_days(external, -CYCLE_CLEAR_DAYS);
  Date low = date_later(layout->start, date_add_days(after, 1));
  if (date_compare(date_add_days(low, 2), clear) > 0) return;
  const PlannedActivity *review = latest_of(layout, DUTY_MANAGEMENT_REVIEW, after, clear);
  if (review == NULL) {
    insert_before(layout, duties, DUTY_MANAGEMENT_REVIEW,
                  (Slot){.target = clear, .low = date_add_days(low, 1), .high = clear}, external);
    review = latest_of(layout, DUTY_MANAGEMENT_REVIEW, after, clear);
    if (review == NULL) return;
  }
  Date before_review = date_add_days(review->due, -1);
  if (latest_of(layout, DUTY_AUDIT, after, before_review) != NULL) return;
  Date target = date_later(date_add_days(review->due, -REVIEW_AFTER_AUDIT_DAYS), low);
  Slot slot = {.target = target, .low = low, .high = before_review};
  if (insert_before(layout, duties, DUTY_AUDIT, slot, external)) return;
  // The review comes too early for an audit before it: audit after it, and review once more.
  const PlannedActivity *audit = latest_of(layout, DUTY_AUDIT, after, date_add_days(clear, -1));
  if (audit == NULL) {
    slot = (Slot){.target = date_add_days(clear, -REVIEW_AFTER_AUDIT_DAYS),
                  .low = low,
                  .high = date_add_days(clear, -1)};
    slot.target = date_later(slot.target, low);
    if (!insert_before(layout, duties, DUTY_AUDIT, slot, external)) return;
    audit = &layout->out->items[layout->out->count - 1];
  }
  Date after_audit = date_add_days(date_later(audit->due, review->due), 1);
  insert_before(layout, duties, DUTY_MANAGEMENT_REVIEW,
                (Slot){.target = clear, .low = after_audit, .high = clear}, external);
}

void layout_guarantee_order(Layout *layout, const Proposals *duties) {
  if (duty_running(duties, DUTY_AUDIT, layout->start) == NULL ||
      duty_running(duties, DUTY_MANAGEMENT_REVIEW, layout->start) == NULL)
    return;
  Date after = layout->facts->decision;
  for (size_t i = 0; i < layout->external_count; i++) {
    guarantee_before(layout, duties, after, layout->external[i]);
    after = layout->external[i];
  }
}
