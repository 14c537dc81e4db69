// SPDX-License-Identifier: Apache-2.0
// daybook findings …: raising a finding and leading it through its steps. Each command prints the
// finding as it is now.
#include <stdio.h>
#include <string.h>

#include "diary/cli.h"
#include "improvement/cli.h"
#include "improvement/life.h"
#include "improvement/work.h"

static int run_raise(Invocation *in) {
  Context *c = invocation_context(in);
  FindingRaise what = {.title = option(in, "title"),
                       .statement = option(in, "statement"),
                       .criterion = option(in, "criterion"),
                       .evidence = option(in, "evidence"),
                       .source = option(in, "source") == NULL ? "direct" : option(in, "source"),
                       .area = option(in, "area"),
                       .raised = cli_day(in, "raised"),
                       .due = cli_day(in, "due")};
  int64_t id;
  if (!grade_parse(option(in, "grade"), &what.grade))
    invalid(c, "grade", _("major, minor, observation, opportunity, conformity or idea."));
  option_int(in, "activity", 1, INT64_MAX, &what.activity);
  if (!context_ok(c) || !cli_owner(in, "owner", &what.owner) || !finding_raise(c, &what, &id))
    return command_failed(in);
  return cli_show_finding(in, id);
}

// The commands that take words and a day.
static int with_words(Invocation *in, const char *name,
                      bool (*rule)(Context *c, const FindingWords *words)) {
  Context *c = invocation_context(in);
  FindingWords words = {
      .words = option(in, name), .on = cli_day(in, "on"), .version = cli_version(in)};
  if (!context_ok(c) || !cli_finding(in, &words.finding) || !rule(c, &words))
    return command_failed(in);
  return cli_show_finding(in, words.finding);
}

static int run_correct(Invocation *in) {
  return with_words(in, "text", finding_correct);
}
static int run_contain(Invocation *in) {
  return with_words(in, "text", finding_contain);
}
static int run_searched(Invocation *in) {
  return with_words(in, "text", finding_search_end);
}
static int run_close(Invocation *in) {
  return with_words(in, "improved", finding_close);
}
static int run_reopen(Invocation *in) {
  return with_words(in, "reason", finding_reopen);
}

// "process=Nobody checks" adds a cause to that branch of the fishbone.
static bool read_branches(Invocation *in, const char **branches, bool *any) {
  Context *c = invocation_context(in);
  for (size_t i = 0; i < option_count(in, "branch"); i++) {
    const char *text = option_at(in, "branch", i), *equals = strchr(text, '=');
    size_t kind = 0;
    while (cause_kinds[kind].name != NULL &&
           (equals == NULL || strlen(cause_kinds[kind].name) != (size_t)(equals - text) ||
            !text_starts(text, cause_kinds[kind].name)))
      kind++;
    if (cause_kinds[kind].name == NULL)
      return invalid(c, "branch", _("“%s”: write KIND=CAUSE, for example process=Nobody checks."),
                     text);
    branches[kind] = branches[kind] == NULL
                         ? equals + 1
                         : text_format(c->arena, "%s\n%s", branches[kind], equals + 1);
    *any = true;
  }
  return true;
}

static int run_cause(Invocation *in) {
  Context *c = invocation_context(in);
  const char *branches[16] = {0};
  bool fishbone = false;
  FindingCause cause = {.branches = branches,
                        .root = option(in, "root"),
                        .kind = option(in, "kind"),
                        .version = cli_version(in)};
  if (!cli_finding(in, &cause.finding) || !read_branches(in, branches, &fishbone))
    return command_failed(in);
  size_t whys = option_count(in, "why");
  if (whys > WHYS_MOST) invalid(c, "why", _("At most %d whys."), WHYS_MOST);
  for (size_t i = 0; i < whys && i < WHYS_MOST; i++) cause.whys[i] = option_at(in, "why", i);
  cause.method = fishbone ? CAUSE_FISHBONE : CAUSE_WHYS;
  option_int(in, "repeats", 1, INT64_MAX, &cause.repeats);
  if (!context_ok(c) || !finding_cause_set(c, &cause)) return command_failed(in);
  return cli_show_finding(in, cause.finding);
}

static int run_look(Invocation *in) {
  Context *c = invocation_context(in);
  PlaceLooked looked = {.kind = option(in, "kind") == NULL ? "other" : option(in, "kind"),
                        .title = option(in, "place"),
                        .note = option(in, "note"),
                        .there = option_flag(in, "there"),
                        .version = cli_version(in)};
  option_int(in, "object", 1, INT64_MAX, &looked.object);
  if (!context_ok(c) || !cli_finding(in, &looked.finding) || !finding_look(c, &looked))
    return command_failed(in);
  return cli_show_finding(in, looked.finding);
}

