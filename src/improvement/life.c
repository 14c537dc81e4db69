// SPDX-License-Identifier: Apache-2.0
#include "improvement/life.h"

#include "db/db.h"
#include "improvement/grade.h"
#include "improvement/work.h"
#include "org/people.h"

bool finding_is_theirs(Context *c, const SqlFindingByIdRow *row) {
  const uint32_t everything = 1u << ROLE_ADMINISTRATOR | 1u << ROLE_SECURITY_MANAGER |
                              1u << ROLE_TOP_MANAGEMENT | 1u << ROLE_INTERNAL_AUDITOR |
                              1u << ROLE_CONSULTANT;
  SqlFindingIsTheirsRow theirs;
  if (c->actor == 0 || (person_roles(c, c->actor) & everything) != 0 ||
      sql_finding_is_theirs(c, (SqlFindingIsTheirs){.id = row->id}, &theirs))
    return context_ok(c);
  return context_ok(c) && denied(c,
                                 _("“%s” is not yours. Its owner, or whoever leads the programme, "
                                   "can change it or give it to you."),
                                 row->title);
}

bool finding_open(Context *c, int64_t id, int64_t version, SqlFindingByIdRow *row) {
  if (!finding_load(c, id, version, row) || !finding_is_theirs(c, row)) return false;
  if (row->state < STEP_CLOSED || row->state == STEP_PARKED) return true;
  return conflict(c, _("F-%lld is %s and stays so. Open it again, with a reason."),
                  (long long)row->number, step_title((FindingState)row->state));
}

// ---- react, contain, the end of the search ----

static bool day_is_sound(Context *c, const SqlFindingByIdRow *row, Date *day) {
  if (!date_given(*day)) *day = c->today;
  if (date_compare(*day, c->today) > 0)
    return invalid(c, "on", _("%s has not come yet."), date_words(c->arena, *day));
  if (date_compare(*day, row->raised) < 0)
    return invalid(c, "on", _("It was raised on %s; this cannot have been before."),
                   date_words(c->arena, row->raised));
  return true;
}

// A step of a nonconformity, while its actions are not yet done.
bool finding_step_may(Context *c, int64_t id, int64_t version, FindingState step,
                      SqlFindingByIdRow *row) {
  Gaps gaps = {0};
  if (!finding_open(c, id, version, row)) return false;
  if (!grade_is_nonconformity((FindingGrade)row->grade))
    return invalid(c, "grade", _("Only a nonconformity goes through these steps; this is: %s."),
                   grade_title((FindingGrade)row->grade));
  if (row->state >= STEP_WAITING)
    return conflict(c, _("Its actions are done: what led to them stays as it was recorded."));
  return gaps_before(c, row, step, &gaps) && refuse_gaps(c, "step", &gaps);
}

static bool step_begins(Context *c, const FindingWords *in, FindingState step,
                        SqlFindingByIdRow *row, Date *on) {
  *on = in->on;
  return finding_step_may(c, in->finding, in->version, step, row) && day_is_sound(c, row, on);
}

bool finding_correct(Context *c, const FindingWords *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  Date on;
  if (!step_begins(c, in, STEP_RAISED, &was, &on) ||
      !words_are_there(c, "correction", in->words, _("Say what was put right at once.")))
    return false;
  is = was;
  is.correction = in->words;
  is.corrected_on = on;
  return finding_save(c, &was, &is, &(FindingChange){.action = "finding.corrected"}) &&
         transaction_commit(&tx);
}

bool finding_contain(Context *c, const FindingWords *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  Date on;
  if (!step_begins(c, in, STEP_CORRECTED, &was, &on) ||
      !words_are_there(c, "containment", in->words,
                       _("Say how its effects are held in, or why there is nothing to hold in.")))
    return false;
  is = was;
  is.containment = in->words;
  is.contained_on = on;
  return finding_save(c, &was, &is, &(FindingChange){.action = "finding.contained"}) &&
         transaction_commit(&tx);
}

