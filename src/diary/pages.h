// SPDX-License-Identifier: Apache-2.0
// What the diary's pages share: words, marks and rows made once for the page and its JSON.
#ifndef DAYBOOK_DIARY_PAGES_H
#define DAYBOOK_DIARY_PAGES_H

#include "diary/activity.h"
#include "diary/decided.h"
#include "diary/diary.views.h"
#include "diary/duty.h"
#include "diary/readiness.h"
#include "diary/today.h"
#include "report/chart.h"

StatusMark status_mark(Status status);
const char *kind_icon(DutyKind kind);             // the name of an icon's class
const char *days_words(Context *c, int32_t days); // "today", "in 5 days", "5 days ago"
const char *count_words(Context *c, int64_t count, const char *one, const char *many);
const char *cadence_words(Context *c, int32_t every_months);
const char *percent_words(Context *c, int64_t part, int64_t whole); // "not measured" of nothing
const char *month_words(Arena *arena, Date day);                    // "June 2026"
Date month_first(Date day);
const char *or_empty(const char *text);
const char *clause_words(Context *c, const char *clauses); // "Clause 9.2", "" if none

ActivityRow activity_row(Context *c, const ActivityLine *line);
ActivityRowList activity_rows(Context *c, const ActivityLines *lines);
void figure_add(Context *c, FigureTileList *list, FigureTile figure);
NextAudit *next_audit(Context *c, const Countdown *countdown); // NULL if none is planned

// Asking before doing: a form's values become an address, without its secret. NULL is left out.
void query_add(Text *address, const char *name, const char *value);

// A cell of a list's export, as RFC 4180 has it, safe for spreadsheets; the last ends its line.
void csv_cell(Text *out, const char *text, bool last);

// What management decided about a thing; slug: of the organisation.
bool decided_lines(Context *c, const char *slug, const char *object_kind, int64_t object,
                   DecidedLineList *out);

// Whom a form means: an e-mail address, a person's name or a position's title. invalid(field) if
// nobody, or if two people have the name.
bool owner_named(Context *c, const char *field, const char *text, Owner *out);
void owner_names(Context *c, TextList *out); // suggestions, at most 200

// Readiness in words, for the page and for its document.
const char *readiness_lead(Context *c, const Readiness *all);
const char *readiness_forecast(Context *c, const Readiness *all); // to the next external audit
Ink readiness_verdict(const ReadinessLine *line, const char **word);

// Pictures, drawn as SVG with their own words (pages_picture.c, pages_year_picture.c).
typedef struct BarPart {
  int64_t value;
  const char *tone; // class of the rectangle: fill-done, fill-late, fill-missed, track
} BarPart;
Html bar_picture(Context *c, const char *label, const BarPart *parts, size_t count);
Html ring_picture(Context *c, const char *label, int32_t percent, const char *middle);

#endif
