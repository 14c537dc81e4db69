// SPDX-License-Identifier: Apache-2.0
#include "mail/own_jobs.h"

#include "mail/invite.h"

static bool invite(Context *c) {
  int64_t activities;
  return invite_all(c, &activities);
}

const Job mail_invitations_job = {
    .name = "mail_invitations",
    .purpose = "Invites to what has come within a year, and tells of changes made to whole duties.",
    .every_seconds = 60,
    .each_organisation = true,
    .in_transaction = true,
    .run = invite,
};
