// SPDX-License-Identifier: Apache-2.0
#include "exchange/csv.h"

#include <string.h>

enum { RECOVERIES = 16 };

typedef struct Reader {
  Arena *arena;
  char *at, *end; // the text is unquoted in place: output never runs ahead of input
  size_t line;
  char delimiter;
  const char *cells[TABLE_MAX_COLUMNS];
  size_t count;
  const char *problem;
  size_t column;
  char *ending; // where the last value ends: terminated once its delimiter was read
} Reader;

static char *end_of_line(char *at, const char *end) {
  while (at < end && *at != '\n' && *at != '\r') at++;
  return at;
}

// Steps over one line end: LF, CRLF or a lone CR.
static void next_line(Reader *r) {
  if (r->at >= r->end) return;
  if (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n') r->at++;
  r->at++;
  r->line++;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char *trim(char *start, char **end) {
  while (start < *end && is_space(*start)) start++;
  while (*end > start && is_space((*end)[-1])) (*end)--;
  return start;
}

static void refuse(Reader *r, const char *problem) {
  if (r->problem != NULL) return;
  r->problem = problem;
  r->column = r->count + 1;
}

static void add_cell(Reader *r, char *start, char *end) {
  if (end - start > TABLE_MAX_CELL) refuse(r, _("a value longer than 64 KB"));
  if (r->count == TABLE_MAX_COLUMNS) {
    refuse(r, _("more than 256 values"));
    return;
  }
  r->cells[r->count++] = trim(start, &end);
  r->ending = end;
}

// Where the quoted value that begins at `at` is closed, or NULL. Looks only, changes nothing.
static const char *closing_quote(const char *at, const char *end) {
  while (at < end && (at = memchr(at, '"', (size_t)(end - at))) != NULL) {
    if (at + 1 >= end || at[1] != '"') return at;
    at += 2;
  }
  return NULL;
}

// A quoted value; r->at stands behind the opening quote, and there is a closing_quote.
static void read_quoted(Reader *r, char **start, char **end) {
  char *out = r->at;
  *start = out;
  while (r->at < r->end) {
    char c = *r->at;
    if (c == '"' && (r->at + 1 >= r->end || r->at[1] != '"')) break;
    if (c == '\r' || c == '\n') {
      next_line(r);
      *out++ = '\n';
      continue;
    }
    *out++ = c;
    r->at += c == '"' ? 2 : 1;
  }
  *end = out;
  r->at++;
}

static void skip_blanks(Reader *r) {
  while (r->at < r->end && *r->at == ' ') r->at++;
}

static bool at_value_end(const Reader *r) {
  return r->at >= r->end || *r->at == r->delimiter || *r->at == '\n' || *r->at == '\r';
}

// Whether nothing but blanks stands between a closing quote and the end of its value.
static bool ends_value(const Reader *r, const char *quote) {
  const char *p = quote + 1;
  while (p < r->end && *p == ' ') p++;
  return p >= r->end || *p == r->delimiter || *p == '\n' || *p == '\r';
}

// Reads one value and leaves r->at on the delimiter or line end. False if a quote never closes, or
// closes in the middle; then r->at stands behind that quote and nothing after it was touched.
static bool read_value(Reader *r) {
  char *start = r->at, *end;
  skip_blanks(r);
  if (r->at >= r->end || *r->at != '"') {
    while (!at_value_end(r)) r->at++;
    add_cell(r, start, r->at);
    return true;
  }
  r->at++;
  const char *quote = closing_quote(r->at, r->end);
  if (quote == NULL || !ends_value(r, quote)) {
    refuse(r, quote == NULL ? _("a quote is opened here and never closed")
                            : _("text after a closing quote; a quote inside a quoted value is "
                                "written twice"));
    return false;
  }
  read_quoted(r, &start, &end);
  skip_blanks(r);
  add_cell(r, start, end);
  return true;
}

static bool read_row(Reader *r) {
  r->count = 0;
  r->problem = NULL;
  r->column = 0;
  for (bool more = true; more;) {
    r->ending = NULL;
    if (!read_value(r)) return false;
    more = r->at < r->end && *r->at == r->delimiter;
    if (more)
      r->at++;
    else
      next_line(r);
    if (r->ending != NULL) *r->ending = '\0';
  }
  return true;
}

static bool row_is_blank(const Reader *r) {
  for (size_t i = 0; i < r->count; i++)
    if (r->cells[i][0] != '\0') return false;
  return r->problem == NULL;
}

static const char *const *keep_cells(const Reader *r) {
  const char **cells = arena_array(r->arena, r->count + 1, sizeof *cells);
  memcpy(cells, r->cells, r->count * sizeof *cells);
  return cells;
}

static size_t count_outside_quotes(const char *at, const char *end, char wanted) {
  size_t count = 0;
  bool quoted = false;
  for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
    if (*at == '"') quoted = !quoted;
    count += !quoted && *at == wanted;
  }
  return count;
}

static char find_delimiter(Reader *r) {
  if (r->end - r->at >= 5 && memcmp(r->at, "sep=", 4) == 0) {
    char said = r->at[4];
    if (said == ',' || said == ';' || said == '\t') {
      r->at = end_of_line(r->at, r->end);
      next_line(r);
      return said;
    }
  }
  static const char candidates[] = {',', ';', '\t'};
  char best = ',';
  size_t most = 0;
  for (size_t i = 0; i < COUNT_OF(candidates); i++) {
    size_t n = count_outside_quotes(r->at, r->end, candidates[i]);
    if (n > most) most = n, best = candidates[i];
  }
  return best;
}

static bool read_header(Reader *r, Csv *out) {
  while (r->at < r->end) {
    size_t line = r->line;
    out->line = line;
    if (!read_row(r)) {
      out->problem = r->problem;
      return false;
    }
    if (r->problem != NULL) {
      out->problem = r->problem;
      return false;
    }
    if (row_is_blank(r)) continue;
    out->table.line = line;
    table_name_columns(r->arena, &out->table, r->cells, r->count);
    return true;
  }
  out->line = 1;
  out->problem = _("this file is empty: a first row with the names of the columns is needed");
  return false;
}

static const char *separator_name(char delimiter) {
  if (delimiter == ';') return _("semicolon");
  if (delimiter == '\t') return _("tab");
  return _("comma");
}

static void add_row(Reader *r, Csv *out, size_t line) {
  TableRow *row = list_add(r->arena, &out->table.rows);
  *row = (TableRow){.line = line,
                    .cells = keep_cells(r),
                    .count = r->count,
                    .problem = r->problem,
                    .column = r->column};
  table_check_row(r->arena, &out->table, row, separator_name(r->delimiter));
}

static void read_rows(Reader *r, Csv *out) {
  size_t recoveries = 0;
  while (r->at < r->end) {
    if (out->table.rows.count >= TABLE_MAX_ROWS) {
      TableRow *row = list_add(r->arena, &out->table.rows);
      *row = (TableRow){.line = r->line,
                        .column = 1,
                        .problem = _("more than 200,000 rows: the rest is left out")};
      return;
    }
    size_t line = r->line;
    if (read_row(r)) {
      if (!row_is_blank(r)) add_row(r, out, line);
      continue;
    }
    bool open = closing_quote(r->at, r->end) == NULL;
    add_row(r, out, line);
    if (open && ++recoveries == RECOVERIES) return;
    r->at = end_of_line(r->at, r->end);
    next_line(r);
  }
}

void csv_parse(Arena *arena, const char *bytes, size_t length, Csv *out) {
  *out = (Csv){.delimiter = ',', .line = 1};
  size_t size = 0;
  char *text = table_decode(arena, bytes, length, &size, &out->problem, &out->line);
  if (text == NULL) return;
  Reader *r = arena_new(arena, Reader);
  *r = (Reader){.arena = arena, .at = text, .end = text + size, .line = 1};
  r->delimiter = out->delimiter = find_delimiter(r);
  if (read_header(r, out)) read_rows(r, out);
}

static bool starts_formula(const char *cell) {
  return cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@' || cell[0] == '\t' ||
         cell[0] == '\r';
}

// A number may begin with a sign; a spreadsheet does not run it.
static bool is_number(const char *cell) {
  double value;
  return text_to_real(cell, &value);
}

void csv_add_cell(Text *text, const char *cell, bool first) {
  if (!first) text_add_char(text, ',');
  if (cell == NULL) return;
  bool guard = starts_formula(cell) && !is_number(cell);
  if (!guard && strpbrk(cell, ",;\"\n\r\t") == NULL) {
    text_add(text, cell);
    return;
  }
  text_add_char(text, '"');
  if (guard) text_add_char(text, '\'');
  for (; *cell != '\0'; cell++) {
    if (*cell == '"') text_add_char(text, '"');
    text_add_char(text, *cell);
  }
  text_add_char(text, '"');
}

void csv_end_row(Text *text) {
  text_add(text, "\r\n");
}
