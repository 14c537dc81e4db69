// SPDX-License-Identifier: Apache-2.0
#include "worker/imap_wire.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { ANSWER_MS = 60000, GOODBYE_MS = 500 };

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Printable ASCII: what a server says is a stranger's text.
static bool lost(Wire *wire, const char *words) {
  size_t n = 0;
  for (; words[n] != '\0' && n + 1 < sizeof wire->words; n++)
    wire->words[n] = words[n] < 0x20 || words[n] > 0x7E ? '?' : words[n];
  wire->words[n] = '\0';
  wire->open = wire->in_mailbox = wire->idling = false;
  return false;
}

// ---- bytes ----

static bool ready(const Wire *wire, short what, int milliseconds) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  wire->remote.curl->curl_easy_getinfo(wire->remote.handle, CURLINFO_ACTIVESOCKET, &socket);
  struct pollfd one = {socket, what, 0};
  return socket != CURL_SOCKET_BAD && poll(&one, 1, milliseconds) > 0;
}

static bool send_all(Wire *wire, const char *bytes, size_t length) {
  while (length > 0) {
    size_t sent = 0;
    CURLcode code = wire->remote.curl->curl_easy_send(wire->remote.handle, bytes, length, &sent);
    if (code == CURLE_AGAIN && ready(wire, POLLOUT, ANSWER_MS)) continue;
    if (code != CURLE_OK) return lost(wire, "The connection to the mailbox was lost.");
    bytes += sent;
    length -= sent;
  }
  return true;
}

// 1: there is something, 0: not within the time, -1: the connection is gone.
static int fill(Wire *wire, int milliseconds) {
  if (wire->from < wire->until) return 1;
  wire->from = wire->until = 0;
  for (int64_t end = now_ms() + milliseconds;;) {
    size_t got = 0;
    CURLcode code = wire->remote.curl->curl_easy_recv(wire->remote.handle, wire->buffer,
                                                      sizeof wire->buffer, &got);
    wire->until = code == CURLE_OK ? got : 0;
    if (code == CURLE_OK && got > 0) return 1;
    if (code != CURLE_AGAIN) break;
    int64_t left = end - now_ms();
    if (left <= 0 || !ready(wire, POLLIN, (int)left)) return 0;
  }
  lost(wire, "The server closed the connection to the mailbox.");
  return -1;
}

static bool must_fill(Wire *wire) {
  int got = fill(wire, ANSWER_MS);
  return got > 0 || (got == 0 && lost(wire, "The server of the mailbox did not answer in time."));
}

static bool read_line(Wire *wire, Text *line) {
  for (;;) {
    if (!must_fill(wire)) return false;
    const char *start = wire->buffer + wire->from;
    const char *end = memchr(start, '\n', wire->until - wire->from);
    size_t part = end == NULL ? wire->until - wire->from : (size_t)(end - start);
    text_add_n(line, start, part);
    wire->from += part + (end != NULL);
    if (line->length > WIRE_MOST_LINE) return lost(wire, "The server said more than it may.");
    if (end != NULL) return true;
  }
}

// What is beyond the most is read and dropped.
static bool read_literal(Wire *wire, size_t length, Text *out) {
  while (length > 0) {
    if (!must_fill(wire)) return false;
    size_t held = wire->until - wire->from, part = held < length ? held : length;
    if (out->length + part <= WIRE_MOST_LITERAL) text_add_n(out, wire->buffer + wire->from, part);
    wire->from += part;
    length -= part;
  }
  return true;
}

// ---- answers ----

// "{123}" at the end of a line announces so many bytes; -1: it does not.
static int64_t announced(const Text *line) {
  const char *open = line->length == 0 ? NULL : memrchr(line->data, '{', line->length);
  char *end;
  if (open == NULL) return -1;
  long long length = strtoll(open + 1, &end, 10);
  return end > open + 1 && end[0] == '}' && end[1] == '\0' && length >= 0 ? length : -1;
}

static void add_without_strings(Text *to, const char *line) {
  bool inside = false;
  for (const char *p = line; *p != '\0' && *p != '\r'; p++) {
    if (inside && *p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '"')
      inside = !inside;
    else if (!inside)
      text_add_char(to, *p);
  }
}

// One whole answer: lines, and the literals between them.
static bool read_answer(Wire *wire, Text *line, Text *literal) {
  text_init(literal, wire->arena);
  text_init(line, wire->arena);
  for (;;) {
    Text part;
    text_init(&part, wire->arena);
    if (!read_line(wire, &part)) return false;
    if (part.length > 0 && part.data[part.length - 1] == '\r') part.data[--part.length] = '\0';
    int64_t length = announced(&part);
    add_without_strings(line, part.data == NULL ? "" : part.data);
    if (length < 0) return true;
    if (line->length > WIRE_MOST_LINE) return lost(wire, "The server said more than it may.");
    literal->length = 0; // the last one counts
    if (!read_literal(wire, (size_t)length, literal)) return false;
  }
}

