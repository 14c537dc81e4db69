// SPDX-License-Identifier: Apache-2.0
#include "surveillance/surveillance.h"

#include "diary/cycle.h"

static const char *const CHECKLIST[] = {
    N_("Statement of Applicability and scope up to date"),
    N_("Internal audits of this year concluded and reported"),
    N_("Management review of this year concluded, minutes approved"),
    N_("Nonconformities of the last external audit closed with evidence"),
    N_("Evidence sampled for each control said to be operating"),
    N_("Dates, people and rooms confirmed with the certification body"),
    NULL,
};

static const int32_t READINESS_DAYS[] = {90, 60, 30};

static const char *audit_why(Context *c, const Cycle *cycle, const ExternalAudit *audit) {
  if (audit->recertification)
    return text_format(
        c->arena,
        _("recertification is finished before the certificate expires on %s; four months ahead "
          "leaves a month to close findings and three to spare%s (ISO/IEC 17021-1, 9.1.3)"),
        date_words(c->arena, cycle->expiry),
        audit->year_bound ? _(", and its calendar year would otherwise hold no external audit")
                          : "");
  if (audit->number == 1)
    return text_format(
        c->arena,
        _("the first surveillance audit is held not later than twelve months after the decision "
          "of %s; planned a month ahead (ISO/IEC 17021-1, 9.1.3)"),
        date_words(c->arena, cycle->decision));
  return text_format(c->arena,
                     _("surveillance is held at least once a calendar year, here a month before "
                       "the anniversary of the decision of %s (ISO/IEC 17021-1, 9.1.3)"),
                     date_words(c->arena, cycle->decision));
}

static void add_audit(Context *c, const Cycle *cycle, size_t index, ProposalDate *date) {
  const ExternalAudit *audit = &cycle->audits[index];
  *date = (ProposalDate){
      .title = audit->recertification
                   ? _("Recertification audit")
                   : text_format(c->arena, _("Surveillance audit %d"), audit->number),
      .stage = audit->recertification ? "recertification" : "surveillance",
      .why = audit_why(c, cycle, audit),
      .series = audit->due,
      .latest = audit->latest,
      .duration_minutes = 8 * 60,
  };
}

static void add_readiness(Context *c, const ProposalDate *audit, int32_t index, int32_t days,
                          ProposalDate *date) {
  *date = (ProposalDate){
      .title = text_format(c->arena, _("Readiness check, %d days before: %s"), days, audit->title),
      .stage = "readiness",
      .why = text_format(c->arena,
                         _("a readiness check %d days before the external audit leaves time to "
                           "mend what it finds, without a rush"),
                         days),
      .series = date_add_days(audit->series, -days),
      .latest = audit->latest,
      .prepares = index + 1,
      .days_before = days,
      .duration_minutes = 90,
  };
}

static void surveillance_propose(Context *c, const Facts *facts, Proposals *out) {
  Cycle cycle = cycle_of(facts->decision, facts->expiry);
  size_t count = cycle.count * (1 + COUNT_OF(READINESS_DAYS));
  ProposalDate *dates = arena_array(c->arena, count, sizeof *dates);
  size_t used = cycle.count;
  for (size_t i = 0; i < cycle.count; i++) {
    add_audit(c, &cycle, i, &dates[i]);
    for (size_t k = 0; k < COUNT_OF(READINESS_DAYS); k++)
      add_readiness(c, &dates[i], (int32_t)i, READINESS_DAYS[k], &dates[used++]);
  }
  *list_add(c->arena, out) = (Proposal){
      .key = "surveillance.cycle",
      .kind = DUTY_SURVEILLANCE,
      .title = _("Surveillance and recertification"),
      .why = _("a certificate lasts three years and is watched in between by the certification "
               "body (ISO/IEC 17021-1, 9.1.3)"),
      .first = dates[0].series,
      .until = facts->expiry,
      .lead_days = 14,
      .tolerance_days = 10,
      .start_minute = 9 * 60,
      .duration_minutes = 8 * 60,
      .dates = dates,
      .date_count = count,
      .owner = {.person = facts->security_manager},
  };
}

const Room surveillance_room = {
    .kind = DUTY_SURVEILLANCE,
    .name = N_("Surveillance"),
    .purpose = N_("The external auditor comes back, and finds a programme that runs."),
    .clauses = N_("ISO/IEC 17021-1, 9.1.3"),
    .propose = surveillance_propose,
    .checklist = CHECKLIST,
    .place = "/audits/of/",
    .place_name = N_("The audit's record"),
    .place_stage = "readiness",
    .place_beside = true,
    .reads = "audit.read",
};
