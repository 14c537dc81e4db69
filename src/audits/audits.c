// SPDX-License-Identifier: Apache-2.0
#include "audits/audits.h"

#include "audits/audit.h"
#include "diary/profile.h"

// Clauses 4–10 within every four quarters, Annex A beside them by risk.
static const char *const TITLES[] = {
    N_("Internal audit: context, leadership and planning (clauses 4–6)"),
    N_("Internal audit: support and operation (clauses 7–8)"),
    N_("Internal audit: evaluation and improvement (clauses 9–10)"),
    N_("Internal audit: controls of Annex A chosen by risk"),
    NULL,
};
static const char *const TITLES_OUTSOURCED[] = {
    N_("Internal audit: context, leadership and planning (clauses 4–6)"),
    N_("Internal audit: support, operation and suppliers (clauses 7–8, controls 5.19–5.23)"),
    N_("Internal audit: evaluation and improvement (clauses 9–10)"),
    N_("Internal audit: controls of Annex A chosen by risk, suppliers and cloud services first"),
    NULL,
};

static const char *const CHECKLIST[] = {
    N_("Criteria and scope of this audit written down"),
    N_("Auditor named who neither owns nor operates the audited area"),
    N_("Audit plan sent to the people concerned"),
    N_("Earlier findings of this area looked up"),
    N_("Interviews held and samples taken"),
    N_("Each item assessed and each finding graded"),
    N_("Report issued to the management concerned"),
    N_("Findings entered with an owner for each"),
    NULL,
};

static const char *audits_why(Context *c, const Facts *facts) {
  if (!profile_outsources_much(facts))
    return _("one internal audit each quarter, the first within three months of the decision, so "
             "that clauses 4–10 are audited every twelve months (9.2)");
  return text_format(c->arena,
                     _("one internal audit each quarter, the first within three months of the "
                       "decision, so that clauses 4–10 are audited every twelve months (9.2); "
                       "suppliers weigh more because %lld %% of the work is outsourced"),
                     (long long)facts->outsourced_percent);
}

static void audits_propose(Context *c, const Facts *facts, Proposals *out) {
  *list_add(c->arena, out) = (Proposal){
      .key = "audit.quarterly",
      .kind = DUTY_AUDIT,
      .title = _("Internal audit"),
      .titles = profile_outsources_much(facts) ? TITLES_OUTSOURCED : TITLES,
      .why = audits_why(c, facts),
      .every_months = 3,
      .maximum_months = 4,
      // Two and a half months in: the first window closes before three months are gone.
      .series_from = date_add_days(facts->decision, 14),
      .series_months = 2,
      .until = facts->expiry,
      .lead_days = 21,
      .tolerance_days = 14,
      .start_minute = 9 * 60,
      .duration_minutes = 8 * 60,
      .owner = {.person = facts->security_manager},
  };
}

const Room audits_room = {
    .kind = DUTY_AUDIT,
    .name = N_("Internal audits"),
    .purpose = N_("See for yourselves whether the programme works, before somebody else does."),
    .clauses = "9.2",
    .propose = audits_propose,
    .checklist = CHECKLIST,
    .gate = audit_gate,
    .gate_anywhere = true, // an external audit's activity is the surveillance's
    .place = "/audits/of/",
};
