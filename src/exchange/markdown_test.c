// SPDX-License-Identifier: Apache-2.0
#include "exchange/markdown.h"

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

static const char sample[] = "# Audit plan\n"
                             "\n"
                             "> Owner: Quality Lead  \n"
                             "> Next review: 2027-02-15\n"
                             "\n"
                             "## Schedule\n"
                             "\n"
                             "| ID | Scope | Date |\n"
                             "|---|:--:|---|\n"
                             "| A-1 | Access \\| rights | 2026-02-10 |\n"
                             "| A-2 | Suppliers |\n"
                             "\n"
                             "Prose stays prose.\n"
                             "```\n"
                             "| not | a table |\n"
                             "|---|---|\n"
                             "```\n"
                             "### Details\n"
                             "| Field | Value |\n"
                             "|---|---|\n"
                             "| Date | 2026-03-05 |\n"
                             "| **Type** | Drill |\n";

static void finds_tables_with_their_headings_and_lines(void **state) {
  Markdown md;
  markdown_parse(*state, sample, strlen(sample), &md);
  assert_string_equal(md.title, "Audit plan");
  assert_int_equal(md.tables.count, 2);
  const Table *table = &md.tables.items[0];
  assert_string_equal(table->name, "Schedule");
  assert_int_equal(table->line, 8);
  assert_string_equal(table->rows.items[0].cells[1], "Access | rights");
  assert_int_equal(table->rows.items[1].line, 11);
  assert_non_null(table->rows.items[1].problem);
}

static void keeps_prose_and_fences_out_of_tables(void **state) {
  Markdown md;
  markdown_parse(*state, sample, strlen(sample), &md);
  assert_non_null(strstr(md.prose, "Prose stays prose."));
  assert_non_null(strstr(md.prose, "| not | a table |"));
  assert_null(strstr(md.prose, "A-1"));
}

static void reads_the_document_control_block(void **state) {
  Markdown md;
  markdown_parse(*state, sample, strlen(sample), &md);
  assert_int_equal(md.properties.count, 2);
  assert_string_equal(md.properties.items[0].name, "Owner");
  assert_string_equal(md.properties.items[0].value, "Quality Lead");
}

static void turns_a_record_on_its_side(void **state) {
  Markdown md;
  markdown_parse(*state, sample, strlen(sample), &md);
  assert_false(markdown_is_record(&md.tables.items[0]));
  assert_true(markdown_is_record(&md.tables.items[1]));
  Table turned;
  markdown_turn_record(*state, &md.tables.items[1], &turned);
  assert_int_equal(turned.column_count, 2);
  assert_string_equal(turned.columns[1], "Type");
  assert_string_equal(turned.rows.items[0].cells[0], "2026-03-05");
}

static void reads_crlf_and_a_file_without_anything(void **state) {
  Markdown md;
  const char text[] = "a|b\r\n-|-\r\n1|2\r\n";
  markdown_parse(*state, text, strlen(text), &md);
  assert_int_equal(md.tables.count, 1);
  assert_string_equal(md.tables.items[0].rows.items[0].cells[1], "2");
  markdown_parse(*state, "", 0, &md);
  assert_int_equal(md.tables.count, 0);
  assert_null(md.problem);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(finds_tables_with_their_headings_and_lines), TEST(keeps_prose_and_fences_out_of_tables),
      TEST(reads_the_document_control_block),           TEST(turns_a_record_on_its_side),
      TEST(reads_crlf_and_a_file_without_anything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
