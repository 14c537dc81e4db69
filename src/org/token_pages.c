// SPDX-License-Identifier: Apache-2.0
// Pages of API tokens and calendar addresses.
#include "http/request.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/organisation.routes.h"
#include "org/pages.h"
#include "org/people.sql.h"

static const char *org_path(Request *r, const char *rest) {
  return text_format(r->context.arena, "/o/%s/%s", r->org_slug, rest);
}

// ---- API tokens ----

static const char *state_of(Context *c, const SqlApiTokenListRow *row) {
  if (!instant_is_none(row->revoked)) return "revoked";
  return date_compare(row->expires, c->today) < 0 ? "expired" : "living";
}

static const char *all_permissions(Arena *arena) {
  const char *names[PERMISSION_COUNT];
  for (int i = 0; i < PERMISSION_COUNT; i++) names[i] = permission_name((Permission)i);
  return text_join(arena, " ", names, PERMISSION_COUNT);
}

void tokens_handler(Request *r, const TokensInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlApiTokenListRows rows = sql_api_token_list(c);
  TokenRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlApiTokenListRow *row = &rows.items[i];
    items[i] = (TokenRow){.id = row->id,
                          .name = row->name,
                          .person = row->person_name,
                          .scope = row->scope,
                          .created = row->created,
                          .expires = row->expires,
                          .used = row->used,
                          .state = state_of(c, row)};
  }
  TokensPage view = {.tokens = {items, rows.count},
                     .people = person_choices(c, 0),
                     .permissions = all_permissions(c->arena),
                     .latest = date_add_days(c->today, 366),
                     .usual = date_add_days(c->today, 90)};
  respond_tokens_page(r, &view);
}

void token_create_handler(Request *r, const TokenCreateInput *in) {
  Context *c = &r->context;
  ApiTokenNew token = {.person = in->person ? in->person : c->actor,
                       .name = in->name,
                       .scope = in->scope,
                       .expires = in->expires};
  if (text_equal(in->scope, "list"))
    token.scope = in->permissions ? text_trim(c->arena, in->permissions) : "";
  const char *secret;
  int64_t id;
  if (!api_token_create(c, &token, &secret, &id)) return;
  TokenShownPage view = {.id = id, .name = in->name, .token = secret};
  request_secret(r);
  respond_token_shown_page(r, &view);
}

void token_revoke_handler(Request *r, const TokenRevokeInput *in) {
  if (!api_token_revoke(&r->context, in->id)) return;
  request_done(r, in->id, org_path(r, "tokens"), _("The token is revoked."));
}

// ---- calendar addresses ----

static NamedLinkList position_links(Context *c) {
  SqlPositionListRows rows = sql_position_list(c);
  NamedLink *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (NamedLink){.id = rows.items[i].id, .name = rows.items[i].title};
  return (NamedLinkList){items, rows.count};
}

void calendars_handler(Request *r, const CalendarsInput *in) {
  (void)in;
  Context *c = &r->context;
  int64_t reader = request_may(r, "calendar.manage") ? 0 : c->actor;
  SqlCalendarTokenListRows rows =
      sql_calendar_token_list(c, (SqlCalendarTokenList){.reader = reader});
  CalendarAddress *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (CalendarAddress){.id = rows.items[i].id,
                                 .label = rows.items[i].label,
                                 .reader = rows.items[i].reader_name,
                                 .created = rows.items[i].created,
                                 .used = rows.items[i].used};
  CalendarsPage view = {.addresses = {items, rows.count},
                        .positions = position_links(c),
                        .roles = role_choices(c->arena, NULL)};
  respond_calendars_page(r, &view);
}

static bool whose(Context *c, const CalendarCreateInput *in, CalendarToken *out) {
  *out = (CalendarToken){.reader = c->actor, .role = -1};
  if (text_equal(in->what, "mine")) {
    out->person = c->actor;
    out->label = _("My duties");
    return true;
  }
  if (text_equal(in->what, "whole")) {
    out->whole = true;
    out->label = _("The whole organisation");
    return true;
  }
  if (text_equal(in->what, "position")) {
    SqlPositionGetRow row;
    if (!sql_position_get(c, (SqlPositionGet){.id = in->position}, &row))
      return context_ok(c) && invalid(c, "position", _("Choose a position."));
    out->position = row.id;
    out->label = row.title;
    return true;
  }
  Role role;
  if (!role_parse(in->role, &role)) return invalid(c, "role", _("Choose a role."));
  out->role = (int)role;
  out->label = role_title(role);
  return true;
}

void calendar_create_handler(Request *r, const CalendarCreateInput *in) {
  Context *c = &r->context;
  CalendarToken what;
  const char *secret;
  int64_t id;
  if (!whose(c, in, &what) || !calendar_token_create(c, &what, &secret, &id)) return;
  CalendarShownPage view = {.id = id,
                            .label = what.label,
                            .address =
                                text_format(c->arena, "%s/calendar/%s.ics", r->base_url, secret)};
  request_secret(r);
  respond_calendar_shown_page(r, &view);
}

void calendar_revoke_handler(Request *r, const CalendarRevokeInput *in) {
  Context *c = &r->context;
  SqlCalendarTokenGetRow row;
  bool found = sql_calendar_token_get(c, (SqlCalendarTokenGet){.id = in->id}, &row);
  if (!found || (row.reader != c->actor && !request_may(r, "calendar.manage"))) {
    if (context_ok(c)) not_found(c, _("There is no such calendar address."));
    return;
  }
  if (!calendar_token_revoke(c, in->id)) return;
  request_done(r, in->id, org_path(r, "calendars"), _("The address no longer works."));
}
