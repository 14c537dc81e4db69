// SPDX-License-Identifier: Apache-2.0
// Whoever lets somebody in first gets the link that sets the account's password, and may have kept
// it. A further organisation therefore never lets the account itself in: it invites, and whoever
// holds both, the account and the invitation, joins.
#include "db/db.h"
#include "ledger/ledger.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/people.h"
#include "org/people.sql.h"
#include "org/secret.h"

#define INVITATION_LASTS (INT64_C(3) * 86400 * 1000000)

bool invitation_create(Context *c, int64_t person, int64_t account, const char **secret) {
  TRANSACTION(c, tx);
  *secret = secret_create(c->arena);
  sql_invitation_clear(c, (SqlInvitationClear){.person = person});
  sql_invitation_add(c, (SqlInvitationAdd){.person = person,
                                           .account = account,
                                           .hash = secret_hash(c->arena, *secret),
                                           .expires = {c->now.us + INVITATION_LASTS}});
  LedgerEntry *e = ledger_entry(c, "person.invited", "person", person);
  return ledger_write(e) && transaction_commit(&tx);
}

bool invitation_find(Context *c, const char *secret, Invitation *out) {
  SqlInvitationByHashRow row;
  if (!sql_invitation_by_hash(c, (SqlInvitationByHash){.hash = secret_hash(c->arena, secret)},
                              &row))
    return context_ok(c) &&
           not_found(c, _("This invitation was used already or is older than three days. Ask "
                          "whoever gave it to you for a new one."));
  *out = (Invitation){.id = row.id,
                      .org = row.org,
                      .person = row.person,
                      .account = row.account,
                      .slug = row.slug,
                      .org_name = row.org_name,
                      .email = row.email};
  return true;
}

static bool is_for_them(Context *c, const Invitation *in, int64_t account) {
  SqlPersonGetRow person;
  if (in->account != account)
    return denied(c, _("This invitation is for %s. Sign in as that person first."), in->email);
  if (!sql_person_get(c, (SqlPersonGet){.id = in->person}, &person) || person.erased ||
      !text_equal(person.email, in->email) || person.account)
    return context_ok(c) && not_found(c, _("This invitation no longer holds. Ask for a new one."));
  return true;
}

bool invitation_accept(Context *c, const char *secret, int64_t account, int64_t session,
                       Invitation *out) {
  TRANSACTION(c, tx);
  if (!invitation_find(c, secret, out)) return false;
  c->org = out->org;
  if (!is_for_them(c, out, account)) return false;
  if (sql_invitation_take(c, (SqlInvitationTake){.id = out->id}) != 1)
    return context_ok(c) && not_found(c, _("This invitation was used already."));
  sql_reset_clear(c, (SqlResetClear){.account = account});
  c->actor = out->person;
  return account_vouch(c, account) && session_end_all(c, account, session) &&
         person_bind(c, out->person, account) && transaction_commit(&tx);
}
