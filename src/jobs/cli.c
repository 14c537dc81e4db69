// SPDX-License-Identifier: Apache-2.0
// daybook jobs list, daybook jobs run.
#include "cli/command.h"
#include "jobs/jobs.h"
#include "jobs/jobs.sql.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>

static void print_row(Context *c, const SqlJobListRow *row) {
  printf(_("%-18s %-16s %5lld runs, next %s%s%s\n"), row->name,
         row->organisation != NULL ? row->organisation : "-", (long long)row->runs,
         instant_text(c->arena, row->next_at), row->error[0] != '\0' ? ": " : "", row->error);
}

static json_t *row_json(Context *c, const SqlJobListRow *row) {
  return json_pack("{s:s,s:s?,s:s,s:s,s:I,s:I,s:s,s:b}", "job", row->name, "org", row->organisation,
                   "next", instant_text(c->arena, row->next_at), "finished",
                   instant_text(c->arena, row->finished), "runs", (json_int_t)row->runs, "failures",
                   (json_int_t)row->failures, "error", row->error, "held", row->held);
}

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  SqlJobListRows rows = sql_job_list(c);
  if (!context_ok(c)) return command_failed(in);
  json_t *list = json_array();
  for (size_t i = 0; i < rows.count; i++) {
    if (invocation_json(in))
      json_array_append_new(list, row_json(c, &rows.items[i]));
    else
      print_row(c, &rows.items[i]);
  }
  if (invocation_json(in)) {
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
  } else if (rows.count == 0) {
    puts(_("Nothing has run yet. `daybook serve` or `daybook jobs run --once` begins."));
  }
  json_decref(list);
  return 0;
}

static int run_once(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t done, failed;
  c->channel = "job";
  if (!jobs_run_due(c, all_jobs, jobs_holder(c->arena), &done, &failed)) return command_failed(in);
  if (invocation_json(in))
    printf("{\"done\":%lld,\"failed\":%lld}\n", (long long)done, (long long)failed);
  else
    printf(_("%lld done, %lld failed.\n"), (long long)done, (long long)failed);
  return failed > 0 ? 1 : 0;
}

static int run_jobs(Invocation *in) {
  if (option_flag(in, "once")) return run_once(in);
  sigset_t stop;
  int got;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, NULL); // before the thread, which inherits it
  JobRunner *runner = jobs_start(invocation_context(in)->db, all_jobs);
  if (runner == NULL) return 1;
  sigwait(&stop, &got);
  jobs_stop(runner);
  return 0;
}

static const Option list_options[] = {{0}};
static const Option run_options[] = {
    {"once", NULL, "do what is due now, then end", false, false},
    {0},
};
static const Command list_command = {
    .name = "jobs list",
    .summary = "List what runs by the clock, when it ran and when it will",
    .arguments = "",
    .example = "daybook jobs list",
    .need = NEED_DATABASE,
    .options = list_options,
    .run = run_list,
};
static const Command run_command = {
    .name = "jobs run",
    .summary = "Do what is due; `daybook serve` does so by itself",
    .arguments = "",
    .example = "daybook jobs run --once",
    .need = NEED_DATABASE,
    .options = run_options,
    .run = run_jobs,
};

extern const Command *const jobs_commands[];
const Command *const jobs_commands[] = {&list_command, &run_command, NULL};
