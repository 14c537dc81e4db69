// SPDX-License-Identifier: Apache-2.0
// Who asks: from the session cookie or an API token to a person, an organisation and what they may
// do there – one statement for the whole question. Only hashes of secrets are stored.
#ifndef DAYBOOK_SESSION_H
#define DAYBOOK_SESSION_H

#include "org/org.h"
#include "org/permissions.h" // made from permissions.txt: PERMISSION_ACTIVITY_MOVE …

#define SESSION_COOKIE        "daybook"        // HttpOnly; SameSite=Lax; Path=/; Secure over https
#define SESSION_COOKIE_SECURE "__Host-daybook" // its name over https
#define SESSION_SECRET_LENGTH 43               // base64url of 32 random bytes
#define SESSION_DAYS          14               // unused sessions end after this many days
#define SESSION_LONGEST_DAYS  90               // and every session after this many

typedef struct PermissionSet {
  uint64_t bits[2];
} PermissionSet;
static inline bool permission_in(const PermissionSet *set, Permission p) {
  return set->bits[p / 64] >> (p % 64) & 1;
}
bool permission_find(const char *name, Permission *out); // "activity.move"
const char *permission_name(Permission permission);
PermissionSet permissions_of_roles(uint32_t roles); // bit n = Role n
bool permission_reads(Permission permission);       // what a read-only token may do
uint32_t permission_roles(Permission permission);   // who has it; bit n = Role n
// A token's scope: "read", "write" (all its person may) or permissions separated by spaces.
PermissionSet permissions_in_scope(PermissionSet set, const char *scope);
bool scope_names(const char *scope, const char *permission);
bool scope_check(Arena *arena, const char *scope, const char **unknown);

// What the request brought. Any may be NULL.
typedef struct SessionKey {
  const char *cookie;        // the value of SESSION_COOKIE (or its secure name)
  const char *authorization; // the whole header: "Bearer dbk_…"
  const char *org_slug;      // {org} of the path
} SessionKey;

typedef struct Session {
  int64_t id;               // session; 0 with an API token or when nobody is signed in
  int64_t token;            // API token; 0 with a cookie
  int64_t account;          // 0 = not signed in
  const char *name, *email; // of the account
  const char *language;     // they chose, or else the organisation; NULL or "": as the browser asks
  const char *csrf;         // for this session's forms; NULL with a token (exempt by nature)
  bool installation_admin;  // may create organisations
  int64_t org;              // 0 = no such organisation, or not a member (both are a 404)
  const char *org_name;
  int64_t person;    // in that organisation
  uint32_t roles;    // bit n = Role n; those past their end date are gone
  PermissionSet may; // of the roles; with a token, cut down to its scope
  bool unseen;       // it is a while since it was noted that they are here
} Session;

// Fills *out (all zero when nobody is signed in) and, when a member asks, c->org, c->actor, c->zone
// and c->today. False only with c->error set: the database is away, or an Authorization header that
// is not a living token (ERROR_DENIED; the door answers 401).
bool session_find(Context *c, const SessionKey *key, Session *out);
// Notes that they are here, if that is due: a write, so not inside a transaction that only reads.
// Reading goes on although the disk cannot be written.
void session_seen(Context *c, const Session *session);
bool session_csrf_matches(const Session *session, const char *given); // constant time

// Signs in. On refusal invalid("password") (wrong e-mail or password, said alike) or ERROR_TOO_MANY
// (throttled; the message says for how long). *secret is the cookie's value, known to the browser
// alone.
typedef struct SignIn {
  const char *email, *password;
  const char *address; // the client's, for the throttle; hashed before it is stored
  const char *agent;   // User-Agent, shown in the list of one's own sessions
} SignIn;
bool session_sign_in(Context *c, const SignIn *in, const char **secret, int64_t *account);
// Signing in once more, for what needs the person and not only the session: the same throttle, the
// same refusals, no new session.
bool session_confirm(Context *c, const SignIn *in);
bool session_create(Context *c, int64_t account, const char *agent,
                    const char **secret); // already proven
bool session_end(Context *c, int64_t session);
bool session_end_all(Context *c, int64_t account, int64_t but_session); // after a new password
// "daybook=…; Path=/; HttpOnly; SameSite=Lax[; Secure]"; secret NULL ends it.
const char *session_cookie(Arena *arena, const char *secret, bool https);

#endif
