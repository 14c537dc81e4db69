// SPDX-License-Identifier: Apache-2.0
// Accounts and the secrets that stand for a person. A secret is shown once; its hash is stored.
#include "org/access.h"
#include "base/language.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/access.sql.h"
#include "org/people.h"
#include "org/people.sql.h"
#include "org/secret.h"

#include <string.h>

#define RESET_LASTS        (INT64_C(3) * 86400 * 1000000)
#define TOKEN_LONGEST_DAYS 366

// The command line is the installation's administrator; pages and API are somebody's of one
// organisation.
static bool by_installation(const Context *c) {
  return text_equal(c->channel, "cli");
}

// Nobody knows whose password it is: whoever set it must not come in with it. Its owner sets
// another by the link they are given now.
static bool account_seal(Context *c, int64_t account) {
  sql_account_seal(c, (SqlAccountSeal){.id = account});
  sql_reset_clear(c, (SqlResetClear){.account = account});
  return session_end_all(c, account, 0);
}

bool account_ensure(Context *c, const char *email, const char *name, int64_t *account,
                    bool *elsewhere) {
  const char *folded = email_fold(c, "email", email);
  if (!folded) return false;
  SqlAccountByEmailRow row;
  SqlAccountElsewhereRow other = {0};
  if (!sql_account_by_email(c, (SqlAccountByEmail){.email = folded}, &row)) {
    if (!context_ok(c)) return false;
    *account = sql_account_add(c, (SqlAccountAdd){.email = folded, .name = name});
    return context_ok(c);
  }
  *account = row.id;
  sql_account_elsewhere(c, (SqlAccountElsewhere){.account = row.id}, &other);
  *elsewhere = !by_installation(c) && (other.count > 0 || row.installation_admin);
  if (!context_ok(c) || row.vouched || *elsewhere) return context_ok(c);
  return account_seal(c, row.id);
}

bool account_vouch(Context *c, int64_t account) {
  sql_account_set_vouched(c, (SqlAccountSetVouched){.id = account, .vouched = true});
  return context_ok(c);
}

// An account belongs to no organisation; what happens to it is told in the ledger of each of its
// own.
static bool tell(Context *c, int64_t account, const char *action, bool by_themselves) {
  SqlAccountPeopleRows rows = sql_account_people(c, (SqlAccountPeople){.account = account});
  int64_t org = c->org, actor = c->actor;
  for (size_t i = 0; i < rows.count && context_ok(c); i++) {
    c->org = rows.items[i].org;
    c->actor = by_themselves ? rows.items[i].person : c->org == org ? actor : 0;
    ledger_write(ledger_entry(c, action, "person", rows.items[i].person));
  }
  c->org = org;
  c->actor = actor;
  return context_ok(c);
}

bool account_set_password(Context *c, int64_t account, const char *password) {
  SqlAccountGetRow row;
  if (!sql_account_get(c, (SqlAccountGet){.id = account}, &row))
    return not_found(c, _("There is no such account."));
  const char *own[] = {row.email, row.name};
  const char *problem = password_problem(password, own, COUNT_OF(own));
  if (problem) return invalid(c, "password", "%s", problem);
  const char *hash = password_hash(c->arena, password);
  if (!hash) return failure(c, "Argon2id: out of memory");
  TRANSACTION(c, tx);
  sql_account_set_password(c, (SqlAccountSetPassword){.id = account, .password_hash = hash});
  sql_reset_clear(c, (SqlResetClear){.account = account});
  return tell(c, account, "person.password_set", true) && transaction_commit(&tx);
}

bool account_disable(Context *c, int64_t account, bool disabled) {
  TRANSACTION(c, tx);
  sql_account_set_disabled(c, (SqlAccountSetDisabled){.id = account, .disabled = disabled});
  sql_reset_clear(c, (SqlResetClear){.account = account});
  if (disabled && !session_end_all(c, account, 0)) return false;
  const char *action = disabled ? "person.sign_in_disabled" : "person.sign_in_enabled";
  return tell(c, account, action, false) && transaction_commit(&tx);
}

