// SPDX-License-Identifier: Apache-2.0
// Readings of objectives from CSV: columns "objective" (reference or name), "value", and if there
// are any "date" and "source". Good rows go in, all in one transaction; the others are named.
#ifndef DAYBOOK_READINGS_H
#define DAYBOOK_READINGS_H

#include "base/context.h"

typedef struct ReadingProblem {
  int64_t line;
  const char *message;
} ReadingProblem;
typedef struct ReadingsReport {
  int64_t rows, recorded, unchanged; // unchanged: the same reading is there already
  LIST_OF(ReadingProblem) problems;
} ReadingsReport;
bool readings_import(Context *c, const char *bytes, size_t length, ReadingsReport *out);

#endif
