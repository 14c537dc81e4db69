// SPDX-License-Identifier: Apache-2.0
#include "http/exchange.h"

#include "http/kept.h"

#include "base/language.h"
#include "db/db.h"
#include "db/foresee.h"
#include "http/once.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

const char *exchange_header(const Exchange *x, const char *name) {
  return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static const char *cookie(const Exchange *x, const char *name) {
  return MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, name);
}

Exchange *exchange_create(const Server *server, struct MHD_Connection *connection,
                          const char *target) {
  Context c = {0};
  context_init(&c, server->db);
  Exchange *x = arena_new(c.arena, Exchange);
  x->request.context = c;
  x->request.answer = &x->answer;
  x->request.session = &x->session;
  x->request.server = server;
  x->connection = connection;
  x->target = text_copy(c.arena, target);
  return x;
}

void exchange_drop_files(Exchange *x) {
  store_receive_drop(x->file);
  x->file = NULL;
  for (size_t i = 0; i < x->entered.files.count; i++) store_drop(&x->entered.files.items[i]);
  x->entered.files.count = x->entered.file_fields.count = 0;
}

void exchange_destroy(Exchange *x) {
  if (x == NULL) return;
  if (x->post != NULL) MHD_destroy_post_processor(x->post);
  exchange_drop_files(x);
  transaction_finish(&x->snapshot);
  if (x->attached) db_detach(&x->request.context);
  kept_release(x->kept);
  Context c = x->request.context;
  context_finish(&c);
}

// ---- who asks, and from where ----
static const char *peer(const Exchange *x) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  char *text = arena_alloc(x->request.context.arena, INET6_ADDRSTRLEN);
  if (info != NULL && info->client_addr->sa_family == AF_INET)
    inet_ntop(AF_INET, &((const struct sockaddr_in *)info->client_addr)->sin_addr, text,
              INET6_ADDRSTRLEN);
  if (info != NULL && info->client_addr->sa_family == AF_INET6)
    inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr, text,
              INET6_ADDRSTRLEN);
  return text[0] == '\0' ? "unknown" : text;
}

// The nearest proxy appends: what stands last is its own word.
static const char *client(const Exchange *x) {
  const char *forwarded = exchange_header(x, "X-Forwarded-For");
  if (!x->request.server->behind_proxy || forwarded == NULL) return peer(x);
  const char *last = strrchr(forwarded, ',');
  char *text = text_trim(x->request.context.arena, last == NULL ? forwarded : last + 1);
  return strlen(text) < INET6_ADDRSTRLEN ? text : peer(x);
}

static bool is_host(const char *host) {
  for (const char *c = host; *c != '\0'; c++)
    if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
          strchr(".-:[]", *c) != NULL))
      return false;
  return host[0] != '\0' && strlen(host) < 256;
}

