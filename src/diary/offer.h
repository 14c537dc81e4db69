// SPDX-License-Identifier: Apache-2.0
// What a room puts on Today and on Readiness without the diary knowing the room. Each fill asks the
// database one statement at most: both pages are opened more often than any other. What it shows
// depends on the organisation's data, the day and who reads, and on nothing else (http/kept.h).
#ifndef DAYBOOK_OFFER_H
#define DAYBOOK_OFFER_H

#include "diary/diary.views.h"
#include "http/request.h"

typedef struct PageOffer {
  const char *key;
  // For who reads: sections of rows, beneath what the diary says needs them. NULL: none.
  bool (*today)(Request *r, TodaySectionList *out);
  // Figures beside those of the diary. NULL: none.
  bool (*readiness)(Request *r, FigureTileList *out);
} PageOffer;
extern const PageOffer *const page_offers[]; // src/page_offers.c; ends with NULL

#endif
