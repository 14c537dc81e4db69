// SPDX-License-Identifier: Apache-2.0
#include "ledger/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ledger/hashing.h"
#include "ledger/key.h"
#include "ledger/verify.sql.h"
#include "ledger/witness.h"

enum { FILE_PAGE = 500 };

// One chain as it comes out of the database: an entry, with a row for each personal value.
typedef struct Walk {
  Context *c;
  Chain chain;
  const Checkpoint *checkpoint;
  Arena *group; // the entry that waits for its personal values
  ChainEntry entry;
  const char *hash;
  LIST_OF(StoredPersonal) personal;
  bool waiting;
  int64_t personal_count;
} Walk;

static const char *some(const char *text) {
  return text ? text : "";
}

static void walk_flush(Walk *w) {
  if (!w->waiting) return;
  chain_entry(&w->chain, &w->entry, w->hash, w->personal.items, w->personal.count);
  w->waiting = false;
  memset(&w->personal, 0, sizeof w->personal);
  arena_reset(w->group);
}

static ChainEntry entry_of(const SqlVerifyChainRow *r) {
  return (ChainEntry){.id = r->id,
                      .org = r->org,
                      .seq = r->seq,
                      .at = r->at,
                      .actor = r->actor,
                      .channel = some(r->channel),
                      .action = some(r->action),
                      .kind = some(r->kind),
                      .object = r->object,
                      .body = some(r->body),
                      .previous = some(r->previous)};
}

static void walk_keep(Walk *w, const ChainEntry *e, const char *hash) {
  w->entry = *e;
  w->entry.channel = text_copy(w->group, e->channel);
  w->entry.action = text_copy(w->group, e->action);
  w->entry.kind = text_copy(w->group, e->kind);
  w->entry.body = text_copy(w->group, e->body);
  w->entry.previous = text_copy(w->group, e->previous);
  w->hash = text_copy(w->group, hash);
  w->waiting = true;
}

static void walk_checks(Walk *w, const SqlVerifyChainRow *r) {
  const Checkpoint *k = w->checkpoint;
  if (!r->sound)
    report_problem(w->chain.report, w->chain.slug, r->seq, NULL, NULL,
                   _("entry holds values of another kind than were written"));
  if (k && r->seq == k->head.seq && !text_equal(r->hash, k->head.hash))
    report_problem(w->chain.report, w->chain.slug, r->seq, k->head.hash, r->hash,
                   _("entry is not the one of the checkpoint: history was rewritten"));
}

static bool walk_row(void *user, const SqlVerifyChainRow *r) {
  Walk *w = user;
  ChainEntry entry = entry_of(r);
  if (w->waiting && w->entry.id != entry.id) walk_flush(w);
  if (!w->waiting) walk_checks(w, r);
  if (!r->name) {
    chain_entry(&w->chain, &entry, some(r->hash), NULL, 0);
    return true;
  }
  if (!w->waiting) walk_keep(w, &entry, some(r->hash));
  StoredPersonal *p = list_add(w->group, &w->personal);
  *p = (StoredPersonal){.name = text_copy(w->group, r->name),
                        .salt = text_copy(w->group, r->salt),
                        .value = text_copy(w->group, r->value)};
  w->personal_count++;
  return true;
}

static void check_personal_rows(Context *c, const Walk *w) {
  SqlVerifyPersonalTotalRow total;
  if (!sql_verify_personal_total(c, &total)) return;
  if (total.total != w->personal_count)
    report_problem(w->chain.report, w->chain.slug, 0, NULL, NULL,
                   _("%" PRId64 " personal values belong to no entry"),
                   total.total - w->personal_count);
  SqlVerifyErasedUnsaidRows unsaid = sql_verify_erased_unsaid(c);
  for (size_t i = 0; i < unsaid.count; i++)
    report_problem(w->chain.report, w->chain.slug, unsaid.items[i].entry,
                   _("the value, or a later entry personal.erased"), "neither",
                   _("the personal value \"%s\" is gone without an erasure on record"),
                   unsaid.items[i].name);
}

static bool is_known(const SqlVerifyKeysRows *keys, const char *public_key) {
  for (size_t i = 0; i < keys->count; i++)
    if (text_equal(keys->items[i].public_key, public_key)) return true;
  return false;
}

