// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "ledger/backup.h"
#include "ledger/key.h"
#include "ledger/pack.h"
#include "ledger/pack.sql.h"
#include "ledger/store.h"
#include "ledger/tar.h"
#include "ledger/verify.sql.h"

enum { FILE_PAGE = 500 };

// Lines go to a file beside the pack first: a tar member says its size before its content.
typedef struct Lines {
  FILE *file;
  Arena *arena; // of one line
  Text line;
  int64_t entry; // the entry whose line is open; 0 = none
  bool personal, any, failed;
  int64_t count;
} Lines;

static void line_text(Text *line, const char *name, const char *value) {
  text_add_format(line, ",\"%s\":", name);
  if (value)
    canonical_string(line, value);
  else
    text_add(line, "null");
}

static void line_int(Text *line, const char *name, int64_t value) {
  text_add_format(line, ",\"%s\":%" PRId64, name, value);
}

static void line_begin(Lines *lines, int64_t id) {
  arena_reset(lines->arena);
  text_init(&lines->line, lines->arena);
  text_add_format(&lines->line, "{\"id\":%" PRId64, id);
}

static void line_end(Lines *lines, const char *closing) {
  text_add(&lines->line, closing);
  if (fwrite(lines->line.data, 1, lines->line.length, lines->file) != lines->line.length)
    lines->failed = true;
}

static void entry_end(Lines *lines) {
  if (lines->entry) line_end(lines, lines->any ? "}}\n" : "}\n");
  lines->entry = 0;
}

static void entry_begin(Lines *lines, const SqlPackEntriesRow *r) {
  line_begin(lines, r->id);
  Text *line = &lines->line;
  line_int(line, "org", r->org);
  line_int(line, "seq", r->seq);
  line_int(line, "at", r->at);
  line_int(line, "actor", r->actor);
  line_text(line, "channel", r->channel);
  line_text(line, "action", r->action);
  line_text(line, "object_kind", r->kind);
  line_int(line, "object_id", r->object);
  line_text(line, "body", r->body);
  line_text(line, "previous", r->previous);
  line_text(line, "hash", r->hash);
  lines->entry = r->id;
  lines->any = false;
  lines->count++;
}

static void entry_personal(Lines *lines, const SqlPackEntriesRow *r) {
  text_add(&lines->line, lines->any ? "," : ",\"personal\":{");
  lines->any = true;
  canonical_string(&lines->line, r->name);
  text_add(&lines->line, ":{\"salt\":");
  if (r->salt)
    canonical_string(&lines->line, r->salt);
  else
    text_add(&lines->line, "null");
  line_text(&lines->line, "value", r->value);
  text_add_char(&lines->line, '}');
}

static bool entry_row(void *user, const SqlPackEntriesRow *r) {
  Lines *lines = user;
  if (lines->entry != r->id) {
    entry_end(lines);
    entry_begin(lines, r);
  }
  if (r->name && lines->personal) entry_personal(lines, r);
  return !lines->failed;
}

static bool evidence_row(void *user, const SqlPackEvidenceRow *r) {
  Lines *lines = user;
  bool personal = lines->personal;
  line_begin(lines, r->id);
  Text *line = &lines->line;
  line_text(line, "sha256", r->sha256);
  line_int(line, "size", r->size);
  line_text(line, "media_type", r->media_type);
  line_text(line, "name", personal ? r->name : NULL);
  line_text(line, "source", personal ? r->source : NULL);
  line_text(line, "note", personal ? r->note : NULL);
  line_text(line, "taken_on", r->taken_on);
  line_text(line, "period_from", r->period_from);
  line_text(line, "period_to", r->period_to);
  line_int(line, "added_by", r->added_by);
  line_int(line, "added_at", r->added_at);
  line_int(line, "withdrawn_at", r->withdrawn_at);
  line_text(line, "withdrawn_reason", personal ? r->withdrawn_reason : NULL);
  line_end(lines, "}\n");
  return !lines->failed;
}

