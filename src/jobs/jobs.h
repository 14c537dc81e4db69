// SPDX-License-Identifier: Apache-2.0
// What runs by the clock: inside `daybook serve` on a thread of its own, or `daybook jobs run`.
// Several servers may share one database: each piece of work is done by exactly one of them, and
// the work of one that was killed is taken over once its lease has run out.
#ifndef DAYBOOK_JOBS_H
#define DAYBOOK_JOBS_H

#include "base/context.h"

typedef struct Job {
  const char *name;       // "session_cleanup"
  const char *purpose;    // one sentence
  int64_t every_seconds;  // after the last run; a failure is tried again sooner
  bool each_organisation; // c->org, zone and today are set; else c->org is 0
  // True: runs in the transaction that ends its lease, so that what it changes in the database
  // happens once and never by halves. False: makes its own transactions, and may happen twice if
  // its process is killed at the wrong moment.
  bool in_transaction;
  bool (*run)(Context *c);
} Job;
typedef const Job *const *JobList;  // ends with NULL
extern const Job *const all_jobs[]; // cli/jobs.c

enum { JOB_LEASE_SECONDS = 600, JOB_LOOK_SECONDS = 30 };

// Does everything that is due and that nobody else does; counts it. False only if the database
// cannot be asked; a job's own failure is recorded, logged, and tried again later.
bool jobs_run_due(Context *c, JobList jobs, const char *holder, int64_t *done, int64_t *failed);
const char *jobs_holder(Arena *arena); // a name for this process: host, process, random

typedef struct JobRunner JobRunner;
JobRunner *jobs_start(struct Db *db, JobList jobs); // NULL if no thread can be had (logged)
void jobs_stop(JobRunner *runner);                  // NULL-safe; waits for the work at hand

#endif