static void note(Wire *wire, const char *line) {
  const char *at = strcasestr(line, "[UIDVALIDITY ");
  if (at != NULL) wire->validity = strtoll(at + strlen("[UIDVALIDITY "), NULL, 10);
  if (strncasecmp(line, "* CAPABILITY", 12) == 0) {
    wire->can_idle = strcasestr(line, " IDLE") != NULL;
    wire->can_expunge_uids = strcasestr(line, " UIDPLUS") != NULL;
    wire->can_quota = strcasestr(line, " QUOTA") != NULL;
  }
  const char *last = strrchr(line, ' ');
  if (line[0] == '*' && last != NULL && strcasecmp(last + 1, "EXISTS") == 0) wire->news = true;
}

static bool tagged(Wire *wire, const char *rest) {
  if (strncasecmp(rest, "OK", 2) == 0) return true;
  snprintf(wire->words, sizeof wire->words, "%s", rest);
  for (char *p = wire->words; *p != '\0'; p++)
    if (*p < 0x20 || *p > 0x7E) *p = '?';
  return false;
}

static bool hear(Wire *wire, WireHeard heard, void *user) {
  char tag[16];
  snprintf(tag, sizeof tag, "D%u ", wire->number);
  Arena *whole = wire->arena, *one = arena_create();
  wire->arena = one;
  bool done = false;
  for (;; arena_reset(one)) {
    Text line, literal;
    if (!read_answer(wire, &line, &literal)) break;
    const char *words = line.data == NULL ? "" : line.data;
    note(wire, words);
    if (strncasecmp(words, "* BYE", 5) == 0) lost(wire, words + 2);
    if (strncmp(words, tag, strlen(tag)) == 0) {
      done = tagged(wire, words + strlen(tag));
      break;
    }
    Said said = {words, literal.data == NULL ? "" : literal.data, literal.length};
    if (heard != NULL && words[0] == '*') heard(user, &said);
  }
  wire->arena = whole;
  arena_destroy(one);
  return done;
}

// ---- waiting ----

static bool say(Wire *wire, const char *command) {
  wire->number++;
  const char *line = text_format(wire->arena, "D%u %s\r\n", wire->number, command);
  return send_all(wire, line, strlen(line));
}

static bool end_idle(Wire *wire) {
  if (!wire->idling) return true;
  wire->idling = false;
  return send_all(wire, "DONE\r\n", 6) && hear(wire, NULL, NULL);
}

static bool begin_idle(Wire *wire) {
  Text line;
  text_init(&line, wire->arena);
  if (wire->idling) return true;
  if (!say(wire, "IDLE")) return false;
  do {
    line.length = 0;
    if (!read_line(wire, &line)) return false;
    note(wire, text_format(wire->arena, "%.*s", (int)strcspn(line.data, "\r"), line.data));
  } while (line.data[0] == '*');
  wire->idling = line.data[0] == '+';
  if (!wire->idling) wire->can_idle = false; // refused: never again
  return true;
}

bool wire_wait(Wire *wire, int milliseconds) {
  if (!wire->open || wire->news) return true;
  if (!begin_idle(wire)) return true;
  for (int64_t end = now_ms() + milliseconds; wire->idling && !wire->news;) {
    int64_t left = end - now_ms();
    int got = left <= 0 ? 0 : fill(wire, (int)left);
    if (got <= 0) return got < 0;
    Text line;
    text_init(&line, wire->arena);
    if (!read_line(wire, &line)) return true;
    note(wire, text_format(wire->arena, "%.*s", (int)strcspn(line.data, "\r"), line.data));
  }
  return wire->news || !wire->open;
}

// ---- the connection ----

bool wire_command(Wire *wire, const char *command, WireHeard heard, void *user) {
  return wire->open && end_idle(wire) && say(wire, command) && hear(wire, heard, user);
}

bool wire_open(Wire *wire) {
  Remote *remote = &wire->remote;
  const Curl *curl = remote->curl;
  if (wire->open) return true;
  if (remote->handle != NULL) curl->curl_easy_cleanup(remote->handle);
  remote->handle = curl->curl_easy_init();
  wire->from = wire->until = 0;
  wire->words[0] = '\0';
  if (remote->handle == NULL) return false;
  remote_prepare(remote);
  curl->curl_easy_setopt(remote->handle, CURLOPT_CONNECT_ONLY, 1L);
  CURLcode code = curl->curl_easy_perform(remote->handle);
  if (code != CURLE_OK) {
    bool of_server = remote->words[0] != '\0' && code == CURLE_LOGIN_DENIED;
    return lost(wire, of_server ? remote->words : curl->curl_easy_strerror(code));
  }
  wire->open = wire->news = true;
  wire->in_mailbox = wire_command(wire, "CAPABILITY", NULL, NULL) &&
                     wire_command(wire, "SELECT INBOX", NULL, NULL);
  if (!wire->in_mailbox) wire->open = false;
  return wire->in_mailbox;
}

void wire_close(Wire *wire) {
  if (wire->open && !wire->idling && say(wire, "LOGOUT")) ready(wire, POLLIN, GOODBYE_MS);
  wire->open = false;
  if (wire->remote.handle != NULL) wire->remote.curl->curl_easy_cleanup(wire->remote.handle);
  wire->remote.handle = NULL;
}
