// SPDX-License-Identifier: Apache-2.0
#include "improvement/list.h"

#include "diary/lines.h"
#include "improvement/list.sql.h"
#include "improvement/work.h"

enum { LIST_DEFAULT = 50, LIST_MOST = 200 };

static int64_t limit_of(int64_t limit) {
  return limit <= 0 ? LIST_DEFAULT : limit > LIST_MOST ? LIST_MOST : limit;
}

FindingFilter finding_filter(void) {
  return (FindingFilter){.from = DATE_NONE, .to = DATE_NONE};
}

// ---- findings ----

static bool states_of(Context *c, const char *status, SqlFindingList *in) {
  in->state_to = STEP_COUNT - 1;
  if (text_is_empty(status)) return true;
  in->overdue = text_equal(status, "overdue");
  in->unsorted = text_equal(status, "unsorted");
  if (in->overdue || in->unsorted || text_equal(status, "open")) {
    in->state_to = STEP_EFFECTIVE;
    return true;
  }
  if (text_equal(status, "ended")) {
    in->state_from = STEP_CLOSED;
    return true;
  }
  for (int state = 0; state < STEP_COUNT; state++) {
    if (!text_equal(status, step_name((FindingState)state))) continue;
    in->state_from = in->state_to = state;
    return true;
  }
  return invalid(c, "status", _("There is no status “%s”."), status);
}

static bool list_of(Context *c, const FindingFilter *filter, SqlFindingList *in) {
  static const struct {
    const char *name;
    SqlFindingListSort sort;
  } sorts[] = {{"due", SQL_FINDING_LIST_DUE},
               {"raised", SQL_FINDING_LIST_RAISED},
               {"title", SQL_FINDING_LIST_TITLE},
               {"grade", SQL_FINDING_LIST_GRADE}};
  FindingGrade grade = GRADE_COUNT;
  if (!text_is_empty(filter->grade) && !grade_parse(filter->grade, &grade))
    return invalid(c, "grade", _("There is no grade “%s”."), filter->grade);
  *in = (SqlFindingList){.grade = grade == GRADE_COUNT ? -1 : (int64_t)grade,
                         .source = words_of(filter->source),
                         .kind = words_of(filter->kind),
                         .find = words_of(filter->text),
                         .person = filter->person,
                         .raised_from = date_is_none(filter->from) ? DATE_FIRST : filter->from,
                         .raised_to = date_is_none(filter->to) ? DATE_LAST : filter->to,
                         .offset = filter->offset < 0 ? 0 : filter->offset,
                         .limit = limit_of(filter->limit),
                         .descending = filter->descending};
  for (size_t i = 0; i < COUNT_OF(sorts); i++)
    if (text_equal(filter->sort, sorts[i].name)) in->sort = sorts[i].sort;
  return states_of(c, filter->status, in);
}

bool finding_list(Context *c, const FindingFilter *filter, FindingLines *out) {
  SqlFindingList in;
  SqlFindingListCountRow count = {0};
  *out = (FindingLines){0};
  if (!list_of(c, filter, &in)) return false;
  SqlFindingListRows rows = sql_finding_list(c, in);
  out->items = arena_array(c->arena, rows.count + 1, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = FINDING_LINE(c, &rows.items[i]);
  sql_finding_list_count(c,
                         (SqlFindingListCount){.grade = in.grade,
                                               .source = in.source,
                                               .kind = in.kind,
                                               .find = in.find,
                                               .person = in.person,
                                               .state_from = in.state_from,
                                               .state_to = in.state_to,
                                               .overdue = in.overdue,
                                               .unsorted = in.unsorted,
                                               .raised_from = in.raised_from,
                                               .raised_to = in.raised_to},
                         &count);
  out->total = count.total;
  return context_ok(c);
}

bool finding_figures(Context *c, FindingFigures *out) {
  SqlFindingFiguresRow row = {0};
  sql_finding_figures(c, &row);
  *out = (FindingFigures){row.majors, row.open, row.overdue, row.unsorted, row.to_check};
  return context_ok(c);
}

// ---- actions ----

static bool action_states(Context *c, const char *status, SqlActionList *in) {
  static const char *const names[] = {"open", "under_way", "done", "cancelled"};
  in->state_to = 1;
  in->overdue = text_equal(status, "overdue");
  if (text_is_empty(status) || in->overdue) return true;
  if (text_equal(status, "all")) {
    in->state_to = 3;
    return true;
  }
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (!text_equal(status, names[i])) continue;
    in->state_from = in->state_to = (int64_t)i;
    return true;
  }
  return invalid(c, "status", _("There is no status “%s”."), status);
}

bool action_list(Context *c, const ActionFilter *filter, ActionLines *out) {
  SqlActionListCountRow count = {0};
  SqlActionList in = {.priority = filter->priority,
                      .finding = filter->finding,
                      .find = words_of(filter->text),
                      .person = filter->person,
                      .offset = filter->offset < 0 ? 0 : filter->offset,
                      .limit = limit_of(filter->limit),
                      .sort = text_equal(filter->sort, "title")      ? SQL_ACTION_LIST_TITLE
                              : text_equal(filter->sort, "priority") ? SQL_ACTION_LIST_PRIORITY
                                                                     : SQL_ACTION_LIST_DUE,
                      .descending = filter->descending};
  *out = (ActionLines){0};
  if (!action_states(c, filter->status, &in)) return false;
  SqlActionListRows rows = sql_action_list(c, in);
  out->items = arena_array(c->arena, rows.count + 1, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++) out->items[out->count++] = ACTION_LINE(c, &rows.items[i]);
  sql_action_list_count(c,
                        (SqlActionListCount){.priority = in.priority,
                                             .finding = in.finding,
                                             .find = in.find,
                                             .person = in.person,
                                             .state_from = in.state_from,
                                             .state_to = in.state_to,
                                             .overdue = in.overdue},
                        &count);
  out->total = count.total;
  return context_ok(c);
}
