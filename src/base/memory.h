// SPDX-License-Identifier: Apache-2.0
// The arena's two sharper tools, for base, db and the writers alone: memory that is not zeroed.
#ifndef DAYBOOK_MEMORY_H
#define DAYBOOK_MEMORY_H

#include "base/base.h"

#include <stdarg.h>

void *arena_take(Arena *arena, size_t size); // as arena_alloc, but holds whatever it held
// Grows the last thing taken where it stands; false (and nothing done) if it is not the last or
// its block is full. new_size >= old_size.
bool arena_extend(Arena *arena, void *last, size_t old_size, size_t new_size);
char *text_format_list(Arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
