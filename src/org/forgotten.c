// SPDX-License-Identifier: Apache-2.0
// A link that sets a password, by mail. Asking for it tells nobody whether an address is known: the
// page only notes the wish, and what becomes of it happens later, beside the server.
#include "db/db.h"
#include "ledger/ledger.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/people.h"
#include "org/throttle.h"
#include "outbox/outbox.h"

enum { WISHES_AT_ONCE = 50 };
#define WISH_LASTS THROTTLE_HOUR // older ones nobody waits for any more

bool password_wish(Context *c, const char *email, const char *address) {
  const char *folded = email_fold(c, "email", email);
  if (!folded) return false;
  const Bucket buckets[] = {{throttle_key(c, "wish", folded, NULL), 3, 24 * THROTTLE_HOUR},
                            {throttle_key(c, "wish_from", address, NULL), 10, 24 * THROTTLE_HOUR}};
  TRANSACTION(c, tx);
  if (!throttle_count(c, buckets, COUNT_OF(buckets), false)) return false;
  return sql_wish_add(c, (SqlWishAdd){.email = folded}) > 0 && transaction_commit(&tx);
}

// By an organisation that knows them, as a mail to their person there, so that it goes with them
// when they are erased.
static bool queue_for(Context *c, const SqlAccountPeopleRow *person, MailNew *mail, bool *queued) {
  int64_t org = c->org, id;
  c->org = person->org;
  mail->person = person->person;
  bool done = mail_queue(c, mail, &id);
  c->org = org;
  *queued = done && id != 0;
  return done;
}

// To the account's own address, whatever an organisation has written down for its person.
bool account_mail_link(Context *c, int64_t account, const char *secret, bool *mailed) {
  SqlAccountGetRow row;
  *mailed = false;
  if (!mail_smtp_is_set()) return context_ok(c);
  SqlAccountPeopleRows people = sql_account_people(c, (SqlAccountPeople){.account = account});
  if (!context_ok(c) || people.count == 0) return context_ok(c);
  if (!sql_account_get(c, (SqlAccountGet){.id = account}, &row)) return false;
  const int own = language_find(row.language);
  __attribute__((cleanup(language_back), unused)) int before = language_speak(own < 0 ? 0 : own);
  Letter letter = letter_begin(c, _("Set your password for Daybook"));
  letter.because = _("Somebody asked for a new password for this address.");
  letter_paragraph(c, &letter, _("The link works once, within three days."));
  letter_paragraph(c, &letter,
                   _("If you did not ask for it, do nothing: your password stays as it is."));
  letter_button(c, &letter, _("Set the password"), text_format(c->arena, "/password/%s", secret));
  MailNew mail = {.kind = MAIL_ACCOUNT,
                  .address = row.email,
                  .name = row.name,
                  .subject = letter.heading,
                  .letter = &letter};
  for (size_t i = 0; i < people.count && !*mailed; i++)
    if (!queue_for(c, &people.items[i], &mail, mailed)) return false;
  return true;
}

static bool grant(Context *c, const SqlWishNextRow *wish) {
  SqlAccountByEmailRow row;
  const char *secret;
  bool mailed;
  if (c->now.us - wish->asked.us > WISH_LASTS) return true;
  if (!sql_account_by_email(c, (SqlAccountByEmail){.email = wish->email}, &row) || row.disabled)
    return context_ok(c);
  return account_link_create(c, row.id, &secret) && account_mail_link(c, row.id, secret, &mailed);
}

static bool take(Context *c, const SqlWishNextRow *wish, bool granted) {
  TRANSACTION(c, tx);
  c->org = 0;
  if (sql_wish_take(c, (SqlWishTake){.id = wish->id}) != 1) return context_ok(c); // another's
  return (!granted || grant(c, wish)) && transaction_commit(&tx);
}

// One that cannot be granted must not stand in the way of every other mail: it is put away.
static bool put_away(Context *c, const SqlWishNextRow *wish) {
  if (c->error.kind == ERROR_UNAVAILABLE) return false;
  log_line(LOG_LEVEL_ERROR, "password_wish_put_away", "id=%lld %s", (long long)wish->id,
           c->error.detail != NULL ? c->error.detail : c->error.message);
  c->error = (Error){0};
  return take(c, wish, false);
}

bool password_wishes_grant(Context *c) {
  for (int i = 0; i < WISHES_AT_ONCE; i++) {
    SqlWishNextRow wish;
    c->org = 0;
    if (!sql_wish_next(c, &wish)) return context_ok(c);
    if (!take(c, &wish, true) && !put_away(c, &wish)) return false;
  }
  return context_ok(c);
}
