// SPDX-License-Identifier: Apache-2.0
#include "mail/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PASSWORD = 1024 };

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static const char *percent_decoded(Context *c, const char *text, size_t length) {
  Text out;
  text_init(&out, c->arena);
  for (size_t i = 0; i < length; i++) {
    bool coded = text[i] == '%' && i + 2 < length && hex_value(text[i + 1]) >= 0 &&
                 hex_value(text[i + 2]) >= 0;
    text_add_char(&out,
                  coded ? (char)(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i]);
    if (coded) i += 2;
  }
  return out.data == NULL ? "" : out.data;
}

static bool is_this_machine(const char *host) {
  return text_equal(host, "localhost") || text_equal(host, "[::1]") || text_starts(host, "127.");
}

static bool read_password(Context *c, const char *variable, const char **out) {
  const char *name = text_format(c->arena, "%s_PASSWORD_FILE", variable);
  const char *path = getenv(name);
  *out = "";
  if (text_is_empty(path)) return true;
  char bytes[LONGEST_PASSWORD + 1];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
  int why = errno;
  if (fd >= 0) close(fd);
  if (got < 0 || (size_t)got > LONGEST_PASSWORD)
    return invalid(c, name, _("The password file %s cannot be read: %s."), path,
                   got < 0 ? strerror(why) : _("it is too long"));
  while (got > 0 && (bytes[got - 1] == '\n' || bytes[got - 1] == '\r')) got--;
  *out = text_copy_n(c->arena, bytes, (size_t)got);
  return true;
}

bool mail_server_read(Context *c, const char *variable, MailServer *out) {
  const char *given = getenv(variable);
  *out = (MailServer){.ca = "", .user = "", .password = ""};
  if (text_is_empty(given)) return true;
  bool web = text_equal(variable, "DAYBOOK_CALDAV");
  const char *scheme = web ? "http" : text_equal(variable, "DAYBOOK_SMTP") ? "smtp" : "imap";
  const char *rest = strstr(given, "://");
  size_t length = rest == NULL ? 0 : (size_t)(rest - given);
  bool known = length >= 4 && length <= 5 && strncmp(given, scheme, 4) == 0 &&
               (length == 4 || given[4] == 's');
  if (!known)
    return invalid(c, variable, _("%s is expected as %s://user@host:port or %ss://…."), variable,
                   scheme, scheme);
  rest += 3;
  const char *at = memrchr(rest, '@', strcspn(rest, "/"));
  if (at != NULL) out->user = percent_decoded(c, rest, (size_t)(at - rest));
  const char *place = at == NULL ? rest : at + 1;
  size_t host = place[0] == '[' ? strcspn(place, "]") + 1 : strcspn(place, ":/");
  out->host = text_copy_n(c->arena, place, host);
  const char *port = text_copy_n(c->arena, place + host, strcspn(place + host, "/"));
  if (text_is_empty(out->host)) return invalid(c, variable, _("%s names no host."), variable);
  const char *path = web ? place + host + strlen(port) : "/";
  bool slash = path[0] != '\0' && path[strlen(path) - 1] == '/';
  out->url = text_format(c->arena, "%.*s://%s%s%s%s", (int)length, given, out->host, port, path,
                         slash ? "" : "/");
  out->plain = length == 4 && is_this_machine(out->host) &&
               !text_equal(getenv("DAYBOOK_MAIL_TLS"), "required");
  if (web && length == 4 && !out->plain)
    return invalid(c, variable, _("A password goes to another machine by https:// only."));
  const char *ca = getenv("DAYBOOK_MAIL_CA");
  if (ca != NULL) out->ca = ca;
  out->set = true;
  return read_password(c, variable, &out->password);
}

const char *mail_server_line(Context *c, const MailServer *server, int timeout_seconds) {
  json_t *line = json_pack("{s:s,s:s,s:s,s:s,s:b,s:i}", "url", server->url, "user", server->user,
                           "password", server->password, "ca", server->ca, "plain", server->plain,
                           "timeout", timeout_seconds);
  char *text = line == NULL ? NULL : json_dumps(line, JSON_COMPACT);
  const char *out = text_copy(c->arena, text == NULL ? "{}" : text);
  free(text);
  json_decref(line);
  return out;
}
