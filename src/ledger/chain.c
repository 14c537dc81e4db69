// SPDX-License-Identifier: Apache-2.0
#include "ledger/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ledger/key.h"

#define PERSONAL "{\"personal\":\""
enum { NAME_MOST = 64 };

void chain_begin(Chain *chain, Report *report, const char *slug, int64_t org, Digest *digest) {
  *chain = (Chain){.report = report,
                   .slug = slug,
                   .org = org,
                   .digest = digest,
                   .stored = LEDGER_GENESIS,
                   .computed = LEDGER_GENESIS};
}

static void copy_hash(char to[DIGEST_HEX], const char *from) {
  snprintf(to, DIGEST_HEX, "%s", from);
}

// In the canonical form a quotation mark inside a value is escaped, so this text can only be a
// member of the body itself.
const char *body_personal(const char *body, const char *name, char hash[DIGEST_HEX]) {
  char sought[NAME_MOST + 32];
  int n = snprintf(sought, sizeof sought, "\"%s\":" PERSONAL, name);
  if (n < 0 || (size_t)n >= sizeof sought) return NULL;
  const char *at = strstr(body, sought);
  if (!at || strlen(at + n) < DIGEST_HEX - 1) return NULL;
  memcpy(hash, at + n, DIGEST_HEX - 1);
  hash[DIGEST_HEX - 1] = '\0';
  return hash;
}

// "entry 7" or "entries 5 to 7".
static const char *entries_words(Chain *chain, int64_t first, int64_t last) {
  Arena *arena = report_arena(chain->report);
  if (first == last) return text_format(arena, _("entry %" PRId64), first);
  return text_format(arena, _("entries %" PRId64 " to %" PRId64), first, last);
}

static const char *time_words(Chain *chain, int64_t at) {
  return instant_text(report_arena(chain->report), (Instant){at});
}

// What is gone is named by what is left: the entry after the gap holds the hash of the last one.
static void report_gap(Chain *chain, const ChainEntry *after, const char *expected,
                       const char *found) {
  report_problem(chain->report, chain->slug, chain->seq + 1, expected, found,
                 _("%s missing here: removed, or their numbers changed. The last of them was entry "
                   "%" PRId64 " with the hash %s, written between %s and %s"),
                 entries_words(chain, chain->seq + 1, after->seq - 1), after->seq - 1,
                 after->previous,
                 chain->seq > 0 ? time_words(chain, chain->at) : _("the beginning"),
                 time_words(chain, after->at));
}

static void check_order(Chain *chain, const ChainEntry *e) {
  char expected[32], found[32];
  bool follows = text_equal(e->previous, chain->stored) || text_equal(e->previous, chain->computed);
  snprintf(expected, sizeof expected, "%" PRId64, chain->seq + 1);
  snprintf(found, sizeof found, "%" PRId64, e->seq);
  if (e->seq > chain->seq + 1)
    report_gap(chain, e, expected, found);
  else if (e->seq <= chain->seq)
    report_problem(chain->report, chain->slug, e->seq, expected, found,
                   _("the number of this entry is already taken: inserted, or its number changed"));
  else if (!follows)
    report_problem(
        chain->report, chain->slug, e->seq, chain->stored, e->previous,
        _("does not follow the entry before: one of them was replaced, inserted or moved"));
  if (e->id <= chain->id)
    report_problem(chain->report, chain->slug, e->seq, NULL, NULL,
                   _("entry id %" PRId64 " does not come after id %" PRId64 ": reordered"), e->id,
                   chain->id);
}

static void check_hash(Chain *chain, const ChainEntry *e, const char *hash) {
  char computed[DIGEST_HEX];
  chain_hash(chain->digest, e, computed);
  if (!text_equal(computed, hash))
    report_problem(chain->report, chain->slug, e->seq, hash, computed,
                   _("entry was changed after it was written (%s of %s %" PRId64 ")"), e->action,
                   e->kind, e->object);
  copy_hash(chain->stored, hash);
  copy_hash(chain->computed, computed);
}

static void check_organisation(Chain *chain, const ChainEntry *e) {
  if (e->org != chain->org)
    report_problem(chain->report, chain->slug, e->seq, NULL, NULL,
                   _("entry belongs to organisation %" PRId64 ", not %" PRId64), e->org,
                   chain->org);
}

static void learn_key(Chain *chain, const ChainEntry *e) {
  bool opened = text_equal(e->action, "ledger.opened");
  bool changed = text_equal(e->action, "ledger.key_changed");
  if (e->seq == 1 && !opened)
    report_problem(chain->report, chain->slug, 1, "ledger.opened", e->action,
                   _("the chain does not begin with its opening"));
  if (!opened && !changed) return;
  const char *to = strstr(e->body, "\"to\":\"");
  if (!to || strlen(to) < 6 + DIGEST_HEX - 1 || chain->key_count == CHAIN_KEYS_MOST) {
    report_problem(chain->report, chain->slug, e->seq, NULL, NULL, _("names no signing key"));
    return;
  }
  memcpy(chain->keys[chain->key_count], to + 6, DIGEST_HEX - 1);
  chain->keys[chain->key_count++][DIGEST_HEX - 1] = '\0';
  if (changed)
    report_notice(chain->report, chain->slug,
                  _("the signing key changed at entry %" PRId64 " (now %.16s…): was that known?"),
                  e->seq, chain->keys[chain->key_count - 1]);
}

