// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/pack.h"
#include "ledger/tar.h"
#include "ledger/witness.h"

enum { LINE_MOST = 16 << 20, HEADER_MOST = 65536, PERSONAL_MOST = 64 };

// One piece of evidence as the ledger knows it.
typedef struct Known {
  int64_t id, size;
  char sha256[DIGEST_HEX];
  bool row, file; // was met in evidence.jsonl, under evidence/
} Known;

typedef struct PackRead {
  Context *c;
  TarIn *tar;
  Report *report;
  Chain chain;
  const Checkpoint *checkpoint;
  bool personal;
  StoredHead head;
  LIST_OF(Known) known; // in the order of id: the ledger gives them out rising
  int64_t files, bytes;
} PackRead;

static void bad(PackRead *r, int64_t seq, const char *what) {
  report_problem(r->report, r->chain.slug ? r->chain.slug : "", seq, NULL, NULL, "%s", what);
}

static const char *text_of(const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? text : "";
}
static int64_t int_of(const json_t *object, const char *name) {
  return json_integer_value(json_object_get(object, name));
}

// ---- lines ----
typedef bool LineDo(PackRead *r, const json_t *line);

static bool one_line(PackRead *r, const char *bytes, size_t length, LineDo *act) {
  json_error_t error;
  json_t *line = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
  bool good = json_is_object(line) && act(r, line);
  if (!json_is_object(line)) bad(r, r->chain.seq + 1, _("a line cannot be read"));
  json_decref(line);
  return good;
}

typedef struct LineBuffer {
  char *bytes;
  size_t length, capacity;
} LineBuffer;

static bool keep(LineBuffer *b, const char *bytes, size_t length) {
  if (b->length + length > LINE_MOST) return false;
  if (b->length + length > b->capacity) {
    size_t capacity = (b->length + length) * 2;
    char *grown = realloc(b->bytes, capacity);
    if (!grown) abort();
    b->bytes = grown;
    b->capacity = capacity;
  }
  memcpy(b->bytes + b->length, bytes, length);
  b->length += length;
  return true;
}

static bool split(PackRead *r, LineBuffer *b, const char *bytes, size_t length, LineDo *act) {
  while (length) {
    const char *end = memchr(bytes, '\n', length);
    size_t part = end ? (size_t)(end - bytes) : length;
    if (!keep(b, bytes, part)) return false;
    if (!end) return true;
    if (!one_line(r, b->bytes, b->length, act)) return false;
    b->length = 0;
    bytes += part + 1;
    length -= part + 1;
  }
  return true;
}

static void read_lines(PackRead *r, LineDo *act) {
  LineBuffer b = {0};
  const char *bytes;
  bool good = true;
  for (size_t got; good && (got = tar_read(r->tar, &bytes)) > 0;)
    good = split(r, &b, bytes, got, act);
  if (b.length) bad(r, r->chain.seq + 1, _("the last line is cut short"));
  free(b.bytes);
}

// ---- ledger.jsonl ----
static size_t personal_of(const json_t *line, StoredPersonal *out) {
  const char *name;
  json_t *value;
  size_t count = 0;
  json_object_foreach(json_object_get(line, "personal"), name, value) {
    if (count == PERSONAL_MOST) break;
    out[count++] = (StoredPersonal){.name = name,
                                    .salt = json_string_value(json_object_get(value, "salt")),
                                    .value = json_string_value(json_object_get(value, "value"))};
  }
  return count;
}

static void word_text(const char *body, const char *name, char *out, size_t size) {
  Word word = body_word(body, name);
  size_t from = word.length >= 2 && word.text[0] == '"';
  size_t length = word.text ? word.length - 2 * from : 0;
  if (length >= size) length = size - 1;
  if (length) memcpy(out, word.text + from, length);
  out[length] = '\0';
}

