// SPDX-License-Identifier: Apache-2.0
#include "http/door.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BREATH_NS = 10000000 }; // when there are no more files or no memory

static struct {
  pthread_t thread;
  int socket; // 0: closed
  bool running;
  struct MHD_Daemon *daemon;
} door;

static bool bind_and_listen(int listener, Server *server) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(server->port)};
  socklen_t size = sizeof at;
  inet_pton(AF_INET, server->address, &at.sin_addr);
  const int yes = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      bind(listener, (struct sockaddr *)&at, size) != 0 || listen(listener, SOMAXCONN) != 0 ||
      getsockname(listener, (struct sockaddr *)&at, &size) != 0)
    return false;
  server->port = ntohs(at.sin_port);
  return true;
}

bool door_listen(Server *server) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return false;
  if (!bind_and_listen(listener, server)) {
    const int why = errno;
    close(listener);
    errno = why;
    return false;
  }
  door.socket = listener;
  return true;
}

static void let_in(void) {
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  const int visitor =
      accept4(door.socket, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (visitor >= 0) {
    // It goes to the thread its number says: numbers go up, so one after the other. A full house
    // closes it.
    MHD_add_connection(door.daemon, visitor, (struct sockaddr *)&from, size);
  } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    nanosleep(&(struct timespec){.tv_nsec = BREATH_NS}, NULL);
  }
}

static void *stand_at_the_door(void *unused) {
  (void)unused;
  while (__atomic_load_n(&door.running, __ATOMIC_ACQUIRE)) let_in();
  return NULL;
}

bool door_open(struct MHD_Daemon *daemon) {
  door.daemon = daemon;
  door.running = true;
  const int failed = pthread_create(&door.thread, NULL, stand_at_the_door, NULL);
  if (failed == 0) return true;
  door.running = false;
  errno = failed;
  return false;
}

void door_close(void) {
  if (door.running) {
    __atomic_store_n(&door.running, false, __ATOMIC_RELEASE);
    shutdown(door.socket, SHUT_RDWR); // wakes who waits for the next
    pthread_join(door.thread, NULL);
  }
  if (door.socket > 0) close(door.socket);
  door.socket = 0;
}
