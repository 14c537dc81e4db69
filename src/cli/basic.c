// SPDX-License-Identifier: Apache-2.0
// The commands that belong to no duty: help, version, migrate, rebuild.
#include "cli/invocation.h"
#include "cli/version.h"
#include "db/db.h"
#include "db/migration.h"

#include <stdio.h>

const char daybook_version[] = DAYBOOK_VERSION;

static const Option no_options[] = {{0}};

static int run_help(Invocation *in) {
  Context *c = &in->context;
  if (option_flag(in, "man")) {
    help_man(in->program);
  } else if (option_flag(in, "completion")) {
    help_completion(in->program);
  } else if (argument_count(in) == 0) {
    help_overview(in->program);
  } else {
    const Command *command = command_find(in->program, argument(in, 0), argument(in, 1));
    if (command == NULL) {
      const char *family = command_family(c, in->program, argument(in, 0));
      if (family != NULL)
        invalid(c, NULL, _("Say which: %s %s."), argument(in, 0), family);
      else
        invalid(c, NULL, _("There is no command \"%s\". `daybook help` lists them."),
                argument(in, 0));
      return command_failed(in);
    }
    help_command(command);
  }
  return 0;
}

static const Option help_options[] = {
    {"man", NULL, "print the manual page (roff)", false, false},
    {"completion", NULL, "print the completion for bash", false, false},
    {0},
};
static const Command help = {
    .name = "help",
    .summary = "Say what a command does, with an example",
    .arguments = "[COMMAND]",
    .example = "daybook help import",
    .need = NEED_NOTHING,
    .options = help_options,
    .most_arguments = 2,
    .run = run_help,
};

static int run_version(Invocation *in) {
  int newest =
      schema_migration_count > 0 ? schema_migrations[schema_migration_count - 1].number : 0;
  printf(in->json ? "{\"version\":\"%s\",\"schema\":%d}\n" : "daybook %s (schema %03d)\n",
         daybook_version, newest);
  return 0;
}

static const Command version = {
    .name = "version",
    .summary = "Print the version of the program and of its schema",
    .arguments = "",
    .example = "daybook version",
    .need = NEED_NOTHING,
    .options = no_options,
    .run = run_version,
};

static int run_migrate(Invocation *in) {
  if (!invocation_create_database(in)) return command_failed(in);
  puts(in->json ? "{\"migrated\":true}" : _("The database is ready for this version."));
  return 0;
}

static const Command migrate = {
    .name = "migrate",
    .summary = "Create the database or bring it to this version; safe to run again",
    .arguments = "",
    .example = "DAYBOOK_DB=sqlite:daybook.db daybook migrate",
    .need = NEED_NOTHING,
    .options = no_options,
    .run = run_migrate,
};

static int run_rebuild(Invocation *in) {
  Context *c = &in->context;
  size_t done = 0;
  TRANSACTION(c, tx);
  for (const Rebuild *const *r = in->program->rebuilds; *r != NULL; r++, done++) {
    if (!(*r)->run(c)) return command_failed(in);
    if (!in->json) printf(_("Computed again: %s.\n"), (*r)->what);
  }
  if (!transaction_commit(&tx)) return command_failed(in);
  if (in->json)
    printf("{\"rebuilt\":%zu}\n", done);
  else if (done == 0)
    puts(_("Nothing is kept that could be computed again."));
  return 0;
}

static const Command rebuild = {
    .name = "rebuild",
    .summary = "Compute derived tables again from their source",
    .arguments = "",
    .example = "daybook rebuild --org nordwind",
    .need = NEED_ORGANISATION,
    .options = no_options,
    .run = run_rebuild,
};

const Command *const cli_commands[] = {&help, &version, &migrate, &rebuild, NULL};