static void describe_origin(Exchange *x) {
  Request *r = &x->request;
  const char *proto = exchange_header(x, "X-Forwarded-Proto");
  const char *public_url = r->server->public_url == NULL ? "" : r->server->public_url;
  r->https =
      (r->server->behind_proxy && text_equal(proto, "https")) || text_starts(public_url, "https:");
  const char *host = exchange_header(x, "Host");
  r->base_url = x->request.server->public_url;
  if (r->base_url == NULL)
    r->base_url = text_format(r->context.arena, "%s://%s", r->https ? "https" : "http",
                              host != NULL && is_host(host) ? host : "localhost");
  r->client = client(x);
  const char *agent = exchange_header(x, "User-Agent");
  if (agent != NULL && text_is_utf8(agent, strlen(agent)))
    r->agent = text_copy_n(r->context.arena, agent, strnlen(agent, 200));
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *read_flash(const Exchange *x) {
  const char *hex = cookie(x, "daybook-said");
  size_t length = hex == NULL ? 0 : strlen(hex);
  if (length == 0 || length % 2 != 0 || length > 2000) return NULL;
  char *text = arena_alloc(x->request.context.arena, length / 2 + 1);
  for (size_t i = 0; i < length / 2; i++) {
    int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return NULL;
    text[i] = (char)(high * 16 + low);
  }
  return text_is_utf8(text, length / 2) ? text : NULL;
}

static void speak(Request *r, int language) {
  r->language = language;
  language_use(language);
}

static void read_preferences(Exchange *x) {
  Request *r = &x->request;
  r->flash = strcmp(r->method, "GET") == 0 ? read_flash(x) : NULL;
  const char *theme = cookie(x, "daybook-theme");
  r->theme = text_equal(theme, "dark") ? "dark" : text_equal(theme, "light") ? "light" : NULL;
  speak(r, language_accepted(exchange_header(x, "Accept-Language")));
}

static bool find_session(Exchange *x) {
  Request *r = &x->request;
  const char *secret = cookie(x, r->https ? SESSION_COOKIE_SECURE : SESSION_COOKIE);
  const char *authorization = exchange_header(x, "Authorization");
  r->org_slug = entered_get(&x->entered, "org");
  SessionKey key = {secret, authorization, r->org_slug};
  if (secret == NULL && authorization == NULL) return true;
  if (!session_find(&r->context, &key, &x->session)) {
    if (r->context.error.kind == ERROR_DENIED) {
      x->answer.status = 401;
      request_header(r, "WWW-Authenticate", "Bearer");
    }
    return false;
  }
  r->account = x->session.account;
  r->csrf = x->session.csrf;
  const int own = language_find(x->session.language);
  if (own >= 0) speak(r, own);
  return true;
}

static bool ask_to_sign_in(Exchange *x) {
  Request *r = &x->request;
  if (r->format == FORMAT_JSON || strcmp(r->method, "GET") != 0) {
    x->answer.status = 401;
    return denied(&r->context, _("Sign in first."));
  }
  Text next;
  text_init(&next, r->context.arena);
  for (const char *c = x->target; *c != '\0'; c++) {
    bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
                 strchr("/-._~", *c) != NULL;
    text_add_format(&next, plain ? "%c" : "%%%02X", (unsigned char)*c);
  }
  request_redirect(r, "/sign-in?next=%s", next.data);
  return false;
}

static bool check_access(Exchange *x) {
  Request *r = &x->request;
  const Route *route = r->route;
  if (route->access == ACCESS_PUBLIC) return true;
  if (x->session.account == 0) return ask_to_sign_in(x);
  if (route->access == ACCESS_SIGNED_IN)
    return x->session.token == 0 ||
           denied(&r->context, _("An API token acts within its organisation; this belongs to a "
                                 "person's own sign-in."));
  // Whether an organisation does not exist or one is not in it: the same answer.
  if (x->session.org == 0) return not_found(&r->context, _("There is no such organisation."));
  if (permission_in(&x->session.may, route->permission)) return true;
  return denied(&r->context,
                _("Your role does not include this (%s). Your administrator can "
                  "change that."),
                permission_name(route->permission));
}

static bool safe_target(const char *target) {
  for (const char *c = target; *c != '\0'; c++) {
    if ((unsigned char)*c < 0x21 || *c == 0x7f || *c == '\\') return false;
    if (c[0] == '%' && c[1] == '0' && c[2] == '0') return false;
  }
  return strlen(target) <= 8000;
}

// A GET that tries a change out (route->trial) writes and takes it back.
static bool only_reads(const Route *route) {
  return strcmp(route->method, "GET") == 0 && !route->trial;
}

// With SQLite who asks and what the page shows are read at one moment. With PostgreSQL a
// transaction costs as much as a question: whether the page was made before is asked without one.
static bool one_snapshot(const Request *r, const Route *route) {
  return only_reads(route) && db_engine(r->context.db) == DB_SQLITE;
}

void exchange_read(Exchange *x) {
  Context *c = &x->request.context;
  if (!x->snapshot.open) return;
  transaction_finish(&x->snapshot);
  const Error said = c->error;
  c->error = (Error){0};
  session_seen(c, &x->session);
  c->error = said;
}

// What decides what is asked to find out who asks and whether their page was made before.
static uint64_t asker_key(const Exchange *x) {
  uint64_t key = foresee_key(0, exchange_header(x, "Cookie"));
  key = foresee_key(key, exchange_header(x, "Authorization"));
  key = foresee_key(key, x->request.route->kept ? "kept" : "");
  return foresee_key(key, entered_get(&x->entered, "org"));
}

static bool find_asker(Exchange *x) {
  Request *r = &x->request;
  const bool reads = one_snapshot(r, r->route);
  if (only_reads(r->route)) foresee_begin(&r->context, asker_key(x));
  if (reads) x->snapshot = transaction_begin_read(&r->context);
  if (!context_ok(&r->context) || !find_session(x)) return false;
  if (!reads) session_seen(&r->context, &x->session);
  return true;
}

bool exchange_admit(Exchange *x, const char *method, const char *path) {
  Request *r = &x->request;
  Context *c = &r->context;
  r->method = strcmp(method, "HEAD") == 0 ? "GET" : text_copy(c->arena, method);
  r->format = text_starts(path, "/api/v1/") ? FORMAT_JSON : FORMAT_HTML;
  c->channel = r->format == FORMAT_JSON ? "api" : "page";
  r->path = text_copy(c->arena, r->format == FORMAT_JSON ? path + 7 : path);
  describe_origin(x);
  read_preferences(x);
  if (!safe_target(x->target) || !text_is_utf8(path, strlen(path))) {
    x->answer.status = 400;
    return invalid(c, "path", _("The address holds bytes that no page has."));
  }
  Found found = route_find(c, method, r->path, &x->entered);
  if (!context_ok(c)) return false;
  if (found.route == NULL) {
    if (found.allow == NULL) return not_found(c, _("There is no page at %s."), r->path);
    x->answer.status = 405;
    request_header(r, "Allow", found.allow);
    return fail_with(c, ERROR_INVALID, "%s is not possible here; %s is.", method, found.allow);
  }
  r->route = found.route;
  if (!db_attach(c)) return false;
  x->attached = true;
  return find_asker(x) && check_access(x);
}

// ---- after the body ----
static bool same_origin(const Exchange *x) {
  const char *site = exchange_header(x, "Sec-Fetch-Site");
  if (site != NULL) return text_equal(site, "same-origin") || text_equal(site, "none");
  const char *origin = exchange_header(x, "Origin");
  return origin == NULL || text_equal(origin, x->request.base_url);
}

static bool check_csrf(Exchange *x) {
  Request *r = &x->request;
  if (strcmp(r->method, "GET") == 0 || x->session.token != 0) return true;
  if (!same_origin(x)) return denied(&r->context, _("This form came from another site."));
  if (!r->route->csrf || x->session.id == 0) return true;
  const char *given = exchange_header(x, "X-CSRF-Token");
  if (given == NULL) given = entered_get(&x->entered, "csrf");
  if (given != NULL && session_csrf_matches(&x->session, given)) return true;
  return denied(&r->context,
                _("This form is too old to be trusted. Reload the page and send it again."));
}

static enum MHD_Result on_argument(void *user, enum MHD_ValueKind kind, const char *name,
                                   size_t name_length, const char *value, size_t length) {
  (void)kind, (void)name_length;
  Exchange *x = user;
  return entered_add(&x->request.context, &x->entered, name, value == NULL ? "" : value,
                     value == NULL ? 0 : length)
             ? MHD_YES
             : MHD_NO;
}

// "7", a strong tag. The first version is 1: rules take 0 for "not compared".
static bool tag_version(const char *tag, int64_t *version) {
  const size_t length = strlen(tag);
  if (length < 3 || length > 20 || tag[0] != '"' || tag[length - 1] != '"') return false;
  char number[20] = {0};
  memcpy(number, tag + 1, length - 2);
  return text_to_int(number, version) && *version >= 1;
}

static bool compares_version(const Route *route) {
  for (size_t i = 0; i < route->field_count; i++)
    if (strcmp(route->fields[i].name, "version") == 0) return true;
  return false;
}

// If-Match: "7" is the version that the change was made against. Whoever sends it wants nothing
// changed that is not at that version; where it cannot be compared, nothing is changed either.
static bool read_if_match(Exchange *x) {
  Context *c = &x->request.context;
  const char *tag = exchange_header(x, "If-Match");
  const char *said = entered_get(&x->entered, "version");
  int64_t version, entered;
  if (tag == NULL || strcmp(tag, "*") == 0 || strcmp(x->request.method, "GET") == 0) return true;
  x->if_match = true;
  if (!compares_version(x->request.route))
    return conflict(c, _("This address compares no version. Send the change without If-Match."));
  if (!tag_version(tag, &version) ||
      (said != NULL && (!text_to_int(said, &entered) || entered != version)))
    return conflict(
        c, _("If-Match does not name the version this changes. Read it again, then repeat."));
  const char *number = text_format(c->arena, "%lld", (long long)version);
  return said != NULL || entered_add(c, &x->entered, "version", number, strlen(number));
}

static void run_foreseen(Exchange *x, const Route *route, const void *input) {
  Request *r = &x->request;
  Context *c = &r->context;
  const char *asked =
      text_format(c->arena, "%lld %lld %d", (long long)c->org, (long long)c->actor, (int)r->format);
  foresee_begin(c, foresee_key(foresee_key(0, asked), x->target));
  if (context_ok(c)) route->handler(r, input);
  foresee_end(c);
}

// What is public (a calendar, mostly) is asked for again and again while nothing changes: it begins
// a transaction by itself when it has something to make.
static void make_page(Exchange *x, const Route *route, const void *input) {
  if (!only_reads(route)) {
    route->handler(&x->request, input);
  } else if (route->access == ACCESS_PUBLIC) {
    run_foreseen(x, route, input);
  } else {
    READ_TRANSACTION(&x->request.context, snapshot);
    run_foreseen(x, route, input);
    transaction_commit(&snapshot);
  }
}

static void answer_or_keep(Exchange *x, const Route *route, const void *input) {
  Request *r = &x->request;
  const char *key = route == r->route ? kept_key(x) : NULL;
  if (!context_ok(&r->context) || (key != NULL && kept_answer(x, key))) return;
  make_page(x, route, input);
  if (key != NULL && context_ok(&r->context)) kept_keep(x, key);
}

static void run_handler(Exchange *x, const Route *route, Entered *entered) {
  Request *r = &x->request;
  Context *c = &r->context;
  void *input = arena_alloc(c->arena, route->input_size > 0 ? route->input_size : 1);
  if (!input_parse(c, route, entered, input)) return;
  if (one_snapshot(r, route)) { // once more for a form's page, shown again after a refused change
    READ_TRANSACTION(c, snapshot);
    if (context_ok(c)) answer_or_keep(x, route, input);
  } else {
    answer_or_keep(x, route, input);
  }
  if (context_ok(c) && x->answer.status == 0) failure(c, "%s answered nothing", route->name);
}

// The page a refused form came from, if it is one of ours and in the same organisation.
static const char *origin_path(const Exchange *x) {
  const Request *r = &x->request;
  const char *said = entered_get(&x->entered, "came_from"); // a form shown again before
  if (said != NULL && said[0] == '/' && said[1] != '/') return said;
  const char *referer = exchange_header(x, "Referer");
  const size_t base = strlen(r->base_url);
  bool own = referer != NULL && strncmp(referer, r->base_url, base) == 0 && referer[base] == '/' &&
             text_is_utf8(referer, strlen(referer));
  return own ? referer + base : NULL;
}

// What the page itself was asked with: "key=audit.quarterly&sort=due".
static void add_query(Context *c, Entered *entered, char *query) {
  char *rest = query;
  for (char *pair; (pair = strsep(&rest, "&")) != NULL;) {
    char *value = strchr(pair, '=');
    if (value == NULL) continue;
    *value++ = '\0';
    for (char *plus = value; (plus = strchr(plus, '+')) != NULL;) *plus = ' ';
    MHD_http_unescape(pair);
    size_t length = MHD_http_unescape(value);
    entered_add(c, entered, pair, value, length);
  }
}

static const Route *origin_page(Exchange *x, Entered *entered) {
  Request *r = &x->request;
  const char *origin = origin_path(x);
  if (origin == NULL) return NULL;
  char *path = text_copy(r->context.arena, origin);
  path[strcspn(path, "#")] = '\0';
  r->came_from = text_copy(r->context.arena, path);
  char *query = strchr(path, '?');
  if (query != NULL) {
    *query = '\0';
    add_query(&r->context, entered, query + 1);
  }
  Found found = route_find(&r->context, "GET", path, entered);
  const char *org = entered_get(entered, "org");
  if (found.route == NULL || (org != NULL && !text_equal(org, r->org_slug))) return NULL;
  return found.route;
}

static bool may_see(const Exchange *x, const Route *page) {
  if (page->access == ACCESS_MEMBER) return permission_in(&x->session.may, page->permission);
  return page->access == ACCESS_PUBLIC || x->session.id != 0;
}

static bool show_form_again(Exchange *x) {
  Request *r = &x->request;
  Context *c = &r->context;
  ErrorKind kind = c->error.kind;
  if (r->format != FORMAT_HTML || strcmp(r->method, "GET") == 0 ||
      (kind != ERROR_INVALID && kind != ERROR_CONFLICT))
    return false;
  Error *problem = arena_new(c->arena, Error);
  *problem = c->error;
  int status = error_status(c);
  Entered again = {0};
  c->error = (Error){0};
  const Route *page = origin_page(x, &again);
  bool may = page != NULL && may_see(x, page);
  if (may && context_ok(c)) {
    r->entered = &x->entered;
    r->problem = problem;
    run_handler(x, page, &again);
  }
  bool shown = may && context_ok(c) && x->answer.status == 200;
  c->error = *problem;
  if (shown) x->answer.status = status;
  return shown;
}

static void run_route(Exchange *x) {
  run_handler(x, x->request.route, &x->entered);
}

static void change_or_show(Exchange *x) {
  const char *key = once_key(x);
  if (key != NULL)
    once_run(x, key, run_route);
  else
    run_route(x);
}

void exchange_handle(Exchange *x) {
  Request *r = &x->request;
  Context *c = &r->context;
  MHD_get_connection_values_n(x->connection, MHD_GET_ARGUMENT_KIND, on_argument, x);
  if (context_ok(c) && check_csrf(x) && read_if_match(x)) change_or_show(x);
  if (context_ok(c)) return;
  x->answer.status = x->if_match && c->error.kind == ERROR_CONFLICT ? 412 : 0;
  if (!show_form_again(x)) request_problem(r);
}
