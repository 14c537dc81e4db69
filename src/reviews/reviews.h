// SPDX-License-Identifier: Apache-2.0
// Management reviews (9.3): how often top management meets, and what it must consider.
#ifndef DAYBOOK_REVIEWS_H
#define DAYBOOK_REVIEWS_H

#include "diary/diary.h"

extern const Room reviews_room;
bool reviews_gate(Context *c, int64_t activity, Gaps *gaps); // review_gate.c
bool reviews_preparation(Context *c, int64_t activity, Gaps *gaps); // preparation.c
bool reviews_prompts(Context *c, struct Prompts *out);
bool reviews_quorum(Context *c, int64_t activity, struct Quorum *out);

#endif
