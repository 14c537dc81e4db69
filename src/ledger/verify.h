// SPDX-License-Identifier: Apache-2.0
// Proves that nobody rewrote history: every chain, every head, every evidence file, and every row
// the ledger speaks of.
#ifndef DAYBOOK_VERIFY_H
#define DAYBOOK_VERIFY_H

#include "ledger/checkpoint.h"
#include "ledger/report.h"

typedef struct VerifyOptions {
  const char *org;                // slug; NULL = all
  const char *evidence;           // the store's folder; NULL = leave files out
  const Checkpoints *checkpoints; // kept elsewhere; NULL = none
  bool live;                      // this installation's own database: its key is at hand
} VerifyOptions;

// Reads a database that is open in c. False with c->error if it cannot be read at all; what is
// wrong with it goes to the report.
bool verify_database(Context *c, const VerifyOptions *options, Report *report);

// A database file, a backup or a pack, told apart by their first bytes. ERROR_INVALID if it is none
// of them. Works in a temporary folder beside the file or in TMPDIR.
bool verify_file(Context *c, const char *path, const VerifyOptions *options, Report *report);

#endif
