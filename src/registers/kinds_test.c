// SPDX-License-Identifier: Apache-2.0
#include "improvement/rows.h"
#include "registers/annex_a.h"
#include "registers/kinds.h"
#include "registers/typed.h"

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

// Splits "A,B,C" and maps it.
static ColumnMap map_header(Arena *arena, const char *header) {
  const char *names[32];
  size_t count = 0;
  for (const char *p = header; *p != '\0';) {
    size_t n = strcspn(p, ",");
    names[count++] = text_copy_n(arena, p, n);
    p += n + (p[n] == ',');
  }
  return columns_map(arena, NULL, NULL, names, count);
}

static const char *kind_of(Arena *arena, const char *header) {
  return map_header(arena, header).kind->name;
}

static void column_names_lose_case_brackets_and_marks(void **state) {
  assert_string_equal(column_normal(*state, "Likelihood (1-5)"), "likelihood");
  assert_string_equal(column_normal(*state, "  Finding / Nonconformity "), "finding nonconformity");
  assert_string_equal(column_normal(*state, "(all)"), "");
}

static void recognises_kinds_by_their_columns(void **state) {
  Arena *a = *state;
  assert_string_equal(kind_of(a, "Ref,Risk,Probability,Impact,Response"), "risks");
  assert_string_equal(kind_of(a, "Control,Applicable,Justification"), "controls");
  assert_string_equal(kind_of(a, "Vendor,Service,Owner,Next Review"), "suppliers");
  assert_string_equal(kind_of(a, "Asset ID,Asset,Owner,Classification"), "assets");
  assert_string_equal(kind_of(a, "Doc ID,Title,Version,Next Review"), "documents");
  assert_string_equal(kind_of(a, "ID,Finding,Raised,Root Cause,Due"), "findings");
  assert_string_equal(kind_of(a, "ID,Title,Severity,Reported At"), "incidents");
  assert_string_equal(kind_of(a, "Person,Training,Completed"), "training");
  assert_string_equal(kind_of(a, "Audit ID,Scope,Lead Auditor,Planned Date"), "audits");
  assert_string_equal(kind_of(a, "Party,Need,Priority"), "interested_parties");
  assert_string_equal(kind_of(a, "Objective,Metric,Target"), "objectives");
}

static void what_it_does_not_know_is_plain(void **state) {
  Arena *a = *state;
  assert_string_equal(kind_of(a, "Key ID,Purpose,Algorithm,Owner,Expiry"), "plain");
  assert_string_equal(kind_of(a, "ID,Title,Type,Owner,Risk,Impact,CAB Date"), "plain");
  ColumnMap map = map_header(a, "Key ID,Purpose,Algorithm,Owner,Expiry");
  assert_int_equal(map.fields[0], COMMON_REF);
  assert_int_equal(map.fields[1], COMMON_TITLE);
  assert_int_equal(map.fields[2], MAP_NOTE);
  assert_int_equal(map.fields[4], COMMON_NEXT);
}

static void a_column_can_be_mapped_by_hand(void **state) {
  ColumnMap map = map_header(*state, "Thing,Kind,Risk,Likelihood,Impact");
  assert_true(column_assign(&map, 0, "threat"));
  assert_int_equal(map.fields[0], RISK_THREAT);
  assert_true(column_assign(&map, 1, "-"));
  assert_int_equal(map.fields[1], MAP_NOTE);
  assert_false(column_assign(&map, 1, "no such field"));
  assert_false(column_assign(&map, 9, "threat"));
}

static void every_kind_fits_its_limits(void **state) {
  (void)state;
  for (size_t i = 0; register_kinds[i] != NULL; i++) {
    const Kind *kind = register_kinds[i];
    assert_in_range(kind->field_count, COMMON_COUNT, KIND_MAX_FIELDS);
    assert_string_equal(kind->fields[COMMON_NEXT].name, "next");
    assert_ptr_equal(kind_find(kind->name), kind);
  }
  assert_int_equal(risks_kind.field_count, RISK_FIELD_COUNT);
  assert_int_equal(incidents_kind.field_count, INCIDENT_FIELD_COUNT);
  assert_ptr_equal(kind_find("Statement-of-Applicability"), &controls_kind);
  assert_null(kind_find("nonsense"));
}

