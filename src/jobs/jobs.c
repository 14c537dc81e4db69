// SPDX-License-Identifier: Apache-2.0
// One pass over what is due.
#include "jobs/jobs.h"
#include "db/db.h"
#include "jobs/jobs.sql.h"
#include "outbox/outbox.h"

#include <sys/random.h>
#include <unistd.h>

static const int64_t SECOND = 1000000;
enum { FIRST_RETRY = 60, LONGEST_RETRY = 3600, LONGEST_ERROR = 500 };

typedef struct Piece { // one job of one organisation
  const Job *job;
  int64_t organisation;
  const char *holder;
} Piece;

static const Job *job_named(JobList jobs, const char *name) {
  for (; *jobs != NULL; jobs++)
    if (text_equal((*jobs)->name, name)) return *jobs;
  return NULL; // of another version of the program
}

// A clock set back would leave next_at out of reach: twice the interval away is as good as due.
static Instant far_away(const Context *c, const Job *job) {
  return (Instant){c->now.us + 2 * job->every_seconds * SECOND};
}

static Instant later(Instant from, int64_t seconds) {
  return (Instant){from.us + seconds * SECOND};
}

static bool claim(Context *c, const Piece *p) {
  Instant real = clock_real();
  return sql_job_claim(c, (SqlJobClaim){p->job->name, p->organisation, p->holder, real,
                                        later(real, JOB_LEASE_SECONDS), far_away(c, p->job)}) == 1;
}

static bool finish(Context *c, const Piece *p) {
  int64_t ended = sql_job_finish(c, (SqlJobFinish){p->job->name, p->organisation, p->holder,
                                                   later(c->now, p->job->every_seconds)});
  if (ended == 0) return conflict(c, "%s", _("Another server took this work over."));
  return ended == 1;
}

static bool enter_organisation(Context *c, int64_t organisation) {
  SqlJobOrganisationRow row;
  c->org = organisation;
  if (organisation == 0) return true;
  if (!sql_job_organisation(c, (SqlJobOrganisation){organisation}, &row))
    return context_ok(c) ? not_found(c, "%s", _("There is no such organisation.")) : false;
  const Zone *zone = zone_find(row.time_zone);
  c->zone = zone != NULL ? zone : zone_find("UTC");
  c->today = zone_date(c->zone, c->now, NULL);
  return true;
}

static bool do_work(Context *c, const Piece *p) {
  if (!enter_organisation(c, p->organisation)) return false;
  MAIL_SPEAKS_TO(c, 0); // what a job writes down is in the organisation's language
  if (!p->job->in_transaction) return p->job->run(c) && finish(c, p);
  TRANSACTION(c, tx);
  return p->job->run(c) && finish(c, p) && transaction_commit(&tx);
}

static int64_t retry_seconds(int64_t failures) {
  int64_t seconds = FIRST_RETRY;
  for (int64_t i = 0; i < failures && seconds < LONGEST_RETRY; i++) seconds *= 2;
  return seconds < LONGEST_RETRY ? seconds : LONGEST_RETRY;
}

static void record_failure(Context *c, const Piece *p) {
  const char *why = c->error.detail != NULL ? c->error.detail : c->error.message;
  const char *error = text_format(c->arena, "%.*s", LONGEST_ERROR, why != NULL ? why : "");
  if (!text_is_utf8(error, __builtin_strlen(error))) error = "an error whose text was cut";
  log_line(LOG_LEVEL_WARN, "job_failed", "job=%s organisation=%lld %s", p->job->name,
           (long long)p->organisation, error);
  c->error = (Error){0};
  c->org = 0;
  SqlJobFailuresRow row = {0};
  sql_job_failures(c, (SqlJobFailures){p->job->name, p->organisation}, &row);
  sql_job_fail(c, (SqlJobFail){p->job->name, p->organisation, p->holder,
                               later(c->now, retry_seconds(row.failures)), error});
  c->error = (Error){0}; // the lease runs out by itself
}

static bool ensure_all(Context *c, JobList jobs) {
  for (; *jobs != NULL; jobs++) {
    if ((*jobs)->each_organisation)
      sql_job_ensure_each(c, (SqlJobEnsureEach){(*jobs)->name, (*jobs)->every_seconds});
    else
      sql_job_ensure(c, (SqlJobEnsure){(*jobs)->name});
  }
  return context_ok(c);
}

static int64_t longest_interval(JobList jobs) {
  int64_t longest = 0;
  for (; *jobs != NULL; jobs++)
    longest = (*jobs)->every_seconds > longest ? (*jobs)->every_seconds : longest;
  return longest;
}

bool jobs_run_due(Context *c, JobList jobs, const char *holder, int64_t *done, int64_t *failed) {
  *done = *failed = 0;
  Instant far = later(c->now, 2 * longest_interval(jobs));
  if (!ensure_all(c, jobs)) return false;
  SqlJobDueRows due = sql_job_due(c, (SqlJobDue){clock_real(), far});
  if (!context_ok(c)) return false;
  for (size_t i = 0; i < due.count; i++) {
    Piece p = {job_named(jobs, due.items[i].name), due.items[i].organisation, holder};
    if (p.job == NULL || !claim(c, &p)) {
      if (!context_ok(c)) return false;
      continue;
    }
    if (do_work(c, &p))
      ++*done;
    else
      record_failure(c, &p), ++*failed;
    c->org = 0;
  }
  return true;
}

const char *jobs_holder(Arena *arena) {
  char host[65] = "";
  uint64_t random = 0;
  gethostname(host, sizeof host - 1);
  if (getrandom(&random, sizeof random, 0) < 0) random = (uint64_t)clock_real().us;
  return text_format(arena, "%s:%d:%016llx", host, (int)getpid(), (unsigned long long)random);
}
