// SPDX-License-Identifier: Apache-2.0
// Pieces that were made before of what the database holds. A piece belongs to a row: it is found by
// the row's number and version, while the era of its organisation (diary/era.h) is the same.
#ifndef DAYBOOK_SHELF_H
#define DAYBOOK_SHELF_H

#include "base/base.h"

enum { SHELF_SLOTS = 8192, SHELF_BYTES = 4 << 20 }; // of all organisations together

typedef struct ShelfMark { // what the pieces of one look have in common
  int64_t org, era;        // era 0: nothing is taken and nothing is put
  const char *kind;        // what they are, and whatever else they were made with
} ShelfMark;
typedef struct ShelfPiece {
  int64_t id, version;
  const char *bytes; // NULL: it is not there
  size_t length;
} ShelfPiece;

void shelf_open(void); // before the first look; until then every era is 0
bool shelf_is_open(void);
// Copies into the arena what is there; how many are not.
size_t shelf_take(const ShelfMark *mark, Arena *arena, ShelfPiece *pieces, size_t count);
void shelf_put(const ShelfMark *mark, const ShelfPiece *piece);

#endif
