// SPDX-License-Identifier: Apache-2.0
#include "worker/client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Context c;

static int set_up(void **state) {
  (void)state;
  context_init(&c, NULL);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  context_finish(&c);
  return 0;
}

static bool read_years(const char *events, HolidayList *out) {
  const char *file =
      text_format(c.arena, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n", events);
  return worker_holidays(&c, file, strlen(file), date_make(2026, 1, 1), date_make(2028, 12, 31),
                         out);
}

static const char *shown(const HolidayList *list) {
  Text out;
  text_init(&out, c.arena);
  for (size_t i = 0; i < list->dates.count; i++)
    text_add_format(&out, "%s %s;", date_text(c.arena, list->dates.items[i].day),
                    list->dates.items[i].name);
  return out.data;
}

#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"

static void whole_days_and_yearly_ones_are_read(void **state) {
  (void)state;
  HolidayList list;
  assert_true(read_years(
      EVENT("SUMMARY:Tag der Deutschen Einheit\r\nDTSTART;VALUE=DATE:20251003\r\n"
            "RRULE:FREQ=YEARLY\r\n")
          EVENT("SUMMARY:Christmas\\, both days\r\nDTSTART;VALUE=DATE:20261225\r\n"
                "DTEND;VALUE=DATE:20261227\r\n")
              EVENT("SUMMARY:Long ago\r\nDTSTART;VALUE=DATE:20010101\r\n")
                  EVENT("SUMMARY:Cancelled\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260601\r\n"),
      &list));
  assert_string_equal(shown(&list),
                      "2026-10-03 Tag der Deutschen Einheit;"
                      "2026-12-25 Christmas, both days;2026-12-26 Christmas, both days;"
                      "2027-10-03 Tag der Deutschen Einheit;"
                      "2028-10-03 Tag der Deutschen Einheit;");
  assert_int_equal(list.notes.count, 0);
}

static void exceptions_additions_and_leap_days_are_heeded(void **state) {
  (void)state;
  HolidayList list;
  assert_true(read_years(
      EVENT("SUMMARY:Thanksgiving\r\nDTSTART;VALUE=DATE:20261126\r\n"
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nEXDATE;VALUE=DATE:20271125\r\n"
            "RDATE;VALUE=DATE:20271126\r\n") EVENT("SUMMARY:Leap\r\nDTSTART;VALUE=DATE:20240229\r\n"
                                                   "RRULE:FREQ=YEARLY;UNTIL=20400101\r\n"),
      &list));
  assert_string_equal(shown(&list), "2026-11-26 Thanksgiving;2027-11-26 Thanksgiving;"
                                    "2028-02-29 Leap;2028-11-23 Thanksgiving;");
}

static void what_cannot_be_trusted_is_left_out_with_a_reason(void **state) {
  (void)state;
  HolidayList list;
  assert_true(read_years(
      EVENT("SUMMARY:Every second\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=SECONDLY\r\n")
          EVENT("SUMMARY:Last but one\r\nDTSTART;VALUE=DATE:20260101\r\n"
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=-2\r\n")
              EVENT("SUMMARY:A whole year\r\nDTSTART;VALUE=DATE:20260101\r\n"
                    "DTEND;VALUE=DATE:20270101\r\n") EVENT("SUMMARY:No date\r\n")
                  EVENT("SUMMARY:Fine\r\nDTSTART;VALUE=DATE:20260501\r\n"),
      &list));
  assert_string_equal(shown(&list), "2026-05-01 Fine;");
  assert_int_equal(list.notes.count, 4);
}

static void hostile_files_are_refused_and_nothing_else_happens(void **state) {
  (void)state;
  HolidayList list;
  Text deep, many, daily;
  text_init(&deep, c.arena);
  text_init(&many, c.arena);
  text_init(&daily, c.arena);
  for (int i = 0; i < 1000; i++) text_add(&deep, "BEGIN:VCALENDAR\r\n");
  for (int i = 0; i < 6000; i++) text_add(&many, EVENT("DTSTART;VALUE=DATE:20260101\r\n"));
  for (int i = 0; i < 60; i++)
    text_add_format(&daily,
                    EVENT("SUMMARY:Day %d\r\nDTSTART;VALUE=DATE:20260101\r\n"
                          "RRULE:FREQ=DAILY\r\n"),
                    i);
  char *line = arena_alloc(c.arena, 100001);
  memset(line, 'x', 100000);
  const char *const files[] = {
      "",
      "no calendar at all",
      "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
      "BEGIN:VCALENDAR\r\nSUMMARY:\xFF\xFE\r\nEND:VCALENDAR\r\n",
      deep.data,
      many.data,
      text_format(c.arena, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", daily.data),
      text_format(c.arena, "BEGIN:VCALENDAR\r\nSUMMARY:%s\r\nEND:VCALENDAR\r\n", line),
  };
  for (size_t i = 0; i < COUNT_OF(files); i++) {
    c.error = (Error){0};
    assert_false(worker_holidays(&c, files[i], strlen(files[i]), date_make(2026, 1, 1),
                                 date_make(2030, 12, 31), &list));
    assert_int_equal(c.error.kind, ERROR_INVALID);
    assert_string_equal(c.error.fields.items[0].field, "file");
  }
}

static void a_missing_worker_is_said_plainly(void **state) {
  (void)state;
  const char *kept = text_copy(c.arena, getenv("DAYBOOK_WORKER"));
  HolidayList list;
  setenv("DAYBOOK_WORKER", "/nowhere/daybook-worker", 1);
  assert_false(read_years("", &list));
  assert_int_equal(c.error.kind, ERROR_UNAVAILABLE);
  setenv("DAYBOOK_WORKER", "/bin/true", 1); // ends without an answer
  c.error = (Error){0};
  assert_false(read_years("", &list));
  setenv("DAYBOOK_WORKER", "/bin/false", 1);
  c.error = (Error){0};
  assert_false(read_years("", &list));
  assert_int_equal(c.error.kind, ERROR_INVALID);
  if (kept != NULL) setenv("DAYBOOK_WORKER", kept, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(whole_days_and_yearly_ones_are_read),
      TEST(exceptions_additions_and_leap_days_are_heeded),
      TEST(what_cannot_be_trusted_is_left_out_with_a_reason),
      TEST(hostile_files_are_refused_and_nothing_else_happens),
      TEST(a_missing_worker_is_said_plainly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
