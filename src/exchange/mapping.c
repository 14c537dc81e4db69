// SPDX-License-Identifier: Apache-2.0
#include "exchange/import.h"

#include <string.h>

// The names of a kind's fields, for a message: "ref, title, owner, …".
static const char *field_names(Arena *arena, const Kind *kind) {
  const char *names[KIND_MAX_FIELDS];
  size_t count = 0;
  for (size_t i = 0; i < kind->field_count; i++)
    if (kind->fields[i].synonyms != NULL) names[count++] = kind->fields[i].name;
  return text_join(arena, ", ", names, count);
}

static bool section_is_for(Arena *arena, const char *line, const char *file) {
  size_t n = strlen(line);
  const char *name = text_copy_n(arena, line + 1, n > 1 && line[n - 1] == ']' ? n - 2 : n - 1);
  return text_equal_fold(text_trim(arena, name), file);
}

static bool apply_line(Arena *arena, const char *line, const char *const *columns, ColumnMap *map,
                       const char **problem) {
  const char *equals = strrchr(line, '=');
  if (equals == NULL) {
    *problem = text_format(arena, _("“%s” is not “Column name = field”"), line);
    return false;
  }
  const char *column = text_trim(arena, text_copy_n(arena, line, (size_t)(equals - line)));
  const char *field = text_trim(arena, equals + 1);
  const char *wanted = column_normal(arena, column);
  for (size_t i = 0; i < map->count; i++) {
    if (!text_equal_fold(columns[i], column) &&
        (wanted[0] == '\0' || !text_equal(column_normal(arena, columns[i]), wanted)))
      continue;
    if (column_assign(map, i, field)) return true;
    *problem = text_format(arena, _("%s have no field “%s”; there are: %s, or - for a note"),
                           _(map->kind->title), field, field_names(arena, map->kind));
    return false;
  }
  return true; // a column of another file
}

bool mapping_apply(Arena *arena, const char *mapping, const char *file, const char *const *columns,
                   ColumnMap *map, const char **problem, size_t *line) {
  bool ours = true;
  *line = 0;
  while (mapping != NULL && *mapping != '\0') {
    size_t n = strcspn(mapping, "\n");
    const char *text = text_trim(arena, text_copy_n(arena, mapping, n));
    mapping += n + (mapping[n] == '\n');
    ++*line;
    if (text[0] == '\0' || text[0] == '#') continue;
    if (text[0] == '[')
      ours = section_is_for(arena, text, file);
    else if (ours && !apply_line(arena, text, columns, map, problem))
      return false;
  }
  return true;
}
