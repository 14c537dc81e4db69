// SPDX-License-Identifier: Apache-2.0
// Inside this room: what its pages share.
#ifndef DAYBOOK_IMPROVEMENT_PAGES_H
#define DAYBOOK_IMPROVEMENT_PAGES_H

#include "diary/pages.h"
#include "http/route.h"
#include "improvement/action.h"
#include "improvement/finding.h"
#include "improvement/improvement.views.h"
#include "improvement/life.h"

StatusMark grade_mark(FindingGrade grade);
StatusMark finding_mark(const FindingLine *line);
StatusMark action_mark(const ActionLine *line);
const char *source_words(const char *source); // "Internal audit"
FindingRow finding_row(Context *c, const FindingLine *line);
ActionRow action_row(Request *r, const ActionLine *line);
ActionRowList action_rows(Request *r, const ActionLines *lines);
const char *inside(Request *r, const char *place); // "/o/{slug}" before it; "" stays ""
EvidenceLineList evidence_lines(Context *c, const char *kind, int64_t object);
HistoryLineList history_lines(Context *c, const char *kind, int64_t object);
bool attach_all(Request *r, const Uploads *files, const char *kind, int64_t object,
                const char *source, Date until);

// A list's address with its filters: pairs end with a NULL name.
const char *list_address(Request *r, const char *path, const Pair *pairs);
// A column that sorts: where it leads, and how it stands now.
typedef struct Sorting {
  const char *href, *order;
} Sorting;
Sorting sorting(Request *r, const char *path, const char *sort, const char *name, Pair *pairs);

// The cause as a picture: a chain of whys, or a fishbone. It says the same in words to whoever
// cannot see it.
typedef struct CauseBone {
  int64_t place, parent;
  const char *branch, *body;
} CauseBone;
Html cause_picture(Context *c, const char *effect, CauseMethod method, const CauseBone *bones,
                   size_t count);

#endif
