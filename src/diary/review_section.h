// SPDX-License-Identifier: Apache-2.0
// What a room offers to a management review: sections, each for one of the inputs of 9.3.2 (a)–(g),
// that fill themselves from live data. A room declares its sections and src/review_sections.c lists
// them, so that the reviews know no room:
//   static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
//     SectionFigure *open = section_figure(c, out, "open", _("Open findings"));
//     open->value = section_count(row.open);
//     open->better = BETTER_LOWER;
//     SectionTable *t = section_table(c, out, _("Open findings"), "Finding|Grade|Due");
//     section_cell(c, t, row.title, place); section_cell(c, t, …);
//     section_words(c, out, _("%lld are open, %lld of them late."), …);
//     return context_ok(c);
//   }
#ifndef DAYBOOK_REVIEW_SECTION_H
#define DAYBOOK_REVIEW_SECTION_H

#include "base/context.h"

struct Chart; // report/chart.h: sections above that layer make charts with it

// From the day after the last review (else the certificate's decision) to the day of the numbers,
// both inclusive. `to` may lie in the past, when a trend is drawn: a figure that cannot know what
// was true then leaves its value unmeasured.
typedef struct ReviewSpan {
  Date from, to;
} ReviewSpan;

typedef enum Better { BETTER_NEITHER, BETTER_HIGHER, BETTER_LOWER } Better;
typedef struct SectionFigure {
  const char *key;   // stable within the section: the trend joins figures by it
  const char *label; // "Open findings"
  const char *unit;  // "%", "days", or "" for a plain count
  const char *why;   // how it was counted, in a sentence; or ""
  const char *place; // where it comes from, behind /o/{slug}: "/findings"; or ""
  OptReal value;     // !has: not measured; a measured zero is a value
  OptReal target;
  Better better;
  bool headline; // also on the summary at the beginning of the pack
} SectionFigure;
typedef struct SectionCell {
  const char *text, *place; // place as above, or ""
} SectionCell;
typedef struct SectionTable {
  const char *title;
  LIST_OF(const char *) columns; // "#" before a title: numbers, aligned at the end
  LIST_OF(SectionCell) cells;    // row after row
  int64_t left_out;              // rows there were no room for
} SectionTable;
enum { SECTION_MOST_ROWS = 40 };

typedef struct SectionData {
  LIST_OF(SectionFigure) figures;
  LIST_OF(SectionTable *) tables;
  LIST_OF(struct Chart *) charts;
  const char *words; // suggested, for the manager to change; or NULL
  bool nothing;      // looked, and there is nothing: a person still has to say so
} SectionData;

typedef struct ReviewSection {
  const char *key;     // stable, unique: "findings"
  char input;          // 'a' … 'g' of 9.3.2
  const char *title;   // "Nonconformities and corrective actions"
  const char *purpose; // what top management looks at here, one sentence
  bool (*fill)(Context *c, const ReviewSpan *span, SectionData *out); // reads only
} ReviewSection;
extern const ReviewSection *const review_sections[]; // src/review_sections.c; ends with NULL

// The seven inputs, in our own words.
typedef struct ReviewInput {
  char letter;
  const char *title, *asks;
} ReviewInput;
enum { REVIEW_INPUT_COUNT = 7 };
extern const ReviewInput review_inputs[REVIEW_INPUT_COUNT];
const ReviewInput *review_input_of(char letter); // NULL if there is none

// ---- for fill functions; everything lives in c->arena ----
SectionFigure *section_figure(Context *c, SectionData *out, const char *key, const char *label);
OptReal section_count(int64_t count);                 // measured, also if it is 0
OptReal section_percent(int64_t part, int64_t whole); // not measured if whole is 0
OptReal section_not_measured(void);
SectionTable *section_table(Context *c, SectionData *out, const char *title,
                            const char *columns); // "Risk|Owner|#Score"
void section_cell(Context *c, SectionTable *table, const char *text, const char *place);
void section_cell_int(Context *c, SectionTable *table, int64_t number);
void section_cell_date(Context *c, SectionTable *table, Date day); // "" for DATE_NONE
bool section_is_full(SectionTable *table); // counts the row as left out when there is no room
void section_words(Context *c, SectionData *out, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
