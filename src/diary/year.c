// SPDX-License-Identifier: Apache-2.0
#include "diary/year.h"

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/lines.h"

bool year_from(Context *c, Date from, Year *out) {
  int year, month, day;
  date_split(from, &year, &month, &day);
  *out = (Year){.from = date_make(year, month, 1)};
  out->to = date_add_days(date_add_months(out->from, 12), -1);
  for (int kind = 0; kind < DUTY_KIND_COUNT; kind++)
    out->lanes[kind] = (YearLane){.kind = (DutyKind)kind, .title = duty_kind_title((DutyKind)kind)};
  SqlActivityMarksRows rows = sql_activity_marks(
      c, (SqlActivityMarks){.from = out->from, .to = out->to, .limit = YEAR_MARKS + 1});
  for (size_t i = 0; i < rows.count && i < YEAR_MARKS; i++) {
    const SqlActivityMarksRow *row = &rows.items[i];
    State state = (State)row->state;
    *list_add(c->arena, &out->lanes[kind_of(row->kind)].marks) =
        (YearMark){.id = row->id,
                   .title = row->title,
                   .stage = row->stage,
                   .status = activity_status(state, row->due, row->latest, c->today),
                   .baseline = row->baseline,
                   .due = row->due,
                   .latest = row->latest,
                   .held_on = state == STATE_CONCLUDED ? row->held_on : DATE_NONE};
  }
  if (rows.count > YEAR_MARKS) {
    SqlActivityMarksCountRow count = {0};
    sql_activity_marks_count(c, (SqlActivityMarksCount){.from = out->from, .to = out->to}, &count);
    out->cut = count.total - YEAR_MARKS;
  }
  return context_ok(c);
}

Date certificate_year(Date decision, int number) {
  int year, month, day;
  date_split(date_add_months(decision, 12 * number), &year, &month, &day);
  return date_make(year, month, 1);
}

Date year_of_certificate(Date decision, Date today) {
  int number = 0;
  while (number < 40 && date_compare(certificate_year(decision, number + 1), today) <= 0) number++;
  return certificate_year(decision, number);
}
