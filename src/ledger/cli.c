// SPDX-License-Identifier: Apache-2.0
#include "ledger/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ledger/canonical.h"
#include "ledger/evidence.h"
#include "ledger/evidence.sql.h"
#include "ledger/history.h"
#include "ledger/ledger.h"
#include "ledger/store.h"

static const char *quoted(Context *c, const char *text) {
  if (!text) return "null";
  Text out;
  text_init(&out, c->arena);
  canonical_string(&out, text);
  return out.data;
}

// "activity:12"
static bool parse_object(Context *c, const char *text, const char **kind, int64_t *object) {
  const char *colon = text ? strchr(text, ':') : NULL;
  if (!colon || colon == text || !text_to_int(colon + 1, object) || *object <= 0)
    return invalid(c, "object", _("An object is written KIND:ID, for example activity:12."));
  *kind = text_copy_n(c->arena, text, (size_t)(colon - text));
  return true;
}

// ---- evidence add ----
static const Option evidence_add_options[] = {
    {.name = "activity", .value = "ID", .help = "the activity it proves"},
    {.name = "object", .value = "KIND:ID", .help = "or another object it proves"},
    {.name = "source", .value = "TEXT", .help = "where it comes from"},
    {.name = "note", .value = "TEXT", .help = "what it shows"},
    {.name = "date", .value = "DATE", .help = "the day it was taken"},
    {.name = "from", .value = "DATE", .help = "first day of the period it speaks for"},
    {.name = "to", .value = "DATE", .help = "last day of that period"},
    {0}};

static bool read_about(const Invocation *in, Context *c, EvidenceAbout *about) {
  *about = (EvidenceAbout){.source = option(in, "source"),
                           .note = option(in, "note"),
                           .taken_on = DATE_NONE,
                           .period_from = DATE_NONE,
                           .period_to = DATE_NONE};
  option_date(in, "date", &about->taken_on);
  option_date(in, "from", &about->period_from);
  option_date(in, "to", &about->period_to);
  if (option(in, "activity")) {
    about->kind = "activity";
    option_int(in, "activity", 1, INT64_MAX, &about->object);
  } else if (option(in, "object")) {
    parse_object(c, option(in, "object"), &about->kind, &about->object);
  }
  return context_ok(c);
}

static bool add_file(Context *c, const char *path, const EvidenceAbout *about, bool json,
                     bool first) {
  int64_t id;
  Upload file;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail_with(c, ERROR_INVALID, _("%s cannot be read: %s"), path, strerror(errno));
  bool good = store_receive_fd(c, fd, path, &file);
  close(fd);
  if (!good) return false;
  if (!evidence_add(c, &file, about, &id)) {
    store_drop(&file);
    return false;
  }
  char sha256[DIGEST_HEX];
  hex_text(sha256, file.sha256, DIGEST_BYTES);
  if (json)
    printf("%s{\"id\":%" PRId64 ",\"name\":%s,\"sha256\":\"%s\",\"size\":%" PRId64
           ",\"media_type\":\"%s\"}",
           first ? "" : ",", id, quoted(c, file.name), sha256, file.size, file.media_type);
  else
    printf(_("evidence %" PRId64 ": %s (%s, %" PRId64 " bytes, SHA-256 %s)\n"), id, file.name,
           file.media_type, file.size, sha256);
  return true;
}

static int evidence_add_run(Invocation *in) {
  Context *c = invocation_context(in);
  EvidenceAbout about;
  bool json = invocation_json(in);
  bool good = read_about(in, c, &about);
  if (!good) return command_failed(in);
  if (json) fputs("[", stdout);
  for (size_t i = 0; good && i < argument_count(in); i++)
    good = add_file(c, argument(in, i), &about, json, i == 0);
  if (json) fputs("]\n", stdout);
  return good ? 0 : command_failed(in);
}

