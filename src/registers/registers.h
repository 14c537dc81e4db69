// SPDX-License-Identifier: Apache-2.0
// Registers: what several duties need to know. An item has the common fields of kinds.h, what its
// kind adds, and notes. Every change is written to the ledger and to the search in its transaction.
#ifndef DAYBOOK_REGISTERS_H
#define DAYBOOK_REGISTERS_H

#include "org/org.h"
#include "registers/kinds.h"

typedef struct Note {
  const char *name, *value;
  int64_t position;
} Note;
typedef struct Notes {
  Note *items;
  size_t count, capacity;
} Notes;

typedef struct Register {
  int64_t id, version;
  const Kind *kind;
  const char *name, *source;
  const char *columns; // of a plain register: its own names, one a line
} Register;
// Finds the register of this kind and name, or makes it. The name of a known kind is its title.
bool register_ensure(Context *c, const Kind *kind, const char *name, const char *source,
                     const char *columns, int64_t *id);
bool register_get(Context *c, int64_t id, Register *out);

typedef struct Item {
  int64_t id, register_id, version;
  const Kind *kind;
  const char *key;
  Values values; // COMMON_OWNER: as written
  Notes notes;
  Owner owner;
  const char *source_file, *source_hash; // hash "" when written by hand
  int64_t source_line;                   // 0 when written by hand
  Instant created, changed;
  bool removed;
} Item;
bool item_get(Context *c, int64_t id, Item *out); // not_found if it is not of c->org

typedef enum Outcome { OUTCOME_CREATED, OUTCOME_CHANGED, OUTCOME_UNCHANGED } Outcome;
// Creates the item of this key in its register, changes it, or leaves it alone when the row it came
// from is the same as last time. Fills in->id. Within the caller's transaction.
// known: what stood in its register before (item_keys); NULL asks for this one alone.
typedef struct ItemKeys ItemKeys;
const ItemKeys *item_keys(Context *c, int64_t register_id); // NULL with c->error
bool item_key_find(const ItemKeys *keys, const char *key, int64_t *id, const char **source_hash);
bool item_put(Context *c, Item *in, const ItemKeys *known, Outcome *outcome);
// By hand: the same checks as for a file. version 0 = do not compare. Opens its own transaction.
bool item_create(Context *c, int64_t register_id, const Item *in, int64_t *id);
bool item_change(Context *c, const Item *in, int64_t version);
bool item_remove(Context *c, int64_t id, const char *reason, int64_t version);

// What the next file will recognise it by.
const char *item_key(Arena *arena, const Kind *kind, const Values *values);
// Everything a person may read of it, one value a line: for the search and the ledger.
const char *item_words(Arena *arena, const Item *item);

// ---- search: other rooms put what they want found ----
// place is the address behind /o/{slug}: "/activities/17". Same kind and object: replaced.
bool search_put(Context *c, const char *kind, int64_t object, const char *title, const char *body,
                const char *place);
// As search_put for something that was made just now and cannot have an entry yet.
bool search_add(Context *c, const char *kind, int64_t object, const char *title, const char *body,
                const char *place);
bool search_remove(Context *c, const char *kind, int64_t object);
bool search_index_rebuild(Context *c); // from the entries, which stay
typedef struct SearchHit {
  const char *kind, *title, *excerpt, *place;
  int64_t object;
} SearchHit;
typedef struct SearchHits {
  SearchHit *items;
  size_t count;
  int64_t total;
} SearchHits;
// Every word must occur, the last one may be the beginning of a word. Best first.
bool search_find(Context *c, const char *words, int64_t offset, int64_t limit, SearchHits *out);
bool registers_rebuild(Context *c); // writes the search entries of the registers anew

#endif
