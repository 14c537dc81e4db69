// SPDX-License-Identifier: Apache-2.0
// Roles given and taken, and the table the door asks that follows from them.
#include "org/people.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/people.sql.h"

bool membership_refresh(Context *c, int64_t person) {
  sql_membership_clear(c, (SqlMembershipClear){.person = person});
  sql_membership_fill(c, (SqlMembershipFill){.person = person});
  return context_ok(c);
}

uint32_t person_roles(Context *c, int64_t person) {
  SqlPersonRoleListRows rows = sql_person_role_list(c, (SqlPersonRoleList){.person = person});
  uint32_t roles = 0;
  for (size_t i = 0; i < rows.count; i++)
    if (date_is_none(rows.items[i].until) || date_compare(rows.items[i].until, c->today) >= 0)
      roles |= 1u << rows.items[i].role;
  return roles;
}

bool person_has_role(Context *c, int64_t person, Role role) {
  return person_roles(c, person) >> role & 1;
}

static bool person_exists(Context *c, int64_t person) {
  SqlPersonGetRow row;
  if (sql_person_get(c, (SqlPersonGet){.id = person}, &row) && !row.erased) return true;
  return not_found(c, _("There is no such person."));
}

static bool only_administrator(Context *c, int64_t person, Role role) {
  if (role != ROLE_ADMINISTRATOR || !person_has_role(c, person, ROLE_ADMINISTRATOR)) return false;
  SqlAdministratorOthersRow others = {0};
  sql_administrator_others(c, (SqlAdministratorOthers){.person = person}, &others);
  return others.count == 0;
}

static bool grant_is_sound(Context *c, int64_t person, Role role, Date until) {
  if (role == ROLE_EXTERNAL_AUDITOR && date_is_none(until))
    return invalid(c, "until", _("An external auditor's access always has a last day."));
  if (!date_is_none(until) && only_administrator(c, person, role))
    return invalid(c, "until",
                   _("The only administrator cannot have a last day. Make somebody "
                     "else administrator first."));
  return context_ok(c);
}

bool role_grant(Context *c, int64_t person, Role role, Date until) {
  TRANSACTION(c, tx);
  if (!person_exists(c, person) || !grant_is_sound(c, person, role, until)) return false;
  SqlPersonRoleGetRow was;
  bool had = sql_person_role_get(c, (SqlPersonRoleGet){.person = person, .role = role}, &was);
  if (had && date_compare(was.until, until) == 0) return transaction_commit(&tx);
  if (had)
    sql_person_role_until(c, (SqlPersonRoleUntil){.person = person, .role = role, .until = until});
  else
    sql_person_role_add(c, (SqlPersonRoleAdd){.person = person, .role = role, .until = until});
  if (!context_ok(c) || !membership_refresh(c, person)) return false;
  LedgerEntry *e = ledger_entry(c, "role.granted", "person", person);
  ledger_value(e, "role", role_name(role));
  ledger_date(e, "until", had ? was.until : DATE_NONE, until);
  return ledger_write(e) && transaction_commit(&tx);
}

bool role_revoke(Context *c, int64_t person, Role role) {
  TRANSACTION(c, tx);
  if (!person_exists(c, person)) return false;
  if (only_administrator(c, person, role))
    return invalid(c, "role",
                   _("This is the only administrator. Make somebody else administrator "
                     "first."));
  if (sql_person_role_remove(c, (SqlPersonRoleRemove){.person = person, .role = role}) < 1)
    return not_found(c, _("This person does not have that role."));
  if (!membership_refresh(c, person)) return false;
  LedgerEntry *e = ledger_entry(c, "role.revoked", "person", person);
  ledger_value(e, "role", role_name(role));
  return ledger_write(e) && transaction_commit(&tx);
}
