// SPDX-License-Identifier: Apache-2.0
// daybook audits universe | propose | check: the planner from the command line, without a database.
#include "audits/programme.h"
#include "cli/command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 64 << 20, INFEASIBLE = 3 }; // INFEASIBLE: the exit code

typedef struct Reading {
  FILE *file;
} Reading;

static void reading_close(Reading *reading) {
  if (reading->file != NULL) fclose(reading->file);
}

static bool read_file(Context *c, const char *field, const char *path, Text *out) {
  Reading in __attribute__((cleanup(reading_close))) = {fopen(path, "rb")};
  if (in.file == NULL) return invalid(c, field, _("%s cannot be read."), path);
  text_init(out, c->arena);
  char chunk[16384];
  for (size_t got; (got = fread(chunk, 1, sizeof chunk, in.file)) > 0;) {
    if (out->length + got > FILE_MAX) return invalid(c, field, _("%s is over 64 MB."), path);
    text_add_n(out, chunk, got);
  }
  return ferror(in.file) ? invalid(c, field, _("%s cannot be read."), path) : true;
}

// The organisation's own: built from its registers first, which changes nothing the second time.
static bool own_universe(Invocation *in, OrgUniverse *out) {
  Context *c = invocation_context(in);
  UniverseBuilt built;
  return invocation_open_organisation(in) && universe_build(c, &built) &&
         org_universe(c, &(OrgQuestion){.start = DATE_NONE}, out);
}

static bool given_universe(Invocation *in, Universe *out) {
  Context *c = invocation_context(in);
  Text json;
  if (option(in, "universe") == NULL) {
    OrgUniverse own;
    if (!own_universe(in, &own)) return false;
    *out = own.u;
    return true;
  }
  return read_file(c, "universe", option(in, "universe"), &json) &&
         universe_read(c, json.data, json.length, out);
}

static int run_universe(Invocation *in) {
  Context *c = invocation_context(in);
  RandomUniverse size = {120, 6, 36, 1};
  Universe universe;
  if (!option_flag(in, "random")) {
    OrgUniverse own;
    if (!own_universe(in, &own)) return command_failed(in);
    puts(universe_json(c, &own.u));
    return 0;
  }
  option_int(in, "units", 1, UNIVERSE_MAX_UNITS, &size.units);
  option_int(in, "auditors", 1, UNIVERSE_MAX_AUDITORS, &size.auditors);
  option_int(in, "months", 1, UNIVERSE_MAX_MONTHS, &size.months);
  option_int(in, "seed", 0, INT64_MAX, &size.seed);
  if (!context_ok(c) || !universe_random(c, size, &universe)) return command_failed(in);
  puts(universe_json(c, &universe));
  return 0;
}

// Ctrl-C ends the search, not the program: what was found until then is the answer.
static void hold_interrupt(int how) {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  sigprocmask(how, &interrupt, NULL);
}

static bool interrupted(void) {
  sigset_t waiting;
  return sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}

static bool quiet_progress(void *user, double share, double objective, bool feasible) {
  (void)user, (void)share, (void)objective, (void)feasible;
  return !interrupted();
}

static bool show_progress(void *user, double share, double objective, bool feasible) {
  (void)user;
  fprintf(stderr, _("\r%3.0f %%  staleness %.1f%s"), share * 100, objective,
          feasible ? _("  every rule kept ") : _("  rules still broken"));
  return !interrupted();
}

static void print_conflicts(const Plan *plan) {
  for (size_t i = 0; i < plan->conflicts.count; i++) {
    const PlanConflict *conflict = &plan->conflicts.items[i];
    printf("%s%s: %s\n", conflict->rule, conflict->proved ? _(" (proved)") : "", conflict->text);
    for (size_t w = 0; w < conflict->ways_out.count; w++)
      printf(_("  way out: %s\n"), conflict->ways_out.items[w]);
  }
}

static void print_plan(const Universe *u, const Plan *plan, const PlanSearch *search) {
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    printf(_("month %2d  %-20s %s\n"), at->month, u->units[at->unit].id,
           u->auditors[at->auditor].id);
  }
  printf(_("%zu audits, staleness %.2f, %s"), plan->assignments.count, plan->objective,
         plan->feasible ? _("every rule kept") : _("not every rule can be kept"));
  if (search->first_feasible_seconds >= 0)
    printf(_("; first such plan after %.3f s"), search->first_feasible_seconds);
  putchar('\n');
  print_conflicts(plan);
}

static bool read_seconds(Invocation *in, double *out) {
  const char *text = option(in, "seconds");
  if (text == NULL) return true;
  if (text_to_real(text, out) && *out > 0 && *out <= 3600) return true;
  return invalid(invocation_context(in), "seconds", _("More than 0 and at most 3600 is expected."));
}

