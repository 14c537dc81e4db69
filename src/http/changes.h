// SPDX-License-Identifier: Apache-2.0
// Changes are made on threads of their own while their connection sleeps: a change waits for the
// disk, and the more of them wait together, the more one commit makes durable (db/group.h). The
// threads that answer pages go on meanwhile.
#ifndef DAYBOOK_CHANGES_H
#define DAYBOOK_CHANGES_H

#include "http/exchange.h"

enum { CHANGES_THREADS = 8 };

void changes_begin(void);
void changes_end(void);         // what waits is still made
bool changes_take(Exchange *x); // false: no thread can be had, it is made here

#endif
