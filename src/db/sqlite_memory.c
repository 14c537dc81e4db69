// SPDX-License-Identifier: Apache-2.0
// Memory for SQLite. Each statement takes and gives back a few dozen small pieces; Debian's library
// is built without the pool ("lookaside") it has for that, and malloc was a twentieth of a page.
// Every thread keeps the pieces that were given back to it, by size, up to a limit.
#include "db/sqlite_memory.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 64, SIZES = 32, KEPT_BYTES = 96 << 10 }; // pieces of up to 2 KB, 96 KB a thread

typedef struct Piece {
  int64_t room; // bytes after this
} Piece;
typedef struct Spare { // a piece that waits; stands in its bytes
  struct Spare *next;
} Spare;
typedef struct Pool {
  Spare *spare[SIZES];
  size_t bytes;
  bool known; // to the thread's end
} Pool;

static _Thread_local Pool pool;
static pthread_key_t at_end;

static Piece *piece_of(void *bytes) {
  return (Piece *)bytes - 1;
}

static size_t size_of(int64_t room) { // SIZES: too large to be kept
  const size_t size = (size_t)(room - 1) / STEP;
  return size < SIZES ? size : SIZES;
}

static void empty_pool(void *kept) {
  Pool *own = kept;
  for (size_t i = 0; i < SIZES; i++) {
    while (own->spare[i] != NULL) {
      Spare *first = own->spare[i];
      own->spare[i] = first->next;
      free(piece_of(first));
    }
  }
  *own = (Pool){0};
}

static void *take_new(int64_t room) {
  Piece *piece = malloc(sizeof *piece + (size_t)room);
  if (piece == NULL) return NULL;
  piece->room = room;
  return piece + 1;
}

static int round_up(int bytes) {
  return bytes <= STEP * SIZES ? (bytes + STEP - 1) / STEP * STEP : (bytes + 7) & ~7;
}

static void *take(int bytes) {
  if (bytes <= 0) return NULL;
  const int64_t room = round_up(bytes);
  const size_t size = size_of(room);
  Spare *first = size < SIZES ? pool.spare[size] : NULL;
  if (first == NULL) return take_new(room);
  pool.spare[size] = first->next;
  pool.bytes -= (size_t)room;
  return first;
}

static void give(void *bytes) {
  if (bytes == NULL) return;
  const size_t room = (size_t)piece_of(bytes)->room, size = size_of((int64_t)room);
  if (size >= SIZES || pool.bytes + room > KEPT_BYTES) {
    free(piece_of(bytes));
    return;
  }
  if (!pool.known) pool.known = pthread_setspecific(at_end, &pool) == 0;
  Spare *last = bytes;
  last->next = pool.spare[size];
  pool.spare[size] = last;
  pool.bytes += room;
}

static int room_of(void *bytes) {
  return bytes == NULL ? 0 : (int)piece_of(bytes)->room;
}

static void *resize_large(Piece *piece, int wanted) {
  const int64_t room = round_up(wanted);
  Piece *moved = realloc(piece, sizeof *piece + (size_t)room);
  if (moved == NULL) return NULL;
  moved->room = room;
  return moved + 1;
}

static void *resize(void *bytes, int wanted) {
  const int had = room_of(bytes);
  if (wanted <= had && wanted > had / 2) return bytes;
  if (had > STEP * SIZES && wanted > STEP * SIZES) return resize_large(piece_of(bytes), wanted);
  void *moved = take(wanted);
  if (moved == NULL) return NULL;
  memcpy(moved, bytes, (size_t)(wanted < had ? wanted : had));
  give(bytes);
  return moved;
}

static int begin(void *unused) {
  (void)unused;
  return pthread_key_create(&at_end, empty_pool) == 0 ? SQLITE_OK : SQLITE_NOMEM;
}

static void end(void *unused) {
  (void)unused;
}

void sqlite_memory_use(void) {
  static const sqlite3_mem_methods methods = {.xMalloc = take,
                                              .xFree = give,
                                              .xRealloc = resize,
                                              .xSize = room_of,
                                              .xRoundup = round_up,
                                              .xInit = begin,
                                              .xShutdown = end};
  sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
