// SPDX-License-Identifier: Apache-2.0
// From here on this process can compute, read what is open, write to what is open, and end.
#ifndef DAYBOOK_SANDBOX_H
#define DAYBOOK_SANDBOX_H

#include <stdbool.h>

bool sandbox_enter(void); // false if the kernel refuses; the worker then does nothing
// As above, but it may also talk over the network and open files to read them (certificates,
// names). It can still neither write a file, nor start a program, nor look into another process.
bool sandbox_enter_network(void);

#endif
