// SPDX-License-Identifier: Apache-2.0
// daybook audits list | show | make | scope | team | except | start | assess | issue | conclude |
// reopen | draw: one audit from the command line, under the same rules as its pages.
#include "audits/audit_rows.h"

#include "diary/cli.h"

#include <stdio.h>

enum { LIST_MOST = 500, DRAW_MOST = 1000 };

// ---- list ----

static AuditState list_state(const SqlAuditListRow *row) {
  if (row->state == STATE_CANCELLED) return AUDIT_CANCELLED;
  if (row->state == STATE_CONCLUDED) return row->open_again ? AUDIT_REOPENED : AUDIT_CONCLUDED;
  return instant_is_none(row->started) ? AUDIT_PLANNED : AUDIT_UNDER_WAY;
}

static void list_json(Context *c, const SqlAuditListRows *rows) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_key(&j, "audits");
  json_open_list(&j);
  for (size_t i = 0; i < rows->count; i++) {
    const SqlAuditListRow *row = &rows->items[i];
    json_open(&j);
    json_put_int(&j, "id", row->id);
    json_put_int(&j, "activity", row->activity);
    json_put_text(&j, "title", row->title);
    json_put_text(&j, "kind", row->kind);
    json_put_text(&j, "state", audit_state_name(list_state(row)));
    json_put_date(&j, "due", row->due);
    json_put_text(&j, "lead", or_empty(row->lead));
    json_put_int(&j, "items", row->items);
    json_put_int(&j, "items_open", row->items_open);
    json_put_int(&j, "major", row->majors);
    json_put_int(&j, "minor", row->minors);
    json_put_int(&j, "exceptions", row->waivers);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  cli_print_json(&j);
}

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  SqlAuditListRows rows = sql_audit_list(c, (SqlAuditList){.kind = or_empty(option(in, "kind")),
                                                           .find = "",
                                                           .state = -1,
                                                           .limit = LIST_MOST,
                                                           .sort = SQL_AUDIT_LIST_DUE});
  if (!context_ok(c)) return command_failed(in);
  if (invocation_json(in)) {
    list_json(c, &rows);
    return 0;
  }
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditListRow *row = &rows.items[i];
    printf("%6lld  %s  %-10s  %s%s\n", (long long)row->id, date_text(c->arena, row->due),
           audit_state_title(list_state(row)), row->title,
           row->waivers > 0 ? _("  (with an exception)") : "");
  }
  if (rows.count == 0) puts(_("No audit has a plan yet: `daybook audits make --activity NUMBER`."));
  return 0;
}

// ---- show ----

static void show_waivers(Context *c, Json *j, int64_t audit) {
  AuditWaiverRowList waivers = audit_waiver_rows(c, audit);
  json_key(j, "exceptions");
  json_open_list(j);
  for (size_t i = 0; i < waivers.count; i++) {
    const AuditWaiverRow *w = &waivers.items[i];
    json_open(j);
    json_put_int(j, "id", w->id);
    json_put_text(j, "person", w->name);
    json_put_text(j, "area", w->area);
    json_put_text(j, "reason", w->reason);
    json_put_text(j, "approver", w->approver);
    json_put_bool(j, "confirmed", !w->waits);
    json_close(j);
  }
  json_close_list(j);
}

static void show_json(Context *c, const Audit *a, const Gaps *gaps, const Biases *biases) {
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "id", a->id);
  json_put_int(&j, "activity", a->activity);
  json_put_text(&j, "title", a->title);
  json_put_text(&j, "kind", audit_kind_name(a->kind));
  json_put_text(&j, "state", audit_state_name(a->state));
  json_put_date(&j, "due", a->due);
  json_put_text(&j, "objective", a->objective);
  json_put_text(&j, "criteria", a->criteria);
  json_put_text(&j, "summary", a->summary);
  json_put_int(&j, "version", a->version);
  json_key(&j, "items");
  json_open_list(&j);
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = a->id});
  for (size_t i = 0; i < items.count; i++) {
    json_open(&j);
    json_put_int(&j, "id", items.items[i].id);
    json_put_text(&j, "ref", items.items[i].ref);
    json_put_text(&j, "title", items.items[i].title);
    json_put_text(&j, "result", result_name((ItemResult)items.items[i].result));
    json_close(&j);
  }
  json_close_list(&j);
  json_key(&j, "independence");
  json_open_list(&j);
  for (size_t i = 0; i < biases->count; i++) {
    json_open(&j);
    json_put_text(&j, "words", biases->items[i].words);
    json_put_bool(&j, "hard", biases->items[i].hard);
    json_put_bool(&j, "exception", biases->items[i].waived);
    json_close(&j);
  }
  json_close_list(&j);
  show_waivers(c, &j, a->id);
  json_key(&j, "gaps");
  json_open_list(&j);
  for (size_t i = 0; i < gaps->count; i++) {
    json_open(&j);
    json_put_text(&j, "what", gaps->items[i].what);
    json_put_text(&j, "how", gaps->items[i].how);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  cli_print_json(&j);
}

