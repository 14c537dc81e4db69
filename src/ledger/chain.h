// SPDX-License-Identifier: Apache-2.0
// Walks one organisation's chain, entry by entry in the order of seq, wherever the entries come
// from (a database, a pack): finds what was changed, removed, reordered or inserted. Pure.
#ifndef DAYBOOK_CHAIN_H
#define DAYBOOK_CHAIN_H

#include "ledger/canonical.h"
#include "ledger/report.h"

enum { CHAIN_KEYS_MOST = 64 };

typedef struct StoredPersonal {
  const char *name, *salt, *value; // salt and value NULL: erased, to be believed
                                   // only with a later entry personal.erased
} StoredPersonal;

typedef struct StoredHead {
  int64_t seq, at;
  const char *hash, *public_key, *signature;
} StoredHead;

typedef struct Chain {
  Report *report;
  const char *slug;
  int64_t org;
  Digest *digest;
  int64_t seq, id, at; // of the last entry seen
  char stored[DIGEST_HEX], computed[DIGEST_HEX];
  char keys[CHAIN_KEYS_MOST][DIGEST_HEX]; // as announced by the chain, oldest first
  size_t key_count;
  bool without_personal; // the values were left out on purpose: only the hashes are there
} Chain;

void chain_begin(Chain *chain, Report *report, const char *slug, int64_t org, Digest *digest);
// `hash` is the stored one. The personal values stored beside the entry come along, all of them.
void chain_entry(Chain *chain, const ChainEntry *entry, const char *hash,
                 const StoredPersonal *personal, size_t personal_count);
void chain_end(Chain *chain, const StoredHead *head); // NULL: there is none
bool chain_announced(const Chain *chain, const char *public_key);

// The hash a body holds for a personal value, or NULL.
const char *body_personal(const char *body, const char *name, char hash[DIGEST_HEX]);

#endif
