// SPDX-License-Identifier: Apache-2.0
// Raising a finding, and reading one.
#include "db/db.h"
#include "diary/lines.h"
#include "improvement/grade.h"
#include "improvement/work.h"
#include "registers/registers.h"

#include <string.h>

bool title_is_sound(Context *c, const char *title) {
  if (text_is_empty(title)) return invalid(c, "title", _("Say in a few words what it is."));
  if (strlen(title) > TITLE_MOST)
    return invalid(c, "title", _("At most %d characters; the rest belongs into the details."),
                   TITLE_MOST);
  return true;
}

bool words_are_there(Context *c, const char *field, const char *text, const char *what) {
  if (text_is_empty(text)) return invalid(c, field, "%s", what);
  if (strlen(text) > WORDS_MOST) return invalid(c, field, _("At most %d characters."), WORDS_MOST);
  return true;
}

const char *finding_place(Context *c, int64_t id) {
  return text_format(c->arena, "/findings/%lld", (long long)id);
}

bool improvement_tell(Context *c, const ImprovementNews *news) {
  for (size_t i = 0; improvement_listeners[i] != NULL; i++)
    if (!improvement_listeners[i](c, news)) return false;
  return context_ok(c);
}

// ---- reading ----

FindingLine finding_line(Context *c, FindingLine line) {
  line.label = text_format(c->arena, "F-%lld", (long long)line.number);
  line.open = line.state < STEP_CLOSED;
  line.overdue = line.open && !date_is_none(line.due) && date_compare(c->today, line.due) > 0;
  line.status = step_name((FindingState)line.state);
  line.words = line.unsorted && line.state == STEP_RAISED ? _("To be sorted")
                                                          : step_title((FindingState)line.state);
  return line;
}

bool finding_load(Context *c, int64_t id, int64_t version, SqlFindingByIdRow *row) {
  if (!sql_finding_by_id(c, (SqlFindingById){.id = id}, row))
    return context_ok(c) ? not_found(c, _("There is no such finding.")) : false;
  if (version != 0 && version != row->version)
    return conflict(c,
                    _("Somebody changed “%s” meanwhile: it is now at version %lld, and %s. What "
                      "you entered is still here; look at theirs, then save yours again."),
                    row->title, (long long)row->version, step_title((FindingState)row->state));
  return true;
}

bool finding_get(Context *c, int64_t id, Finding *out) {
  SqlFindingByIdRow row;
  if (!finding_load(c, id, 0, &row)) return false;
  *out = (Finding){.line = FINDING_LINE(c, &row),
                   .state = (FindingState)row.state,
                   .source_object = row.source_object,
                   .activity = row.activity,
                   .item = row.item,
                   .repeats = row.repeats,
                   .round = row.round,
                   .statement = row.statement,
                   .criterion = row.criterion,
                   .seen = row.seen,
                   .source_place = row.source_place,
                   .reporter = row.reporter,
                   .raised_by = words_of(row.raised_by),
                   .owner = {.person = row.owner_person, .position = row.owner_position},
                   .baseline = row.baseline,
                   .imported = row.imported > 0,
                   .worked_on = row.imported != 1,
                   .correction = row.correction,
                   .containment = row.containment,
                   .cause = row.cause,
                   .cause_kind = row.cause_kind,
                   .extent = row.extent,
                   .decision_reason = row.decision_reason,
                   .improved = row.improved,
                   .corrected_on = row.corrected_on,
                   .contained_on = row.contained_on,
                   .cause_on = row.cause_on,
                   .extent_on = row.extent_on,
                   .parked_until = row.parked_until,
                   .check_from = row.check_from,
                   .method = (CauseMethod)row.cause_method,
                   .decision = (Decision)row.decision,
                   .closed_by = words_of(row.closed_by),
                   .places = row.places,
                   .actions_done = row.actions_done,
                   .checks = row.effective};
  return true;
}

bool findings_of_source(Context *c, const char *source, int64_t object, FindingLines *out) {
  SqlFindingOfSourceRows rows =
      sql_finding_of_source(c, (SqlFindingOfSource){.source = source, .object = object});
  *out = (FindingLines){.items = arena_array(c->arena, rows.count + 1, sizeof *out->items)};
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = FINDING_LINE(c, &rows.items[i]);
  out->total = (int64_t)out->count;
  return context_ok(c);
}

bool finding_in_search(Context *c, int64_t id) {
  SqlFindingByIdRow row;
  if (!finding_load(c, id, 0, &row)) return false;
  const char *title = text_format(c->arena, "F-%lld %s", (long long)row.number, row.title);
  const char *parts[] = {row.ref,          row.statement,   row.criterion, row.seen,
                         row.correction,   row.containment, row.cause,     row.extent,
                         row.source_title, row.area,        row.improved};
  return search_put(c, "finding", id, title, text_join(c->arena, "\n", parts, COUNT_OF(parts)),
                    finding_place(c, id));
}

// ---- raising ----

static bool raise_is_sound(Context *c, const FindingRaise *what) {
  title_is_sound(c, what->title);
  if ((unsigned)what->grade >= GRADE_COUNT) invalid(c, "grade", _("There is no such grade."));
  if (text_is_empty(what->source)) invalid(c, "source", _("Say where it comes from."));
  if (date_given(what->raised) && date_compare(what->raised, c->today) > 0)
    invalid(c, "raised", _("%s has not come yet."), date_words(c->arena, what->raised));
  if (what->statement != NULL && strlen(what->statement) > WORDS_MOST)
    invalid(c, "statement", _("At most %d characters."), WORDS_MOST);
  if (what->evidence != NULL && strlen(what->evidence) > WORDS_MOST)
    invalid(c, "evidence", _("At most %d characters."), WORDS_MOST);
  return context_ok(c);
}

