// SPDX-License-Identifier: Apache-2.0
#include "worker/talk.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "worker/process.h"

enum { SAY_MS = 60000, MOST_LINE = 4 << 20 };

struct WorkerTalk {
  int fd;
  pid_t pid;
  char held[65536]; // what was received beyond the last line
  size_t from, until;
};

WorkerTalk *worker_talk_begin(Context *c, const char *task) {
  static const char *const none[] = {NULL};
  int pair[2];
  if (!context_ok(c)) return NULL;
  WorkerTalk *talk = calloc(1, sizeof *talk);
  if (talk == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    free(talk);
    unavailable(c, "socketpair: %s", strerror(errno));
    return NULL;
  }
  bool started = worker_spawn(c, task, none, pair[1], &talk->pid);
  close(pair[1]);
  talk->fd = pair[0];
  if (started) return talk;
  close(pair[0]);
  free(talk);
  return NULL;
}

void worker_talk_end(WorkerTalk *talk) {
  if (talk == NULL) return;
  close(talk->fd);
  worker_reap(talk->pid, true);
  free(talk);
}

static bool wait_for(int fd, short what, int timeout_ms) {
  struct pollfd one = {fd, what, 0};
  for (;;) {
    int ready = poll(&one, 1, timeout_ms);
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

static bool send_all(WorkerTalk *talk, const char *bytes, size_t length) {
  while (length > 0) {
    if (!wait_for(talk->fd, POLLOUT, SAY_MS)) return false;
    ssize_t sent = send(talk->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent <= 0) continue;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

bool worker_talk_say(WorkerTalk *talk, const char *line, const char *bytes, size_t length) {
  return send_all(talk, line, strlen(line)) && send_all(talk, "\n", 1) &&
         send_all(talk, bytes, length);
}

static bool fill(WorkerTalk *talk, int timeout_ms) {
  if (!wait_for(talk->fd, POLLIN, timeout_ms)) return false;
  ssize_t got = recv(talk->fd, talk->held, sizeof talk->held, 0);
  talk->from = 0;
  talk->until = got > 0 ? (size_t)got : 0;
  return got > 0;
}

bool worker_talk_hear(WorkerTalk *talk, int timeout_ms, Text *line) {
  for (;;) {
    const char *start = talk->held + talk->from;
    size_t held = talk->until - talk->from;
    const char *end = held == 0 ? NULL : memchr(start, '\n', held);
    size_t part = end == NULL ? held : (size_t)(end - start);
    text_add_n(line, start, part);
    talk->from += part + (end != NULL);
    if (end != NULL) return true;
    if (line->length > MOST_LINE || !fill(talk, timeout_ms)) return false;
  }
}

bool worker_talk_take(WorkerTalk *talk, int timeout_ms, size_t length, Text *bytes) {
  while (length > 0) {
    size_t held = talk->until - talk->from, part = held < length ? held : length;
    text_add_n(bytes, talk->held + talk->from, part);
    talk->from += part;
    length -= part;
    if (length > 0 && talk->from == talk->until && !fill(talk, timeout_ms)) return false;
  }
  return true;
}
