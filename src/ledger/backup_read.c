// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "ledger/backup.h"
#include "ledger/backup.sql.h"
#include "ledger/files.h"
#include "ledger/store.h"
#include "ledger/tar.h"

typedef struct Reading {
  Context *c;    // the caller's
  Context inner; // on the database inside
  TarIn *tar;
  Report *report;
  const char *folder;
  bool keep_evidence;
  Files *files;
  const NamedFile *expected;
  int64_t count, bytes; // evidence read
} Reading;

static int create_file(Context *c, const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    fail_with(c, ERROR_UNAVAILABLE, _("There is no room to unpack (%s)."), strerror(errno));
  return fd;
}

static bool unpack(Reading *r, const char *path, char sha256[DIGEST_HEX]) {
  int fd = create_file(r->c, path);
  if (fd < 0) return false;
  bool good = tar_rest(r->tar, fd, sha256);
  good = fsync(fd) == 0 && good;
  close(fd);
  return good;
}

static void missing_file(Reading *r, const NamedFile *f) {
  report_problem(r->report, "", 0, f->sha256, _("no file"),
                 _("the file of evidence %" PRId64 " (organisation %" PRId64 ") is missing"),
                 f->evidence, f->org);
}

static bool parse_name(const char *name, int64_t *org, char sha256[DIGEST_HEX]) {
  static const char folder[] = "evidence/";
  uint8_t bytes[DIGEST_BYTES];
  char number[24] = "";
  if (!text_starts(name, folder)) return false;
  const char *from = name + sizeof folder - 1, *rest = strchr(from, '/');
  if (rest == NULL || (size_t)(rest - from) >= sizeof number) return false;
  memcpy(number, from, (size_t)(rest++ - from));
  if (!text_to_int(number, org) || strlen(rest) != 2 + 1 + DIGEST_HEX - 1 || rest[2] != '/')
    return false;
  memcpy(sha256, rest + 3, DIGEST_HEX);
  return *org > 0 && memcmp(rest, sha256, 2) == 0 && hex_bytes(sha256, bytes, sizeof bytes);
}

// Members come in the order of the rows, so one walk along both finds what is missing or too much.
static bool meet(Reading *r, int64_t org, const char *sha256, int64_t size) {
  for (; r->expected && file_order(r->expected, org, sha256) < 0;
       r->expected = files_next(r->files))
    missing_file(r, r->expected);
  if (!r->expected || file_order(r->expected, org, sha256) != 0) {
    report_problem(r->report, "", 0, NULL, sha256, _("a file no evidence names was added"));
    return false;
  }
  if (r->expected->size != size)
    report_problem(r->report, "", 0, NULL, NULL,
                   _("the file of evidence %" PRId64 " has another size"), r->expected->evidence);
  return true;
}

static bool evidence_rest(Reading *r, int64_t org, const char *sha256, char found[DIGEST_HEX]) {
  if (!r->keep_evidence) return tar_rest(r->tar, -1, found);
  const char *folder =
      text_format(r->inner.arena, "%s/evidence/%" PRId64 "/%.2s", r->folder, org, sha256);
  if (!folder_ensure(r->c, folder)) return false;
  return unpack(r, text_format(r->inner.arena, "%s/%s", folder, sha256), found);
}

static bool read_evidence(Reading *r, const TarMember *member) {
  int64_t org;
  char sha256[DIGEST_HEX], found[DIGEST_HEX];
  if (!parse_name(member->name, &org, sha256)) {
    report_problem(r->report, "", 0, NULL, member->name,
                   _("a file Daybook never writes was added"));
    return true;
  }
  if (!meet(r, org, sha256, member->size)) return true;
  int64_t evidence = r->expected->evidence, member_size = member->size;
  if (!evidence_rest(r, org, sha256, found)) return false;
  if (!text_equal(sha256, found))
    report_problem(r->report, "", 0, sha256, found,
                   _("the file of evidence %" PRId64 " was changed"), evidence);
  r->count++;
  r->bytes += member_size;
  r->expected = files_next(r->files);
  return true;
}

static bool read_all_evidence(Reading *r) {
  TarMember member;
  r->files = files_begin(&r->inner);
  r->expected = files_next(r->files);
  bool good = true;
  while (good && context_ok(&r->inner) && tar_next(r->tar, &member))
    good = read_evidence(r, &member);
  for (; context_ok(&r->inner) && r->expected; r->expected = files_next(r->files))
    missing_file(r, r->expected);
  files_end(r->files);
  return context_ok(&r->inner) && context_ok(r->c);
}

// Anybody can sign a changed backup with a key of their own, but not one the database knows.
static void check_signer(Reading *r) {
  SqlBackupHeadKeyRow row;
  SqlBackupHeadCountRow heads = {0};
  const char *signer = tar_signed_by(r->tar);
  if (!signer[0] || !sql_backup_head_count(&r->inner, &heads) || !heads.heads) return;
  if (!sql_backup_head_key(&r->inner, (SqlBackupHeadKey){.public_key = signer}, &row))
    report_problem(r->report, "", 0, NULL, signer,
                   _("the backup is signed with a key its own ledger does not know"));
}

static bool read_inside(Reading *r, const VerifyOptions *options) {
  VerifyOptions chains = *options;
  chains.evidence = NULL; // the files were hashed on the way
  chains.live = false;
  if (!read_all_evidence(r)) return false;
  report_notice(r->report, "", _("%" PRId64 " evidence files (%" PRId64 " bytes) were read"),
                r->count, r->bytes);
  tar_check_manifest(r->tar);
  check_signer(r);
  return verify_database(&r->inner, &chains, r->report);
}

// A database inside that cannot be read is the backup's fault, not ours.
static bool read_database(Reading *r, const char *path, const VerifyOptions *options) {
  Error error = {0};
  Db *db = db_open(text_format(r->c->arena, "sqlite:%s", path), r->c->arena, &error);
  if (!db) {
    report_problem(r->report, "", 0, NULL, error.message,
                   _("the database inside cannot be opened"));
    return true;
  }
  context_init(&r->inner, db);
  bool good = db_attach(&r->inner) && db_check_version(&r->inner) && read_inside(r, options);
  if (!good && !context_ok(&r->inner))
    report_problem(r->report, "", 0, NULL, r->inner.error.message,
                   _("the database inside cannot be read"));
  db_detach(&r->inner);
  context_finish(&r->inner);
  db_close(db);
  return context_ok(r->c);
}

static bool expect(Reading *r, const char *name) {
  TarMember member;
  if (!tar_next(r->tar, &member)) return false;
  if (text_equal(member.name, name)) return true;
  report_problem(r->report, "", 0, name, member.name, _("the backup does not begin as it must"));
  return false;
}

bool backup_read(Context *c, const char *path, const char *folder, bool evidence,
                 const VerifyOptions *options, Report *report) {
  Reading r = {.c = c, .report = report, .folder = folder, .keep_evidence = evidence};
  char sha256[DIGEST_HEX];
  r.tar = tar_open(c, path, report);
  if (!r.tar) return false;
  const char *database = text_format(c->arena, "%s/daybook.db", folder);
  bool good = expect(&r, "daybook-backup.json") && expect(&r, "daybook.db") &&
              unpack(&r, database, sha256) && read_database(&r, database, options);
  if (!good && context_ok(c) && report_is_whole(report))
    report_problem(report, "", 0, NULL, NULL, _("the backup cannot be read to its end"));
  tar_close(r.tar);
  return context_ok(c);
}
