// SPDX-License-Identifier: Apache-2.0
// What an organisation says of itself, and who an owner is.
#include "base/language.h"
#include "org/create.h"
#include "org/org_rules.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/org.sql.h"
#include "org/people.sql.h"

static void facts_places(Context *c, Facts *out) {
  SqlSiteListRows sites = sql_site_list(c, (SqlSiteList){.closed = false});
  Site *site = arena_array(c->arena, sites.count, sizeof *site);
  for (size_t i = 0; i < sites.count; i++)
    site[i] = (Site){sites.items[i].id, sites.items[i].name, sites.items[i].time_zone,
                     sites.items[i].head_count};
  out->sites = site;
  out->site_count = sites.count;
  SqlSystemListRows systems = sql_system_list(c, (SqlSystemList){.retired = false});
  CriticalSystem *system = arena_array(c->arena, systems.count, sizeof *system);
  for (size_t i = 0; i < systems.count; i++)
    system[i] = (CriticalSystem){systems.items[i].id, systems.items[i].name};
  out->systems = system;
  out->system_count = systems.count;
}

static int64_t first_with_role(Context *c, Role role) {
  SqlPersonWithRoleRow row;
  return sql_person_with_role(c, (SqlPersonWithRole){.role = role}, &row) ? row.id : 0;
}

bool org_facts(Context *c, Facts *out) {
  SqlOrganisationGetRow org;
  if (!sql_organisation_get(c, &org)) return not_found(c, _("There is no such organisation."));
  *out = (Facts){.decision = org.decision,
                 .expiry = org.expiry,
                 .start = org.start,
                 .time_zone = org.time_zone,
                 .head_count = org.head_count,
                 .sector = org.sector,
                 .customer_demands = org.customer_demands,
                 .outsourced_percent = org.outsourced_percent};
  facts_places(c, out);
  out->security_manager = first_with_role(c, ROLE_SECURITY_MANAGER);
  out->chief_executive = first_with_role(c, ROLE_TOP_MANAGEMENT);
  return context_ok(c);
}

const char *owner_label(Context *c, Owner owner) {
  SqlPersonGetRow person;
  if (owner.person && sql_person_get(c, (SqlPersonGet){.id = owner.person}, &person))
    return person.name;
  SqlPositionGetRow position;
  if (owner.position && sql_position_get(c, (SqlPositionGet){.id = owner.position}, &position)) {
    if (position.holder) return position.holder;
    return text_format(c->arena, _("%s (vacant)"), position.title);
  }
  return _("nobody yet");
}

// The profile's rules; a new organisation obeys them too.
bool org_dates_are_sound(Context *c, Date decision, Date expiry, Date start) {
  if (date_is_none(decision))
    return invalid(c, "decision_date", "%s", _("Expected the day of the certification decision."));
  if (date_compare(date_add_months(decision, 36), c->today) < 0)
    invalid(c, "decision_date", "%s",
            _("This is more than three years ago: that certificate has ended. Give the decision of "
              "the certificate you hold now."));
  if (date_diff(decision, c->today) > 60)
    invalid(c, "decision_date", "%s",
            _("This is more than 60 days ahead: start once the decision is near."));
  if (date_compare(expiry, decision) <= 0)
    invalid(c, "expiry_date", "%s", _("A certificate expires after its decision."));
  else if (date_compare(expiry, date_add_months(decision, 42)) > 0)
    invalid(c, "expiry_date", "%s",
            _("A certificate runs for three years; this is more than three and a half."));
  if (date_compare(start, decision) < 0)
    invalid(c, "start_date", "%s", _("The start is not before the certification decision."));
  else if (date_compare(start, expiry) > 0)
    invalid(c, "start_date", "%s", _("The start is before the certificate expires."));
  return context_ok(c);
}

bool org_numbers_are_sound(Context *c, int64_t head_count, int64_t demands, int64_t outsourced) {
  if (head_count < 0 || head_count > 10000000)
    invalid(c, "head_count", "%s", _("Expected a number of people, up to ten million."));
  if (demands < 0 || demands > 2)
    invalid(c, "customer_demands", "%s", _("Expected low, medium or high."));
  if (outsourced < -1 || outsourced > 100)
    invalid(c, "outsourced_share", "%s", _("Expected a share from 0 to 100 percent."));
  return context_ok(c);
}

bool org_language_is_known(Context *c, const char *language) {
  if (text_is_empty(language) || language_find(language) >= 0) return true;
  return invalid(c, "language", _("Daybook does not speak “%s”."), language);
}

static void ledger_profile(LedgerEntry *e, const SqlOrganisationGetRow *was, const OrgProfile *p) {
  ledger_text(e, "name", was->name, p->name);
  ledger_text(e, "time_zone", was->time_zone, p->time_zone);
  ledger_date(e, "decision", was->decision, p->decision);
  ledger_date(e, "expiry", was->expiry, p->expiry);
  ledger_date(e, "start", was->start, p->start);
  ledger_text(e, "certification_body", was->certification_body, p->certification_body);
  ledger_text(e, "certificate_number", was->certificate_number, p->certificate_number);
  ledger_text(e, "scope", was->scope, p->scope);
  ledger_text(e, "sector", was->sector, p->sector);
  ledger_text(e, "language", was->language, p->language);
  ledger_int(e, "head_count", was->head_count, p->head_count);
  ledger_int(e, "customer_demands", was->customer_demands, p->customer_demands);
  ledger_int(e, "outsourced_percent", was->outsourced_percent, p->outsourced_percent);
}

bool org_change(Context *c, const OrgProfile *p, int64_t version) {
  TRANSACTION(c, tx);
  SqlOrganisationGetRow was;
  if (!sql_organisation_get(c, &was)) return not_found(c, _("There is no such organisation."));
  name_is_sound(c, "name", p->name, 200);
  zone_is_known(c, "time_zone", p->time_zone);
  org_language_is_known(c, p->language);
  org_dates_are_sound(c, p->decision, p->expiry, p->start);
  if (!org_numbers_are_sound(c, p->head_count, p->customer_demands, p->outsourced_percent))
    return false;
  int64_t changed = sql_organisation_change(
      c, (SqlOrganisationChange){.name = p->name,
                                 .time_zone = p->time_zone,
                                 .decision = p->decision,
                                 .expiry = p->expiry,
                                 .start = p->start,
                                 .certification_body = p->certification_body,
                                 .certificate_number = p->certificate_number,
                                 .scope = p->scope,
                                 .sector = p->sector,
                                 .language = p->language,
                                 .head_count = p->head_count,
                                 .customer_demands = p->customer_demands,
                                 .outsourced_percent = p->outsourced_percent,
                                 .version = version ? version : was.version});
  if (!context_ok(c)) return false;
  if (!changed)
    return conflict(c, _("Somebody changed the organisation meanwhile. Look again, then save."));
  LedgerEntry *e = ledger_entry(c, "organisation.changed", "organisation", c->org);
  ledger_profile(e, &was, p);
  return ledger_write(e) && transaction_commit(&tx);
}

bool actor_named(Context *c, const char *email) {
  if (!email) {
    c->actor = first_with_role(c, ROLE_ADMINISTRATOR);
    return context_ok(c);
  }
  SqlPersonByEmailRow row;
  const char *folded = email_fold(c, "by", email);
  if (!folded) return false;
  if (!sql_person_by_email(c, (SqlPersonByEmail){.email = folded}, &row))
    return context_ok(c) && invalid(c, "by", _("Nobody here has the address %s."), folded);
  c->actor = row.id;
  return true;
}
