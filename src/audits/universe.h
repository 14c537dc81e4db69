// SPDX-License-Identifier: Apache-2.0
// What could be audited, by whom, and when: the planner's question, without a database.
// Months are counted from `start`, 0-based; effort and capacity are in DAYths of a day, rounded so
// that no plan that keeps a rule here breaks it outside: efforts up, capacity down.
#ifndef DAYBOOK_AUDITS_UNIVERSE_H
#define DAYBOOK_AUDITS_UNIVERSE_H

#include "base/context.h"

enum {
  UNIVERSE_MAX_MONTHS = 60, // a month is a bit of a 64-bit word
  UNIVERSE_MAX_UNITS = 20000,
  UNIVERSE_MAX_AUDITORS = 200,
  DAY = 10000, // parts of a day
};

typedef struct AuditUnit {
  const char *id, *site;
  int32_t effort;       // one auditor, within one month
  int32_t max_interval; // months between two audits, and from the last one to the horizon's end
  int32_t last_audited; // months before month 0
  double risk;          // weight of a month of staleness
  const char **needs;   // competences the auditor must have
  size_t need_count;
  int32_t *auditors; // indices of those who may audit it: competent and not in conflict
  size_t auditor_count;
  // The organisation's own, when it plans anew: months of the present programme, which of them stay
  // whatever happens (under way), and who audits in each (-1: nobody); NULL: nothing was planned.
  uint64_t before, fixed;
  const int16_t *before_auditor;
  const bool *warned; // per auditor: worked there, or reports to its owner; NULL: nobody
  int32_t place;      // number of its site, 0 = none; counts as travel
  int32_t owner;      // number of the person behind its owner, 0 = nobody
} AuditUnit;

typedef struct Auditor {
  const char *id;
  int32_t *days; // capacity per month; 0 in blackout months
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
  // Secondary terms, in months of staleness at risk 1; zero for a universe that was read.
  double weigh_travel;  // each further site in an auditor's month
  double weigh_moves;   // each audit that leaves its month (half: its auditor)
  double weigh_effort;  // each day of audit
  double weigh_warning; // each audit by somebody with a warning
  double weigh_crowd;   // each two audits of one auditor, or of one owner, in a month
  int32_t owner_count;
} Universe;

// The longest gap allowed before the first audit: a unit that is overdue at the start has until
// month 3.
static inline int32_t unit_first_limit(const AuditUnit *unit) {
  return unit->last_audited > unit->max_interval ? unit->last_audited + 3 : unit->max_interval;
}

// Both add invalid() naming the JSON path of what is wrong.
bool universe_read(Context *c, const char *json, size_t length, Universe *out);
// "month 7 (August 2026)"; only the number if `start` is no month.
const char *universe_month(Context *c, const Universe *universe, int32_t month);
// Who may audit it: competent and not in conflict.
void universe_find_auditors(Context *c, const Universe *universe, AuditUnit *unit);
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
