// SPDX-License-Identifier: Apache-2.0
#include "diary/cli.h"

const Command *const diary_commands[] = {&PLAN_COMMAND,        &DUE_COMMAND,
                                         &SIMULATE_COMMAND,    &REPORT_READINESS_COMMAND,
                                         &REPORT_YEAR_COMMAND, NULL};
