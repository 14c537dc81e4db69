// SPDX-License-Identifier: Apache-2.0
#include "ledger/backup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db.h"
#include "ledger/backup.sql.h"
#include "ledger/files.h"
#include "ledger/key.h"
#include "ledger/snapshot.h"
#include "ledger/store.h"
#include "ledger/tar.h"

static bool add_header(Context *c, TarOut *tar) {
  const char *text = text_format(
      c->arena, "{\"format\":\"daybook-backup-1\",\"engine\":\"sqlite\",\"created\":\"%s\"}\n",
      instant_text(c->arena, c->now));
  return tar_add_bytes(tar, "daybook-backup.json", text, strlen(text));
}

static bool add_evidence(Context *c, Db *live, TarOut *tar, BackupDone *done) {
  const char *store = store_folder(live, c->arena);
  Files *files = files_begin(c);
  for (const NamedFile *f; context_ok(c) && (f = files_next(files));) {
    char name[128], path[1024];
    snprintf(name, sizeof name, "evidence/%" PRId64 "/%.2s/%s", f->org, f->sha256, f->sha256);
    snprintf(path, sizeof path, "%s/%s", store, name + strlen("evidence/"));
    if (!tar_add_file(tar, name, path, f->sha256)) break;
    done->files++;
    done->bytes += f->size;
  }
  files_end(files);
  return context_ok(c);
}

// `copy` is open on the copied database: what it names is what the backup holds.
static bool write_members(Context *c, Context *copy, const char *database, TarOut *tar,
                          BackupDone *done) {
  struct stat st;
  copy->now = c->now;
  if (stat(database, &st) == 0) done->database_bytes = st.st_size;
  return add_header(copy, tar) && tar_add_file(tar, "daybook.db", database, NULL) &&
         add_evidence(copy, c->db, tar, done);
}

static void take_error(Context *c, const Context *from) {
  if (context_ok(from) || !context_ok(c)) return;
  c->error.kind = from->error.kind;
  c->error.message = text_copy(c->arena, from->error.message);
  c->error.detail = text_copy(c->arena, from->error.detail);
}

static bool write_from_copy(Context *c, const char *database, const char *path,
                            const SigningKey *key, BackupDone *done) {
  Db *db = db_open(text_format(c->arena, "sqlite:%s", database), c->arena, &c->error);
  if (!db) return false;
  Context copy;
  context_init(&copy, db);
  TarOut *tar = tar_create(&copy, path);
  bool good = tar && db_attach(&copy) && write_members(c, &copy, database, tar, done) &&
              tar_finish(tar, key);
  tar_drop(tar);
  take_error(c, &copy);
  db_detach(&copy);
  context_finish(&copy);
  db_close(db);
  return good;
}

bool backup_write(Context *c, const char *path, BackupDone *done) {
  *done = (BackupDone){0};
  const SigningKey *key;
  const char *live = db_path(c->db);
  if (!live)
    return fail_with(c, ERROR_INVALID,
                     _("A PostgreSQL database is backed up with pg_dump and a copy of the evidence "
                       "folder, or per organisation with `daybook export`."));
  if (!key_get(c, &key)) return false;
  const char *scratch = scratch_create(c, path);
  if (!scratch) return false;
  const char *database = text_format(c->arena, "%s/daybook.db", scratch);
  bool good = snapshot_copy(c, live, database) && write_from_copy(c, database, path, key, done);
  scratch_remove(scratch);
  return good;
}
