// SPDX-License-Identifier: Apache-2.0
// One file that holds a whole installation as it was at one moment (SQLite), and the way back.
// PostgreSQL has pg_dump and its own replication for this: docs/operations.md.
#ifndef DAYBOOK_BACKUP_H
#define DAYBOOK_BACKUP_H

#include "ledger/report.h"
#include "ledger/verify.h"

typedef struct BackupDone {
  int64_t database_bytes, files, bytes;
} BackupDone;

// A consistent copy of the live database and every evidence file it names. Writers go on meanwhile.
bool backup_write(Context *c, const char *path, BackupDone *done);

// Reads a backup to its end and checks everything in it: contents, signature, chains, rows.
// `folder` (existing, empty) takes daybook.db, and with `evidence` also evidence/<organisation>/…
bool backup_read(Context *c, const char *path, const char *folder, bool evidence,
                 const VerifyOptions *options, Report *report);

typedef struct RestoreDone {
  const char *aside; // where the database that was there before is now; NULL if there was none
} RestoreDone;
// Checks all of it before it replaces anything; what was there is kept aside under another name.
// ERROR_DENIED, with the first problem, if the backup is not whole; ERROR_CONFLICT while the
// database is in use.
bool backup_restore(Context *c, const char *path, const char *target, Report *report,
                    RestoreDone *done);

// A new folder beside `path`, 0700; removed with everything in it by scratch_remove.
const char *scratch_create(Context *c, const char *path);
void scratch_remove(const char *folder); // NULL-safe

#endif
