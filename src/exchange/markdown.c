// SPDX-License-Identifier: Apache-2.0
#include "exchange/markdown.h"

#include <string.h>

enum { MAX_TABLES = 500 };

typedef struct Line {
  char *text; // NUL-terminated, without its line end
  size_t number;
} Line;

typedef LIST_OF(Line) Lines;

static void split_lines(Arena *arena, char *text, Lines *lines) {
  size_t number = 1;
  while (*text != '\0') {
    size_t n = strcspn(text, "\r\n");
    char *next = text + n;
    if (next[0] == '\r' && next[1] == '\n') *next++ = '\0';
    bool last = *next == '\0';
    *next = '\0';
    Line *line = list_add(arena, lines);
    *line = (Line){.text = text, .number = number};
    number++;
    if (last) return;
    text = next + 1;
  }
}

static const char *skip_blanks(const char *p) {
  while (*p == ' ' || *p == '\t') p++;
  return p;
}

// ``` or ~~~, at most three blanks in.
static bool is_fence(const char *line) {
  const char *p = skip_blanks(line);
  return p - line <= 3 && (strncmp(p, "```", 3) == 0 || strncmp(p, "~~~", 3) == 0);
}

static int heading_level(const char *line) {
  int level = 0;
  while (line[level] == '#') level++;
  return level >= 1 && level <= 6 && (line[level] == ' ' || line[level] == '\t') ? level : 0;
}

static const char *heading_text(Arena *arena, const char *line, int level) {
  return text_trim(arena, line + level);
}

// | --- | :--: |
static bool is_delimiter_row(const char *line) {
  bool dash = false, pipe = false;
  for (const char *p = line; *p != '\0'; p++) {
    if (*p == '-')
      dash = true;
    else if (*p == '|')
      pipe = true;
    else if (*p != ':' && *p != ' ' && *p != '\t')
      return false;
  }
  return dash && pipe;
}

static const char *clean_cell(Arena *arena, const char *start, const char *end) {
  while (start < end && (*start == ' ' || *start == '\t')) start++;
  while (end > start && (end[-1] == ' ' || end[-1] == '\t')) end--;
  char *cell = arena_alloc(arena, (size_t)(end - start) + 1), *out = cell;
  for (; start < end; start++) {
    if (start[0] == '\\' && start + 1 < end && start[1] == '|') start++;
    if (start + 1 < end && start[0] == '*' && start[1] == '*') {
      start++; // bold marks are dress, not content
      continue;
    }
    *out++ = *start;
  }
  *out = '\0';
  return cell;
}

// Cells of "| a | b |"; an escaped pipe does not divide.
static size_t split_cells(Arena *arena, const char *line, const char **cells, size_t most) {
  const char *p = skip_blanks(line);
  const char *end = p + strlen(p);
  while (end > p && (end[-1] == ' ' || end[-1] == '\t')) end--;
  if (p < end && *p == '|') p++;
  if (end > p && end[-1] == '|' && (end - 1 == p || end[-2] != '\\')) end--;
  size_t count = 0;
  const char *start = p;
  for (; p <= end && count < most; p++) {
    if (p < end && *p == '\\' && p + 1 < end) {
      p++;
      continue;
    }
    if (p < end && *p != '|') continue;
    cells[count++] = clean_cell(arena, start, p);
    start = p + 1;
  }
  return count;
}

static void add_table_row(Arena *arena, Table *table, const Line *line) {
  const char *cells[TABLE_MAX_COLUMNS];
  size_t count = split_cells(arena, line->text, cells, TABLE_MAX_COLUMNS);
  const char **kept = arena_array(arena, count + 1, sizeof *kept);
  memcpy(kept, cells, count * sizeof *kept);
  TableRow *row = list_add(arena, &table->rows);
  *row = (TableRow){.line = line->number, .cells = kept, .count = count};
  if (count == TABLE_MAX_COLUMNS) row->problem = _("more than 256 values"), row->column = count;
  table_check_row(arena, table, row, _("vertical bar"));
}