bool account_link_create(Context *c, int64_t account, const char **secret) {
  TRANSACTION(c, tx);
  *secret = secret_create(c->arena);
  sql_reset_clear(c, (SqlResetClear){.account = account}); // only the newest link works
  sql_reset_add(c, (SqlResetAdd){.account = account,
                                 .hash = secret_hash(c->arena, *secret),
                                 .expires = {c->now.us + RESET_LASTS}});
  return tell(c, account, "person.password_link_made", false) && transaction_commit(&tx);
}

bool account_reset_create(Context *c, int64_t account, const char **secret) {
  TRANSACTION(c, tx);
  if (!account_link_create(c, account, secret)) return false;
  sql_account_set_vouched(c, (SqlAccountSetVouched){.id = account, .vouched = by_installation(c)});
  return context_ok(c) && transaction_commit(&tx);
}

static bool reset_gone(Context *c) {
  return context_ok(c) &&
         not_found(c, _("This link was used already or is older than three days. Ask your "
                        "administrator for a new one."));
}

static bool reset_row(Context *c, const char *secret, SqlResetByHashRow *row) {
  if (sql_reset_by_hash(c, (SqlResetByHash){.hash = secret_hash(c->arena, secret)}, row))
    return true;
  return reset_gone(c);
}

bool account_reset_find(Context *c, const char *secret, int64_t *account) {
  SqlResetByHashRow row;
  if (!reset_row(c, secret, &row)) return false;
  *account = row.account;
  return true;
}

bool account_reset_use(Context *c, const char *secret, const char *password, int64_t *account) {
  if (!account_reset_find(c, secret, account)) return false;
  TRANSACTION(c, tx);
  SqlResetByHashRow row; // again, inside: of two at once only one takes it
  if (!reset_row(c, secret, &row)) return false;
  if (sql_reset_take(c, (SqlResetTake){.id = row.id}) != 1) return reset_gone(c);
  if (!account_set_password(c, row.account, password)) return false;
  if (!session_end_all(c, row.account, 0)) return false;
  return transaction_commit(&tx);
}

// ---- API tokens ----

static bool token_is_sound(Context *c, const ApiTokenNew *in) {
  const char *unknown;
  if (text_is_empty(in->name))
    invalid(c, "name", "%s",
            _("Name the token after what uses it, for example \"backup script\"."));
  if (!scope_check(c->arena, in->scope, &unknown))
    invalid(c, "scope", _("\"%s\" is neither read, write nor a permission."), unknown);
  if (date_is_none(in->expires) || date_compare(in->expires, c->today) < 0)
    invalid(c, "expires", "%s", _("A token needs a last day, today or later."));
  else if (date_diff(in->expires, c->today) > TOKEN_LONGEST_DAYS)
    invalid(c, "expires", "%s", _("A token lives for at most a year; make a new one then."));
  SqlPersonGetRow person;
  if (!sql_person_get(c, (SqlPersonGet){.id = in->person}, &person))
    invalid(c, "person", "%s", _("There is no such person."));
  else if (!person.account)
    invalid(c, "person", "%s", _("This person cannot sign in, so a token cannot act for them."));
  return context_ok(c);
}

bool api_token_create(Context *c, const ApiTokenNew *in, const char **secret, int64_t *id) {
  if (!token_is_sound(c, in)) return false;
  TRANSACTION(c, tx);
  *secret = text_format(c->arena, "dbk_%s", secret_create(c->arena));
  *id = sql_api_token_add(c, (SqlApiTokenAdd){.person = in->person,
                                              .name = in->name,
                                              .hash = secret_hash(c->arena, *secret),
                                              .scope = in->scope,
                                              .expires = in->expires});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "token.created", "api_token", *id);
  ledger_number(e, "person", in->person);
  ledger_value(e, "name", in->name);
  ledger_value(e, "scope", in->scope);
  ledger_day(e, "expires", in->expires);
  return ledger_write(e) && transaction_commit(&tx);
}

