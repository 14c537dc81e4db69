// SPDX-License-Identifier: Apache-2.0
// The jobs that belong to no duty; a room with one of its own declares it in its header.
#ifndef DAYBOOK_JOBS_OWN_H
#define DAYBOOK_JOBS_OWN_H

#include "jobs/jobs.h"

extern const Job session_cleanup_job;
extern const Job evidence_cleanup_job; // files that no record names
extern const Job ledger_check_job;     // is every chain whole?
extern const Job findings_return_job;  // what was parked comes back

#endif
