// SPDX-License-Identifier: Apache-2.0
// Lines of lists that were read before. Kept is what the database holds, before the reader's day
// and language make a line of it; so one piece serves every reader.
#include "diary/lines.h"

#include "base/memory.h"
#include "diary/lines.sql.h"

#include <string.h>

enum { ONE_BY_ONE = 6, TEXTS = 6 }; // up to so many missing lines are read alone

// The row and its texts, one after the other: an offset into them, or -1 for NULL.
typedef struct Packed {
  LineRow row;
  int32_t at[TEXTS];
} Packed;

static void texts_of(LineRow *row, const char **texts[TEXTS]) {
  const char **const all[TEXTS] = {&row->line.title, &row->line.stage, &row->line.why,
                                   &row->owner,      &row->position,   &row->holder};
  memcpy(texts, all, sizeof all);
}

static ShelfMark lines_mark(const Context *c, int64_t era) {
  return (ShelfMark){.org = c->org, .era = era, .kind = "line"};
}

static void line_put(Context *c, int64_t era, const LineRow *row) {
  Packed packed = {.row = *row};
  const char **texts[TEXTS];
  Text bytes;
  if (era == 0) return;
  text_init(&bytes, c->arena);
  text_add_n(&bytes, (const char *)&packed, sizeof packed); // its place
  texts_of(&packed.row, texts);
  for (size_t i = 0; i < TEXTS; i++) {
    packed.at[i] = *texts[i] == NULL ? -1 : (int32_t)bytes.length;
    if (*texts[i] != NULL) text_add_n(&bytes, *texts[i], strlen(*texts[i]) + 1);
    *texts[i] = NULL;
  }
  memcpy(bytes.data, &packed, sizeof packed);
  const ShelfMark mark = lines_mark(c, era);
  const ShelfPiece piece = {row->line.id, row->line.version, bytes.data, bytes.length};
  shelf_put(&mark, &piece);
}

static ActivityLine line_unpack(Context *c, const char *bytes) {
  Packed packed;
  const char **texts[TEXTS];
  memcpy(&packed, bytes, sizeof packed);
  texts_of(&packed.row, texts);
  for (size_t i = 0; i < TEXTS; i++)
    if (packed.at[i] >= 0) *texts[i] = bytes + packed.at[i];
  return activity_line(c, &packed.row);
}

ActivityLine line_read(Context *c, int64_t era, const LineRow *row) {
  line_put(c, era, row);
  return activity_line(c, row);
}

ShelfPiece *line_pieces(Context *c, const void *ids, size_t count, size_t size) {
  ShelfPiece *pieces = arena_array(c->arena, count, sizeof *pieces);
  for (size_t i = 0; i < count; i++) {
    int64_t id_and_version[2];
    memcpy(id_and_version, (const char *)ids + i * size, sizeof id_and_version);
    pieces[i] = (ShelfPiece){.id = id_and_version[0], .version = id_and_version[1]};
  }
  return pieces;
}

bool lines_kept(Context *c, int64_t era, ShelfPiece *pieces, size_t count, ActivityLines *out) {
  const ShelfMark mark = lines_mark(c, era);
  if (!context_ok(c) || shelf_take(&mark, c->arena, pieces, count) > ONE_BY_ONE) return false;
  out->items = arena_array(c->arena, count, sizeof *out->items);
  for (size_t i = 0; i < count; i++) {
    SqlLineGetRow row;
    if (pieces[i].bytes != NULL)
      out->items[out->count++] = line_unpack(c, pieces[i].bytes);
    else if (sql_line_get(c, (SqlLineGet){.id = pieces[i].id}, &row))
      out->items[out->count++] = line_read(c, era, &LINE_ROW(&row));
  }
  return true;
}
