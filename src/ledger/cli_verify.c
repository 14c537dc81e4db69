// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "db/db.h"
#include "ledger/cli.h"
#include "ledger/store.h"
#include "ledger/verify.h"
#include "ledger/verify.sql.h"

enum { EXIT_WHOLE = 0, EXIT_NOT_WHOLE = 3 };

static const Option verify_options[] = {
    {.name = "checkpoint",
     .value = "FILE",
     .help = "compare with a checkpoint kept elsewhere: finds an older whole copy put back"},
    {.name = "write-checkpoint",
     .value = "FILE",
     .help = "if whole, write the signed heads to FILE; keep it elsewhere"},
    {0}};

static void take_heads(Context *c, const VerifyOptions *o, Checkpoints *out) {
  SqlVerifyOrgsRows orgs = sql_verify_orgs(c);
  for (size_t i = 0; i < orgs.count && context_ok(c); i++) {
    SqlVerifyHeadRow head;
    if (o->org && !text_equal(o->org, orgs.items[i].slug)) continue;
    c->org = orgs.items[i].id;
    if (!sql_verify_head(c, &head)) continue;
    *list_add(c->arena, out) = (Checkpoint){.slug = orgs.items[i].slug,
                                            .org = c->org,
                                            .head = {.seq = head.seq,
                                                     .at = head.at,
                                                     .hash = head.hash,
                                                     .public_key = head.public_key,
                                                     .signature = head.signature}};
  }
}

static bool write_checkpoint(Context *c, const VerifyOptions *o, const char *path) {
  Checkpoints heads = {0};
  take_heads(c, o, &heads);
  return context_ok(c) && checkpoint_write(c, path, &heads);
}

static bool verify_live(Context *c, VerifyOptions *o, const char *checkpoint, Report *report) {
  o->live = true;
  o->evidence = store_folder(c->db, c->arena);
  if (!o->evidence)
    report_notice(report, "", "DAYBOOK_EVIDENCE is not set: files were not checked");
  if (!db_check_version(c) || !verify_database(c, o, report)) return false;
  return !checkpoint || !report_is_whole(report) || write_checkpoint(c, o, checkpoint);
}

static void take_error(Context *c, const Error *from) {
  if (context_ok(c) && from->kind != ERROR_NONE) fail_with(c, from->kind, "%s", from->message);
}

static bool verify_open(Context *c, const char *url, VerifyOptions *o, const char *checkpoint,
                        Report *report) {
  Error error = {0};
  Db *db = db_open(url, c->arena, &error);
  if (!db) {
    take_error(c, &error);
    return false;
  }
  Context live;
  context_init(&live, db);
  bool good = db_attach(&live) && verify_live(&live, o, checkpoint, report);
  take_error(c, &live.error);
  db_detach(&live);
  context_finish(&live);
  db_close(db);
  return good;
}

static bool verify_asked(const Invocation *in, Context *c, VerifyOptions *o, Report *report) {
  Checkpoints *checkpoints = arena_new(c->arena, Checkpoints);
  const char *checkpoint = option(in, "checkpoint"), *url = option(in, "db");
  if (checkpoint && !checkpoint_read(c, checkpoint, checkpoints)) return false;
  if (checkpoint) o->checkpoints = checkpoints;
  if (argument_count(in) > 0) {
    if (option(in, "write-checkpoint"))
      return invalid(c, "write-checkpoint", _("A checkpoint is written from the live database."));
    return verify_file(c, argument(in, 0), o, report);
  }
  if (!url) url = getenv("DAYBOOK_DB");
  if (text_is_empty(url))
    return fail_with(c, ERROR_INVALID, _("Say what to verify: a FILE, or set DAYBOOK_DB."));
  return verify_open(c, url, o, option(in, "write-checkpoint"), report);
}

static int verify_run(Invocation *in) {
  Context *c = invocation_context(in);
  VerifyOptions options = {.org = option(in, "org")};
  Report *report = report_create();
  int status = EXIT_WHOLE;
  if (verify_asked(in, c, &options, report)) {
    Text text;
    text_init(&text, c->arena);
    if (invocation_json(in))
      report_json(report, &text);
    else
      report_text(report, &text);
    fputs(text.data, stdout);
    if (!report_is_whole(report)) status = EXIT_NOT_WHOLE;
  } else {
    status = command_failed(in);
  }
  report_destroy(report);
  return status;
}

static const Command verify_command = {
    .name = "verify",
    .summary = "Prove that nobody rewrote history: ledger, evidence and the rows they speak of",
    .arguments = "[FILE]",
    .example = "daybook verify --org nordwind",
    .need = NEED_NOTHING,
    .options = verify_options,
    .most_arguments = 1,
    .run = verify_run,
};

const Command *const verify_commands[] = {&verify_command, NULL};
