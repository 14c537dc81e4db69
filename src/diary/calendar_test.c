// SPDX-License-Identifier: Apache-2.0
#include "diary/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef struct Page {
  Arena *arena;
  Text text;
  Calendar calendar;
} Page;

static Page *page_of(void **state) {
  return *state;
}

static int setup(void **state) {
  Arena *arena = arena_create();
  Page *page = arena_new(arena, Page);
  page->arena = arena;
  text_init(&page->text, arena);
  page->calendar = (Calendar){.out = &page->text};
  *state = page;
  return 0;
}

static int teardown(void **state) {
  arena_destroy(page_of(state)->arena);
  return 0;
}

static void assert_has(const Page *page, const char *part) {
  if (!strstr(page->text.data, part)) {
    fail_msg("no \"%s\" in:\n%s", part, page->text.data);
  }
}

static void assert_has_not(const Page *page, const char *part) {
  if (strstr(page->text.data, part)) {
    fail_msg("\"%s\" in:\n%s", part, page->text.data);
  }
}

static CalendarEvent event_in(const char *zone) {
  return (CalendarEvent){
      .uid = "activity-7@nordwind.example",
      .sequence = 2,
      .status = CALENDAR_CONFIRMED,
      .summary = "Management review",
      .zone = zone_find(zone),
      .day = date_make(2026, 2, 18),
      .start_minute = 10 * 60,
      .duration_minutes = 90,
      .created = {1763629200000000},
      .modified = {1763629200000000},
      .alarm_days = 7,
  };
}

static void commas_semicolons_backslashes_and_line_ends_are_escaped(void **state) {
  Page *page = page_of(state);
  calendar_property(&page->calendar, "SUMMARY", "a, b; c\\d\ne: \"f\"");
  assert_string_equal(page->text.data, "SUMMARY:a\\, b\\; c\\\\d\\ne: \"f\"\r\n");
}

static void control_characters_never_reach_a_content_line(void **state) {
  Page *page = page_of(state);
  calendar_property(&page->calendar, "SUMMARY",
                    "a\rb\x01\x7f"
                    "c");
  assert_string_equal(page->text.data, "SUMMARY:abc\r\n");
}

// Every physical line at most 75 octets, no character cut, and unfolding gives the text back.
static void assert_folds_to(const Page *page, const char *unfolded) {
  char back[4096];
  size_t at = 0, octets = 0;
  for (const char *c = page->text.data; *c; c++) {
    if (c[0] == '\r' && c[1] == '\n' && c[2] == ' ') {
      assert_true(octets <= 75);
      assert_int_not_equal((unsigned char)c[3] & 0xC0, 0x80);
      c += 2;
      octets = 1;
      continue;
    }
    back[at++] = *c;
    octets += c[0] != '\r' && c[0] != '\n';
  }
  assert_true(octets <= 75);
  back[at] = '\0';
  assert_string_equal(back, unfolded);
}

static void long_lines_fold_between_characters(void **state) {
  Page *page = page_of(state);
  const char *ae = "äöü€𝄞 ";
  Text want, value;
  text_init(&value, page->arena);
  text_init(&want, page->arena);
  for (int i = 0; i < 40; i++) {
    text_add(&value, ae);
  }
  text_add_format(&want, "DESCRIPTION:%s\r\n", value.data);
  calendar_property(&page->calendar, "DESCRIPTION", value.data);
  assert_folds_to(page, want.data);
}

static void an_escape_is_never_cut_by_a_fold(void **state) {
  Page *page = page_of(state);
  for (int lead = 60; lead < 70; lead++) {
    page->text.length = 0;
    page->text.data[0] = '\0';
    char value[128];
    memset(value, 'x', sizeof value);
    memcpy(value + lead, ",,,,", 5);
    calendar_property(&page->calendar, "SUMMARY", value);
    assert_has_not(page, "\\\r\n");
  }
}

