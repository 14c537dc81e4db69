// SPDX-License-Identifier: Apache-2.0
// People of an organisation, whether or not they sign in.
#include "org/people.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/org.sql.h"
#include "org/people.sql.h"
#include "outbox/outbox.h"

#include <ctype.h>
#include <string.h>

// RFC 5321 section 4.5.3.1: 64 before the @, 254 in all. One @ and a dot-separated domain are asked
// for, nothing cleverer: only a message that arrives proves an address.
static bool email_is_plausible(const char *email) {
  const char *at = strchr(email, '@');
  size_t length = strlen(email);
  if (!at || at == email || at - email > 64 || length < 5 || length > 254 || strchr(at + 1, '@'))
    return false;
  const char *dot = strchr(at + 1, '.');
  bool domain = dot && dot != at + 1 && dot[1] && email[length - 1] != '.';
  for (const char *p = email; *p; p++)
    if ((unsigned char)*p <= ' ' || *p == 0x7f || strchr("<>()[],;:\\\"", *p)) return false;
  return domain && !strstr(email, "..");
}

const char *email_fold(Context *c, const char *field, const char *email) {
  const char *folded = text_is_empty(email) ? "" : text_lower(c->arena, text_trim(c->arena, email));
  if (email_is_plausible(folded)) return folded;
  invalid(c, field, _("Expected an e-mail address such as anna@example.org."));
  return NULL;
}

static size_t characters(const char *text) {
  size_t count = 0;
  for (; *text != '\0'; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
  return count;
}

bool name_is_sound(Context *c, const char *field, const char *name, size_t longest) {
  if (text_is_empty(name)) return invalid(c, field, _("This may not be empty."));
  if (characters(name) > longest)
    return invalid(c, field, _("Too long: at most %zu characters."), longest);
  return true;
}

bool zone_is_known(Context *c, const char *field, const char *time_zone) {
  if (!text_is_empty(time_zone) && zone_find(time_zone)) return true;
  return invalid(c, field, _("\"%s\" is not a time zone. Expected one such as Europe/Berlin."),
                 time_zone ? time_zone : "");
}

static const char *fold_name(Context *c, const char *name) {
  return text_lower(c->arena, text_trim(c->arena, name));
}

static bool person_is_sound(Context *c, const PersonDetails *d, int64_t self, const char **email) {
  name_is_sound(c, "name", d->name, 200);
  *email = NULL;
  if (!text_is_empty(d->email)) *email = email_fold(c, "email", d->email);
  if (!context_ok(c)) return false;
  SqlPersonByEmailRow other;
  if (*email && sql_person_by_email(c, (SqlPersonByEmail){.email = *email}, &other) &&
      other.id != self)
    return invalid(c, "email", _("%s has this address already."), other.name);
  if (self && d->manager == self) return invalid(c, "manager", _("Nobody reports to themselves."));
  SqlPersonGetRow manager;
  if (d->manager && !sql_person_get(c, (SqlPersonGet){.id = d->manager}, &manager))
    return invalid(c, "manager", _("There is no such person."));
  SqlSiteGetRow site;
  if (d->site && !sql_site_get(c, (SqlSiteGet){.id = d->site}, &site))
    return invalid(c, "site", _("There is no such site."));
  if (!date_is_none(d->joined) && !date_is_none(d->left_on) &&
      date_compare(d->left_on, d->joined) < 0)
    return invalid(c, "left_on", _("This is before the day they joined."));
  return context_ok(c);
}

bool person_add(Context *c, const PersonDetails *d, int64_t *id) {
  const char *email;
  TRANSACTION(c, tx);
  if (!person_is_sound(c, d, 0, &email)) return false;
  const char *name = text_trim(c->arena, d->name);
  *id = sql_person_add(c, (SqlPersonAdd){.name = name,
                                         .fold = fold_name(c, name),
                                         .email = email,
                                         .title = d->title ? d->title : "",
                                         .site = d->site,
                                         .manager = d->manager,
                                         .joined = d->joined});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "person.added", "person", *id);
  ledger_personal(e, "name", name);
  if (email) ledger_personal(e, "email", email);
  if (!text_is_empty(d->title)) ledger_personal(e, "title", d->title);
  return ledger_write(e) && transaction_commit(&tx);
}

static void ledger_person_change(LedgerEntry *e, const SqlPersonGetRow *was, const PersonDetails *d,
                                 const char *email) {
  if (!text_equal(was->name, d->name)) ledger_personal(e, "name", d->name);
  if (!text_equal(was->email, email)) ledger_personal(e, "email", email ? email : "");
  if (!text_equal(was->title, d->title)) ledger_personal(e, "title", d->title ? d->title : "");
  if (was->site != d->site) ledger_int(e, "site", was->site, d->site);
  if (was->manager != d->manager) ledger_int(e, "manager", was->manager, d->manager);
  if (date_compare(was->joined, d->joined)) ledger_date(e, "joined", was->joined, d->joined);
  if (date_compare(was->left_on, d->left_on)) ledger_date(e, "left_on", was->left_on, d->left_on);
}

