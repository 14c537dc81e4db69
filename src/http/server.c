// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include "base/language.h"
#include "db/db.h"
#include "http/changes.h"
#include "http/costly.h"
#include "http/door.h"
#include "http/exchange.h"
#include "http/patience.h"

#include <arpa/inet.h>
#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  IDLE_SECONDS = 30,            // between two bytes of a slow client
  CONNECTION_MEMORY = 32 << 10, // headers above this get a 431
  CONNECTIONS_MAX = 2000,
  THREADS_MAX = 32,
  KEPT_FOR_THE_NEXT = 1 << 20, // of each thread
  ANSWERS_AT_ONCE = 16,
};

bool server_is_demo(const Request *r) {
  return r->server->demo;
}

static void *on_target(void *server, const char *target, struct MHD_Connection *connection) {
  return exchange_create(server, connection, target);
}

static struct Visitor *visitor_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

// While there is always somebody else to answer, a thread would keep its processor until the
// kernel's clock ticks, 4 ms later, and whoever waits for it would wait ten times as long as usual.
static void give_way(void) {
  static _Thread_local unsigned answered;
  if (++answered % ANSWERS_AT_ONCE == 0) sched_yield();
}

static void on_done(void *server, struct MHD_Connection *connection, void **exchange,
                    enum MHD_RequestTerminationCode why) {
  (void)server, (void)why;
  patience_waits(visitor_of(connection));
  exchange_destroy(*exchange);
  *exchange = NULL;
  give_way();
}

static void on_connection(void *server, struct MHD_Connection *connection, void **visitor,
                          enum MHD_ConnectionNotificationCode what) {
  (void)server;
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    patience_part(*visitor);
    *visitor = NULL;
    return;
  }
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  *visitor = info == NULL ? NULL : patience_meet(info->connect_fd);
}

static bool accepts(const Exchange *x, const char *coding) {
  const char *accepted = exchange_header(x, "Accept-Encoding");
  return accepted != NULL && strstr(accepted, coding) != NULL;
}

static enum MHD_Result send_asset(Exchange *x, const Asset *asset) {
  Answer *answer = &x->answer;
  *answer = (Answer){.status = 200,
                     .media_type = asset->media_type,
                     .etag = asset->etag,
                     .fixed = asset->plain,
                     .fixed_length = asset->plain_length,
                     .cacheable = true};
  if (asset->brotli != NULL && accepts(x, "br")) {
    answer->fixed = asset->brotli;
    answer->fixed_length = asset->brotli_length;
    request_header(&x->request, "Content-Encoding", "br");
  } else if (asset->gzip != NULL && accepts(x, "gzip")) {
    answer->fixed = asset->gzip;
    answer->fixed_length = asset->gzip_length;
    request_header(&x->request, "Content-Encoding", "gzip");
  }
  if (asset->gzip != NULL) request_header(&x->request, "Vary", "Accept-Encoding");
  return exchange_send(x);
}

static enum MHD_Result send_health(Exchange *x) {
  Context *c = &x->request.context;
  x->attached = db_attach(c);
  bool well = x->attached && db_check_version(c);
  text_add(request_answer(&x->request, well ? 200 : 503, "application/json"),
           well ? "{\"status\":\"ok\"}" : "{\"status\":\"database unavailable\"}");
  return exchange_send(x);
}

// What needs neither session nor database. False: not one of these.
static bool send_fixed(Exchange *x, const char *method, const char *path, enum MHD_Result *result) {
  if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return false;
  const Asset *asset = text_starts(path, "/static/") ? asset_find(path) : NULL;
  if (asset != NULL) {
    *result = send_asset(x, asset);
  } else if (strcmp(path, "/healthz") == 0) {
    *result = send_health(x);
  } else if (strcmp(path, "/api/v1/openapi.json") == 0) {
    request_answer(&x->request, 200, "application/json");
    x->answer.fixed = (const uint8_t *)OPENAPI_JSON;
    x->answer.fixed_length = OPENAPI_JSON_LENGTH;
    *result = exchange_send(x);
  } else {
    return false;
  }
  return true;
}

static bool has_body(const char *method) {
  return strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
}

static enum MHD_Result refuse(Exchange *x) {
  if (!context_ok(&x->request.context)) request_problem(&x->request);
  return exchange_send(x);
}

