// SPDX-License-Identifier: Apache-2.0
#include "ledger/libarchive.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "ledger/backup.h"
#include "ledger/pack.h"
#include "ledger/verify.h"

typedef enum FileKind { FILE_UNKNOWN, FILE_DATABASE, FILE_BACKUP, FILE_PACK } FileKind;

static FileKind kind_of_tar(const char *path) {
  FileKind kind = FILE_UNKNOWN;
  struct archive_entry *entry;
  struct archive *archive = archive_read_new();
  archive_read_support_format_tar(archive);
  if (archive_read_open_filename(archive, path, 65536) == ARCHIVE_OK &&
      archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
    const char *name = archive_entry_pathname(entry);
    if (text_equal(name, "daybook-backup.json")) kind = FILE_BACKUP;
    if (text_equal(name, "daybook-pack.json")) kind = FILE_PACK;
  }
  archive_read_free(archive);
  return kind;
}

static FileKind kind_of(Context *c, const char *path) {
  char first[16] = {0};
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, first, sizeof first);
  int problem = errno;
  if (fd >= 0) close(fd);
  if (got < 0) {
    fail_with(c, ERROR_INVALID, _("%s cannot be read: %s"), path, strerror(problem));
    return FILE_UNKNOWN;
  }
  FileKind kind = memcmp(first, "SQLite format 3", 16) == 0 ? FILE_DATABASE : kind_of_tar(path);
  if (kind == FILE_UNKNOWN)
    fail_with(c, ERROR_INVALID, _("%s is no Daybook database, backup or pack."), path);
  return kind;
}

// A plain copy of a database: its evidence is looked for beside it, as for a live one.
static bool verify_copy(Context *c, const char *path, const VerifyOptions *options,
                        Report *report) {
  VerifyOptions copy = *options;
  Error error = {0};
  Db *db = db_open(text_format(c->arena, "sqlite:%s", path), c->arena, &error);
  if (!db) {
    report_problem(report, "", 0, NULL, error.message, _("the database cannot be opened"));
    return true;
  }
  const char *store = text_format(c->arena, "%s-evidence", path);
  copy.evidence = access(store, F_OK) == 0 ? store : NULL;
  copy.live = false;
  if (!copy.evidence) report_notice(report, "", _("no evidence beside it: files were not checked"));
  Context inner;
  context_init(&inner, db);
  bool good =
      db_attach(&inner) && db_check_version(&inner) && verify_database(&inner, &copy, report);
  if (!good && inner.error.kind == ERROR_NOT_FOUND)
    fail_with(c, ERROR_NOT_FOUND, "%s", inner.error.message);
  else if (!good)
    report_problem(report, "", 0, NULL, inner.error.message, _("the database cannot be read"));
  db_detach(&inner);
  context_finish(&inner);
  db_close(db);
  return context_ok(c);
}

static bool verify_backup(Context *c, const char *path, const VerifyOptions *options,
                          Report *report) {
  const char *temporary = getenv("TMPDIR");
  const char *scratch = scratch_create(
      c, text_format(c->arena, "%s/daybook-verify", text_is_empty(temporary) ? "/tmp" : temporary));
  if (!scratch) return false;
  bool good = backup_read(c, path, scratch, false, options, report);
  scratch_remove(scratch);
  return good;
}

bool verify_file(Context *c, const char *path, const VerifyOptions *options, Report *report) {
  FileKind kind = kind_of(c, path);
  if (!context_ok(c)) return false;
  if (kind == FILE_PACK) return pack_read(c, path, options, report);
  if (kind == FILE_BACKUP) return verify_backup(c, path, options, report);
  return verify_copy(c, path, options, report);
}
