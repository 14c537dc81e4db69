// SPDX-License-Identifier: Apache-2.0
// daybook demo: builds the demo organisation once, opens it on a loopback address, and prints a
// link for each person one may be.
#include "demo/demo.h"
#include "base/language.h"

#include "cli/command.h"
#include "db/db.h"
#include "demo/demo.routes.h"
#include "demo/demo.sql.h"
#include "http/answer.h"
#include "http/serve.h"
#include "ledger/store.h"
#include "org/access.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const struct {
  const char *who, *email, *role;
} DOORS[] = {
    {"manager", "mara.lindqvist@harbourlight.example", "Mara Lindqvist, security manager"},
    {"executive", "edmund.achterberg@harbourlight.example", "Edmund Achterberg, chief executive"},
    {"auditor", "priya.nandakumar@harbourlight.example", "Priya Nandakumar, internal auditor"},
    {"employee", "jonah.peele@harbourlight.example", "Jonah Peele, employee"},
    {"external", "s.brandt@meridian-assurance.example", "Solveig Brandt, external auditor"},
};

bool demo_exists(Context *c, int64_t *org) {
  SqlDemoOrganisationRow row = {0};
  bool found = sql_demo_organisation(c, (SqlDemoOrganisation){.slug = DEMO_ORG}, &row);
  *org = row.id;
  return found;
}

static Date first_working_day(Date day) {
  while (date_weekday(day) > 5) day = date_add_days(day, 1);
  return day;
}

bool demo_build(Context *c) {
  const Context before = *c;
  Demo demo = {.day = c->today};
  demo.decision = first_working_day(date_add_months(demo.day, -7));
  TRANSACTION(c, tx);
  demo_clock(c, demo.decision, 9);
  bool built = demo_people_create(c, &demo);
  c->actor = demo.people[DEMO_MANAGER];
  built = built && demo_registers_fill(c, &demo) && demo_measures_take(c, &demo) &&
          demo_year_walk(c, &demo) && demo_audits_hold(c, &demo) &&
          demo_improvement_tell(c, &demo) && demo_mail_fill(c, &demo) && transaction_commit(&tx);
  c->now = before.now;
  c->today = before.today;
  c->org = c->actor = 0;
  return built;
}

// ---- where it lives ----

static const char *folder_of(Context *c, const Invocation *in) {
  if (option(in, "folder") != NULL) return option(in, "folder");
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (data != NULL && data[0] == '/') return text_format(c->arena, "%s/daybook/demo", data);
  return text_format(c->arena, "%s/.local/share/daybook/demo", text_is_empty(home) ? "/tmp" : home);
}

// One demo at a time in a folder; one that is just ending is waited for. The lock ends with the
// process.
static bool lock_folder(Context *c, const char *folder) {
  int file =
      open(text_format(c->arena, "%s/demo.lock", folder), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return unavailable(c, "%s cannot be written", folder);
  for (int tries = 0; tries < 30; tries++) {
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return true;
    usleep(100 * 1000);
  }
  close(file);
  return conflict(c, _("The demo is open already: end the other `daybook demo` first, or give "
                       "--folder."));
}

// The demo is a thing of its own: it never touches the database of the installation.
static bool open_database(Context *c, const char *folder, bool fresh) {
  const char *path = text_format(c->arena, "%s/demo.db", folder);
  unsetenv("DAYBOOK_EVIDENCE");
  if (!folder_ensure(c, folder) || !lock_folder(c, folder)) return false;
  static const char *const suffixes[] = {"", "-wal", "-shm", ".key"};
  for (size_t i = 0; fresh && i < COUNT_OF(suffixes); i++)
    unlink(text_format(c->arena, "%s%s", path, suffixes[i]));
  c->db = db_create(text_format(c->arena, "sqlite:%s", path), c->arena, &c->error);
  return c->db != NULL && db_attach(c) && db_migrate(c);
}

static void say_doors(const Server *server, void *user) {
  (void)user;
  printf(_("Harbour Light Logistics is open: http://%s:%u\n\nBe one of its people:\n"),
         server->address, server->port);
  for (size_t i = 0; i < COUNT_OF(DOORS); i++)
    printf("  http://%s:%u/demo/%-10s %s\n", server->address, server->port, DOORS[i].who,
           DOORS[i].role);
  printf(_("\nStart your own: http://%s:%u/start\nCtrl-C ends it; what you change is kept "
           "(--fresh begins again).\n"),
         server->address, server->port);
  fflush(stdout);
}

static bool loopback(Context *c, const Server *server) {
  if (text_starts(server->address, "127.") || text_equal(server->address, "::1")) return true;
  return invalid(c, "listen",
                 _("The demo lets anybody in, so it listens on this machine alone: "
                   "127.0.0.1:PORT."));
}

static int run_demo(Invocation *in) {
  Context *c = invocation_context(in);
  const char *listen = option(in, "listen");
  int64_t org = 0;
  Server server = {0};
  if (!listen_parse(c, listen == NULL ? "127.0.0.1:8027" : listen, &server) ||
      !loopback(c, &server) || !open_database(c, folder_of(c, in), option_flag(in, "fresh")))
    return command_failed(in);
  if (!demo_exists(c, &org)) {
    printf(_("Building the demo organisation …\n"));
    fflush(stdout);
    const int language = language_in_use();
    language_use(0); // its people write English
    const bool built = context_ok(c) && demo_build(c);
    language_use(language);
    if (!built) return command_failed(in);
  }
  setenv("DAYBOOK_DEMO", "1", 1);
  const char *address = server.address;
  uint16_t port = server.port;
  if (!server_from_environment(c, &server)) return command_failed(in);
  server.address = address;
  server.port = port;
  if (option_flag(in, "build-only")) return 0;
  return serve_until_signal(c, &server, say_doors, NULL) ? 0 : command_failed(in);
}

// ---- the doors ----

void demo_door_handler(Request *r, const DemoDoorInput *in) {
  Context *c = &r->context;
  bool here = text_starts(r->client, "127.") || text_equal(r->client, "::1");
  SqlDemoAccountRow row;
  const char *secret = NULL;
  for (size_t i = 0; here && demo_is_on() && i < COUNT_OF(DOORS); i++) {
    if (!text_equal(in->who, DOORS[i].who) ||
        !sql_demo_account(c, (SqlDemoAccount){.email = DOORS[i].email, .slug = DEMO_ORG}, &row))
      continue;
    if (!demo_sign_in(c, row.id, r->agent, &secret)) return;
    request_cookie(r, session_cookie(c->arena, secret, r->https));
    request_redirect(r, "/o/%s/today", DEMO_ORG);
    return;
  }
  if (context_ok(c)) not_found(c, _("There is nobody here to be."));
}

static const Option OPTIONS[] = {
    {"listen", "ADDRESS:PORT", "where to listen, on this machine (127.0.0.1:8027)", false, false},
    {"folder", "FOLDER", "where the demo is kept (below XDG_DATA_HOME)", false, false},
    {"fresh", NULL, "throw the kept demo away and build it anew", false, false},
    {"build-only", NULL, "build it and end", false, false},
    {0},
};
static const Command DEMO = {
    .name = "demo",
    .summary = "Open a demo organisation in the middle of its first year",
    .arguments = "",
    .example = "daybook demo --listen 127.0.0.1:8027",
    .need = NEED_NOTHING,
    .options = OPTIONS,
    .run = run_demo,
};
const Command *const demo_commands[] = {&DEMO, NULL};
