// SPDX-License-Identifier: Apache-2.0
#include "base/shelf.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct Slot {
  char *kind; // one allocation: the kind, NUL, the piece
  const char *bytes;
  int64_t org, era, id, version;
  size_t length, size;
} Slot;

static struct {
  pthread_mutex_t lock;
  bool open;
  Slot slots[SHELF_SLOTS];
  size_t bytes, hand;
} shelf = {.lock = PTHREAD_MUTEX_INITIALIZER};

void shelf_open(void) {
  shelf.open = true;
}

bool shelf_is_open(void) {
  return shelf.open;
}

static uint64_t hash_of(const ShelfMark *mark) { // FNV-1a: only chooses the slot
  uint64_t hash = 0xcbf29ce484222325u ^ (uint64_t)mark->org;
  for (const char *c = mark->kind; *c != '\0'; c++)
    hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
  return hash;
}

static Slot *slot_of(uint64_t hash, int64_t id) {
  const uint64_t mixed = (hash + (uint64_t)id) * UINT64_C(0x9E3779B97F4A7C15);
  return &shelf.slots[(mixed >> 32) % SHELF_SLOTS];
}

static bool holds(const Slot *slot, const ShelfMark *mark, const ShelfPiece *piece) {
  return slot->kind != NULL && slot->id == piece->id && slot->version == piece->version &&
         slot->org == mark->org && slot->era == mark->era && strcmp(slot->kind, mark->kind) == 0;
}

size_t shelf_take(const ShelfMark *mark, Arena *arena, ShelfPiece *pieces, size_t count) {
  if (mark->era == 0) return count;
  const uint64_t hash = hash_of(mark);
  size_t missing = 0;
  pthread_mutex_lock(&shelf.lock);
  for (size_t i = 0; i < count; i++) {
    const Slot *slot = slot_of(hash, pieces[i].id);
    const bool there = holds(slot, mark, &pieces[i]);
    pieces[i].bytes = there ? text_copy_n(arena, slot->bytes, slot->length) : NULL;
    pieces[i].length = there ? slot->length : 0;
    missing += !there;
  }
  pthread_mutex_unlock(&shelf.lock);
  return missing;
}

static void drop(Slot *slot) {
  shelf.bytes -= slot->size;
  free(slot->kind);
  *slot = (Slot){0};
}

static void make_room(size_t size) {
  while (shelf.bytes + size > SHELF_BYTES) {
    drop(&shelf.slots[shelf.hand]);
    shelf.hand = (shelf.hand + 1) % SHELF_SLOTS;
  }
}

void shelf_put(const ShelfMark *mark, const ShelfPiece *piece) {
  const size_t kind_size = strlen(mark->kind) + 1, size = kind_size + piece->length;
  if (mark->era == 0 || size > SHELF_BYTES / 64) return;
  char *copy = malloc(size); // outlives the request, so no arena
  if (copy == NULL) return;
  memcpy(copy, mark->kind, kind_size);
  memcpy(copy + kind_size, piece->bytes, piece->length);
  const Slot made = {.kind = copy,
                     .bytes = copy + kind_size,
                     .org = mark->org,
                     .era = mark->era,
                     .id = piece->id,
                     .version = piece->version,
                     .length = piece->length,
                     .size = size};
  pthread_mutex_lock(&shelf.lock);
  Slot *slot = slot_of(hash_of(mark), piece->id);
  drop(slot);
  make_room(size);
  *slot = made;
  shelf.bytes += size;
  pthread_mutex_unlock(&shelf.lock);
}
