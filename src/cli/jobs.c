// SPDX-License-Identifier: Apache-2.0
// Everything that runs by the clock, from every room.
#include "http/serve.h"
#include "jobs/own.h"
#include "mail/own_jobs.h"
#include "mail/postman.h"

#include <stdlib.h>

const Job *const all_jobs[] = {
    &session_cleanup_job, &evidence_cleanup_job, &ledger_check_job,
    &findings_return_job, &mail_invitations_job, &mail_reminders_job,
    &mail_digests_job,    &mail_caldav_job,      NULL,
};

typedef struct Running {
  JobRunner *jobs;
  Postman *post;
} Running;

static void *start(struct Db *db) {
  Running *running = calloc(1, sizeof *running);
  if (running == NULL) return NULL;
  running->jobs = jobs_start(db, all_jobs);
  running->post = postman_start(db);
  return running;
}

static void stop(void *started) {
  Running *running = started;
  if (running == NULL) return;
  postman_stop(running->post);
  jobs_stop(running->jobs);
  free(running);
}

const Background server_background = {start, stop};