static int run_decide(Invocation *in) {
  Context *c = invocation_context(in);
  const char *word = option(in, "decision");
  FindingDecision decision = {.decision = text_equal(word, "act")       ? DECISION_ACT
                                          : text_equal(word, "park")    ? DECISION_PARK
                                          : text_equal(word, "decline") ? DECISION_DECLINE
                                                                        : DECISION_NONE,
                              .reason = option(in, "reason"),
                              .until = cli_day(in, "until"),
                              .version = cli_version(in)};
  if (!context_ok(c) || !cli_finding(in, &decision.finding) || !finding_decide(c, &decision))
    return command_failed(in);
  return cli_show_finding(in, decision.finding);
}

static int run_sort(Invocation *in) {
  Context *c = invocation_context(in);
  FindingSort sort = {.reason = option(in, "reason"), .version = cli_version(in)};
  if (!grade_parse(option(in, "grade"), &sort.grade))
    invalid(c, "grade", _("major, minor, observation, opportunity, conformity or idea."));
  if (!context_ok(c) || !cli_finding(in, &sort.finding) || !finding_sort(c, &sort))
    return command_failed(in);
  return cli_show_finding(in, sort.finding);
}

static int run_give(Invocation *in) {
  Context *c = invocation_context(in);
  FindingGive give = {
      .due = cli_day(in, "due"), .reason = option(in, "reason"), .version = cli_version(in)};
  if (!context_ok(c) || !cli_owner(in, "owner", &give.owner) || !cli_finding(in, &give.finding) ||
      !finding_give(c, &give))
    return command_failed(in);
  return cli_show_finding(in, give.finding);
}

static int run_check(Invocation *in) {
  Context *c = invocation_context(in);
  FindingCheck check = {.effective = option_flag(in, "effective"),
                        .result = option(in, "result"),
                        .on = cli_day(in, "on"),
                        .cause_was_wrong = option_flag(in, "cause-was-wrong"),
                        .version = cli_version(in)};
  if (check.effective == option_flag(in, "not-effective"))
    invalid(c, "effective", _("Say one of --effective and --not-effective."));
  if (!context_ok(c) || !cli_finding(in, &check.finding) || !finding_check(c, &check))
    return command_failed(in);
  return cli_show_finding(in, check.finding);
}

static int run_allow(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  Owner checker;
  if (!cli_finding(in, &id) || !cli_owner(in, "checker", &checker)) return command_failed(in);
  if (checker.person == 0) invalid(c, "checker", _("Name a person, not a position."));
  if (!context_ok(c) ||
      !finding_allow(c, id, checker.person, option(in, "reason"), cli_version(in)))
    return command_failed(in);
  return cli_show_finding(in, id);
}

#define GRADE_OPTION NEEDED("grade", "GRADE", "major, minor, observation, opportunity, …")
#define ON_OPTION    WISHED("on", "DATE", "the day (today)")
static const Option RAISE_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("title", "TEXT", "what it is, in a few words"),
    GRADE_OPTION,
    WISHED("statement", "TEXT", "what was found"),
    WISHED("criterion", "TEXT", "what it was measured against: a clause, a control, a rule"),
    WISHED("evidence", "TEXT", "what was seen"),
    WISHED("source", "SOURCE", "audit, review, incident, exercise, … (direct)"),
    WISHED("activity", "ID", "the activity of the diary it came from"),
    WISHED("area", "TEXT", "the part of the organisation"),
    WISHED("owner", "WHO", "a person or a position"),
    WISHED("raised", "DATE", "the day it was found (today)"),
    WISHED("due", "DATE", "until when it is closed (as its grade says)"),
    {0}};
static const Option WORDS_OPTIONS[] = {
    ORG_OPTION, NEEDED("text", "TEXT", "in your own words"), ON_OPTION, VERSION_OPTION, {0}};
static const Option CLOSE_OPTIONS[] = {
    ORG_OPTION, NEEDED("improved", "TEXT", "what is better than before"), VERSION_OPTION, {0}};
static const Option REOPEN_OPTIONS[] = {
    ORG_OPTION, NEEDED("reason", "TEXT", "why; it is kept"), VERSION_OPTION, {0}};
static const Option CAUSE_OPTIONS[] = {
    ORG_OPTION,
    {"why", "TEXT", "an answer to why; repeat it, each explains the one before", false, true},
    {"branch", "KIND=TEXT", "a possible cause of a fishbone; repeat it", false, true},
    NEEDED("root", "TEXT", "the cause that will be removed"),
    NEEDED("kind", "KIND", "people, process, technology, supplier, surroundings, leadership"),
    WISHED("repeats", "ID", "the finding whose cause it repeats"),
    VERSION_OPTION,
    {0}};
static const Option LOOK_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("place", "TEXT", "where you looked"),
    WISHED("kind", "KIND", "site, system, team, supplier, unit, finding, risk, other"),
    WISHED("object", "ID", "its number"),
    {"there", NULL, "it exists there, too", false, false},
    WISHED("note", "TEXT", "what you saw"),
    VERSION_OPTION,
    {0}};
