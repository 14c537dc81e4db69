// SPDX-License-Identifier: Apache-2.0
#include "registers/registers.h"

#include "db/db.h"
#include "registers/search.sql.h"

#include <string.h>

enum { MOST_WORDS = 12, EXCERPT = 160 };

// SQLite's index is told what to forget; PostgreSQL's stands in the row itself.
static bool drop_from_index(Context *c, const SqlSearchOldRow *old) {
  if (db_engine(c->db) != DB_SQLITE) return true;
  return sql_search_index_drop(
             c, (SqlSearchIndexDrop){.id = old->id, .title = old->title, .body = old->body}) >= 0;
}

bool search_add(Context *c, const char *kind, int64_t object, const char *title, const char *body,
                const char *place) {
  int64_t id = sql_search_write(
      c, (SqlSearchWrite){
             .kind = kind, .object = object, .title = title, .body = body, .place = place});
  if (id < 0) return false;
  if (db_engine(c->db) != DB_SQLITE) return true; // its index is a column of the row
  return sql_search_index_add(c, (SqlSearchIndexAdd){.id = id, .title = title, .body = body}) >= 0;
}

bool search_put(Context *c, const char *kind, int64_t object, const char *title, const char *body,
                const char *place) {
  SqlSearchOldRow old;
  if (sql_search_old(c, (SqlSearchOld){.kind = kind, .object = object}, &old)) {
    if (text_equal(old.title, title) && text_equal(old.body, body) && text_equal(old.place, place))
      return true;
    if (!drop_from_index(c, &old)) return false;
  }
  return context_ok(c) && search_add(c, kind, object, title, body, place);
}

bool search_remove(Context *c, const char *kind, int64_t object) {
  SqlSearchOldRow old;
  if (!sql_search_old(c, (SqlSearchOld){.kind = kind, .object = object}, &old))
    return context_ok(c);
  return drop_from_index(c, &old) && sql_search_delete(c, (SqlSearchDelete){.id = old.id}) >= 0;
}

static bool is_word_byte(unsigned char b) {
  return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b >= 0x80;
}

typedef struct Words {
  const char *items[MOST_WORDS];
  size_t count;
} Words;

// Letters and digits only: nothing of either engine's query language survives.
static Words split_words(Arena *arena, const char *text) {
  Words words = {0};
  const char *p = text_lower(arena, text);
  while (*p != '\0' && words.count < MOST_WORDS) {
    size_t n = 0;
    while (is_word_byte((unsigned char)p[n])) n++;
    if (n > 0) words.items[words.count++] = text_copy_n(arena, p, n);
    p += n;
    while (*p != '\0' && !is_word_byte((unsigned char)*p)) p++;
  }
  return words;
}

// "lap top" → "lap" AND "top"* for FTS5, 'lap' & 'top':* for PostgreSQL.
static const char *engine_query(Context *c, const Words *words) {
  bool sqlite = db_engine(c->db) == DB_SQLITE;
  Text query;
  text_init(&query, c->arena);
  for (size_t i = 0; i < words->count; i++) {
    if (i > 0) text_add(&query, sqlite ? " AND " : " & ");
    text_add_format(&query, sqlite ? "\"%s\"*" : "'%s':*", words->items[i]);
  }
  return query.data;
}

static size_t next_character(const char *text, size_t at) {
  while (((unsigned char)text[at] & 0xC0U) == 0x80U) at++;
  return at;
}

// A piece of the body around the first word found in it.
static const char *excerpt(Arena *arena, const char *body, const Words *words) {
  const char *folded = text_lower(arena, body);
  size_t length = strlen(body), start = 0;
  if (strlen(folded) == length)
    for (size_t i = 0; i < words->count && start == 0; i++) {
      const char *at = strstr(folded, words->items[i]);
      if (at != NULL) start = (size_t)(at - folded);
    }
  start = start > EXCERPT / 4 ? next_character(body, start - EXCERPT / 4) : 0;
  size_t end = length - start > EXCERPT ? next_character(body, start + EXCERPT) : length;
  char *piece = text_copy_n(arena, body + start, end - start);
  for (char *p = piece; *p != '\0'; p++)
    if (*p == '\n') *p = ' ';
  return text_format(arena, "%s%s%s", start > 0 ? "…" : "", piece, end < length ? "…" : "");
}

static bool holds_every_word(Arena *arena, const char *title, const Words *words) {
  const char *folded = text_lower(arena, title);
  for (size_t i = 0; i < words->count; i++)
    if (strstr(folded, words->items[i]) == NULL) return false;
  return true;
}

typedef LIST_OF(SearchHit) HitList;

// "due 3 February 2027", "held 5 May 2026"; "" for what has no day.
static const char *day_of(Context *c, const SqlSearchTitlesRow *row) {
  if (!date_is_none(row->held_on))
    return text_format(c->arena, _("held %s · "), date_words(c->arena, row->held_on));
  if (!date_is_none(row->due))
    return text_format(c->arena, _("due %s · "), date_words(c->arena, row->due));
  return "";
}

// Activities, duties, people and evidence, by their titles.
static void find_titles(Context *c, const Words *words, HitList *hits) {
  size_t longest = 0;
  for (size_t i = 1; i < words->count; i++)
    if (strlen(words->items[i]) > strlen(words->items[longest])) longest = i;
  const char *like = text_format(c->arena, "%%%s%%", words->items[longest]);
  SqlSearchTitlesRows rows = sql_search_titles(c, (SqlSearchTitles){.like = like});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSearchTitlesRow *row = &rows.items[i];
    if (!holds_every_word(c->arena, row->title, words)) continue;
    *list_add(c->arena, hits) =
        (SearchHit){.kind = row->kind,
                    .title = row->title,
                    .excerpt = text_format(c->arena, "%s%s", day_of(c, row),
                                           excerpt(c->arena, row->body, words)),
                    .place = text_format(c->arena, "%s%lld", row->place, (long long)row->object_id),
                    .object = row->object_id};
  }
}

static void find_entries(Context *c, const Words *words, int64_t offset, int64_t limit,
                         HitList *hits) {
  SqlSearchPageRows rows = sql_search_page(
      c, (SqlSearchPage){.query = engine_query(c, words), .limit = limit, .offset = offset});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, hits) = (SearchHit){.kind = rows.items[i].kind,
                                            .title = rows.items[i].title,
                                            .excerpt = excerpt(c->arena, rows.items[i].body, words),
                                            .place = rows.items[i].place,
                                            .object = rows.items[i].object_id};
}

// The titles of other rooms come first, then the entries by how well they fit.
bool search_find(Context *c, const char *text, int64_t offset, int64_t limit, SearchHits *out) {
  *out = (SearchHits){0};
  if (text_is_empty(text)) return true;
  Words words = split_words(c->arena, text);
  if (words.count == 0) return true;
  HitList titles = {0}, hits = {0};
  find_titles(c, &words, &titles);
  int64_t first = (int64_t)titles.count;
  for (int64_t i = offset; titles.items && i < first && (int64_t)hits.count < limit; i++)
    *list_add(c->arena, &hits) = titles.items[i];
  int64_t left = limit - (int64_t)hits.count;
  if (left > 0) find_entries(c, &words, offset > first ? offset - first : 0, left, &hits);
  SqlSearchTotalRow total = {0};
  sql_search_total(c, (SqlSearchTotal){.query = engine_query(c, &words)}, &total);
  out->items = hits.items;
  out->count = hits.count;
  out->total = total.total + first;
  return context_ok(c);
}

bool search_index_rebuild(Context *c) {
  return sql_search_index_rebuild(c) >= 0;
}
