// SPDX-License-Identifier: Apache-2.0
#include "mail/own_jobs.h"

#include "mail/caldav.h"
#include "mail/choice.h"
#include "mail/invite.h"
#include "mail/reminder.h"

static bool invite(Context *c) {
  int64_t activities;
  return invite_all(c, &activities);
}

const Job mail_invitations_job = {
    .name = "mail_invitations",
    .purpose =
        N_("Invites to what has come within a year, and tells of changes made to whole duties."),
    .every_seconds = 60,
    .each_organisation = true,
    .in_transaction = true,
    .run = invite,
};

static bool remind(Context *c) {
  int64_t mails;
  return remind_all(c, &mails);
}

const Job mail_reminders_job = {
    .name = "mail_reminders",
    .purpose =
        N_("Reminds owners of what is due, and tells management of what is not done: each once."),
    .every_seconds = 600,
    .each_organisation = true,
    .in_transaction = true,
    .run = remind,
};

static bool digest(Context *c) {
  int64_t sent;
  return mail_digests(c, &sent);
}

const Job mail_digests_job = {
    .name = "mail_digests",
    .purpose = N_("Makes one mail a day or a week of what waits for those who asked for it."),
    .every_seconds = 900,
    .each_organisation = true,
    .in_transaction = true,
    .run = digest,
};

static bool push(Context *c) {
  CaldavPass pass;
  return caldav_push(c, &pass);
}

const Job mail_caldav_job = {
    .name = "mail_caldav",
    .purpose = N_("Puts what changed into the CalDAV collection, where one is named."),
    .every_seconds = 60,
    .each_organisation = true,
    .run = push,
};
