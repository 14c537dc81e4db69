// SPDX-License-Identifier: Apache-2.0
// What every fuzz target has in common: an arena for the input, and a way to say "this must hold".
#ifndef DAYBOOK_FUZZ_H
#define DAYBOOK_FUZZ_H

#include <stdlib.h>

#include "base/context.h"

#define MUST(condition)                                                                            \
  do {                                                                                             \
    if (!(condition)) abort();                                                                     \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
