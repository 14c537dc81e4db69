// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/backup.h"
#include "ledger/snapshot.h"
#include "ledger/store.h"

typedef struct Swap {
  Context *c;
  const char *target, *store;      // what is replaced
  const char *database, *evidence; // what takes their place
  const char *aside;               // the old database's new name; its evidence beside it
} Swap;

static bool trouble(Context *c, const char *path) {
  return fail_with(c, ERROR_UNAVAILABLE, _("%s cannot be replaced (%s)."), path, strerror(errno));
}

// One step for the disk: at no moment is there neither the old nor the new.
static bool exchange(Context *c, const char *fresh, const char *place, const char *aside) {
  if (access(place, F_OK) != 0) return rename(fresh, place) == 0 || trouble(c, place);
  if (renameat2(AT_FDCWD, fresh, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
    return rename(fresh, aside) == 0 || trouble(c, aside);
  if (errno != EINVAL && errno != ENOSYS) return trouble(c, place);
  return (rename(place, aside) == 0 && rename(fresh, place) == 0) || trouble(c, place);
}

static const char *aside_name(Context *c, const char *target) {
  for (int i = 0; i < 1000; i++) {
    const char *name =
        i ? text_format(c->arena, "%s.before-restore-%s-%d", target, date_text(c->arena, c->today),
                        i)
          : text_format(c->arena, "%s.before-restore-%s", target, date_text(c->arena, c->today));
    if (access(name, F_OK) != 0) return name;
  }
  return NULL;
}

static bool swap(Swap *s) {
  Context *c = s->c;
  s->aside = aside_name(c, s->target);
  if (!s->aside)
    return fail_with(c, ERROR_CONFLICT, _("Too many older copies beside %s."), s->target);
  const char *store_aside = text_format(c->arena, "%s-evidence", s->aside);
  if (!folder_ensure(c, s->evidence)) return false; // a backup may hold no evidence at all
  return exchange(c, s->evidence, s->store, store_aside) &&
         exchange(c, s->database, s->target, s->aside);
}

static bool is_free(Context *c, const char *target) {
  if (access(target, F_OK) != 0) return true;
  if (snapshot_is_alone(target)) return true;
  return conflict(c,
                  _("%s is in use. Stop the server (and anything else that has it open), then "
                    "restore."),
                  target);
}

static bool unpack_and_check(Context *c, const char *path, const char *scratch, Report *report) {
  const VerifyOptions unpacking = {0};
  if (!backup_read(c, path, scratch, true, &unpacking, report)) return false;
  if (report_is_whole(report)) return true;
  return denied(c, _("This backup is not whole; nothing was replaced. %s"),
                report_first(report, c->arena));
}

static const char *store_beside(Context *c, const char *target) {
  const char *set = getenv("DAYBOOK_EVIDENCE");
  return text_is_empty(set) ? text_format(c->arena, "%s-evidence", target)
                            : text_copy(c->arena, set);
}

bool backup_restore(Context *c, const char *path, const char *target, Report *report,
                    RestoreDone *done) {
  *done = (RestoreDone){0};
  const char *scratch = scratch_create(c, target);
  if (!scratch) return false;
  Swap s = {.c = c,
            .target = target,
            .store = store_beside(c, target),
            .database = text_format(c->arena, "%s/daybook.db", scratch),
            .evidence = text_format(c->arena, "%s/evidence", scratch)};
  bool had = access(target, F_OK) == 0;
  bool good = unpack_and_check(c, path, scratch, report) && is_free(c, target) && swap(&s);
  scratch_remove(scratch);
  if (good && had) done->aside = s.aside;
  return good;
}