static void check_value(Chain *chain, const ChainEntry *e, const StoredPersonal *p) {
  char expected[DIGEST_HEX], found[DIGEST_HEX];
  uint8_t salt[SALT_BYTES];
  if (!body_personal(e->body, p->name, expected)) {
    report_problem(chain->report, chain->slug, e->seq, NULL, NULL,
                   _("a personal value \"%s\" stands beside the entry, which does not know it"),
                   p->name);
    return;
  }
  if (!p->salt && !p->value) return; // erased
  if (!p->value || !hex_bytes(p->salt, salt, sizeof salt))
    copy_hash(found, "");
  else
    personal_hash(chain->digest, salt, p->value, found);
  if (!text_equal(expected, found))
    report_problem(chain->report, chain->slug, e->seq, expected, found,
                   _("the personal value \"%s\" was changed"), p->name);
}

static bool is_stored(const StoredPersonal *personal, size_t count, const char *name,
                      size_t length) {
  for (size_t i = 0; i < count; i++)
    if (strlen(personal[i].name) == length && memcmp(personal[i].name, name, length) == 0)
      return true;
  return false;
}

// Every hash the body holds needs its row, erased or not.
static void check_all_there(Chain *chain, const ChainEntry *e, const StoredPersonal *personal,
                            size_t count) {
  for (const char *at = e->body; (at = strstr(at, "\":" PERSONAL)); at++) {
    const char *name = at;
    while (name > e->body && name[-1] != '"') name--;
    size_t length = (size_t)(at - name);
    if (!is_stored(personal, count, name, length))
      report_problem(chain->report, chain->slug, e->seq, NULL, NULL,
                     _("the personal value \"%.*s\" was removed"), (int)length, name);
  }
}

void chain_entry(Chain *chain, const ChainEntry *entry, const char *hash,
                 const StoredPersonal *personal, size_t personal_count) {
  check_order(chain, entry);
  check_organisation(chain, entry);
  check_hash(chain, entry, hash);
  learn_key(chain, entry);
  for (size_t i = 0; i < personal_count; i++) check_value(chain, entry, &personal[i]);
  if (!chain->without_personal) check_all_there(chain, entry, personal, personal_count);
  if (entry->seq > chain->seq) {
    chain->seq = entry->seq;
    chain->at = entry->at;
  }
  if (entry->id > chain->id) chain->id = entry->id;
}

bool chain_announced(const Chain *chain, const char *public_key) {
  for (size_t i = 0; i < chain->key_count; i++)
    if (text_equal(chain->keys[i], public_key)) return true;
  return false;
}

static void check_end(Chain *chain, const StoredHead *head) {
  char expected[32], found[32];
  snprintf(expected, sizeof expected, "entry %" PRId64, head->seq);
  snprintf(found, sizeof found, "entry %" PRId64, chain->seq);
  if (head->seq > chain->seq)
    report_problem(chain->report, chain->slug, chain->seq + 1, expected, found,
                   _("%s removed from the end: the signed head says that the last one was entry "
                     "%" PRId64 ", written at %s, with the hash %s"),
                   entries_words(chain, chain->seq + 1, head->seq), head->seq,
                   time_words(chain, head->at), head->hash);
  else if (head->seq < chain->seq)
    report_problem(
        chain->report, chain->slug, head->seq + 1, expected, found,
        _("entries stand beyond the signed head: they were added, or the head was changed"));
  else if (!text_equal(head->hash, chain->stored) && !text_equal(head->hash, chain->computed))
    report_problem(chain->report, chain->slug, head->seq, head->hash, chain->stored,
                   _("the last entry is not the one the head was signed for"));
}

void chain_end(Chain *chain, const StoredHead *head) {
  if (!head) {
    report_problem(chain->report, chain->slug, chain->seq, _("a signed head"), "none",
                   _("the head of the chain was removed"));
    return;
  }
  check_end(chain, head);
  const char *last = chain->key_count ? chain->keys[chain->key_count - 1] : "none";
  if (!text_equal(last, head->public_key))
    report_problem(
        chain->report, chain->slug, head->seq, last, head->public_key,
        _("the head is signed with another key than the chain names: the key was swapped"));
  const ChainHead message = {
      .org = chain->org, .seq = head->seq, .at = head->at, .hash = head->hash};
  if (!key_verify(head->public_key, &message, head->signature))
    report_problem(chain->report, chain->slug, head->seq, NULL, NULL,
                   _("the signature of the head does not fit: the head was changed"));
}
