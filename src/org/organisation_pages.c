// SPDX-License-Identifier: Apache-2.0
// Pages of the organisation itself, its sites and its critical systems.
#include "http/request.h"
#include "org/create.h"
#include "org/org.sql.h"
#include "org/organisation.routes.h"
#include "org/pages.h"
#include "org/people.h"
#include "org/zone_names.h"

static const char *const DEMANDS[] = {"low", "medium", "high"};

TimeZoneNameList zone_choices(Arena *arena) {
  TimeZoneName *items = arena_array(arena, zone_name_count, sizeof *items);
  for (size_t i = 0; i < zone_name_count; i++) items[i].name = zone_names[i];
  return (TimeZoneNameList){items, zone_name_count};
}

static const char *org_path(Request *r, const char *rest) {
  return text_format(r->context.arena, "/o/%s/%s", r->org_slug, rest);
}

// ---- the organisation ----

void organisation_handler(Request *r, const OrganisationInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlOrganisationGetRow row;
  if (!sql_organisation_get(c, &row)) return;
  SqlSiteOpenCountRow sites = {0};
  SqlSystemLiveCountRow systems = {0};
  sql_site_open_count(c, &sites);
  sql_system_live_count(c, &systems);
  OrganisationPage view = {
      .name = row.name,
      .time_zone = row.time_zone,
      .certification_body = row.certification_body,
      .certificate_number = row.certificate_number,
      .language = row.language,
      .languages = language_choices(c->arena, row.language),
      .decision_date = row.decision,
      .expiry_date = row.expiry,
      .start_date = row.start,
      .scope = row.scope,
      .sector = row.sector,
      .head_count = {.has = row.head_count > 0, .value = row.head_count},
      .customer_demands = DEMANDS[row.customer_demands],
      .outsourced_share = row.outsourced_percent < 0
                              ? ""
                              : text_format(c->arena, "%lld", (long long)row.outsourced_percent),
      .sites = sites.count,
      .systems = systems.count,
      .version = row.version,
      .zones = zone_choices(c->arena)};
  respond_organisation_page(r, &view);
}

// The forms say percent, whether or not the sign is typed.
bool share_of_form(Context *c, const char *text, int64_t *percent) {
  *percent = -1;
  if (text_is_empty(text)) return true;
  if (share_parse(text_format(c->arena, "%s %%", text), percent) || share_parse(text, percent))
    return true;
  return invalid(c, "outsourced_share", _("Expected a share from 0 to 100 percent."));
}

void organisation_update_handler(Request *r, const OrganisationUpdateInput *in) {
  Context *c = &r->context;
  OrgProfile profile = {.name = in->name,
                        .time_zone = in->time_zone,
                        .certification_body = in->certification_body ? in->certification_body : "",
                        .certificate_number = in->certificate_number ? in->certificate_number : "",
                        .scope = in->scope ? in->scope : "",
                        .sector = in->sector ? in->sector : "",
                        .language = in->language ? in->language : "",
                        .decision = in->decision_date,
                        .expiry = in->expiry_date,
                        .start = in->start_date,
                        .head_count = in->head_count.has ? in->head_count.value : 0};
  demands_parse(in->customer_demands, &profile.customer_demands);
  if (!share_of_form(c, in->outsourced_share, &profile.outsourced_percent)) return;
  if (!org_change(c, &profile, in->version.has ? in->version.value : 0)) return;
  request_done(r, 0, org_path(r, "organisation"), _("Saved."));
}

// ---- sites ----

void sites_handler(Request *r, const SitesInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlSiteListRows rows = sql_site_list(c, (SqlSiteList){.closed = true});
  SqlOrganisationGetRow org = {0};
  sql_organisation_get(c, &org);
  SiteRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (SiteRow){.id = rows.items[i].id,
                         .name = rows.items[i].name,
                         .time_zone = rows.items[i].time_zone,
                         .address = rows.items[i].address,
                         .head_count = rows.items[i].head_count,
                         .closed = rows.items[i].closed};
  SitesPage view = {
      .sites = {items, rows.count}, .time_zone = org.time_zone, .zones = zone_choices(c->arena)};
  respond_sites_page(r, &view);
}

void site_handler(Request *r, const SiteInput *in) {
  Context *c = &r->context;
  SqlSiteGetRow row;
  if (!sql_site_get(c, (SqlSiteGet){.id = in->id}, &row)) {
    not_found(c, _("There is no such site."));
    return;
  }
  SitePage view = {.id = row.id,
                   .name = row.name,
                   .time_zone = row.time_zone,
                   .address = row.address,
                   .head_count = row.head_count,
                   .closed = row.closed,
                   .version = row.version,
                   .zones = zone_choices(c->arena)};
  respond_site_page(r, &view);
}

void site_create_handler(Request *r, const SiteCreateInput *in) {
  SiteDetails details = {.name = in->name,
                         .time_zone = in->time_zone,
                         .address = in->address,
                         .head_count = in->head_count.has ? in->head_count.value : 0};
  int64_t id;
  if (!site_add(&r->context, &details, &id)) return;
  request_done(r, id, org_path(r, "sites"), _("%s is added."), in->name);
}

void site_update_handler(Request *r, const SiteUpdateInput *in) {
  SiteDetails details = {.name = in->name,
                         .time_zone = in->time_zone,
                         .address = in->address,
                         .head_count = in->head_count.has ? in->head_count.value : 0,
                         .closed = in->closed};
  if (!site_change(&r->context, in->id, &details, in->version.has ? in->version.value : 0)) return;
  request_done(r, in->id, org_path(r, "sites"), _("Saved."));
}

// ---- critical systems ----

void systems_handler(Request *r, const SystemsInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlSystemListRows rows = sql_system_list(c, (SqlSystemList){.retired = true});
  SystemRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (SystemRow){.id = rows.items[i].id,
                           .name = rows.items[i].name,
                           .description = rows.items[i].description,
                           .retired = rows.items[i].retired};
  SystemsPage view = {.systems = {items, rows.count}};
  respond_systems_page(r, &view);
}

void system_handler(Request *r, const SystemInput *in) {
  Context *c = &r->context;
  SqlSystemGetRow row;
  if (!sql_system_get(c, (SqlSystemGet){.id = in->id}, &row)) {
    not_found(c, _("There is no such system."));
    return;
  }
  SystemPage view = {.id = row.id,
                     .name = row.name,
                     .description = row.description,
                     .retired = row.retired,
                     .version = row.version};
  respond_system_page(r, &view);
}

void system_create_handler(Request *r, const SystemCreateInput *in) {
  SystemDetails details = {.name = in->name, .description = in->description};
  int64_t id;
  if (!system_add(&r->context, &details, &id)) return;
  request_done(r, id, org_path(r, "systems"), _("%s is added."), in->name);
}

void system_update_handler(Request *r, const SystemUpdateInput *in) {
  SystemDetails details = {
      .name = in->name, .description = in->description, .retired = in->retired};
  int64_t version = in->version.has ? in->version.value : 0;
  if (!system_change(&r->context, in->id, &details, version)) return;
  request_done(r, in->id, org_path(r, "systems"), _("Saved."));
}
