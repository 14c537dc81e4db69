// SPDX-License-Identifier: Apache-2.0
#include "registers/lists.h"

#include "registers/registers.sql.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_SIZE = 50, PAGE_MOST = 200 };

// ---- registers ----

static size_t kind_order(const Kind *kind) {
  size_t i = 0;
  while (register_kinds[i] != NULL && register_kinds[i] != kind) i++;
  return i;
}

static int by_kind_then_name(const void *a, const void *b) {
  const RegisterLine *left = a, *right = b;
  size_t l = kind_order(left->kind), r = kind_order(right->kind);
  if (l != r) return l < r ? -1 : 1;
  return strcmp(left->name, right->name);
}

bool register_lines(Context *c, RegisterLines *out) {
  SqlRegisterListRows rows = sql_register_list(c);
  out->items = arena_array(c->arena, rows.count + 1, sizeof *out->items);
  out->count = rows.count;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlRegisterListRow *row = &rows.items[i];
    const Kind *kind = kind_find(row->kind);
    out->items[i] = (RegisterLine){.id = row->id,
                                   .items = row->items,
                                   .due = row->due,
                                   .kind = kind != NULL ? kind : &plain_kind,
                                   .name = row->name,
                                   .source = row->source,
                                   .newest = row->newest};
  }
  list_sort(out, by_kind_then_name);
  return context_ok(c);
}

bool register_named(Context *c, const char *name, Register *out) {
  int64_t id = 0;
  RegisterLines lines;
  if (text_to_int(name, &id)) return register_get(c, id, out);
  if (!register_lines(c, &lines)) return false;
  const Kind *kind = kind_find(name);
  for (size_t i = 0; i < lines.count; i++)
    if (text_equal_fold(lines.items[i].name, name) ||
        (kind != NULL && kind != &plain_kind && lines.items[i].kind == kind))
      return register_get(c, lines.items[i].id, out);
  return not_found(c, _("There is no register “%s”; `daybook register list` names them."), name);
}

// ---- items ----

// A part of a word for LIKE: its own signs mean themselves.
static const char *like_pattern(Arena *arena, const char *words) {
  Text pattern;
  text_init(&pattern, arena);
  text_add_char(&pattern, '%');
  for (const char *p = text_lower(arena, words); *p != '\0'; p++) {
    if (*p == '%' || *p == '_' || *p == '\\') text_add_char(&pattern, '\\');
    text_add_char(&pattern, *p);
  }
  text_add_char(&pattern, '%');
  return pattern.data;
}

static bool sort_of(Context *c, const char *name, SqlItemPageSort *out) {
  static const struct {
    const char *name;
    SqlItemPageSort sort;
  } sorts[] = {{"ref", SQL_ITEM_PAGE_REF},     {"title", SQL_ITEM_PAGE_TITLE},
               {"owner", SQL_ITEM_PAGE_OWNER}, {"status", SQL_ITEM_PAGE_STATUS},
               {"next", SQL_ITEM_PAGE_NEXT},   {"last", SQL_ITEM_PAGE_LAST},
               {"added", SQL_ITEM_PAGE_ADDED}};
  *out = SQL_ITEM_PAGE_ADDED;
  if (text_is_empty(name)) return true;
  for (size_t i = 0; i < COUNT_OF(sorts); i++) {
    if (!text_equal(sorts[i].name, name)) continue;
    *out = sorts[i].sort;
    return true;
  }
  return invalid(c, "sort", _("Sort by ref, title, owner, status, next, last or added."));
}

static const char *owner_of_row(Arena *arena, const SqlItemPageRow *row) {
  if (row->person != NULL) return row->person;
  if (row->position_title == NULL) return row->owner_text;
  if (row->holder == NULL) return text_format(arena, _("%s (vacant)"), row->position_title);
  return text_format(arena, "%s (%s)", row->holder, row->position_title);
}

static void fill_line(Context *c, const SqlItemPageRow *row, EntryLine *out) {
  *out = (EntryLine){.id = row->id,
                     .version = row->version,
                     .ref = row->ref,
                     .title = row->title,
                     .owner = owner_of_row(c->arena, row),
                     .status = row->status,
                     .last = row->last_on,
                     .next = row->next_on};
  out->vacant = row->person == NULL && row->position_title != NULL && row->holder == NULL;
  out->overdue = !date_is_none(row->next_on) && date_compare(row->next_on, c->today) < 0;
}

bool item_lines(Context *c, const ItemFilter *filter, EntryLines *out) {
  *out = (EntryLines){0};
  SqlItemPage page = {.register_id = filter->register_id,
                      .words = text_is_empty(filter->words) ? "" : filter->words,
                      .status = filter->status != NULL ? filter->status : "",
                      .overdue = filter->overdue,
                      .descending = filter->descending,
                      .offset = filter->offset};
  page.words_like = like_pattern(c->arena, page.words);
  page.limit = filter->limit <= 0 ? PAGE_SIZE : filter->limit;
  if (page.limit > PAGE_MOST) page.limit = PAGE_MOST;
  if (!sort_of(c, filter->sort, &page.sort)) return false;
  SqlItemCountRow count = {0};
  sql_item_count(c,
                 (SqlItemCount){.register_id = page.register_id,
                                .words = page.words,
                                .words_like = page.words_like,
                                .status = page.status,
                                .overdue = page.overdue},
                 &count);
  SqlItemPageRows rows = sql_item_page(c, page);
  out->items = arena_array(c->arena, rows.count + 1, sizeof *out->items);
  for (size_t i = 0; i < rows.count; i++) fill_line(c, &rows.items[i], &out->items[i]);
  out->count = rows.count;
  out->total = count.total;
  return context_ok(c);
}
