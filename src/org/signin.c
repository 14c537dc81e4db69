// SPDX-License-Identifier: Apache-2.0
// Signing in, with a throttle. An attempt is counted before the password is looked at, so that many
// at once count as many; success wipes the count. Three counts, so that a stranger who guesses at
// one account from afar slows down that account's owner as little as possible:
//   account and address: 5 free, address: 20 free, account over all addresses: 40 free,
// then a wait that doubles from 30 seconds to 15 minutes. A count is forgotten after a quiet day.
#include "db/db.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/secret.h"

#include <stdlib.h>

#define SECOND       INT64_C(1000000)
#define WAIT_FIRST   (30 * SECOND)
#define WAIT_LONGEST (15 * 60 * SECOND)
#define FORGET_AFTER (24 * 3600 * SECOND)

typedef struct Bucket {
  const char *key;
  int64_t free_attempts;
} Bucket;
enum { BUCKETS = 3 };

static void buckets_init(Context *c, const SignIn *in, Bucket buckets[BUCKETS]) {
  Arena *a = c->arena;
  const char *email = text_lower(a, text_trim(a, in->email)),
             *from = in->address ? in->address : "";
  buckets[0] = (Bucket){secret_hash(a, text_format(a, "pair\n%s\n%s", email, from)), 5};
  buckets[1] = (Bucket){secret_hash(a, text_format(a, "address\n%s", from)), 20};
  buckets[2] = (Bucket){secret_hash(a, text_format(a, "account\n%s", email)), 40};
}

int64_t sign_in_wait(int64_t failures, int64_t free_attempts) {
  if (failures < free_attempts) return 0;
  int64_t wait = WAIT_FIRST;
  for (int64_t i = free_attempts; i < failures && wait < WAIT_LONGEST; i++) wait *= 2;
  return wait < WAIT_LONGEST ? wait : WAIT_LONGEST;
}

static bool too_many(Context *c, int64_t wait) {
  int64_t seconds = (wait + SECOND - 1) / SECOND;
  c->error.wait_seconds = seconds;
  if (seconds <= 90)
    return fail_with(c, ERROR_TOO_MANY, _("Too many attempts. Please try again in %lld seconds."),
                     (long long)seconds);
  return fail_with(c, ERROR_TOO_MANY,
                   _("Too many attempts. Please try again in %lld minutes, or ask your "
                     "administrator for a link that sets a new password."),
                   (long long)((seconds + 59) / 60));
}

// Refuses, or counts this attempt as failed until it has proven otherwise.
static bool count_attempt(Context *c, const Bucket buckets[BUCKETS]) {
  TRANSACTION(c, tx);
  SqlSignInBlockedRow rows[BUCKETS] = {0};
  for (size_t i = 0; i < BUCKETS; i++) {
    if (!sql_sign_in_blocked(c, (SqlSignInBlocked){.bucket = buckets[i].key}, &rows[i])) continue;
    if (c->now.us - rows[i].last.us > FORGET_AFTER) rows[i] = (SqlSignInBlockedRow){0};
    if (rows[i].blocked.us > c->now.us) return too_many(c, rows[i].blocked.us - c->now.us);
  }
  for (size_t i = 0; i < BUCKETS; i++) {
    int64_t failures = rows[i].failures + 1;
    int64_t wait = sign_in_wait(failures, buckets[i].free_attempts);
    sql_sign_in_count(c, (SqlSignInCount){.bucket = buckets[i].key,
                                          .failures = failures,
                                          .blocked = {wait ? c->now.us + wait : 0}});
  }
  return transaction_commit(&tx);
}

static bool forget_attempts(Context *c, const Bucket buckets[BUCKETS]) {
  for (size_t i = 0; i < BUCKETS; i++)
    sql_sign_in_clear(c, (SqlSignInClear){.bucket = buckets[i].key});
  sql_sign_in_sweep(c, (SqlSignInSweep){.before = {c->now.us - FORGET_AFTER}});
  return context_ok(c);
}

// Counts the attempt, then looks at the password; forgetting the attempt is the caller's.
static bool prove(Context *c, const SignIn *in, Bucket buckets[BUCKETS], int64_t *account) {
  buckets_init(c, in, buckets);
  if (!count_attempt(c, buckets)) return false;
  SqlAccountByEmailRow row = {0};
  const char *email = text_lower(c->arena, text_trim(c->arena, in->email));
  bool found = sql_account_by_email(c, (SqlAccountByEmail){.email = email}, &row);
  if (!context_ok(c)) return false;
  bool matches = password_matches(found ? row.password_hash : NULL, in->password);
  if (!matches || row.disabled)
    return invalid(c, "password",
                   _("That e-mail address and password do not belong together. Check "
                     "both; capital letters count in the password."));
  *account = row.id;
  return true;
}

bool session_sign_in(Context *c, const SignIn *in, const char **secret, int64_t *account) {
  Bucket buckets[BUCKETS];
  if (!prove(c, in, buckets, account)) return false;
  TRANSACTION(c, tx);
  return forget_attempts(c, buckets) && session_create(c, *account, in->agent, secret) &&
         transaction_commit(&tx);
}

bool session_confirm(Context *c, const SignIn *in) {
  Bucket buckets[BUCKETS];
  int64_t account;
  if (!prove(c, in, buckets, &account)) return false;
  TRANSACTION(c, tx);
  return forget_attempts(c, buckets) && transaction_commit(&tx);
}

bool demo_is_on(void) {
  const char *value = getenv("DAYBOOK_DEMO");
  return value && text_equal(value, "1");
}

bool demo_sign_in(Context *c, int64_t account, const char *agent, const char **secret) {
  if (!demo_is_on()) return not_found(c, _("This server is not a demo."));
  SqlDemoPeopleRows people = sql_demo_people(c);
  for (size_t i = 0; i < people.count; i++) {
    if (people.items[i].account != account) continue;
    TRANSACTION(c, tx);
    return session_create(c, account, agent, secret) && transaction_commit(&tx);
  }
  return context_ok(c) && not_found(c, _("There is no such demo person."));
}

bool demo_has_no_password(Context *c, int64_t account) {
  SqlDemoUnsetRow row;
  return demo_is_on() && sql_demo_unset(c, (SqlDemoUnset){.account = account}, &row);
}
