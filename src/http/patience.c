// SPDX-License-Identifier: Apache-2.0
#include "http/patience.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum {
  HEADER_SECONDS = 30,        // for a whole header, or until the next request
  BYTES_PER_SECOND = 4 << 10, // the slowest body that is waited for
  BODY_SECONDS = 30,          // and as long on top
};

struct Visitor {
  Visitor *next, *before;
  int socket;
  int64_t deadline; // seconds of the monotonic clock; INT64_MAX: none
  int64_t read;
};

// The only shared list of the server: short, and touched a few times for each request.
static struct {
  pthread_mutex_t lock;
  pthread_cond_t end;
  pthread_t thread;
  Visitor *first;
  bool running;
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER, .end = PTHREAD_COND_INITIALIZER};

static int64_t seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now.tv_sec;
}

// A deadline is one aligned word: the clock's thread may read it at any moment.
static void set_deadline(Visitor *v, int64_t deadline) {
  if (v != NULL) __atomic_store_n(&v->deadline, deadline, __ATOMIC_RELAXED);
}

// A closed socket cannot be met here: patience_part takes it off the list first.
static void shut_the_late(void) {
  const int64_t now = seconds();
  for (Visitor *v = watch.first; v != NULL; v = v->next) {
    if (__atomic_load_n(&v->deadline, __ATOMIC_RELAXED) >= now) continue;
    shutdown(v->socket, SHUT_RDWR);
    set_deadline(v, INT64_MAX);
  }
}

static void *look_at_the_clock(void *unused) {
  (void)unused;
  pthread_mutex_lock(&watch.lock);
  while (watch.running) {
    struct timespec next;
    clock_gettime(CLOCK_REALTIME, &next);
    next.tv_sec += 1;
    pthread_cond_timedwait(&watch.end, &watch.lock, &next);
    shut_the_late();
  }
  pthread_mutex_unlock(&watch.lock);
  return NULL;
}

bool patience_begin(void) {
  watch.running = true;
  if (pthread_create(&watch.thread, NULL, look_at_the_clock, NULL) == 0) return true;
  watch.running = false;
  return false;
}

void patience_end(void) {
  pthread_mutex_lock(&watch.lock);
  const bool was_running = watch.running;
  watch.running = false;
  pthread_cond_signal(&watch.end);
  pthread_mutex_unlock(&watch.lock);
  if (was_running) pthread_join(watch.thread, NULL);
}

Visitor *patience_meet(int socket) {
  Visitor *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->socket = socket;
  v->deadline = seconds() + HEADER_SECONDS;
  pthread_mutex_lock(&watch.lock);
  v->next = watch.first;
  if (v->next != NULL) v->next->before = v;
  watch.first = v;
  pthread_mutex_unlock(&watch.lock);
  return v;
}

void patience_part(Visitor *v) {
  if (v == NULL) return;
  pthread_mutex_lock(&watch.lock);
  if (v->next != NULL) v->next->before = v->before;
  if (v->before != NULL) v->before->next = v->next;
  if (watch.first == v) watch.first = v->next;
  pthread_mutex_unlock(&watch.lock);
  free(v);
}

void patience_waits(Visitor *v) {
  set_deadline(v, seconds() + HEADER_SECONDS);
}
void patience_serves(Visitor *v) {
  set_deadline(v, INT64_MAX);
}

void patience_reads(Visitor *v, int64_t bytes) {
  if (v == NULL) return;
  if (bytes == 0) {
    v->read = 0;
    set_deadline(v, seconds() + BODY_SECONDS);
    return;
  }
  const int64_t before = v->read / BYTES_PER_SECOND;
  v->read += bytes;
  set_deadline(v, v->deadline + v->read / BYTES_PER_SECOND - before);
}
