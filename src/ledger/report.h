// SPDX-License-Identifier: Apache-2.0
// What a verification found. Safe to use from several threads; keeps the first few hundred problems
// word for word and counts the rest, so that its memory is bounded however bad the patient is.
#ifndef DAYBOOK_REPORT_H
#define DAYBOOK_REPORT_H

#include "base/base.h"

enum { REPORT_MOST = 500 };

typedef struct Problem {
  const char *organisation;            // slug; "" = the whole installation
  int64_t seq;                         // entry of the ledger; 0 = none
  const char *what, *expected, *found; // expected and found may be NULL
} Problem;
typedef LIST_OF(Problem) Problems;

typedef struct VerifiedOrg {
  const char *slug, *hash; // hash of the last entry
  int64_t org, seq;        // how far the chain goes
  int64_t files, bytes;    // evidence that was read
} VerifiedOrg;

typedef struct Report Report;
Report *report_create(void);
void report_destroy(Report *report);
Arena *report_arena(Report *report); // for the thread that created it
// expected and found may be NULL. The text is copied.
void report_problem(Report *report, const char *organisation, int64_t seq, const char *expected,
                    const char *found, const char *format, ...) PRINTF_LIKE(6, 7);
// Worth knowing, not wrong.
void report_notice(Report *report, const char *organisation, const char *format, ...)
    PRINTF_LIKE(3, 4);
void report_org(Report *report, const VerifiedOrg *org);
bool report_is_whole(const Report *report);
int64_t report_problem_count(const Report *report);
const Problems *report_problems(const Report *report); // the first REPORT_MOST
void report_text(const Report *report, Text *out);
void report_json(const Report *report, Text *out);

// The first problem in a sentence, for errors of restore; NULL if whole.
const char *report_first(const Report *report, Arena *arena);

#endif
