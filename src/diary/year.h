// SPDX-License-Identifier: Apache-2.0
// The year as a picture: twelve months from `from`, a lane per duty kind, baseline against plan
// against done.
#ifndef DAYBOOK_YEAR_H
#define DAYBOOK_YEAR_H

#include "diary/activity.h"

#define YEAR_MARKS 1200 // drawn at most; `cut` says how many were left out

typedef struct YearMark {
  int64_t id;
  const char *title, *stage;
  Status status;
  Date baseline, due, latest, held_on; // held_on DATE_NONE until concluded
} YearMark;
typedef struct YearLane {
  DutyKind kind;
  const char *title;
  LIST_OF(YearMark) marks; // by due date
} YearLane;
typedef struct Year {
  Date from, to;                   // first day, last day
  YearLane lanes[DUTY_KIND_COUNT]; // index = kind; a lane without marks is empty, not left out
  int64_t cut;
} Year;
// The first day of the certificate's year `number` (0, 1, …), taken back to its month.
Date certificate_year(Date decision, int number);
Date year_of_certificate(Date decision, Date today); // the one that `today` lies in
bool year_from(Context *c, Date from, Year *out); // `from` is taken back to the first of its month

#endif