bool api_token_revoke(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  if (sql_api_token_revoke(c, (SqlApiTokenRevoke){.id = id}) < 1)
    return not_found(c, _("There is no such token, or it was revoked already."));
  LedgerEntry *e = ledger_entry(c, "token.revoked", "api_token", id);
  return ledger_write(e) && transaction_commit(&tx);
}

// ---- calendar addresses ----

bool calendar_token_create(Context *c, const CalendarToken *what, const char **secret,
                           int64_t *id) {
  if (!what->person && !what->position && what->role < 0 && !what->whole)
    return invalid(c, "what", "%s",
                   _("Say whose calendar: a person's, a position's, or all of it."));
  TRANSACTION(c, tx);
  *secret = secret_create(c->arena);
  *id = sql_calendar_token_add(
      c, (SqlCalendarTokenAdd){.reader = what->reader,
                               .hash = secret_hash(c->arena, *secret),
                               .label = what->label,
                               .person = what->person,
                               .position = what->position,
                               .role = {.has = what->role >= 0, .value = what->role},
                               .whole = what->whole});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "calendar.address_created", "calendar_token", *id);
  ledger_number(e, "reader", what->reader);
  if (what->person) ledger_number(e, "person", what->person);
  if (what->position) ledger_number(e, "position", what->position);
  if (what->role >= 0) ledger_value(e, "role", role_name((Role)what->role));
  if (what->whole) ledger_value(e, "whole", "organisation");
  return ledger_write(e) && transaction_commit(&tx);
}

// A reader who may not sign in (yet) reads on; one who signed in does while a role is left to them.
static bool reader_is_welcome(Context *c, const SqlCalendarReaderRows *rows) {
  bool alive = false;
  for (size_t i = 0; i < rows->count; i++) {
    const SqlCalendarReaderRow *row = &rows->items[i];
    if (row->disabled) return false;
    if (!date_is_none(row->left_on) && date_compare(row->left_on, c->today) < 0) return false;
    bool ended = !date_is_none(row->until) && date_compare(row->until, c->today) < 0;
    alive |= !ended && (row->role.has || !row->account);
  }
  return alive;
}

// The hash tells it from an entry of the same number in a history that a backup took back.
static const char *last_entry(Context *c, const SqlCalendarReaderRow *row) {
  return row->ledger.has
             ? text_format(c->arena, "%lld.%.12s", (long long)row->ledger.value, row->ledger_hash)
             : "0";
}

bool calendar_token_find(Context *c, const char *secret, CalendarToken *out) {
  if (strlen(secret) != SESSION_SECRET_LENGTH) return false;
  SqlCalendarTokenByHashRow row;
  if (!sql_calendar_token_by_hash(
          c, (SqlCalendarTokenByHash){.hash = secret_hash(c->arena, secret)}, &row))
    return false;
  c->org = row.org;
  c->zone = zone_find(row.org_zone) ? zone_find(row.org_zone) : zone_find("UTC");
  c->today = zone_date(c->zone, c->now, NULL);
  SqlCalendarReaderRows readers = sql_calendar_reader(c, (SqlCalendarReader){.reader = row.reader});
  if (!context_ok(c) || !reader_is_welcome(c, &readers)) return false;
  if (readers.items[0].zone && zone_find(readers.items[0].zone)) {
    c->zone = zone_find(readers.items[0].zone);
    c->today = zone_date(c->zone, c->now, NULL);
  }
  const char *own = readers.items[0].language;
  *out = (CalendarToken){.id = row.id,
                         .language = language_find(own != NULL ? own : row.org_language),
                         .org = row.org,
                         .person = row.person,
                         .position = row.position,
                         .role = row.role.has ? (int)row.role.value : -1,
                         .whole = row.whole,
                         .reader = row.reader,
                         .ledger = last_entry(c, &readers.items[0]),
                         .label = row.label};
  return true;
}

bool calendar_token_revoke(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  if (sql_calendar_token_revoke(c, (SqlCalendarTokenRevoke){.id = id}) < 1)
    return not_found(c, _("There is no such calendar address, or it was revoked already."));
  LedgerEntry *e = ledger_entry(c, "calendar.address_revoked", "calendar_token", id);
  return ledger_write(e) && transaction_commit(&tx);
}
