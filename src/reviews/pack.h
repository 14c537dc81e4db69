// SPDX-License-Identifier: Apache-2.0
// The pack: every section filled from live data, with the trend over the last four reviews. Until
// it is issued it is a draft; then its numbers are frozen as JSON, whose hash stands in the ledger.
#ifndef DAYBOOK_REVIEW_PACK_H
#define DAYBOOK_REVIEW_PACK_H

#include "reviews/review.h"

enum { TREND_REVIEWS = 4 }; // this one and the three before

typedef struct PackPoint {
  Date day;
  OptReal value;
} PackPoint;
typedef struct PackFigure {
  SectionFigure figure;
  LIST_OF(PackPoint) trend; // oldest first; the last is this one
} PackFigure;
typedef struct PackSection {
  const char *key, *title, *purpose, *words; // words: what it says by itself
  const char *said;                          // the manager's words; ""
  char input;
  bool nothing;
  LIST_OF(PackFigure) figures;
  LIST_OF(SectionTable *) tables;
  LIST_OF(struct Chart *) charts;
} PackSection;
typedef struct PackInput {
  char letter;
  InputState state;
  const char *title, *asks, *words, *reason, *deferred_to;
  Date deferred_due;
} PackInput;
typedef struct PackPerson {
  const char *name, *part;
  bool chair;
} PackPerson;

typedef struct Pack {
  int64_t review, edition; // edition 0: a draft
  const char *title, *organisation, *slug, *chair, *agenda, *made_by, *reason, *sha256;
  Date due, from, to;
  Instant made;
  LIST_OF(PackPerson) people;
  PackInput inputs[REVIEW_INPUT_COUNT];
  LIST_OF(PackSection) sections;
} Pack;

// The frozen one if it was issued, else a draft of today.
bool pack_get(Context *c, const Review *review, Pack *out);
bool pack_draft(Context *c, const Review *review, Pack *out); // of today, whether issued or not
// Freezes the numbers; a second edition needs a reason.
bool pack_issue(Context *c, int64_t review, const char *reason);

// What changed since the numbers were frozen.
typedef struct PackChange {
  const char *section, *label, *unit, *place;
  OptReal then, now;
} PackChange;
typedef LIST_OF(PackChange) PackChanges;
bool pack_since(Context *c, const Review *review, const Pack *pack, PackChanges *out);

const char *pack_json(Context *c, const Pack *pack);        // what is frozen
const char *pack_json_answer(Context *c, const Pack *pack); // and which edition it is
bool frozen_pack_read(Context *c, const char *json, Pack *out);
const PackFigure *pack_figure(const Pack *pack, const char *section, const char *key);
const char *figure_words(Arena *arena, OptReal value, const char *unit); // "12 %", "not measured"

// ---- readers from outside ----
typedef struct Guest {
  int64_t id, readings;
  const char *name, *created_by;
  Instant expires, created, last_read;
  bool revoked, expired;
  LIST_OF(Instant) read; // the last first, at most 200 of a review
} Guest;
typedef LIST_OF(Guest) Guests;
enum { GUEST_DAYS = 14, GUEST_DAYS_MOST = 90 };
// *secret goes after /pack/; it is shown once.
bool guest_add(Context *c, int64_t review, const char *name, int32_t days, const char **secret,
               int64_t *id);
bool guest_revoke(Context *c, int64_t review, int64_t guest);
bool guest_list(Context *c, int64_t review, Guests *out);
// Finds the review, chooses its organisation and logs the reading. not_found for an unknown,
// ended or revoked address.
typedef struct GuestReading {
  int64_t review;
  const char *name, *organisation, *slug;
  Instant expires;
} GuestReading;
bool guest_read(Context *c, const char *secret, GuestReading *out);

#endif
