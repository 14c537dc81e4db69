// SPDX-License-Identifier: Apache-2.0
// Inside the diary: rows of the database as lines of a list.
#ifndef DAYBOOK_LINES_H
#define DAYBOOK_LINES_H

#include "diary/activity.h"

#define DATE_FIRST date_make(1900, 1, 1)
#define DATE_LAST  date_make(2199, 12, 31)
#define COUNT_MOST 1001 // counting stops here: "more than 1000"

// "Anna Weber", also for a position she holds; "IT Operations Lead (vacant)"; "nobody yet".
const char *owner_words(Context *c, const char *person, const char *position, const char *holder);
DutyKind kind_of(const char *name); // of a stored name

// A list statement's row (they share their columns) as a line.
#define ACTIVITY_LINE(c, row)                                                                      \
  activity_line((c),                                                                               \
                (ActivityLine){.id = (row)->id,                                                    \
                               .duty = (row)->duty,                                                \
                               .version = (row)->version,                                          \
                               .kind = kind_of((row)->kind),                                       \
                               .title = (row)->title,                                              \
                               .stage = (row)->stage,                                              \
                               .why = (row)->why,                                                  \
                               .baseline = (row)->baseline,                                        \
                               .earliest = (row)->earliest,                                        \
                               .due = (row)->due,                                                  \
                               .latest = (row)->latest,                                            \
                               .held_on = (row)->held_on,                                          \
                               .owner = owner_words((c), (row)->owner_name, (row)->position_title, \
                                                    (row)->holder_name)},                          \
                (State)(row)->state)
ActivityLine activity_line(const Context *c, ActivityLine line, State state);
int32_t activity_slip(State state, Date baseline, Date due, Date held_on);

#endif