static const Command evidence_add_command = {
    .name = "evidence add",
    .summary = "Keep files as evidence, linked to an activity",
    .arguments = "FILE…",
    .example =
        "daybook evidence add --org nordwind --activity 12 report.pdf --source \"Backup log\"",
    .need = NEED_ORGANISATION,
    .options = evidence_add_options,
    .least_arguments = 1,
    .most_arguments = 1000,
    .run = evidence_add_run,
};

// ---- evidence list ----
static const Option evidence_list_options[] = {
    {.name = "find", .value = "TEXT", .help = "only names that contain TEXT"},
    {.name = "all", .help = "withdrawn ones too"},
    {0}};

static void print_evidence(Context *c, const SqlEvidenceListRow *r, bool json, bool first) {
  Date added = zone_date(c->zone, r->added_at, NULL);
  Date until = evidence_speaks_until(r->period_to, r->taken_on, added);
  const char *fresh = freshness_name(evidence_freshness(until, EVIDENCE_FRESH_MONTHS, c->today));
  if (json)
    printf(
        "%s\n{\"id\":%" PRId64 ",\"name\":%s,\"sha256\":\"%s\",\"size\":%" PRId64
        ",\"media_type\":\"%s\",\"added_at\":\"%s\",\"speaks_until\":\"%s\",\"freshness\":\"%s\","
        "\"withdrawn\":%s,\"links\":%" PRId64 "}",
        first ? "" : ",", r->id, quoted(c, r->name), r->sha256, r->size, r->media_type,
        instant_text(c->arena, r->added_at), date_text(c->arena, until), fresh,
        instant_is_none(r->withdrawn_at) ? "false" : "true", r->links);
  else
    printf("%6" PRId64 "  %s  %-7s  %10" PRId64 "  %s%s\n", r->id, date_text(c->arena, until),
           fresh, r->size, r->name, instant_is_none(r->withdrawn_at) ? "" : _("  (withdrawn)"));
}

static int evidence_list_run(Invocation *in) {
  Context *c = invocation_context(in);
  bool json = invocation_json(in);
  const char *find = option(in, "find");
  SqlEvidenceListRows rows = sql_evidence_list(
      c,
      (SqlEvidenceList){.find = find ? find : "", .all = option_flag(in, "all"), .limit = 100000});
  if (!context_ok(c)) return command_failed(in);
  if (json) fputs("[", stdout);
  for (size_t i = 0; i < rows.count; i++) print_evidence(c, &rows.items[i], json, i == 0);
  if (json) fputs("]\n", stdout);
  return 0;
}

static const Command evidence_list_command = {
    .name = "evidence list",
    .summary = "List the evidence of an organisation and how fresh it is",
    .arguments = "",
    .example = "daybook evidence list --org nordwind --find backup",
    .need = NEED_ORGANISATION,
    .options = evidence_list_options,
    .run = evidence_list_run,
};

// ---- evidence get ----
static const Option evidence_get_options[] = {
    {.name = "to", .value = "FILE", .help = "the file to write (default: standard output)"}, {0}};

