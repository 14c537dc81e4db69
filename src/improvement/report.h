// SPDX-License-Identifier: Apache-2.0
// "Report something": anybody with the address, or anybody signed in, says what is wrong or could
// be better. Addresses can be revoked; how much can be reported in an hour is limited, by hashes
// that say nothing about who reported.
#ifndef DAYBOOK_IMPROVEMENT_REPORT_H
#define DAYBOOK_IMPROVEMENT_REPORT_H

#include "http/request.h"
#include "improvement/improvement.h"

enum {
  REPORTS_PER_SENDER = 5,  // an hour, through one address
  REPORTS_PER_PERSON = 20, // an hour, signed in
  REPORTS_PER_LINK = 60,   // an hour, from everybody
};

typedef struct ReportLink {
  int64_t id, org;
  const char *org_name, *label, *secret;
} ReportLink;
bool report_link_create(Context *c, const char *label, const char **secret, int64_t *id);
bool report_link_revoke(Context *c, int64_t id);
// By the address's secret; sets c->org, c->zone and c->today. not_found if there is none.
bool report_link_find(Context *c, const char *secret, ReportLink *out);

typedef struct Report {
  const char *title, *words, *where;
  bool wrong;             // something is wrong; else something could be better
  const char *name;       // of the reporter, if they want
  bool anonymous;         // signed in, but not by name
  const char *client;     // where it comes from; only hashed
  const ReportLink *link; // NULL: signed in
  const char *trap;       // a field that people do not see; a program fills it in
  const Upload *file;     // NULL: none
} Report;
// *id 0: it was not taken for a report (a program's, or the same sent twice), and nobody is told.
bool report_take(Context *c, const Report *report, int64_t *id);
// What they reported stays, without their name (PersonForgotten).
bool report_forget(Context *c, int64_t person, const char *name);

#endif