static void check_key_rows(Context *c, const Chain *chain) {
  SqlVerifyKeysRows keys = sql_verify_keys(c);
  for (size_t i = 0; i < chain->key_count && context_ok(c); i++)
    if (!is_known(&keys, chain->keys[i]))
      report_problem(chain->report, chain->slug, 0, chain->keys[i], NULL,
                     _("a public key the chain names is missing from the table of keys"));
}

// Whoever can write to the database could sign everything anew, but not with this file's key.
static void check_own_key(Context *c, const Chain *chain, const SqlVerifyHeadRow *head) {
  const SigningKey *key;
  if (!key_find(c, &key)) {
    report_notice(chain->report, chain->slug, "%s", c->error.message);
    memset(&c->error, 0, sizeof c->error);
  } else if (!key) {
    report_notice(
        chain->report, chain->slug,
        _("the signing key is not here (%s); the signature was checked against the public "
          "key in the database"),
        some(key_path(c->db, c->arena)));
  } else if (!text_equal(key->public_hex, head->public_key)) {
    report_problem(chain->report, chain->slug, head->seq, key->public_hex, head->public_key,
                   _("the head is not signed with the key of this installation"));
  }
}

static bool verify_chain(Context *c, const VerifyOptions *o, const char *slug, Report *report,
                         VerifiedOrg *done) {
  SqlVerifyHeadRow row;
  Walk w = {.c = c, .group = arena_create(), .checkpoint = checkpoint_find(o->checkpoints, slug)};
  Digest *digest = digest_create();
  if (!digest) abort();
  chain_begin(&w.chain, report, slug, c->org, digest);
  bool has_head = sql_verify_head(c, &row);
  if (context_ok(c)) sql_verify_chain(c, walk_row, &w);
  walk_flush(&w);
  if (context_ok(c)) {
    const StoredHead head = {.seq = row.seq,
                             .at = row.at,
                             .hash = row.hash,
                             .public_key = row.public_key,
                             .signature = row.signature};
    chain_end(&w.chain, has_head ? &head : NULL);
    if (w.checkpoint) checkpoint_check(w.checkpoint, &w.chain, report);
    check_personal_rows(c, &w);
    check_key_rows(c, &w.chain);
    if (has_head && o->live) check_own_key(c, &w.chain, &row);
  }
  done->seq = w.chain.seq;
  done->hash = text_copy(c->arena, w.chain.stored);
  arena_destroy(w.group);
  digest_destroy(digest);
  return context_ok(c);
}

static void add_file(Context *c, const VerifyOptions *o, const char *slug, Hashing *hashing,
                     const SqlVerifyFilesRow *row) {
  FileCheck check = {.size = row->size, .evidence = row->evidence};
  uint8_t sha256[DIGEST_BYTES];
  if (!hex_bytes(row->sha256, sha256, sizeof sha256)) return; // its witness says so
  snprintf(check.sha256, sizeof check.sha256, "%s", row->sha256);
  snprintf(check.organisation, sizeof check.organisation, "%s", slug);
  snprintf(check.path, sizeof check.path, "%s/%" PRId64 "/%.2s/%s", o->evidence, c->org,
           row->sha256, row->sha256);
  hashing_add(hashing, &check);
}

static void verify_files(Context *c, const VerifyOptions *o, const char *slug, Report *report,
                         VerifiedOrg *done) {
  SqlVerifyBytesRow bytes = {0};
  sql_verify_bytes(c, &bytes);
  Hashing *hashing = hashing_begin(report, bytes.bytes);
  char after[DIGEST_HEX] = "";
  for (bool more = true; more && context_ok(c);) {
    SqlVerifyFilesRows rows =
        sql_verify_files(c, (SqlVerifyFiles){.after = after, .most = FILE_PAGE});
    for (size_t i = 0; i < rows.count; i++) add_file(c, o, slug, hashing, &rows.items[i]);
    done->files += (int64_t)rows.count;
    more = rows.count == FILE_PAGE;
    if (more) snprintf(after, sizeof after, "%s", rows.items[rows.count - 1].sha256);
  }
  done->bytes = hashing_end(hashing);
}

static void verify_links(Context *c, const char *slug, Report *report) {
  SqlVerifyLinksUnsaidRows unsaid = sql_verify_links_unsaid(c);
  for (size_t i = 0; i < unsaid.count; i++)
    report_problem(report, slug, 0, _("an entry"), "none",
                   _("evidence %" PRId64 " is linked to %s %" PRId64 " without an entry"),
                   unsaid.items[i].evidence, unsaid.items[i].kind, unsaid.items[i].object);
  SqlVerifyLinksLostRows lost = sql_verify_links_lost(c);
  for (size_t i = 0; i < lost.count; i++)
    report_problem(report, slug, lost.items[i].seq, _("the link"), "none",
                   _("evidence was taken away from %s %" PRId64), lost.items[i].kind,
                   lost.items[i].object);
}

