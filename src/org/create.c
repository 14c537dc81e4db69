// SPDX-License-Identifier: Apache-2.0
// A new organisation: everything is checked and every wrong field named before anything is written.
#include "org/create.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/access.sql.h"
#include "org/org.sql.h"
#include "org/org_rules.h"

#include <string.h>

#define MANY 500 // sites or systems; beyond it somebody mistyped

static bool slug_is_sound(Context *c, const char *slug) {
  size_t length = slug ? strlen(slug) : 0;
  bool sound = length >= 2 && length <= 40 && slug[0] != '-' && slug[length - 1] != '-';
  if (sound && strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == length) return true;
  return invalid(c, "org",
                 _("Expected 2 to 40 lower-case letters, digits and hyphens, such as "
                   "nordwind: it becomes part of every address."));
}

static bool slug_is_free(Context *c, const char *slug) {
  SqlOrganisationBySlugRow other;
  if (sql_organisation_by_slug(c, (SqlOrganisationBySlug){.slug = slug}, &other))
    return invalid(c, "org", _("There is an organisation \"%s\" already."), slug);
  return context_ok(c);
}

static void check_places(Context *c, const OrgNew *in) {
  if (in->sites.count > MANY) invalid(c, "sites", _("At most %d sites."), MANY);
  if (in->systems.count > MANY)
    invalid(c, "critical_systems", _("At most %d critical systems."), MANY);
  for (size_t i = 0; i < in->sites.count && i < MANY; i++) {
    const SiteDetails *site = &in->sites.items[i];
    name_is_sound(c, "sites", site->name, 200);
    if (site->time_zone) zone_is_known(c, "sites", site->time_zone);
    for (size_t k = 0; k < i; k++)
      if (text_equal(site->name, in->sites.items[k].name))
        invalid(c, "sites", _("\"%s\" is named twice."), site->name);
  }
  for (size_t i = 0; i < in->systems.count && i < MANY; i++) {
    name_is_sound(c, "critical_systems", in->systems.items[i].name, 200);
    for (size_t k = 0; k < i; k++)
      if (text_equal(in->systems.items[i].name, in->systems.items[k].name))
        invalid(c, "critical_systems", _("\"%s\" is named twice."), in->systems.items[i].name);
  }
}

static void check_people(Context *c, const OrgNew *in) {
  email_fold(c, "admin", in->admin.email);
  for (size_t i = 0; i < in->managers.count; i++) {
    const PersonNew *person = &in->managers.items[i];
    if (!text_is_empty(person->email))
      email_fold(c, "top_management", person->email);
    else
      name_is_sound(c, "top_management", person->name, 200);
  }
}

static const char *or_empty(const char *text) {
  return text ? text : "";
}

bool org_new_check(Context *c, OrgNew *in) {
  if (date_is_none(in->expiry) && !date_is_none(in->decision))
    in->expiry = date_add_days(date_add_months(in->decision, 36), -1);
  if (date_is_none(in->start)) in->start = in->decision;
  if (text_is_empty(in->time_zone)) in->time_zone = "UTC";
  in->certification_body = or_empty(in->certification_body);
  in->certificate_number = or_empty(in->certificate_number);
  in->scope = or_empty(in->scope);
  in->sector = or_empty(in->sector);
  in->language = or_empty(in->language);
  slug_is_sound(c, in->slug);
  name_is_sound(c, "name", in->name, 200);
  org_language_is_known(c, in->language);
  if (zone_is_known(c, "time_zone", in->time_zone)) {
    c->zone = zone_find(in->time_zone);
    c->today = zone_date(c->zone, c->now, NULL);
  }
  org_dates_are_sound(c, in->decision, in->expiry, in->start);
  org_numbers_are_sound(c, in->head_count, in->customer_demands, in->outsourced_percent);
  check_places(c, in);
  check_people(c, in);
  return context_ok(c);
}