// An account follows the address it was made for: another person's sign-in must not stay attached.
static bool email_may_change(Context *c, const SqlPersonGetRow *was, const char *email) {
  if (!was->account || text_equal(was->email, email)) return true;
  return invalid(c, "email",
                 _("This person signs in with the present address. Take away their "
                   "sign-in first, change the address, then let them in again."));
}

// A link sets a password and so hands over all its owner may: an administrator's comes from an
// administrator alone, and only they shut one out or give one a last day.
static bool may_handle(Context *c, int64_t person) {
  const uint32_t administrator = 1u << ROLE_ADMINISTRATOR;
  if (!c->actor || !(person_roles(c, person) & administrator)) return context_ok(c);
  if (person_roles(c, c->actor) & administrator) return true;
  return context_ok(c) && denied(c, _("Only an administrator does this to an administrator."));
}

static bool others_administer(Context *c, int64_t person) {
  SqlAdministratorOthersRow others = {0};
  sql_administrator_others(c, (SqlAdministratorOthers){.person = person}, &others);
  return others.count > 0 || !(person_roles(c, person) & 1u << ROLE_ADMINISTRATOR);
}

bool person_change(Context *c, int64_t person, const PersonDetails *d, int64_t version) {
  TRANSACTION(c, tx);
  SqlPersonGetRow was;
  if (!sql_person_get(c, (SqlPersonGet){.id = person}, &was) || was.erased)
    return not_found(c, _("There is no such person."));
  const char *email;
  if (!person_is_sound(c, d, person, &email) || !email_may_change(c, &was, email)) return false;
  if (date_compare(d->left_on, was.left_on) && !may_handle(c, person)) return false;
  if (!date_is_none(d->left_on) && !others_administer(c, person))
    return invalid(c, "left_on", _("Make somebody else administrator first."));
  const char *name = text_trim(c->arena, d->name), *title = d->title ? d->title : "";
  int64_t changed =
      sql_person_change(c, (SqlPersonChange){.id = person,
                                             .name = name,
                                             .fold = fold_name(c, name),
                                             .email = email,
                                             .title = title,
                                             .site = d->site,
                                             .manager = d->manager,
                                             .joined = d->joined,
                                             .left_on = d->left_on,
                                             .version = version ? version : was.version});
  if (!context_ok(c)) return false;
  if (!changed)
    return conflict(c, _("Somebody changed this person meanwhile. Look again, then save."));
  if (!membership_refresh(c, person)) return false;
  LedgerEntry *e = ledger_entry(c, "person.changed", "person", person);
  ledger_person_change(e, &was, d, email);
  return ledger_write(e) && transaction_commit(&tx);
}

static bool person_by_name(Context *c, const char *name, const char *email, int64_t *id) {
  SqlPersonByNameRow row;
  if (!sql_person_by_name(c, (SqlPersonByName){.fold = fold_name(c, name)}, &row)) return false;
  if (email && row.email) return false; // a namesake with another address
  if (email) {
    sql_person_set_email(c, (SqlPersonSetEmail){.id = row.id, .email = email});
    LedgerEntry *e = ledger_entry(c, "person.changed", "person", row.id);
    ledger_personal(e, "email", email);
    if (!ledger_write(e)) return false;
  }
  *id = row.id;
  return context_ok(c);
}

// "anna.weber@example.org" without a name is "Anna Weber" until somebody says otherwise.
const char *name_from_email(Arena *arena, const char *email) {
  char *name = text_copy_n(arena, email, strcspn(email, "@"));
  bool first = true;
  for (char *p = name; *p; p++) {
    if (strchr("._-+", *p))
      *p = ' ';
    else if (first)
      *p = (char)toupper((unsigned char)*p);
    first = *p == ' ';
  }
  return name;
}

bool person_ensure(Context *c, const char *name, const char *email, int64_t *id) {
  TRANSACTION(c, tx);
  const char *folded = NULL;
  if (!text_is_empty(email) && !(folded = email_fold(c, "email", email))) return false;
  SqlPersonByEmailRow row;
  if (folded && sql_person_by_email(c, (SqlPersonByEmail){.email = folded}, &row)) {
    *id = row.id;
    return transaction_commit(&tx);
  }
  if (!text_is_empty(name) && person_by_name(c, name, folded, id)) return transaction_commit(&tx);
  if (!context_ok(c)) return false;
  if (text_is_empty(name) && folded) name = name_from_email(c->arena, folded);
  PersonDetails details = {
      .name = name, .email = folded, .joined = DATE_NONE, .left_on = DATE_NONE};
  return person_add(c, &details, id) && transaction_commit(&tx);
}

