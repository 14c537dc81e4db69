// SPDX-License-Identifier: Apache-2.0
// A new organisation, from the command line, the first-run pages, the demo or a test.
#ifndef DAYBOOK_CREATE_H
#define DAYBOOK_CREATE_H

#include "org/people.h"

typedef struct PersonNew {
  const char *name, *email; // either may be NULL, not both
} PersonNew;
typedef LIST_OF(SiteDetails) SitesNew;
typedef LIST_OF(SystemDetails) SystemsNew;
typedef LIST_OF(PersonNew) PeopleNew;

// What is asked of a newcomer. Zeroed and org_new_init'ed, then filled in.
typedef struct OrgNew {
  const char *slug, *name, *time_zone;
  Date decision, expiry, start; // expiry none: 36 months less a day; start none: the decision
  const char *certification_body, *certificate_number, *scope, *sector, *language;
  int64_t head_count, customer_demands, outsourced_percent;
  SitesNew sites;     // none: one, named after the organisation
  SystemsNew systems; // none: one
  PeopleNew managers; // top management
  PersonNew admin;
  int64_t account; // the administrator's own, with which they are signed in; 0: by their address
  bool demo;
} OrgNew;
void org_new_init(OrgNew *out);

// Fills what a facts file says (docs/facts.md); false with invalid("KEY") for each wrong
// one.
bool facts_read(Context *c, const char *json, size_t length, OrgNew *out);
// The pieces of it that the first-run page shares.
bool share_parse(const char *text, int64_t *percent); // "0.4", "40", "40 %"
bool demands_parse(const char *text, int64_t *level); // low, medium, high, or a text about them

// Fills what was left out and names every wrong field; asks no database. Sets c->zone and c->today.
bool org_new_check(Context *c, OrgNew *in);

typedef struct OrgCreated {
  int64_t org, administrator, account;
} OrgCreated;
// Checks as above and that the slug is free; then all of it in one transaction.
// Sets c->org and c->actor. The administrator is also security manager until somebody else is.
bool org_create(Context *c, const OrgNew *in, OrgCreated *out);

// Changing the certificate or the profile later.
typedef struct OrgProfile {
  const char *name, *time_zone, *certification_body, *certificate_number, *scope, *sector,
      *language;
  Date decision, expiry, start;
  int64_t head_count, customer_demands, outsourced_percent;
} OrgProfile;
bool org_change(Context *c, const OrgProfile *profile, int64_t version);

#endif
