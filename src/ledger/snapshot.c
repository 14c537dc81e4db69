// SPDX-License-Identifier: Apache-2.0
// A consistent copy of a live SQLite database by SQLite's own online backup, in one step: a
// reader's snapshot, so writers are not held up and cannot restart it.
#include "ledger/snapshot.h"

#include <sqlite3.h>
#include <unistd.h>

static int copy_all(sqlite3 *from, sqlite3 *to) {
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) return sqlite3_errcode(to);
  int step = sqlite3_backup_step(backup, -1);
  int result = sqlite3_backup_finish(backup);
  return step == SQLITE_DONE ? result : step;
}

// Makes it one file, without a log beside it; needs the file for itself.
static bool leave_wal(sqlite3 *db) {
  sqlite3_stmt *pragma = NULL;
  bool left =
      sqlite3_prepare_v2(db, "PRAGMA journal_mode = DELETE", -1, &pragma, NULL) == SQLITE_OK &&
      sqlite3_step(pragma) == SQLITE_ROW &&
      text_equal((const char *)sqlite3_column_text(pragma, 0), "delete");
  sqlite3_finalize(pragma);
  return left;
}

bool snapshot_copy(Context *c, const char *from_path, const char *to_path) {
  sqlite3 *from = NULL, *to = NULL;
  int result = sqlite3_open_v2(from_path, &from, SQLITE_OPEN_READONLY, NULL);
  if (!result) {
    sqlite3_busy_timeout(from, 10000);
    result = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  }
  if (!result) result = copy_all(from, to);
  if (!result && !leave_wal(to)) result = SQLITE_BUSY;
  sqlite3_close(from);
  if (sqlite3_close(to) != SQLITE_OK && !result) result = SQLITE_BUSY;
  if (!result) return true;
  unlink(to_path);
  return fail_with(c, ERROR_UNAVAILABLE, _("The database cannot be copied (%s)."),
                   sqlite3_errstr(result));
}

bool snapshot_is_alone(const char *path) {
  sqlite3 *db = NULL;
  bool alone =
      sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && leave_wal(db);
  sqlite3_close(db);
  return alone;
}