static bool add_places(Context *c, const OrgNew *in) {
  int64_t id;
  SiteDetails only = {.name = in->name, .head_count = in->head_count};
  const SiteDetails *sites = in->sites.count ? in->sites.items : &only;
  for (size_t i = 0; i < (in->sites.count ? in->sites.count : 1); i++) {
    SiteDetails site = sites[i];
    if (!site.time_zone) site.time_zone = in->time_zone;
    if (!site_add(c, &site, &id)) return false;
  }
  SystemDetails main_system = {.name = _("Main system")};
  const SystemDetails *systems = in->systems.count ? in->systems.items : &main_system;
  for (size_t i = 0; i < (in->systems.count ? in->systems.count : 1); i++)
    if (!system_add(c, &systems[i], &id)) return false;
  return true;
}

static bool let_administrator_in(Context *c, const OrgNew *in, OrgCreated *out) {
  bool invite;
  out->account = in->account;
  if (in->account) return person_bind(c, out->administrator, in->account);
  return person_let_in(c, out->administrator, &out->account, &invite) &&
         (!invite || failure(c, "the new organisation's administrator belongs to another"));
}

static bool add_people(Context *c, const OrgNew *in, OrgCreated *out) {
  if (!person_ensure(c, in->admin.name, in->admin.email, &out->administrator)) return false;
  c->actor = out->administrator;
  if (!role_grant(c, out->administrator, ROLE_ADMINISTRATOR, DATE_NONE) ||
      !role_grant(c, out->administrator, ROLE_SECURITY_MANAGER, DATE_NONE) ||
      !let_administrator_in(c, in, out))
    return false;
  for (size_t i = 0; i < in->managers.count; i++) {
    int64_t manager;
    if (!person_ensure(c, in->managers.items[i].name, in->managers.items[i].email, &manager) ||
        !role_grant(c, manager, ROLE_TOP_MANAGEMENT, DATE_NONE))
      return false;
  }
  return true;
}

static bool ledger_created(Context *c, const OrgNew *in) {
  LedgerEntry *e = ledger_entry(c, "organisation.created", "organisation", c->org);
  ledger_value(e, "slug", in->slug);
  ledger_value(e, "name", in->name);
  ledger_value(e, "time_zone", in->time_zone);
  ledger_day(e, "decision", in->decision);
  ledger_day(e, "expiry", in->expiry);
  ledger_day(e, "start", in->start);
  ledger_value(e, "certification_body", in->certification_body);
  ledger_value(e, "certificate_number", in->certificate_number);
  ledger_value(e, "scope", in->scope);
  ledger_value(e, "sector", in->sector);
  ledger_value(e, "language", in->language);
  ledger_number(e, "head_count", in->head_count);
  ledger_number(e, "customer_demands", in->customer_demands);
  ledger_number(e, "outsourced_percent", in->outsourced_percent);
  return ledger_write(e);
}

static bool insert(Context *c, const OrgNew *in) {
  c->org =
      sql_organisation_add(c, (SqlOrganisationAdd){.slug = in->slug,
                                                   .name = in->name,
                                                   .time_zone = in->time_zone,
                                                   .decision = in->decision,
                                                   .expiry = in->expiry,
                                                   .start = in->start,
                                                   .certification_body = in->certification_body,
                                                   .certificate_number = in->certificate_number,
                                                   .scope = in->scope,
                                                   .sector = in->sector,
                                                   .language = in->language,
                                                   .head_count = in->head_count,
                                                   .customer_demands = in->customer_demands,
                                                   .outsourced_percent = in->outsourced_percent,
                                                   .demo = in->demo});
  if (context_ok(c)) return true;
  c->org = 0;
  return false;
}

// The first administrator of an installation may create further organisations; a demo's may not.
static bool first_of_all(Context *c, const OrgNew *in, int64_t account) {
  SqlInstallationAdminCountRow row = {0};
  if (!in->demo && sql_installation_admin_count(c, &row) && row.count == 0)
    sql_account_set_installation_admin(c, (SqlAccountSetInstallationAdmin){.id = account});
  return context_ok(c);
}

bool org_create(Context *c, const OrgNew *given, OrgCreated *out) {
  OrgNew in = *given;
  if (!org_new_check(c, &in)) return false;
  TRANSACTION(c, tx);
  if (!slug_is_free(c, in.slug) || !insert(c, &in)) return false;
  if (!ledger_created(c, &in) || !add_people(c, &in, out) || !add_places(c, &in) ||
      !first_of_all(c, &in, out->account))
    return false;
  out->org = c->org;
  return transaction_commit(&tx);
}
