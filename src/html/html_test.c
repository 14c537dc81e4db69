// SPDX-License-Identifier: Apache-2.0
#include "html/html.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

static Arena *arena;

static int begin(void **state) {
  (void)state;
  arena = arena_create();
  return 0;
}

static int end(void **state) {
  (void)state;
  arena_destroy(arena);
  return 0;
}

static const char *written(void (*write)(Text *, const char *), const char *value) {
  Text out;
  text_init(&out, arena);
  write(&out, value);
  html_finish(&out);
  return out.data;
}

static void text_cannot_leave_its_place(void **state) {
  (void)state;
  assert_string_equal(written(html_text, "<a href=\"x\" title='y'>&</a>"),
                      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
  assert_string_equal(written(html_text, "Grüße"), "Grüße");
  assert_string_equal(written(html_text, NULL), "");
}

static void an_address_leads_only_where_it_may(void **state) {
  (void)state;
  static const char *const good[] = {"/o/x/today",     "https://example.org/a", "http://a",
                                     "mailto:a@b.org", "relative/path",         "#part",
                                     "?page=2",        "HTTPS://EXAMPLE.ORG",   "/a:b"};
  static const char *const bad[] = {"javascript:alert(1)", "JaVaScript:x",    "data:text/html,x",
                                    "vbscript:x",          "java\tscript:x",  " javascript:x",
                                    "file:///etc/passwd",  "/\\evil.example", "x y"};
  for (size_t i = 0; i < COUNT_OF(good); i++)
    assert_string_equal(written(html_url, good[i]), good[i]);
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_string_equal(written(html_url, bad[i]), "#");
}

static void a_part_of_an_address_stays_one_part(void **state) {
  (void)state;
  assert_string_equal(written(html_url_part, "a/b?c=d&e#f ü"), "a%2Fb%3Fc%3Dd%26e%23f%20%C3%BC");
}

static void numbers_are_written_to_their_ends(void **state) {
  (void)state;
  Text out;
  text_init(&out, arena);
  html_int(&out, INT64_MIN);
  html_literal(&out, " ");
  html_int(&out, INT64_MAX);
  html_literal(&out, " ");
  html_int(&out, 0);
  html_literal(&out, " ");
  html_real(&out, 0.1);
  html_finish(&out);
  assert_string_equal(out.data, "-9223372036854775808 9223372036854775807 0 0.1");
}

static void days_are_words_for_people_and_iso_for_programs(void **state) {
  (void)state;
  Text out;
  text_init(&out, arena);
  html_date(&out, date_make(2028, 2, 29));
  html_date(&out, DATE_NONE);
  html_finish(&out);
  assert_string_equal(out.data, "<time datetime=\"2028-02-29\">29 February 2028</time>");
}

static void an_instant_before_1970_is_still_right(void **state) {
  (void)state;
  Text out;
  text_init(&out, arena);
  html_instant_iso(&out, (Instant){-1});
  html_finish(&out);
  assert_string_equal(out.data, "1969-12-31T23:59:59Z");
}

static void json_is_escaped_and_separated(void **state) {
  (void)state;
  Json json;
  json_init(&json, arena);
  json_open(&json);
  json_put_text(&json, "name", "a\"b\\c\n</script>\x01");
  json_put_int(&json, "n", -1);
  json_put_date(&json, "due", DATE_NONE);
  json_key(&json, "list");
  json_open_list(&json);
  json_bool(&json, true);
  json_text(&json, NULL);
  json_real(&json, INFINITY);
  json_close_list(&json);
  json_close(&json);
  assert_string_equal(json_result(&json),
                      "{\"name\":\"a\\\"b\\\\c\\n\\u003c/script\\u003e\\u0001\",\"n\":-1,"
                      "\"due\":null,\"list\":[true,null,null]}");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_cannot_leave_its_place),
      cmocka_unit_test(an_address_leads_only_where_it_may),
      cmocka_unit_test(a_part_of_an_address_stays_one_part),
      cmocka_unit_test(numbers_are_written_to_their_ends),
      cmocka_unit_test(days_are_words_for_people_and_iso_for_programs),
      cmocka_unit_test(an_instant_before_1970_is_still_right),
      cmocka_unit_test(json_is_escaped_and_separated),
  };
  return cmocka_run_group_tests(tests, begin, end);
}
