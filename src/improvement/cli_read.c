// SPDX-License-Identifier: Apache-2.0
// daybook findings list, show; daybook actions list, show.
#include <stdio.h>

#include "diary/cli.h"
#include "improvement/action.h"
#include "improvement/cli.h"
#include "improvement/life.h"
#include "improvement/list.h"
#include "improvement/work.h"
#include "ledger/evidence.h"

enum { PRINTED_MOST = 200 };

// ---- findings list ----

static void finding_json(Json *j, const FindingLine *line) {
  json_open(j);
  json_put_int(j, "id", line->id);
  json_put_text(j, "number", line->label);
  json_put_text(j, "title", line->title);
  json_put_text(j, "grade", grade_name(line->grade));
  json_put_text(j, "status", line->status);
  json_put_bool(j, "overdue", line->overdue);
  json_put_bool(j, "unsorted", line->unsorted);
  json_put_text(j, "source", line->source);
  json_put_text(j, "source_title", line->source_title);
  json_put_text(j, "owner", line->owner);
  json_put_date(j, "raised", line->raised);
  json_put_date(j, "due", line->due);
  json_put_date(j, "closed_on", line->closed_on);
  json_put_int(j, "actions", line->actions);
  json_put_int(j, "actions_open", line->actions_open);
  json_put_int(j, "version", line->version);
  json_close(j);
}

static int run_findings(Invocation *in) {
  Context *c = invocation_context(in);
  FindingLines lines;
  FindingFilter filter = finding_filter();
  filter.status = option(in, "status");
  filter.grade = option(in, "grade");
  filter.source = option(in, "source");
  filter.text = option(in, "text");
  filter.sort = option(in, "sort");
  filter.limit = PRINTED_MOST;
  if (!cli_person(in, &filter.person) || !finding_list(c, &filter, &lines))
    return command_failed(in);
  if (invocation_json(in)) {
    Json j;
    json_init(&j, c->arena);
    json_open_list(&j);
    for (size_t i = 0; i < lines.count; i++) finding_json(&j, &lines.items[i]);
    json_close_list(&j);
    return cli_print_json(&j);
  }
  for (size_t i = 0; i < lines.count; i++) {
    const FindingLine *line = &lines.items[i];
    printf("%5lld  %-6s %-12s %-12s %s %s  %s (%s)\n", (long long)line->id, line->label,
           grade_name(line->grade), line->status,
           date_is_none(line->due) ? "          " : date_text(c->arena, line->due),
           line->overdue ? "!" : " ", line->title, line->owner);
  }
  if (lines.total > (int64_t)lines.count) printf(_("… %lld altogether\n"), (long long)lines.total);
  if (lines.count == 0) printf(_("No finding is like this.\n"));
  return 0;
}

// ---- findings show ----

static void show_checks(Context *c, Json *j, int64_t id) {
  SqlFindingChecksRows checks = sql_finding_checks(c, (SqlFindingChecks){.finding = id});
  json_key(j, "checks");
  json_open_list(j);
  for (size_t i = 0; i < checks.count; i++) {
    json_open(j);
    json_put_date(j, "on", checks.items[i].checked_on);
    json_put_text(j, "checker", words_of(checks.items[i].checker));
    json_put_bool(j, "effective", checks.items[i].effective);
    json_put_text(j, "result", checks.items[i].result);
    json_put_bool(j, "exception", checks.items[i].exception != 0);
    json_close(j);
  }
  json_close_list(j);
  SqlFindingExceptionsRows exceptions =
      sql_finding_exceptions(c, (SqlFindingExceptions){.finding = id});
  json_key(j, "exceptions");
  json_open_list(j);
  for (size_t i = 0; i < exceptions.count; i++) {
    json_open(j);
    json_put_text(j, "checker", exceptions.items[i].checker);
    json_put_text(j, "approver", exceptions.items[i].approver);
    json_put_text(j, "reason", exceptions.items[i].reason);
    json_close(j);
  }
  json_close_list(j);
}

static void action_json(Json *j, const ActionLine *line) {
  json_open(j);
  json_put_int(j, "id", line->id);
  json_put_text(j, "title", line->title);
  json_put_text(j, "status", line->status);
  json_put_bool(j, "overdue", line->overdue);
  json_put_text(j, "owner", line->owner);
  json_put_date(j, "due", line->due);
  json_put_date(j, "baseline", line->baseline);
  json_put_date(j, "done_on", line->done_on);
  json_put_int(j, "priority", line->priority);
  json_put_int(j, "progress", line->progress);
  json_put_int(j, "extensions", line->extensions);
  json_put_int(j, "finding", line->finding);
  json_put_text(j, "source", line->source);
  json_put_text(j, "source_title", line->source_title);
  json_put_int(j, "version", line->version);
  json_close(j);
}

