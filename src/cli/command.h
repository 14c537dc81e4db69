// SPDX-License-Identifier: Apache-2.0
// The command table: dispatch, help, man page and completion come from these declarations.
#ifndef DAYBOOK_COMMAND_H
#define DAYBOOK_COMMAND_H

#include "base/context.h"

typedef struct Option {
  const char *name;  // "org" for --org
  const char *value; // "SLUG"; NULL for a flag
  const char *help;
  bool required, repeated;
} Option;

typedef struct Invocation Invocation;                       // the parsed command line
const char *option(const Invocation *in, const char *name); // NULL if absent
bool option_flag(const Invocation *in, const char *name);
size_t option_count(const Invocation *in, const char *name); // of a repeated option
const char *option_at(const Invocation *in, const char *name, size_t index);
// True if absent (out untouched) or well-formed; else false with invalid().
bool option_date(const Invocation *in, const char *name, Date *out);
bool option_int(const Invocation *in, const char *name, int64_t minimum, int64_t maximum,
                int64_t *out);
size_t argument_count(const Invocation *in);
const char *argument(const Invocation *in, size_t index);
Context *invocation_context(
    const Invocation *in); // database attached, org and actor resolved as declared
bool invocation_json(const Invocation *in);
const char *invocation_database_url(
    const Invocation *in); // --db or DAYBOOK_DB; NULL with invalid()
// For a command with NEED_NOTHING that begins from nothing: opens the database or creates an empty
// SQLite file, migrates, attaches.
bool invocation_create_database(Invocation *in);
// For a command with NEED_NOTHING that was asked about an organisation after all: as if it had said
// NEED_ORGANISATION.
bool invocation_open_organisation(Invocation *in);
// Chooses an organisation by its slug as --org would: c->org, c->zone, c->today.
bool invocation_choose_organisation(Invocation *in, const char *slug);

typedef enum CommandNeed {
  NEED_NOTHING,      // no database
  NEED_DATABASE,     // open, migrated
  NEED_ORGANISATION, // and --org given (or the only one); c->org, zone, today set; --by names
                     // c->actor
} CommandNeed;

typedef struct Command {
  const char *name;      // "plan", "evidence add" (two words allowed)
  const char *summary;   // one line
  const char *arguments; // "PATH…" or ""
  const char *example;
  CommandNeed need;
  const Option *options; // ends with name NULL; --json --now --db --by are common
  size_t least_arguments, most_arguments;
  int (*run)(Invocation *in); // exit status 0 done, 1 failed, 2 wrong input, 3 verification failed
} Command;

// Prints c->error (text on standard error, or {"error":…} with --json) and gives the exit status.
int command_failed(Invocation *in);
// 2 for wrong input, not found and too large, else 1.
int exit_status(ErrorKind kind);
// Each room lists its own: extern const Command *const diary_commands[]; ends with NULL.

#endif
