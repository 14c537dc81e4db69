// SPDX-License-Identifier: Apache-2.0
// Pages of people and their roles.
#include "db/db.h"
#include "html/html.h"
#include "http/request.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/org.sql.h"
#include "org/pages.h"
#include "org/people.h"
#include "org/people.routes.h"
#include "org/people.sql.h"
#include "org/people.views.h"
#include "outbox/outbox.h"

#include <string.h>

#define PAGE_SIZE 50

// ---- the list ----

// What the database's LIKE matches anywhere, folded; ! quotes its own signs.
static const char *like_pattern(Context *c, const char *search) {
  Text text;
  text_init(&text, c->arena);
  text_add_char(&text, '%');
  for (const char *p = search ? text_lower(c->arena, search) : ""; *p; p++) {
    if (strchr("%_!", *p)) text_add_char(&text, '!');
    text_add_char(&text, *p);
  }
  text_add_char(&text, '%');
  return text.data;
}

const char *roles_text(Arena *arena, uint32_t roles) {
  const char *titles[ROLE_COUNT];
  size_t count = 0;
  for (int i = 0; i < ROLE_COUNT; i++)
    if (roles >> i & 1) titles[count++] = role_title((Role)i);
  return text_join(arena, ", ", titles, count);
}

static const char *page_link(Request *r, const PeopleInput *in, const char *sort, int64_t page) {
  Text text;
  text_init(&text, r->context.arena);
  text_add_format(&text, "/o/%s/people?page=%lld&sort=%s", r->org_slug, (long long)page, sort);
  if (in->role) text_add_format(&text, "&role=%s", in->role);
  if (in->former) text_add(&text, "&former=1");
  if (in->descending) text_add(&text, "&descending=1");
  if (in->q) {
    text_add(&text, "&q=");
    html_url_part(&text, in->q);
    html_finish(&text);
  }
  return text.data;
}

static SqlPersonListSort sort_of(const char *name) {
  if (text_equal(name, "email")) return SQL_PERSON_LIST_EMAIL;
  if (text_equal(name, "title")) return SQL_PERSON_LIST_TITLE;
  if (text_equal(name, "site")) return SQL_PERSON_LIST_SITE;
  return SQL_PERSON_LIST_NAME;
}

RoleChoiceList role_choices(Arena *arena, const char *chosen) {
  RoleChoice *items = arena_array(arena, ROLE_COUNT, sizeof *items);
  for (int i = 0; i < ROLE_COUNT; i++)
    items[i] = (RoleChoice){.role = role_name((Role)i),
                            .title = role_title((Role)i),
                            .chosen = text_equal(chosen, role_name((Role)i))};
  return (RoleChoiceList){items, ROLE_COUNT};
}

static PersonRowList person_rows(Context *c, const SqlPersonListRows *rows) {
  PersonRow *items = arena_array(c->arena, rows->count, sizeof *items);
  for (size_t i = 0; i < rows->count; i++) {
    const SqlPersonListRow *row = &rows->items[i];
    items[i] = (PersonRow){.id = row->id,
                           .name = row->name,
                           .email = row->email,
                           .title = row->title,
                           .site = row->site_name,
                           .roles = roles_text(c->arena, (uint32_t)row->roles),
                           .signs_in = row->account != 0,
                           .left_on = row->left_on};
  }
  return (PersonRowList){items, rows->count};
}

void people_handler(Request *r, const PeopleInput *in) {
  Context *c = &r->context;
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t page = in->page.has ? in->page.value : 1;
  Role role = ROLE_COUNT;
  if (!text_is_empty(in->role) && !role_parse(in->role, &role)) {
    invalid(c, "role", _("There is no such role."));
    return;
  }
  const char *sort = in->sort ? in->sort : "name";
  const char *like = like_pattern(c, in->q);
  int64_t wanted = role == ROLE_COUNT ? -1 : (int64_t)role;
  SqlPersonListRows rows = sql_person_list(c, (SqlPersonList){.like = like,
                                                              .role = wanted,
                                                              .former = in->former,
                                                              .limit = size,
                                                              .offset = (page - 1) * size,
                                                              .sort = sort_of(sort),
                                                              .descending = in->descending});
  SqlPersonListCountRow count = {0};
  sql_person_list_count(c, (SqlPersonListCount){.like = like, .role = wanted, .former = in->former},
                        &count);
  int64_t total = count.count, pages = (total + size - 1) / size;
  PeoplePage view = {.people = person_rows(c, &rows),
                     .q = in->q,
                     .role = in->role,
                     .former = in->former,
                     .sort = sort,
                     .descending = in->descending,
                     .total = total,
                     .page = page,
                     .pages = pages > 0 ? pages : 1,
                     .previous = page > 1 ? page_link(r, in, sort, page - 1) : NULL,
                     .next = page < pages ? page_link(r, in, sort, page + 1) : NULL,
                     .roles = role_choices(c->arena, in->role)};
  respond_people_page(r, &view);
}

