// SPDX-License-Identifier: Apache-2.0
// The thread that looks, every half minute, whether something is due.
#include "db/db.h"
#include "jobs/jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct JobRunner {
  struct Db *db;
  JobList jobs;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t wake;
  bool stopping;
};

static void look(JobRunner *r, const char *holder) {
  Context c;
  int64_t done, failed;
  context_init(&c, r->db);
  c.channel = "job";
  if (!db_attach(&c) || !jobs_run_due(&c, r->jobs, holder, &done, &failed))
    log_line(LOG_LEVEL_WARN, "jobs_wait", "%s",
             c.error.detail != NULL ? c.error.detail : c.error.message);
  db_detach(&c);
  context_finish(&c);
}

// True when it is time to stop.
static bool wait_a_while(JobRunner *r) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += JOB_LOOK_SECONDS;
  pthread_mutex_lock(&r->lock);
  while (!r->stopping && pthread_cond_timedwait(&r->wake, &r->lock, &until) == 0) continue;
  bool stopping = r->stopping;
  pthread_mutex_unlock(&r->lock);
  return stopping;
}

static void *run(void *given) {
  JobRunner *r = given;
  Arena *arena = arena_create();
  const char *holder = jobs_holder(arena);
  do look(r, holder);
  while (!wait_a_while(r));
  arena_destroy(arena);
  return NULL;
}

JobRunner *jobs_start(struct Db *db, JobList jobs) {
  JobRunner *r = calloc(1, sizeof *r);
  if (r == NULL) return NULL;
  r->db = db;
  r->jobs = jobs;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&r->wake, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&r->lock, NULL);
  if (pthread_create(&r->thread, NULL, run, r) == 0) return r;
  log_line(LOG_LEVEL_ERROR, "jobs_no_thread", "%s", "nothing runs by the clock");
  free(r);
  return NULL;
}

void jobs_stop(JobRunner *r) {
  if (r == NULL) return;
  pthread_mutex_lock(&r->lock);
  r->stopping = true;
  pthread_cond_signal(&r->wake);
  pthread_mutex_unlock(&r->lock);
  pthread_join(r->thread, NULL);
  pthread_cond_destroy(&r->wake);
  pthread_mutex_destroy(&r->lock);
  free(r);
}