bool finding_search_end(Context *c, const FindingWords *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  Date on;
  if (!step_begins(c, in, STEP_CAUSE_KNOWN, &was, &on)) return false;
  if (was.places == 0)
    invalid(c, "extent",
            _("No place is recorded yet: look at one at least, and say what you saw."));
  words_are_there(c, "extent", in->words, _("Say what the search came to."));
  if (!context_ok(c)) return false;
  is = was;
  is.extent = in->words;
  is.extent_on = on;
  return finding_save(c, &was, &is, &(FindingChange){.action = "finding.searched"}) &&
         transaction_commit(&tx);
}

// ---- everything that is no nonconformity ----

bool finding_decide(Context *c, const FindingDecision *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  static const char *const actions[] = {NULL, "finding.accepted", "finding.parked",
                                        "finding.declined"};
  if (!finding_open(c, in->finding, in->version, &was)) return false;
  if (grade_is_nonconformity((FindingGrade)was.grade))
    return invalid(c, "decision", _("A nonconformity is not decided about: it is corrected."));
  if (in->decision < DECISION_ACT || in->decision > DECISION_DECLINE)
    return invalid(c, "decision", _("Act on it, park it, or decline it."));
  if (in->decision != DECISION_ACT && text_is_empty(in->reason))
    invalid(c, "reason", _("Say why: whoever brought it will read it."));
  if (in->decision == DECISION_PARK && !date_given(in->until))
    invalid(c, "until", _("Say until when, so that it is not forgotten."));
  else if (in->decision == DECISION_PARK && date_compare(in->until, c->today) <= 0)
    invalid(c, "until", _("A day to come is meant."));
  if (was.actions_open > 0 && in->decision != DECISION_ACT)
    invalid(c, "decision", _("It has open actions. Finish or cancel them first."));
  if (!context_ok(c)) return false;
  is = was;
  is.decision = in->decision;
  is.decision_reason = words_of(in->reason);
  is.parked_until = in->decision == DECISION_PARK ? in->until : DATE_NONE;
  is.is_sorted = true;
  return finding_save(c, &was, &is, &(FindingChange){.action = actions[in->decision]}) &&
         transaction_commit(&tx);
}

static bool come_back(Context *c, int64_t finding, const GradeRules *rules) {
  SqlFindingByIdRow was, is;
  if (!finding_load(c, finding, 0, &was)) return false;
  is = was;
  is.decision = DECISION_NONE;
  is.parked_until = DATE_NONE;
  is.due = date_add_days(was.parked_until, (int32_t)rules->of[was.grade].due_days);
  return finding_save(c, &was, &is, &(FindingChange){.action = "finding.returned"});
}

bool finding_return(Context *c) {
  TRANSACTION(c, tx);
  GradeRules rules;
  if (!grade_rules(c, &rules)) return false;
  SqlFindingParkedRows rows = sql_finding_parked(c);
  for (size_t i = 0; i < rows.count; i++)
    if (!come_back(c, rows.items[i].id, &rules)) return false;
  return transaction_commit(&tx);
}

// ---- how grave, whose ----

bool finding_sort(Context *c, const FindingSort *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  GradeRules rules;
  if (!finding_open(c, in->finding, in->version, &was) || !grade_rules(c, &rules)) return false;
  if ((unsigned)in->grade >= GRADE_COUNT) return invalid(c, "grade", _("There is no such grade."));
  if (was.is_sorted && text_is_empty(in->reason))
    return invalid(c, "reason", _("Say why the grade changes; the reason is kept."));
  if (was.is_sorted && in->grade == (FindingGrade)was.grade)
    return invalid(c, "grade", _("That is its grade already."));
  const GradeRule *rule = &rules.of[in->grade];
  is = was;
  is.grade = in->grade;
  is.is_sorted = true;
  if (rule->due_days > 0) {
    Date due = date_add_days(was.is_sorted ? c->today : was.raised, (int32_t)rule->due_days);
    bool sooner = date_is_none(was.due) || date_compare(due, was.due) < 0;
    if (!was.is_sorted || sooner) is.due = due;
  }
  FindingChange change = {.action = "finding.sorted", .reason = in->reason};
  if (!finding_save(c, &was, &is, &change)) return false;
  bool tells = rule->tells && (!was.is_sorted || !rules.of[was.grade].tells);
  return (!tells || finding_tell_leaders(c, is.id, is.title, is.due)) && transaction_commit(&tx);
}

