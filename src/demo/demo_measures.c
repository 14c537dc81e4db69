// SPDX-License-Identifier: Apache-2.0
// Readings of the demo's objectives, month by month: most get better, one month was forgotten.
#include "demo/demo.h"
#include "registers/measure.h"

#define FORGOTTEN -1.0

enum { MONTHS = 12 };

static const struct {
  const char *name, *source;
  int32_t every;
  double values[MONTHS];
} TAKEN[] = {
    {"O-1",
     "Test mail campaign",
     1,
     {8.4, 7.9, FORGOTTEN, 6.1, 5.6, 5.2, 4.8, 4.9, 4.5, 4.4, 4.1, 4.0}},
    {"O-2", "Directory", 1, {63, 71, 78, 84, 91, 94, 95, 97, 98, 98, 99, 99}},
    {"O-3", "Recovery test", 3, {4.6, 2.8, 2.9, 2.7}},
    {"O-4", "Leavers of the month", 1, {3, 2, 0, 1, 1, 2, 0, 0, 1, 0, 0, 1}},
};

bool demo_measures_take(Context *c, const Demo *demo) {
  c->actor = demo->people[DEMO_MANAGER];
  for (size_t i = 0; i < COUNT_OF(TAKEN); i++) {
    int64_t item, reading;
    if (!measure_named(c, TAKEN[i].name, &item)) return false;
    for (int32_t k = 0; k < MONTHS; k++) {
      Date on = date_add_months(demo->decision, (k + 1) * TAKEN[i].every);
      if (date_compare(on, demo->day) >= 0) break;
      if (TAKEN[i].values[k] < 0) continue;
      demo_clock(c, on, 9);
      const ReadingNew taken = {
          .item = item, .value = TAKEN[i].values[k], .on = on, .source = TAKEN[i].source};
      if (!reading_record(c, &taken, &reading)) return false;
    }
  }
  return true;
}