static void learn_evidence(PackRead *r, const ChainEntry *e) {
  char size[32];
  if (!text_equal(e->action, "evidence.added")) return;
  Known *known = list_add(r->c->arena, &r->known);
  known->id = e->object;
  word_text(e->body, "sha256", known->sha256, sizeof known->sha256);
  word_text(e->body, "size", size, sizeof size);
  text_to_int(size, &known->size);
}

// Without the personal values every member of the body that needs one would be missed: the hashes
// are covered by the entry's own, so nothing is lost for the chain.
static bool entry_line(PackRead *r, const json_t *line) {
  StoredPersonal personal[PERSONAL_MOST];
  const ChainEntry e = {.id = int_of(line, "id"),
                        .org = int_of(line, "org"),
                        .seq = int_of(line, "seq"),
                        .at = int_of(line, "at"),
                        .actor = int_of(line, "actor"),
                        .channel = text_of(line, "channel"),
                        .action = text_of(line, "action"),
                        .kind = text_of(line, "object_kind"),
                        .object = int_of(line, "object_id"),
                        .body = text_of(line, "body"),
                        .previous = text_of(line, "previous")};
  const char *hash = text_of(line, "hash");
  const Checkpoint *k = r->checkpoint;
  chain_entry(&r->chain, &e, hash, personal, personal_of(line, personal));
  if (k && e.seq == k->head.seq && !text_equal(hash, k->head.hash))
    report_problem(r->report, r->chain.slug, e.seq, k->head.hash, hash,
                   _("entry is not the one of the checkpoint: history was rewritten"));
  learn_evidence(r, &e);
  return true;
}

