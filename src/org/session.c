// SPDX-License-Identifier: Apache-2.0
// Who asks: one statement from the cookie or the token to the person and what they may do.
#include "org/session.h"

#include "db/db.h"
#include "org/access.sql.h"
#include "org/secret.h"

#include <string.h>

#define MICROSECONDS_A_DAY (INT64_C(86400) * 1000000)
#define TOUCH_AFTER        (INT64_C(3600) * 1000000) // "last seen" is this exact, to spare writes
#define TOKEN_PREFIX       "dbk_"

// The reader's day decides whether a role has ended: the organisation's zone, for everybody alike.
static void add_role(Session *out, Date org_today, int64_t role_bit, Date until) {
  if (date_is_none(until) || date_compare(until, org_today) >= 0) out->roles |= (uint32_t)role_bit;
}

static const Zone *zone_or_utc(const char *name) {
  const Zone *zone = name ? zone_find(name) : NULL;
  return zone ? zone : zone_find("UTC");
}

// The reader's own zone where they chose one, else the organisation's.
static void set_zone(Context *c, const char *own, const char *organisation) {
  c->zone = zone_or_utc(own ? own : organisation);
  c->today = zone_date(c->zone, c->now, NULL);
}

static void enter(Context *c, Session *out, int64_t org, const char *org_name, int64_t person) {
  out->org = org;
  out->org_name = org_name;
  out->person = person;
  out->may = permissions_of_roles(out->roles);
  c->org = org;
  c->actor = person;
}

static bool is_unseen(const Context *c, Instant seen) {
  return instant_is_none(seen) || c->now.us - seen.us >= TOUCH_AFTER;
}

void session_seen(Context *c, const Session *session) {
  if (!session->unseen || !context_ok(c)) return;
  if (session->token != 0)
    sql_token_touch(c, (SqlTokenTouch){.id = session->token});
  else
    sql_session_touch(c,
                      (SqlSessionTouch){.id = session->id,
                                        .expires = {c->now.us + SESSION_DAYS * MICROSECONDS_A_DAY},
                                        .longest = SESSION_LONGEST_DAYS * MICROSECONDS_A_DAY});
  c->error = (Error){0};
}

static bool find_by_cookie(Context *c, const SessionKey *key, Session *out) {
  if (strlen(key->cookie) != SESSION_SECRET_LENGTH) return true; // not one of ours: a stranger
  SqlSessionWhoRows rows =
      sql_session_who(c, (SqlSessionWho){.hash = secret_hash(c->arena, key->cookie),
                                         .slug = key->org_slug ? key->org_slug : ""});
  if (!context_ok(c)) return false;
  if (!rows.count) return true;
  const SqlSessionWhoRow *who = &rows.items[0];
  out->id = who->session;
  out->account = who->account;
  out->name = who->name;
  out->email = who->email;
  out->installation_admin = who->installation_admin;
  out->language = who->language;
  out->csrf = secret_derive(c->arena, key->cookie, "form");
  Date org_today = zone_date(zone_or_utc(who->org_zone), c->now, NULL);
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].person)
      add_role(out, org_today, rows.items[i].role_bit.value, rows.items[i].until);
  if (out->roles) enter(c, out, who->org, who->org_name, who->person);
  if (out->roles && out->language == NULL) out->language = who->org_language;
  set_zone(c, who->zone, out->roles ? who->org_zone : NULL);
  out->unseen = is_unseen(c, who->seen);
  return true;
}

static bool bad_token(Context *c) {
  return fail_with(c, ERROR_DENIED,
                   _("This API token is unknown, has expired or was revoked. "
                     "Make a new one in the organisation's settings."));
}

static bool find_by_token(Context *c, const SessionKey *key, const char *secret, Session *out) {
  SqlTokenWhoRows rows =
      sql_token_who(c, (SqlTokenWho){.hash = secret_hash(c->arena, secret),
                                     .slug = key->org_slug ? key->org_slug : ""});
  if (!context_ok(c)) return false;
  if (!rows.count) return bad_token(c);
  const SqlTokenWhoRow *who = &rows.items[0];
  Date org_today = zone_date(zone_or_utc(who->org_zone), c->now, NULL);
  if (date_compare(who->expires, org_today) < 0) return bad_token(c);
  for (size_t i = 0; i < rows.count; i++)
    add_role(out, org_today, rows.items[i].role_bit, rows.items[i].until);
  if (!out->roles) return bad_token(c);
  out->token = who->token;
  out->account = who->account;
  out->name = who->name;
  out->email = who->email;
  if (who->here) {
    enter(c, out, who->org, who->org_name, who->person);
    out->may = permissions_in_scope(out->may, who->scope);
  }
  set_zone(c, who->zone, who->org_zone);
  out->unseen = is_unseen(c, who->used);
  return true;
}

bool session_find(Context *c, const SessionKey *key, Session *out) {
  *out = (Session){0};
  if (key->authorization) {
    static const char scheme[] = "Bearer ";
    if (!text_starts(key->authorization, scheme)) return bad_token(c);
    const char *secret = key->authorization + strlen(scheme);
    if (!text_starts(secret, TOKEN_PREFIX)) return bad_token(c);
    return find_by_token(c, key, secret, out);
  }
  return key->cookie ? find_by_cookie(c, key, out) : true;
}

bool session_csrf_matches(const Session *session, const char *given) {
  return session->csrf && secret_equal(session->csrf, given);
}

bool session_create(Context *c, int64_t account, const char *agent, const char **secret) {
  *secret = secret_create(c->arena);
  sql_session_sweep(c);
  sql_session_add(
      c, (SqlSessionAdd){.account = account,
                         .hash = secret_hash(c->arena, *secret),
                         .agent = agent ? text_copy_n(c->arena, agent, strnlen(agent, 200)) : "",
                         .expires = {c->now.us + SESSION_DAYS * MICROSECONDS_A_DAY}});
  return context_ok(c);
}

bool session_end(Context *c, int64_t session) {
  sql_session_remove(c, (SqlSessionRemove){.id = session});
  return context_ok(c);
}

bool session_end_all(Context *c, int64_t account, int64_t but_session) {
  sql_session_remove_others(c, (SqlSessionRemoveOthers){.account = account, .but = but_session});
  return context_ok(c);
}

const char *session_cookie(Arena *arena, const char *secret, bool https) {
  return text_format(arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                     https ? SESSION_COOKIE_SECURE : SESSION_COOKIE, secret ? secret : "",
                     secret ? SESSION_LONGEST_DAYS * 86400 : 0, https ? "; Secure" : "");
}
