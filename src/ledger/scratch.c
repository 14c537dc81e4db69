// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/backup.h"

const char *scratch_create(Context *c, const char *path) {
  char *folder = text_format(c->arena, "%s.work-XXXXXX", path);
  if (mkdtemp(folder)) return folder;
  fail_with(c, ERROR_UNAVAILABLE, _("There is no place to work beside %s (%s)."), path,
            strerror(errno));
  return NULL;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where) {
  (void)st, (void)type, (void)where;
  return remove(path);
}

void scratch_remove(const char *folder) {
  if (folder) nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
