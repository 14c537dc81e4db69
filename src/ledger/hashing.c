// SPDX-License-Identifier: Apache-2.0
#include "ledger/hashing.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ledger/canonical.h"

// A buffer that stays in the processor's own cache: twice as fast as a megabyte.
enum { QUEUE = 64, THREADS_MOST = 8, BUFFER = 1 << 17, PROGRESS_MS = 200 };

struct Hashing {
  Report *report;
  pthread_mutex_t lock;
  pthread_cond_t not_empty, not_full;
  FileCheck queue[QUEUE];
  size_t first, count;
  bool closed, progress;
  int64_t expected;
  _Atomic int64_t bytes;
  pthread_t threads[THREADS_MOST];
  size_t thread_count;
};

static bool read_through(int fd, Digest *digest, char *buffer, int64_t *size,
                         _Atomic int64_t *sum) {
  posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  for (;;) {
    ssize_t got = read(fd, buffer, BUFFER);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    digest_add(digest, buffer, (size_t)got);
    *size += got;
    if (sum) atomic_fetch_add_explicit(sum, got, memory_order_relaxed);
  }
}

static bool hash_with(const char *path, Digest *digest, char *buffer, char sha256[65],
                      int64_t *size, _Atomic int64_t *sum) {
  *size = 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return false;
  digest_begin(digest);
  bool good = read_through(fd, digest, buffer, size, sum);
  int problem = errno;
  close(fd);
  if (good) digest_end_hex(digest, sha256);
  errno = problem;
  return good;
}

bool hash_file(const char *path, char sha256[65], int64_t *size) {
  Digest *digest = digest_create();
  char *buffer = malloc(BUFFER);
  bool good = digest && buffer && hash_with(path, digest, buffer, sha256, size, NULL);
  int problem = errno;
  free(buffer);
  digest_destroy(digest);
  errno = problem;
  return good;
}

static void check_file(Hashing *h, const FileCheck *check, Digest *digest, char *buffer) {
  char sha256[65], expected[32], found[32];
  int64_t size;
  if (!hash_with(check->path, digest, buffer, sha256, &size, &h->bytes)) {
    bool missing = errno == ENOENT;
    report_problem(h->report, check->organisation, 0, check->sha256,
                   missing ? _("no file") : strerror(errno),
                   missing ? _("the file of evidence %" PRId64 " is missing")
                           : _("the file of evidence %" PRId64 " cannot be read"),
                   check->evidence);
    return;
  }
  snprintf(expected, sizeof expected, "%" PRId64 " bytes", check->size);
  snprintf(found, sizeof found, "%" PRId64 " bytes", size);
  if (size != check->size)
    report_problem(h->report, check->organisation, 0, expected, found,
                   _("the file of evidence %" PRId64 " has another size"), check->evidence);
  else if (!text_equal(sha256, check->sha256))
    report_problem(h->report, check->organisation, 0, check->sha256, sha256,
                   _("the file of evidence %" PRId64 " was changed"), check->evidence);
}

static bool take(Hashing *h, FileCheck *check) {
  pthread_mutex_lock(&h->lock);
  while (!h->count && !h->closed) pthread_cond_wait(&h->not_empty, &h->lock);
  bool got = h->count > 0;
  if (got) {
    *check = h->queue[h->first];
    h->first = (h->first + 1) % QUEUE;
    h->count--;
    pthread_cond_signal(&h->not_full);
  }
  pthread_mutex_unlock(&h->lock);
  return got;
}

static void *work(void *user) {
  Hashing *h = user;
  FileCheck check;
  Digest *digest = digest_create();
  char *buffer = malloc(BUFFER);
  if (!digest || !buffer) abort();
  while (take(h, &check)) check_file(h, &check, digest, buffer);
  free(buffer);
  digest_destroy(digest);
  return NULL;
}

Hashing *hashing_begin(Report *report, int64_t expected_bytes) {
  Hashing *h = calloc(1, sizeof *h);
  if (!h) abort();
  h->report = report;
  h->expected = expected_bytes;
  h->progress = isatty(STDERR_FILENO) == 1;
  pthread_mutex_init(&h->lock, NULL);
  pthread_cond_init(&h->not_empty, NULL);
  pthread_cond_init(&h->not_full, NULL);
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  size_t wanted = processors < 1              ? 1
                  : processors > THREADS_MOST ? THREADS_MOST
                                              : (size_t)processors;
  while (h->thread_count < wanted &&
         pthread_create(&h->threads[h->thread_count], NULL, work, h) == 0)
    h->thread_count++;
  if (!h->thread_count) abort();
  return h;
}

static void show_progress(const Hashing *h) {
  if (!h->progress || h->expected <= 0) return;
  int64_t done = atomic_load_explicit(&h->bytes, memory_order_relaxed);
  int percent = (int)(100.0 * (double)done / (double)h->expected);
  fprintf(stderr, _("\rreading evidence: %3d %% of %" PRId64 " MB "), percent > 100 ? 100 : percent,
          h->expected / 1000000);
}

static void wait_a_little(Hashing *h) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until); // what pthread_cond_timedwait measures by
  until.tv_nsec += PROGRESS_MS * 1000000L;
  if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
  pthread_cond_timedwait(&h->not_full, &h->lock, &until);
  show_progress(h);
}

void hashing_add(Hashing *h, const FileCheck *check) {
  pthread_mutex_lock(&h->lock);
  while (h->count == QUEUE) wait_a_little(h);
  h->queue[(h->first + h->count++) % QUEUE] = *check;
  pthread_cond_signal(&h->not_empty);
  pthread_mutex_unlock(&h->lock);
}

int64_t hashing_end(Hashing *h) {
  if (!h) return 0;
  pthread_mutex_lock(&h->lock);
  h->closed = true;
  pthread_cond_broadcast(&h->not_empty);
  while (h->progress && h->count) wait_a_little(h);
  pthread_mutex_unlock(&h->lock);
  for (size_t i = 0; i < h->thread_count; i++) pthread_join(h->threads[i], NULL);
  if (h->progress && h->expected > 0) fputs("\r\033[K", stderr);
  int64_t bytes = atomic_load(&h->bytes);
  pthread_mutex_destroy(&h->lock);
  pthread_cond_destroy(&h->not_empty);
  pthread_cond_destroy(&h->not_full);
  free(h);
  return bytes;
}
