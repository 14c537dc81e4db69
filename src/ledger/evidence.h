// SPDX-License-Identifier: Apache-2.0
// Evidence: a file, its hash, its date, its source, the period it speaks for, and what it is linked
// to. Files stand in the store (store.h); each rule here writes its ledger entry.
#ifndef DAYBOOK_EVIDENCE_H
#define DAYBOOK_EVIDENCE_H

#include "http/request.h"

enum { EVIDENCE_FRESH_MONTHS = 12, EVIDENCE_AGEING_DAYS = 60 };

typedef struct EvidenceAbout {
  const char *source, *note; // NULL = not stated
  Date taken_on, period_from, period_to;
  const char *kind; // what it is linked to ("activity", …); NULL = nothing yet
  int64_t object;
} EvidenceAbout;

// Keeps the file and records it. The upload is taken; do not touch it again. Must not be called
// within a write transaction that others wait for: the file is made durable first.
bool evidence_add(Context *c, const Upload *file, const EvidenceAbout *about, int64_t *id);
bool evidence_link(Context *c, int64_t evidence, const char *kind, int64_t object); // idempotent
bool evidence_unlink(Context *c, int64_t evidence, const char *kind, int64_t object);
// It stays, with its file and its history, but no longer counts.
bool evidence_withdraw(Context *c, int64_t evidence, const char *reason);
// How many pieces that are not withdrawn an object has: for gates.
int64_t evidence_count(Context *c, const char *kind, int64_t object);

// Rooms whose objects hold evidence hear, within the same transaction, that it changed.
typedef struct EvidenceHolder {
  const char *kind;
  bool (*changed)(Context *c, int64_t object);
  bool (*may_lose)(Context *c, int64_t object); // false with c->error: its evidence stays linked
} EvidenceHolder;
extern const EvidenceHolder
    evidence_holders[]; // every room's, in cli/witnesses.c; ends with kind NULL

// Freshness is read off the dates (rule 8 of docs/domain.md): evidence speaks until the end of its
// period, else the day it was taken, else the day it was added; a year later it is stale.
typedef enum Freshness { EVIDENCE_FRESH, EVIDENCE_AGEING, EVIDENCE_STALE } Freshness;
Date evidence_speaks_until(Date period_to, Date taken_on, Date added_on);
Freshness evidence_freshness(Date speaks_until, int32_t fresh_months, Date today);
const char *freshness_name(Freshness freshness);

#endif
