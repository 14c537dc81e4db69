// SPDX-License-Identifier: Apache-2.0
// Reads the mailbox of answers (DAYBOOK_IMAP). A mail is dealt with and remembered in one
// transaction, by its UID: whoever is killed in between leaves nothing half done.
#ifndef DAYBOOK_MAIL_RECEIVER_H
#define DAYBOOK_MAIL_RECEIVER_H

#include "base/context.h"

enum { RECEIVER_MOST_BYTES = 1 << 20 }; // of a larger mail the head is read, and it is left alone

typedef struct Receiver Receiver; // keeps its connection from one pass to the next
Receiver *receiver_create(void);
void receiver_destroy(Receiver *receiver);             // NULL-safe
void receiver_release(Context *c, Receiver *receiver); // lets another server read; NULL-safe
typedef struct ReceivePass {
  bool set; // DAYBOOK_IMAP is
  int64_t taken, held, refused, strays;
  const char *words; // why the pass ended early; NULL if it did not
} ReceivePass;
bool mail_imap_is_set(void);
bool mail_receive_pass(Context *c, Receiver *receiver, bool patient, ReceivePass *out);

#endif