static void steps_json(Json *j, const Finding *f) {
  json_put_text(j, "correction", f->correction);
  json_put_date(j, "corrected_on", f->corrected_on);
  json_put_text(j, "containment", f->containment);
  json_put_date(j, "contained_on", f->contained_on);
  json_put_text(j, "cause", f->cause);
  json_put_text(j, "cause_kind", f->cause_kind);
  json_put_date(j, "cause_on", f->cause_on);
  json_put_int(j, "repeats", f->repeats);
  json_put_text(j, "extent", f->extent);
  json_put_date(j, "extent_on", f->extent_on);
  json_put_text(j, "decision_reason", f->decision_reason);
  json_put_date(j, "parked_until", f->parked_until);
  json_put_date(j, "check_from", f->check_from);
  json_put_text(j, "improved", f->improved);
  json_put_int(j, "round", f->round);
  json_put_bool(j, "imported", f->imported);
}

static void show_alike(Context *c, Json *j, const Finding *f) {
  Alikes alikes = {0};
  if (!date_is_none(f->cause_on)) finding_alike(c, f->line.id, f->cause, f->cause_kind, &alikes);
  json_key(j, "alike");
  json_open_list(j);
  for (size_t i = 0; i < alikes.count; i++) {
    json_open(j);
    json_put_int(j, "id", alikes.items[i].id);
    json_put_text(j, "title", alikes.items[i].title);
    json_put_text(j, "cause", alikes.items[i].cause);
    json_put_text(j, "why", alikes.items[i].words);
    json_close(j);
  }
  json_close_list(j);
}

static int show_json(Context *c, const Finding *f, const Gaps *gaps, const ActionLines *actions) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "id", f->line.id);
  json_put_text(&j, "number", f->line.label);
  json_put_text(&j, "title", f->line.title);
  json_put_text(&j, "statement", f->statement);
  json_put_text(&j, "criterion", f->criterion);
  json_put_text(&j, "grade", grade_name(f->line.grade));
  json_put_text(&j, "status", f->line.status);
  json_put_bool(&j, "overdue", f->line.overdue);
  json_put_text(&j, "source", f->line.source);
  json_put_text(&j, "source_title", f->line.source_title);
  json_put_text(&j, "owner", f->line.owner);
  json_put_date(&j, "raised", f->line.raised);
  json_put_date(&j, "due", f->line.due);
  json_put_date(&j, "baseline", f->baseline);
  json_put_date(&j, "closed_on", f->line.closed_on);
  steps_json(&j, f);
  show_checks(c, &j, f->line.id);
  show_alike(c, &j, f);
  json_key(&j, "actions");
  json_open_list(&j);
  for (size_t i = 0; i < actions->count; i++) action_json(&j, &actions->items[i]);
  json_close_list(&j);
  cli_gaps_json(&j, gaps);
  json_put_int(&j, "version", f->line.version);
  json_close(&j);
  return cli_print_json(&j);
}

static void show_step(Context *c, const char *name, Date on, const char *words) {
  if (!date_is_none(on)) printf("  %s (%s): %s\n", name, date_text(c->arena, on), words);
}

static int show_text(Context *c, const Finding *f, const Gaps *gaps, const ActionLines *actions) {
  printf("%s %s\n", f->line.label, f->line.title);
  printf(_("  %s, %s, raised %s, due %s, owner: %s\n"), grade_title(f->line.grade), f->line.words,
         date_text(c->arena, f->line.raised),
         date_is_none(f->line.due) ? _("never") : date_text(c->arena, f->line.due), f->line.owner);
  if (f->statement[0] != '\0') printf("  %s\n", f->statement);
  show_step(c, _("corrected"), f->corrected_on, f->correction);
  show_step(c, _("contained"), f->contained_on, f->containment);
  show_step(c, _("cause"), f->cause_on, f->cause);
  show_step(c, _("elsewhere"), f->extent_on, f->extent);
  for (size_t i = 0; i < actions->count; i++)
    printf(_("  action %lld, %s, due %s: %s\n"), (long long)actions->items[i].id,
           actions->items[i].status, date_text(c->arena, actions->items[i].due),
           actions->items[i].title);
  if (!date_is_none(f->check_from) && f->line.open)
    printf(_("  effectiveness check from %s\n"), date_text(c->arena, f->check_from));
  if (f->improved[0] != '\0') printf(_("  better than before: %s\n"), f->improved);
  cli_gaps_text(gaps);
  return 0;
}

int cli_show_finding(Invocation *in, int64_t id) {
  Context *c = invocation_context(in);
  Finding f;
  Gaps gaps = {0};
  ActionLines actions;
  ActionFilter filter = {.finding = id, .status = "all", .limit = PRINTED_MOST};
  if (!finding_get(c, id, &f) || !finding_gaps(c, id, &gaps) || !action_list(c, &filter, &actions))
    return command_failed(in);
  return (invocation_json(in) ? show_json : show_text)(c, &f, &gaps, &actions);
}

