// SPDX-License-Identifier: Apache-2.0
// Adding an action, and reading those of one source.
#include "db/db.h"
#include "diary/lines.h"
#include "improvement/work.h"
#include "registers/registers.h"

#include <string.h>

ActionLine action_line(const Context *c, int64_t state, ActionLine line) {
  static const char *const names[] = {"open", "under_way", "done", "cancelled"};
  line.status = names[state & 3];
  line.open = state < 2;
  line.overdue = line.open && date_compare(c->today, line.due) > 0;
  return line;
}

const char *action_place(Context *c, int64_t id) {
  return text_format(c->arena, "/actions/%lld", (long long)id);
}

bool action_in_search(Context *c, int64_t id, const char *title, const char *detail) {
  return search_put(c, "action", id, title, detail, action_place(c, id));
}

bool actions_of_source(Context *c, const char *source, int64_t object, ActionLines *out) {
  SqlActionOfSourceRows rows =
      sql_action_of_source(c, (SqlActionOfSource){.source = source, .object = object});
  *out = (ActionLines){.items = arena_array(c->arena, rows.count + 1, sizeof *out->items)};
  for (size_t i = 0; i < rows.count; i++) out->items[out->count++] = ACTION_LINE(c, &rows.items[i]);
  out->total = (int64_t)out->count;
  return context_ok(c);
}

static bool add_is_sound(Context *c, const ActionAdd *what) {
  title_is_sound(c, what->title);
  if ((what->owner.person == 0) == (what->owner.position == 0))
    invalid(c, "owner", _("Name a person or a position, one of the two."));
  if (!date_given(what->due))
    invalid(c, "due", _("Say until when, as YYYY-MM-DD."));
  else if (date_compare(what->due, c->today) < 0)
    invalid(c, "due", _("%s is past."), date_words(c->arena, what->due));
  if (what->priority < 0 || what->priority > 3)
    invalid(c, "priority", _("1 is high, 2 normal, 3 low."));
  if (what->detail != NULL && strlen(what->detail) > WORDS_MOST)
    invalid(c, "detail", _("At most %d characters."), WORDS_MOST);
  return context_ok(c);
}

// What stands before the corrective actions of a nonconformity, by name.
static bool finding_takes_actions(Context *c, const SqlFindingByIdRow *row) {
  if (row->state >= STEP_CLOSED && row->state != STEP_PARKED)
    return conflict(c, _("F-%lld is %s. Open it again before adding an action."),
                    (long long)row->number, step_title((FindingState)row->state));
  if (!grade_is_nonconformity((FindingGrade)row->grade)) return true;
  if (date_is_none(row->corrected_on))
    invalid(c, "finding", _("The correction is not recorded: say first what was put right."));
  if (date_is_none(row->contained_on))
    invalid(c, "finding", _("Containment is not recorded: say how its effects are held in."));
  if (date_is_none(row->cause_on))
    invalid(c, "finding", _("The cause is not known: an action before it would mend the symptom."));
  if (date_is_none(row->extent_on))
    invalid(c, "finding", _("Nobody looked whether it exists elsewhere."));
  return context_ok(c);
}

static bool tell_ledger(Context *c, int64_t id, const SqlActionInsert *row) {
  LedgerEntry *entry = ledger_entry(c, "action.added", "action", id);
  ledger_personal(entry, "title", row->title);
  if (row->detail[0] != '\0') ledger_personal(entry, "detail", row->detail);
  if (row->finding != 0) ledger_number(entry, "finding", row->finding);
  ledger_value(entry, "source", row->source);
  ledger_number(entry, "owner_person", row->owner_person);
  ledger_number(entry, "owner_position", row->owner_position);
  ledger_day(entry, "due", row->due);
  ledger_number(entry, "priority", row->priority);
  ledger_number(entry, "state", row->state);
  if (!date_is_none(row->done_on)) ledger_day(entry, "done_on", row->done_on);
  return ledger_write(entry);
}

bool action_put_new(Context *c, const SqlActionInsert *row, int64_t *id) {
  *id = sql_action_insert(c, *row);
  if (*id <= 0 || !tell_ledger(c, *id, row) || !action_in_search(c, *id, row->title, row->detail))
    return false;
  if (row->state >= 2 || row->imported) return true;
  ImprovementNews news = {.what = "action.given",
                          .finding = row->finding,
                          .action = *id,
                          .to = {.person = row->owner_person, .position = row->owner_position},
                          .title = row->title,
                          .place = action_place(c, *id),
                          .due = row->due};
  return improvement_tell(c, &news);
}

bool action_add(Context *c, const ActionAdd *what, int64_t *id) {
  SqlFindingByIdRow finding = {.round = 1};
  if (!add_is_sound(c, what)) return false;
  TRANSACTION(c, tx);
  bool belongs = what->finding != 0;
  if (belongs &&
      (!finding_load(c, what->finding, 0, &finding) || !finding_takes_actions(c, &finding)))
    return false;
  const char *label =
      text_format(c->arena, "F-%lld %s", (long long)finding.number, words_of(finding.title));
  SqlActionInsert row = {.title = text_trim(c->arena, what->title),
                         .detail = words_of(what->detail),
                         .finding = what->finding,
                         .round = finding.round,
                         .source = !text_is_empty(what->source) ? what->source
                                   : belongs                    ? "finding"
                                                                : "direct",
                         .source_object =
                             what->source == NULL && belongs ? what->finding : what->source_object,
                         .source_title = what->source_title != NULL ? what->source_title
                                         : belongs                  ? label
                                                                    : "",
                         .source_place = what->source_place != NULL ? what->source_place
                                         : belongs ? finding_place(c, what->finding)
                                                   : "",
                         .owner_person = what->owner.person,
                         .owner_position = what->owner.position,
                         .due = what->due,
                         .priority = what->priority == 0 ? 2 : what->priority,
                         .result = "",
                         .done_on = DATE_NONE};
  if (!action_put_new(c, &row, id)) return false;
  return (!belongs || finding_step_again(c, what->finding, "finding.action_added", *id)) &&
         transaction_commit(&tx);
}
