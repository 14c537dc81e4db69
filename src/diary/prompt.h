// SPDX-License-Identifier: Apache-2.0
// What a room has to have ready around an activity, beside the activity itself: a review's pack,
// its chair, minutes that wait. Computed from the present state; Today shows it, and mail says it
// once for each stage and date.
#ifndef DAYBOOK_PROMPT_H
#define DAYBOOK_PROMPT_H

#include "diary/diary.h"

typedef struct Prompt {
  int64_t activity;
  const char *stage;   // "pack": fixed, at most 20 letters
  const char *heading; // "The pack of “Management review” is due on 13 January 2027"
  const char *todo;    // what to do, a sentence
  const char *place;   // where, behind /o/{slug}
  Date due;            // of what is asked for
  bool mail;           // false: only shown yet
  bool late;
  int64_t person; // whose it is; 0: of whoever leads the programme
  Gaps gaps;      // what is missing, for the mail
} Prompt;
typedef struct Prompts {
  Prompt *items;
  size_t count, capacity;
} Prompts;

// What is missing before an activity can begin, where its room knows more than the gate does; else
// what is missing before it is concluded.
bool activity_preparation(Context *c, int64_t activity, Gaps *gaps);

#endif
