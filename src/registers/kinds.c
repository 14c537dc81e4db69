// SPDX-License-Identifier: Apache-2.0
#include "registers/kinds.h"

#include <string.h>

const Kind *const register_kinds[] = {&risks_kind,
                                      &controls_kind,
                                      &suppliers_kind,
                                      &assets_kind,
                                      &documents_kind,
                                      &objectives_kind,
                                      &findings_kind,
                                      &incidents_kind,
                                      &issues_kind,
                                      &interested_parties_kind,
                                      &communication_kind,
                                      &audits_kind,
                                      &exercises_kind,
                                      &training_kind,
                                      &competence_kind,
                                      &raci_kind,
                                      &control_set_kind,
                                      &plain_kind,
                                      NULL};

// Whether `name` stands in a "|"-separated list.
static bool in_list(const char *list, const char *name) {
  size_t length = strlen(name);
  while (list != NULL && *list != '\0') {
    size_t n = strcspn(list, "|");
    if (n == length && memcmp(list, name, n) == 0) return true;
    list += n + (list[n] == '|');
  }
  return false;
}

const Kind *kind_find(const char *name) {
  if (name == NULL) return NULL;
  char folded[64];
  size_t n = 0;
  for (; name[n] != '\0' && n + 1 < sizeof folded; n++) {
    char c = name[n];
    if (c == '-' || c == ' ') c = '_';
    folded[n] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
  }
  if (name[n] != '\0') return NULL;
  folded[n] = '\0';
  for (size_t i = 0; register_kinds[i] != NULL; i++)
    if (text_equal(register_kinds[i]->name, folded) || in_list(register_kinds[i]->aliases, folded))
      return register_kinds[i];
  return NULL;
}

char *column_normal(Arena *arena, const char *name) {
  const char *folded = text_lower(arena, name);
  char *normal = arena_alloc(arena, strlen(folded) + 1), *out = normal;
  int depth = 0;
  for (const char *p = folded; *p != '\0'; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '(' || c == '[') depth++;
    bool keep = depth == 0 && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80);
    if (depth > 0 && (c == ')' || c == ']')) depth--;
    if (keep)
      *out++ = *p;
    else if (out > normal && out[-1] != ' ')
      *out++ = ' ';
  }
  if (out > normal && out[-1] == ' ') out--;
  *out = '\0';
  return normal;
}

// The place of `name` in the field's synonyms from 1 (the surest first); 0 if it is none.
static size_t synonym_rank(const char *list, const char *name) {
  size_t length = strlen(name), rank = 1;
  while (list != NULL && *list != '\0') {
    size_t n = strcspn(list, "|");
    if (n == length && memcmp(list, name, n) == 0) return rank;
    list += n + (list[n] == '|');
    rank++;
  }
  return 0;
}

enum { LABEL_RANK = 1000 };

// How surely a column's name means this field: its synonyms in their order, at last its own label,
// so that what was exported can be brought again. 0: not at all.
static size_t field_rank(const KindField *field, const char *label, const char *name) {
  if (field->synonyms == NULL) return 0;
  size_t rank = synonym_rank(field->synonyms, name);
  if (rank > 0) return rank;
  return text_equal(label, name) ? LABEL_RANK : 0;
}

// Gives each field the column whose name stands first in its synonyms.
static void map_kind(Arena *arena, const Kind *kind, char *const *names, size_t count,
                     int *fields) {
  for (size_t i = 0; i < count; i++) fields[i] = MAP_NOTE;
  for (size_t f = 0; f < kind->field_count; f++) {
    const char *label = column_normal(arena, kind->fields[f].label);
    size_t best_rank = SIZE_MAX, best = count;
    for (size_t i = 0; i < count; i++) {
      size_t rank = fields[i] == MAP_NOTE ? field_rank(&kind->fields[f], label, names[i]) : 0;
      if (rank > 0 && rank < best_rank) best_rank = rank, best = i;
    }
    if (best < count) fields[best] = (int)f;
  }
}

static bool has_field(const int *fields, size_t count, size_t field) {
  for (size_t i = 0; i < count; i++)
    if (fields[i] == (int)field) return true;
  return false;
}

