// SPDX-License-Identifier: Apache-2.0
#include "diary/witness.h"

#include "diary/diary.h"
#include "diary/witness.sql.h"

#define WINDOW "activity.planned activity.moved"

// The states only ever rise, and each has its action.
static const ActionValue states[] = {
    {"activity.planned", STATE_PLANNED},
    {"activity.scheduled", STATE_SCHEDULED},
    {"activity.started", STATE_UNDER_WAY},
    {"activity.recorded", STATE_UNDER_WAY},
    {"activity.concluded", STATE_CONCLUDED},
    {"activity.imported", STATE_CONCLUDED},
    {"activity.cancelled", STATE_CANCELLED},
    {"activity.superseded", STATE_CANCELLED},
    {0},
};

static const WitnessColumn columns[] = {
    {.name = "kind", .actions = "activity.planned"},
    {.name = "title", .actions = "activity.planned"},
    {.name = "stage", .actions = "activity.planned"},
    {.name = "baseline", .word = "due", .actions = "activity.planned", .first = true},
    {.name = "earliest", .actions = WINDOW},
    {.name = "due", .actions = WINDOW},
    {.name = "latest", .actions = WINDOW},
    {.name = "state", .by_action = states},
    {.name = "held_on", .actions = "activity.recorded"},
    {.name = "result", .actions = "activity.recorded"},
    {.name = "cancel_reason",
     .word = "reason",
     .actions = "activity.cancelled activity.superseded"},
};

static void fill(Context *c, const SqlWitnessActivitiesRow *from, WitnessRow *to) {
  const char *const values[] = {
      from->kind,     from->title,  from->stage,        from->baseline,
      from->earliest, from->due,    from->latest,       witness_number(c, from->state),
      from->held_on,  from->result, from->cancel_reason};
  _Static_assert(COUNT_OF(values) == COUNT_OF(columns), "every column has its value");
  *to = witness_row(c, from->id, values, COUNT_OF(values));
}

static WitnessRows activity_page(Context *c, int64_t after) {
  SqlWitnessActivitiesRows rows =
      sql_witness_activities(c, (SqlWitnessActivities){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = witness_rows(c, rows.count);
  for (size_t i = 0; i < rows.count; i++) fill(c, &rows.items[i], &page.items[i]);
  return page;
}

const Witness activity_witness = {.kind = "activity",
                                  .columns = columns,
                                  .column_count = COUNT_OF(columns),
                                  .page = activity_page};
