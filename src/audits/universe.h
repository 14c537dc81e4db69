// SPDX-License-Identifier: Apache-2.0
// What could be audited, by whom, and when: the planner's question, without a database.
// Months are counted from `start`, 0-based; effort and capacity are in hundredths of a day.
#ifndef DAYBOOK_AUDITS_UNIVERSE_H
#define DAYBOOK_AUDITS_UNIVERSE_H

#include "base/context.h"

enum {
  UNIVERSE_MAX_MONTHS = 60, // a month is a bit of a 64-bit word
  UNIVERSE_MAX_UNITS = 20000,
  UNIVERSE_MAX_AUDITORS = 200,
  DAY = 100, // hundredths
};

typedef struct AuditUnit {
  const char *id, *site;
  int32_t effort;       // hundredths of a day, one auditor, within one month
  int32_t max_interval; // months between two audits, and from the last one to the horizon's end
  int32_t last_audited; // months before month 0
  double risk;          // weight of a month of staleness
  const char **needs;   // competences the auditor must have
  size_t need_count;
  int32_t *auditors; // indices of those who may audit it: competent and not in conflict
  size_t auditor_count;
} AuditUnit;

typedef struct Auditor {
  const char *id;
  int32_t *days; // capacity per month, hundredths of a day; 0 in blackout months
  const char **competences;
  size_t competence_count;
  const char **conflicts; // units this auditor owns or operates
  size_t conflict_count;
} Auditor;

typedef struct Universe {
  int32_t months;
  const char *start; // YYYY-MM
  AuditUnit *units;
  size_t unit_count;
  Auditor *auditors;
  size_t auditor_count;
  uint64_t blackout; // bit t: no audits in month t
} Universe;

// The longest gap allowed before the first audit: a unit that is overdue at the start has until
// month 3.
static inline int32_t unit_first_limit(const AuditUnit *unit) {
  return unit->last_audited > unit->max_interval ? unit->last_audited + 3 : unit->max_interval;
}

// Both add invalid() naming the JSON path of what is wrong.
bool universe_read(Context *c, const char *json, size_t length, Universe *out);
struct json_t;
char *plan_json_text(Context *c, const struct json_t *root); // compact; lives in the arena
char *universe_json(Context *c, const Universe *universe);
// Hides a feasible plan in what it makes. The same arguments give the same universe.
typedef struct RandomUniverse {
  int64_t units, auditors, months, seed;
} RandomUniverse;
bool universe_random(Context *c, RandomUniverse size, Universe *out);

// Small reproducible generator (splitmix64): a seed must mean the same plan on every machine.
typedef struct Random {
  uint64_t state;
} Random;
uint64_t random_next(Random *random);
uint32_t random_below(Random *random, uint32_t limit); // 0 … limit-1; limit ≥ 1
double random_unit(Random *random);                    // [0, 1)

#endif
