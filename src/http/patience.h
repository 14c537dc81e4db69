// SPDX-License-Identifier: Apache-2.0
// Slow clients: a request has a time to arrive, not only a time between two bytes. Without it one
// byte every few seconds holds a connection for ever.
#ifndef DAYBOOK_PATIENCE_H
#define DAYBOOK_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Visitor Visitor; // one connection

bool patience_begin(void); // the thread that looks at the clock
void patience_end(void);
Visitor *patience_meet(int socket);    // a connection opened; NULL: cannot be watched
void patience_part(Visitor *visitor);  // it closed; NULL-safe
void patience_waits(Visitor *visitor); // the next request may take its time from now
void patience_reads(Visitor *visitor, int64_t bytes); // so much more time for a body
void patience_serves(Visitor *visitor);               // it is our turn: no deadline

#endif
