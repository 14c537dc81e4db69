// SPDX-License-Identifier: Apache-2.0
// Who must be there, for those who look at the answers before the meeting: so many of the invited
// top management, and the chair.
#include "diary/meeting.h"
#include "reviews/review.h"
#include "reviews/reviews.h"

bool reviews_quorum(Context *c, int64_t activity, Quorum *out) {
  Review review;
  if (!review_get(c, activity, &review)) return false;
  int64_t *top = arena_array(c->arena, review.people.count, sizeof *top);
  size_t count = 0;
  for (size_t i = 0; i < review.people.count; i++)
    if (review.people.items[i].part == PART_TOP_MANAGEMENT)
      top[count++] = review.people.items[i].person;
  int32_t least = (int32_t)((count * (size_t)review.quorum_percent + 99) / 100);
  if (count > 0)
    *list_add(c->arena, &out->groups) =
        (QuorumGroup){_("top management"), top, count, least < 1 ? 1 : least};
  if (!review.quorum_chair || review.chair == 0) return context_ok(c);
  int64_t *chair = arena_new(c->arena, int64_t);
  *chair = review.chair;
  *list_add(c->arena, &out->groups) = (QuorumGroup){_("the chair"), chair, 1, 1};
  return context_ok(c);
}