// A table that starts at lines[i] (its header); the index behind it, or i if there is none.
static size_t read_table(Arena *arena, const Lines *lines, size_t i, const char *name,
                         Tables *tables) {
  if (i + 1 >= lines->count || tables->count == MAX_TABLES) return i;
  if (strchr(lines->items[i].text, '|') == NULL || !is_delimiter_row(lines->items[i + 1].text))
    return i;
  const char *cells[TABLE_MAX_COLUMNS];
  size_t count = split_cells(arena, lines->items[i].text, cells, TABLE_MAX_COLUMNS);
  if (count == 0) return i;
  Table *table = list_add(arena, tables);
  table->name = name;
  table->line = lines->items[i].number;
  table_name_columns(arena, table, cells, count);
  size_t at = i + 2;
  for (; at < lines->count && strchr(lines->items[at].text, '|') != NULL; at++)
    add_table_row(arena, table, &lines->items[at]);
  return at;
}

// "> Owner: Business Continuity Lead": a name of one to four words before the first colon.
static void read_property(Arena *arena, const char *line, Properties *properties) {
  const char *p = skip_blanks(line);
  if (*p != '>') return;
  p = skip_blanks(p + 1);
  const char *colon = strchr(p, ':');
  if (colon == NULL || colon == p || colon - p > 40 || memchr(p, '*', (size_t)(colon - p)) != NULL)
    return;
  const char *value = text_trim(arena, colon + 1);
  if (value[0] == '\0') return;
  Property *property = list_add(arena, properties);
  property->name = text_trim(arena, text_copy_n(arena, p, (size_t)(colon - p)));
  property->value = value;
}

static void read_prose(Arena *arena, Markdown *out, Text *prose, const Line *line,
                       const char **heading) {
  int level = heading_level(line->text);
  if (level > 0) *heading = heading_text(arena, line->text, level);
  if (level == 1 && out->title == NULL) {
    out->title = *heading;
    out->title_line = line->number;
  }
  read_property(arena, line->text, &out->properties);
  text_add(prose, line->text);
  text_add_char(prose, '\n');
}

void markdown_parse(Arena *arena, const char *bytes, size_t length, Markdown *out) {
  *out = (Markdown){.title_line = 1, .line = 1};
  size_t size = 0;
  char *text = table_decode(arena, bytes, length, &size, &out->problem, &out->line);
  if (text == NULL) return;
  Lines lines = {0};
  split_lines(arena, text, &lines);
  Text prose;
  text_init(&prose, arena);
  const char *heading = NULL;
  bool fenced = false;
  for (size_t i = 0; i < lines.count;) {
    if (is_fence(lines.items[i].text)) fenced = !fenced;
    size_t after = fenced ? i : read_table(arena, &lines, i, heading, &out->tables);
    if (after == i)
      read_prose(arena, out, &prose, &lines.items[i++], &heading);
    else
      i = after;
  }
  out->prose = prose.data;
}

bool markdown_is_record(const Table *table) {
  static const char *const names[] = {"field", "property", "attribute", "item", "key"};
  if (table->column_count != 2 || table->rows.count == 0) return false;
  if (!text_equal_fold(table->columns[1], "value") &&
      !text_equal_fold(table->columns[1], "details"))
    return false;
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (text_equal_fold(table->columns[0], names[i])) return true;
  return false;
}

void markdown_turn_record(Arena *arena, const Table *table, Table *out) {
  size_t count = 0;
  const char **names = arena_array(arena, table->rows.count, sizeof *names);
  const char **cells = arena_array(arena, table->rows.count, sizeof *cells);
  for (size_t i = 0; i < table->rows.count && count < TABLE_MAX_COLUMNS; i++) {
    const TableRow *row = &table->rows.items[i];
    if (row->problem != NULL) continue;
    names[count] = row->cells[0];
    cells[count++] = row->cells[1];
  }
  *out = (Table){.name = table->name, .line = table->line};
  table_name_columns(arena, out, names, count);
  TableRow *row = list_add(arena, &out->rows);
  *row = (TableRow){.line = table->line + 2, .cells = cells, .count = out->column_count};
}