static bool has_some_role(Context *c, int64_t person) {
  return person_roles(c, person) || role_grant(c, person, ROLE_EMPLOYEE, DATE_NONE);
}

bool person_bind(Context *c, int64_t person, int64_t account) {
  TRANSACTION(c, tx);
  sql_person_set_account(c, (SqlPersonSetAccount){.id = person, .account = account});
  LedgerEntry *e = ledger_entry(c, "person.let_in", "person", person);
  return ledger_write(e) && has_some_role(c, person) && membership_refresh(c, person) &&
         transaction_commit(&tx);
}

bool person_let_in(Context *c, int64_t person, int64_t *account, bool *invite) {
  TRANSACTION(c, tx);
  SqlPersonGetRow row;
  if (!sql_person_get(c, (SqlPersonGet){.id = person}, &row) || row.erased)
    return not_found(c, _("There is no such person."));
  if (!may_handle(c, person)) return false;
  *account = row.account;
  *invite = false;
  if (row.account) return transaction_commit(&tx);
  if (!row.email)
    return invalid(c, "email", _("Somebody who signs in needs an e-mail address. Add it first."));
  if (!account_ensure(c, row.email, row.name, account, invite)) return false;
  if (*invite) return has_some_role(c, person) && transaction_commit(&tx);
  return person_bind(c, person, *account) && transaction_commit(&tx);
}

static bool cut_ties(Context *c, int64_t person) {
  sql_api_token_revoke_person(c, (SqlApiTokenRevokePerson){.person = person});
  sql_calendar_token_revoke_person(c, (SqlCalendarTokenRevokePerson){.person = person});
  sql_invitation_clear(c, (SqlInvitationClear){.person = person});
  sql_person_set_account(c, (SqlPersonSetAccount){.id = person});
  return membership_refresh(c, person);
}

bool person_shut_out(Context *c, int64_t person) {
  TRANSACTION(c, tx);
  SqlPersonGetRow row;
  if (!sql_person_get(c, (SqlPersonGet){.id = person}, &row))
    return not_found(c, _("There is no such person."));
  if (!may_handle(c, person)) return false;
  if (!others_administer(c, person))
    return invalid(c, "person", _("Make somebody else administrator first."));
  if (!cut_ties(c, person)) return false;
  LedgerEntry *e = ledger_entry(c, "person.shut_out", "person", person);
  return ledger_write(e) && transaction_commit(&tx);
}

// An account nobody uses any more in any organisation is emptied with its last person.
static bool account_forget(Context *c, int64_t account) {
  SqlAccountMembershipCountRow left = {0};
  sql_account_membership_count(c, (SqlAccountMembershipCount){.account = account}, &left);
  if (!context_ok(c) || left.count > 0) return context_ok(c);
  const char *nobody = text_format(c->arena, "erased-%lld@invalid", (long long)account);
  sql_account_erase(c,
                    (SqlAccountErase){.id = account, .email = nobody, .name = _("Erased account")});
  return session_end_all(c, account, 0);
}

bool person_erase(Context *c, int64_t person) {
  TRANSACTION(c, tx);
  SqlPersonGetRow row;
  if (!sql_person_get(c, (SqlPersonGet){.id = person}, &row) || row.erased)
    return not_found(c, _("There is no such person."));
  if (!others_administer(c, person))
    return invalid(c, "person", _("Make somebody else administrator first."));
  if (!cut_ties(c, person)) return false;
  const char *name = text_format(c->arena, _("Former colleague %lld"), (long long)person);
  Date left = date_is_none(row.left_on) ? c->today : row.left_on;
  sql_person_erase(
      c, (SqlPersonErase){.id = person, .name = name, .fold = fold_name(c, name), .left_on = left});
  sql_position_vacate(c, (SqlPositionVacate){.person = person});
  sql_team_member_leave(c, (SqlTeamMemberLeave){.person = person});
  if (row.account && !account_forget(c, row.account)) return false;
  const PersonForgot who = {person, row.name, row.email, name};
  if (!outbox_forget(c, &who)) return false;
  for (size_t i = 0; person_forgets[i] != NULL; i++)
    if (!person_forgets[i](c, person, row.name)) return false;
  int64_t erased; // says so in its own entry
  return ledger_erase(c, "person", person, &erased) && transaction_commit(&tx);
}
