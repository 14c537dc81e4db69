// SPDX-License-Identifier: Apache-2.0
#include "worker/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 8 };

static const char *worker_path(Context *c) {
  const char *given = getenv("DAYBOOK_WORKER");
  if (!text_is_empty(given)) return given;
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return "daybook-worker";
  path[length] = '\0';
  char *slash = strrchr(path, '/');
  size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
  return text_format(c->arena, "%.*sdaybook-worker", (int)folder, path);
}

bool worker_spawn(Context *c, const char *task, const char *const *arguments, int theirs,
                  pid_t *pid) {
  char *words[MOST_ARGUMENTS + 3] = {(char *)(uintptr_t) "daybook-worker", (char *)(uintptr_t)task};
  char *environment[] = {(char *)(uintptr_t) "LC_ALL=C.UTF-8", NULL};
  for (size_t i = 0; i < MOST_ARGUMENTS && arguments[i] != NULL; i++)
    words[i + 2] = (char *)(uintptr_t)arguments[i];
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, theirs, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  const char *path = worker_path(c);
  int why = posix_spawn(pid, path, &actions, &attributes, words, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return why == 0 ||
         fail_with(c, ERROR_UNAVAILABLE, _("The helper program %s cannot be started: %s."), path,
                   strerror(why));
}

// It has closed its end: a moment to leave by itself, then no more.
int worker_reap(pid_t pid, bool patient) {
  int status = 0;
  for (int i = 0; patient && i < 50; i++) {
    pid_t done = waitpid(pid, &status, WNOHANG);
    if (done == pid) return status;
    struct timespec moment = {0, 2000000};
    nanosleep(&moment, NULL);
  }
  kill(pid, SIGKILL);
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}
