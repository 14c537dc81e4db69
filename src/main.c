// SPDX-License-Identifier: Apache-2.0
// Collects what the rooms declare.
#include "cli/invocation.h"

#include <stddef.h>

// Each room adds a line: its declaration and its name.
extern const Command *const cli_commands[];

static const CommandList rooms[] = {
    cli_commands,
    NULL,
};

static const Rebuild *const rebuilds[] = {
    NULL,
};

int main(int argc, char **argv) {
  const Program program = {rooms, rebuilds};
  return cli_run(&program, argc, argv);
}
