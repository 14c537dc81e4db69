// SPDX-License-Identifier: Apache-2.0
// Hashes many files on all processors, in constant memory, and compares each with what it should
// be.
#ifndef DAYBOOK_HASHING_H
#define DAYBOOK_HASHING_H

#include "ledger/report.h"

enum { HASHING_PATH_MOST = 1024, HASHING_NAME_MOST = 128 };

typedef struct FileCheck {
  char path[HASHING_PATH_MOST];
  char sha256[65];
  char organisation[HASHING_NAME_MOST];
  int64_t size, evidence; // evidence: its number, for the words of a problem
} FileCheck;

typedef struct Hashing Hashing;
// expected_bytes is only for progress, which goes to standard error if that is a terminal.
Hashing *hashing_begin(Report *report, int64_t expected_bytes);
void hashing_add(Hashing *hashing, const FileCheck *check); // waits while the queue is full
int64_t hashing_end(Hashing *hashing);                      // waits for all; bytes read; NULL-safe

// One file's hash, in constant memory. False with errno set.
bool hash_file(const char *path, char sha256[65], int64_t *size);

#endif
