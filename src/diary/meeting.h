// SPDX-License-Identifier: Apache-2.0
// What makes an activity a meeting: where it is held, who must be there, and who is told when it
// changes.
#ifndef DAYBOOK_MEETING_H
#define DAYBOOK_MEETING_H

#include "base/context.h"

// ---- where ----
typedef struct ActivityPlace {
  const char *location, *link; // "" if not said; link: https://… of a video meeting
} ActivityPlace;
bool activity_place_get(Context *c, int64_t activity, ActivityPlace *out);
bool activity_place_set(Context *c, int64_t activity, const ActivityPlace *place);

// ---- who must be there ----
// A room whose activities need certain people declares `quorum` in its Room (diary.h): for each
// group, so many of these persons at least. Nobody needed: it leaves *out empty.
typedef struct QuorumGroup {
  const char *what; // "top management", "the chair": for the sentence that says who is missing
  const int64_t *persons; // person.id
  size_t count;
  int32_t least; // of them
} QuorumGroup;
typedef struct Quorum {
  LIST_OF(QuorumGroup) groups;
} Quorum;
// What the room of its kind declares; empty if it needs nobody in particular.
bool activity_quorum(Context *c, int64_t activity, Quorum *out);

// ---- who is told ----
// Called in the transaction of every change of an activity's date, hour, place, owner, people or
// state, after it. src/rooms.c lists them; ends with NULL.
typedef bool ActivityWatch(Context *c, int64_t activity);
extern ActivityWatch *const activity_watches[];
bool activity_tell(Context *c, int64_t activity); // false with c->error: the change is undone

#endif
