// SPDX-License-Identifier: Apache-2.0
#include "diary/control_check.h"

#include "diary/profile.h"

static const char *const CHECKLIST[] = {
    N_("What is checked, and against what"),
    N_("Sample taken and looked at"),
    N_("Deviations noted, with an owner for each"),
    N_("Register or document updated"),
    NULL,
};

static Proposal check(const Facts *facts, const char *key, const char *title, const char *why) {
  return (Proposal){
      .key = key,
      .kind = DUTY_CONTROL_CHECK,
      .title = title,
      .why = why,
      .every_months = 12,
      .maximum_months = 12,
      .until = facts->expiry,
      .lead_days = 21,
      .tolerance_days = 21,
      .start_minute = 14 * 60,
      .duration_minutes = 60,
      .owner = {.person = facts->security_manager},
  };
}

static void propose_suppliers(Context *c, const Facts *facts, Proposals *out) {
  bool much = profile_outsources_much(facts);
  const char *why = _("suppliers and cloud services are reviewed every year (controls 5.19–5.23)");
  if (much)
    why = text_format(c->arena,
                      _("suppliers and cloud services are reviewed half-yearly because %lld %% of "
                        "the work is outsourced (controls 5.19–5.23)"),
                      (long long)facts->outsourced_percent);
  Proposal *suppliers = list_add(c->arena, out);
  *suppliers = check(facts, "control_check.suppliers", _("Supplier review"), why);
  suppliers->series_from = date_add_days(facts->decision, 16);
  suppliers->series_months = 4;
  suppliers->every_months = much ? 6 : 12;
  suppliers->maximum_months = much ? 7 : 12;
}

static void control_check_propose(Context *c, const Facts *facts, Proposals *out) {
  Proposal *access = list_add(c->arena, out);
  *access = check(facts, "control_check.access", _("Access rights review"),
                  _("access rights are reviewed half-yearly, privileged ones first "
                    "(control 5.18)"));
  access->series_from = date_add_days(facts->decision, 25);
  access->series_months = 1;
  access->every_months = 6;
  access->maximum_months = 7;
  Proposal *soa = list_add(c->arena, out);
  *soa = check(facts, "control_check.applicability", _("Statement of Applicability reviewed"),
               _("the Statement of Applicability is reviewed every year against risks and reality "
                 "(6.1.3 d)"));
  soa->series_from = date_add_days(facts->decision, 17);
  soa->series_months = 6;
  Proposal *policies = list_add(c->arena, out);
  *policies = check(facts, "control_check.policies", _("Policies reviewed"),
                    _("policies are reviewed every year and after significant change "
                      "(control 5.1, 7.5)"));
  policies->series_from = date_add_days(facts->decision, 11);
  policies->series_months = 7;
  propose_suppliers(c, facts, out);
}

const Room control_check_room = {
    .kind = DUTY_CONTROL_CHECK,
    .name = N_("Control checks"),
    .purpose = N_("What must stay true is looked at again, at a set pace."),
    .clauses = "8.1, 9.1, control 5.36",
    .propose = control_check_propose,
    .checklist = CHECKLIST,
};
