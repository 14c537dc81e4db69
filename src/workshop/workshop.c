// SPDX-License-Identifier: Apache-2.0
#include "workshop/workshop.h"

#define WORKSHOP_LEAST_MINUTES 120

static const char *const CHECKLIST[] = {
    N_("People invited who do not sit in the management review"),
    N_("Risk register sent beforehand"),
    N_("Every open risk on the register considered"),
    N_("New risks and opportunities added"),
    N_("Treatments and owners agreed or confirmed"),
    N_("Changes to the Statement of Applicability noted"),
    NULL,
};

static void workshop_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "risk_workshop.yearly",
      .kind = DUTY_RISK_WORKSHOP,
      .title = _("Risk workshop"),
      .why = _("every risk on the register is worked through once a year, for at least two hours, "
               "with people who do not sit in the management review (6.1.2, 8.2)"),
      .every_months = 12,
      .maximum_months = 12,
      .series_from = date_add_days(facts->decision, 2),
      .series_months = 6,
      .until = facts->expiry,
      .lead_days = 30,
      .tolerance_days = 30,
      .start_minute = 13 * 60,
      .duration_minutes = WORKSHOP_LEAST_MINUTES,
      .owner = {.person = facts->security_manager},
  };
}

const Room workshop_room = {
    .kind = DUTY_RISK_WORKSHOP,
    .name = N_("Risk workshop"),
    .purpose = N_("Once a year every risk gets the room's full attention."),
    .clauses = "6.1.2, 8.2, 8.3",
    .propose = workshop_propose,
    .checklist = CHECKLIST,
};
