// SPDX-License-Identifier: Apache-2.0
// From sandbox_enter on this process can compute, read what is open, write to what is open, and
// end.
#ifndef DAYBOOK_SANDBOX_H
#define DAYBOOK_SANDBOX_H

#include <stdbool.h>

enum { SANDBOX_MOST_FILES = 48 };
typedef struct SandboxLimits {
  int megabytes, seconds; // seconds 0: as long as it takes
  // May also talk over the network and open files to read them (certificates, names). It can still
  // neither write a file, nor start a program, nor look into another process.
  bool network;
} SandboxLimits;

// Before entering: opens a file for reading. Inside, whoever asks for exactly this path is given a
// copy of that descriptor; every other path does not exist. False if it cannot be opened.
bool sandbox_keep(const char *path);
// False if the kernel refuses; the worker then does nothing.
bool sandbox_enter(SandboxLimits limits);

#endif
