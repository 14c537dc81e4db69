// SPDX-License-Identifier: Apache-2.0
#include "exercises/exercises.h"

static const char *const CHECKLIST[] = {
    N_("Scenario and measurable objectives written down"),
    N_("Participants and observers named"),
    N_("Exercise held, with times noted"),
    N_("Each objective compared with its measured result"),
    N_("After-action report issued"),
    N_("Plans changed where the exercise showed a gap"),
    NULL,
};

static void continuity_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "exercise_continuity.yearly",
      .kind = DUTY_EXERCISE_CONTINUITY,
      .title = _("Business continuity and disaster recovery exercise"),
      .why = _("business continuity and disaster recovery plans are exercised every year, apart "
               "from evacuation and from backup recovery (controls 5.29, 5.30)"),
      .every_months = 12,
      .maximum_months = 12,
      .series_from = date_add_days(facts->decision, 3),
      .series_months = 7,
      .until = facts->expiry,
      .lead_days = 30,
      .tolerance_days = 30,
      .start_minute = 9 * 60 + 30,
      .duration_minutes = 180,
      .owner = {.person = facts->security_manager},
  };
}

const Room continuity_room = {
    .kind = DUTY_EXERCISE_CONTINUITY,
    .name = N_("Continuity exercises"),
    .purpose = N_("Find out whether the organisation can carry on, before it must."),
    .clauses = N_("controls 5.29, 5.30"),
    .propose = continuity_propose,
    .checklist = CHECKLIST,
};