static const Option DECIDE_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("decision", "WORD", "act, park, decline"),
    WISHED("reason", "TEXT", "why; needed to park and to decline"),
    WISHED("until", "DATE", "of parking"),
    VERSION_OPTION,
    {0}};
static const Option SORT_OPTIONS[] = {ORG_OPTION,
                                      GRADE_OPTION,
                                      WISHED("reason", "TEXT", "why the grade changes"),
                                      VERSION_OPTION,
                                      {0}};
static const Option GIVE_OPTIONS[] = {ORG_OPTION,
                                      WISHED("owner", "WHO", "a person or a position"),
                                      WISHED("due", "DATE", "until when"),
                                      WISHED("reason", "TEXT", "why the date changes"),
                                      VERSION_OPTION,
                                      {0}};
static const Option CHECK_OPTIONS[] = {
    ORG_OPTION,
    {"effective", NULL, "it stayed away", false, false},
    {"not-effective", NULL, "it came back: round again", false, false},
    {"cause-was-wrong", NULL, "not effective, because the cause was another", false, false},
    NEEDED("result", "TEXT", "what you looked at and what you saw"),
    ON_OPTION,
    VERSION_OPTION,
    {0}};
static const Option ALLOW_OPTIONS[] = {
    ORG_OPTION,
    NEEDED("checker", "WHO", "who may check their own work"),
    NEEDED("reason", "TEXT", "why nobody else can; it stays in sight"),
    VERSION_OPTION,
    {0}};

#define FINDING_COMMAND(constant, name, summary, arguments, example, options, count, run)          \
  static const Command constant = {"findings " name,                                               \
                                   summary,                                                        \
                                   arguments,                                                      \
                                   "daybook findings " name " " example,                           \
                                   NEED_ORGANISATION,                                              \
                                   options,                                                        \
                                   count,                                                          \
                                   count,                                                          \
                                   run}
FINDING_COMMAND(RAISE, "raise", "Raise a finding", "",
                "--title \"Leavers keep badges\" --grade minor --source audit", RAISE_OPTIONS, 0,
                run_raise);
FINDING_COMMAND(SORT, "sort", "Grade what was reported, or grade it anew with a reason", "ID",
                "F-3 --grade minor", SORT_OPTIONS, 1, run_sort);
FINDING_COMMAND(GIVE, "give", "Give a finding an owner or another due date", "ID",
                "F-3 --owner \"IT Operations Lead\"", GIVE_OPTIONS, 1, run_give);
FINDING_COMMAND(CORRECT, "correct", "Record what was put right at once", "ID",
                "F-3 --text \"Badges blocked\"", WORDS_OPTIONS, 1, run_correct);
FINDING_COMMAND(CONTAIN, "contain", "Record how its effects are held in", "ID",
                "F-3 --text \"No entry since\"", WORDS_OPTIONS, 1, run_contain);
FINDING_COMMAND(CAUSE, "cause", "Record the cause: five whys or a fishbone", "ID",
                "F-3 --why \"No list\" --why \"No owner\" --root \"No owner\" --kind process",
                CAUSE_OPTIONS, 1, run_cause);
FINDING_COMMAND(LOOK, "look", "Record one place where you looked for the same", "ID",
                "F-3 --place Rotterdam --kind site", LOOK_OPTIONS, 1, run_look);
FINDING_COMMAND(SEARCHED, "searched", "Record what the search elsewhere came to", "ID",
                "F-3 --text \"Only here\"", WORDS_OPTIONS, 1, run_searched);
FINDING_COMMAND(DECIDE, "decide", "Act on, park or decline what is no nonconformity", "ID",
                "F-5 --decision act", DECIDE_OPTIONS, 1, run_decide);
FINDING_COMMAND(CHECK, "check", "Check effectiveness; never one's own work", "ID",
                "F-3 --effective --result \"Ten badges tried\" --by anna@example.org",
                CHECK_OPTIONS, 1, run_check);
FINDING_COMMAND(ALLOW, "allow", "Let somebody check their own work; it stays in sight", "ID",
                "F-3 --checker anna@example.org --reason \"We are three\"", ALLOW_OPTIONS, 1,
                run_allow);
FINDING_COMMAND(CLOSE, "close", "Close a finding; refused with every missing step named", "ID",
                "F-3 --improved \"Leavers hand in badges\"", CLOSE_OPTIONS, 1, run_close);
FINDING_COMMAND(REOPEN, "reopen", "Open a closed finding again", "ID",
                "F-3 --reason \"It came back\"", REOPEN_OPTIONS, 1, run_reopen);
const Command *const finding_commands[] = {
    &FINDINGS_LIST, &FINDINGS_SHOW, &RAISE,  &SORT,  &GIVE,  &CORRECT, &CONTAIN, &CAUSE,
    &LOOK,          &SEARCHED,      &DECIDE, &CHECK, &ALLOW, &CLOSE,   &REOPEN,  NULL};