static int run_finding(Invocation *in) {
  int64_t id;
  return cli_finding(in, &id) ? cli_show_finding(in, id) : command_failed(in);
}

// ---- actions ----

static int run_actions(Invocation *in) {
  Context *c = invocation_context(in);
  ActionLines lines;
  ActionFilter filter = {.status = option(in, "status"),
                         .text = option(in, "text"),
                         .sort = option(in, "sort"),
                         .limit = PRINTED_MOST};
  if (!cli_person(in, &filter.person) || !action_list(c, &filter, &lines))
    return command_failed(in);
  if (invocation_json(in)) {
    Json j;
    json_init(&j, c->arena);
    json_open_list(&j);
    for (size_t i = 0; i < lines.count; i++) action_json(&j, &lines.items[i]);
    json_close_list(&j);
    return cli_print_json(&j);
  }
  for (size_t i = 0; i < lines.count; i++) {
    const ActionLine *line = &lines.items[i];
    printf("%5lld  %-10s %3d %%  %s %s  %s (%s)\n", (long long)line->id, line->status,
           line->progress, date_text(c->arena, line->due), line->overdue ? "!" : " ", line->title,
           line->owner);
  }
  if (lines.count == 0) printf(_("No action is like this.\n"));
  return 0;
}

static int run_action(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  Action a;
  if (!cli_id(in, &id) || !action_get(c, id, &a)) return command_failed(in);
  if (!invocation_json(in)) {
    printf("%s\n", a.line.title);
    printf(_("  %s, %d %%, due %s (first %s, %d times extended), owner: %s\n"), a.line.status,
           a.line.progress, date_text(c->arena, a.line.due), date_text(c->arena, a.line.baseline),
           a.line.extensions, a.line.owner);
    if (a.result[0] != '\0') printf("  %s\n", a.result);
    for (size_t i = 0; i < a.needs.count; i++)
      printf(_("  needs %lld first: %s, %s\n"), (long long)a.needs.items[i].id,
             a.needs.items[i].title, a.needs.items[i].status);
    cli_gaps_text(&a.gaps);
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_key(&j, "action");
  action_json(&j, &a.line);
  json_put_text(&j, "detail", a.detail);
  json_put_text(&j, "result", a.result);
  json_put_text(&j, "done_by", a.done_by);
  json_put_int(&j, "evidence", a.evidence);
  json_key(&j, "needs");
  json_open_list(&j);
  for (size_t i = 0; i < a.needs.count; i++) json_int(&j, a.needs.items[i].id);
  json_close_list(&j);
  cli_gaps_json(&j, &a.gaps);
  json_close(&j);
  return cli_print_json(&j);
}

static const Option FINDINGS_OPTIONS[] = {
    ORG_OPTION,
    WISHED("status", "STATUS", "open, overdue, unsorted, ended, raised, waiting, closed, …"),
    WISHED("grade", "GRADE", "major, minor, observation, opportunity, conformity, idea"),
    WISHED("source", "SOURCE", "audit, review, incident, report, …"),
    WISHED("owner", "WHO", "a person's, or of a position they hold"),
    WISHED("text", "TEXT", "part of the title"),
    WISHED("sort", "WORD", "due, raised, title, grade"),
    {0}};
static const Option ACTIONS_OPTIONS[] = {
    ORG_OPTION,
    WISHED("status", "STATUS", "open, under_way, done, cancelled, overdue, all"),
    WISHED("owner", "WHO", "a person's, or of a position they hold"),
    WISHED("text", "TEXT", "part of the title"),
    WISHED("sort", "WORD", "due, title, priority"),
    {0}};
static const Option SHOW_OPTIONS[] = {ORG_OPTION, {0}};

const Command FINDINGS_LIST = {"findings list",
                               "Findings from every source",
                               "",
                               "daybook findings list --org nordwind --status open",
                               NEED_ORGANISATION,
                               FINDINGS_OPTIONS,
                               0,
                               0,
                               run_findings};
const Command FINDINGS_SHOW = {"findings show",
                               "One finding: its steps, its actions, what is missing",
                               "ID",
                               "daybook findings show F-3 --org nordwind",
                               NEED_ORGANISATION,
                               SHOW_OPTIONS,
                               1,
                               1,
                               run_finding};
const Command ACTIONS_LIST = {"actions list",
                              "What is to be done, by whom, until when",
                              "",
                              "daybook actions list --org nordwind --status overdue",
                              NEED_ORGANISATION,
                              ACTIONS_OPTIONS,
                              0,
                              0,
                              run_actions};
const Command ACTIONS_SHOW = {"actions show",
                              "One action: progress, what it needs, what is missing",
                              "ID",
                              "daybook actions show 12 --org nordwind",
                              NEED_ORGANISATION,
                              SHOW_OPTIONS,
                              1,
                              1,
                              run_action};
