// SPDX-License-Identifier: Apache-2.0
#include "improvement/grade.h"

#include "db/db.h"
#include "improvement/finding.sql.h"
#include "ledger/ledger.h"

enum { LONGEST_DAYS = 730 };

static const struct {
  const char *name, *title;
  GradeRule rule;
} GRADES[GRADE_COUNT] = {
    [GRADE_MAJOR] = {"major",
                     N_("Major nonconformity"),
                     {.due_days = 30,
                      .wait_days = 30,
                      .tells = true,
                      .why = N_("a major puts the certificate at risk: thirty days to act, thirty "
                                "days of running before it is checked")}},
    [GRADE_MINOR] = {"minor",
                     N_("Minor nonconformity"),
                     {.due_days = 90,
                      .wait_days = 60,
                      .why =
                          N_("ninety days leave room for a cause and its mending before the next "
                             "external audit; sixty days show whether it holds")}},
    [GRADE_OBSERVATION] = {"observation",
                           N_("Observation"),
                           {.due_days = 90,
                            .why = N_("somebody decides within a quarter: act, park or decline")}},
    [GRADE_OPPORTUNITY] = {"opportunity",
                           N_("Opportunity for improvement"),
                           {.due_days = 90,
                            .why = N_("somebody decides within a quarter: act, park or decline")}},
    [GRADE_CONFORMITY] = {"conformity",
                          N_("Good practice"),
                          {.why = N_("good practice is noted and needs nothing more")}},
    [GRADE_IDEA] = {"idea",
                    N_("Idea"),
                    {.due_days = 30,
                     .why = N_("whoever had the idea hears within a month what becomes of it")}},
};

const char *grade_name(FindingGrade grade) {
  return GRADES[grade].name;
}

const char *grade_title(FindingGrade grade) {
  return _(GRADES[grade].title);
}

bool grade_parse(const char *name, FindingGrade *out) {
  for (size_t i = 0; i < GRADE_COUNT; i++) {
    if (!text_equal(name, GRADES[i].name)) continue;
    *out = (FindingGrade)i;
    return true;
  }
  return false;
}

GradeRule grade_default(FindingGrade grade) {
  return GRADES[grade].rule;
}

bool grade_rules(Context *c, GradeRules *out) {
  for (size_t i = 0; i < GRADE_COUNT; i++) out->of[i] = GRADES[i].rule;
  SqlFindingRulesRows rows = sql_finding_rules(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFindingRulesRow *row = &rows.items[i];
    if ((uint64_t)row->grade >= GRADE_COUNT) continue;
    out->of[row->grade] = (GradeRule){.due_days = row->due_days,
                                      .wait_days = row->wait_days,
                                      .tells = row->tells,
                                      .own = true,
                                      .why = _("set by the organisation")};
  }
  return context_ok(c);
}

bool grade_rule_set(Context *c, FindingGrade grade, const GradeRule *rule, const char *reason) {
  TRANSACTION(c, tx);
  GradeRules rules;
  if (!grade_rules(c, &rules)) return false;
  if (rule->due_days < 0 || rule->due_days > LONGEST_DAYS)
    invalid(c, "due_days", _("Between 0 (no due date) and %d days."), LONGEST_DAYS);
  if (grade_is_nonconformity(grade) && rule->due_days == 0)
    invalid(c, "due_days", _("A nonconformity needs a due date."));
  if (rule->wait_days < 0 || rule->wait_days > LONGEST_DAYS)
    invalid(c, "wait_days", _("Between 0 and %d days."), LONGEST_DAYS);
  if (text_is_empty(reason)) invalid(c, "reason", _("Say why; the reason is kept."));
  if (!context_ok(c)) return false;
  const GradeRule *before = &rules.of[grade];
  sql_finding_rule_put(c, (SqlFindingRulePut){.grade = grade,
                                              .due_days = rule->due_days,
                                              .wait_days = rule->wait_days,
                                              .tells = rule->tells});
  LedgerEntry *entry = ledger_entry(c, "finding_rule.set", "finding_rule", grade + 1);
  ledger_value(entry, "grade", grade_name(grade));
  ledger_int(entry, "due_days", before->due_days, rule->due_days);
  ledger_int(entry, "wait_days", before->wait_days, rule->wait_days);
  ledger_int(entry, "tells", before->tells, rule->tells);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}
