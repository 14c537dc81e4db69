// SPDX-License-Identifier: Apache-2.0
// What a decision changes (9.3.3). It is checked when the decision falls and takes effect when the
// chair approves the minutes: a duty's cadence, an activity's date, what is done about a risk, what
// is granted. What is no longer possible on that day is said and becomes an action.
#ifndef DAYBOOK_REVIEWS_EFFECT_H
#define DAYBOOK_REVIEWS_EFFECT_H

#include "base/context.h"

typedef enum EffectKind {
  EFFECT_NONE,
  EFFECT_CADENCE,    // programme: duty, months
  EFFECT_MOVE,       // programme: activity, day
  EFFECT_ACCEPT,     // risk: item, until the decision's date
  EFFECT_TREAT,      //   by that date
  EFFECT_LOOK_AGAIN, //   by that date
  EFFECT_GRANT,      // resources: amount and currency, days of work, people
  EFFECT_KINDS
} EffectKind;
const char *effect_name(EffectKind kind); // "look_again": fixed
typedef enum EffectState { EFFECT_WAITS, EFFECT_DONE, EFFECT_IMPOSSIBLE } EffectState;
const char *effect_state_name(EffectState state); // "waits", "in_effect", "not_possible"

typedef struct Effect {
  EffectKind kind;
  int64_t duty, activity, item;
  int32_t months;
  Date day;
  OptReal amount, days, people;
  const char *currency;
  // read only
  EffectState state;
  const char *words;   // "Internal audit: every 6 months"
  const char *outcome; // once it is settled
  const char *place;   // of what it changes, behind /o/{slug}; ""
} Effect;

const char *effect_place(Context *c, const Effect *effect); // where it is, behind /o/{slug}; or ""

struct Review;
struct DecisionNew;
struct ReviewDecision;
bool effect_check(Context *c, const struct Review *review, const struct DecisionNew *what);
bool effect_keep(Context *c, int64_t decision, const Effect *effect);
bool effects_read(Context *c, struct Review *review); // into its decisions
// Whether somebody has to do it, or it is done with the approval.
bool decision_is_followed(const struct ReviewDecision *decision);
// Within the approval's transaction: carries out every decision that is not struck.
bool effects_settle(Context *c, const struct Review *review);
const char *grant_words(Arena *arena, const Effect *effect); // "12 000 EUR, 10 days, 2 people"

// What was granted, over all reviews, newest first.
typedef struct Grant {
  int64_t review, decision, action;
  const char *words, *amounts, *review_title, *owner, *action_status; // status "": no action yet
  Date due, held_on;
  EffectState state;
} Grant;
typedef LIST_OF(Grant) Grants;
bool grant_list(Context *c, Grants *out);

#endif
