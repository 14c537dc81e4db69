// SPDX-License-Identifier: Apache-2.0
// Findings as files tell them: an entry of the register becomes a finding, as far along as the file
// says, and follows the file until somebody works on it here.
#include "improvement/import.h"

#include "db/db.h"
#include "improvement/grade.h"
#include "improvement/import.sql.h"
#include "improvement/work.h"

#include <string.h>

enum { TITLE_CUT = 300 };

static bool says(const char *text, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (text_contains_fold(text, words[i])) return true;
  return false;
}

FindingGrade grade_of_words(const char *words) {
  if (text_contains_fold(words, "major")) return GRADE_MAJOR;
  if (text_contains_fold(words, "minor")) return GRADE_MINOR;
  if (text_contains_fold(words, "observation")) return GRADE_OBSERVATION;
  if (text_contains_fold(words, "opportunit") || text_equal_fold(words, "ofi"))
    return GRADE_OPPORTUNITY;
  if (text_contains_fold(words, "idea") || text_contains_fold(words, "suggestion"))
    return GRADE_IDEA;
  if (text_equal_fold(words, "conformity") || text_contains_fold(words, "good practice"))
    return GRADE_CONFORMITY;
  return GRADE_MINOR; // a register of corrective actions holds nonconformities
}

static const char *source_of_words(const char *words) {
  static const struct {
    const char *part, *source;
  } known[] = {{"external audit", "external_audit"},
               {"surveillance", "external_audit"},
               {"certification", "external_audit"},
               {"audit", "audit"},
               {"incident", "incident"},
               {"management review", "review"},
               {"exercise", "exercise"},
               {"drill", "exercise"},
               {"complaint", "complaint"},
               {"customer", "complaint"},
               {"training", "training"},
               {"risk", "workshop"},
               {"threat", "threat"},
               {"supplier", "supplier"}};
  for (size_t i = 0; i < COUNT_OF(known); i++)
    if (text_contains_fold(words, known[i].part)) return known[i].source;
  return "register";
}

static bool is_closed(const SqlFindingItemRow *row) {
  static const char *const words[] = {"closed", "complete", "resolved", "verified", "done"};
  if (text_contains_fold(row->status, "not ")) return false;
  return !date_is_none(row->closed) || says(row->status, words, COUNT_OF(words));
}

static Date not_later(Date day, Date today) {
  return date_compare(day, today) > 0 ? today : day;
}

static Date raised_of(Context *c, const SqlFindingItemRow *row) {
  return date_is_none(row->raised) ? c->today : not_later(row->raised, c->today);
}

static Date closed_of(Context *c, const SqlFindingItemRow *row) {
  if (!date_is_none(row->closed)) return not_later(row->closed, c->today);
  Date due = date_is_none(row->due) ? raised_of(c, row) : row->due;
  return not_later(due, c->today);
}

static bool due_of(Context *c, const SqlFindingItemRow *row, FindingGrade grade, Date *due) {
  GradeRules rules;
  *due = row->due;
  if (!date_is_none(row->due)) return true;
  if (!grade_rules(c, &rules)) return false;
  int64_t days = rules.of[grade].due_days;
  if (days > 0) *due = date_add_days(raised_of(c, row), (int32_t)days);
  return true;
}

static const char *cut(Context *c, const char *title) {
  size_t length = strlen(title);
  if (length <= TITLE_CUT) return title;
  length = TITLE_CUT;
  while (length > 0 && ((unsigned char)title[length] & 0xC0) == 0x80) length--;
  return text_copy_n(c->arena, title, length);
}

// ---- the action that the file names ----

typedef struct FileAction {
  int64_t state, progress;
  Date due, done_on;
  const char *detail, *result;
} FileAction;

static FileAction action_of(Context *c, const SqlFindingItemRow *row, Date due) {
  bool closed = is_closed(row);
  bool begun =
      text_contains_fold(row->status, "progress") || text_contains_fold(row->status, "under way");
  const char *check =
      row->effectiveness[0] == '\0' || closed
          ? ""
          : text_format(c->arena, _("Effectiveness, as the file plans it: %s"), row->effectiveness);
  return (FileAction){.state = closed  ? 2
                               : begun ? 1
                                       : 0,
                      .progress = closed ? 100 : 0,
                      .due = date_is_none(due) ? date_add_days(raised_of(c, row), 90) : due,
                      .done_on = closed ? closed_of(c, row) : DATE_NONE,
                      .detail = check,
                      .result = closed ? _("Done, as the file says.") : ""};
}

static bool put_action(Context *c, int64_t finding, const char *label, const SqlFindingItemRow *row,
                       Date due) {
  SqlActionOfFileRow known;
  FileAction action = action_of(c, row, due);
  if (row->action[0] == '\0') return true;
  if (sql_action_of_file(c, (SqlActionOfFile){.finding = finding}, &known)) {
    SqlActionSetFromFile set = {.id = known.id,
                                .version = known.version,
                                .title = cut(c, row->action),
                                .owner_person = row->owner_person,
                                .owner_position = row->owner_position,
                                .due = action.due,
                                .state = action.state,
                                .progress = action.progress,
                                .done_on = action.done_on,
                                .result = action.result};
    if (!finding_landed(c, sql_action_set_from_file(c, set))) return false;
    LedgerEntry *entry = ledger_entry(c, "action.read_from_file", "action", known.id);
    ledger_personal(entry, "title", set.title);
    ledger_number(entry, "owner_person", set.owner_person);
    ledger_number(entry, "owner_position", set.owner_position);
    ledger_day(entry, "due", set.due);
    ledger_int(entry, "state", known.state, set.state);
    ledger_number(entry, "progress", set.progress);
    if (!date_is_none(set.done_on)) ledger_day(entry, "done_on", set.done_on);
    ledger_personal(entry, "result", set.result);
    return ledger_write(entry);
  }
  if (!context_ok(c)) return false;
  SqlActionInsert insert = {.title = cut(c, row->action),
                            .detail = action.detail,
                            .finding = finding,
                            .round = 1,
                            .source = "finding",
                            .source_object = finding,
                            .source_title = label,
                            .source_place = finding_place(c, finding),
                            .owner_person = row->owner_person,
                            .owner_position = row->owner_position,
                            .due = action.due,
                            .priority = 2,
                            .state = action.state,
                            .progress = action.progress,
                            .result = action.result,
                            .done_on = action.done_on,
                            .imported = true};
  int64_t id;
  return action_put_new(c, &insert, &id);
}

