// SPDX-License-Identifier: Apache-2.0
// The inside of the command line: the table of every room's commands, and one parsed call.
#ifndef DAYBOOK_INVOCATION_H
#define DAYBOOK_INVOCATION_H

#include "cli/command.h"

typedef const Command *const *CommandList; // one room's, ends with NULL
// Derived tables that `daybook rebuild` computes again from their source.
typedef struct Rebuild {
  const char *what;        // "readiness counts"
  bool (*run)(Context *c); // for c->org, inside a transaction
} Rebuild;
typedef struct Program {
  const CommandList *rooms;       // ends with NULL
  const Rebuild *const *rebuilds; // ends with NULL
} Program;

typedef struct Given {
  const Option *option;
  const char *value; // "" for a flag
} Given;

struct Invocation {
  const Program *program;
  const Command *command;
  Context context;
  LIST_OF(Given) given;
  LIST_OF(const char *) arguments;
  bool json;
};

extern const Option common_options[];       // ends with name NULL
extern const Command *const cli_commands[]; // help, version, migrate, rebuild

// Reads argv; false with c->error (and in->command, if it was recognised).
bool invocation_parse(Invocation *in, int argc, char *const *argv);
// "add, list, reset" for "user"; NULL if no command of two words begins so.
const char *command_family(Context *c, const Program *program, const char *first);
const Command *command_find(const Program *program, const char *first, const char *second);
void help_overview(const Program *program);
void help_command(const Command *command);
void help_man(const Program *program);
void help_completion(const Program *program);

// The whole program: parse, open what is needed, run, say what went wrong.
int cli_run(const Program *program, int argc, char *const *argv);

#endif
