// SPDX-License-Identifier: Apache-2.0
// Pages before an organisation is chosen: signing in and out, one-time links, one's own profile.
#include "base/language.h"
#include "db/db.h"
#include "http/request.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/org.sql.h"
#include "org/pages.h"
#include "org/people.h"
#include "org/secret.h"
#include "org/sign_in.routes.h"
#include "outbox/outbox.h"

// ---- where to go afterwards ----

// Only a path of our own: "//host" and "/\host" would leave.
static bool is_own_path(const char *path) {
  return path && path[0] == '/' && path[1] != '/' && path[1] != '\\';
}

// A role whose last day is over by UTC's date is not shown; the door decides by the organisation's.
static OwnOrganisationList own_organisations(Context *c, int64_t account) {
  SqlOrganisationOfAccountRows rows =
      sql_organisation_of_account(c, (SqlOrganisationOfAccount){.account = account});
  OwnOrganisation *items = arena_array(c->arena, rows.count, sizeof *items);
  size_t count = 0;
  uint32_t roles = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlOrganisationOfAccountRow *row = &rows.items[i];
    if (!date_is_none(row->until) && date_compare(row->until, c->today) < 0) continue;
    bool another = !count || !text_equal(items[count - 1].slug, row->slug);
    roles = (another ? 0 : roles) | (uint32_t)row->role_bit;
    if (another) count++;
    items[count - 1] = (OwnOrganisation){.slug = row->slug,
                                         .name = row->name,
                                         .expiry = row->expiry,
                                         .roles = roles_text(c->arena, roles)};
  }
  return (OwnOrganisationList){items, count};
}

static void go_home(Request *r, int64_t account, const char *next) {
  if (is_own_path(next)) {
    request_redirect(r, "%s", next);
    return;
  }
  OwnOrganisationList own = own_organisations(&r->context, account);
  if (own.count == 1)
    request_redirect(r, "/o/%s", own.items[0].slug);
  else
    request_redirect(r, "/organisations");
}

void home_handler(Request *r, const HomeInput *in) {
  (void)in;
  if (r->account)
    go_home(r, r->account, NULL);
  else
    request_redirect(r, "/sign-in");
}

static void set_cookie(Request *r, const char *secret) {
  request_header(r, "Set-Cookie", session_cookie(r->context.arena, secret, r->https));
}

// ---- signing in and out ----

static DemoPersonList demo_people(Context *c) {
  if (!demo_is_on()) return (DemoPersonList){0};
  SqlDemoPeopleRows rows = sql_demo_people(c);
  DemoPerson *items = arena_array(c->arena, rows.count, sizeof *items);
  size_t count = 0;
  uint32_t roles = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlDemoPeopleRow *row = &rows.items[i];
    bool another = !count || items[count - 1].account != row->account;
    roles = (another ? 0 : roles) | (uint32_t)row->role_bit;
    if (another) count++;
    items[count - 1] = (DemoPerson){
        .account = row->account, .name = row->name, .roles = roles_text(c->arena, roles)};
  }
  return (DemoPersonList){items, count};
}

void sign_in_handler(Request *r, const SignInInput *in) {
  Context *c = &r->context;
  SqlOrganisationCountRow count = {0};
  sql_organisation_count(c, &count);
  SignInPage view = {.next = is_own_path(in->next) ? in->next : "",
                     .people = demo_people(c),
                     .fresh = count.count == 0,
                     .mails = mail_smtp_is_set()};
  respond_sign_in_page(r, &view);
}

void sign_in_post_handler(Request *r, const SignInPostInput *in) {
  SignIn given = {
      .email = in->email, .password = in->password, .address = r->client, .agent = r->agent};
  const char *secret;
  int64_t account;
  if (!session_sign_in(&r->context, &given, &secret, &account)) return;
  if (r->session->id && !session_end(&r->context, r->session->id)) return; // the one before
  set_cookie(r, secret);
  go_home(r, account, in->next);
}

void sign_in_demo_handler(Request *r, const SignInDemoInput *in) {
  const char *secret;
  if (!demo_sign_in(&r->context, in->account, r->agent, &secret)) return;
  set_cookie(r, secret);
  go_home(r, in->account, NULL);
}

void sign_out_handler(Request *r, const SignOutInput *in) {
  (void)in;
  if (r->session->id && !session_end(&r->context, r->session->id)) return;
  set_cookie(r, NULL);
  request_redirect(r, "/sign-in");
}

// ---- one-time links ----

void password_link_handler(Request *r, const PasswordLinkInput *in) {
  Context *c = &r->context;
  int64_t account;
  SqlAccountGetRow row;
  if (!account_reset_find(c, in->secret, &account)) return;
  if (!sql_account_get(c, (SqlAccountGet){.id = account}, &row)) return;
  request_header(r, "Referrer-Policy", "same-origin");
  PasswordLinkPage view = {.secret = in->secret, .email = row.email};
  respond_password_link_page(r, &view);
}

static bool typed_twice(Context *c, const char *password, const char *again) {
  return text_equal(password, again) || invalid(c, "again", _("This is not the same password."));
}

void password_link_post_handler(Request *r, const PasswordLinkPostInput *in) {
  Context *c = &r->context;
  int64_t account;
  const char *secret;
  if (!typed_twice(c, in->password, in->again)) return;
  if (!account_reset_use(c, in->secret, in->password, &account)) return;
  if (!session_create(c, account, r->agent, &secret)) return;
  set_cookie(r, secret);
  go_home(r, account, NULL);
}

void forgotten_handler(Request *r, const ForgottenInput *in) {
  (void)in;
  ForgottenPage view = {.mails = mail_smtp_is_set(), .email = ""};
  respond_forgotten_page(r, &view);
}

