// SPDX-License-Identifier: Apache-2.0
// daybook init, daybook org list.
#include "cli/command.h"
#include "db/db.h"
#include "org/access.h"
#include "org/cli.h"
#include "org/create.h"
#include "org/org.sql.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FACTS_LARGEST ((size_t)1 << 20)

int print_json(json_t *json) {
  if (!json) return 1;
  int failed = json_dumpf(json, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII) != 0;
  putchar('\n');
  json_decref(json);
  return failed || fflush(stdout) != 0;
}

const char *password_link(Arena *arena, const char *url, const char *secret) {
  if (!url) url = getenv("DAYBOOK_URL");
  if (url == NULL || url[0] == '\0') url = "http://127.0.0.1:8027";
  size_t length = strlen(url);
  while (length && url[length - 1] == '/') length--;
  return text_format(arena, "%.*s/password/%s", (int)length, url, secret);
}

static void close_file(FILE **file) {
  if (*file) fclose(*file);
}

static bool facts_file(Context *c, const char *path, OrgNew *out) {
  FILE *file __attribute__((cleanup(close_file))) = fopen(path, "rbe");
  if (!file) return invalid(c, "facts", "%s: %s", path, strerror(errno));
  char *bytes = arena_alloc(c->arena, FACTS_LARGEST + 1);
  size_t length = fread(bytes, 1, FACTS_LARGEST + 1, file);
  if (ferror(file)) return invalid(c, "facts", _("%s cannot be read."), path);
  if (length > FACTS_LARGEST) return invalid(c, "facts", _("%s is larger than 1 MB."), path);
  return facts_read(c, bytes, length, out);
}

static void init_options(const Invocation *in, OrgNew *org) {
  org->slug = option(in, "org");
  org->name = option(in, "name");
  org->admin.email = option(in, "admin");
  org->admin.name = option(in, "admin-name");
  org->time_zone = option(in, "time-zone");
  org->certification_body = option(in, "certification-body");
  org->certificate_number = option(in, "certificate-number");
  org->scope = option(in, "scope");
  org->language = option(in, "language");
  option_date(in, "decision-date", &org->decision);
  if (option(in, "expiry-date")) option_date(in, "expiry-date", &org->expiry);
  if (option(in, "start-date")) option_date(in, "start-date", &org->start);
}

// The fields of the rules are those of the forms; on the command line they are options.
static int init_report(Invocation *in, const OrgNew *org, const OrgCreated *created,
                       const char *secret) {
  Context *c = invocation_context(in);
  const char *link = password_link(c->arena, option(in, "url"), secret);
  if (invocation_json(in))
    return print_json(json_pack(
        "{s:s, s:I, s:s, s:s, s:s, s:s, s:{s:I, s:s, s:s}}", "org", org->slug, "id",
        (json_int_t)created->org, "name", org->name, "decision_date",
        date_text(c->arena, org->decision), "expiry_date", date_text(c->arena, org->expiry),
        "start_date", date_text(c->arena, org->start), "admin", "person",
        (json_int_t)created->administrator, "email", org->admin.email, "password_link", link));
  printf(_("%s is ready (certificate %s to %s).\n"), org->name, date_text(c->arena, org->decision),
         date_text(c->arena, org->expiry));
  printf(_("%s sets a password here, once, within three days:\n  %s\n"), org->admin.email, link);
  printf(_("Next: daybook plan --org %s shows the proposed programme and why; "
           "daybook serve opens the pages.\n"),
         org->slug);
  return fflush(stdout) != 0;
}

static bool init_create(Invocation *in, const OrgNew *org, OrgCreated *created,
                        const char **secret) {
  Context *c = invocation_context(in);
  if (!invocation_create_database(in)) return false;
  TRANSACTION(c, tx);
  return org_create(c, org, created) && account_reset_create(c, created->account, secret) &&
         transaction_commit(&tx);
}

static int run_init(Invocation *in) {
  Context *c = invocation_context(in);
  OrgNew org;
  org_new_init(&org);
  init_options(in, &org);
  if (option(in, "facts") && context_ok(c)) facts_file(c, option(in, "facts"), &org);
  OrgCreated created;
  const char *secret;
  if (!context_ok(c) || !org_new_check(c, &org) || !init_create(in, &org, &created, &secret))
    return command_failed(in);
  return init_report(in, &org, &created, secret);
}

static const Option init_list[] = {
    {"org", "SLUG", "short name in addresses: lower-case letters, digits, hyphens", true, false},
    {"name", "NAME", "the organisation's name", true, false},
    {"admin", "EMAIL", "who administers it; also security manager at first", true, false},
    {"decision-date", "DATE", "day of the certification decision (YYYY-MM-DD)", true, false},
    {"admin-name", "NAME", "the administrator's name (default: from the address)", false, false},
    {"time-zone", "ZONE", "such as Europe/Berlin (default: UTC)", false, false},
    {"start-date", "DATE", "nothing before it counts as missed (default: the decision)", false,
     false},
    {"expiry-date", "DATE", "as printed on the certificate (default: three years less a day)",
     false, false},
    {"certification-body", "NAME", "who issued the certificate", false, false},
    {"certificate-number", "TEXT", "as printed on the certificate", false, false},
    {"scope", "TEXT", "what is certified", false, false},
    {"language", "TAG", "of those who choose none, and of mails: en, de (default: as browsers ask)",
     false, false},
    {"facts", "FILE",
     "JSON: sites, head_count, sector, customer_demands, outsourced_share, "
     "top_management, critical_systems",
     false, false},
    {"url", "URL", "where the server will be, for the password link", false, false},
    {0},
};

static const Command init_command = {
    .name = "init",
    .summary = "Make an organisation (and the database, if there is none)",
    .arguments = "",
    .example = "daybook init --org nordwind --name \"Nordwind Logistics GmbH\" "
               "--admin anna@example.org --decision-date 2025-11-20 --time-zone Europe/Berlin",
    .need = NEED_NOTHING,
    .options = init_list,
    .run = run_init,
};

static int run_org_list(Invocation *in) {
  Context *c = invocation_context(in);
  SqlOrganisationListRows rows = sql_organisation_list(c);
  if (!context_ok(c)) return command_failed(in);
  json_t *list = json_array();
  for (size_t i = 0; i < rows.count; i++) {
    const SqlOrganisationListRow *row = &rows.items[i];
    const char *decision = date_text(c->arena, row->decision);
    const char *expiry = date_text(c->arena, row->expiry);
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "org", row->slug, "name",
                                          row->name, "time_zone", row->time_zone, "decision_date",
                                          decision, "expiry_date", expiry));
    if (!invocation_json(in))
      printf(_("%-20s  %s to %s  %s\n"), row->slug, decision, expiry, row->name);
  }
  if (invocation_json(in)) return print_json(list);
  json_decref(list);
  if (!rows.count) puts(_("No organisation yet. Make one with daybook init."));
  return fflush(stdout) != 0;
}

static const Option no_options[] = {{0}};

static const Command org_list_command = {
    .name = "org list",
    .summary = "List the organisations of this installation",
    .arguments = "",
    .example = "daybook org list --json",
    .need = NEED_DATABASE,
    .options = no_options,
    .run = run_org_list,
};

const Command *const org_commands[] = {
    &init_command,
    &org_list_command,
    &user_add_command,
    &user_list_command,
    &user_role_command,
    &user_reset_command,
    &user_disable_command,
    &token_create_command,
    &token_list_command,
    &token_revoke_command,
    NULL,
};
