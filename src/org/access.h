// SPDX-License-Identifier: Apache-2.0
// Secrets that stand for a person: passwords, one-time links, API tokens and calendar addresses.
// Each is shown once and stored only as a hash.
#ifndef DAYBOOK_ACCESS_H
#define DAYBOOK_ACCESS_H

#include "org/session.h"

// ---- accounts: an identity that signs in, across organisations ----
// Finds or makes it. *elsewhere: it belongs to another organisation, and only its owner, with an
// invitation, brings it into this one. One that nobody vouches for loses its password here.
bool account_ensure(Context *c, const char *email, const char *name, int64_t *account,
                    bool *elsewhere);
bool account_vouch(Context *c, int64_t account); // its owner alone set its password
bool account_set_password(Context *c, int64_t account, const char *password); // ends other sessions
bool account_disable(Context *c, int64_t account, bool disabled);
// A link that sets a password once, within three days. *secret goes after /password/.
bool account_reset_create(Context *c, int64_t account, const char **secret);
// The same for whoever asked for it by mail: says nothing about who set the password that holds
// now.
bool account_link_create(Context *c, int64_t account, const char **secret);
// Mails the link to the account's own address, where a mail server is named; *mailed: it was
// queued.
bool account_mail_link(Context *c, int64_t account, const char *secret, bool *mailed);
// Somebody has forgotten the password of this address: noted whether it is known or not; throttled
// by address and by where it comes from. Granting makes and mails the links, beside the server.
bool password_wish(Context *c, const char *email, const char *address);
bool password_wishes_grant(Context *c);
bool account_reset_find(Context *c, const char *secret, int64_t *account); // not used up by looking
bool account_reset_use(Context *c, const char *secret, const char *password, int64_t *account);

// ---- invitations: an account joins a further organisation by its owner's hand ----
typedef struct Invitation {
  int64_t id, org, person, account;
  const char *slug, *org_name, *email;
} Invitation;
// *secret goes after /join/; only the newest works, for three days.
bool invitation_create(Context *c, int64_t person, int64_t account, const char **secret);
bool invitation_find(Context *c, const char *secret, Invitation *out); // not used up by looking
// For the account that is signed in with `session`; sets c->org. Every other session and every
// password link of the account ends: none of them was given by the organisation it joins.
bool invitation_accept(Context *c, const char *secret, int64_t account, int64_t session,
                       Invitation *out);

// How long the next attempt has to wait after so many failures, in microseconds.
int64_t sign_in_wait(int64_t failures, int64_t free_attempts);
// One-click people: only while DAYBOOK_DEMO=1, and only of the demo organisation.
bool demo_is_on(void);
bool demo_sign_in(Context *c, int64_t account, const char *agent, const char **secret);
// A one-click person of nothing but the demo, who has no password yet, may choose their first one:
// signing asks for it.
bool demo_has_no_password(Context *c, int64_t account);

// ---- API tokens: of one person in one organisation ----
typedef struct ApiTokenNew {
  int64_t person;
  const char *name;
  const char *scope; // "read", "write" (all the person may), or permissions separated by spaces
  Date expires;      // at most 366 days ahead
} ApiTokenNew;
bool api_token_create(Context *c, const ApiTokenNew *in, const char **secret, int64_t *id);
bool api_token_revoke(Context *c, int64_t id);

// ---- calendar addresses: of a person, a position or role, or the whole organisation ----
typedef struct CalendarToken {
  int64_t id, org;
  int64_t person;     // whose activities; 0 = not of one person
  int64_t position;   // or of a position's holder
  int role;           // or of everybody with this Role; -1 = none
  bool whole;         // the whole organisation
  int64_t reader;     // person it was made for: zone, and what they may see
  const char *ledger; // found: which is the organisation's last entry, by its number and hash
  int language;       // found: the reader's, else the organisation's; -1: neither says one
  const char *label;
} CalendarToken;
bool calendar_token_create(Context *c, const CalendarToken *what, const char **secret, int64_t *id);
// By the address's secret (in /calendar/SECRET.ics); sets c->org, c->zone and c->today.
// False without an error when there is none, it was revoked, or its reader is gone.
bool calendar_token_find(Context *c, const char *secret, CalendarToken *out);
bool calendar_token_revoke(Context *c, int64_t id);

#endif