// The same words for everybody, and the same work.
void forgotten_post_handler(Request *r, const ForgottenPostInput *in) {
  Context *c = &r->context;
  bool mails = mail_smtp_is_set();
  if (mails && !password_wish(c, in->email, r->client)) return;
  ForgottenPage view = {.asked = mails, .mails = mails, .email = text_trim(c->arena, in->email)};
  respond_forgotten_page(r, &view);
}

void invitation_handler(Request *r, const InvitationInput *in) {
  Invitation found;
  if (!invitation_find(&r->context, in->secret, &found)) return;
  request_header(r, "Referrer-Policy", "same-origin");
  InvitationPage view = {.secret = in->secret,
                         .organisation = found.org_name,
                         .email = found.email,
                         .signed_in_as = r->account ? r->session->email : "",
                         .theirs = r->account == found.account};
  respond_invitation_page(r, &view);
}

void invitation_accept_handler(Request *r, const InvitationAcceptInput *in) {
  Invitation found;
  if (!invitation_accept(&r->context, in->secret, r->account, r->session->id, &found)) return;
  request_done(r, found.org, text_format(r->context.arena, "/o/%s", found.slug),
               _("You belong to %s now."), found.org_name);
}

// ---- one's own ----

void organisation_choose_handler(Request *r, const OrganisationChooseInput *in) {
  (void)in;
  OrganisationsPage view = {.organisations = own_organisations(&r->context, r->account),
                            .may_start = r->session->installation_admin};
  respond_organisations_page(r, &view);
}

LanguageChoiceList language_choices(Arena *arena, const char *own) {
  LanguageChoice *items = arena_array(arena, LANGUAGE_COUNT, sizeof *items);
  for (size_t i = 0; i < LANGUAGE_COUNT; i++)
    items[i] = (LanguageChoice){.tag = LANGUAGES[i].tag,
                                .name = LANGUAGES[i].name,
                                .chosen = text_equal(own, LANGUAGES[i].tag)};
  return (LanguageChoiceList){items, LANGUAGE_COUNT};
}

void me_handler(Request *r, const MeInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlAccountGetRow row;
  if (!sql_account_get(c, (SqlAccountGet){.id = r->account}, &row)) return;
  SqlSessionOfAccountRows rows =
      sql_session_of_account(c, (SqlSessionOfAccount){.account = r->account});
  OwnSession *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (OwnSession){.id = rows.items[i].id,
                            .agent = rows.items[i].agent,
                            .browser = browser_words(c->arena, rows.items[i].agent),
                            .created = rows.items[i].created,
                            .seen = rows.items[i].seen,
                            .current = rows.items[i].id == r->session->id};
  MePage view = {.name = row.name,
                 .email = row.email,
                 .time_zone = row.time_zone,
                 .zones = zone_choices(c->arena),
                 .language = row.language,
                 .languages = language_choices(c->arena, row.language),
                 .sessions = {items, rows.count},
                 .others = rows.count > 1 ? (int64_t)rows.count - 1 : 0,
                 .first = demo_has_no_password(c, r->account)};
  if (context_ok(c)) respond_me_page(r, &view);
}

void me_change_handler(Request *r, const MeChangeInput *in) {
  Context *c = &r->context;
  if (!name_is_sound(c, "name", in->name, 200)) return;
  bool zone = !text_is_empty(in->time_zone);
  if (zone && !zone_is_known(c, "time_zone", in->time_zone)) return;
  int language = language_find(in->language);
  if (!text_is_empty(in->language) && language < 0) {
    invalid(c, "language", _("Daybook does not speak “%s”."), in->language);
    return;
  }
  sql_account_set_profile(
      c, (SqlAccountSetProfile){.id = r->account,
                                .name = in->name,
                                .time_zone = zone ? in->time_zone : NULL,
                                .language = language < 0 ? NULL : LANGUAGES[language].tag});
  if (language >= 0) language_use(language); // the answer speaks it already
  if (context_ok(c)) request_done(r, 0, "/me", _("Saved."));
}

void me_password_handler(Request *r, const MePasswordInput *in) {
  Context *c = &r->context;
  SqlAccountGetRow row;
  if (!typed_twice(c, in->password, in->again)) return;
  if (!r->session->id) {
    denied(c, _("A token cannot change a password."));
    return;
  }
  if (!sql_account_get(c, (SqlAccountGet){.id = r->account}, &row)) return;
  bool first = demo_has_no_password(c, r->account);
  if (!first &&
      !password_matches(row.password_hash, text_is_empty(in->current) ? "" : in->current)) {
    invalid(c, "current", _("This is not your present password."));
    return;
  }
  TRANSACTION(c, tx);
  if (!account_set_password(c, r->account, in->password)) return;
  if (!session_end_all(c, r->account, r->session->id) || !transaction_commit(&tx)) return;
  request_done(r, 0, "/me", _("Your password is changed; your other sessions have ended."));
}

void me_session_end_handler(Request *r, const MeSessionEndInput *in) {
  Context *c = &r->context;
  if (sql_session_remove_own(c, (SqlSessionRemoveOwn){.id = in->id, .account = r->account}) < 1) {
    if (context_ok(c)) not_found(c, _("This session has ended already."));
    return;
  }
  request_done(r, 0, "/me", _("That session has ended."));
}

void me_sessions_end_handler(Request *r, const MeSessionsEndInput *in) {
  (void)in;
  if (!session_end_all(&r->context, r->account, r->session->id)) return;
  request_done(r, 0, "/me", _("Every other session has ended."));
}
