// SPDX-License-Identifier: Apache-2.0
// Everything that runs by the clock, from every room.
#include "jobs/own.h"

const Job *const all_jobs[] = {
    &session_cleanup_job,
    &evidence_cleanup_job,
    &ledger_check_job,
    NULL,
};
