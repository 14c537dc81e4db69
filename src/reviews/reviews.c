// SPDX-License-Identifier: Apache-2.0
#include "reviews/reviews.h"

#include "diary/profile.h"

// A week before the month's day, so that four reviews lie within the first twelve months.
#define DAYS_BEFORE 7

static const char *const CHECKLIST[] = {
    N_("Agenda and papers sent to top management"),
    N_("(a) Status of the actions from earlier reviews"),
    N_("(b) Changes in external and internal issues, climate change included"),
    N_("(c) Changes in needs and expectations of interested parties"),
    N_("(d) Performance and its trends: nonconformities, measurements, audit results, objectives"),
    N_("(e) Feedback from interested parties"),
    N_("(f) Results of the risk assessment and status of the treatment plan"),
    N_("(g) Opportunities for improvement"),
    N_("Decisions and needed changes recorded, each with an owner and a date"),
    N_("Minutes approved by top management"),
    NULL,
};

static int32_t months_between(RiskLevel level) {
  return level == RISK_HIGH ? 2 : level == RISK_MEDIUM ? 3 : 6;
}

static Proposal review(const Facts *facts) {
  return (Proposal){
      .kind = DUTY_MANAGEMENT_REVIEW,
      .title = _("Management review"),
      .series_from = date_add_days(facts->decision, -DAYS_BEFORE),
      .lead_days = 14,
      .tolerance_days = 14,
      .start_minute = 10 * 60,
      .duration_minutes = 120,
      .owner = {.person =
                    facts->chief_executive != 0 ? facts->chief_executive : facts->security_manager},
  };
}

static void reviews_propose(Context *c, const Facts *facts, Proposals *out) {
  Date first_year_end = date_add_months(facts->decision, 12);
  Proposal *first = list_add(c->arena, out);
  *first = review(facts);
  first->key = "management_review.first_year";
  first->why = _("management reviews are held at least quarterly in the first year of the cycle, "
                 "with top management (9.3)");
  first->every_months = 3;
  first->maximum_months = 4;
  first->series_months = 3;
  first->until = first_year_end;

  Profile profile = profile_of(c, facts);
  int32_t every = months_between(profile.level);
  Date last_of_first = date_add_months(first->series_from, 12);
  Proposal *later = list_add(c->arena, out);
  *later = review(facts);
  later->key = "management_review.later";
  later->why = text_format(c->arena,
                           _("after the first year, management reviews follow every %d months for "
                             "a %s risk profile (%s), never more than twelve months apart (9.3)"),
                           every, risk_level_name(profile.level), profile.inputs);
  later->every_months = every;
  later->maximum_months = 12;
  later->series_months = 12 + every;
  later->until = facts->expiry;
  // Who starts after the first year has no known review: it counts from the decision.
  bool first_year_runs = date_compare(facts->start, last_of_first) <= 0;
  later->last = first_year_runs ? last_of_first : facts->decision;
}

const Room reviews_room = {
    .kind = DUTY_MANAGEMENT_REVIEW,
    .name = N_("Management reviews"),
    .purpose = N_("Top management looks at the whole programme and decides what changes."),
    .clauses = "9.3",
    .propose = reviews_propose,
    .checklist = CHECKLIST,
    .gate = reviews_gate,
    .quorum = reviews_quorum,
    .preparation = reviews_preparation,
    .prompts = reviews_prompts,
    .place = "/reviews/",
    .reads = "review.read",
};
