// SPDX-License-Identifier: Apache-2.0
// Units and months as a grid: each audit a mark that leads to its activity or its form.
#ifndef DAYBOOK_AUDITS_PROGRAMME_PICTURE_H
#define DAYBOOK_AUDITS_PROGRAMME_PICTURE_H

#include "audits/programme.h"
#include "html/html.h"

enum { GRID_UNITS = 40 }; // on one page
typedef struct Grid {
  const char *slug;
  int64_t programme;
  Date start;
  int32_t months, page; // page from 1
  uint64_t free;        // months in which no audits are held
  bool editing;         // marks lead to their form, empty cells take what is dropped
} Grid;
// Fills how many audits are shown.
Html grid_picture(Context *c, const Grid *grid, int64_t *audits);
Html part_bar(Context *c, const char *label, int32_t value, const char *tone); // 0 to 100
Html parts_bar(Context *c, const Unit *unit, const Weights *weights);          // stacked
const char *grid_month(Context *c, Date day);                                  // "May 2026"

#endif
