// SPDX-License-Identifier: Apache-2.0
// One management review: who comes, what is considered, what is decided, and how it ends. Its
// number is that of its activity in the diary; preparing it makes the rest. Every change is in the
// ledger.
#ifndef DAYBOOK_REVIEW_H
#define DAYBOOK_REVIEW_H

#include "diary/activity.h"
#include "diary/review_section.h"
#include "reviews/effect.h"

typedef enum Stage {
  STAGE_PREPARING,
  STAGE_PACK_ISSUED,
  STAGE_MEETING, // it has begun
  STAGE_MINUTES, // it is over; the chair has to approve
  STAGE_CONCLUDED,
  STAGE_CANCELLED
} Stage;
const char *stage_name(Stage stage);  // "pack_issued": fixed
const char *stage_title(Stage stage); // "Pack issued"

typedef enum Part { PART_TOP_MANAGEMENT, PART_SECURITY_MANAGER, PART_GUEST, PART_COUNT } Part;
const char *part_name(Part part);
const char *part_title(Part part);
bool part_parse(const char *name, Part *out);

typedef enum Presence { PRESENCE_UNSAID, PRESENCE_PRESENT, PRESENCE_ABSENT } Presence;
typedef struct Invited {
  int64_t person;
  const char *name;
  Part part;
  Presence presence;
} Invited;

typedef enum InputState {
  INPUT_OPEN,
  INPUT_CONSIDERED,
  INPUT_NOTHING,
  INPUT_DEFERRED,
} InputState;
const char *input_state_name(InputState state);
typedef struct Input {
  int64_t id; // 0 until the review is prepared
  char letter;
  InputState state;
  const char *words, *notes, *reason;
  int64_t deferred_to, version;
  const char *deferred_title;
  Date deferred_due;
  const char *said_by;
  Instant said;
} Input;

typedef enum DecidedKind {
  DECIDED_ACTION,
  DECIDED_PROGRAMME,
  DECIDED_RISK,
  DECIDED_RESOURCE,
  DECIDED_NO_CHANGE,
  DECIDED_KINDS
} DecidedKind;
const char *decided_kind_name(DecidedKind kind);
const char *decided_kind_title(DecidedKind kind);
bool decided_kind_parse(const char *name, DecidedKind *out);
typedef struct ReviewDecision {
  int64_t id, action; // action: where it is followed, once the meeting is over
  char letter;
  DecidedKind kind;
  const char *words, *owner_label, *by, *strike_reason;
  Owner owner;
  Date due;
  Instant decided;
  bool struck;
  Effect effect; // EFFECT_NONE: nothing but the action
} ReviewDecision;

typedef struct SectionSaid { // the manager's words on a section of the pack
  const char *section, *words;
  int64_t version;
} SectionSaid;

typedef struct Addendum {
  int64_t id;
  const char *body, *by;
  Instant written;
} Addendum;

enum { QUORUM_PERCENT = 50, PACK_DAYS = 7 };
typedef struct ReviewQuorum {
  int64_t top, present, unsaid, needed; // of top management
  bool chair_present, met;
  const char *words; // "2 of 3 of top management, with the chair; at least 2 are needed"
} ReviewQuorum;

typedef struct Review {
  Activity activity;
  bool prepared; // it has rows of its own; else everything below is the default
  Stage stage;
  int64_t chair, version;
  const char *chair_name;
  int32_t quorum_percent, pack_days;
  bool quorum_chair;
  const char *agenda, *summary;
  Date pack_due, held_on;
  Instant issued, opened, closed, approved;
  const char *approved_by;
  int64_t editions; // of the pack
  LIST_OF(Invited) people;
  Input inputs[REVIEW_INPUT_COUNT];
  LIST_OF(ReviewDecision) decisions; // struck ones too
  LIST_OF(Addendum) addenda;
  LIST_OF(SectionSaid) said;
  ReviewQuorum quorum;
} Review;
// not_found for an activity that is no management review.
bool review_get(Context *c, int64_t id, Review *out);

// ---- preparing ----
typedef struct ReviewSettings {
  int64_t chair; // 0: stays
  int32_t quorum_percent, pack_days;
  bool quorum_chair;
  const char *agenda, *reason; // reason: needed for a quorum below the default
} ReviewSettings;
bool review_settings(Context *c, int64_t id, const ReviewSettings *settings, int64_t version);
bool review_invite(Context *c, int64_t id, int64_t person, Part part);
bool review_uninvite(Context *c, int64_t id, int64_t person);
// A review that no series planned: an activity of its own, with why.
bool review_add(Context *c, const char *title, Date due, const char *why, int64_t *id);
bool input_words(Context *c, int64_t id, char letter, const char *words);
bool section_words_say(Context *c, int64_t id, const char *section, const char *words,
                       OptInt version); // of the words that were seen

// ---- considering ----
typedef struct InputSay {
  char letter;
  InputState state;
  const char *notes;   // NULL: stay
  int64_t deferred_to; // INPUT_DEFERRED: a later review
  const char *reason;
  int64_t version; // 0: do not compare
} InputSay;
bool input_say(Context *c, int64_t id, const InputSay *say);
// The last day by which this input must be considered again: twelve months after it last was (else
// after the decision).
bool input_last_day(Context *c, int64_t id, char letter, Date *out);

// ---- holding ----
bool review_open(Context *c, int64_t id);
bool review_attend(Context *c, int64_t id, int64_t person, Presence presence);
typedef struct DecisionNew {
  char letter;
  DecidedKind kind;
  const char *words;
  Owner owner;
  Date due; // by when; of an acceptance: until when
  Effect effect;
} DecisionNew;
bool decision_add(Context *c, int64_t id, const DecisionNew *what, int64_t *decision);
bool decision_strike(Context *c, int64_t id, int64_t decision, const char *reason);
bool review_close(Context *c, int64_t id, Date held_on, const char *summary);
bool review_reopen(Context *c, int64_t id, const char *reason); // the minutes go back
// What stands between the review and its end; approval not counted when `but_approval`.
bool review_preparation(Context *c, const Review *review, Gaps *gaps); // before it can begin
bool review_gaps(Context *c, const Review *review, bool but_approval, Gaps *gaps);
// By the chair alone, who has just signed in again: freezes the minutes, makes each decided action,
// concludes the activity.
bool review_approve(Context *c, int64_t id, int64_t version);
bool review_addendum(Context *c, int64_t id, const char *body);

// ---- all of them ----
typedef struct ReviewLine {
  int64_t id;
  const char *title, *chair, *owner;
  Status status;
  Stage stage;
  Date baseline, due, latest, held_on;
  int32_t slip_days;
  int64_t moves, decisions;
  InputState inputs[REVIEW_INPUT_COUNT];
} ReviewLine;
typedef LIST_OF(ReviewLine) ReviewLines;
bool review_list(Context *c, ReviewLines *out); // by due date, at most 200
// The day after the last concluded review before this one (else the decision) to today, or to the
// day it was held.
bool review_span(Context *c, const Review *review, ReviewSpan *out);

#endif
