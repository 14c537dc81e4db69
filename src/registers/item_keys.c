// SPDX-License-Identifier: Apache-2.0
// What stands in a register already, read at once for whoever is about to write thousands of rows:
// asking for each of them is a journey to the database each.
#include "registers/registers.h"
#include "registers/registers.sql.h"

#include <stdlib.h>
#include <string.h>

struct ItemKeys {
  SqlItemKeysRows rows; // in order of key
};

static int by_key(const void *left, const void *right) {
  const SqlItemKeysRow *a = left, *b = right;
  return strcmp(a->item_key, b->item_key);
}

const ItemKeys *item_keys(Context *c, int64_t register_id) {
  ItemKeys *out = arena_new(c->arena, ItemKeys);
  out->rows = sql_item_keys(c, (SqlItemKeys){.register_id = register_id});
  if (!context_ok(c)) return NULL;
  list_sort(&out->rows, by_key);
  return out;
}

bool item_key_find(const ItemKeys *keys, const char *key, int64_t *id, const char **source_hash) {
  const SqlItemKeysRow wanted = {.item_key = key};
  if (keys->rows.count == 0) return false;
  const SqlItemKeysRow *found =
      bsearch(&wanted, keys->rows.items, keys->rows.count, sizeof wanted, by_key);
  if (found == NULL) return false;
  *id = found->id;
  *source_hash = found->source_hash;
  return true;
}
