// SPDX-License-Identifier: Apache-2.0
// IMAP (RFC 3501) on a connection that libcurl opened, secured and logged in on. libcurl's own
// fetching takes one mail at a time and cannot wait for news; here a command's whole answer is
// heard, literals apart from lines, so that nothing in a mail is ever taken for the server's word.
#ifndef DAYBOOK_WORKER_IMAP_WIRE_H
#define DAYBOOK_WORKER_IMAP_WIRE_H

#include "worker/curl.h"

enum { WIRE_BUFFER = 65536, WIRE_MOST_LINE = 1 << 20, WIRE_MOST_LITERAL = 2 << 20 };

typedef struct Wire {
  Remote remote;
  Arena *arena; // of one question
  bool open, in_mailbox;
  bool can_idle, can_expunge_uids, can_quota;
  bool news; // the server said that something has arrived
  bool idling;
  int64_t validity;
  int64_t quota_used, quota_most; // kibibytes or mails; most 0: none
  unsigned number;                // of the last command
  char words[600];                // why it failed
  char buffer[WIRE_BUFFER];
  size_t from, until;
} Wire;

// One untagged answer: its words without quoted strings, and the last literal in it.
typedef struct Said {
  const char *line;
  const char *literal;
  size_t length;
} Said;
typedef void (*WireHeard)(void *user, const Said *said);

bool wire_open(Wire *wire);  // false with wire->words, or a CURLcode's in remote; NULL-safe close
void wire_close(Wire *wire); // says LOGOUT
bool wire_command(Wire *wire, const char *command, WireHeard heard, void *user); // true for OK
// Waits for news, by IDLE (RFC 2177); true when something came, or the connection is gone.
bool wire_wait(Wire *wire, int milliseconds);

#endif
