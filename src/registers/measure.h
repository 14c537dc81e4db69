// SPDX-License-Identifier: Apache-2.0
// Objectives and their measurements (6.2, 9.1): what, unit, target and direction, how often, who;
// and the readings. A reading that is missing is shown as missing; zero is a value. An objective
// that nobody has set up is measured as its register says ("<5 %, quarterly").
#ifndef DAYBOOK_MEASURE_H
#define DAYBOOK_MEASURE_H

#include "org/org.h"

typedef enum Direction { DIRECTION_LOWER = -1, DIRECTION_HIGHER = 1 } Direction;

// ---- pure: what a register's words say ----
// "4.2% (2026-Q1)" is 4.2, "%", 31 March 2026; "1,5 days" is 1.5, "days". False without a number.
typedef struct MeasureWords {
  double value;
  const char *unit;
  Date day;      // DATE_NONE if none is said
  int direction; // -1 for "<", "at most" …; 1 for ">", "at least" …; 0 if neither is said
} MeasureWords;
bool measure_words(Arena *arena, const char *text, MeasureWords *out);

typedef struct Reading {
  int64_t id; // 0: as the register says
  Date on;
  double value;
  const char *source, *by, *why_withdrawn;
  Instant recorded;
  bool withdrawn;
} Reading;
typedef struct Readings {
  Reading *items; // by day, oldest first; withdrawn ones too
  size_t count, capacity;
} Readings;

typedef struct Measure {
  int64_t item, version; // version 0: nobody has set it up
  const char *ref, *name, *metric, *unit, *owner, *baseline, *target_words, *frequency;
  Direction direction;
  OptReal target;
  int32_t every_months; // how often a reading is expected
  Date first_on;        // from this day on
} Measure;
typedef struct Measures {
  Measure *items;
  size_t count, capacity;
} Measures;

// The periods in which a reading is expected, the last of which may still be running.
typedef struct Period {
  Date from, to; // inclusive
  OptReal value; // of the last reading in it; !has: missing (or not due yet: running)
  bool running;
} Period;
typedef struct Periods {
  Period *items;
  size_t count, capacity;
} Periods;
enum { PERIODS_MOST = 60 };

bool measure_get(Context *c, int64_t item, Measure *out); // not_found if it is no objective
bool measure_list(Context *c, Measures *out);             // at most 500
bool measure_readings(Context *c, const Measure *measure, Readings *out);
// As it stood at the end of `on`: later readings do not count.
void measure_periods(Context *c, const Measure *measure, const Readings *readings, Date on,
                     Periods *out);
const Reading *measure_latest(const Readings *readings, Date on); // NULL if there is none
bool measure_met(const Measure *measure, double value);           // without a target: met
int64_t periods_missing(const Periods *periods);

typedef struct MeasureSet {
  int64_t item, version; // version 0: do not compare
  const char *unit;
  Direction direction;
  OptReal target;
  int32_t every_months; // 1 to 12
  Date first_on;
} MeasureSet;
bool measure_set(Context *c, const MeasureSet *set);

typedef struct ReadingNew {
  int64_t item;
  double value;
  Date on; // DATE_NONE: today
  const char *source;
} ReadingNew;
bool reading_record(Context *c, const ReadingNew *reading, int64_t *id);
const char *reading_number(Arena *arena, double value); // as it was typed: "4.2"
bool reading_withdraw(Context *c, int64_t item, int64_t reading, const char *why);
// By reference or name; a part of the name if only one objective has it. invalid("name") otherwise.
bool measure_named(Context *c, const char *name, int64_t *item);

struct Chart;
struct Chart *measure_chart(Context *c, const Measure *measure, const Periods *periods);

#endif
