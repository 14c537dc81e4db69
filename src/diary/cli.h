// SPDX-License-Identifier: Apache-2.0
// The diary on the command line: plan, due, simulate, activity …, duty …, holiday …
#ifndef DAYBOOK_DIARY_CLI_H
#define DAYBOOK_DIARY_CLI_H

#include "cli/command.h"
#include "json/json.h"

extern const Command *const diary_commands[];
extern const Command PLAN_COMMAND, DUE_COMMAND, SIMULATE_COMMAND;
extern const Command REPORT_READINESS_COMMAND, REPORT_YEAR_COMMAND;
extern const Command *const activity_commands[]; // activity show, move, cancel, …
extern const Command *const duty_commands[];     // duty list, choose, pause, …

int cli_print_json(Json *json); // with a line feed; the exit status
// The number in the first argument; invalid() and false if it is none.
bool cli_id(const Invocation *in, int64_t *out);

#endif
