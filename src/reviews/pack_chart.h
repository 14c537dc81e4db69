// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_REVIEWS_PACK_CHART_H
#define DAYBOOK_REVIEWS_PACK_CHART_H

#include "report/chart.h"
#include "reviews/pack.h"
#include "json/json.h"

void chart_put(Json *j, const Chart *chart);

// Which way a figure went since the review before.
typedef enum Move { MOVE_UNKNOWN, MOVE_SAME, MOVE_BETTER, MOVE_WORSE } Move;
bool figure_moved(const PackFigure *figure); // at all, over its trend
Move figure_move(const PackFigure *figure);
// Its trend: this review and the three before.
Chart *figure_chart(Arena *arena, const PackFigure *figure, ChartKind kind);

#endif
