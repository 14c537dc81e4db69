// SPDX-License-Identifier: Apache-2.0
// The evidence files a database names, in the order of organisation and hash: what a backup holds,
// and what a reader of one expects. In constant memory.
#ifndef DAYBOOK_FILES_H
#define DAYBOOK_FILES_H

#include "base/context.h"
#include "ledger/canonical.h"

typedef struct NamedFile {
  int64_t org, size, evidence;
  char sha256[DIGEST_HEX];
} NamedFile;

typedef struct Files Files;
Files *files_begin(Context *c);
const NamedFile *files_next(Files *files); // NULL at the end, or with c->error
void files_end(Files *files);              // NULL-safe
int file_order(const NamedFile *a, int64_t org, const char *sha256);

#endif
