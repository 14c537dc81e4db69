// SPDX-License-Identifier: Apache-2.0
#include "org/throttle.h"

#include "db/db.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/secret.h"

#define SECOND       INT64_C(1000000)
#define WAIT_FIRST   (30 * SECOND)
#define WAIT_LONGEST (15 * 60 * SECOND)
#define SWEEP_AFTER  (24 * 3600 * SECOND)

const char *throttle_key(Context *c, const char *what, const char *first, const char *second) {
  const char *text = text_format(c->arena, "%s\n%s", what, first == NULL ? "" : first);
  if (second != NULL) text = text_format(c->arena, "%s\n%s", text, second);
  return secret_hash(c->arena, text);
}

int64_t sign_in_wait(int64_t failures, int64_t free_attempts) {
  if (failures < free_attempts) return 0;
  int64_t wait = WAIT_FIRST;
  for (int64_t i = free_attempts; i < failures && wait < WAIT_LONGEST; i++) wait *= 2;
  return wait < WAIT_LONGEST ? wait : WAIT_LONGEST;
}

static bool too_many(Context *c, int64_t wait, bool signs_in) {
  long long seconds = (wait + SECOND - 1) / SECOND, minutes = (seconds + 59) / 60;
  c->error.wait_seconds = seconds;
  if (seconds <= 90)
    return fail_with(c, ERROR_TOO_MANY, _("Too many attempts. Please try again in %lld seconds."),
                     seconds);
  if (!signs_in)
    return fail_with(c, ERROR_TOO_MANY, _("Too many attempts. Please try again in %lld minutes."),
                     minutes);
  return fail_with(c, ERROR_TOO_MANY,
                   _("Too many attempts. Please try again in %lld minutes, or ask your "
                     "administrator for a link that sets a new password."),
                   minutes);
}

bool throttle_count(Context *c, const Bucket *buckets, size_t count, bool signs_in) {
  TRANSACTION(c, tx);
  SqlSignInBlockedRow rows[THROTTLE_MOST_BUCKETS] = {0};
  for (size_t i = 0; i < count; i++) {
    if (!sql_sign_in_blocked(c, (SqlSignInBlocked){.bucket = buckets[i].key}, &rows[i])) continue;
    if (c->now.us - rows[i].last.us > buckets[i].forget_after) rows[i] = (SqlSignInBlockedRow){0};
    if (rows[i].blocked.us > c->now.us)
      return too_many(c, rows[i].blocked.us - c->now.us, signs_in);
  }
  for (size_t i = 0; i < count; i++) {
    int64_t failures = rows[i].failures + 1;
    int64_t wait = sign_in_wait(failures, buckets[i].free_attempts);
    sql_sign_in_count(c, (SqlSignInCount){.bucket = buckets[i].key,
                                          .failures = failures,
                                          .blocked = {wait ? c->now.us + wait : 0}});
  }
  return transaction_commit(&tx);
}

bool throttle_link(Context *c, const char *what, const char *secret, const char *address) {
  const char *from = text_format(c->arena, "%s from", what);
  const Bucket buckets[] = {{throttle_key(c, what, secret, NULL), 30, THROTTLE_HOUR},
                            {throttle_key(c, from, address, NULL), 120, THROTTLE_HOUR}};
  return throttle_count(c, buckets, COUNT_OF(buckets), false);
}

bool throttle_forget(Context *c, const Bucket *buckets, size_t count) {
  for (size_t i = 0; i < count; i++)
    sql_sign_in_clear(c, (SqlSignInClear){.bucket = buckets[i].key});
  sql_sign_in_sweep(c, (SqlSignInSweep){.before = {c->now.us - SWEEP_AFTER}});
  return context_ok(c);
}
