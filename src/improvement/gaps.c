// SPDX-License-Identifier: Apache-2.0
// What a finding still needs, by name, in the order of its steps.
#include "diary/lines.h"
#include "improvement/work.h"

#include <string.h>

static void gap_add(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

static void gaps_of_analysis(Context *c, const SqlFindingByIdRow *row, FindingState step,
                             Gaps *gaps) {
  if (step > STEP_RAISED && date_is_none(row->corrected_on))
    gap_add(c, gaps, _("The correction is not recorded."),
            _("Say what was put right at once, and when."));
  if (step > STEP_CORRECTED && date_is_none(row->contained_on))
    gap_add(c, gaps, _("Containment is not recorded."),
            _("Say how its effects are held in, or why there is nothing to hold in."));
  if (step > STEP_CONTAINED && date_is_none(row->cause_on))
    gap_add(c, gaps, _("The cause is not known."),
            _("Ask why until something can be changed, or draw a fishbone."));
  if (step > STEP_CAUSE_KNOWN && date_is_none(row->extent_on))
    gap_add(c, gaps, _("Nobody looked whether it exists elsewhere."),
            _("Search units, sites, systems, suppliers and other findings; record what you saw."));
}

static bool gaps_of_actions(Context *c, const SqlFindingByIdRow *row, Gaps *gaps) {
  SqlActionOfFindingRows rows = sql_action_of_finding(c, (SqlActionOfFinding){.finding = row->id});
  int64_t done = 0, open = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActionOfFindingRow *action = &rows.items[i];
    done += action->state == 2 && action->round == row->round;
    if (action->state >= 2) continue;
    open++;
    gap_add(
        c, gaps, text_format(c->arena, _("The action “%s” is not done."), action->title),
        text_format(c->arena, _("%s finishes it with evidence; it is due on %s."),
                    owner_words(c, action->owner_name, action->position_title, action->holder_name),
                    date_words(c->arena, action->due)));
  }
  if (open == 0 && done == 0)
    gap_add(c, gaps,
            row->round > 1 ? _("No action was finished since it was opened again.")
                           : _("No action was finished."),
            grade_is_nonconformity((FindingGrade)row->grade)
                ? _("Add a corrective action that removes the cause.")
                : _("Add an action and finish it."));
  return context_ok(c);
}

static void gaps_of_check(Context *c, const SqlFindingByIdRow *row, Gaps *gaps) {
  if (row->effective > 0) return;
  bool waits = row->state == STEP_WAITING && date_compare(c->today, row->check_from) < 0;
  if (waits)
    gap_add(c, gaps,
            text_format(c->arena, _("The waiting period runs until %s."),
                        date_words(c->arena, row->check_from)),
            _("Effectiveness shows only after a time of normal running."));
  gap_add(c, gaps, _("Nobody has checked whether it was effective."),
          _("Somebody who did not do it looks whether it stayed away."));
}

bool gaps_before(Context *c, const SqlFindingByIdRow *row, FindingState step, Gaps *gaps) {
  if (grade_is_nonconformity((FindingGrade)row->grade)) {
    gaps_of_analysis(c, row, step, gaps);
    if (step > STEP_SEARCHED && !gaps_of_actions(c, row, gaps)) return false;
    if (step > STEP_WAITING) gaps_of_check(c, row, gaps);
    return context_ok(c);
  }
  if (row->grade == GRADE_CONFORMITY || step < STEP_CLOSED) return context_ok(c);
  if (row->decision == DECISION_NONE)
    gap_add(c, gaps, _("Nobody has decided what becomes of it."),
            _("Act on it, park it with a reason, or decline it with a reason."));
  return row->decision != DECISION_ACT || gaps_of_actions(c, row, gaps);
}

bool finding_gaps(Context *c, int64_t id, Gaps *gaps) {
  SqlFindingByIdRow row;
  if (!finding_load(c, id, 0, &row)) return false;
  if (row.state >= STEP_CLOSED) return true;
  if (row.owner_person == 0 && row.owner_position == 0)
    gap_add(c, gaps, _("It has no owner."), _("Give it to a person or a position."));
  Gaps steps = {0};
  if (!gaps_before(c, &row, STEP_CLOSED, &steps)) return false;
  for (size_t i = 0; i < steps.count; i++) *list_add(c->arena, gaps) = steps.items[i];
  return true;
}

bool refuse_gaps(Context *c, const char *field, const Gaps *gaps) {
  for (size_t i = 0; i < gaps->count; i++)
    invalid(c, field, "%s %s", gaps->items[i].what, gaps->items[i].how);
  return gaps->count == 0 && context_ok(c);
}