static bool copy_out(Context *c, const char *path, FILE *out) {
  char buffer[65536];
  FILE *file = fopen(path, "re");
  if (!file)
    return fail_with(c, ERROR_FAILURE, _("Its file is missing; `daybook verify` says more."));
  bool good = true;
  for (size_t got; good && (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
    good = fwrite(buffer, 1, got, out) == got;
  good = good && !ferror(file) && fflush(out) == 0;
  fclose(file);
  return good || fail_with(c, ERROR_UNAVAILABLE, _("It cannot be written (%s)."), strerror(errno));
}

static int evidence_get_run(Invocation *in) {
  Context *c = invocation_context(in);
  SqlEvidenceGetRow row;
  int64_t id = 0;
  const char *to = option(in, "to");
  if (!text_to_int(argument(in, 0), &id)) invalid(c, "ID", _("The number of a piece of evidence."));
  bool found = context_ok(c) && sql_evidence_get(c, (SqlEvidenceGet){.id = id}, &row);
  if (context_ok(c) && !found) not_found(c, _("There is no evidence %" PRId64 " here."), id);
  if (!context_ok(c)) return command_failed(in);
  FILE *out = to ? fopen(to, "wxe") : stdout;
  if (!out) fail_with(c, ERROR_INVALID, _("%s cannot be created: %s"), to, strerror(errno));
  const char *path = store_path(c, row.sha256);
  bool good = out && path && copy_out(c, path, out);
  if (out && to) fclose(out);
  return good ? 0 : command_failed(in);
}

static const Command evidence_get_command = {
    .name = "evidence get",
    .summary = "Write the file of a piece of evidence",
    .arguments = "ID",
    .example = "daybook evidence get --org nordwind 7 --to report.pdf",
    .need = NEED_ORGANISATION,
    .options = evidence_get_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = evidence_get_run,
};

// ---- ledger show ----
static const Option ledger_show_options[] = {
    {.name = "object", .value = "KIND:ID", .help = "only what happened to one object"},
    {.name = "limit", .value = "N", .help = "the last N entries (default 50)"},
    {0}};

static void print_entry(Context *c, const History *h, bool json, bool first) {
  const char *at = instant_text(c->arena, h->at);
  if (json)
    printf("%s\n{\"seq\":%" PRId64 ",\"at\":\"%s\",\"actor\":%" PRId64 ",\"channel\":%s,"
           "\"action\":%s,\"object\":%s,\"object_id\":%" PRId64 ",\"words\":%s,\"hash\":\"%s\"}",
           first ? "" : ",", h->seq, at, h->actor, quoted(c, h->channel), quoted(c, h->action),
           quoted(c, h->kind), h->object, quoted(c, h->words), h->hash);
  else
    printf("%6" PRId64 "  %s  %-22s %s %" PRId64 "  %s\n", h->seq, at, h->action, h->kind,
           h->object, h->words);
}

static int ledger_show_run(Invocation *in) {
  Context *c = invocation_context(in);
  HistoryFilter filter = {.from = DATE_NONE, .to = DATE_NONE, .limit = 50};
  if (option(in, "object")) parse_object(c, option(in, "object"), &filter.kind, &filter.object);
  if (option(in, "limit")) option_int(in, "limit", 1, 100000, &filter.limit);
  Histories list = {0};
  if (!context_ok(c) || !history_list(c, &filter, &list)) return command_failed(in);
  bool json = invocation_json(in);
  if (json) fputs("[", stdout);
  for (size_t i = list.count; i-- > 0;) print_entry(c, &list.items[i], json, i == list.count - 1);
  if (json) fputs("]\n", stdout);
  return 0;
}

static const Command ledger_show_command = {
    .name = "ledger show",
    .summary = "What happened, entry by entry: who, when, what, before and after",
    .arguments = "",
    .example = "daybook ledger show --org nordwind --object activity:12",
    .need = NEED_ORGANISATION,
    .options = ledger_show_options,
    .run = ledger_show_run,
};

// ---- ledger erase ----
static const Option ledger_erase_options[] = {{.name = "object",
                                               .value = "KIND:ID",
                                               .help = "whose personal values to erase",
                                               .required = true},
                                              {0}};

static int ledger_erase_run(Invocation *in) {
  Context *c = invocation_context(in);
  const char *kind;
  int64_t object, erased;
  if (!parse_object(c, option(in, "object"), &kind, &object)) return command_failed(in);
  if (!ledger_erase(c, kind, object, &erased)) return command_failed(in);
  if (invocation_json(in))
    printf("{\"erased\":%" PRId64 "}\n", erased);
  else
    printf(_("%" PRId64 " personal values erased; the chain is as it was.\n"), erased);
  return 0;
}

static const Command ledger_erase_command = {
    .name = "ledger erase",
    .summary = "Erase the personal values the ledger keeps about an object; the chain stays whole",
    .arguments = "",
    .example = "daybook ledger erase --org nordwind --object person:4",
    .need = NEED_ORGANISATION,
    .options = ledger_erase_options,
    .run = ledger_erase_run,
};

const Command *const ledger_commands[] = {&evidence_add_command, &evidence_list_command,
                                          &evidence_get_command, &ledger_show_command,
                                          &ledger_erase_command, NULL};
