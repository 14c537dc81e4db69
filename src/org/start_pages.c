// SPDX-License-Identifier: Apache-2.0
// "Start my own": a page of questions becomes an organisation, and leads to its proposed programme.
#include "db/db.h"
#include "http/request.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/org.sql.h"
#include "org/pages.h"
#include "org/secret.h"
#include "org/sign_in.routes.h"
#include "org/start.h"

// Whoever may create organisations does it as themselves; a stranger only on a new installation or
// a demo, and becomes somebody new.
static bool starts_as_themselves(const Request *r) {
  return r->session->installation_admin;
}

static bool may_start(Request *r) {
  Context *c = &r->context;
  if (starts_as_themselves(r) || demo_is_on()) return true;
  SqlOrganisationCountRow row = {0};
  if (!sql_organisation_count(c, &row)) return false;
  return row.count == 0 ||
         denied(c, _("Only this installation's administrator starts another organisation here. Ask "
                     "them, or use the command line: daybook init."));
}

void start_handler(Request *r, const StartInput *in) {
  (void)in;
  if (!may_start(r)) return;
  StartPage view = {.signed_in = starts_as_themselves(r),
                    .zones = zone_choices(r->context.arena),
                    .today = r->context.today};
  respond_start_page(r, &view);
}

static bool answers(Context *c, const StartPostInput *in, OrgNew *org) {
  org_new_init(org);
  org->name = in->name;
  org->slug = text_is_empty(in->slug) ? slug_from_name(c->arena, in->name) : in->slug;
  org->certification_body = in->certification_body;
  org->certificate_number = in->certificate_number;
  org->decision = in->decision_date;
  org->expiry = in->expiry_date;
  org->start = in->start_date;
  org->scope = in->scope;
  org->sector = in->sector;
  org->time_zone = in->time_zone;
  org->head_count = in->head_count.has ? in->head_count.value : 0;
  if (in->customer_demands) demands_parse(in->customer_demands, &org->customer_demands);
  share_of_form(c, in->outsourced_share, &org->outsourced_percent);
  start_sites(c, in->sites, &org->sites);
  start_systems(c, in->critical_systems, &org->systems);
  start_managers(c, in->top_management, &org->managers);
  return context_ok(c);
}

// A stranger may not become somebody who has an account already.
static bool newcomer(Context *c, const StartPostInput *in, OrgNew *org) {
  const char *own[] = {in->admin, in->admin_name};
  const char *email = email_fold(c, "admin", in->admin);
  const char *problem = password_problem(in->password, own, COUNT_OF(own));
  if (problem) invalid(c, "password", "%s", problem);
  if (!context_ok(c)) return false;
  SqlAccountByEmailRow row;
  if (sql_account_by_email(c, (SqlAccountByEmail){.email = email}, &row))
    return invalid(c, "admin", _("This address has an account here already. Sign in first."));
  org->admin = (PersonNew){.name = in->admin_name, .email = email};
  return context_ok(c);
}

// --org on the command line is the field "slug" here: {org} of a path means another thing.
static void name_the_field(Error *error) {
  for (size_t i = 0; i < error->fields.count; i++)
    if (text_equal(error->fields.items[i].field, "org")) error->fields.items[i].field = "slug";
}

void start_post_handler(Request *r, const StartPostInput *in) {
  Context *c = &r->context;
  if (!may_start(r)) return;
  OrgNew org;
  bool known = starts_as_themselves(r);
  answers(c, in, &org);
  if (known) {
    org.admin = (PersonNew){.name = r->session->name, .email = r->session->email};
    org.account = r->account;
  } else {
    newcomer(c, in, &org);
  }
  if (!context_ok(c)) return;
  OrgCreated created;
  const char *secret = NULL;
  TRANSACTION(c, tx);
  if (!org_create(c, &org, &created)) {
    name_the_field(&c->error);
    return;
  }
  if (!known && (!account_set_password(c, created.account, in->password) ||
                 !account_vouch(c, created.account) ||
                 !session_create(c, created.account, r->agent, &secret)))
    return;
  if (!transaction_commit(&tx)) return;
  if (secret) request_header(r, "Set-Cookie", session_cookie(c->arena, secret, r->https));
  request_done(r, created.org, text_format(c->arena, "/o/%s/programme", org.slug),
               _("%s is ready. This is the programme Daybook proposes."), org.name);
}
