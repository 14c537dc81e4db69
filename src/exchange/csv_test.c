// SPDX-License-Identifier: Apache-2.0
#include "exchange/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state) {
  *state = arena_create();
  return 0;
}

static int teardown(void **state) {
  arena_destroy(*state);
  return 0;
}

static Csv parse(Arena *arena, const char *text) {
  Csv csv;
  csv_parse(arena, text, strlen(text), &csv);
  return csv;
}

static const TableRow *row(const Csv *csv, size_t index) {
  assert_true(index < csv->table.rows.count);
  return &csv->table.rows.items[index];
}

static void reads_header_and_rows(void **state) {
  Csv csv = parse(*state, "ID,Title\nR-1,Fire\nR-2, Flood \n");
  assert_null(csv.problem);
  assert_int_equal(csv.table.column_count, 2);
  assert_string_equal(csv.table.columns[1], "Title");
  assert_int_equal(csv.table.rows.count, 2);
  assert_string_equal(row(&csv, 1)->cells[1], "Flood");
  assert_int_equal(row(&csv, 1)->line, 3);
}

static void finds_semicolon_and_tab(void **state) {
  Csv csv = parse(*state, "ID;Title, long;Owner\n1;a, b;c\n");
  assert_int_equal(csv.delimiter, ';');
  assert_string_equal(row(&csv, 0)->cells[1], "a, b");
  csv = parse(*state, "ID\tTitle\n1\tx;y\n");
  assert_int_equal(csv.delimiter, '\t');
  csv = parse(*state, "sep=;\nID\n1\n");
  assert_int_equal(csv.delimiter, ';');
  assert_int_equal(row(&csv, 0)->line, 3);
}

static void counts_lines_inside_quotes(void **state) {
  Csv csv = parse(*state, "ID,Text\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n2,x,extra\r\n");
  assert_string_equal(row(&csv, 0)->cells[1], "two\nlines, \"quoted\"");
  assert_int_equal(row(&csv, 1)->line, 4);
  assert_non_null(row(&csv, 1)->problem);
  assert_int_equal(row(&csv, 1)->column, 3);
}

static void refuses_ragged_rows_and_keeps_the_rest(void **state) {
  Csv csv = parse(*state, "A,B,C\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n");
  assert_int_equal(csv.table.rows.count, 4);
  assert_non_null(row(&csv, 0)->problem);
  assert_int_equal(row(&csv, 0)->column, 3);
  assert_non_null(strstr(row(&csv, 0)->problem, "C"));
  assert_null(row(&csv, 1)->problem);
  assert_non_null(strstr(row(&csv, 2)->problem, "comma"));
  assert_null(row(&csv, 3)->problem);
}

static void removes_byte_order_mark_and_reads_windows_1252(void **state) {
  Csv csv = parse(*state, "\xEF\xBB\xBFName\nJ\xC3\xB6rg\n");
  assert_string_equal(csv.table.columns[0], "Name");
  csv = parse(*state, "Name\nJ\xF6rg \x96 \x80\n");
  assert_string_equal(row(&csv, 0)->cells[0], "J\xC3\xB6rg \xE2\x80\x93 \xE2\x82\xAC");
}

static void refuses_nul_and_utf16_with_a_line(void **state) {
  Csv csv;
  csv_parse(*state, "A\nb\0c\n", 6, &csv);
  assert_non_null(csv.problem);
  assert_int_equal(csv.line, 2);
  csv_parse(*state,
            "\xFF\xFE"
            "A\0",
            4, &csv);
  assert_non_null(strstr(csv.problem, "UTF-16"));
}

static void goes_on_after_a_quote_that_never_closes(void **state) {
  Csv csv = parse(*state, "A,B\n1,\"open\n2,two\n3,three\n");
  assert_int_equal(csv.table.rows.count, 3);
  assert_non_null(row(&csv, 0)->problem);
  assert_int_equal(row(&csv, 0)->line, 2);
  assert_string_equal(row(&csv, 2)->cells[1], "three");
}

static void a_bad_quote_takes_only_its_own_line(void **state) {
  Csv csv = parse(*state, "A,B\n1,\"open\n2,two\n3,\"a\"b\n4,four\n");
  assert_int_equal(csv.table.rows.count, 4);
  assert_non_null(row(&csv, 0)->problem);
  assert_string_equal(row(&csv, 1)->cells[1], "two");
  assert_non_null(row(&csv, 2)->problem);
  assert_int_equal(row(&csv, 2)->line, 4);
  assert_string_equal(row(&csv, 3)->cells[1], "four");
}

static void refuses_text_after_a_closing_quote(void **state) {
  Csv csv = parse(*state, "A,B\n1,\"x\" y\n2,z\n");
  assert_non_null(row(&csv, 0)->problem);
  assert_null(row(&csv, 1)->problem);
}

static void refuses_control_characters(void **state) {
  Csv csv = parse(*state, "A\nb\x1B[31m\n");
  assert_non_null(row(&csv, 0)->problem);
}

static void names_empty_and_repeated_columns(void **state) {
  Csv csv = parse(*state, "Owner,,owner,\n1,2,3,4\n");
  assert_int_equal(csv.table.column_count, 3);
  assert_string_equal(csv.table.columns[1], "Column 2");
  assert_string_equal(csv.table.columns[2], "owner (2)");
  assert_non_null(row(&csv, 0)->problem);
}

static void an_empty_file_has_a_problem(void **state) {
  assert_non_null(parse(*state, "").problem);
  assert_non_null(parse(*state, "\n \n").problem);
  assert_null(parse(*state, "A").problem);
}

static void skips_blank_rows(void **state) {
  Csv csv = parse(*state, "A,B\n\n,\n1,2\n\n");
  assert_int_equal(csv.table.rows.count, 1);
  assert_int_equal(row(&csv, 0)->line, 4);
}

static void writes_what_it_reads(void **state) {
  Text text;
  text_init(&text, *state);
  csv_add_cell(&text, "a, \"b\"", true);
  csv_add_cell(&text, "=1+1", false);
  csv_add_cell(&text, "-5", false);
  csv_end_row(&text);
  assert_string_equal(text.data, "\"a, \"\"b\"\"\",\"'=1+1\",-5\r\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(reads_header_and_rows),
      TEST(finds_semicolon_and_tab),
      TEST(counts_lines_inside_quotes),
      TEST(refuses_ragged_rows_and_keeps_the_rest),
      TEST(removes_byte_order_mark_and_reads_windows_1252),
      TEST(refuses_nul_and_utf16_with_a_line),
      TEST(goes_on_after_a_quote_that_never_closes),
      TEST(a_bad_quote_takes_only_its_own_line),
      TEST(refuses_text_after_a_closing_quote),
      TEST(refuses_control_characters),
      TEST(names_empty_and_repeated_columns),
      TEST(an_empty_file_has_a_problem),
      TEST(skips_blank_rows),
      TEST(writes_what_it_reads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
