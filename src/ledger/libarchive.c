// SPDX-License-Identifier: Apache-2.0
#define LIBARCHIVE_DECLARES_ONLY
#include "ledger/libarchive.h"

#include <pthread.h>
#include <stdlib.h>

const LibArchive *libarchive_or_none(void);
LATE_LIBRARY(LibArchive, libarchive_or_none, "libarchive.so.13", LIBARCHIVE_CALLS)

const LibArchive *libarchive(void) {
  const LibArchive *found = libarchive_or_none();
  if (found == NULL) abort(); // the package depends on it; the log names what is missing
  return found;
}
