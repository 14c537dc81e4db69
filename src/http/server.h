// SPDX-License-Identifier: Apache-2.0
// The server: libmicrohttpd, epoll, one thread a core. See docs/architecture.md.
#ifndef DAYBOOK_SERVER_H
#define DAYBOOK_SERVER_H

#include "http/route.h"

typedef struct Server {
  struct Db *db;
  const char *address;    // "127.0.0.1"
  uint16_t port;          // 0: any free one; filled in by server_start
  const char *public_url; // DAYBOOK_URL: links that leave the page; NULL = from the Host header
  bool behind_proxy;      // DAYBOOK_PROXY=1: trust X-Forwarded-For and -Proto
  bool demo;              // one-click people are offered
  bool afresh;        // DAYBOOK_KEEP=0 or rows: no page is found kept: each is made, and kept, anew
  int64_t upload_max; // bytes a file may have
  struct MHD_Daemon *daemon;
} Server;

bool server_start(Context *c, Server *server); // false with c->error, e.g. the port is taken
void server_stop(Server *server);              // answers what is under way, then ends; NULL-safe
bool server_is_demo(const Request *r);

// The route of a method and path. *others: bit set of what the path answers to when the method is
// wrong ("Allow"). Path parameters are added to `entered`.
typedef struct Found {
  const Route *route;
  const char *allow; // NULL, or "GET, POST" when the method is wrong
} Found;
Found route_find(Context *c, const char *method, const char *path, struct Entered *entered);
void route_table_prepare(void); // once, before threads
const Asset *asset_find(const char *path);

#endif