bool column_map_complete(const ColumnMap *map, const char **missing) {
  for (size_t f = 0; f < map->kind->field_count; f++) {
    if ((map->kind->fields[f].flags & CELL_REQUIRED) == 0) continue;
    if (has_field(map->fields, map->count, f)) continue;
    if (missing != NULL) *missing = map->kind->fields[f].label;
    return false;
  }
  return true;
}

// Whether the kind's own word stands in the name of the file or of a column: "Audit ID".
static bool is_named(const Kind *kind, const char *hint, char *const *names, size_t count) {
  if (hint != NULL && text_contains_fold(hint, kind->singular)) return true;
  for (size_t i = 0; i < count; i++)
    if (text_contains_fold(names[i], kind->singular)) return true;
  return false;
}

// How well the columns fit: 0 if a required field or every telling one is missing.
static size_t fit(const ColumnMap *map) {
  if (!column_map_complete(map, NULL)) return 0;
  size_t score = 0, telling = 0, possible = 0;
  for (size_t f = 0; f < map->kind->field_count; f++) {
    unsigned flags = map->kind->fields[f].flags;
    bool present = has_field(map->fields, map->count, f);
    if (flags & CELL_TELLING) possible++, telling += present;
    if (present) score += flags & (CELL_TELLING | CELL_REQUIRED) ? 3 : 1;
  }
  if (possible > 0 && telling == 0) return 0;
  if (map->kind == &risks_kind && telling < 2) return 0; // "Title, Impact" is not yet a risk
  return score;
}

// What a plain register is called by is its title; without a known name the first or second column.
static void map_plain(ColumnMap *map) {
  if (has_field(map->fields, map->count, COMMON_TITLE)) return;
  for (size_t i = 0; i < map->count; i++) {
    if (map->fields[i] != MAP_NOTE) continue;
    map->fields[i] = COMMON_TITLE;
    return;
  }
  if (map->count > 0) map->fields[0] = COMMON_TITLE;
}

static bool ends_with_id(const char *name) {
  size_t n = strlen(name);
  return n > 3 && text_equal(name + n - 3, " id");
}

static void find_reference(ColumnMap *map, char *const *names) {
  if (map->count == 0 || has_field(map->fields, map->count, COMMON_REF)) return;
  bool number_sign = names[0][0] == '\0'; // "#"
  if (map->fields[0] == MAP_NOTE && (number_sign || ends_with_id(names[0])))
    map->fields[0] = COMMON_REF;
}

ColumnMap columns_map(Arena *arena, const Kind *forced, const char *hint,
                      const char *const *columns, size_t count) {
  char **names = arena_array(arena, count + 1, sizeof *names);
  for (size_t i = 0; i < count; i++) names[i] = column_normal(arena, columns[i]);
  ColumnMap best = {.kind = forced != NULL ? forced : &plain_kind, .count = count};
  best.fields = arena_array(arena, count + 1, sizeof *best.fields);
  size_t best_score = 0;
  for (size_t k = 0; forced == NULL && register_kinds[k] != &plain_kind; k++) {
    if (register_kinds[k] == &raci_kind) continue; // recognised by its letters
    ColumnMap map = {.kind = register_kinds[k], .count = count};
    map.fields = arena_array(arena, count + 1, sizeof *map.fields);
    map_kind(arena, map.kind, names, count, map.fields);
    size_t score = fit(&map);
    if (score > 0 && is_named(map.kind, hint, names, count)) score += 2;
    if (score > best_score) best_score = score, best = map;
  }
  if (best_score > 0) return best;
  map_kind(arena, best.kind, names, count, best.fields);
  find_reference(&best, names);
  if (best.kind == &plain_kind) map_plain(&best);
  return best;
}

bool column_assign(ColumnMap *map, size_t column, const char *field) {
  if (column >= map->count) return false;
  int found = MAP_NOTHING;
  if (text_equal(field, "-") || text_equal(field, "note")) found = MAP_NOTE;
  for (size_t f = 0; f < map->kind->field_count && found == MAP_NOTHING; f++)
    if (text_equal_fold(map->kind->fields[f].name, field) ||
        text_equal_fold(map->kind->fields[f].label, field))
      found = (int)f;
  if (found == MAP_NOTHING) return false;
  for (size_t i = 0; i < map->count && found >= 0; i++)
    if (map->fields[i] == found) map->fields[i] = MAP_NOTE;
  map->fields[column] = found;
  return true;
}