// ---- one person ----

static bool get_person(Context *c, int64_t id, SqlPersonGetRow *row) {
  if (sql_person_get(c, (SqlPersonGet){.id = id}, row)) return true;
  return context_ok(c) && not_found(c, _("There is no such person."));
}

static RoleHeldList roles_held(Context *c, int64_t person) {
  SqlPersonRoleListRows rows = sql_person_role_list(c, (SqlPersonRoleList){.person = person});
  RoleHeld *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    Date until = rows.items[i].until;
    Role role = (Role)rows.items[i].role;
    items[i] = (RoleHeld){.role = role_name(role),
                          .title = role_title(role),
                          .until = until,
                          .ended = !date_is_none(until) && date_compare(until, c->today) < 0};
  }
  return (RoleHeldList){items, rows.count};
}

static NamedLinkList positions_held(Context *c, int64_t person) {
  SqlPositionOfPersonRows rows = sql_position_of_person(c, (SqlPositionOfPerson){.person = person});
  NamedLink *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (NamedLink){.id = rows.items[i].id, .name = rows.items[i].title};
  return (NamedLinkList){items, rows.count};
}

static NamedLinkList teams_joined(Context *c, int64_t person) {
  SqlTeamOfPersonRows rows = sql_team_of_person(c, (SqlTeamOfPerson){.person = person});
  NamedLink *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (NamedLink){.id = rows.items[i].id, .name = rows.items[i].name};
  return (NamedLinkList){items, rows.count};
}

void person_handler(Request *r, const PersonInput *in) {
  Context *c = &r->context;
  SqlPersonGetRow row;
  if (!get_person(c, in->id, &row)) return;
  PersonPage view = {.id = row.id,
                     .name = row.name,
                     .email = row.email,
                     .title = row.title,
                     .site = row.site_name,
                     .manager = row.manager,
                     .manager_name = row.manager_name,
                     .joined = row.joined,
                     .left_on = row.left_on,
                     .signs_in = row.account != 0,
                     .self = row.id == c->actor,
                     .erased = row.erased,
                     .version = row.version,
                     .roles = roles_held(c, row.id),
                     .all_roles = role_choices(c->arena, "employee"),
                     .positions = positions_held(c, row.id),
                     .teams = teams_joined(c, row.id)};
  respond_person_page(r, &view);
}

PersonChoiceList person_choices(Context *c, int64_t chosen) {
  SqlPersonNamesRows rows = sql_person_names(c);
  PersonChoice *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (PersonChoice){
        .id = rows.items[i].id, .name = rows.items[i].name, .chosen = rows.items[i].id == chosen};
  return (PersonChoiceList){items, rows.count};
}

static SiteChoiceList site_choices(Context *c, int64_t chosen) {
  SqlSiteListRows rows = sql_site_list(c, (SqlSiteList){.closed = false});
  SiteChoice *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (SiteChoice){
        .id = rows.items[i].id, .name = rows.items[i].name, .chosen = rows.items[i].id == chosen};
  return (SiteChoiceList){items, rows.count};
}

void person_new_handler(Request *r, const PersonNewInput *in) {
  (void)in;
  Context *c = &r->context;
  PersonFormPage view = {.fields = {.joined = c->today,
                                    .left_on = DATE_NONE,
                                    .sites = site_choices(c, 0),
                                    .managers = person_choices(c, 0)}};
  respond_person_form_page(r, &view);
}

void person_edit_handler(Request *r, const PersonEditInput *in) {
  Context *c = &r->context;
  SqlPersonGetRow row;
  if (!get_person(c, in->id, &row)) return;
  PersonFormPage view = {.id = row.id,
                         .name = row.name,
                         .fields = {.existing = true,
                                    .name = row.name,
                                    .email = row.email,
                                    .title = row.title,
                                    .joined = row.joined,
                                    .left_on = row.left_on,
                                    .version = row.version,
                                    .sites = site_choices(c, row.site),
                                    .managers = person_choices(c, row.manager)}};
  respond_person_form_page(r, &view);
}

// ---- changes ----

static const char *person_path(Request *r, int64_t person) {
  return text_format(r->context.arena, "/o/%s/people/%lld", r->org_slug, (long long)person);
}

void person_create_handler(Request *r, const PersonCreateInput *in) {
  PersonDetails details = {.name = in->name,
                           .email = in->email,
                           .title = in->title,
                           .site = in->site,
                           .manager = in->manager,
                           .joined = in->joined,
                           .left_on = DATE_NONE};
  int64_t id;
  if (!person_add(&r->context, &details, &id)) return;
  request_done(r, id, person_path(r, id), _("%s is added."), details.name);
}

