// SPDX-License-Identifier: Apache-2.0
// libcurl, loaded by the tasks that talk to mail servers and by nothing else, and what they share:
// an account on a server, and the words with which it answers.
#ifndef DAYBOOK_WORKER_CURL_H
#define DAYBOOK_WORKER_CURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "base/late.h"
#include "worker/frames.h"

#define CURL_CALLS(X)                                                                              \
  X(curl_global_init)                                                                              \
  X(curl_easy_init)                                                                                \
  X(curl_easy_setopt)                                                                              \
  X(curl_easy_perform)                                                                             \
  X(curl_easy_getinfo)                                                                             \
  X(curl_easy_reset)                                                                               \
  X(curl_easy_send)                                                                                \
  X(curl_easy_recv)                                                                                \
  X(curl_easy_cleanup)                                                                             \
  X(curl_easy_strerror)                                                                            \
  X(curl_slist_append)                                                                             \
  X(curl_slist_free_all)
LATE_TYPE(Curl, CURL_CALLS);
const Curl *worker_curl(void); // NULL if it is not installed

typedef struct Account { // the first line of a conversation
  const char *url, *user, *password, *ca;
  bool plain; // without TLS: for a server on this machine
  long timeout;
} Account;
typedef struct Remote {
  const Curl *curl;
  CURL *handle;
  Account account;
  char words[600];   // the last line of the server's last answer
  char refusal[600]; // the last that was not a yes
  char stage[16];    // our last command
  char refused[16];  // and the one that was refused
  void *user;
  void (*heard)(struct Remote *remote, const char *line);
} Remote;

Account account_read(const json_t *line);
void remote_prepare(Remote *remote); // the account's settings, for the next transfer
const char *remote_words(const Remote *remote, CURLcode code); // for a person; UTF-8

int smtp_converse(Arena *arena); // exit status
int imap_converse(Arena *arena);
int caldav_converse(Arena *arena);

#endif
