// SPDX-License-Identifier: Apache-2.0
// How often something may be tried before anybody is known: so often for nothing, then after a wait
// that doubles from 30 seconds to 15 minutes. An attempt is counted before it is looked at, so that
// many at once count as many. Addresses and links are kept as hashes only.
#ifndef DAYBOOK_THROTTLE_H
#define DAYBOOK_THROTTLE_H

#include "base/context.h"

enum { THROTTLE_MOST_BUCKETS = 4 };
#define THROTTLE_HOUR (3600 * INT64_C(1000000))

typedef struct Bucket {
  const char *key;
  int64_t free_attempts;
  int64_t forget_after; // microseconds without an attempt
} Bucket;
// Of what is tried (a name of ours) and up to two words of a stranger's (NULL: none).
const char *throttle_key(Context *c, const char *what, const char *first, const char *second);
// False with too_many and c->error.wait_seconds; else counted in each. signs_in: an administrator
// can help.
bool throttle_count(Context *c, const Bucket *buckets, size_t count, bool signs_in);
// Of a link somebody was given: 30 times for nothing from it, 120 from one address on the network,
// by whatever links.
bool throttle_link(Context *c, const char *what, const char *secret, const char *address);
bool throttle_forget(Context *c, const Bucket *buckets, size_t count); // it was right

#endif
