// SPDX-License-Identifier: Apache-2.0
// Walks the months of a version in memory: everything as planned, nobody audits, or one auditor
// leaves and the rest is planned anew. Nothing is changed.
#ifndef DAYBOOK_AUDITS_PROGRAMME_SIMULATE_H
#define DAYBOOK_AUDITS_PROGRAMME_SIMULATE_H

#include "audits/programme.h"

typedef enum Scenario { SCENARIO_PLANNED, SCENARIO_NOBODY, SCENARIO_LEAVES } Scenario;
const char *scenario_name(Scenario scenario); // "planned", "nobody", "leaves"
bool scenario_parse(const char *name, Scenario *out);

typedef struct SimulatedMonth {
  Date month;
  int64_t due, held; // cumulated: by the first plan; held in this walk
  int64_t late;      // due by the first plan and not held yet
  int64_t beyond;    // units whose longest interval has run out
  int32_t coverage;  // held of due, percent; -1: nothing was due yet
  int32_t forecast;  // the same on the day of the next external audit, at this pace; -1
  bool external;     // an external audit falls into this month
} SimulatedMonth;
typedef struct Simulation {
  LIST_OF(SimulatedMonth) months;
  LIST_OF(const char *) moves; // what the departure moves, one sentence each
  const char *leaver;
  int64_t kept, of; // audits after the departure that keep month and auditor
  bool feasible;    // every rule is kept to the end
  LIST_OF(const char *) breaks;
} Simulation;
typedef struct SimulationAsked {
  int64_t programme;
  Scenario scenario;
  int64_t leaver; // person; 0: whoever holds most audits
  int32_t month;  // of leaving, 0-based: from it on they are gone
  uint64_t seed;
} SimulationAsked;
bool audit_programme_simulate(Context *c, const SimulationAsked *asked, Simulation *out);

#endif
