// SPDX-License-Identifier: Apache-2.0
// One action: worked on, finished with evidence, extended, given to somebody else; and what it
// needs first. `version` 0: do not compare.
#ifndef DAYBOOK_ACTION_H
#define DAYBOOK_ACTION_H

#include "diary/diary.h"
#include "improvement/improvement.h"

typedef struct ActionNeed {
  int64_t id;
  const char *title, *status, *owner;
  Date due;
  bool open;
} ActionNeed;
typedef struct ActionExtension {
  Date from, to;
  const char *reason, *by;
  Instant at;
} ActionExtension;
typedef struct ActionNote {
  int32_t progress;
  const char *body, *by;
  Instant at;
} ActionNote;
typedef struct Action {
  ActionLine line;
  Owner owner;
  const char *detail, *result, *cancel_reason, *done_by, *created_by;
  int64_t source_object, evidence, round;
  bool imported;
  LIST_OF(ActionNeed) needs, needed_by;
  LIST_OF(ActionExtension) extended;
  LIST_OF(ActionNote) notes;
  Gaps gaps; // of an open one: what is missing before it is done
} Action;
bool action_get(Context *c, int64_t id, Action *out);

typedef struct ActionProgress {
  int64_t action;
  int32_t percent; // 0–99; done is said by action_done
  const char *words;
  int64_t version;
} ActionProgress;
bool action_progress(Context *c, const ActionProgress *in);
typedef struct ActionDone {
  int64_t action;
  Date on;
  const char *result;
  int64_t version;
} ActionDone;
bool action_done(Context *c, const ActionDone *in); // refused without evidence, by name
typedef struct ActionExtend {
  int64_t action;
  Date due;
  const char *reason;
  int64_t version;
} ActionExtend;
bool action_extend(Context *c, const ActionExtend *in); // later, with a reason; counted
typedef struct ActionGive {
  int64_t action;
  Owner owner;
  int32_t priority; // 0 = as it is
  const char *reason;
  int64_t version;
} ActionGive;
bool action_give(Context *c, const ActionGive *in);
bool action_cancel(Context *c, int64_t action, const char *reason, int64_t version);
// This action needs that one first; refused if it would go in a circle.
bool action_need(Context *c, int64_t action, int64_t needs, bool needed);

#endif
