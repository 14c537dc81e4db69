// SPDX-License-Identifier: Apache-2.0
// A consistent copy of a live SQLite database by SQLite's own online backup, in one step: a reader's
// snapshot, so writers are not held up and cannot restart it.
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

// One file, without a journal beside it.
static int settle(sqlite3 *to) {
  int result = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  return result ? result : sqlite3_exec(to, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
}

bool snapshot_copy(Context *c, const char *from_path, const char *to_path) {
  sqlite3 *from = NULL, *to = NULL;
  int result = sqlite3_open_v2(from_path, &from, SQLITE_OPEN_READONLY, NULL);
  if (!result) {
    sqlite3_busy_timeout(from, 10000);
    result = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  }
  if (!result) result = copy_all(from, to);
  if (!result) result = settle(to);
  sqlite3_close(from);
  if (sqlite3_close(to) != SQLITE_OK && !result) result = SQLITE_BUSY;
  if (!result) return true;
  unlink(to_path);
  return fail_with(c, ERROR_UNAVAILABLE, _("The database cannot be copied (%s)."),
                   sqlite3_errstr(result));
}

static int left_wal(void *user, int count, char **values, char **names) {
  (void)names;
  if (count > 0 && values[0]) *(bool *)user = text_equal(values[0], "delete");
  return 0;
}

bool snapshot_is_alone(const char *path) {
  sqlite3 *db = NULL;
  bool alone = false;
  // Leaving WAL needs the file for itself, and folds what the log holds into it.
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    sqlite3_exec(db, "PRAGMA journal_mode = DELETE", left_wal, &alone, NULL);
  sqlite3_close(db);
  return alone;
}
