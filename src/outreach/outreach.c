// SPDX-License-Identifier: Apache-2.0
#include "outreach/outreach.h"

static const char *const CHECKLIST[] = {
    N_("Who needs to hear or be asked, inside and outside"),
    N_("What is said, and who says it"),
    N_("Said, or asked, and the answers noted"),
    N_("What changes because of it entered with an owner"),
    NULL,
};

static Proposal yearly(const Facts *facts, const char *key, const char *title, const char *why) {
  return (Proposal){
      .key = key,
      .kind = DUTY_COMMUNICATION,
      .title = title,
      .why = why,
      .every_months = 12,
      .maximum_months = 12,
      .until = facts->expiry,
      .lead_days = 21,
      .tolerance_days = 21,
      .start_minute = 15 * 60,
      .duration_minutes = 60,
      .owner = {.person = facts->security_manager},
  };
}

static void outreach_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "communication.celebrate",
      .kind = DUTY_COMMUNICATION,
      .title = _("Celebrate: tell who cares, thank who helped"),
      .why = _("within four weeks of the decision the interested parties who would care hear of "
               "the certificate, and those who helped are thanked by name (7.4)"),
      .first = date_add_days(facts->decision, 21),
      .until = facts->expiry,
      .lead_days = 21,
      .tolerance_days = 7,
      .start_minute = 15 * 60,
      .duration_minutes = 60,
      .owner = {.person = facts->security_manager},
  };
  Proposal *mark = list_add(c->arena, out);
  *mark = yearly(facts, "communication.mark", _("Use of the certification mark checked"),
                 _("the certification body has rules for its mark and the words around it, so its "
                   "use is checked every year (ISO/IEC 17021-1, 8.3)"));
  mark->series_from = date_add_days(facts->decision, 21);
  mark->series_months = 2;
  Proposal *changes = list_add(c->arena, out);
  *changes = yearly(facts, "communication.changes",
                    _("Significant changes told to the certification body"),
                    _("the certification body must hear of significant changes without delay; "
                      "once a year it is checked that nothing was left untold "
                      "(ISO/IEC 17021-1, 8.5.3)"));
  changes->series_from = date_add_days(facts->decision, 8);
  changes->series_months = 9;
  Proposal *parties = list_add(c->arena, out);
  *parties = yearly(facts, "communication.parties", _("Needs of interested parties reviewed"),
                    _("who the interested parties are and what they need is reviewed every year, "
                      "before a management review (4.2, 9.3.2 c)"));
  parties->series_from = date_add_days(facts->decision, 9);
  parties->series_months = 8;
}

const Room outreach_room = {
    .kind = DUTY_COMMUNICATION,
    .name = N_("Communication"),
    .purpose = N_("The right people hear the right thing in time, and are asked as well as told."),
    .clauses = "7.4, 4.2",
    .propose = outreach_propose,
    .checklist = CHECKLIST,
};
