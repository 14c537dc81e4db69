// SPDX-License-Identifier: Apache-2.0
#include "jobs/jobs.sql.h"
#include "jobs/own.h"

static bool run(Context *c) {
  sql_job_sweep_sessions(c);
  sql_job_sweep_resets(c);
  sql_job_sweep_failures(c, (SqlJobSweepFailures){{c->now.us - INT64_C(86400) * 1000000}});
  return context_ok(c);
}

const Job session_cleanup_job = {
    .name = "session_cleanup",
    .purpose = N_("Removes sessions, password links and counted failures that have run out."),
    .every_seconds = 3600,
    .in_transaction = true,
    .run = run,
};
