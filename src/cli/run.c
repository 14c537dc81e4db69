// SPDX-License-Identifier: Apache-2.0
// One call of the program: what the command needs is opened, its errors are said in one way.
#include "base/language.h"
#include "cli/cli.sql.h"
#include "cli/invocation.h"
#include "db/db.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int exit_status(ErrorKind kind) {
  return kind == ERROR_INVALID || kind == ERROR_NOT_FOUND || kind == ERROR_TOO_LARGE ? 2 : 1;
}

static const char *kind_name(ErrorKind kind) {
  static const char *const list[] = {"none",      "invalid",  "not_found",   "denied", "conflict",
                                     "too_large", "too_many", "unavailable", "failure"};
  return list[kind];
}

static void print_json_error(const Error *error) {
  json_t *fields = json_array();
  for (size_t i = 0; i < error->fields.count; i++)
    json_array_append_new(fields, json_pack("{s:s,s:s}", "field", error->fields.items[i].field,
                                            "message", error->fields.items[i].message));
  json_t *whole = json_pack("{s:{s:s,s:s,s:o}}", "error", "kind", kind_name(error->kind), "message",
                            error->message, "fields", fields);
  if (whole != NULL) {
    json_dumpf(whole, stdout, 0);
    putchar('\n');
  }
  json_decref(whole);
}

// Names the field, unless the message does so already ("--decision-date: …").
static void print_field_error(const FieldError *error) {
  bool named = text_starts(error->message, "--") || text_starts(error->message, error->field);
  fprintf(stderr, named ? "daybook: %s%s\n" : "daybook: %s: %s\n", named ? "" : error->field,
          error->message);
}

int command_failed(Invocation *in) {
  const Error *error = &in->context.error;
  if (error->kind == ERROR_NONE) return 1;
  if (error->detail != NULL) log_line(LOG_LEVEL_ERROR, "command_failed", "%s", error->detail);
  if (in->json) {
    print_json_error(error);
    return exit_status(error->kind);
  }
  if (error->fields.count == 0) fprintf(stderr, "daybook: %s\n", error->message);
  for (size_t i = 0; i < error->fields.count; i++) print_field_error(&error->fields.items[i]);
  return exit_status(error->kind);
}

const char *invocation_database_url(const Invocation *in) {
  const char *url = option(in, "db");
  if (url == NULL) url = getenv("DAYBOOK_DB");
  if (!text_is_empty(url)) return url;
  invalid(invocation_context(in), "db", "%s",
          _("Say where the database is, by DAYBOOK_DB or --db: for example "
            "sqlite:/var/lib/daybook/daybook.db."));
  return NULL;
}

bool invocation_create_database(Invocation *in) {
  Context *c = &in->context;
  const char *url = context_ok(c) ? invocation_database_url(in) : NULL;
  if (url == NULL) return false;
  c->db = db_create(url, c->arena, &c->error);
  return c->db != NULL && db_attach(c) && db_migrate(c);
}

static bool open_database(Invocation *in) {
  Context *c = &in->context;
  const char *url = invocation_database_url(in);
  if (url == NULL) return false;
  c->db = db_open(url, c->arena, &c->error);
  return c->db != NULL && db_attach(c) && db_check_version(c);
}

// ---- organisation and actor ----

static bool choose(Context *c, int64_t id, const char *slug, const char *time_zone) {
  c->org = id;
  c->zone = zone_find(time_zone);
  if (c->zone == NULL) return failure(c, "organisation %s: unknown time zone %s", slug, time_zone);
  c->today = zone_date(c->zone, c->now, NULL);
  return true;
}

static bool choose_only(Context *c) {
  SqlCliOrganisationsRows all = sql_cli_organisations(c);
  if (!context_ok(c)) return false;
  if (all.count == 0)
    return not_found(c, "%s", _("There is no organisation yet. `daybook init` makes one."));
  if (all.count > 1)
    return invalid(c, "org", _("There are several organisations; say which by --org (%s, %s%s)."),
                   all.items[0].slug, all.items[1].slug, all.count > 2 ? ", …" : "");
  return choose(c, all.items[0].id, all.items[0].slug, all.items[0].time_zone);
}

bool invocation_choose_organisation(Invocation *in, const char *slug) {
  Context *c = &in->context;
  if (slug == NULL) return choose_only(c);
  SqlCliOrganisationRow row;
  if (sql_cli_organisation(c, (SqlCliOrganisation){slug}, &row))
    return choose(c, row.id, slug, row.time_zone);
  return context_ok(c) ? not_found(c, _("There is no organisation \"%s\"."), slug) : false;
}

static bool choose_actor(Invocation *in) {
  Context *c = &in->context;
  const char *email = option(in, "by");
  if (email == NULL) return true;
  SqlCliPersonRow row;
  if (sql_cli_person(c, (SqlCliPerson){text_lower(c->arena, email)}, &row)) {
    c->actor = row.id;
    return true;
  }
  return context_ok(c) ? invalid(c, "by", _("Nobody here has the address %s."), email) : false;
}

// ---- running ----

static bool prepare(Invocation *in) {
  CommandNeed need = in->command->need;
  if (need == NEED_NOTHING) return true;
  if (!open_database(in)) return false;
  return need == NEED_DATABASE ||
         (invocation_choose_organisation(in, option(in, "org")) && choose_actor(in));
}

bool invocation_open_organisation(Invocation *in) {
  return open_database(in) && invocation_choose_organisation(in, option(in, "org")) &&
         choose_actor(in);
}

static bool set_clock(Invocation *in) {
  const char *now = option(in, "now");
  if (now == NULL) now = getenv("DAYBOOK_NOW");
  if (text_is_empty(now)) return true;
  Context *c = &in->context;
  if (!clock_set(now))
    return invalid(c, "now",
                   _("\"%s\" is not a date or time; write 2026-02-28 or "
                     "2026-02-28T09:00:00Z."),
                   now);
  c->now = instant_now();
  c->today = zone_date(c->zone, c->now, NULL);
  return true;
}

static int run_command(Invocation *in) {
  if (in->command == NULL || option_flag(in, "help")) {
    in->command == NULL ? help_overview(in->program) : help_command(in->command);
    return 0;
  }
  if (!set_clock(in) || !prepare(in)) return command_failed(in);
  return in->command->run(in);
}

int cli_run(const Program *program, int argc, char *const *argv) {
  Invocation in = {.program = program};
  language_use(language_of_environment());
  context_init(&in.context, NULL);
  int status;
  if (invocation_parse(&in, argc, argv)) {
    status = run_command(&in);
  } else {
    status = command_failed(&in);
    if (in.command != NULL && !in.json)
      fprintf(stderr, _("For example: %s\n"), in.command->example);
  }
  db_detach(&in.context);
  db_close(in.context.db);
  context_finish(&in.context);
  // What failed before the end shows in the stream alone.
  errno = 0;
  if (fflush(stdout) != 0 || ferror(stdout)) {
    fprintf(stderr, "daybook: standard output: %s\n", strerror(errno != 0 ? errno : EIO));
    if (status == 0) status = 1;
  }
  return status;
}
