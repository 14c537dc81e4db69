// SPDX-License-Identifier: Apache-2.0
#include "training/training.h"

static const char *const CHECKLIST[] = {
    N_("Who must take part, by name"),
    N_("Material brought up to date with threats, incidents and changed policies"),
    N_("Training or briefing held"),
    N_("Attendance recorded; absentees excused with a reason or given a new date"),
    N_("Understanding checked"),
    NULL,
};

static void training_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "training.refresher",
      .kind = DUTY_TRAINING,
      .title = _("Yearly awareness refresher"),
      .why = _("everybody's security awareness is refreshed every year, with material brought up "
               "to date for what changed (7.3, control 6.3)"),
      .every_months = 12,
      .maximum_months = 12,
      .series_from = date_add_days(facts->decision, 5),
      .series_months = 5,
      .until = facts->expiry,
      .lead_days = 30,
      .tolerance_days = 30,
      .start_minute = 10 * 60,
      .duration_minutes = 60,
      .owner = {.person = facts->security_manager},
  };
  *list_add(c->arena, out) = (Proposal){
      .key = "training.induction",
      .kind = DUTY_TRAINING,
      .title = _("Induction of new starters checked"),
      .why = _("new starters are inducted within thirty days, and each quarter a check shows that "
               "nobody was left out (7.2, control 6.3)"),
      .every_months = 3,
      .maximum_months = 4,
      .series_from = date_add_days(facts->decision, 19),
      .series_months = 1,
      .until = facts->expiry,
      .lead_days = 14,
      .tolerance_days = 14,
      .start_minute = 14 * 60,
      .duration_minutes = 45,
      .owner = {.person = facts->security_manager},
  };
}

const Room training_room = {
    .kind = DUTY_TRAINING,
    .name = N_("Training and awareness"),
    .purpose = N_("Things change; the people concerned know about it and can act on it."),
    .clauses = "7.2, 7.3, control 6.3",
    .propose = training_propose,
    .checklist = CHECKLIST,
};