static void an_event_tells_its_local_time_with_its_zone(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("Europe/Berlin");
  calendar_event(&page->calendar, &event);
  assert_has(page, "DTSTART;TZID=Europe/Berlin:20260218T100000\r\n");
  assert_has(page, "DTEND;TZID=Europe/Berlin:20260218T113000\r\n");
  assert_has(page, "DTSTAMP:20251120T090000Z\r\n");
  assert_has(page, "SEQUENCE:2\r\n");
  assert_has(page, "TRIGGER:-P7D\r\n");
}

static void utc_needs_no_zone(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("UTC");
  calendar_event(&page->calendar, &event);
  calendar_zone(&page->calendar, event.zone, event.day, event.day);
  assert_has(page, "DTSTART:20260218T100000Z\r\n");
  assert_has_not(page, "VTIMEZONE");
}

static void a_start_in_the_spring_gap_moves_forward(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("Europe/Berlin");
  event.day = date_make(2026, 3, 29);
  event.start_minute = 2 * 60 + 30;
  calendar_event(&page->calendar, &event);
  assert_has(page, "DTSTART;TZID=Europe/Berlin:20260329T033000\r\n");
  assert_has(page, "DTEND;TZID=Europe/Berlin:20260329T050000\r\n");
}

static void a_cancelled_event_says_so_and_rings_no_alarm(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("Europe/Berlin");
  event.status = CALENDAR_CANCELLED;
  calendar_event(&page->calendar, &event);
  assert_has(page, "STATUS:CANCELLED\r\n");
  assert_has_not(page, "VALARM");
}

static void an_address_cannot_end_its_line(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("Europe/Berlin");
  event.url = "https://a.example/x\r\nATTENDEE:mailto:evil@example.org";
  calendar_event(&page->calendar, &event);
  assert_has(page, "URL:https://a.example/xATTENDEE:mailto:evil@example.org\r\n");
}

static void each_change_of_offset_is_an_observance_with_its_own_date(void **state) {
  Page *page = page_of(state);
  calendar_zone(&page->calendar, zone_find("Europe/Berlin"), date_make(2026, 1, 1),
                date_make(2026, 12, 31));
  assert_has(page, "TZID:Europe/Berlin\r\n");
  assert_has(page, "RDATE:20260329T020000\r\n"); // told in the time in force before the change
  assert_has(page, "RDATE:20261025T030000\r\n");
  assert_has(page, "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n");
  assert_has(page, "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n");
  assert_has_not(page, "RRULE");
}

static void a_zone_without_summer_time_has_one_observance(void **state) {
  Page *page = page_of(state);
  calendar_zone(&page->calendar, zone_find("Asia/Kolkata"), date_make(2026, 1, 1),
                date_make(2028, 12, 31));
  assert_has(page, "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nTZNAME:IST\r\n");
  assert_has_not(page, "RDATE");
  assert_has_not(page, "DAYLIGHT");
}

static void the_same_input_gives_the_same_bytes(void **state) {
  Page *page = page_of(state);
  CalendarEvent event = event_in("America/New_York");
  event.description = "Why: quarterly in the first year, since the certificate is new.";
  calendar_begin(&page->calendar, &page->text, "Nordwind");
  calendar_event(&page->calendar, &event);
  calendar_end(&page->calendar);
  char *first = text_copy(page->arena, page->text.data);
  text_init(&page->text, page->arena);
  calendar_begin(&page->calendar, &page->text, "Nordwind");
  calendar_event(&page->calendar, &event);
  calendar_end(&page->calendar);
  assert_string_equal(page->text.data, first);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(commas_semicolons_backslashes_and_line_ends_are_escaped),
      TEST(control_characters_never_reach_a_content_line),
      TEST(long_lines_fold_between_characters),
      TEST(an_escape_is_never_cut_by_a_fold),
      TEST(an_event_tells_its_local_time_with_its_zone),
      TEST(utc_needs_no_zone),
      TEST(a_start_in_the_spring_gap_moves_forward),
      TEST(a_cancelled_event_says_so_and_rings_no_alarm),
      TEST(an_address_cannot_end_its_line),
      TEST(each_change_of_offset_is_an_observance_with_its_own_date),
      TEST(a_zone_without_summer_time_has_one_observance),
      TEST(the_same_input_gives_the_same_bytes),
  };
  return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
