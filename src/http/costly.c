// SPDX-License-Identifier: Apache-2.0
#include "http/costly.h"

#include "base/language.h"

#include <pthread.h>
#include <string.h>

// Those at work and those that wait, oldest first.
static struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  pthread_t threads[COSTLY_THREADS];
  size_t thread_count, count, begun;
  Exchange *queue[COSTLY_THREADS + COSTLY_WAITING];
  bool open;
} desk = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void leave(const Exchange *x) {
  size_t at = 0;
  while (desk.queue[at] != x) at++;
  for (desk.count--; at < desk.count; at++) desk.queue[at] = desk.queue[at + 1];
  desk.begun--;
}

static void *work(void *unused) {
  (void)unused;
  pthread_mutex_lock(&desk.lock);
  for (;;) {
    while (desk.begun == desk.count && desk.open) pthread_cond_wait(&desk.changed, &desk.lock);
    if (desk.begun == desk.count) break;
    Exchange *x = desk.queue[desk.begun++]; // those begun stand before those that wait
    pthread_mutex_unlock(&desk.lock);
    language_use(x->request.language);
    exchange_handle(x);
    pthread_mutex_lock(&desk.lock);
    leave(x);
    x->worked = true;
    MHD_resume_connection(x->connection);
  }
  pthread_mutex_unlock(&desk.lock);
  return NULL;
}

void costly_begin(void) {
  desk.open = true;
}

void costly_end(void) {
  pthread_mutex_lock(&desk.lock);
  desk.open = false;
  size_t threads = desk.thread_count;
  desk.thread_count = 0;
  pthread_cond_broadcast(&desk.changed);
  pthread_mutex_unlock(&desk.lock);
  for (size_t i = 0; i < threads; i++) pthread_join(desk.threads[i], NULL);
}

static bool has_enough(const Exchange *x) {
  size_t own = 0;
  for (size_t i = 0; i < desk.count; i++) {
    const Exchange *other = desk.queue[i];
    if (other->session.org != x->session.org) continue;
    own++;
    if (other->request.route == x->request.route && strcmp(x->request.method, "GET") != 0)
      return true;
  }
  return own >= COSTLY_OF_ONE || desk.count == COUNT_OF(desk.queue);
}

// Threads are made when they are first needed: an idle server has none.
static bool has_thread(void) {
  if (desk.thread_count > desk.count || desk.thread_count == COSTLY_THREADS) return true;
  if (pthread_create(&desk.threads[desk.thread_count], NULL, work, NULL) == 0) desk.thread_count++;
  return desk.thread_count > 0;
}

static bool try_later(Exchange *x) {
  return fail_with(&x->request.context, ERROR_TOO_MANY,
                   _("Something that takes long is still running for your organisation. Try again "
                     "in a few seconds; it does not have to be started twice."));
}

static bool take(Exchange *x) {
  if (!desk.open || has_enough(x) || !has_thread()) return false;
  MHD_suspend_connection(x->connection);
  desk.queue[desk.count++] = x;
  pthread_cond_signal(&desk.changed);
  return true;
}

bool costly_take(Exchange *x) {
  pthread_mutex_lock(&desk.lock);
  bool taken = take(x);
  pthread_mutex_unlock(&desk.lock);
  return taken || try_later(x);
}
