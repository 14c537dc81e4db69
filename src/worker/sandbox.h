// SPDX-License-Identifier: Apache-2.0
// From here on this process can compute, read what is open, write to what is open, and end.
#ifndef DAYBOOK_SANDBOX_H
#define DAYBOOK_SANDBOX_H

#include <stdbool.h>

bool sandbox_enter(void); // false if the kernel refuses; the worker then does nothing

#endif
