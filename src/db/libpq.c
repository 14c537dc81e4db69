// SPDX-License-Identifier: Apache-2.0
#define LIBPQ_DECLARES_ONLY
#include "db/libpq.h"

#include <pthread.h>

LATE_LIBRARY(LibPq, libpq, "libpq.so.5", LIBPQ_CALLS)
