// SPDX-License-Identifier: Apache-2.0
#include "diary/activity.h"

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/lines.h"

#include <stdlib.h>
#include <string.h>

const char *owner_words(Context *c, const char *person, const char *position, const char *holder) {
  if (person != NULL) return person;
  if (position == NULL) return _("nobody yet");
  if (holder == NULL) return text_format(c->arena, _("%s (vacant)"), position);
  return holder; // as owner_label says it
}

DutyKind kind_of(const char *name) {
  DutyKind kind = DUTY_CONTROL_CHECK;
  duty_kind_parse(name, &kind);
  return kind;
}

int32_t activity_slip(State state, Date baseline, Date due, Date held_on) {
  bool held = state == STATE_CONCLUDED && !date_is_none(held_on);
  return date_diff(held ? held_on : due, baseline);
}

ActivityLine activity_line(Context *c, const LineRow *row) {
  ActivityLine line = row->line;
  line.owner = owner_words(c, row->owner, row->position, row->holder);
  line.status = activity_status(row->state, line.due, line.latest, c->today);
  line.slip_days = activity_slip(row->state, line.baseline, line.due, line.held_on);
  line.days = date_diff(line.due, c->today);
  return line;
}

bool activity_get(Context *c, int64_t id, Activity *out) {
  SqlActivityGetRow row;
  if (!sql_activity_get(c, (SqlActivityGet){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such activity.")) : false;
  State state = (State)row.state;
  *out = (Activity){
      .id = row.id,
      .duty = row.duty,
      .version = row.version,
      .sequence = row.sequence,
      .kind = kind_of(row.kind),
      .uid = row.uid,
      .title = row.title,
      .stage = row.stage,
      .why = row.why,
      .duty_title = row.duty_title,
      .duty_key = row.duty_key,
      .state = state,
      .status = activity_status(state, row.due, row.latest, c->today),
      .series = row.series,
      .baseline = row.baseline,
      .earliest = row.earliest,
      .due = row.due,
      .latest = row.latest,
      .held_on = row.held_on,
      .slip_days = activity_slip(state, row.baseline, row.due, row.held_on),
      .start_minute = (int32_t)row.start_minute,
      .duration_minutes = (int32_t)row.duration_minutes,
      .site = row.site,
      .system = row.system,
      .site_name = row.site_name == NULL ? "" : row.site_name,
      .time_zone = row.time_zone,
      .owner = {.person = row.owner_person, .position = row.owner_position},
      .owner_label = owner_words(c, row.owner_name, row.position_title, row.holder_name),
      .result = row.result,
      .cancel_reason = row.cancel_reason,
      .imported = row.imported,
      .superseded_by = row.superseded_by,
      .concluded = row.concluded,
      .concluded_by = row.concluded_by_name == NULL ? "" : row.concluded_by_name,
  };
  return true;
}

static const char *name_or_none(const char *name) {
  return name == NULL ? "" : name;
}

static void detail_items(Context *c, ActivityDetail *out) {
  SqlActivityItemsRows rows =
      sql_activity_items(c, (SqlActivityItems){.activity = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityItemsRow *row = &rows.items[i];
    *list_add(c->arena, &out->items) = (ActivityItem){.id = row->id,
                                                      .text = row->body,
                                                      .state = (ItemState)row->state,
                                                      .reason = row->reason,
                                                      .changed_by = name_or_none(row->changed_by),
                                                      .changed = row->changed};
  }
}

static void detail_moves(Context *c, ActivityDetail *out) {
  SqlActivityMovesRows rows =
      sql_activity_moves(c, (SqlActivityMoves){.activity = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityMovesRow *row = &rows.items[i];
    *list_add(c->arena, &out->moves) = (ActivityMoveLine){.from = row->from_due,
                                                          .to = row->to_due,
                                                          .reason = row->reason,
                                                          .by = name_or_none(row->moved_by),
                                                          .at = row->moved};
  }
}

static void detail_notes(Context *c, ActivityDetail *out) {
  SqlActivityNotesRows rows =
      sql_activity_notes(c, (SqlActivityNotes){.activity = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityNotesRow *row = &rows.items[i];
    *list_add(c->arena, &out->notes) = (ActivityNote){.id = row->id,
                                                      .correction = row->correction,
                                                      .body = row->body,
                                                      .by = name_or_none(row->written_by),
                                                      .at = row->written};
  }
}

static int by_name(const void *left, const void *right) {
  const ActivityPerson *a = left, *b = right;
  int order = strcmp(a->name, b->name);
  return order != 0 ? order : (a->person > b->person) - (a->person < b->person);
}

static void detail_people(Context *c, ActivityDetail *out) {
  SqlActivityPeopleRows rows =
      sql_activity_people(c, (SqlActivityPeople){.activity = out->activity.id});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &out->people) = (ActivityPerson){
        .person = rows.items[i].person, .name = rows.items[i].name, .part = rows.items[i].part};
  if (rows.count > 1) qsort(out->people.items, out->people.count, sizeof(ActivityPerson), by_name);
}

bool activity_detail(Context *c, int64_t id, ActivityDetail *out) {
  *out = (ActivityDetail){0};
  READ_TRANSACTION(c, tx);
  if (!activity_get(c, id, &out->activity)) return false;
  detail_items(c, out);
  detail_moves(c, out);
  detail_notes(c, out);
  detail_people(c, out);
  if (out->activity.state < STATE_CONCLUDED) {
    activity_gaps(c, id, &out->gaps);
    out->breach = activity_move_breach(c, id, out->activity.due);
  }
  return context_ok(c);
}