// ---- the finding ----

static bool put_new(Context *c, int64_t item, const SqlFindingItemRow *row, int64_t *id) {
  FindingGrade grade = grade_of_words(row->classification);
  Date due;
  if (!due_of(c, row, grade, &due)) return false;
  StepFacts facts = {.grade = grade};
  SqlFindingInsert insert = {.number = finding_next_number(c),
                             .ref = row->ref,
                             .title = cut(c, row->title),
                             .statement = row->description,
                             .criterion = "",
                             .seen = "",
                             .grade = grade,
                             .is_sorted = true,
                             .duty_kind = "",
                             .area = "",
                             .source = source_of_words(row->source),
                             .source_title = row->source,
                             .source_place = text_format(c->arena, "/items/%lld", (long long)item),
                             .item = item,
                             .imported = 1,
                             .reporter = "",
                             .owner_person = row->owner_person,
                             .owner_position = row->owner_position,
                             .raised = raised_of(c, row),
                             .due = due,
                             .state = step_of(&facts)};
  bool tells = grade == GRADE_MAJOR && !is_closed(row);
  return context_ok(c) && finding_put_new(c, &insert, tells, id);
}

static bool has_check(const SqlFindingItemRow *row) {
  return is_closed(row) && row->effectiveness[0] != '\0';
}

static bool put_check(Context *c, int64_t id, const SqlFindingByIdRow *was,
                      const SqlFindingItemRow *row) {
  if (!has_check(row) || was->effective > 0) return true;
  SqlFindingCheckInsert check = {.finding = id,
                                 .round = was->round,
                                 .checked_on = closed_of(c, row),
                                 .effective = true,
                                 .result = row->effectiveness};
  int64_t put;
  return check_put(c, &check, &put);
}

static bool follow(Context *c, int64_t id, const SqlFindingItemRow *row) {
  SqlFindingByIdRow was, is;
  FindingGrade grade = grade_of_words(row->classification);
  Date due = DATE_NONE;
  if (!finding_load(c, id, 0, &was) || !due_of(c, row, grade, &due)) return false;
  const char *label = text_format(c->arena, "F-%lld %s", (long long)was.number, was.title);
  if (!put_action(c, id, label, row, due) || !put_check(c, id, &was, row)) return false;
  if (!finding_load(c, id, 0, &was)) return false; // with its actions and checks
  is = was;
  Date raised = raised_of(c, row);
  is.grade = grade;
  is.owner_person = row->owner_person;
  is.owner_position = row->owner_position;
  is.due = due;
  is.correction = row->correction;
  is.corrected_on = row->correction[0] == '\0' ? DATE_NONE : raised;
  is.cause = row->cause;
  is.cause_method = row->cause[0] == '\0' ? CAUSE_NONE : CAUSE_AS_WRITTEN;
  is.cause_on = row->cause[0] == '\0' ? DATE_NONE : raised;
  is.closed_on = is_closed(row) ? closed_of(c, row) : DATE_NONE;
  FindingChange change = {.action = "finding.read_from_file",
                          .reason = has_check(row) ? row->effectiveness : "",
                          .from_file = true};
  return finding_save(c, &was, &is, &change);
}

static bool same_words(Context *c, int64_t id, const SqlFindingItemRow *row) {
  SqlFindingByIdRow was;
  if (!finding_load(c, id, 0, &was)) return false;
  const char *title = cut(c, row->title);
  Date raised = raised_of(c, row);
  if (text_equal(was.title, title) && text_equal(was.statement, row->description) &&
      date_compare(was.raised, raised) == 0)
    return true;
  sql_finding_set_from_file(
      c, (SqlFindingSetFromFile){
             .id = id, .title = title, .statement = row->description, .raised = raised});
  LedgerEntry *entry = ledger_entry(c, "finding.reworded_by_file", "finding", id);
  ledger_personal(entry, "title", title);
  ledger_personal(entry, "statement", row->description);
  ledger_date(entry, "raised", was.raised, raised);
  return ledger_write(entry);
}

bool finding_from_item(Context *c, int64_t item) {
  SqlFindingItemRow row;
  SqlFindingOfItemRow known;
  if (!sql_finding_item(c, (SqlFindingItem){.item = item}, &row)) return context_ok(c);
  int64_t id = 0;
  if (sql_finding_of_item(c, (SqlFindingOfItem){.item = item}, &known)) {
    if (known.imported != 1) return true; // somebody works on it here: the file does not overrule
    id = known.id;
    if (!same_words(c, id, &row)) return false;
  } else if (!context_ok(c) || !put_new(c, item, &row, &id)) {
    return false;
  }
  return follow(c, id, &row);
}

bool findings_from_items(Context *c) {
  TRANSACTION(c, tx);
  SqlFindingItemsNewRows rows = sql_finding_items_new(c);
  for (size_t i = 0; i < rows.count; i++)
    if (!finding_from_item(c, rows.items[i].item)) return false;
  return transaction_commit(&tx);
}
