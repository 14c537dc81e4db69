// SPDX-License-Identifier: Apache-2.0
// A change that carries an Idempotency-Key is done once, however often it is sent within a day.
#ifndef DAYBOOK_ONCE_H
#define DAYBOOK_ONCE_H

#include "http/exchange.h"

const char *once_key(Exchange *x); // NULL: none was sent, or it does not apply here
// Runs the change and keeps its answer, or gives the kept answer. Failures set context.error.
void once_run(Exchange *x, const char *key, void (*run)(Exchange *));

#endif
