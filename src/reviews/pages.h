// SPDX-License-Identifier: Apache-2.0
// What the pages of the reviews share.
#ifndef DAYBOOK_REVIEWS_PAGES_H
#define DAYBOOK_REVIEWS_PAGES_H

#include "diary/pages.h"
#include "http/request.h"
#include "reviews/pack.h"
#include "reviews/reviews.views.h"

const char *review_home(Request *r, int64_t id, const char *tail); // "/o/{slug}/reviews/7" + tail
// "/o/{slug}" + place, or "" if place is.
const char *place_of(Context *c, const char *slug, const char *place);
const char *input_icon(InputState state);
const char *input_title(InputState state);

ReviewPersonList person_rows(Context *c, const Review *review);
ReviewDecisionRowList decision_rows(Context *c, const char *slug, const Review *review,
                                    char letter); // 0: of all
ReviewInputRowList input_rows(Context *c, const char *slug, const Review *review,
                              const Pack *pack); // pack may be NULL
GrantRowList grant_rows(Context *c);
// What a decision of the minute-taker's page can point at: "12 · Internal audit".
bool choices_for_decisions(Context *c, ReviewMinutesPage *page);
ReviewAddendumRowList addendum_rows(Context *c, const Review *review);
GapLineList gap_lines(Context *c, const Gaps *gaps);
ReviewChangeRowList change_rows(Context *c, const char *slug, const PackChanges *changes);
ReviewChoiceList later_reviews(Context *c, int64_t id);

PackFigureView figure_view(Context *c, const char *slug, const PackFigure *figure);
PackInputView input_view(Context *c, const Pack *pack, const char *slug, char letter);
PackBody pack_body(Context *c, const Pack *pack, const char *slug); // slug NULL: no links

#endif
