// SPDX-License-Identifier: Apache-2.0
#include "worker/client.h"
#include "worker/process.h"

#include "report/script.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  LARGEST_ANSWER = 16 * 1024 * 1024,
  LARGEST_PDF = 64 * 1024 * 1024,
  HOLIDAYS_MS = 8000,
  PDF_MS = 30000,
};

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- the conversation ----

static void close_socket(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

typedef struct Talk {
  int fd;
  const char *bytes; // still to be sent
  size_t left;
  int64_t until;
  size_t most; // bytes of an answer
  Text *out;
} Talk;

static void send_some(Talk *t) {
  ssize_t sent = send(t->fd, t->bytes, t->left, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) {
    t->bytes += sent;
    t->left -= (size_t)sent;
  } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
    t->left = 0; // it ended before it had read everything
  }
  if (t->left == 0) shutdown(t->fd, SHUT_WR);
}

// 1 while there is more, 0 at its end, -1 on failure.
static int receive_some(Talk *t) {
  char part[65536];
  ssize_t got = recv(t->fd, part, sizeof part, MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN || errno == EINTR ? 1 : -1;
  if (got == 0) return 0;
  if (t->out->length + (size_t)got > t->most) return -1;
  text_add_n(t->out, part, (size_t)got);
  return 1;
}

static bool talk(Talk *t) {
  if (t->left == 0) shutdown(t->fd, SHUT_WR);
  for (;;) {
    int64_t left = t->until - now_ms();
    struct pollfd fd = {t->fd, (short)(POLLIN | (t->left > 0 ? POLLOUT : 0)), 0};
    int ready = left <= 0 ? 0 : poll(&fd, 1, (int)left);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if ((fd.revents & POLLOUT) != 0) send_some(t);
    if ((fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      int more = receive_some(t);
      if (more <= 0) return more == 0;
    }
  }
}

typedef enum Ending { ENDING_DONE, ENDING_NOT_STARTED, ENDING_LATE, ENDING_DIED } Ending;

static Ending run(Context *c, const char *task, const char *const *arguments, Talk t) {
  int pair[2] = {-1, -1};
  if (!context_ok(c)) return ENDING_NOT_STARTED;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    unavailable(c, "socketpair: %s", strerror(errno));
    return ENDING_NOT_STARTED;
  }
  int ours __attribute__((cleanup(close_socket))) = pair[0];
  int theirs __attribute__((cleanup(close_socket))) = pair[1];
  pid_t pid;
  if (!worker_spawn(c, task, arguments, theirs, &pid)) return ENDING_NOT_STARTED;
  close_socket(&theirs);
  t.fd = ours;
  text_init(t.out, c->arena);
  bool whole = talk(&t);
  bool late = now_ms() >= t.until;
  int status = worker_reap(pid, whole);
  if (whole && WIFEXITED(status) && WEXITSTATUS(status) == 0) return ENDING_DONE;
  log_line(LOG_LEVEL_WARN, "worker_failed", "task=%s status=%d late=%d", task, status, late);
  return late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) ? ENDING_LATE : ENDING_DIED;
}

bool worker_run(Context *c, const char *task, const char *const *arguments, const char *bytes,
                size_t length, int timeout_ms, Text *out) {
  Talk t = {-1, bytes, length, now_ms() + timeout_ms, LARGEST_ANSWER, out};
  switch (run(c, task, arguments, t)) {
  case ENDING_DONE: return true;
  case ENDING_NOT_STARTED: return false;
  case ENDING_LATE:
    return fail_with(c, ERROR_TOO_LARGE, "%s",
                     _("Reading the file took too long; it was given up."));
  default: return invalid(c, "file", "%s", _("The file cannot be read."));
  }
}

// ---- documents ----

bool worker_pdf(Context *c, const char *json, size_t length, Text *out) {
  const char *arguments[] = {scripts_of(c->arena, json, length), NULL};
  Talk t = {-1, json, length, now_ms() + PDF_MS, LARGEST_PDF, out};
  switch (run(c, "pdf", arguments, t)) {
  case ENDING_NOT_STARTED: return false;
  case ENDING_LATE:
    return fail_with(c, ERROR_TOO_LARGE, "%s",
                     _("The document is too long to be laid out; choose less of it."));
  case ENDING_DONE:
    if (out->length > 5 && memcmp(out->data, "%PDF-", 5) == 0) return true;
    return failure(c, "%s", "the worker's answer is no PDF");
  default: return failure(c, "%s", "the worker could not lay the document out");
  }
}

// ---- holidays ----

static bool take_list(Context *c, const json_t *answer, HolidayList *out) {
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(answer, "holidays"), i, item) {
    Date day;
    const char *name = json_string_value(json_object_get(item, "name"));
    if (name == NULL || !date_parse(json_string_value(json_object_get(item, "date")), &day))
      return failure(c, "%s", "the worker's answer holds no date");
    *list_add(c->arena, &out->dates) = (HolidayDate){day, text_copy(c->arena, name)};
  }
  json_array_foreach(json_object_get(answer, "notes"), i, item) {
    const char *name = json_string_value(json_object_get(item, "name"));
    const char *why = json_string_value(json_object_get(item, "why"));
    *list_add(c->arena, &out->notes) =
        (HolidayNote){text_copy(c->arena, name), text_copy(c->arena, why)};
  }
  return true;
}

bool worker_holidays(Context *c, const char *bytes, size_t length, Date from, Date to,
                     HolidayList *out) {
  *out = (HolidayList){0};
  if (length > HOLIDAYS_MOST_BYTES)
    return fail_with(c, ERROR_TOO_LARGE, "%s", _("The calendar file is larger than 2 MB."));
  const char *arguments[] = {date_text(c->arena, from), date_text(c->arena, to), NULL};
  Text line = {0};
  if (!worker_run(c, "holidays", arguments, bytes, length, HOLIDAYS_MS, &line)) return false;
  json_t *answer = json_loadb(line.data, line.length, 0, NULL);
  const char *refused = json_string_value(json_object_get(answer, "refused"));
  bool done;
  if (answer == NULL)
    done = failure(c, "%s", "the worker's answer is no JSON");
  else if (refused != NULL)
    done = invalid(c, "file", _("The calendar file was refused. %s"), refused);
  else
    done = take_list(c, answer, out);
  json_decref(answer);
  return done;
}