static void show_text(Context *c, const Audit *a, const Gaps *gaps, const Biases *biases) {
  printf("%s\n", a->title);
  printf(_("  %s, %s, due %s\n"), audit_kind_title(a->kind), audit_state_title(a->state),
         date_text(c->arena, a->due));
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = a->id});
  for (size_t i = 0; i < items.count; i++)
    printf("  %6lld %-9s %-14s %s\n", (long long)items.items[i].id, items.items[i].ref,
           result_name((ItemResult)items.items[i].result), items.items[i].title);
  for (size_t i = 0; i < biases->count; i++)
    printf("  %s %s%s\n", biases->items[i].hard ? "!" : "~", biases->items[i].words,
           biases->items[i].waived ? _(" (exception recorded)") : "");
  AuditWaiverRowList waivers = audit_waiver_rows(c, a->id);
  for (size_t i = 0; i < waivers.count; i++)
    if (waivers.items[i].waits)
      printf(_("  exception %lld waits for %s: `daybook audits confirm %lld %lld --by …`\n"),
             (long long)waivers.items[i].id, waivers.items[i].approver, (long long)a->id,
             (long long)waivers.items[i].id);
  for (size_t i = 0; a->open && i < gaps->count; i++)
    printf(_("  missing: %s %s\n"), gaps->items[i].what, gaps->items[i].how);
}

static int show(Invocation *in, int64_t id) {
  Context *c = invocation_context(in);
  Audit a;
  Gaps gaps = {0};
  Biases biases = {0};
  if (!audit_get(c, id, &a) || !audit_gaps(c, id, &gaps) || !audit_biases(c, id, 0, 0, &biases))
    return command_failed(in);
  if (invocation_json(in))
    show_json(c, &a, &gaps, &biases);
  else
    show_text(c, &a, &gaps, &biases);
  return 0;
}

static int run_show(Invocation *in) {
  int64_t id;
  return cli_id(in, &id) ? show(in, id) : command_failed(in);
}

// ---- changes ----

static int run_make(Invocation *in) {
  Context *c = invocation_context(in);
  AuditPlan plan = {.title = option(in, "title"), .body = option(in, "body"), .due = c->today};
  int64_t id = 0;
  option_int(in, "activity", 1, INT64_MAX, &plan.activity);
  option_date(in, "due", &plan.due);
  if (option(in, "kind") != NULL && !audit_kind_parse(option(in, "kind"), &plan.kind))
    invalid(c, "kind", _("One of internal, certification, surveillance, supplier, customer."));
  if (!context_ok(c) || !audit_create(c, &plan, &id)) return command_failed(in);
  return show(in, id);
}

static int run_scope(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id, area;
  if (!cli_id(in, &id)) return command_failed(in);
  for (size_t i = 1; i < argument_count(in); i++)
    if (!audit_area_add(c, id, argument(in, i), 0, &area)) return command_failed(in);
  return show(in, id);
}

static bool outsider_or_known(Context *c, const char *name, const char *outside, int64_t *person) {
  if (text_is_empty(outside)) return audit_person_named(c, "person", name, person);
  return person_ensure(c, name, NULL, person);
}

static int run_team(Invocation *in) {
  Context *c = invocation_context(in);
  const char *part = option(in, "part"), *leaves = option(in, "leaves");
  AuditMember member = {.part = part == NULL ? "auditor" : part,
                        .outside = option(in, "outside"),
                        .worked_until = DATE_NONE,
                        .reason = option(in, "reason")};
  option_date(in, "worked-until", &member.worked_until);
  if (!context_ok(c) || !cli_id(in, &member.audit) ||
      !outsider_or_known(c, argument(in, 1), member.outside, &member.person))
    return command_failed(in);
  bool done = leaves != NULL ? audit_member_leave(c, member.audit, member.person, leaves)
                             : audit_member_add(c, &member);
  return done ? show(in, member.audit) : command_failed(in);
}

static int run_except(Invocation *in) {
  Context *c = invocation_context(in);
  AuditWaiver waiver = {.reason = option(in, "reason")};
  option_int(in, "area", 1, INT64_MAX, &waiver.area);
  if (!context_ok(c) || !cli_id(in, &waiver.audit) ||
      !audit_person_named(c, "person", argument(in, 1), &waiver.person) ||
      (option(in, "approver") != NULL &&
       !audit_person_named(c, "approver", option(in, "approver"), &waiver.approver)) ||
      !audit_waive(c, &waiver))
    return command_failed(in);
  return show(in, waiver.audit);
}

