// SPDX-License-Identifier: Apache-2.0
#include "worker/many.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ANSWER = 16 << 20, CHILD_MS = 7000 };

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// It keeps one way out: to its parent, never to whoever asked.
static void child(int out, SandboxLimits limits, ManyRun *run, const Text *bytes) {
  Arena *arena = arena_create();
  Text answer;
  text_init(&answer, arena);
  if (dup2(STDERR_FILENO, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0) _exit(3);
  close_range(3, ~0U, 0);
  if (!sandbox_enter(limits)) _exit(3);
  const char *data = bytes->data == NULL ? "" : bytes->data;
  if (!run(arena, NULL, data, bytes->length, &answer)) _exit(1);
  for (size_t done = 0; done < answer.length;) {
    ssize_t part = write(STDOUT_FILENO, answer.data + done, answer.length - done);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) _exit(1);
    done += (size_t)part;
  }
  _exit(0);
}

static bool collect(int from, Text *out) {
  char part[16384];
  for (int64_t end = now_ms() + CHILD_MS;;) {
    struct pollfd one = {from, POLLIN, 0};
    int64_t left = end - now_ms();
    int ready = left <= 0 ? 0 : poll(&one, 1, (int)left);
    if (ready < 0 && errno == EINTR) continue;
    ssize_t got = ready <= 0 ? -1 : read(from, part, sizeof part);
    if (got < 0 || out->length + (size_t)got > MOST_ANSWER) return false;
    if (got == 0) return true;
    text_add_n(out, part, (size_t)got);
  }
}

// One line with its end, and no other.
static bool is_a_line(const Text *out) {
  return out->length > 0 && memchr(out->data, '\n', out->length) == out->data + out->length - 1;
}

static bool read_one(Arena *arena, SandboxLimits limits, ManyRun *run, const Text *bytes) {
  int ways[2];
  if (pipe(ways) != 0) return false;
  pid_t pid = fork();
  if (pid == 0) {
    close(ways[0]);
    child(ways[1], limits, run, bytes);
  }
  close(ways[1]);
  Text out;
  text_init(&out, arena);
  bool whole = pid > 0 && collect(ways[0], &out);
  close(ways[0]);
  int status = -1;
  if (pid > 0 && !whole) kill(pid, SIGKILL);
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  if (pid < 0) return false;
  bool done = whole && status == 0 && is_a_line(&out);
  json_t *refused =
      done ? NULL : json_pack("{s:s}", "refused", "It could not be read within the limits.");
  return done ? frames_write(out.data, out.length) : frames_answer(refused, NULL, 0);
}

int many_converse(Arena *arena, SandboxLimits limits, ManyRun *run) {
  bool going =
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
  while (going) {
    Text bytes = {0};
    json_t *line = frames_line(arena);
    int64_t length = json_integer_value(json_object_get(line, "length"));
    going = line != NULL && length >= 0 && frames_bytes(arena, (size_t)length, &bytes) &&
            read_one(arena, limits, run, &bytes);
    if (bytes.data != NULL) explicit_bzero(bytes.data, bytes.length);
    json_decref(line);
    frames_forget(); // the next one's reader finds nothing of this one
    arena_reset(arena);
  }
  return 0;
}
