// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/backup.h"
#include "ledger/canonical.h"
#include "ledger/cli.h"
#include "ledger/pack.h"

static const Option backup_options[] = {
    {.name = "to", .value = "FILE", .help = "the file to write", .required = true}, {0}};

static const char *quoted(Context *c, const char *text) {
  Text out;
  text_init(&out, c->arena);
  canonical_string(&out, text);
  return out.data;
}

static int backup_run(Invocation *in) {
  Context *c = invocation_context(in);
  BackupDone done;
  const char *to = option(in, "to");
  if (!backup_write(c, to, &done)) return command_failed(in);
  if (invocation_json(in))
    printf("{\"file\":%s,\"database_bytes\":%" PRId64 ",\"evidence_files\":%" PRId64
           ",\"evidence_bytes\":%" PRId64 "}\n",
           quoted(c, to), done.database_bytes, done.files, done.bytes);
  else
    printf(_("%s: the database (%" PRId64 " bytes) and %" PRId64 " evidence files (%" PRId64
             " bytes).\nThe signing key is not in it: keep that apart.\n"),
           to, done.database_bytes, done.files, done.bytes);
  return 0;
}

static const Command backup_command = {
    .name = "backup",
    .summary = "Copy the live database and its evidence consistently into one file",
    .arguments = "",
    .example = "daybook backup --to /backups/daybook-2026-06-15.tar",
    .need = NEED_DATABASE,
    .options = backup_options,
    .run = backup_run,
};

static const Option restore_options[] = {
    {.name = "to",
     .value = "PATH",
     .help = "the database file to put in place (default: DAYBOOK_DB's)"},
    {0}};

static const char *restore_target(Invocation *in) {
  const char *to = option(in, "to"), *url = option(in, "db");
  if (to) return to;
  if (!url) url = getenv("DAYBOOK_DB");
  return url && text_starts(url, "sqlite:") ? url + strlen("sqlite:") : NULL;
}

static void restore_say(Invocation *in, const char *target, const RestoreDone *done) {
  Context *c = invocation_context(in);
  if (invocation_json(in))
    printf("{\"database\":%s,\"aside\":%s}\n", quoted(c, target),
           done->aside ? quoted(c, done->aside) : "null");
  else
    printf(done->aside
               ? _("Whole, and put in place: %s\nWhat was there before is now %s (its evidence "
                   "beside it).\n")
               : _("Whole, and put in place: %s\n"),
           target, done->aside);
}

static int restore_run(Invocation *in) {
  Context *c = invocation_context(in);
  const char *target = restore_target(in), *file = argument(in, 0);
  RestoreDone done;
  Report *report = report_create();
  bool good = access(file, R_OK) == 0 || fail_with(c, ERROR_INVALID, _("%s cannot be read."), file);
  good = good && (target || fail_with(c, ERROR_INVALID,
                                      _("Say where to: --to PATH, or DAYBOOK_DB=sqlite:PATH.")));
  good = good && backup_restore(c, file, target, report, &done);
  bool whole = report_is_whole(report);
  if (good) restore_say(in, target, &done);
  report_destroy(report);
  if (good) return 0;
  int status = command_failed(in);
  return whole ? status : 3;
}

static const Command restore_command = {
    .name = "restore",
    .summary = "Put a backup in place, after checking all of it; what was there is kept aside",
    .arguments = "FILE",
    .example = "daybook restore /backups/daybook-2026-06-15.tar --to /var/lib/daybook/daybook.db",
    .need = NEED_NOTHING,
    .options = restore_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = restore_run,
};

static const Option export_options[] = {
    {.name = "to", .value = "FILE", .help = "the file to write", .required = true},
    {.name = "without-personal", .help = "leave out names and free text; their hashes stay"},
    {0}};

static int export_run(Invocation *in) {
  Context *c = invocation_context(in);
  PackDone done;
  const char *to = option(in, "to"), *slug = option(in, "org");
  if (!pack_write(c, slug ? slug : "", to, !option_flag(in, "without-personal"), &done))
    return command_failed(in);
  if (invocation_json(in))
    printf("{\"file\":%s,\"entries\":%" PRId64 ",\"evidence_files\":%" PRId64
           ",\"evidence_bytes\":%" PRId64 "}\n",
           quoted(c, to), done.entries, done.files, done.bytes);
  else
    printf(_("%s: %" PRId64 " ledger entries and %" PRId64 " evidence files (%" PRId64
             " bytes).\nWhoever receives it can check it: daybook verify %s\n"),
           to, done.entries, done.files, done.bytes, to);
  return 0;
}

static const Command export_command = {
    .name = "export",
    .summary = "Write an organisation's ledger and evidence into one file for the external auditor",
    .arguments = "",
    .example = "daybook export --org nordwind --to nordwind-pack.tar",
    .need = NEED_ORGANISATION,
    .options = export_options,
    .run = export_run,
};

const Command *const backup_commands[] = {&backup_command, &restore_command, &export_command, NULL};
