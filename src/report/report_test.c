// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Context c;

static int set_up(void **state) {
  (void)state;
  context_init(&c, NULL);
  instant_parse("2026-10-03T09:00:00Z", &c.now);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  context_finish(&c);
  return 0;
}

static Chart *line_with_gap(void) {
  Chart *chart = chart_new(c.arena, CHART_LINE, "Restored in time", "Each quarter");
  ChartSeries *series = chart_series(chart, "Share", INK_DOING);
  chart->unit = "%";
  chart_label(chart, "Q1"), chart_value(chart, series, 80);
  chart_label(chart, "Q2"), chart_value(chart, series, 0);
  chart_label(chart, "Q3"), chart_gap(chart, series);
  chart_label(chart, "Q4"), chart_value(chart, series, 95);
  return chart;
}

static const char *svg_of(const Chart *chart) {
  Text out;
  text_init(&out, c.arena);
  picture_svg(&out, chart_picture(c.arena, chart, 640), "");
  return out.data;
}

static size_t count(const char *text, const char *part) {
  size_t found = 0;
  for (const char *at = text; (at = strstr(at, part)) != NULL; at++) found++;
  return found;
}

// ---- charts ----

static void a_missing_value_is_a_gap_and_zero_is_a_value(void **state) {
  (void)state;
  Chart *chart = line_with_gap();
  const char *svg = svg_of(chart);
  assert_int_equal(count(svg, "f-none s-doing"), 1); // Q1 to Q2; Q4 stands alone
  assert_int_equal(count(svg, "<circle"), 3);
  assert_non_null(strstr(svg, "Share, Q2: 0\u00a0%"));
  assert_non_null(strstr(svg, "Share, Q3: not measured"));
  assert_string_equal(chart_words(c.arena, chart),
                      "Share: Q1 80\u00a0%, Q2 0\u00a0%, Q3 not measured, Q4 95\u00a0%");
}

static void bars_begin_at_zero_and_a_zero_is_seen(void **state) {
  (void)state;
  Chart *chart = chart_new(c.arena, CHART_BARS, "Found", NULL);
  ChartSeries *series = chart_series(chart, "", INK_LATE);
  chart_label(chart, "A"), chart_value(chart, series, 97);
  chart_label(chart, "B"), chart_value(chart, series, 0);
  double least, most;
  chart_range(chart, &least, &most);
  assert_true(least == 0 && most == 97);
  const char *svg = svg_of(chart);
  assert_int_equal(count(svg, "<rect"), 2);
  assert_non_null(strstr(svg, "height=\"1.5\""));
}

static void every_kind_draws_inside_its_frame(void **state) {
  (void)state;
  for (ChartKind kind = CHART_LINE; kind < CHART_KINDS; kind++) {
    Chart *chart = chart_new(c.arena, kind, "T", "N");
    ChartSeries *one = chart_series(chart, "One", INK_NONE);
    ChartSeries *two = chart_series(chart, "Two", INK_NONE);
    for (int i = 0; i < 12; i++) {
      chart_label(chart, text_format(c.arena, "Month %d", i));
      chart_value(chart, one, 20 + i), chart_value(chart, two, i * 1.5);
    }
    chart->target = (OptReal){true, 15};
    for (int width = 120; width <= 1200; width += 90) {
      const Picture *p = chart_picture(c.arena, chart, width);
      assert_true(p->shapes.count > 2 && p->height > 10);
      for (size_t i = 0; i < p->shapes.count; i++) {
        const Shape *s = &p->shapes.items[i];
        assert_true(s->x > -30 && s->x < width + 30 && s->y > -5 && s->y < p->height + 5);
        for (size_t k = 0; k < s->count; k++)
          assert_true(s->points[k].y > -5 && s->points[k].y < p->height + 5);
      }
    }
  }
}

static void hostile_numbers_and_names_stay_text(void **state) {
  (void)state;
  Chart *chart = chart_new(c.arena, CHART_STACKED, "<script>", "\"'&");
  ChartSeries *series = chart_series(chart, "</title><a onclick='x'>", INK_NONE);
  chart_label(chart, "<b>"), chart_value(chart, series, 1e300);
  chart_label(chart, "x"), chart_value(chart, series, -5);
  chart_label(chart, "y"), chart_value(chart, series, 0.0 / 0.0);
  Html html = chart_html(c.arena, chart);
  assert_null(strstr(html.bytes, "<script"));
  assert_null(strstr(html.bytes, "<b>"));
  assert_null(strstr(html.bytes, "<a "));
  assert_null(strstr(html.bytes, "nan"));
  for (int i = 0; i < 5000; i++) chart_label(chart, "z"), chart_value(chart, series, i);
  assert_int_equal(chart->labels.count, CHART_MOST_LABELS);
}

static void a_chart_without_values_says_so(void **state) {
  (void)state;
  Chart *chart = chart_new(c.arena, CHART_LINE, "Empty", NULL);
  chart_gap(chart, chart_series(chart, "", INK_NONE));
  chart_label(chart, "Q1");
  assert_true(chart_is_empty(chart));
  assert_non_null(strstr(chart_html(c.arena, chart).bytes, "Nothing has been measured yet."));
  assert_null(strstr(chart_html(c.arena, chart).bytes, "<svg"));
}

