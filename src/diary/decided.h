// SPDX-License-Identifier: Apache-2.0
// What management decided about an activity, a duty or an entry of a register (9.3.3): kept beside
// what it changed, so that its page, its history and the ledger lead back to the decision. Who
// decides makes the change first, then calls decided_keep in the same transaction.
#ifndef DAYBOOK_DECIDED_H
#define DAYBOOK_DECIDED_H

#include "org/org.h"

typedef struct Decided {
  const char *object_kind; // "activity", "duty", "register_item"
  int64_t object;
  const char *effect;          // "moved", "cadence", "accepted", "treated", "looked_at": fixed
  const char *words, *outcome; // of the decision; what it changed
  Owner owner;                 // who answers for it; none
  Date until;                  // DATE_NONE: open
  const char *source, *source_title, *source_place; // "review"; behind /o/{slug}
  int64_t source_object, decision;
  // read only
  const char *owner_label, *by;
  Instant at;
  Date on;
} Decided;
typedef LIST_OF(Decided) DecidedList;
bool decided_keep(Context *c, const Decided *what);
bool decided_of(Context *c, const char *object_kind, int64_t object,
                DecidedList *out); // newest first
// The words of a change that a decision asks for: why an activity moves, why a cadence is another.
const char *decided_reason(Context *c, const Decided *what);

#endif
