// SPDX-License-Identifier: Apache-2.0
// Readiness: per duty, what fell due and what became of it, and whether the evidence is fresh.
// A share that was never measured is "not measured", not zero.
#ifndef DAYBOOK_READINESS_H
#define DAYBOOK_READINESS_H

#include "diary/today.h"

typedef struct Share {
  int64_t part, whole;
  bool measured; // whole > 0
  int32_t percent;
} Share;
Share share_of(int64_t part, int64_t whole);

typedef struct ReadinessLine { // one duty kind, or one duty
  DutyKind kind;
  int64_t duty; // 0 in the lines by kind
  const char *title;
  bool paused;
  int64_t on_time, concluded_late; // concluded within / after their latest day
  int64_t late, missed;            // open, past due / past latest
  int64_t planned;                 // open and not yet due
  int64_t cancelled;
  Share done;                 // concluded of all that fell due (cancelled ones left out)
  int64_t fresh, stale, bare; // duties whose last activity has fresh, only old, no evidence
  Date last_held, next_due;   // DATE_NONE if none
  int64_t next_activity;
  const char *owner; // of the next, or of the longest overdue
} ReadinessLine;
typedef struct PaperShield {
  Share documents, controls; // without operating evidence, of all in force / applicable
  Share whole;               // both together
} PaperShield;
typedef struct Readiness {
  ReadinessLine kinds[DUTY_KIND_COUNT]; // index = kind
  Share done, on_time;                  // over every duty
  PaperShield paper;
  Countdown countdown;
} Readiness;
bool paper_shield_of(Context *c, PaperShield *out);
bool readiness_of(Context *c, Readiness *out);
typedef struct ReadinessLines {
  ReadinessLine *items;
  size_t count;
} ReadinessLines;
// Each duty of a kind, at most 200.
bool readiness_duties(Context *c, DutyKind kind, ReadinessLines *out);

#endif