bool finding_give(Context *c, const FindingGive *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  if (!finding_open(c, in->finding, in->version, &was)) return false;
  is = was;
  bool given = in->owner.person != 0 || in->owner.position != 0;
  if (given) {
    is.owner_person = in->owner.person;
    is.owner_position = in->owner.position;
  }
  if (date_given(in->due) && date_compare(in->due, was.due) != 0) {
    if (date_compare(in->due, c->today) < 0)
      invalid(c, "due", _("%s is past."), date_words(c->arena, in->due));
    if (text_is_empty(in->reason))
      invalid(c, "reason", _("Say why the date changes; the first date stays in sight."));
    is.due = in->due;
  } else if (!given) {
    invalid(c, "owner", _("Say to whom it is given, or until when it is due."));
  }
  if (!context_ok(c)) return false;
  FindingChange change = {.action = "finding.given", .reason = in->reason};
  if (!finding_save(c, &was, &is, &change)) return false;
  ImprovementNews news = {.what = "finding.given",
                          .finding = is.id,
                          .to = {.person = is.owner_person, .position = is.owner_position},
                          .title = is.title,
                          .place = finding_place(c, is.id),
                          .due = is.due};
  return (!given || improvement_tell(c, &news)) && transaction_commit(&tx);
}

// ---- the end, and beginning again ----

bool finding_close(Context *c, const FindingWords *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was, is;
  Gaps gaps = {0};
  if (!finding_load(c, in->finding, in->version, &was)) return false;
  if (was.state >= STEP_CLOSED && was.state != STEP_PARKED)
    return conflict(c, _("F-%lld is %s already."), (long long)was.number,
                    step_title((FindingState)was.state));
  if (!finding_gaps(c, was.id, &gaps) || !refuse_gaps(c, "close", &gaps)) return false;
  if (was.state == STEP_PARKED)
    return invalid(c, "close", _("It is parked. Decide first to act on it or to decline it."));
  if (!words_are_there(c, "improved", in->words,
                       _("Say what is better than before; it is shown with its duty.")))
    return false;
  is = was;
  is.improved = in->words;
  is.closed_on = c->today;
  is.closer = c->actor;
  return finding_save(c, &was, &is, &(FindingChange){.action = "finding.closed"}) &&
         transaction_commit(&tx);
}

bool finding_reopen(Context *c, const FindingWords *in) {
  TRANSACTION(c, tx);
  SqlFindingByIdRow was;
  if (!finding_load(c, in->finding, in->version, &was)) return false;
  if (was.state < STEP_CLOSED || was.state == STEP_NOTED)
    return conflict(c, _("F-%lld is not closed."), (long long)was.number);
  if (text_is_empty(in->words)) return invalid(c, "reason", _("Say why it is opened again."));
  FindingChange change = {.action = "finding.reopened", .reason = in->words};
  return finding_next_round(c, &was, true, &change) && transaction_commit(&tx);
}

// Round again: what was recorded stays with its round, the clock of its grade begins anew.
bool finding_next_round(Context *c, const SqlFindingByIdRow *was, bool cause_anew,
                        const FindingChange *change) {
  SqlFindingByIdRow is = *was;
  GradeRules rules;
  if (!grade_rules(c, &rules)) return false;
  is.round++;
  is.actions_done = is.effective = 0; // of the new round
  is.closed_on = is.check_from = DATE_NONE;
  is.closer = 0;
  is.decision = DECISION_NONE;
  if (cause_anew) is.cause_on = is.extent_on = DATE_NONE;
  if (rules.of[was->grade].due_days > 0)
    is.due = date_add_days(c->today, (int32_t)rules.of[was->grade].due_days);
  return finding_save(c, was, &is, change);
}

bool finding_seen(Context *c, int64_t finding) {
  TRANSACTION(c, tx);
  int64_t rows =
      sql_finding_notice_see(c, (SqlFindingNoticeSee){.finding = finding, .person = c->actor});
  if (rows <= 0) return context_ok(c) && not_found(c, _("There is no notice for you here."));
  LedgerEntry *entry = ledger_entry(c, "finding.leader_saw", "finding", finding);
  ledger_number(entry, "person", c->actor);
  return ledger_write(entry) && transaction_commit(&tx);
}
