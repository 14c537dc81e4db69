// SPDX-License-Identifier: Apache-2.0
#include "ledger/files.h"

#include <stdio.h>
#include <string.h>

#include "ledger/backup.sql.h"

enum { PAGE = 500 };

struct Files {
  Context *c;
  Arena *page;
  NamedFile items[PAGE];
  size_t count, next;
};

Files *files_begin(Context *c) {
  Files *files = arena_new(c->arena, Files);
  files->c = c;
  files->page = arena_create();
  files->count = files->next = PAGE; // a full page lies behind
  return files;
}

void files_end(Files *files) {
  if (files) arena_destroy(files->page);
}

static void keep(NamedFile *to, const SqlBackupFilesRow *from) {
  *to = (NamedFile){.org = from->org, .size = from->size, .evidence = from->evidence};
  snprintf(to->sha256, sizeof to->sha256, "%s", from->sha256);
}

static void load(Files *files) {
  Context *c = files->c;
  NamedFile last = files->items[PAGE - 1];
  Arena *kept = c->arena;
  c->arena = files->page;
  SqlBackupFilesRows rows = sql_backup_files(
      c, (SqlBackupFiles){.after_org = last.org, .after = last.sha256, .most = PAGE});
  for (size_t i = 0; i < rows.count; i++) keep(&files->items[i], &rows.items[i]);
  files->count = rows.count;
  files->next = 0;
  c->arena = kept;
  c->error.message = text_copy(kept, c->error.message);
  c->error.detail = text_copy(kept, c->error.detail);
  arena_reset(files->page);
}

const NamedFile *files_next(Files *files) {
  if (files->next == files->count && files->count == PAGE) load(files);
  return files->next < files->count ? &files->items[files->next++] : NULL;
}

int file_order(const NamedFile *a, int64_t org, const char *sha256) {
  if (a->org != org) return a->org < org ? -1 : 1;
  return strcmp(a->sha256, sha256);
}