// ---- evidence ----
static int by_id(const void *a, const void *b) {
  const Known *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

static bool evidence_line(PackRead *r, const json_t *line) {
  const Known sought = {.id = int_of(line, "id")};
  Known *known = r->known.count
                     ? bsearch(&sought, r->known.items, r->known.count, sizeof sought, by_id)
                     : NULL;
  if (!known)
    report_problem(r->report, r->chain.slug, 0, NULL, NULL,
                   _("evidence %" PRId64 " is not in the ledger"), sought.id);
  else if (!text_equal(known->sha256, text_of(line, "sha256")) ||
           known->size != int_of(line, "size"))
    report_problem(r->report, r->chain.slug, 0, known->sha256, text_of(line, "sha256"),
                   _("evidence %" PRId64 " is not what the ledger says"), sought.id);
  else
    known->row = true;
  return true;
}

static bool mark_file(PackRead *r, const char *sha256, int64_t size) {
  bool met = false;
  for (size_t i = 0; i < r->known.count; i++) {
    Known *known = &r->known.items[i];
    if (!text_equal(known->sha256, sha256)) continue;
    met = known->file = true;
    if (known->size != size)
      report_problem(r->report, r->chain.slug, 0, NULL, NULL,
                     _("the file of evidence %" PRId64 " has another size"), known->id);
  }
  return met;
}

static void read_file(PackRead *r, const TarMember *member) {
  char sha256[DIGEST_HEX], found[DIGEST_HEX];
  const char *name = member->name + strlen("evidence/");
  snprintf(sha256, sizeof sha256, "%s", name);
  int64_t size = member->size;
  if (!tar_rest(r->tar, -1, found)) return;
  if (!text_equal(sha256, found))
    report_problem(r->report, r->chain.slug, 0, sha256, found, _("an evidence file was changed"));
  if (!mark_file(r, sha256, size))
    report_problem(r->report, r->chain.slug, 0, NULL, sha256,
                   _("a file no evidence names was added"));
  r->files++;
  r->bytes += size;
}

static void check_evidence(PackRead *r) {
  for (size_t i = 0; i < r->known.count; i++) {
    const Known *known = &r->known.items[i];
    if (!known->row)
      report_problem(r->report, r->chain.slug, 0, "a line", "none",
                     _("evidence %" PRId64 " was left out of evidence.jsonl"), known->id);
    if (!known->file)
      report_problem(r->report, r->chain.slug, 0, known->sha256, _("no file"),
                     _("the file of evidence %" PRId64 " is missing"), known->id);
  }
}

// ---- the whole ----
static bool read_header(PackRead *r, const VerifyOptions *options, Digest *digest) {
  TarMember member;
  json_error_t error;
  const char *bytes;
  char sha256[DIGEST_HEX];
  if (!tar_next(r->tar, &member) || !text_equal(member.name, "daybook-pack.json")) return false;
  size_t got = member.size < HEADER_MOST ? tar_read(r->tar, &bytes) : 0;
  json_t *root = got ? json_loadb(bytes, got, 0, &error) : NULL;
  bool good = text_equal(text_of(root, "format"), "daybook-pack-1") && tar_rest(r->tar, -1, sha256);
  if (good) {
    Arena *arena = r->c->arena;
    const json_t *head = json_object_get(root, "head");
    const char *slug = text_copy(arena, text_of(root, "organisation"));
    r->head = (StoredHead){.seq = int_of(head, "seq"),
                           .at = int_of(head, "at"),
                           .hash = text_copy(arena, text_of(head, "hash")),
                           .public_key = text_copy(arena, text_of(head, "public_key")),
                           .signature = text_copy(arena, text_of(head, "signature"))};
    r->personal = json_is_true(json_object_get(root, "personal"));
    r->checkpoint = checkpoint_find(options->checkpoints, slug);
    chain_begin(&r->chain, r->report, slug, int_of(root, "org"), digest);
    r->chain.without_personal = !r->personal;
  }
  json_decref(root);
  return good;
}

static void read_members(PackRead *r) {
  TarMember member;
  bool ledger = false, evidence = false;
  while (context_ok(r->c) && tar_next(r->tar, &member)) {
    if (!ledger && text_equal(member.name, "ledger.jsonl")) {
      read_lines(r, entry_line);
      ledger = true;
      list_sort(&r->known, by_id);
    } else if (ledger && !evidence && text_equal(member.name, "evidence.jsonl")) {
      read_lines(r, evidence_line);
      evidence = true;
    } else if (text_starts(member.name, "evidence/")) {
      read_file(r, &member);
    } else {
      report_problem(r->report, r->chain.slug, 0, NULL, member.name,
                     _("a file Daybook never writes was added"));
    }
  }
}

static void check_whole(PackRead *r) {
  tar_check_manifest(r->tar);
  chain_end(&r->chain, &r->head);
  check_evidence(r);
  if (r->checkpoint) checkpoint_check(r->checkpoint, &r->chain, r->report);
  const char *signer = tar_signed_by(r->tar);
  if (signer[0] && !chain_announced(&r->chain, signer))
    report_problem(r->report, r->chain.slug, 0, r->head.public_key, signer,
                   _("the pack is signed with a key its own ledger does not know"));
  report_notice(r->report, r->chain.slug, _("signed with the key %s: is it theirs?"),
                r->head.public_key);
  report_org(r->report, &(VerifiedOrg){.slug = r->chain.slug,
                                       .org = r->chain.org,
                                       .seq = r->chain.seq,
                                       .hash = r->chain.stored,
                                       .files = r->files,
                                       .bytes = r->bytes});
}

bool pack_read(Context *c, const char *path, const VerifyOptions *options, Report *report) {
  PackRead r = {.c = c, .report = report};
  r.tar = tar_open(c, path, report);
  if (!r.tar) return false;
  Digest *digest = digest_create();
  if (!digest) abort();
  if (read_header(&r, options, digest)) {
    read_members(&r);
    check_whole(&r);
  } else if (report_is_whole(report)) {
    report_problem(report, "", 0, NULL, NULL, _("the pack does not begin as it must"));
  }
  digest_destroy(digest);
  tar_close(r.tar);
  return context_ok(c);
}
