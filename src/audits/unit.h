// SPDX-License-Identifier: Apache-2.0
// The organisation's audit universe: what a person audits in a day or two, built from the registers
// and edited by hand, each with a priority that says why (9.2.2; docs/domain.md).
#ifndef DAYBOOK_AUDITS_UNIT_H
#define DAYBOOK_AUDITS_UNIT_H

#include "org/org.h"

typedef enum UnitKind {
  UNIT_CLAUSES,
  UNIT_CONTROLS,
  UNIT_SITE,
  UNIT_SUPPLIER,
  UNIT_PROCESS,
  UNIT_KIND_COUNT
} UnitKind;
const char *unit_kind_name(UnitKind kind);  // "controls"
const char *unit_kind_title(UnitKind kind); // "Controls"
bool unit_kind_parse(const char *name, UnitKind *out);

// The parts of a priority, each 0 (nothing) to 100.
typedef enum PriorityPart {
  PART_RISK,       // the highest residual risk of what it protects
  PART_OUTSOURCED, // share of the work that others do
  PART_FINDINGS,   // open findings by grade
  PART_INCIDENTS,  // since the last audit
  PART_CHANGES,    // since the last audit
  PART_AGE,        // time since the last audit, of its longest interval
  PART_MANAGEMENT, // management's own weight
  PART_COUNT
} PriorityPart;
const char *priority_part_name(PriorityPart part);  // "risk"
const char *priority_part_title(PriorityPart part); // "Residual risk"
typedef struct Weights {
  int32_t of[PART_COUNT]; // 0 to 100; together they need not be 100
} Weights;
typedef enum PriorityLevel { LEVEL_LOW, LEVEL_MEDIUM, LEVEL_HIGH } PriorityLevel;
typedef struct Priority {
  int32_t part[PART_COUNT];
  const char *why[PART_COUNT]; // "R-04 at 12 of 25"
  int32_t score;               // weighted mean of the parts, 0 to 100
  PriorityLevel level;
  int32_t interval; // months: by hand, else clauses 12, high 12, medium 24, low 36
  const char *interval_why;
} Priority;

typedef struct Unit {
  int64_t id, version;
  UnitKind kind;
  const char *key, *title, *refs, *needs;
  int32_t effort; // hundredths of a day
  int32_t max_interval, weight, outsourced;
  const char *interval_reason, *weight_reason;
  Date said_audited;  // by hand; DATE_NONE
  Date last_audited;  // said, or held in the diary, else the certificate's decision
  bool never_audited; // last_audited is the decision
  Owner owner;
  int64_t owner_is, owner_manager; // the person behind the owner, and whom they report to; 0 nobody
  const char *owner_label, *owner_field; // the second as one would enter it; "" nobody
  int64_t site, register_item;
  const char *site_name;
  bool edited, retired;
  const char *retired_reason;
  int64_t successor;
  Priority priority;
} Unit;
typedef LIST_OF(Unit) Units;

// ---- reading ----
bool weights_load(Context *c, Weights *out);
bool units_load(Context *c, const Weights *weights, Units *out); // live ones, with priorities
bool unit_load(Context *c, int64_t id, Unit *out);               // a retired one, too
// Every applicable control, clause, site and critical supplier that no live unit covers.
typedef LIST_OF(const char *) Missing;
bool units_missing(Context *c, const Units *units, Missing *out);

// ---- changing; each in the ledger ----
typedef struct UniverseBuilt {
  int64_t added, changed, retired, links;
} UniverseBuilt;
bool universe_build(Context *c, UniverseBuilt *out); // idempotent
bool unit_add(Context *c, const Unit *unit, int64_t *id);
bool unit_change(Context *c, const Unit *unit); // version 0: do not compare
bool weights_set(Context *c, const Weights *weights);
// `from` becomes part of `into` and is retired; its links and references go along.
bool unit_merge(Context *c, int64_t from, int64_t into, const char *reason);
// Those references leave the unit for a new one of this title.
bool unit_split(Context *c, int64_t unit, const char *refs, const char *title, const char *reason,
                int64_t *id);
bool unit_retire(Context *c, int64_t unit, const char *reason);
bool unit_link(Context *c, int64_t unit, int64_t item, const char *why);
bool unit_unlink(Context *c, int64_t unit, const char *kind, int64_t item);

// ---- inside ----
struct SqlUnitAllRow;
bool refs_have(const char *refs, const char *ref);
// Those of `refs` that are (or are not) among `others`.
const char *refs_filter(Arena *arena, const char *refs, const char *others, bool among);
const char *refs_join(Arena *arena, const char *a, const char *b); // each once
int32_t months_between(Date from, Date to); // calendar months, from month to month
// Fills in everything but what the registers say: score, level and interval follow the weights.
void priority_weigh(Context *c, Unit *unit, const Weights *weights);
bool priorities_fill(Context *c, const Weights *weights, const Facts *facts, Units *units);

#endif
