// SPDX-License-Identifier: Apache-2.0
#include "improvement/improvement_duty.h"

static const char *const CHECKLIST[] = {
    N_("Open nonconformities and actions gone through, overdue ones by name"),
    N_("Causes that occur more than once looked for"),
    N_("Effectiveness of closed actions checked by somebody other than the doer"),
    N_("Suggestions and near misses collected from all parts of the programme"),
    N_("Improvements chosen, each with an owner and a date"),
    NULL,
};

static void improvement_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "improvement.half_yearly",
      .kind = DUTY_IMPROVEMENT,
      .title = _("Improvement review"),
      .why = _("twice a year open actions, repeated causes and new ideas are looked at across the "
               "whole programme (10.1, 10.2)"),
      .every_months = 6,
      .maximum_months = 7,
      .series_from = date_add_days(facts->decision, 12),
      .series_months = 4,
      .until = facts->expiry,
      .lead_days = 21,
      .tolerance_days = 21,
      .start_minute = 14 * 60,
      .duration_minutes = 90,
      .owner = {.person = facts->security_manager},
  };
}

const Room improvement_room = {
    .kind = DUTY_IMPROVEMENT,
    .name = N_("Continual improvement"),
    .purpose = N_("Every part of the programme gets a little better, and stays corrected."),
    .clauses = "10.1, 10.2",
    .propose = improvement_propose,
    .checklist = CHECKLIST,
};
