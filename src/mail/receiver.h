// SPDX-License-Identifier: Apache-2.0
// Reads the mailbox of answers (DAYBOOK_IMAP), in the order in which they came. So many mails at a
// time are dealt with and remembered in one transaction, by the UID of the last: whoever is killed
// in between leaves nothing half done, and no other server does them again.
#ifndef DAYBOOK_MAIL_RECEIVER_H
#define DAYBOOK_MAIL_RECEIVER_H

#include "base/context.h"

enum {
  RECEIVER_MOST_BYTES = 1 << 20, // of a larger mail the beginning is read, and it is left alone
  RECEIVER_AT_ONCE = 50,         // mails in one transaction
};

typedef struct Receiver Receiver; // keeps its connection from one pass to the next
Receiver *receiver_create(void);
void receiver_destroy(Receiver *receiver);             // NULL-safe
void receiver_release(Context *c, Receiver *receiver); // lets another server read; NULL-safe
// Waits up to so long for the server to say that something has arrived; false at once if it cannot.
bool receiver_wait(Receiver *receiver, int milliseconds);
typedef struct ReceivePass {
  bool set; // DAYBOOK_IMAP is
  int64_t taken, held, refused, strays;
  const char *words; // why the pass ended early; NULL if it did not
} ReceivePass;
bool mail_imap_is_set(void);
bool mail_receive_pass(Context *c, Receiver *receiver, bool patient, ReceivePass *out);

#endif
