// SPDX-License-Identifier: Apache-2.0
#include "exchange/table.h"

#include <string.h>

// Windows-1252's own characters in 0x80–0x9F; 0 where it defines none (read as Latin-1 then).
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static char *put_code_point(char *out, unsigned code) {
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xC0U | (code >> 6));
    *out++ = (char)(0x80U | (code & 0x3FU));
  } else {
    *out++ = (char)(0xE0U | (code >> 12));
    *out++ = (char)(0x80U | ((code >> 6) & 0x3FU));
    *out++ = (char)(0x80U | (code & 0x3FU));
  }
  return out;
}

static char *decode_windows_1252(Arena *arena, const char *bytes, size_t length,
                                 size_t *out_length) {
  char *text = arena_array(arena, length + 1, 3);
  char *out = text;
  for (size_t i = 0; i < length; i++) {
    unsigned code = (unsigned char)bytes[i];
    if (code >= 0x80 && code < 0xA0 && windows_1252[code - 0x80] != 0)
      code = windows_1252[code - 0x80];
    out = put_code_point(out, code);
  }
  *out_length = (size_t)(out - text);
  return text;
}

static size_t line_of(const char *bytes, const char *at) {
  size_t line = 1;
  for (const char *p = bytes; p < at; p++) line += *p == '\n';
  return line;
}

static bool is_utf16(const char *bytes, size_t length) {
  return length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

char *table_decode(Arena *arena, const char *bytes, size_t length, size_t *out_length,
                   const char **problem, size_t *line) {
  *line = 1;
  if (length > TABLE_MAX_BYTES) {
    *problem = _("this file is larger than 32 MB; split it");
    return NULL;
  }
  if (is_utf16(bytes, length)) {
    *problem = _("this file is UTF-16; save it as “CSV UTF-8” and bring it again");
    return NULL;
  }
  const char *nul = length > 0 ? memchr(bytes, 0, length) : NULL;
  if (nul != NULL) {
    *line = line_of(bytes, nul);
    *problem = _("this is not a text file: it holds a NUL byte");
    return NULL;
  }
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, length -= 3;
  if (!text_is_utf8(bytes, length)) return decode_windows_1252(arena, bytes, length, out_length);
  *out_length = length;
  char *text = arena_alloc(arena, length + 1);
  if (length > 0) memcpy(text, bytes, length);
  return text;
}

static bool named_before(const Table *table, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (text_equal_fold(table->columns[i], name)) return true;
  return false;
}

static const char *column_name(Arena *arena, const Table *table, size_t index, const char *cell) {
  const char *name = cell[0] != '\0' ? cell : text_format(arena, _("Column %zu"), index + 1);
  const char *unique = name;
  for (size_t n = 2; named_before(table, index, unique); n++)
    unique = text_format(arena, "%s (%zu)", name, n);
  return unique;
}

void table_name_columns(Arena *arena, Table *table, const char *const *cells, size_t count) {
  while (count > 1 && cells[count - 1][0] == '\0') count--;
  table->columns = arena_array(arena, count, sizeof *table->columns);
  for (size_t i = 0; i < count; i++) {
    table->columns[i] = column_name(arena, table, i, cells[i]);
    table->column_count = i + 1;
  }
}

static bool is_control(unsigned char c) {
  return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

static bool has_control(const char *text) {
  for (; *text != '\0'; text++) {
    if (is_control((unsigned char)*text)) return true;
    if ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] >= 0x80 &&
        (unsigned char)text[1] < 0xA0)
      return true; // C1 controls
  }
  return false;
}

static const char *excerpt(Arena *arena, const char *cell) {
  size_t n = strlen(cell);
  if (n <= 40) return cell;
  n = 40;
  while (n > 0 && ((unsigned char)cell[n] & 0xC0U) == 0x80U) n--;
  return text_format(arena, "%.*s…", (int)n, cell);
}

void table_check_row(Arena *arena, const Table *table, TableRow *row, const char *separator) {
  if (row->problem != NULL) return;
  size_t count = row->count;
  while (count > table->column_count && row->cells[count - 1][0] == '\0') count--;
  row->count = count;
  for (size_t i = 0; i < count && i < table->column_count; i++) {
    if (!has_control(row->cells[i])) continue;
    row->column = i + 1;
    row->problem = text_format(arena, _("“%s” holds a control character"), table->columns[i]);
    return;
  }
  if (count == table->column_count) return;
  if (count > table->column_count) {
    row->column = table->column_count + 1;
    row->problem = text_format(
        arena,
        _("expected %zu values, one for each column, but found %zu; a value that contains a %s "
          "needs quotes around it (the surplus begins at “%s”)"),
        table->column_count, count, separator, excerpt(arena, row->cells[table->column_count]));
    return;
  }
  row->column = count + 1;
  row->problem = text_format(arena,
                             _("expected %zu values, one for each column, but found %zu; the "
                               "first that is missing is “%s”"),
                             table->column_count, count, table->columns[count]);
}
