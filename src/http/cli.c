// SPDX-License-Identifier: Apache-2.0
// daybook serve
#include "base/shelf.h"
#include "http/serve.h"

#include "cli/command.h"
#include "db/db.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool listen_parse(Context *c, const char *listen, Server *server) {
  char *text = text_copy(c->arena, listen);
  char *colon = strrchr(text, ':');
  int64_t port = 0;
  if (colon == NULL || !text_to_int(colon + 1, &port) || port < 0 || port > 65535)
    return invalid(c, "listen", _("ADDRESS:PORT is expected, such as 127.0.0.1:8027."));
  *colon = '\0';
  server->address = text_equal(text, "localhost") || text[0] == '\0' ? "127.0.0.1" : text;
  server->port = (uint16_t)port;
  return true;
}

static void block_signals(sigset_t *set) {
  sigemptyset(set);
  sigaddset(set, SIGINT);
  sigaddset(set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, set, NULL);
  signal(SIGPIPE, SIG_IGN);
}

bool serve_until_signal(Context *c, Server *server, void (*ready)(const Server *, void *),
                        void *user) {
  sigset_t signals;
  block_signals(&signals); // before the threads, which inherit the mask
  if (!server_start(c, server)) return false;
  void *background = server_background.start(c->db);
  ready(server, user);
  int got = 0;
  sigwait(&signals, &got);
  log_line(LOG_LEVEL_INFO, "stopping", "signal=%d", got);
  server_background.stop(background);
  server_stop(server);
  return true;
}

static void say_ready(const Server *server, void *user) {
  (void)user;
  printf(_("Daybook listens on http://%s:%u\n"), server->address, server->port);
  fflush(stdout);
}

static int run_serve(Invocation *in) {
  Context *c = invocation_context(in);
  Server server;
  const char *listen = option(in, "listen");
  if (!server_from_environment(c, &server) ||
      !listen_parse(c, listen == NULL ? "127.0.0.1:8027" : listen, &server) ||
      !serve_until_signal(c, &server, say_ready, NULL))
    return command_failed(in);
  return 0;
}

bool server_from_environment(Context *c, Server *server) {
  *server = (Server){.db = c->db, .upload_max = INT64_C(4) << 30};
  server->public_url = getenv("DAYBOOK_URL");
  server->behind_proxy = text_equal(getenv("DAYBOOK_PROXY"), "1");
  const char *keep = getenv("DAYBOOK_KEEP");
  server->afresh = text_equal(keep, "0") || text_equal(keep, "rows");
  if (!text_equal(keep, "0")) shelf_open();
  const char *most = getenv("DAYBOOK_UPLOAD_MAX");
  if (most != NULL && (!text_to_int(most, &server->upload_max) || server->upload_max < 1))
    return invalid(c, "DAYBOOK_UPLOAD_MAX", "A number of bytes from 1 is expected.");
  return true;
}

static int run_openapi(Invocation *in) {
  (void)in;
  fwrite(OPENAPI_JSON, 1, OPENAPI_JSON_LENGTH, stdout);
  putchar('\n');
  return 0;
}

static const Option NO_OPTIONS[] = {{0}};
static const Option SERVE_OPTIONS[] = {
    {"listen", "ADDRESS:PORT", "where to listen (127.0.0.1:8027)", false, false},
    {0},
};
static const Command SERVE = {"serve",
                              "Serve the pages and the HTTP API",
                              "",
                              "daybook serve --listen 127.0.0.1:8027",
                              NEED_DATABASE,
                              SERVE_OPTIONS,
                              0,
                              0,
                              run_serve};
static const Command OPENAPI = {"openapi",
                                "Print the description of the HTTP API (OpenAPI 3.1)",
                                "",
                                "daybook openapi > openapi.json",
                                NEED_NOTHING,
                                NO_OPTIONS,
                                0,
                                0,
                                run_openapi};
extern const Command *const http_commands[];
const Command *const http_commands[] = {&SERVE, &OPENAPI, NULL};
