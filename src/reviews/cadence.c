// SPDX-License-Identifier: Apache-2.0
#include "reviews/cadence.h"

#include "db/db.h"
#include "diary/duty.h"
#include "diary/readiness.h"
#include "ledger/ledger.h"
#include "reviews/cadence.sql.h"

#include <string.h>

enum { MOST_MONTHS = 12, MANY_INCIDENTS = 3, MANY_MISSED = 3 };

RiskLevel cadence_level(const CadenceFacts *facts) {
  int weight = (int)facts->profile;
  if (facts->majors_open > 0) weight++;
  if (facts->incidents >= MANY_INCIDENTS) weight++;
  if (facts->missed >= MANY_MISSED) weight++;
  return weight > RISK_HIGH ? RISK_HIGH : (RiskLevel)weight;
}

int32_t cadence_months(RiskLevel level) {
  return level == RISK_HIGH ? 2 : level == RISK_MEDIUM ? 3 : 6;
}

static bool gather(Context *c, CadenceFacts *out, Profile *profile) {
  Facts facts;
  if (!org_facts(c, &facts)) return false;
  *profile = profile_of(c, &facts);
  out->profile = profile->level;
  const SqlCadenceHappenedRow none = {0};
  SqlCadenceHappenedRow row = none;
  if (!sql_cadence_happened(
          c, (SqlCadenceHappened){.since = date_add_months(c->today, -MOST_MONTHS)}, &row))
    return false;
  out->majors_open = row.majors_open;
  out->incidents = row.incidents;
  out->missed = row.missed;
  return true;
}

static const char *why_of(Context *c, const CadenceFacts *facts, const Profile *profile,
                          int32_t months) {
  return text_format(
      c->arena,
      _("every %d months: the risk profile is %s (%s); open major nonconformities: %lld (one "
        "raises it), serious incidents in twelve months: %lld (%d raise it), missed duties: %lld "
        "(%d raise it); together %s (9.3.1)"),
      months, risk_level_name(profile->level), profile->inputs, (long long)facts->majors_open,
      (long long)facts->incidents, MANY_INCIDENTS, (long long)facts->missed, MANY_MISSED,
      risk_level_name(cadence_level(facts)));
}

static bool find_duty(Context *c, ReviewCadence *out) {
  SqlCadenceDutyRow row;
  if (!sql_cadence_duty(c, &row)) return context_ok(c);
  out->duty = row.id;
  out->now_months = (int32_t)row.every_months;
  return true;
}

bool cadence_propose(Context *c, ReviewCadence *out) {
  *out = (ReviewCadence){.chosen = ""};
  READ_TRANSACTION(c, tx);
  CadenceFacts facts;
  Profile profile;
  if (!find_duty(c, out) || out->duty == 0) return context_ok(c);
  if (!gather(c, &facts, &profile)) return false;
  out->proposed_months = cadence_months(cadence_level(&facts));
  out->why = why_of(c, &facts, &profile, out->proposed_months);
  SqlCadenceLastRow last;
  if (sql_cadence_last(c, (SqlCadenceLast){.duty = out->duty}, &last))
    out->chosen = text_format(
        c->arena, _("%s chose %lld months on %s: %s"),
        last.decided_by == NULL ? _("Somebody") : last.decided_by, (long long)last.chosen_months,
        date_words(c->arena, zone_date(c->zone, last.decided, NULL)), last.reason);
  return context_ok(c);
}

bool cadence_choose(Context *c, int32_t months, const char *reason) {
  TRANSACTION(c, tx);
  ReviewCadence cadence;
  if (!cadence_propose(c, &cadence)) return false;
  if (cadence.duty == 0)
    return conflict(c, _("The programme is not adopted yet: choose the cadence there."));
  if (months < 1 || months > MOST_MONTHS)
    invalid(c, "months", _("Reviews are never more than twelve months apart."));
  if (months != cadence.proposed_months && text_is_empty(reason))
    invalid(c, "reason", _("Other than what is proposed: say why."));
  if (!context_ok(c)) return false;
  if (months != cadence.proposed_months && c->actor != 0 &&
      !person_has_role(c, c->actor, ROLE_TOP_MANAGEMENT))
    return denied(c, _("Other than what is proposed is for top management to choose: ask one of "
                       "them, or have a review decide it."));
  const char *why = text_is_empty(reason) ? cadence.why : reason;
  const CadenceChange change = {
      .duty = cadence.duty, .every_months = months, .anchor = ANCHOR_FIXED, .reason = why};
  if (months != cadence.now_months && !duty_change_cadence(c, &change)) return false;
  int64_t id = sql_cadence_insert(c, (SqlCadenceInsert){.duty = cadence.duty,
                                                        .proposed = cadence.proposed_months,
                                                        .chosen = months,
                                                        .why = cadence.why,
                                                        .reason = why});
  LedgerEntry *entry = ledger_entry(c, "review.cadence_chosen", "duty", cadence.duty);
  ledger_number(entry, "choice", id);
  ledger_number(entry, "proposed_months", cadence.proposed_months);
  ledger_int(entry, "every_months", cadence.now_months, months);
  ledger_value(entry, "proposal", cadence.why);
  ledger_personal(entry, "reason", why);
  return id > 0 && ledger_write(entry) && transaction_commit(&tx);
}
