// SPDX-License-Identifier: Apache-2.0
// The commands of this room, and what they share.
#ifndef DAYBOOK_ORG_CLI_H
#define DAYBOOK_ORG_CLI_H

#include "cli/command.h"

#include <jansson.h>

extern const Command *const org_commands[];
extern const Command user_add_command, user_list_command, user_role_command, user_reset_command,
    user_disable_command, token_create_command, token_list_command, token_revoke_command;

int print_json(json_t *json); // takes the reference; the exit status
// URL/password/SECRET; url NULL: DAYBOOK_URL, else the server's usual address.
const char *password_link(Arena *arena, const char *url, const char *secret);

#endif