static int run_confirm(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t audit = 0, waiver = 0;
  if (!cli_id(in, &audit)) return command_failed(in);
  if (!text_to_int(argument(in, 1), &waiver) || waiver < 1)
    invalid(c, "exception", _("The number of the exception is expected, as `audits show` has it."));
  if (!context_ok(c) || !audit_waiver_confirm(c, audit, waiver)) return command_failed(in);
  return show(in, audit);
}

static int run_start(Invocation *in) {
  int64_t id;
  if (!cli_id(in, &id) || !audit_start(invocation_context(in), id)) return command_failed(in);
  return show(in, id);
}

static int run_assess(Invocation *in) {
  Context *c = invocation_context(in);
  Assessment a = {.note = option(in, "note"), .reason = option(in, "reason")};
  int64_t audit = 0;
  if (!text_to_int(argument(in, 1), &a.item))
    invalid(c, "item", _("Say which item: its number from `daybook audits show`."));
  if (!result_parse(argument(in, 2), &a.result))
    invalid(c, "result", _("One of conforms, nonconformity, observation, not_applicable, open."));
  option_int(in, "version", 1, INT64_MAX, &a.version);
  SqlAuditItemGetRow row;
  if (!context_ok(c) || !cli_id(in, &audit)) return command_failed(in);
  if (!sql_audit_item_get(c, (SqlAuditItemGet){.id = a.item}, &row) || row.audit != audit)
    not_found(c, _("There is no such item on the checklist of this audit."));
  if (option(in, "auditor") != NULL)
    audit_person_named(c, "auditor", option(in, "auditor"), &a.auditor);
  if (!context_ok(c) || !checklist_assess(c, &a)) return command_failed(in);
  return show(in, audit);
}

static int run_issue(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id, people[LIST_MOST];
  size_t count = 0;
  if (!cli_id(in, &id)) return command_failed(in);
  if (option(in, "summary") != NULL && !audit_summarise(c, id, option(in, "summary")))
    return command_failed(in);
  for (size_t i = 1; i < argument_count(in) && count < LIST_MOST; i++)
    if (!audit_person_named(c, "people", argument(in, i), &people[count++]))
      return command_failed(in);
  return audit_issue(c, id, people, count) ? show(in, id) : command_failed(in);
}

static int run_conclude(Invocation *in) {
  int64_t id;
  if (!cli_id(in, &id) || !audit_conclude(invocation_context(in), id, 0)) return command_failed(in);
  return show(in, id);
}

static int run_reopen(Invocation *in) {
  int64_t id;
  if (!cli_id(in, &id) || !audit_reopen(invocation_context(in), id, option(in, "reason")))
    return command_failed(in);
  return show(in, id);
}

// The same draw as a recorded sample's, for whoever wants to check it.
static int run_draw(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t of = 0, size = 0, seed = 0;
  option_int(in, "population", 1, 1000000, &of);
  option_int(in, "size", 1, DRAW_MOST, &size);
  option_int(in, "seed", 0, INT64_MAX, &seed);
  if (context_ok(c) && size > of)
    invalid(c, "size", _("A sample is not larger than what it is taken from."));
  if (!context_ok(c)) return command_failed(in);
  int64_t *numbers = arena_array(c->arena, (size_t)size, sizeof *numbers);
  sample_draw(seed, of, size, numbers);
  for (int64_t i = 0; i < size; i++) printf("%lld\n", (long long)numbers[i]);
  return 0;
}

#define COMMAND(name, summary, arguments, example, options, least, most, run)                      \
  { name, summary, arguments, example, NEED_ORGANISATION, options, least, most, run }
static const Option NO_OPTIONS[] = {{0}};
static const Option LIST_OPTIONS[] = {
    {"kind", "KIND", "only internal, certification, surveillance, supplier or customer", false,
     false},
    {0}};
static const Option MAKE_OPTIONS[] = {
    {"activity", "ID", "the activity of the diary it belongs to", false, false},
    {"title", "TEXT", "what is audited, if ad hoc", false, false},
    {"due", "DATE", "when, if ad hoc (today)", false, false},
    {"kind", "KIND", "internal, certification, surveillance, supplier, customer", false, false},
    {"body", "TEXT", "who audits from outside", false, false},
    {0}};