// ---- documents ----

static Document *sample(void) {
  Document *d = document_new(&c, &(DocumentHead){.title = "Review",
                                                 .organisation = "Nordwind",
                                                 .kind = "Minutes",
                                                 .base_url = "https://x.test"});
  document_about(d, "Held", "3 October 2026");
  document_heading(d, 1, "Results");
  document_paragraph(d, "1. Not a *list* | nor a table");
  document_figure(document_figures(d), "Open", "4", "of 9", INK_LATE);
  document_fact(d, "Chair", "Anna");
  document_fact(d, "Quorum", "yes");
  DocumentTable *t = document_table(d, "Actions");
  document_column(t, "Action", 3, ALIGN_START);
  document_column(t, "Days", 1, ALIGN_END);
  document_band(t, "Open");
  document_cell(t, "Test | restore", "/o/nordwind/actions/4", INK_LATE);
  document_cell_int(t, 12);
  document_chart(d, line_with_gap());
  document_item(document_list(d, true), "First");
  document_note(d, INK_LATE, "Mind", "this");
  document_signature(d, "Chair", "Anna", "3 October 2026");
  return d;
}

static void what_is_written_is_read_alike(void **state) {
  (void)state;
  const char *problem, *json = document_json(&c, sample());
  Document *again = document_read(c.arena, json, strlen(json), &problem);
  assert_non_null(again);
  assert_true(again->hash_of_content);
  again->head.hash = NULL;
  assert_string_equal(document_json(&c, again), json);
}

static void the_hash_is_of_the_content_alone(void **state) {
  (void)state;
  Document *d = sample();
  const char *hash = document_hash(c.arena, d);
  d->head.made.us += 1;
  d->head.base_url = "https://other.test";
  assert_string_equal(document_hash(c.arena, d), hash);
  document_paragraph(d, "more");
  assert_string_not_equal(document_hash(c.arena, d), hash);
  d->head.hash = "abc";
  assert_string_equal(document_hash(c.arena, d), "abc");
}

static void markdown_keeps_text_as_text(void **state) {
  (void)state;
  const char *text = document_markdown(&c, sample());
  assert_non_null(strstr(text, "# Review\n"));
  assert_non_null(strstr(text, "1\\. Not a \\*list\\* \\| nor a table"));
  assert_non_null(strstr(text, "[Test \\| restore](https://x.test/o/nordwind/actions/4) | 12 |"));
  assert_non_null(strstr(text, "| Q3 | not measured |"));
}

static void rows_over_the_bound_are_counted(void **state) {
  (void)state;
  Document *d = sample();
  DocumentTable *t = document_table(d, NULL);
  document_column(t, "A", 1, ALIGN_START);
  document_column(t, "B", 1, ALIGN_START);
  for (int i = 0; i < DOCUMENT_MOST_ROWS + 100; i++)
    document_cell_int(t, i), document_cell_int(t, i);
  assert_int_equal(d->rows, DOCUMENT_MOST_ROWS);
  assert_true(t->left_out > 0);
  assert_non_null(strstr(document_markdown(&c, d), "left out"));
}

static void what_is_no_document_is_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {"",    "[]", "{}", "{\"document\":2}", "{\"document\":1",
                                      "null"};
  const char *problem;
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    assert_null(document_read(c.arena, wrong[i], strlen(wrong[i]), &problem));
    assert_non_null(problem);
  }
  const char *odd =
      "{\"document\":1,\"blocks\":[7,{},{\"block\":\"table\",\"rows\":[[1,{}],\"x\",3]},"
      "{\"block\":\"charts\",\"charts\":[{\"series\":[{\"values\":[\"a\",1e999]}]}]},"
      "{\"block\":\"picture\",\"size\":[-4,1e99],\"shapes\":[{\"at\":{}}]}]}";
  assert_null(document_read(c.arena, odd, strlen(odd), &problem)); // 1e999 is no JSON number
  odd = "{\"document\":1,\"blocks\":[7,{},{\"block\":\"table\",\"rows\":[[1,{}],\"x\",3]},"
        "{\"block\":\"charts\",\"charts\":[{\"series\":[{\"values\":[\"a\",1e99]}]}]},"
        "{\"block\":\"picture\",\"size\":[-4,1e99],\"shapes\":[{\"at\":{}}]}]}";
  assert_non_null(document_read(c.arena, odd, strlen(odd), &problem));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_missing_value_is_a_gap_and_zero_is_a_value),
      TEST(bars_begin_at_zero_and_a_zero_is_seen),
      TEST(every_kind_draws_inside_its_frame),
      TEST(hostile_numbers_and_names_stay_text),
      TEST(a_chart_without_values_says_so),
      TEST(what_is_written_is_read_alike),
      TEST(the_hash_is_of_the_content_alone),
      TEST(markdown_keeps_text_as_text),
      TEST(rows_over_the_bound_are_counted),
      TEST(what_is_no_document_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
