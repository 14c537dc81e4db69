// SPDX-License-Identifier: Apache-2.0
// daybook calendar: the feed on standard output.
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "diary/calendar.sql.h"
#include "diary/calendar_feed.h"
#include "org/org.h"

static bool choose(Invocation *in, CalendarFeed *feed) {
  Context *c = invocation_context(in);
  const char *email = option(in, "person"), *role = option(in, "role");
  if (email && role) return invalid(c, "role", _("Choose --person or --role, not both."));
  *feed = (CalendarFeed){.whole = !email && !role, .role = -1, .base_url = option(in, "url")};
  if (!feed->base_url) feed->base_url = getenv("DAYBOOK_URL");
  if (email) {
    SqlCalendarPersonRow person;
    const SqlCalendarPerson by = {.email = text_lower(c->arena, email)};
    if (!sql_calendar_person(c, by, &person))
      return context_ok(c) && invalid(c, "person", _("Nobody here has the address %s."), email);
    feed->person = person.id;
    feed->name = person.name;
  }
  if (role) {
    Role known;
    if (!role_parse(role, &known)) return invalid(c, "role", _("There is no role %s."), role);
    feed->role = (int)known;
    feed->name = role_title(known);
  }
  return true;
}

static int calendar_run(Invocation *in) {
  Context *c = invocation_context(in);
  CalendarFeed feed;
  Text out;
  text_init(&out, c->arena);
  if (!choose(in, &feed) || !calendar_feed_write(c, &feed, &out)) return command_failed(in);
  fwrite(out.data, 1, out.length, stdout);
  return 0;
}

static const Option calendar_options[] = {
    {.name = "person", .value = "EMAIL", .help = "only what this person owns or takes part in"},
    {.name = "role", .value = "ROLE", .help = "only what people with this role own"},
    {.name = "url", .value = "URL", .help = "where the pages are, for links back (DAYBOOK_URL)"},
    {0},
};
static const Command calendar_command = {
    .name = "calendar",
    .summary = "Print the diary as an iCalendar file",
    .arguments = "",
    .example = "daybook calendar --org nordwind --person anna@example.org > anna.ics",
    .need = NEED_ORGANISATION,
    .options = calendar_options,
    .run = calendar_run,
};
const Command *const calendar_commands[] = {&calendar_command, NULL};