// A row that cannot even be read is a finding; a database that is away is not.
static bool readable(Context *c, const char *slug, const char *what, Report *report) {
  if (context_ok(c)) return true;
  if (c->error.kind != ERROR_FAILURE) return false;
  report_problem(report, slug, 0, NULL, c->error.detail, _("%s cannot be read"), what);
  memset(&c->error, 0, sizeof c->error);
  return true;
}

static bool verify_organisation(Context *c, const VerifyOptions *o, int64_t org, const char *slug,
                                Report *report) {
  VerifiedOrg done = {.slug = slug, .org = org};
  c->org = org;
  READ_TRANSACTION(c, tx);
  if (!context_ok(c)) return false;
  verify_chain(c, o, slug, report, &done);
  if (!readable(c, slug, _("the ledger"), report)) return false;
  for (size_t i = 0; witnesses[i]; i++) {
    witness_check(c, witnesses[i], slug, report);
    if (!readable(c, slug, witnesses[i]->kind, report)) return false;
  }
  for (size_t i = 0; part_witnesses[i]; i++) {
    part_witness_check(c, part_witnesses[i], slug, report);
    if (!readable(c, slug, part_witnesses[i]->part, report)) return false;
  }
  verify_links(c, slug, report);
  if (o->evidence) verify_files(c, o, slug, report, &done);
  if (!readable(c, slug, "evidence", report)) return false;
  report_org(report, &done);
  return transaction_commit(&tx);
}

static void name_gaps(Context *c, Report *report) {
  SqlVerifyGapsRows gaps = sql_verify_gaps(c);
  for (size_t i = 0; i < gaps.count; i++)
    report_problem(
        report, "", 0, NULL, NULL,
        _("of the entries of all organisations, id %" PRId64 " to %" PRId64 " is missing"),
        gaps.items[i].first, gaps.items[i].last);
}

static void verify_whole(Context *c, Report *report) {
  SqlVerifyStraysRows strays = sql_verify_strays(c);
  for (size_t i = 0; i < strays.count; i++)
    report_problem(report, "", 0, NULL, NULL,
                   _("%" PRId64 " entries belong to organisation %" PRId64 ", which is gone"),
                   strays.items[i].entries, strays.items[i].org);
  SqlVerifyIdsRow ids = {0};
  bool counted = db_engine(c->db) == DB_SQLITE && sql_verify_ids(c, &ids);
  if (counted && ids.entries && (ids.first != 1 || ids.last != ids.entries)) {
    report_problem(report, "", 0, NULL, NULL,
                   _("the ids of the entries run from %" PRId64 " to %" PRId64
                     ", but there are %" PRId64 ": some were removed or changed"),
                   ids.first, ids.last, ids.entries);
    name_gaps(c, report);
  }
  SqlVerifyGuardsRow guards;
  if (sql_verify_guards(c, &guards) && guards.guards < 2)
    report_notice(report, "", "the triggers that refuse changes of the ledger are missing");
}

bool verify_database(Context *c, const VerifyOptions *o, Report *report) {
  SqlVerifyOrgsRows orgs = sql_verify_orgs(c);
  size_t checked = 0;
  for (size_t i = 0; i < orgs.count && context_ok(c); i++) {
    if (o->org && !text_equal(o->org, orgs.items[i].slug)) continue;
    checked++;
    verify_organisation(c, o, orgs.items[i].id, orgs.items[i].slug, report);
  }
  c->org = 0;
  if (!context_ok(c)) return false;
  if (o->org && !checked) return not_found(c, _("There is no organisation \"%s\" here."), o->org);
  for (size_t i = 0; o->checkpoints && !o->org && i < o->checkpoints->count; i++) {
    const char *slug = o->checkpoints->items[i].slug;
    bool there = false;
    for (size_t k = 0; k < orgs.count; k++) there |= text_equal(orgs.items[k].slug, slug);
    if (!there)
      report_problem(report, slug, 0, _("an organisation"), "none",
                     _("the organisation of the checkpoint is gone"));
  }
  if (!o->org) verify_whole(c, report);
  return context_ok(c);
}
