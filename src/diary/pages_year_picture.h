// SPDX-License-Identifier: Apache-2.0
// The year drawn: a lane for each kind of duty, first date, present plan and what was done as
// distinct shapes. Every mark is a link with its whole story in words.
#ifndef DAYBOOK_DIARY_PAGES_YEAR_PICTURE_H
#define DAYBOOK_DIARY_PAGES_YEAR_PICTURE_H

#include "diary/pages.h"
#include "diary/year.h"

// Marks that found no room in their lane stand as a number at their month, which leads to the list.
Html year_picture(Context *c, const Year *year, const char *org_slug);
const char *year_mark_words(Context *c, const YearMark *mark);

#endif