static const char *kind_of_duty(Context *c, const FindingRaise *what) {
  SqlFindingActivityKindRow row;
  if (what->activity == 0) return words_of(what->duty_kind);
  if (sql_finding_activity_kind(c, (SqlFindingActivityKind){.activity = what->activity}, &row))
    return row.kind;
  if (context_ok(c)) not_found(c, _("There is no such activity."));
  return "";
}

int64_t finding_next_number(Context *c) {
  SqlFindingCounterNowRow row = {0};
  sql_finding_count_up(c);
  sql_finding_counter_now(c, &row);
  return row.last;
}

// A major tells top management: a notice that stays, on their Today until they have seen it.
bool finding_tell_leaders(Context *c, int64_t id, const char *title, Date due) {
  SqlFindingLeadersRows rows =
      sql_finding_leaders(c, (SqlFindingLeaders){.role = ROLE_TOP_MANAGEMENT});
  for (size_t i = 0; i < rows.count; i++) {
    int64_t person = rows.items[i].person;
    sql_finding_notice_insert(c, (SqlFindingNoticeInsert){.finding = id, .person = person});
    LedgerEntry *entry = ledger_entry(c, "finding.leader_told", "finding", id);
    ledger_number(entry, "person", person);
    if (!ledger_write(entry)) return false;
    ImprovementNews news = {.what = "finding.major_raised",
                            .finding = id,
                            .to = {.person = person},
                            .title = title,
                            .place = finding_place(c, id),
                            .due = due};
    if (!improvement_tell(c, &news)) return false;
  }
  return context_ok(c);
}

static bool tell_ledger(Context *c, int64_t id, const SqlFindingInsert *row) {
  LedgerEntry *entry = ledger_entry(c, "finding.raised", "finding", id);
  ledger_number(entry, "number", row->number);
  ledger_value(entry, "grade", grade_name((FindingGrade)row->grade));
  ledger_personal(entry, "title", row->title);
  ledger_personal(entry, "statement", row->statement);
  if (row->criterion[0] != '\0') ledger_value(entry, "criterion", row->criterion);
  if (row->seen[0] != '\0') ledger_personal(entry, "seen", row->seen);
  ledger_value(entry, "source", row->source);
  if (row->source_object != 0) ledger_number(entry, "source_object", row->source_object);
  if (row->reporter[0] != '\0') ledger_personal(entry, "reporter", row->reporter);
  ledger_day(entry, "raised", row->raised);
  if (!date_is_none(row->due)) ledger_day(entry, "due", row->due);
  ledger_value(entry, "state", step_name((FindingState)row->state));
  ledger_number(entry, "owner_person", row->owner_person);
  ledger_number(entry, "owner_position", row->owner_position);
  return ledger_write(entry);
}

static bool tell_owner(Context *c, int64_t id, const SqlFindingInsert *row) {
  if ((row->owner_person == 0 && row->owner_position == 0) || row->imported != 0) return true;
  ImprovementNews news = {.what = "finding.given",
                          .finding = id,
                          .to = {.person = row->owner_person, .position = row->owner_position},
                          .title = row->title,
                          .place = finding_place(c, id),
                          .due = row->due};
  return improvement_tell(c, &news);
}

bool finding_put_new(Context *c, const SqlFindingInsert *row, bool tells, int64_t *id) {
  *id = sql_finding_insert(c, *row);
  if (*id <= 0 || !tell_ledger(c, *id, row) || !finding_in_search(c, *id)) return false;
  return (!tells || finding_tell_leaders(c, *id, row->title, row->due)) && tell_owner(c, *id, row);
}

bool finding_raise(Context *c, const FindingRaise *what, int64_t *id) {
  GradeRules rules;
  if (!raise_is_sound(c, what)) return false;
  TRANSACTION(c, tx);
  if (!grade_rules(c, &rules)) return false;
  const GradeRule *rule = &rules.of[what->grade];
  Date raised = date_given(what->raised) ? what->raised : c->today;
  Date due = date_given(what->due) ? what->due
             : rule->due_days > 0  ? date_add_days(raised, (int32_t)rule->due_days)
                                   : DATE_NONE;
  StepFacts facts = {.grade = what->grade};
  SqlFindingInsert row = {.ref = "",
                          .title = text_trim(c->arena, what->title),
                          .statement = words_of(what->statement),
                          .criterion = words_of(what->criterion),
                          .seen = words_of(what->evidence),
                          .grade = what->grade,
                          .is_sorted = !what->unsorted,
                          .duty_kind = kind_of_duty(c, what),
                          .area = words_of(what->area),
                          .source = what->source,
                          .source_object = what->source_object,
                          .source_title = words_of(what->source_title),
                          .source_place = words_of(what->source_place),
                          .activity = what->activity,
                          .reporter = words_of(what->reporter),
                          .owner_person = what->owner.person,
                          .owner_position = what->owner.position,
                          .raised = raised,
                          .due = due,
                          .state = step_of(&facts)};
  if (!context_ok(c)) return false;
  row.number = finding_next_number(c);
  return finding_put_new(c, &row, rule->tells, id) && transaction_commit(&tx);
}
