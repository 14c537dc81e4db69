// SPDX-License-Identifier: Apache-2.0
// Collects what the rooms declare.
#include "cli/invocation.h"
#include "diary/duty.h"
#include "improvement/finding.h"
#include "registers/registers.h"

#include <stddef.h>

// Each room adds a line: its declaration and its name.
extern const Command *const action_commands[];
extern const Command *const activity_commands[];
extern const Command *const audit_commands[];
extern const Command *const audits_commands[];
extern const Command *const backup_commands[];
extern const Command *const calendar_commands[];
extern const Command *const cli_commands[];
extern const Command *const ledger_commands[];
extern const Command *const demo_commands[];
extern const Command *const diary_commands[];
extern const Command *const duty_commands[];
extern const Command *const exchange_commands[];
extern const Command *const finding_commands[];
extern const Command *const http_commands[];
extern const Command *const jobs_commands[];
extern const Command *const mail_commands[];
extern const Command *const objectives_commands[];
extern const Command *const org_commands[];
extern const Command *const programme_commands[];
extern const Command *const readings_commands[];
extern const Command *const register_commands[];
extern const Command *const review_commands[];
extern const Command *const verify_commands[];

static const CommandList rooms[] = {
    org_commands,     diary_commands,     activity_commands,   duty_commands,
    finding_commands, action_commands,    verify_commands,     backup_commands,
    ledger_commands,  exchange_commands,  register_commands,   audit_commands,
    audits_commands,  programme_commands, calendar_commands,   http_commands,
    jobs_commands,    mail_commands,      objectives_commands, readings_commands,
    review_commands,  demo_commands,      cli_commands,        NULL,
};

static const Rebuild diary_rebuilt = {"what Today and Readiness count", diary_rebuild};
static const Rebuild found_rebuilt = {"what the search finds of findings and actions",
                                      improvement_rebuild};
static const Rebuild search_rebuilt = {"what the search finds of registers", registers_rebuild};
static const Rebuild *const rebuilds[] = {
    &diary_rebuilt,
    &found_rebuilt,
    &search_rebuilt, // the last: it writes the index of all
    NULL,
};

int main(int argc, char **argv) {
  const Program program = {rooms, rebuilds};
  return cli_run(&program, argc, argv);
}
