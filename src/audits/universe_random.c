// SPDX-License-Identifier: Apache-2.0
// A made-up universe with a plan hidden in it: capacity is granted where that plan needs it, so
// that "no plan found" is always the search's fault.
#include "audits/universe.h"

static const char *const TAGS[] = {"cloud", "physical", "development", "continuity"};
static const char *const SITES[] = {"HQ", "North", "South"};
static const int32_t INTERVALS[] = {12, 12, 24, 24, 36};

static void add_name(Context *c, const char ***names, size_t *count, const char *name) {
  const char **grown = arena_array(c->arena, *count + 1, sizeof *grown);
  for (size_t i = 0; i < *count; i++) grown[i] = (*names)[i];
  grown[(*count)++] = name;
  *names = grown;
}

static void random_auditors(Context *c, Random *random, Universe *u) {
  for (size_t a = 0; a < u->auditor_count; a++) {
    Auditor *auditor = &u->auditors[a];
    auditor->id = text_format(c->arena, "auditor-%zu", a + 1);
    auditor->days = arena_array(c->arena, (size_t)u->months, sizeof *auditor->days);
    for (size_t tag = 0; tag < COUNT_OF(TAGS); tag++)
      if ((a + tag) % 2 == 0 || random_below(random, 3) == 0)
        add_name(c, &auditor->competences, &auditor->competence_count, TAGS[tag]);
  }
}

static void random_unit_of(Context *c, Random *random, Universe *u, size_t index) {
  AuditUnit *unit = &u->units[index];
  unit->id = text_format(c->arena, "unit-%zu", index + 1);
  unit->site = SITES[random_below(random, COUNT_OF(SITES))];
  unit->effort = DAY * (int32_t)(1 + random_below(random, 3));
  unit->max_interval = INTERVALS[random_below(random, COUNT_OF(INTERVALS))];
  // Rounded to what JSON prints, so that the printed universe is the same universe.
  unit->risk = (double)(10 + random_below(random, 91)) / 100.0;
  unit->last_audited = 1 + (int32_t)random_below(random, (uint32_t)unit->max_interval + 2);
}

static bool in_blackout(const Universe *u, int32_t month) {
  return (u->blackout >> month & 1) != 0;
}

// Walks the unit's hidden audits and grants their auditor the days they take.
static void hide_audits(Context *c, Random *random, Universe *u, AuditUnit *unit) {
  size_t chosen = random_below(random, (uint32_t)u->auditor_count);
  Auditor *auditor = &u->auditors[chosen];
  if (auditor->competence_count > 0 && random_below(random, 2) == 0) {
    size_t tag = random_below(random, (uint32_t)auditor->competence_count);
    add_name(c, &unit->needs, &unit->need_count, auditor->competences[tag]);
  }
  int32_t previous = -unit->last_audited;
  int32_t limit = unit_first_limit(unit);
  while (u->months - previous > limit) {
    int32_t latest = previous + limit;
    if (latest > u->months - 1) latest = u->months - 1;
    int32_t month = latest - (int32_t)random_below(random, 3);
    if (month <= previous || month < 0) month = latest;
    while (month > previous + 1 && month > 0 && in_blackout(u, month)) month--;
    if (in_blackout(u, month)) u->blackout &= ~(1ull << month);
    auditor->days[month] += unit->effort;
    previous = month;
    limit = unit->max_interval;
  }
  for (size_t a = 0; a < u->auditor_count; a++)
    if (a != chosen && random_below(random, 10) == 0)
      add_name(c, &u->auditors[a].conflicts, &u->auditors[a].conflict_count, unit->id);
}

bool universe_random(Context *c, RandomUniverse size, Universe *out) {
  Random random = {(uint64_t)size.seed * 0x2545f4914f6cdd1du + 1};
  Universe u = {.months = (int32_t)size.months,
                .start = "2026-01",
                .unit_count = (size_t)size.units,
                .auditor_count = (size_t)size.auditors};
  u.units = arena_array(c->arena, u.unit_count, sizeof *u.units);
  u.auditors = arena_array(c->arena, u.auditor_count, sizeof *u.auditors);
  random_auditors(c, &random, &u);
  // The month before each surveillance stays free.
  for (int32_t month = 10; month < u.months; month += 12) u.blackout |= 1ull << month;
  for (size_t i = 0; i < u.unit_count; i++) {
    random_unit_of(c, &random, &u, i);
    hide_audits(c, &random, &u, &u.units[i]);
  }
  // A little slack everywhere, so that the hidden plan is one of many.
  for (size_t a = 0; a < u.auditor_count; a++)
    for (int32_t month = 0; month < u.months; month++)
      if (!in_blackout(&u, month))
        u.auditors[a].days[month] += DAY * (int32_t)random_below(&random, 3);
  char *json = universe_json(c, &u); // reading it back works out who may audit what
  return context_ok(c) && universe_read(c, json, __builtin_strlen(json), out);
}
