// SPDX-License-Identifier: Apache-2.0
// Running the server from a command: serve, and the demo.
#ifndef DAYBOOK_SERVE_H
#define DAYBOOK_SERVE_H

#include "http/server.h"

// DAYBOOK_URL, DAYBOOK_PROXY, DAYBOOK_UPLOAD_MAX; the rest zero.
bool server_from_environment(Context *c, Server *server);
bool listen_parse(Context *c, const char *listen, Server *server); // "127.0.0.1:8027"
// What runs beside the server, on threads of its own (the jobs; defined in src/cli/jobs.c).
typedef struct Background {
  void *(*start)(struct Db *db);
  void (*stop)(void *started);
} Background;
extern const Background server_background;

// Serves until SIGINT or SIGTERM. `ready` is called once the port is open.
bool serve_until_signal(Context *c, Server *server, void (*ready)(const Server *, void *),
                        void *user);

#endif
