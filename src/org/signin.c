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
#include "org/throttle.h"

#include <stdlib.h>

#define FORGET_AFTER (24 * 3600 * INT64_C(1000000))

enum { BUCKETS = 3 };

static void buckets_init(Context *c, const SignIn *in, Bucket buckets[BUCKETS]) {
  Arena *a = c->arena;
  const char *email = text_lower(a, text_trim(a, in->email)),
             *from = in->address ? in->address : "";
  buckets[0] = (Bucket){throttle_key(c, "pair", email, from), 5, FORGET_AFTER};
  buckets[1] = (Bucket){throttle_key(c, "address", from, NULL), 20, FORGET_AFTER};
  buckets[2] = (Bucket){throttle_key(c, "account", email, NULL), 40, FORGET_AFTER};
}

// Counts the attempt, then looks at the password; forgetting the attempt is the caller's.
static bool prove(Context *c, const SignIn *in, Bucket buckets[BUCKETS], int64_t *account) {
  buckets_init(c, in, buckets);
  if (!throttle_count(c, buckets, BUCKETS, true)) return false;
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
  return throttle_forget(c, buckets, BUCKETS) && session_create(c, *account, in->agent, secret) &&
         transaction_commit(&tx);
}

bool session_confirm(Context *c, const SignIn *in) {
  Bucket buckets[BUCKETS];
  int64_t account;
  if (!prove(c, in, buckets, &account)) return false;
  TRANSACTION(c, tx);
  return throttle_forget(c, buckets, BUCKETS) && transaction_commit(&tx);
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