static const Option TEAM_OPTIONS[] = {
    {"part", "PART", "lead, auditor, expert or observer (auditor)", false, false},
    {"outside", "FIRM", "the firm of one from outside; need not sign in", false, false},
    {"worked-until", "DATE", "worked in an audited area until then", false, false},
    {"reason", "TEXT", "why, if after the start", false, false},
    {"leaves", "REASON", "they leave the team instead", false, false},
    {0}};
static const Option EXCEPT_OPTIONS[] = {
    {"reason", "TEXT", "why nobody else can, and what makes up for it", true, false},
    {"approver", "PERSON", "who approves it (--by)", false, false},
    {"area", "ID", "one area of the scope (all)", false, false},
    {0}};
static const Option ASSESS_OPTIONS[] = {
    {"note", "TEXT", "what was seen", false, false},
    {"reason", "TEXT", "why it does not apply", false, false},
    {"auditor", "PERSON", "for whom you write", false, false},
    {"version", "N", "the version seen: a later one is a conflict", false, false},
    {0}};
static const Option ISSUE_OPTIONS[] = {{"summary", "TEXT", "the conclusion", false, false}, {0}};
static const Option REOPEN_OPTIONS[] = {{"reason", "TEXT", "why", true, false}, {0}};
static const Option DRAW_OPTIONS[] = {{"population", "N", "how many there are", true, false},
                                      {"size", "N", "how many are drawn", true, false},
                                      {"seed", "N", "the same seed draws the same", true, false},
                                      {0}};

static const Command COMMANDS[] = {
    COMMAND("audits list", "List audits, internal and external", "", "daybook audits list --json",
            LIST_OPTIONS, 0, 0, run_list),
    COMMAND("audits show", "Show one audit: checklist, independence, what is missing", "ID",
            "daybook audits show 3", NO_OPTIONS, 1, 1, run_show),
    COMMAND("audits make", "Plan an audit for an activity, or ad hoc", "",
            "daybook audits make --activity 17", MAKE_OPTIONS, 0, 0, run_make),
    COMMAND("audits scope", "Add groups, controls, clauses or words to the scope", "ID WHAT…",
            "daybook audits scope 3 access A.8.13 9.2.1", NO_OPTIONS, 2, 100, run_scope),
    COMMAND("audits team", "Add an auditor, if they are independent, or let one leave", "ID PERSON",
            "daybook audits team 3 cora@example.org --part lead", TEAM_OPTIONS, 2, 2, run_team),
    COMMAND("audits except", "Record that somebody may audit their own area, for ever", "ID PERSON",
            "daybook audits except 3 bert@example.org --reason \"Nobody else knows it\"",
            EXCEPT_OPTIONS, 2, 2, run_except),
    COMMAND("audits confirm", "Confirm an exception that names you (--by) as its approver",
            "ID EXCEPTION", "daybook audits confirm 3 1 --by dora@example.org", NO_OPTIONS, 2, 2,
            run_confirm),
    COMMAND("audits start", "Start an audit; independence is looked at again", "ID",
            "daybook audits start 3", NO_OPTIONS, 1, 1, run_start),
    COMMAND("audits assess", "Assess an item of the checklist", "ID ITEM RESULT",
            "daybook audits assess 3 120 conforms --note \"Seen in the log\"", ASSESS_OPTIONS, 3, 3,
            run_assess),
    COMMAND("audits issue", "Issue the report to named management", "ID PERSON…",
            "daybook audits issue 3 dora@example.org --summary \"It works\"", ISSUE_OPTIONS, 2, 100,
            run_issue),
    COMMAND("audits conclude", "Conclude an audit and its activity", "ID",
            "daybook audits conclude 3", NO_OPTIONS, 1, 1, run_conclude),
    COMMAND("audits reopen", "Open a concluded audit again", "ID",
            "daybook audits reopen 3 --reason \"An interview was forgotten\"", REOPEN_OPTIONS, 1, 1,
            run_reopen),
    {"audits draw", "Draw a sample again from its seed", "",
     "daybook audits draw --population 120 --size 10 --seed 7", NEED_NOTHING, DRAW_OPTIONS, 0, 0,
     run_draw},
};

extern const Command *const audit_commands[];
const Command *const audit_commands[] = {&COMMANDS[0],  &COMMANDS[1], &COMMANDS[2],  &COMMANDS[3],
                                         &COMMANDS[4],  &COMMANDS[5], &COMMANDS[6],  &COMMANDS[7],
                                         &COMMANDS[8],  &COMMANDS[9], &COMMANDS[10], &COMMANDS[11],
                                         &COMMANDS[12], NULL};
_Static_assert(COUNT_OF(COMMANDS) == 13, "every command is in the list above");
