// SPDX-License-Identifier: Apache-2.0
// Inside the reviews: what every change of one does first.
#ifndef DAYBOOK_REVIEWS_INSIDE_H
#define DAYBOOK_REVIEWS_INSIDE_H

#include "ledger/ledger.h"
#include "reviews/documents.sql.h"
#include "reviews/review.h"
#include "reviews/reviews.sql.h"

enum { REVIEWS_MOST = 200 };

Input *review_input(Review *review, char letter); // NULL if there is none
void section_words_read(Context *c, Review *review);
SectionSaid section_said(const Review *review, const char *key); // words "" if nothing was
void quorum_count(Context *c, Review *review);
// Loads it within the caller's transaction, gives it rows of its own if it has none yet. Refused
// once it has ended.
bool review_begin(Context *c, int64_t id, Review *out);
// As above, and refused while its minutes wait for the chair.
bool review_begin_open(Context *c, int64_t id, Review *out);
bool review_landed(Context *c, int64_t rows); // 1 row changed, else a conflict
// Keeps a JSON text as the next edition and puts its hash into the ledger. Within a transaction.
bool document_freeze(Context *c, int64_t review, const char *kind, const char *json,
                     const char *reason);
bool pack_freeze(Context *c, const Review *review, const char *reason); // as it stands now
// What was decided is followed: as an action, unless it is already. Within a transaction.
bool decision_follow(Context *c, const Review *review, const ReviewDecision *decision);
const char *sha256_hex(Arena *arena, const char *bytes, size_t length);
// The minutes of a review that its chair approves now, as JSON.
const char *minutes_json(Context *c, const Review *review);
const char *minutes_markdown(Context *c, const Review *review);

#endif
