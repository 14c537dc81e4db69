// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_LEDGER_CLI_H
#define DAYBOOK_LEDGER_CLI_H

#include "cli/command.h"

extern const Command *const ledger_commands[]; // ledger show, ledger erase, evidence …
extern const Command *const verify_commands[]; // verify
extern const Command *const backup_commands[]; // backup, restore, export

#endif
