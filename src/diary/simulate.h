// SPDX-License-Identifier: Apache-2.0
// Walks an organisation forward under a stated behaviour. It works on a copy in memory: nothing of
// the organisation is changed.
#ifndef DAYBOOK_SIMULATE_H
#define DAYBOOK_SIMULATE_H

#include "diary/readiness.h"

typedef enum Behaviour { BEHAVE_NOBODY, BEHAVE_PLANNED, BEHAVE_SLIP } Behaviour;
bool behaviour_parse(const char *name, Behaviour *out); // nobody, planned, slip
#define SLIP_DAYS   21                                  // "10 % of duties slip three weeks"
#define SLIP_ONE_IN 10

typedef struct SimulatedLine {
  const char *id; // as `plan` prints it
  DutyKind kind;
  const char *title, *stage, *owner, *why;
  Date due, latest;
  Status status; // on that day
} SimulatedLine;
typedef struct SimulatedMonth {
  Date on;    // the last day of the month, or of the walk
  Share done; // of what fell due
  int64_t late, missed;
  LIST_OF(SimulatedLine) overdue; // late and missed on that day, missed first
} SimulatedMonth;
typedef struct SimulatedEvent { // a window closes with nothing done
  Date on;
  SimulatedLine line;
} SimulatedEvent;
typedef struct Simulation {
  Date from, to;
  LIST_OF(SimulatedMonth) months;
  LIST_OF(SimulatedEvent) missed;
} Simulation;
bool simulate(Context *c, Date from, Date to, Behaviour behaviour, Simulation *out);

#endif
