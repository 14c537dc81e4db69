// SPDX-License-Identifier: Apache-2.0
// The pack: everything one organisation can show an external auditor, in one file that `daybook
// verify FILE` checks without a database: its ledger as lines of JSON, the signed head, the public
// keys, and the evidence.
#ifndef DAYBOOK_PACK_H
#define DAYBOOK_PACK_H

#include "ledger/report.h"
#include "ledger/verify.h"

typedef struct PackDone {
  int64_t entries, files, bytes;
} PackDone;
// c->org says whose. Without personal values their hashes stay and the chain still verifies.
bool pack_write(Context *c, const char *slug, const char *path, bool personal, PackDone *done);
bool pack_read(Context *c, const char *path, const VerifyOptions *options, Report *report);

#endif
