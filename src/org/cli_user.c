// SPDX-License-Identifier: Apache-2.0
// daybook user add | list | role | reset | disable.
#include "db/db.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/cli.h"
#include "org/people.h"
#include "org/people.sql.h"

#include <stdio.h>

static bool role_option(Context *c, const char *field, const char *name, Role *role) {
  if (role_parse(name, role)) return true;
  return invalid(c, field,
                 _("\"%s\" is not a role. Roles are administrator, security_manager, "
                   "top_management, internal_auditor, duty_owner, employee, "
                   "external_auditor and consultant."),
                 name);
}

static bool until_option(const Invocation *in, Date *until) {
  *until = DATE_NONE;
  return !option(in, "until") || option_date(in, "until", until);
}

static int report_link(Invocation *in, const char *email, const char *secret, bool mailed) {
  Context *c = invocation_context(in);
  const char *link = password_link(c->arena, option(in, "url"), secret);
  if (invocation_json(in))
    return print_json(
        json_pack("{s:s, s:s, s:b}", "email", email, "password_link", link, "mailed", (int)mailed));
  printf(_("%s sets a password here, once, within three days:\n  %s\n"), email, link);
  if (mailed) printf(_("It goes to %s by mail, too.\n"), email);
  return fflush(stdout) != 0;
}

// ---- user add ----

static bool add_user(Invocation *in, const char *email, const char **secret) {
  Context *c = invocation_context(in);
  Role role = ROLE_EMPLOYEE;
  Date until;
  if (option(in, "role") && !role_option(c, "role", option(in, "role"), &role)) return false;
  if (!until_option(in, &until)) return false;
  TRANSACTION(c, tx);
  int64_t person, account;
  bool invite; // never: the command line is the installation's administrator
  if (!person_ensure(c, option(in, "name"), email, &person) ||
      !role_grant(c, person, role, until) || !person_let_in(c, person, &account, &invite))
    return false;
  SqlAccountGetRow row;
  *secret = NULL;
  if (!sql_account_get(c, (SqlAccountGet){.id = account}, &row)) return false;
  if (!row.password_hash && !account_reset_create(c, account, secret)) return false;
  return transaction_commit(&tx);
}

static int run_user_add(Invocation *in) {
  const char *secret, *email = argument(in, 0);
  if (!add_user(in, email, &secret)) return command_failed(in);
  if (secret) return report_link(in, email, secret, false);
  if (invocation_json(in))
    return print_json(json_pack("{s:s, s:n}", "email", email, "password_link"));
  printf(_("%s signs in with the password they have already.\n"), email);
  return fflush(stdout) != 0;
}

static const Option add_options[] = {
    {"name", "NAME", "the person's name (default: from the address)", false, false},
    {"role", "ROLE", "role to give (default: employee)", false, false},
    {"until", "DATE", "last day of that role; an external auditor always has one", false, false},
    {"url", "URL", "where the server is, for the password link", false, false},
    {0},
};
const Command user_add_command = {
    .name = "user add",
    .summary = "Let a person sign in, with a role, and print a link to set their password",
    .arguments = "EMAIL",
    .example = "daybook user add ivo@example.org --org nordwind --role internal_auditor",
    .need = NEED_ORGANISATION,
    .options = add_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_user_add,
};

// ---- user list ----

static const char *roles_words(Arena *arena, const SqlAccountOrganisationsRows *rows) {
  Text text;
  text_init(&text, arena);
  const char *slug = NULL;
  for (size_t i = 0; i < rows->count; i++) {
    const SqlAccountOrganisationsRow *row = &rows->items[i];
    if (!text_equal(slug, row->slug)) text_add_format(&text, "%s%s:", slug ? "  " : "", row->slug);
    text_add_format(&text, " %s", role_name((Role)__builtin_ctzll((uint64_t)row->role_bit)));
    if (!date_is_none(row->until))
      text_add_format(&text, " (until %s)", date_text(arena, row->until));
    slug = row->slug;
  }
  return text.data ? text.data : "";
}

static json_t *roles_json(Arena *arena, const SqlAccountOrganisationsRows *rows) {
  json_t *list = json_array();
  for (size_t i = 0; i < rows->count; i++) {
    const SqlAccountOrganisationsRow *row = &rows->items[i];
    const char *role = role_name((Role)__builtin_ctzll((uint64_t)row->role_bit));
    json_t *item = json_pack("{s:s, s:s}", "org", row->slug, "role", role);
    if (!date_is_none(row->until))
      json_object_set_new(item, "until", json_string(date_text(arena, row->until)));
    json_array_append_new(list, item);
  }
  return list;
}

static int run_user_list(Invocation *in) {
  Context *c = invocation_context(in);
  SqlAccountListRows rows = sql_account_list(c);
  json_t *list = json_array();
  for (size_t i = 0; i < rows.count && context_ok(c); i++) {
    const SqlAccountListRow *row = &rows.items[i];
    SqlAccountOrganisationsRows roles =
        sql_account_organisations(c, (SqlAccountOrganisations){.account = row->id});
    json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:b, s:b, s:o}", "email", row->email,
                                          "name", row->name, "has_password", (int)row->has_password,
                                          "disabled", (int)row->disabled, "installation_admin",
                                          (int)row->installation_admin, "roles",
                                          roles_json(c->arena, &roles)));
    if (!invocation_json(in))
      printf("%-32s  %-24s  %s%s\n", row->email, row->name, row->disabled ? _("[disabled] ") : "",
             roles_words(c->arena, &roles));
  }
  if (context_ok(c) && invocation_json(in)) return print_json(list);
  json_decref(list);
  return context_ok(c) ? fflush(stdout) != 0 : command_failed(in);
}

