// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <string.h>
#include <time.h>

// Set once, before any thread starts; read by all.
static Instant simulated = {INT64_MIN};

Instant instant_now(void) {
  if (!instant_is_none(simulated)) return simulated;
  return clock_real();
}

Instant clock_real(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (Instant){(int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000};
}

bool clock_set(const char *text) {
  Instant at;
  if (!instant_parse(text, &at)) return false;
  if (strlen(text) == 10)
    at.us +=
        INT64_C(12) * 3600 * 1000000; // noon: that day is today from New Zealand's west to Hawaii
  simulated = at;
  return true;
}

bool clock_is_simulated(void) {
  return !instant_is_none(simulated);
}
