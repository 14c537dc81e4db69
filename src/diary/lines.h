// SPDX-License-Identifier: Apache-2.0
// Inside the diary: rows of the database as lines of a list.
#ifndef DAYBOOK_LINES_H
#define DAYBOOK_LINES_H

#include "base/shelf.h"
#include "diary/activity.h"

#define DATE_FIRST date_make(1900, 1, 1)
#define DATE_LAST  date_make(2199, 12, 31)
#define COUNT_MOST 1001 // counting stops here: "more than 1000"

// "Anna Weber", also for a position she holds; "IT Operations Lead (vacant)"; "nobody yet".
const char *owner_words(Context *c, const char *person, const char *position, const char *holder);
DutyKind kind_of(const char *name); // of a stored name

// A list statement's row (they share their columns) as a line.
typedef struct LineRow { // a line as the database has it, whoever reads it and on whatever day
  ActivityLine line;     // without what is derived: owner, status, slip_days, days
  State state;
  const char *owner, *position, *holder;
} LineRow;

// A list statement's row (they share their columns) as a LineRow.
#define LINE_ROW(row)                                                                              \
  ((LineRow){.line = {.id = (row)->id,                                                             \
                      .duty = (row)->duty,                                                         \
                      .version = (row)->version,                                                   \
                      .kind = kind_of((row)->kind),                                                \
                      .title = (row)->title,                                                       \
                      .stage = (row)->stage,                                                       \
                      .why = (row)->why,                                                           \
                      .baseline = (row)->baseline,                                                 \
                      .earliest = (row)->earliest,                                                 \
                      .due = (row)->due,                                                           \
                      .latest = (row)->latest,                                                     \
                      .held_on = (row)->held_on},                                                  \
             .state = (State)(row)->state,                                                         \
             .owner = (row)->owner_name,                                                           \
             .position = (row)->position_title,                                                    \
             .holder = (row)->holder_name})
#define ACTIVITY_LINE(c, row) activity_line((c), &LINE_ROW(row))
ActivityLine activity_line(Context *c, const LineRow *row);
int32_t activity_slip(State state, Date baseline, Date due, Date held_on);

// ---- lines that were read before (base/shelf.h) ----

// Of the statements line_ids_…: the rows' numbers and versions, as pieces to look for.
#define LINE_PIECES(c, rows) line_pieces((c), (rows).items, (rows).count, sizeof *(rows).items)
ShelfPiece *line_pieces(Context *c, const void *ids, size_t count, size_t size);
// The lines in this order. False, and nothing done: more than a few are not there, so that reading
// all of them at once is better.
bool lines_kept(Context *c, int64_t era, ShelfPiece *pieces, size_t count, ActivityLines *out);
// The lines of a list statement's rows, put on the shelf for the next one who asks.
#define LINES_READ(c, era, rows, out)                                                              \
  do {                                                                                             \
    (out)->items = arena_array((c)->arena, (rows).count, sizeof *(out)->items);                    \
    for (size_t i = 0; i < (rows).count; i++)                                                      \
      (out)->items[(out)->count++] = line_read((c), (era), &LINE_ROW(&(rows).items[i]));           \
  } while (0)
ActivityLine line_read(Context *c, int64_t era, const LineRow *row);

#endif
