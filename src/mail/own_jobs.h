// SPDX-License-Identifier: Apache-2.0
// What mail does by the clock.
#ifndef DAYBOOK_MAIL_OWN_JOBS_H
#define DAYBOOK_MAIL_OWN_JOBS_H

#include "jobs/jobs.h"

extern const Job mail_invitations_job; // activities that have come near enough to be invited to
extern const Job mail_reminders_job;   // what is due, late, missed
extern const Job mail_digests_job;     // one mail instead of several
extern const Job mail_caldav_job;      // the diary in a CalDAV collection

#endif
