// SPDX-License-Identifier: Apache-2.0
// A page that nothing has changed is not made again. A route that says `kept` answers from the
// organisation's data, the day, and who reads – and the ledger hears every change of that data: so
// the ledger's head is part of the key, and no page outlives a change, whichever server made it.
#ifndef DAYBOOK_KEPT_H
#define DAYBOOK_KEPT_H

#include "http/exchange.h"

enum {
  KEPT_SLOTS = 1024,
  KEPT_BYTES = 8 << 20,      // of all pages together
  KEPT_PAGE_MAX = 512 << 10, // larger ones are made each time
};

// The key of this request's answer, in its arena; NULL if it must not be kept (a message is shown
// once, a form is shown again). Reads the ledger's head: call it in the snapshot of the page.
const char *kept_key(Exchange *x);
bool kept_answer(Exchange *x, const char *key); // true: x->answer is filled, and x->kept holds it
void kept_keep(Exchange *x, const char *key);
void kept_release(Kept *kept); // once it is sent; NULL-safe

#endif
