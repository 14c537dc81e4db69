// SPDX-License-Identifier: Apache-2.0
// What can be done with people, positions, teams, sites and systems of the organisation in c->org.
// Each writes its ledger entry in the same transaction; names and addresses go in as personal data.
#ifndef DAYBOOK_PEOPLE_H
#define DAYBOOK_PEOPLE_H

#include "org/org.h"

// Folded to lower case, or NULL with invalid(field).
const char *email_fold(Context *c, const char *field, const char *email);
bool name_is_sound(Context *c, const char *field, const char *name, size_t longest);
const char *name_from_email(Arena *arena, const char *email); // anna.weber@… is "Anna Weber"
bool zone_is_known(Context *c, const char *field, const char *time_zone);

// ---- people ----
typedef struct PersonDetails {
  const char *name, *email, *title; // email NULL: none
  int64_t site, manager;            // 0 = none
  Date joined, left_on;
} PersonDetails;
bool person_add(Context *c, const PersonDetails *details, int64_t *id);
bool person_change(Context *c, int64_t person, const PersonDetails *details, int64_t version);
// Gives the person an account under their e-mail address, and a role if they have none. Where the
// account belongs to another organisation, *invite: it stays outside until its owner joins with an
// invitation (access.h).
bool person_let_in(Context *c, int64_t person, int64_t *account, bool *invite);
bool person_bind(Context *c, int64_t person, int64_t account); // an account proven to be theirs
bool person_shut_out(Context *c,
                     int64_t person); // may no longer sign in here; tokens and addresses end
bool person_erase(Context *c, int64_t person); // personal data go, the ledger stays whole
// What a room keeps of somebody elsewhere than in their row goes with them: in the transaction of
// the erasure, by whoever stands in this list (src/rooms.c; its end is NULL).
typedef bool PersonForgotten(Context *c, int64_t person, const char *name);
extern PersonForgotten *const person_forgets[];
bool role_revoke(Context *c, int64_t person, Role role);
uint32_t person_roles(Context *c, int64_t person); // bit n = Role n, today
bool membership_refresh(Context *c, int64_t person);

// ---- positions and teams ----
bool position_add(Context *c, const char *title, int64_t *id); // refuses a second of that title
bool team_add(Context *c, const char *name, const char *purpose, int64_t *id);
bool team_change(Context *c, int64_t team, const char *name, const char *purpose, int64_t version);
bool team_join(Context *c, int64_t team, int64_t person);
bool team_leave(Context *c, int64_t team, int64_t person);

// ---- sites and critical systems ----
typedef struct SiteDetails {
  const char *name, *time_zone, *address;
  int64_t head_count;
  bool closed;
} SiteDetails;
bool site_add(Context *c, const SiteDetails *details, int64_t *id);
bool site_change(Context *c, int64_t site, const SiteDetails *details, int64_t version);
typedef struct SystemDetails {
  const char *name, *description;
  bool retired;
} SystemDetails;
bool system_add(Context *c, const SystemDetails *details, int64_t *id);
bool system_change(Context *c, int64_t system, const SystemDetails *details, int64_t version);

#endif