static Parsed parse(Arena *a, CellType type, unsigned flags, const char *cell, Value *out) {
  const KindField field = {.name = "x", .label = "X", .type = type, .flags = flags};
  const char *problem = NULL;
  Parsed parsed = field_parse(a, &field, cell, out, &problem);
  assert_true((parsed == PARSED_NOT) == (problem != NULL));
  return parsed;
}

static void text_in_an_optional_date_becomes_a_note(void **state) {
  Value v;
  assert_int_equal(parse(*state, CELL_DATE, 0, "Rolling", &v), PARSED_AS_NOTE);
  assert_int_equal(parse(*state, CELL_DATE, CELL_REQUIRED, "Rolling", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_DATE, CELL_REQUIRED, "", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_DATE, 0, "", &v), PARSED);
}

static void a_day_that_does_not_exist_is_refused(void **state) {
  Value v;
  assert_int_equal(parse(*state, CELL_DATE, 0, "2027-02-30", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_DATE, CELL_REQUIRED, "2027-02-30", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_DATE, 0, "2028-02-29", &v), PARSED);
  assert_string_equal(v.text, "2028-02-29");
}

static void days_may_carry_a_time(void **state) {
  Value v;
  assert_int_equal(parse(*state, CELL_TIME, 0, "2026-01-22 09:14", &v), PARSED);
  assert_string_equal(v.text, "2026-01-22 09:14");
  assert_int_equal(parse(*state, CELL_DATE, 0, "2026-01-22T09:14:59Z", &v), PARSED);
  assert_string_equal(v.text, "2026-01-22");
  assert_int_equal(parse(*state, CELL_DATE, 0, "22.1.2026", &v), PARSED);
  assert_string_equal(v.text, "2026-01-22");
  assert_int_equal(parse(*state, CELL_DATE, 0, "2026-01-22 29:14", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_DATE, 0, "2026-01-22 (planned)", &v), PARSED_AS_NOTE);
}

static void numbers_and_yes_no(void **state) {
  Value v;
  assert_int_equal(parse(*state, CELL_NUMBER, 0, "4", &v), PARSED);
  assert_int_equal(v.number, 4);
  assert_int_equal(parse(*state, CELL_NUMBER, 0, "High", &v), PARSED_AS_NOTE);
  assert_int_equal(parse(*state, CELL_NUMBER, 0, "-4", &v), PARSED_NOT);
  assert_int_equal(parse(*state, CELL_YES_NO, CELL_REQUIRED, "ja", &v), PARSED);
  assert_int_equal(v.number, 1);
  assert_int_equal(parse(*state, CELL_YES_NO, CELL_REQUIRED, "perhaps", &v), PARSED_NOT);
}

static void intervals_become_months(void **state) {
  (void)state;
  assert_int_equal(interval_months("12 months"), 12);
  assert_int_equal(interval_months("2 years"), 24);
  assert_int_equal(interval_months("Quarterly"), 3);
  assert_int_equal(interval_months("Half-yearly"), 6);
  assert_int_equal(interval_months("36"), 36);
  assert_int_equal(interval_months("Per device"), 0);
  assert_int_equal(interval_months("99999"), 0);
}

static void annex_a_has_93_controls_in_four_themes(void **state) {
  (void)state;
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++)
    assert_ptr_equal(annex_control_find(annex_controls[i].ref), &annex_controls[i]);
  assert_string_equal(annex_control_find("8.34")->ref, "A.8.34");
  assert_string_equal(annex_control_find("A 5.1")->ref, "A.5.1");
  assert_null(annex_control_find("A.5.38"));
  assert_null(annex_control_find("A.6.9"));
  assert_null(annex_control_find("A.5.1x"));
  assert_null(annex_control_find("4.2"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(column_names_lose_case_brackets_and_marks),
      TEST(recognises_kinds_by_their_columns),
      TEST(what_it_does_not_know_is_plain),
      TEST(a_column_can_be_mapped_by_hand),
      TEST(every_kind_fits_its_limits),
      TEST(text_in_an_optional_date_becomes_a_note),
      TEST(a_day_that_does_not_exist_is_refused),
      TEST(days_may_carry_a_time),
      TEST(numbers_and_yes_no),
      TEST(intervals_become_months),
      TEST(annex_a_has_93_controls_in_four_themes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