static enum MHD_Result first_call(Exchange *x, const char *method, const char *path) {
  // Without a body the answer waits for the next call: answering now would close the connection.
  if (!has_body(method)) return MHD_YES;
  if (!exchange_admit(x, method, path)) return refuse(x);
  return body_begin(x) ? MHD_YES : refuse(x);
}

static enum MHD_Result handle(Exchange *x) {
  if (x->request.route->costly) return costly_take(x) ? MHD_YES : refuse(x);
  if (strcmp(x->request.method, "GET") != 0 && changes_take(x)) return MHD_YES;
  exchange_handle(x);
  return exchange_send(x);
}

static enum MHD_Result without_body(Exchange *x, const char *method, const char *path) {
  enum MHD_Result result;
  if (send_fixed(x, method, path, &result)) return result;
  return exchange_admit(x, method, path) ? handle(x) : refuse(x);
}

static enum MHD_Result on_request(void *server, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *data_size, void **exchange) {
  (void)server, (void)connection, (void)version;
  Exchange *x = *exchange;
  if (x == NULL) return MHD_NO;
  language_use(x->request.language);
  if (!x->begun) {
    x->begun = true;
    x->visitor = visitor_of(connection);
    patience_reads(x->visitor, 0);
    return first_call(x, method, path);
  }
  if (*data_size > 0) {
    // After a refusal the rest is read and thrown away, so that the client hears why; what came
    // before it takes no room meanwhile.
    if (!x->sent && context_ok(&x->request.context) && !body_add(x, data, *data_size))
      exchange_drop_files(x);
    patience_reads(x->visitor, (int64_t)*data_size);
    *data_size = 0;
    return MHD_YES;
  }
  patience_serves(x->visitor);
  if (x->sent) return MHD_YES;
  if (x->worked) return exchange_send(x);
  if (!has_body(method)) return without_body(x, method, path);
  return context_ok(&x->request.context) && body_end(x) ? handle(x) : refuse(x);
}

static unsigned int thread_count(void) {
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  if (cores < 2) return 2;
  return cores > THREADS_MAX ? THREADS_MAX : (unsigned int)cores;
}

static void on_panic(void *user, const char *file, unsigned int line, const char *reason) {
  (void)user;
  log_line(LOG_LEVEL_ERROR, "http_panic", "file=%s line=%u reason=\"%s\"", file, line,
           reason == NULL ? "" : reason);
  abort();
}

// What a request took is given back to the system and fetched again by the next, unless malloc is
// told to keep a little.
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
  mallopt(M_TRIM_THRESHOLD, KEPT_FOR_THE_NEXT);
  mallopt(M_MMAP_THRESHOLD, KEPT_FOR_THE_NEXT);
#endif
}

static struct MHD_Daemon *start_threads(Server *server) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET |
          MHD_USE_ITC,
      0, NULL, NULL, on_request, server, MHD_OPTION_THREAD_POOL_SIZE, thread_count(),
      MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_NOTIFY_COMPLETED, on_done, server,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned int)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned int)CONNECTIONS_MAX, MHD_OPTION_END);
}

static bool begin_to_serve(Server *server) {
  if (!door_listen(server)) return false;
  server->daemon = start_threads(server);
  if (server->daemon == NULL) return false;
  if (!patience_begin()) log_line(LOG_LEVEL_WARN, "no_watch", "slow clients are not timed");
  return door_open(server->daemon);
}

bool server_start(Context *c, Server *server) {
  struct in_addr address;
  if (inet_pton(AF_INET, server->address, &address) != 1)
    return invalid(c, "listen", _("\"%s\" is not an IPv4 address."), server->address);
  route_table_prepare();
  keep_memory();
  costly_begin();
  changes_begin();
  MHD_set_panic_func(on_panic, NULL);
  if (begin_to_serve(server)) return true;
  fail_with(c, ERROR_INVALID, _("Cannot listen on %s:%u: %s."), server->address, server->port,
            strerror(errno));
  door_close();
  return false;
}

void server_stop(Server *server) {
  if (server == NULL || server->daemon == NULL) return;
  door_close();
  costly_end();
  changes_end();
  MHD_stop_daemon(server->daemon);
  patience_end();
  server->daemon = NULL;
}
