// SPDX-License-Identifier: Apache-2.0
// Reading the ledger: entries with their before and after in words.
#ifndef DAYBOOK_HISTORY_H
#define DAYBOOK_HISTORY_H

#include "base/context.h"

typedef struct Change {
  const char *name;           // "due", as words: "due"
  const char *before, *after; // NULL = nothing
  bool personal, erased;
} Change;
typedef LIST_OF(Change) Changes;

typedef struct History {
  int64_t id, seq, actor, object;
  Instant at;
  const char *channel, *action, *kind, *hash, *previous, *body;
  const char *actor_name; // NULL: the installation
  const char *words;      // "due: 2026-01-01 → 2026-02-01; reason: …"
  Changes changes;
} History;
typedef LIST_OF(History) Histories;

typedef struct HistoryFilter {
  const char *kind; // NULL = any
  int64_t object;   // with kind; 0 = any of that kind
  int64_t actor;    // 0 = anybody
  Date from, to;    // days in c->zone; DATE_NONE = open
  int64_t limit, offset;
} HistoryFilter;
// Newest first.
bool history_list(Context *c, const HistoryFilter *filter, Histories *out);
int64_t history_count(Context *c, const HistoryFilter *filter);
bool history_entry(Context *c, int64_t seq, History *out); // not_found if there is none

#endif
