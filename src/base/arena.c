// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16 };
#define POISON(address, size)   __asan_poison_memory_region((address), (size))
#define UNPOISON(address, size) __asan_unpoison_memory_region((address), (size))
#else
enum { RED_ZONE = 0 };
#define POISON(address, size)   ((void)(address), (void)(size))
#define UNPOISON(address, size) ((void)(address), (void)(size))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 8 * 1024, LARGEST_BLOCK = 1024 * 1024 };

typedef struct Block {
  struct Block *previous;
  size_t size, used; // of bytes[]
  _Alignas(ALIGNMENT) unsigned char bytes[];
} Block;

struct Arena {
  Block *current;
  size_t used; // over all blocks, as asked for
};

_Noreturn static void out_of_memory(void) {
  log_line(LOG_LEVEL_ERROR, "out_of_memory", "%s",
           "the process ends; nothing half-written is kept");
  abort();
}

static Block *block_create(size_t size, Block *previous) {
  Block *block = malloc(sizeof *block + size);
  if (block == NULL) out_of_memory();
  block->previous = previous;
  block->size = size;
  block->used = 0;
  POISON(block->bytes, size);
  return block;
}

static void block_destroy(Block *block) {
  UNPOISON(block->bytes, block->size);
  free(block);
}

Arena *arena_create(void) {
  Arena *arena = calloc(1, sizeof *arena);
  if (arena == NULL) out_of_memory();
  arena->current = block_create(FIRST_BLOCK, NULL);
  return arena;
}

void arena_reset(Arena *arena) {
  while (arena->current->previous != NULL) {
    Block *block = arena->current;
    arena->current = block->previous;
    block_destroy(block);
  }
  arena->current->used = 0;
  arena->used = 0;
  POISON(arena->current->bytes, arena->current->size);
}

void arena_destroy(Arena *arena) {
  if (arena == NULL) return;
  arena_reset(arena);
  block_destroy(arena->current);
  free(arena);
}

static size_t rounded(size_t size) {
  if (size > SIZE_MAX / 2) out_of_memory();
  return (size + RED_ZONE + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static void grow(Arena *arena, size_t need) {
  size_t size = arena->current->size * 2;
  if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
  if (size < need) size = need;
  arena->current = block_create(size, arena->current);
}

void *arena_take(Arena *arena, size_t size) {
  size_t need = rounded(size == 0 ? 1 : size);
  if (arena->current->size - arena->current->used < need) grow(arena, need);
  Block *block = arena->current;
  unsigned char *address = block->bytes + block->used;
  block->used += need;
  arena->used += size;
  UNPOISON(address, size);
  return address;
}

bool arena_extend(Arena *arena, void *last, size_t old_size, size_t new_size) {
  Block *block = arena->current;
  size_t old_need = rounded(old_size), new_need = rounded(new_size);
  if (last == NULL || old_need > block->used ||
      (unsigned char *)last != block->bytes + (block->used - old_need))
    return false;
  if (block->size - block->used < new_need - old_need) return false;
  block->used += new_need - old_need;
  arena->used += new_size - old_size;
  UNPOISON(last, new_size);
  return true;
}

void *arena_alloc(Arena *arena, size_t size) {
  void *address = arena_take(arena, size);
  memset(address, 0, size);
  return address;
}

void *arena_array(Arena *arena, size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) out_of_memory();
  return arena_alloc(arena, total);
}

size_t arena_used(const Arena *arena) {
  return arena->used;
}

void list_reserve_(Arena *arena, void **items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) {
    memset((unsigned char *)*items + count * size, 0, size);
    return;
  }
  size_t larger = *capacity == 0 ? 8 : *capacity * 2, total;
  if (__builtin_mul_overflow(larger, size, &total)) out_of_memory();
  if (!arena_extend(arena, *items, *capacity * size, total)) {
    void *moved = arena_take(arena, total);
    if (*items != NULL) memcpy(moved, *items, count * size);
    *items = moved;
  }
  *capacity = larger;
  memset((unsigned char *)*items + count * size, 0, size);
}
