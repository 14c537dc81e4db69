// SPDX-License-Identifier: Apache-2.0
// Inside this room: what its rules share.
#ifndef DAYBOOK_IMPROVEMENT_WORK_H
#define DAYBOOK_IMPROVEMENT_WORK_H

#include "improvement/action.sql.h"
#include "improvement/finding.h"
#include "improvement/finding.sql.h"
#include "ledger/ledger.h"

enum { TITLE_MOST = 300, WORDS_MOST = 20000 };

static inline bool date_given(Date day) {
  return !date_is_none(day) && day.days != 0;
}
static inline const char *words_of(const char *text) {
  return text == NULL ? "" : text;
}
// invalid(field) if empty or too long.
bool title_is_sound(Context *c, const char *title);
bool words_are_there(Context *c, const char *field, const char *text, const char *what);
bool improvement_tell(Context *c, const ImprovementNews *news);
const char *finding_place(Context *c, int64_t id);
const char *action_place(Context *c, int64_t id);

// Loads a finding at the version that was seen (0: any).
bool finding_load(Context *c, int64_t id, int64_t version, SqlFindingByIdRow *row);
StepFacts step_facts(const SqlFindingByIdRow *row);
// What a change is called in the ledger, and what is said about it.
typedef struct FindingChange {
  const char *action, *reason;
  int64_t about;                 // the number of what it is about
  const char *part, *part_words; // a part of it (ledger/witness.h): what its number is called
  int64_t part_key;
  bool from_file;
} FindingChange;
bool finding_save(Context *c, const SqlFindingByIdRow *was, SqlFindingByIdRow *is,
                  const FindingChange *change);
// Denied where the actor's roles do not reach: a duty owner changes what is theirs.
bool finding_is_theirs(Context *c, const SqlFindingByIdRow *row);
// An open finding at that version, that is theirs.
bool finding_open(Context *c, int64_t id, int64_t version, SqlFindingByIdRow *row);
// As finding_open, of a nonconformity whose actions are not yet done and that has come as far as to
// record `step`.
bool finding_step_may(Context *c, int64_t id, int64_t version, FindingState step,
                      SqlFindingByIdRow *row);
// What is missing before that step may be recorded, in the order of the steps.
bool gaps_before(Context *c, const SqlFindingByIdRow *row, FindingState step, Gaps *gaps);
bool finding_next_round(Context *c, const SqlFindingByIdRow *was, bool cause_anew,
                        const FindingChange *change);
// One line of a cause's structure in words.
void cause_line(Text *out, const char *branch, bool behind, const char *body);
const char *place_words(Context *c, const char *kind, const char *title, int64_t verdict,
                        const char *note);
bool refuse_gaps(Context *c, const char *field, const Gaps *gaps); // false; true if there is none
// Reads off how far it is now, after something of it changed; tells the ledger with that action.
bool finding_step_again(Context *c, int64_t id, const char *action, int64_t about);
bool finding_landed(Context *c, int64_t rows); // `rows` of an update guarded by the version
int64_t finding_next_number(Context *c);
bool finding_tell_leaders(Context *c, int64_t id, const char *title, Date due);
bool finding_put_new(Context *c, const SqlFindingInsert *row, bool tells, int64_t *id);
bool check_put(Context *c, const SqlFindingCheckInsert *check, int64_t *id);
bool action_load(Context *c, int64_t id, int64_t version, SqlActionByIdRow *row);
bool action_gaps(Context *c, int64_t id, Gaps *gaps);
bool action_put_new(Context *c, const SqlActionInsert *row, int64_t *id);
bool finding_in_search(Context *c, int64_t id);
bool action_in_search(Context *c, int64_t id, const char *title, const char *detail);

#define ACTION_LINE(c, row)                                                                        \
  action_line((c), (row)->state,                                                                   \
              (ActionLine){.id = (row)->id,                                                        \
                           .version = (row)->version,                                              \
                           .finding = (row)->finding,                                              \
                           .title = (row)->title,                                                  \
                           .owner = owner_words((c), (row)->owner_name, (row)->position_title,     \
                                                (row)->holder_name),                               \
                           .source = (row)->source,                                                \
                           .source_title = (row)->source_title,                                    \
                           .source_place = (row)->source_place,                                    \
                           .priority = (int32_t)(row)->priority,                                   \
                           .progress = (int32_t)(row)->progress,                                   \
                           .extensions = (int32_t)(row)->extensions,                               \
                           .due = (row)->due,                                                      \
                           .baseline = (row)->baseline,                                            \
                           .done_on = (row)->done_on})
ActionLine action_line(const Context *c, int64_t state, ActionLine line);

#define FINDING_LINE(c, row)                                                                       \
  finding_line((c), (FindingLine){.id = (row)->id,                                                 \
                                  .number = (row)->number,                                         \
                                  .version = (row)->version,                                       \
                                  .title = (row)->title,                                           \
                                  .ref = (row)->ref,                                               \
                                  .owner = owner_words((c), (row)->owner_name,                     \
                                                       (row)->position_title, (row)->holder_name), \
                                  .source = (row)->source,                                         \
                                  .source_title = (row)->source_title,                             \
                                  .area = (row)->area,                                             \
                                  .duty_kind = (row)->duty_kind,                                   \
                                  .grade = (FindingGrade)(row)->grade,                             \
                                  .state = (int)(row)->state,                                      \
                                  .unsorted = !(row)->is_sorted,                                   \
                                  .raised = (row)->raised,                                         \
                                  .due = (row)->due,                                               \
                                  .closed_on = (row)->closed_on,                                   \
                                  .actions = (row)->actions,                                       \
                                  .actions_open = (row)->actions_open})
FindingLine finding_line(Context *c, FindingLine line);

#endif
