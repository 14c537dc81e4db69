// SPDX-License-Identifier: Apache-2.0
// daybook token create | list | revoke.
#include "org/access.h"
#include "org/access.sql.h"
#include "org/cli.h"
#include "org/people.h"
#include "org/people.sql.h"

#include <stdio.h>

static bool create_token(Invocation *in, const char **secret, int64_t *id) {
  Context *c = invocation_context(in);
  ApiTokenNew token = {.person = c->actor,
                       .name = option(in, "name"),
                       .scope = option(in, "scope"),
                       .expires = date_add_days(c->today, 90)};
  if (!token.scope) token.scope = "read";
  if (option(in, "expires") && !option_date(in, "expires", &token.expires)) return false;
  const char *email = option(in, "person");
  if (!email && !token.person) {
    if (!actor_named(c, NULL)) return false;
    token.person = c->actor;
  }
  SqlPersonByEmailRow row;
  if (email) {
    if (!(email = email_fold(c, "person", email))) return false;
    if (!sql_person_by_email(c, (SqlPersonByEmail){.email = email}, &row))
      return context_ok(c) && invalid(c, "person", _("Nobody here has the address %s."), email);
    token.person = row.id;
  }
  return api_token_create(c, &token, secret, id);
}

static int run_token_create(Invocation *in) {
  const char *secret;
  int64_t id;
  if (!create_token(in, &secret, &id)) return command_failed(in);
  if (invocation_json(in))
    return print_json(json_pack("{s:I, s:s}", "id", (json_int_t)id, "token", secret));
  printf(_("%s\nThis is shown once. Send it as \"Authorization: Bearer …\".\n"), secret);
  return fflush(stdout) != 0;
}

static const Option create_options[] = {
    {"name", "NAME", "what uses it, such as \"backup script\"", true, false},
    {"scope", "SCOPE", "read, write, or permissions separated by spaces (default: read)", false,
     false},
    {"expires", "DATE", "last day, at most a year ahead (default: in 90 days)", false, false},
    {"person", "EMAIL", "for whom it acts (default: the administrator)", false, false},
    {0},
};
const Command token_create_command = {
    .name = "token create",
    .summary = "Make an API token and print it once",
    .arguments = "",
    .example = "daybook token create --org nordwind --name \"evidence upload\" "
               "--scope \"activity.read evidence.add\"",
    .need = NEED_ORGANISATION,
    .options = create_options,
    .run = run_token_create,
};

static json_t *token_json(Arena *arena, const SqlApiTokenListRow *row) {
  json_t *item =
      json_pack("{s:I, s:s, s:s, s:s, s:s, s:b}", "id", (json_int_t)row->id, "name", row->name,
                "person", row->person_name, "scope", row->scope, "expires",
                date_text(arena, row->expires), "revoked", (int)!instant_is_none(row->revoked));
  if (!instant_is_none(row->used))
    json_object_set_new(item, "used", json_string(instant_text(arena, row->used)));
  return item;
}

static int run_token_list(Invocation *in) {
  Context *c = invocation_context(in);
  SqlApiTokenListRows rows = sql_api_token_list(c);
  if (!context_ok(c)) return command_failed(in);
  json_t *list = json_array();
  for (size_t i = 0; i < rows.count; i++) {
    const SqlApiTokenListRow *row = &rows.items[i];
    json_array_append_new(list, token_json(c->arena, row));
    if (!invocation_json(in))
      printf("%6lld  %-24s  %-24s  %-12s  %s%s\n", (long long)row->id, row->name, row->person_name,
             row->scope, date_text(c->arena, row->expires),
             instant_is_none(row->revoked) ? "" : _("  revoked"));
  }
  if (invocation_json(in)) return print_json(list);
  json_decref(list);
  return fflush(stdout) != 0;
}

static const Option no_options[] = {{0}};
const Command token_list_command = {
    .name = "token list",
    .summary = "List an organisation's API tokens",
    .arguments = "",
    .example = "daybook token list --org nordwind",
    .need = NEED_ORGANISATION,
    .options = no_options,
    .run = run_token_list,
};

static int run_token_revoke(Invocation *in) {
  Context *c = invocation_context(in);
  int64_t id;
  if (!text_to_int(argument(in, 0), &id)) invalid(c, "id", _("Expected a token's number."));
  if (!context_ok(c) || !api_token_revoke(c, id)) return command_failed(in);
  if (invocation_json(in))
    return print_json(json_pack("{s:I, s:b}", "id", (json_int_t)id, "revoked", 1));
  puts(_("Revoked."));
  return fflush(stdout) != 0;
}

const Command token_revoke_command = {
    .name = "token revoke",
    .summary = "End an API token at once",
    .arguments = "ID",
    .example = "daybook token revoke 3 --org nordwind",
    .need = NEED_ORGANISATION,
    .options = no_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_token_revoke,
};
