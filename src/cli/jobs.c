// SPDX-License-Identifier: Apache-2.0
// Everything that runs by the clock, from every room.
#include "http/serve.h"
#include "jobs/own.h"
#include "mail/own_jobs.h"

const Job *const all_jobs[] = {
    &session_cleanup_job,
    &evidence_cleanup_job,
    &ledger_check_job,
    &mail_invitations_job,
    NULL,
};

static void *start(struct Db *db) {
  return jobs_start(db, all_jobs);
}

static void stop(void *started) {
  jobs_stop(started);
}

const Background server_background = {start, stop};
