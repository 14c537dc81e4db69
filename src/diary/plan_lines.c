// SPDX-License-Identifier: Apache-2.0
#include "diary/plan_lines.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/lines.h"

static void add_adopted(Context *c, PlanLines *out) {
  SqlActivityWholeRows rows = sql_activity_whole(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityWholeRow *row = &rows.items[i];
    *list_add(c->arena, out) =
        (PlanLine){.id = text_format(c->arena, "%lld", (long long)row->id),
                   .duty = row->duty,
                   .kind = kind_of(row->kind),
                   .state = (State)row->state,
                   .title = row->title,
                   .stage = row->stage,
                   .why = row->why,
                   .baseline = row->baseline,
                   .earliest = row->earliest,
                   .due = row->due,
                   .latest = row->latest,
                   .held_on = row->held_on,
                   .owner = owner_words(c, row->owner_name, row->position_title, row->holder_name)};
  }
}

// One look-up for each duty, not for each of its activities.
static const char *proposal_owner(Context *c, const Proposals *duties, const char **labels,
                                  const Proposal *duty) {
  size_t index = (size_t)(duty - duties->items);
  if (labels[index] == NULL) labels[index] = owner_label(c, duty->owner);
  return labels[index];
}

static bool add_proposed(Context *c, PlanLines *out) {
  Proposals duties = {0};
  PlannedActivities planned = {0};
  if (!diary_plan(c, &duties, &planned)) return false;
  const char **labels = arena_array(c->arena, duties.count, sizeof *labels);
  for (size_t i = 0; i < planned.count; i++) {
    const PlannedActivity *activity = &planned.items[i];
    *list_add(c->arena, out) =
        (PlanLine){.id = text_format(c->arena, "%s/%d", activity->duty->key, activity->ordinal),
                   .proposed = true,
                   .kind = activity->duty->kind,
                   .state = STATE_PLANNED,
                   .title = activity->title,
                   .stage = activity->stage == NULL ? "" : activity->stage,
                   .why = activity->why,
                   .baseline = activity->due,
                   .earliest = activity->earliest,
                   .due = activity->due,
                   .latest = activity->latest,
                   .held_on = DATE_NONE,
                   .owner = proposal_owner(c, &duties, labels, activity->duty)};
  }
  return context_ok(c);
}

static int by_due(const void *a, const void *b) {
  const PlanLine *left = a, *right = b;
  int order = date_compare(left->due, right->due);
  return order != 0 ? order : strcmp(left->id, right->id);
}

bool plan_lines(Context *c, PlanLines *out) {
  READ_TRANSACTION(c, tx);
  add_adopted(c, out);
  if (!context_ok(c) || !add_proposed(c, out)) return false;
  list_sort(out, by_due);
  return true;
}
