// SPDX-License-Identifier: Apache-2.0
// The effectiveness check: by somebody who did nothing of it. That is hard; an exception has a
// reason and an approver, and stays in sight for ever.
#include "db/db.h"
#include "improvement/life.h"
#include "improvement/work.h"
#include "org/people.h"

static bool is_doer(Context *c, const SqlFindingByIdRow *row, int64_t person) {
  SqlFindingDoersRows rows =
      sql_finding_doers(c, (SqlFindingDoers){.finding = row->id, .round = row->round});
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].person == person) return true;
  return false;
}

// Whether the checker may check; *exception is what lets them, or 0.
static bool checker_may(Context *c, const SqlFindingByIdRow *row, int64_t *exception) {
  SqlFindingExceptionFindRow found;
  *exception = 0;
  if (c->actor == 0)
    return invalid(c, "checker", _("Say who checks: a person does, not the installation (--by)."));
  if (!is_doer(c, row, c->actor)) return context_ok(c);
  SqlFindingExceptionFind find = {.finding = row->id, .round = row->round, .checker = c->actor};
  if (sql_finding_exception_find(c, find, &found)) {
    *exception = found.id;
    return true;
  }
  if (!context_ok(c)) return false;
  return invalid(c, "checker",
                 _("You did part of it, and nobody checks their own work. Somebody else checks; "
                   "or top management lets you, with a reason that stays in sight."));
}

static bool check_is_sound(Context *c, const FindingCheck *in, const SqlFindingByIdRow *row,
                           Date *on) {
  Gaps gaps = {0};
  if (!grade_is_nonconformity((FindingGrade)row->grade))
    return invalid(c, "grade", _("Only a nonconformity is checked for effectiveness."));
  if (!gaps_before(c, row, STEP_WAITING, &gaps) || !refuse_gaps(c, "step", &gaps)) return false;
  if (row->state != STEP_WAITING)
    return conflict(c, _("F-%lld is %s: there is nothing to check now."), (long long)row->number,
                    step_title((FindingState)row->state));
  *on = date_given(in->on) ? in->on : c->today;
  if (date_compare(*on, c->today) > 0)
    invalid(c, "on", _("%s has not come yet."), date_words(c->arena, *on));
  else if (date_compare(*on, row->check_from) < 0)
    invalid(c, "on",
            _("The waiting period runs until %s; before that nobody can see whether it stayed "
              "away."),
            date_words(c->arena, row->check_from));
  words_are_there(c, "result", in->result, _("Say what you looked at and what you saw."));
  return context_ok(c);
}

bool check_put(Context *c, const SqlFindingCheckInsert *check, int64_t *id) {
  *id = sql_finding_check_insert(c, *check);
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "finding_check.recorded", "finding_check", *id);
  ledger_number(entry, "finding", check->finding);
  ledger_number(entry, "round", check->round);
  ledger_day(entry, "checked_on", check->checked_on);
  ledger_number(entry, "checker", check->checker);
  ledger_number(entry, "effective", check->effective);
  ledger_personal(entry, "result", check->result);
  ledger_number(entry, "exception", check->exception);
  return ledger_write(entry);
}

bool finding_check(Context *c, const FindingCheck *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  Date on = DATE_NONE;
  int64_t exception = 0;
  if (!finding_load(c, in->finding, in->version, &was) || !check_is_sound(c, in, &was, &on) ||
      !checker_may(c, &was, &exception))
    return false;
  SqlFindingCheckInsert check = {.finding = was.id,
                                 .round = was.round,
                                 .checked_on = on,
                                 .checker = c->actor,
                                 .effective = in->effective,
                                 .result = in->result,
                                 .exception = exception};
  int64_t id;
  if (!check_put(c, &check, &id)) return false;
  FindingChange change = {.action = in->effective ? "finding.effective" : "finding.not_effective",
                          .reason = in->result,
                          .about = id};
  if (!in->effective)
    return finding_next_round(c, &was, in->cause_was_wrong, &change) && transaction_commit(&tx);
  is = was;
  is.effective++;
  return finding_save(c, &was, &is, &change) && transaction_commit(&tx);
}

static bool approver_may(Context *c, const SqlFindingByIdRow *row, int64_t checker) {
  const uint32_t leading = 1u << ROLE_ADMINISTRATOR | 1u << ROLE_SECURITY_MANAGER |
                           1u << ROLE_TOP_MANAGEMENT | 1u << ROLE_CONSULTANT;
  if (c->actor == 0) return invalid(c, "approver", _("Say who approves it (--by)."));
  if (c->actor == checker)
    return invalid(c, "checker", _("Nobody lets themselves check their own work."));
  if (is_doer(c, row, c->actor))
    return invalid(c, "approver", _("You did part of it yourself; somebody who did not approves."));
  if ((person_roles(c, c->actor) & leading) == 0)
    return context_ok(c) && denied(c, _("Top management or whoever leads the programme approves "
                                        "an exception."));
  return context_ok(c);
}

bool finding_allow(Context *c, int64_t finding, int64_t checker, const char *reason,
                   int64_t version) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  SqlFindingExceptionFindRow known;
  SqlFindingCheckerRow who;
  if (!finding_load(c, finding, version, &was) || !approver_may(c, &was, checker)) return false;
  if (!sql_finding_checker(c, (SqlFindingChecker){.checker = checker}, &who))
    return context_ok(c) && invalid(c, "checker", _("There is no such person."));
  if (was.state != STEP_ACTING && was.state != STEP_WAITING)
    return conflict(c, _("F-%lld is not on its way to a check."), (long long)was.number);
  if (text_is_empty(reason))
    return invalid(c, "reason", _("Say why nobody else can check; it stays in sight."));
  SqlFindingExceptionFind find = {.finding = finding, .round = was.round, .checker = checker};
  if (sql_finding_exception_find(c, find, &known))
    return conflict(c, _("They may check it already."));
  int64_t id = sql_finding_exception_insert(
      c, (SqlFindingExceptionInsert){
             .finding = finding, .round = was.round, .checker = checker, .reason = reason});
  if (id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "finding_exception.allowed", "finding_exception", id);
  ledger_number(entry, "finding", finding);
  ledger_number(entry, "round", was.round);
  ledger_number(entry, "checker", checker);
  ledger_number(entry, "approver", c->actor);
  ledger_personal(entry, "reason", reason);
  if (!ledger_write(entry)) return false;
  is = was;
  FindingChange change = {.action = "finding.exception", .reason = reason, .about = checker};
  return finding_save(c, &was, &is, &change) && transaction_commit(&tx);
}
