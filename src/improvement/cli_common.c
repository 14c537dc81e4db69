// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "diary/cli.h"
#include "diary/pages.h"
#include "improvement/cli.h"
#include "improvement/work.h"

int64_t cli_version(const Invocation *in) {
  int64_t version = 0;
  if (option(in, "version") != NULL) option_int(in, "version", 1, INT64_MAX, &version);
  return version;
}

bool cli_owner(const Invocation *in, const char *name, Owner *out) {
  *out = (Owner){0};
  const char *text = option(in, name);
  return text == NULL || owner_named(invocation_context(in), name, text, out);
}

Date cli_day(const Invocation *in, const char *name) {
  Date day = DATE_NONE;
  option_date(in, name, &day);
  return day;
}

bool cli_person(const Invocation *in, int64_t *out) {
  Owner owner;
  *out = 0;
  if (!cli_owner(in, "owner", &owner)) return false;
  *out = owner.person;
  if (owner.position != 0)
    return invalid(invocation_context(in), "owner", _("Name a person, not a position."));
  return true;
}

bool cli_finding(const Invocation *in, int64_t *out) {
  Context *c = invocation_context(in);
  const char *text = argument(in, 0);
  SqlFindingByNumberRow row;
  int64_t number;
  if ((text[0] != 'F' && text[0] != 'f') || text[1] != '-') return cli_id(in, out);
  if (!text_to_int(text + 2, &number) || number <= 0)
    return invalid(c, "id", _("“%s” is no finding's number: F-3."), text);
  if (!sql_finding_by_number(c, (SqlFindingByNumber){.number = number}, &row))
    return context_ok(c) && not_found(c, _("There is no finding %s."), text);
  *out = row.id;
  return true;
}

void cli_gaps_json(Json *j, const Gaps *gaps) {
  json_key(j, "gaps");
  json_open_list(j);
  for (size_t i = 0; i < gaps->count; i++) {
    json_open(j);
    json_put_text(j, "what", gaps->items[i].what);
    json_put_text(j, "how", gaps->items[i].how);
    json_close(j);
  }
  json_close_list(j);
}

void cli_gaps_text(const Gaps *gaps) {
  for (size_t i = 0; i < gaps->count; i++)
    printf(_("  missing: %s %s\n"), gaps->items[i].what, gaps->items[i].how);
}
