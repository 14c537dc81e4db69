// SPDX-License-Identifier: Apache-2.0
#include "diary/simulate.h"

#include <stdlib.h>
#include <string.h>

#include "diary/duty.h"
#include "diary/plan_lines.h"

#define YEARS_MOST 12

bool behaviour_parse(const char *name, Behaviour *out) {
  static const char *const names[] = {"nobody", "planned", "slip"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (text_equal(name, names[i])) {
      *out = (Behaviour)i;
      return true;
    }
  }
  return false;
}

typedef struct Walk {
  Context *c;
  Date from, to;
  Behaviour behaviour;
  PlanLines lines; // held_on: when it is concluded in the walk; DATE_NONE = never
} Walk;

// Which tenth slips is fixed by the activity, so that two walks agree.
static bool slips(const PlanLine *line, size_t index) {
  uint32_t hash = 2166136261u;
  for (const char *p = line->id; *p != '\0'; p++) hash = (hash ^ (uint8_t)*p) * 16777619u;
  return (hash + (uint32_t)index) % SLIP_ONE_IN == 0;
}

static Date held_in_walk(const Walk *walk, const PlanLine *line, size_t index) {
  if (line->state == STATE_CONCLUDED) return line->held_on;
  if (walk->behaviour == BEHAVE_NOBODY) return DATE_NONE;
  Date held = date_compare(line->due, walk->from) < 0 ? walk->from : line->due;
  if (walk->behaviour == BEHAVE_SLIP && slips(line, index)) held = date_add_days(held, SLIP_DAYS);
  return held;
}

static const Duty *duty_of(const Duties *duties, int64_t id) {
  for (size_t i = 0; i < duties->count; i++) {
    if (duties->items[i].id == id) return &duties->items[i];
  }
  return NULL;
}

// Duties that count from their completion get their next activity as they do in the diary.
static void continue_from_completion(Walk *walk, const Duties *duties) {
  for (size_t i = 0; i < walk->lines.count; i++) {
    PlanLine line = walk->lines.items[i];
    const Duty *duty = line.duty == 0 ? NULL : duty_of(duties, line.duty);
    if (duty == NULL || duty->anchor != ANCHOR_COMPLETION || duty->every_months <= 0 ||
        line.state >= STATE_CONCLUDED || date_is_none(line.held_on))
      continue;
    Date due = date_add_months(line.held_on, duty->every_months);
    if (date_compare(due, walk->to) > 0 || date_compare(due, duty->until) >= 0) continue;
    int32_t window = date_diff(line.latest, line.due);
    line.id = text_format(walk->c->arena, "%s+", line.id);
    line.earliest = line.baseline = line.due = due;
    line.latest = date_add_days(due, window);
    line.held_on = held_in_walk(walk, &line, walk->lines.count);
    *list_add(walk->c->arena, &walk->lines) = line;
  }
}

static Status status_on(const PlanLine *line, Date day) {
  bool done = !date_is_none(line->held_on) && date_compare(line->held_on, day) <= 0;
  State state = done                             ? STATE_CONCLUDED
                : line->state == STATE_CONCLUDED ? STATE_PLANNED
                                                 : line->state;
  return activity_status(state, line->due, line->latest, day);
}

static SimulatedLine simulated(const PlanLine *line, Status status) {
  return (SimulatedLine){.id = line->id,
                         .kind = line->kind,
                         .title = line->title,
                         .stage = line->stage,
                         .owner = line->owner,
                         .why = line->why,
                         .due = line->due,
                         .latest = line->latest,
                         .status = status};
}

static int missed_first(const void *a, const void *b) {
  const SimulatedLine *left = a, *right = b;
  if (left->status != right->status) return left->status == STATUS_MISSED ? -1 : 1;
  int order = date_compare(left->due, right->due);
  return order != 0 ? order : strcmp(left->id, right->id);
}

static void look(const Walk *walk, Date day, SimulatedMonth *out) {
  int64_t due = 0, done = 0;
  *out = (SimulatedMonth){.on = day};
  for (size_t i = 0; i < walk->lines.count; i++) {
    const PlanLine *line = &walk->lines.items[i];
    Status status = status_on(line, day);
    if (status == STATUS_CONCLUDED) done++;
    if (status != STATUS_LATE && status != STATUS_MISSED) continue;
    due++;
    *(status == STATUS_LATE ? &out->late : &out->missed) += 1;
    *list_add(walk->c->arena, &out->overdue) = simulated(line, status);
  }
  out->done = share_of(done, done + due);
  list_sort(&out->overdue, missed_first);
}

static void walk_months(const Walk *walk, Simulation *out) {
  Date day = date_month_end(walk->from);
  for (;;) {
    if (date_compare(day, walk->to) > 0) day = walk->to;
    look(walk, day, list_add(walk->c->arena, &out->months));
    if (date_compare(day, walk->to) >= 0) return;
    day = date_month_end(date_add_days(day, 1));
  }
}

static int by_day(const void *a, const void *b) {
  const SimulatedEvent *left = a, *right = b;
  int order = date_compare(left->on, right->on);
  return order != 0 ? order : strcmp(left->line.id, right->line.id);
}

static void collect_missed(const Walk *walk, Simulation *out) {
  for (size_t i = 0; i < walk->lines.count; i++) {
    const PlanLine *line = &walk->lines.items[i];
    Date closed = date_add_days(line->latest, 1);
    if (date_compare(closed, walk->from) < 0 || date_compare(closed, walk->to) > 0 ||
        status_on(line, closed) != STATUS_MISSED)
      continue;
    *list_add(walk->c->arena, &out->missed) =
        (SimulatedEvent){.on = closed, .line = simulated(line, STATUS_MISSED)};
  }
  list_sort(&out->missed, by_day);
}

bool simulate(Context *c, Date from, Date to, Behaviour behaviour, Simulation *out) {
  *out = (Simulation){.from = from, .to = to};
  if (date_compare(to, from) < 0)
    return invalid(c, "to", _("The walk ends on the day it begins, or later."));
  if (date_compare(to, date_add_months(from, 12 * YEARS_MOST)) > 0)
    return invalid(c, "to", _("A walk lasts %d years at most."), YEARS_MOST);
  Walk walk = {.c = c, .from = from, .to = to, .behaviour = behaviour};
  Duties duties;
  if (!plan_lines(c, &walk.lines) || !duty_list(c, NULL, &duties)) return false;
  for (size_t i = 0; i < walk.lines.count; i++)
    walk.lines.items[i].held_on = held_in_walk(&walk, &walk.lines.items[i], i);
  continue_from_completion(&walk, &duties);
  walk_months(&walk, out);
  collect_missed(&walk, out);
  return context_ok(c);
}
