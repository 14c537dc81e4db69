// SPDX-License-Identifier: Apache-2.0
// Lists of findings and actions: filtered, sorted, paged; pages of at most 200.
#ifndef DAYBOOK_IMPROVEMENT_LIST_H
#define DAYBOOK_IMPROVEMENT_LIST_H

#include "improvement/improvement.h"

typedef struct FindingFilter {
  const char *status; // a step's name, "open", "overdue", "unsorted", "ended"; NULL = all
  const char *grade, *source, *kind; // names; NULL = all
  const char *text;                  // part of the title
  int64_t person;                    // theirs, or of a position they hold
  Date from, to;                     // raised between; DATE_NONE = open ended
  const char *sort;                  // due, raised, title, grade; NULL = due
  bool descending;
  int64_t offset, limit; // limit 0 = 50
} FindingFilter;
FindingFilter finding_filter(void); // everything
bool finding_list(Context *c, const FindingFilter *filter, FindingLines *out);

typedef struct FindingFigures {
  int64_t majors, open, overdue, unsorted, to_check; // of the open ones
} FindingFigures;
bool finding_figures(Context *c, FindingFigures *out);

typedef struct ActionFilter {
  const char
      *status; // open, under_way, done, cancelled, "all", "overdue"; NULL = open or under way
  const char *text;
  int64_t person, finding, priority;
  const char *sort; // due, title, priority; NULL = due
  bool descending;
  int64_t offset, limit;
} ActionFilter;
bool action_list(Context *c, const ActionFilter *filter, ActionLines *out);

#endif
