// SPDX-License-Identifier: Apache-2.0
#include "db/db.h"
#include "jobs/jobs.sql.h"
#include "jobs/own.h"
#include "ledger/store.h"
#include "ledger/verify.h"

enum { ABANDONED_SECONDS = 86400 };

static bool clean(Context *c) {
  int64_t removed = 0;
  if (store_folder(c->db, c->arena) == NULL) return true;
  if (!store_clean(c, ABANDONED_SECONDS, &removed)) return false;
  if (removed > 0)
    log_line(LOG_LEVEL_INFO, "evidence_cleaned", "organisation=%lld files=%lld", (long long)c->org,
             (long long)removed);
  return true;
}

const Job evidence_cleanup_job = {
    .name = "evidence_cleanup",
    .purpose = N_("Removes files that were uploaded a day ago and never became evidence."),
    .every_seconds = 86400,
    .each_organisation = true,
    .run = clean,
};

// The chain and its rows; the files are for `daybook verify`, which takes its time.
static bool check(Context *c) {
  SqlJobSlugRow row;
  if (!sql_job_slug(c, (SqlJobSlug){c->org}, &row)) return false;
  Report *report = report_create();
  VerifyOptions options = {.org = row.slug, .live = true};
  if (verify_database(c, &options, report) && !report_is_whole(report)) {
    log_line(LOG_LEVEL_ERROR, "ledger_not_whole", "organisation=%s %s", row.slug,
             report_first(report, c->arena));
    failure(c, "the ledger of %s is not whole; run daybook verify", row.slug);
  }
  report_destroy(report);
  return context_ok(c);
}

const Job ledger_check_job = {
    .name = "ledger_check",
    .purpose = N_("Reads the ledger once a day and raises an alarm in the log if it is not whole."),
    .every_seconds = 86400,
    .each_organisation = true,
    .run = check,
};
