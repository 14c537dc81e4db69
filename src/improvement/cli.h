// SPDX-License-Identifier: Apache-2.0
// Inside this room: what its commands share.
#ifndef DAYBOOK_IMPROVEMENT_CLI_H
#define DAYBOOK_IMPROVEMENT_CLI_H

#include "cli/command.h"
#include "diary/diary.h"
#include "json/json.h"

#define ORG_OPTION                                                                                 \
  { "org", "SLUG", "the organisation", false, false }
#define VERSION_OPTION                                                                             \
  { "version", "N", "refuse if it is at another version by now", false, false }
#define NEEDED(name, value, help)                                                                  \
  { name, value, help, true, false }
#define WISHED(name, value, help)                                                                  \
  { name, value, help, false, false }

int64_t cli_version(const Invocation *in);
// A person or position named by an option; 0 and 0 if it is not given.
bool cli_owner(const Invocation *in, const char *name, Owner *out);
Date cli_day(const Invocation *in, const char *name); // DATE_NONE if it is not given
// Of the person named, else of --by; 0: everybody's.
bool cli_person(const Invocation *in, int64_t *out);
bool cli_finding(const Invocation *in, int64_t *out); // "12" or "F-3"
void cli_gaps_json(Json *j, const Gaps *gaps);
void cli_gaps_text(const Gaps *gaps);

extern const Command FINDINGS_LIST, FINDINGS_SHOW, ACTIONS_LIST, ACTIONS_SHOW;
extern const Command *const finding_commands[];
extern const Command *const action_commands[];
int cli_show_finding(Invocation *in, int64_t id);

#endif