typedef bool LinesFill(Context *c, Lines *lines);
static bool fill_entries(Context *c, Lines *lines) {
  bool good = sql_pack_entries(c, entry_row, lines);
  entry_end(lines);
  return good;
}
static bool fill_evidence(Context *c, Lines *lines) {
  return sql_pack_evidence(c, evidence_row, lines);
}

static bool add_lines(Context *c, TarOut *tar, const char *scratch, const char *name,
                      LinesFill *fill, Lines *lines) {
  const char *path = text_format(c->arena, "%s/%s", scratch, name);
  lines->file = fopen(path, "wxe");
  lines->count = 0;
  bool good = lines->file && fill(c, lines) && !lines->failed;
  if (lines->file && fclose(lines->file) != 0) good = false;
  if (!good && context_ok(c))
    return fail_with(c, ERROR_UNAVAILABLE, _("%s cannot be written (%s)."), path, strerror(errno));
  good = good && tar_add_file(tar, name, path, NULL);
  unlink(path);
  return good;
}

static bool add_header(Context *c, TarOut *tar, const char *slug, bool personal) {
  SqlVerifyHeadRow head;
  if (!sql_verify_head(c, &head))
    return context_ok(c) ? not_found(c, _("%s has no ledger yet."), slug) : false;
  Text text;
  text_init(&text, c->arena);
  text_add(&text, "{\"format\":\"daybook-pack-1\"");
  line_text(&text, "organisation", slug);
  line_int(&text, "org", c->org);
  line_text(&text, "created", instant_text(c->arena, c->now));
  text_add_format(&text, ",\"personal\":%s,\"head\":{\"seq\":%" PRId64, personal ? "true" : "false",
                  head.seq);
  line_int(&text, "at", head.at);
  line_text(&text, "hash", head.hash);
  line_text(&text, "public_key", head.public_key);
  line_text(&text, "signature", head.signature);
  text_add(&text, "}}\n");
  return tar_add_bytes(tar, "daybook-pack.json", text.data, text.length);
}

static bool add_files(Context *c, TarOut *tar, PackDone *done) {
  const char *after = "";
  for (bool more = true; more && context_ok(c);) {
    SqlVerifyFilesRows rows =
        sql_verify_files(c, (SqlVerifyFiles){.after = after, .most = FILE_PAGE});
    for (size_t i = 0; i < rows.count; i++) {
      const SqlVerifyFilesRow *f = &rows.items[i];
      const char *path = store_path(c, f->sha256);
      if (!path ||
          !tar_add_file(tar, text_format(c->arena, "evidence/%s", f->sha256), path, f->sha256))
        return false;
      done->files++;
      done->bytes += f->size;
    }
    more = rows.count == FILE_PAGE;
    if (more) after = rows.items[rows.count - 1].sha256;
  }
  return context_ok(c);
}

static bool write_members(Context *c, const char *slug, const char *scratch, TarOut *tar,
                          Lines *lines, PackDone *done) {
  READ_TRANSACTION(c, tx);
  if (!context_ok(c) || !add_header(c, tar, slug, lines->personal)) return false;
  if (!add_lines(c, tar, scratch, "ledger.jsonl", fill_entries, lines)) return false;
  done->entries = lines->count;
  return add_lines(c, tar, scratch, "evidence.jsonl", fill_evidence, lines) &&
         add_files(c, tar, done) && transaction_commit(&tx);
}

bool pack_write(Context *c, const char *slug, const char *path, bool personal, PackDone *done) {
  *done = (PackDone){0};
  const SigningKey *key;
  if (!key_get(c, &key)) return false;
  const char *scratch = scratch_create(c, path);
  if (!scratch) return false;
  Lines lines = {.personal = personal, .arena = arena_create()};
  TarOut *tar = tar_create(c, path);
  bool good = tar && write_members(c, slug, scratch, tar, &lines, done) && tar_finish(tar, key);
  tar_drop(tar);
  arena_destroy(lines.arena);
  scratch_remove(scratch);
  return good;
}
