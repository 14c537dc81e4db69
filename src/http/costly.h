// SPDX-License-Identifier: Apache-2.0
// Work that takes long (a route that says `costly`): on threads of its own, so that pages stay
// quick meanwhile; each organisation's change of one kind once at a time, and only so many waiting.
// Whoever comes too early gets a 429 with Retry-After.
#ifndef DAYBOOK_COSTLY_H
#define DAYBOOK_COSTLY_H

#include "http/exchange.h"

enum { COSTLY_THREADS = 2, COSTLY_WAITING = 14, COSTLY_OF_ONE = 4 };

// Takes the exchange over: its connection sleeps until exchange_handle is done, then MHD calls
// again with x->worked set. False: not taken, with context.error (too many).
bool costly_take(Exchange *x);
// Before the daemon stops: waits for what was taken. Nothing is taken afterwards.
void costly_end(void);
void costly_begin(void);

#endif
