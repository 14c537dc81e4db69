// SPDX-License-Identifier: Apache-2.0
// The 93 reference controls of ISO/IEC 27001:2022, Annex A, by number, with a paraphrase of our
// own: the standard's wording is copyrighted. An organisation's import brings the names it uses.
#ifndef DAYBOOK_ANNEX_A_H
#define DAYBOOK_ANNEX_A_H

#include "base/base.h"

typedef enum Theme {
  THEME_ORGANISATIONAL,
  THEME_PEOPLE,
  THEME_PHYSICAL,
  THEME_TECHNOLOGICAL,
  THEME_COUNT
} Theme;
const char *theme_title(Theme theme);

typedef struct AnnexControl {
  const char *ref; // "A.5.1"
  Theme theme;
  const char *words; // what it asks, in our words
} AnnexControl;

enum { ANNEX_CONTROL_COUNT = 93 };
extern const AnnexControl annex_controls[ANNEX_CONTROL_COUNT];
// "5.1", "A 5.1", "a.5.1", "A.5.01" → its entry; NULL if there is no such control.
const AnnexControl *annex_control_find(const char *ref);

#endif