static const Option no_options[] = {{0}};
const Command user_list_command = {
    .name = "user list",
    .summary = "List who can sign in, and their roles",
    .arguments = "",
    .example = "daybook user list --json",
    .need = NEED_DATABASE,
    .options = no_options,
    .run = run_user_list,
};

// ---- user role ----

static bool person_of(Context *c, const char *email, int64_t *person) {
  const char *folded = email_fold(c, "email", email);
  if (!folded) return false;
  SqlPersonByEmailRow row;
  if (!sql_person_by_email(c, (SqlPersonByEmail){.email = folded}, &row))
    return context_ok(c) && not_found(c, _("Nobody here has the address %s."), folded);
  *person = row.id;
  return true;
}

static bool change_roles(Invocation *in) {
  Context *c = invocation_context(in);
  const char *grant = option(in, "grant"), *revoke = option(in, "revoke");
  if (!grant && !revoke) return invalid(c, "grant", _("Say --grant ROLE or --revoke ROLE."));
  Date until;
  Role role;
  int64_t person;
  if (!until_option(in, &until) || !person_of(c, argument(in, 0), &person)) return false;
  TRANSACTION(c, tx);
  if (grant && (!role_option(c, "grant", grant, &role) || !role_grant(c, person, role, until)))
    return false;
  if (revoke && (!role_option(c, "revoke", revoke, &role) || !role_revoke(c, person, role)))
    return false;
  return transaction_commit(&tx);
}

static int run_user_role(Invocation *in) {
  if (!change_roles(in)) return command_failed(in);
  Context *c = invocation_context(in);
  int64_t person;
  if (!person_of(c, argument(in, 0), &person)) return command_failed(in);
  uint32_t roles = person_roles(c, person);
  json_t *list = json_array();
  for (int i = 0; i < ROLE_COUNT; i++)
    if (roles >> i & 1) json_array_append_new(list, json_string(role_name((Role)i)));
  if (invocation_json(in))
    return print_json(json_pack("{s:s, s:o}", "email", argument(in, 0), "roles", list));
  printf("%s:", argument(in, 0));
  for (size_t i = 0; i < json_array_size(list); i++)
    printf(" %s", json_string_value(json_array_get(list, i)));
  putchar('\n');
  json_decref(list);
  return fflush(stdout) != 0;
}

static const Option role_options[] = {
    {"grant", "ROLE", "give this role", false, false},
    {"revoke", "ROLE", "take this role away", false, false},
    {"until", "DATE", "last day of the role given", false, false},
    {0},
};
const Command user_role_command = {
    .name = "user role",
    .summary = "Give a person a role or take one away",
    .arguments = "EMAIL",
    .example = "daybook user role uta@example.net --org nordwind --grant external_auditor "
               "--until 2026-11-30",
    .need = NEED_ORGANISATION,
    .options = role_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_user_role,
};

// ---- user reset, user disable ----

static bool account_of(Context *c, const char *email, int64_t *account) {
  const char *folded = email_fold(c, "email", email);
  if (!folded) return false;
  SqlAccountByEmailRow row;
  if (!sql_account_by_email(c, (SqlAccountByEmail){.email = folded}, &row))
    return context_ok(c) && not_found(c, _("Nobody signs in with the address %s."), folded);
  *account = row.id;
  return true;
}

static bool reset_user(Context *c, const char *email, const char **secret, bool *mailed) {
  int64_t account;
  TRANSACTION(c, tx);
  return account_of(c, email, &account) && account_reset_create(c, account, secret) &&
         account_mail_link(c, account, *secret, mailed) && transaction_commit(&tx);
}

static int run_user_reset(Invocation *in) {
  Context *c = invocation_context(in);
  const char *secret;
  bool mailed;
  if (!reset_user(c, argument(in, 0), &secret, &mailed)) return command_failed(in);
  return report_link(in, argument(in, 0), secret, mailed);
}

static const Option reset_options[] = {
    {"url", "URL", "where the server is, for the link", false, false},
    {0},
};
const Command user_reset_command = {
    .name = "user reset",
    .summary = "Print, and mail where mail is set up, a link that sets a new password once",
    .arguments = "EMAIL",
    .example = "daybook user reset anna@example.org",
    .need = NEED_DATABASE,
    .options = reset_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_user_reset,
};

static int run_user_disable(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t account;
  bool disabled = !option_flag(in, "enable");
  if (!account_of(c, argument(in, 0), &account) || !account_disable(c, account, disabled))
    return command_failed(in);
  if (invocation_json(in))
    return print_json(json_pack("{s:s, s:b}", "email", argument(in, 0), "disabled", (int)disabled));
  printf(disabled ? _("%s can no longer sign in; sessions and tokens have ended.\n")
                  : _("%s can sign in again.\n"),
         argument(in, 0));
  return fflush(stdout) != 0;
}

static const Option disable_options[] = {
    {"enable", NULL, "let them sign in again", false, false},
    {0},
};
const Command user_disable_command = {
    .name = "user disable",
    .summary = "Stop a person from signing in anywhere, at once",
    .arguments = "EMAIL",
    .example = "daybook user disable ivo@example.org",
    .need = NEED_DATABASE,
    .options = disable_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_user_disable,
};
