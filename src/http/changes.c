// SPDX-License-Identifier: Apache-2.0
#include "http/changes.h"

#include "base/language.h"

#include <pthread.h>

static struct {
  pthread_mutex_t lock;
  pthread_cond_t more;
  Exchange *first, **last; // those that wait, linked by their next
  pthread_t threads[CHANGES_THREADS];
  size_t thread_count, idle, waiting;
  bool open;
} desk = {.lock = PTHREAD_MUTEX_INITIALIZER};

static Exchange *next_change(void) {
  pthread_mutex_lock(&desk.lock);
  desk.idle++;
  while (desk.first == NULL && desk.open) pthread_cond_wait(&desk.more, &desk.lock);
  desk.idle--;
  Exchange *x = desk.first;
  if (x != NULL) {
    desk.first = x->next;
    if (desk.first == NULL) desk.last = &desk.first;
    desk.waiting--;
  }
  pthread_mutex_unlock(&desk.lock);
  return x;
}

static void *make_changes(void *unused) {
  for (Exchange *x; (x = next_change()) != NULL;) {
    language_use(x->request.language);
    x->attached = db_attach(&x->request.context);
    exchange_handle(x);
    if (x->attached) db_detach(&x->request.context);
    x->attached = false;
    x->worked = true;
    MHD_resume_connection(x->connection);
  }
  return unused;
}

void changes_begin(void) {
  desk.open = true;
  desk.last = &desk.first;
  pthread_cond_init(&desk.more, NULL);
}

void changes_end(void) {
  pthread_mutex_lock(&desk.lock);
  desk.open = false;
  size_t threads = desk.thread_count;
  desk.thread_count = 0;
  pthread_cond_broadcast(&desk.more);
  pthread_mutex_unlock(&desk.lock);
  for (size_t i = 0; i < threads; i++) pthread_join(desk.threads[i], NULL);
}

// A thread more if all are busy: an idle server has none.
static bool somebody_comes(void) {
  if (desk.idle > desk.waiting || desk.thread_count == CHANGES_THREADS) return true;
  if (pthread_create(&desk.threads[desk.thread_count], NULL, make_changes, NULL) == 0)
    desk.thread_count++;
  return desk.thread_count > 0;
}

bool changes_take(Exchange *x) {
  pthread_mutex_lock(&desk.lock);
  bool taken = desk.open && somebody_comes();
  if (taken) {
    // Who waits holds no connection to the database.
    if (x->attached) db_detach(&x->request.context);
    x->attached = false;
    x->request.context.brief = true;
    x->next = NULL;
    MHD_suspend_connection(x->connection);
    *desk.last = x;
    desk.last = &x->next;
    desk.waiting++;
    pthread_cond_signal(&desk.more);
  }
  pthread_mutex_unlock(&desk.lock);
  return taken;
}