// A version of the programme: a new one, or one that a page asked for.
static int propose_version(Invocation *in, int64_t seed, int64_t steps) {
  Context *c = invocation_context(in);
  int64_t id = 0;
  AuditProgramme programme;
  option_int(in, "version", 1, INT64_MAX, &id);
  if (!context_ok(c) || !invocation_open_organisation(in) ||
      (id == 0 && !audit_programme_start(c, seed, steps, &id)) ||
      !audit_programme_search(c, id, NULL, NULL) || !audit_programme_get(c, id, &programme))
    return command_failed(in);
  if (invocation_json(in))
    printf("{\"version\":%lld,\"number\":%lld,\"feasible\":%s,\"objective\":%.6g}\n", (long long)id,
           (long long)programme.number, programme.feasible ? "true" : "false", programme.staleness);
  else
    printf(_("Version %lld is proposed; %s.\n"), (long long)programme.number,
           programme.feasible ? _("every rule is kept") : _("not every rule can be kept"));
  return programme.feasible ? 0 : INFEASIBLE;
}

static int run_propose(Invocation *in) {
  Context *c = invocation_context(in);
  Universe universe;
  Plan plan;
  int64_t seed = 1, steps = 0;
  PlanSearch search = {0};
  option_int(in, "seed", 0, INT64_MAX, &seed);
  option_int(in, "steps", 1, INT64_C(100000000000), &steps);
  if (option(in, "universe") != NULL && option(in, "org") != NULL)
    invalid(c, "universe", _("Either --universe or --org, not both."));
  if (!read_seconds(in, &search.seconds) || !context_ok(c)) return command_failed(in);
  if (option_flag(in, "keep") || option(in, "version") != NULL)
    return propose_version(in, seed, steps);
  if (!given_universe(in, &universe)) return command_failed(in);
  const char *lp = option(in, "lp");
  if (lp != NULL && !plan_write_lp(c, &universe, lp)) return command_failed(in);
  search.seed = (uint64_t)seed;
  search.steps = steps;
  search.progress = invocation_json(in) ? quiet_progress : show_progress;
  hold_interrupt(SIG_BLOCK);
  if (!plan_search(c, &universe, &search, &plan)) return command_failed(in);
  if (!invocation_json(in)) fputc('\n', stderr);
  if (invocation_json(in))
    puts(plan_json(c, &universe, &plan));
  else
    print_plan(&universe, &plan, &search);
  return plan.feasible ? 0 : INFEASIBLE;
}

static int run_check(Invocation *in) {
  Context *c = invocation_context(in);
  Universe universe;
  Plan plan;
  Text json;
  if (!given_universe(in, &universe) || !read_file(c, "plan", option(in, "plan"), &json) ||
      !plan_read(c, &universe, json.data, json.length, &plan) || !plan_check(c, &universe, &plan))
    return command_failed(in);
  if (invocation_json(in)) {
    puts(plan_json(c, &universe, &plan));
  } else {
    printf(_("%s; staleness %.2f\n"),
           plan.feasible ? _("Every rule is kept") : _("Rules are broken"), plan.objective);
    print_conflicts(&plan);
  }
  return plan.feasible ? 0 : INFEASIBLE;
}

static const Option UNIVERSE_OPTIONS[] = {
    {"random", NULL, "make one up, with a feasible plan hidden in it", false, false},
    {"units", "N", "auditable units (120)", false, false},
    {"auditors", "N", "auditors (6)", false, false},
    {"months", "N", "months to plan, at most 60 (36)", false, false},
    {"seed", "N", "the same seed gives the same universe (1)", false, false},
    {0},
};
static const Option PROPOSE_OPTIONS[] = {
    {"universe", "FILE", "the universe, as JSON; or --org for the organisation's own", false,
     false},
    {"keep", NULL, "with --org: keep it as a proposed version of the programme", false, false},
    {"version", "N", "with --org: search for this version, which a page asked for", false, false},
    {"seed", "N", "the same seed and steps give the same plan (1)", false, false},
    {"steps", "N", "how many moves to try (from the size)", false, false},
    {"seconds", "S", "search this long instead", false, false},
    {"lp", "FILE", "also write the linear relaxation, for a bound by another solver", false, false},
    {0},
};
static const Option CHECK_OPTIONS[] = {
    {"universe", "FILE", "the universe, as JSON", true, false},
    {"plan", "FILE", "the plan, as JSON", true, false},
    {0},
};

static const Command UNIVERSE = {
    "audits universe",
    "Print a universe of auditable units",
    "",
    "daybook audits universe --random --units 120 --auditors 6 --months 36 --seed 7",
    NEED_NOTHING,
    UNIVERSE_OPTIONS,
    0,
    0,
    run_universe};
static const Command PROPOSE = {
    "audits propose",
    "Plan the audits of a universe over the cycle",
    "",
    "daybook audits propose --universe universe.json --seconds 5 --json",
    NEED_NOTHING,
    PROPOSE_OPTIONS,
    0,
    0,
    run_propose};
static const Command CHECK = {"audits check",
                              "Check a plan against every rule, independently of the planner",
                              "",
                              "daybook audits check --universe universe.json --plan plan.json",
                              NEED_NOTHING,
                              CHECK_OPTIONS,
                              0,
                              0,
                              run_check};
extern const Command *const audits_commands[];
const Command *const audits_commands[] = {&UNIVERSE, &PROPOSE, &CHECK, NULL};
