// SPDX-License-Identifier: Apache-2.0
#include "mail/postman.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "db/db.h"
#include "mail/receiver.h"
#include "mail/sender.h"
#include "outbox/outbox.h"

enum { SECOND_MS = 1000 };

typedef struct Round {
  Postman *postman;
  pthread_t thread;
  bool started;
  bool (*once)(Context *c, void *state);
  bool (*wait)(void *state); // for news; false at once if it cannot. NULL: it cannot
  void *state;
} Round;

struct Postman {
  struct Db *db;
  pthread_mutex_t lock;
  pthread_cond_t wake;
  bool stopping;
  Round send, receive;
};

static bool send_once(Context *c, void *state) {
  SendPass pass;
  (void)state;
  return mail_send_pass(c, true, &pass);
}

static bool receive_once(Context *c, void *state) {
  ReceivePass pass;
  return mail_receive_pass(c, state, true, &pass);
}

static bool receive_wait(void *state) {
  return receiver_wait(state, SECOND_MS);
}

static void look(const Round *round) {
  Context c;
  context_init(&c, round->postman->db);
  c.channel = "mail";
  if (!db_attach(&c) || !round->once(&c, round->state))
    log_line(LOG_LEVEL_WARN, "mail_waits", "%s",
             c.error.detail != NULL ? c.error.detail : c.error.message);
  db_detach(&c);
  context_finish(&c);
}

// True when it is time to stop.
static bool wait_a_second(Postman *p) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += 1;
  pthread_mutex_lock(&p->lock);
  while (!p->stopping && pthread_cond_timedwait(&p->wake, &p->lock, &until) == 0) continue;
  bool stopping = p->stopping;
  pthread_mutex_unlock(&p->lock);
  return stopping;
}

static bool is_stopping(Postman *p) {
  pthread_mutex_lock(&p->lock);
  bool stopping = p->stopping;
  pthread_mutex_unlock(&p->lock);
  return stopping;
}

// A server that tells of news is waited for; any other is asked every second.
static bool rest(const Round *round) {
  bool waited = round->wait != NULL && round->wait(round->state);
  return waited ? is_stopping(round->postman) : wait_a_second(round->postman);
}

static void *run(void *given) {
  const Round *round = given;
  do look(round);
  while (!rest(round));
  return NULL;
}

static void begin(Postman *p, Round *round, bool (*once)(Context *, void *), void *state) {
  round->postman = p;
  round->once = once;
  round->state = state;
  round->started = pthread_create(&round->thread, NULL, run, round) == 0;
  if (!round->started) log_line(LOG_LEVEL_ERROR, "mail_no_thread", "%s", "mail stays where it is");
}

Postman *postman_start(struct Db *db) {
  bool receives = mail_imap_is_set();
  if (!mail_smtp_is_set() && !receives) return NULL;
  Postman *p = calloc(1, sizeof *p);
  if (p == NULL) return NULL;
  p->db = db;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&p->wake, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&p->lock, NULL);
  if (mail_smtp_is_set()) begin(p, &p->send, send_once, NULL);
  p->receive.wait = receive_wait;
  if (receives) begin(p, &p->receive, receive_once, receiver_create());
  return p;
}

static void let_go(Postman *p) {
  Context c;
  context_init(&c, p->db);
  if (db_attach(&c)) receiver_release(&c, p->receive.state);
  db_detach(&c);
  context_finish(&c);
}

void postman_stop(Postman *p) {
  if (p == NULL) return;
  pthread_mutex_lock(&p->lock);
  p->stopping = true;
  pthread_cond_broadcast(&p->wake);
  pthread_mutex_unlock(&p->lock);
  if (p->send.started) pthread_join(p->send.thread, NULL);
  if (p->receive.started) pthread_join(p->receive.thread, NULL);
  if (p->receive.started) let_go(p);
  receiver_destroy(p->receive.state);
  pthread_cond_destroy(&p->wake);
  pthread_mutex_destroy(&p->lock);
  free(p);
}