void person_update_handler(Request *r, const PersonUpdateInput *in) {
  PersonDetails details = {.name = in->name,
                           .email = in->email,
                           .title = in->title,
                           .site = in->site,
                           .manager = in->manager,
                           .joined = in->joined,
                           .left_on = in->left_on};
  if (!person_change(&r->context, in->id, &details, in->version.has ? in->version.value : 0))
    return;
  request_done(r, in->id, person_path(r, in->id), _("Saved."));
}

static bool role_of(Context *c, const char *name, Role *role) {
  return role_parse(name, role) || invalid(c, "role", _("There is no such role."));
}

void person_role_grant_handler(Request *r, const PersonRoleGrantInput *in) {
  Role role;
  if (!role_of(&r->context, in->role, &role)) return;
  if (!role_grant(&r->context, in->id, role, in->until)) return;
  request_done(r, in->id, person_path(r, in->id), _("Role given: %s."), role_title(role));
}

void person_role_revoke_handler(Request *r, const PersonRoleRevokeInput *in) {
  Role role;
  if (!role_of(&r->context, in->role, &role)) return;
  if (!role_revoke(&r->context, in->id, role)) return;
  request_done(r, in->id, person_path(r, in->id), _("Role taken away: %s."), role_title(role));
}

// A person of several organisations keeps their password: one organisation's administrator must not
// be able to set it, and with it enter the others.
static bool link_for(Request *r, int64_t account, const char **secret) {
  Context *c = &r->context;
  SqlAccountGetRow row;
  if (!sql_account_get(c, (SqlAccountGet){.id = account}, &row)) return false;
  SqlOrganisationOfAccountRows all =
      sql_organisation_of_account(c, (SqlOrganisationOfAccount){.account = account});
  bool elsewhere = row.installation_admin && account != r->account;
  for (size_t i = 1; i < all.count; i++)
    elsewhere |= !text_equal(all.items[i].slug, all.items[0].slug);
  *secret = NULL;
  return elsewhere || account_reset_create(c, account, secret);
}

// The link goes by mail as well, where a mail server is named.
static bool mail_link(Request *r, int64_t person, const char *secret, bool invite) {
  Context *c = &r->context;
  if (secret == NULL || !mail_smtp_is_set()) return true;
  MAIL_SPEAKS_TO(c, person);
  Letter letter = letter_begin(c, invite ? _("You are invited to Daybook")
                                         : _("Set your password for Daybook"));
  letter_paragraph(c, &letter, _("The link works once, within three days."));
  letter_button(c, &letter, invite ? _("Join") : _("Set the password"),
                text_format(c->arena, "/%s/%s", invite ? "join" : "password", secret));
  MailNew mail = {
      .kind = MAIL_ACCOUNT, .person = person, .subject = letter.heading, .letter = &letter};
  return mail_queue(c, &mail, NULL);
}

void person_let_in_handler(Request *r, const PersonLetInInput *in) {
  Context *c = &r->context;
  SqlPersonGetRow row;
  int64_t account;
  bool invite;
  const char *secret;
  TRANSACTION(c, tx);
  if (!get_person(c, in->id, &row) || !person_let_in(c, in->id, &account, &invite)) return;
  if (!(invite ? invitation_create(c, in->id, account, &secret) : link_for(r, account, &secret)))
    return;
  if (!mail_link(r, in->id, secret, invite) || !transaction_commit(&tx)) return;
  const char *link =
      secret ? text_format(c->arena, "%s/%s/%s", r->base_url, invite ? "join" : "password", secret)
             : NULL;
  PersonLinkPage view = {.id = row.id, .name = row.name, .link = link, .invites = invite};
  request_secret(r);
  respond_person_link_page(r, &view);
}

void person_shut_out_handler(Request *r, const PersonShutOutInput *in) {
  if (!person_shut_out(&r->context, in->id)) return;
  request_done(r, in->id, person_path(r, in->id), _("This person can no longer sign in here."));
}

void person_erase_handler(Request *r, const PersonEraseInput *in) {
  Context *c = &r->context;
  SqlPersonGetRow row;
  if (!get_person(c, in->id, &row)) return;
  if (!text_equal_fold(text_trim(c->arena, in->confirm), row.name)) {
    invalid(c, "confirm", _("This is not the name of the person you are about to erase."));
    return;
  }
  if (!person_erase(c, in->id)) return;
  request_done(r, in->id, text_format(c->arena, "/o/%s/people", r->org_slug),
               _("The personal data are erased. The ledger stays whole."));
}
