// SPDX-License-Identifier: Apache-2.0
// What a page asked last time is asked at once the next time, in one journey to PostgreSQL, before
// the page asks: a page has a dozen questions, and each would be a journey of its own. Nothing is
// believed of it: an answer is used only for the same statement with the same parameters in the
// same span, and what was not foreseen is asked as ever. With SQLite there is no journey, and this
// does nothing.
#ifndef DAYBOOK_FORESEE_H
#define DAYBOOK_FORESEE_H

#include "base/context.h"

// A span in which nothing is changed; what is read in it was true at its beginning or later. key: a
// number made of whatever decides which questions come. A new span ends the one before.
void foresee_begin(Context *c, uint64_t key);
void foresee_end(Context *c);
uint64_t foresee_key(uint64_t key, const char *text); // FNV-1a; begin with 0

#endif
