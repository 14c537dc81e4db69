// SPDX-License-Identifier: Apache-2.0
#include "cli/invocation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int run_nothing(Invocation *in) {
  (void)in;
  return 0;
}

static const Option import_options[] = {
    {"as", "KIND", "read it as", false, false},   {"map", "FILE", "columns", false, true},
    {"dry-run", NULL, "only look", false, false}, {"limit", "N", "at most", false, false},
    {"from", "DATE", "first day", false, false},  {0},
};
static const Command import = {"import",       "Import", "PATH…", "daybook import x", NEED_NOTHING,
                               import_options, 1,        3,       run_nothing};
static const Option add_options[] = {{"file", "PATH", "what to keep", true, false}, {0}};
static const Command evidence_add = {"evidence add", "Keep evidence", "", "daybook evidence add",
                                     NEED_NOTHING,   add_options,     0,  0,
                                     run_nothing};
static const Command *const commands[] = {&import, &evidence_add, NULL};
static const CommandList rooms[] = {commands, NULL};
static const Rebuild *const rebuilds[] = {NULL};
static const Program program = {rooms, rebuilds};

typedef struct Parsed {
  Invocation in;
  bool ok;
} Parsed;

static int set_up(void **state) {
  static Parsed parsed;
  memset(&parsed, 0, sizeof parsed);
  parsed.in.program = &program;
  context_init(&parsed.in.context, NULL);
  *state = &parsed;
  return 0;
}

static int tear_down(void **state) {
  context_finish(&((Parsed *)*state)->in.context);
  return 0;
}

#define PARSE(p, ...)                                                                              \
  do {                                                                                             \
    char *words[] = {(char *)(uintptr_t) "daybook", __VA_ARGS__};                                  \
    (p)->ok = invocation_parse(&(p)->in, (int)COUNT_OF(words), words);                             \
  } while (0)
#define W(text) ((char *)(uintptr_t)(text))

static void options_and_arguments_stand_in_any_order(void **state) {
  Parsed *p = *state;
  PARSE(p, W("--now"), W("2026-01-01"), W("import"), W("a.csv"), W("--as=risk"), W("--map"),
        W("m1"), W("--json"), W("--map"), W("m2"), W("--dry-run"), W("--"), W("--odd"));
  assert_true(p->ok);
  assert_ptr_equal(p->in.command, &import);
  assert_string_equal(option(&p->in, "now"), "2026-01-01");
  assert_string_equal(option(&p->in, "as"), "risk");
  assert_int_equal(option_count(&p->in, "map"), 2);
  assert_string_equal(option_at(&p->in, "map", 1), "m2");
  assert_true(option_flag(&p->in, "dry-run") && invocation_json(&p->in));
  assert_int_equal(argument_count(&p->in), 2);
  assert_string_equal(argument(&p->in, 0), "a.csv");
  assert_string_equal(argument(&p->in, 1), "--odd");
  assert_null(argument(&p->in, 2));
}

static void two_words_name_one_command(void **state) {
  Parsed *p = *state;
  PARSE(p, W("evidence"), W("add"), W("--file"), W("x"));
  assert_true(p->ok);
  assert_ptr_equal(p->in.command, &evidence_add);
  assert_int_equal(argument_count(&p->in), 0);
}

static void mistakes_name_the_nearest(void **state) {
  Parsed *p = *state;
  PARSE(p, W("imprt"), W("x"));
  assert_false(p->ok);
  assert_true(text_contains_fold(p->in.context.error.message, "\"import\""));
  tear_down(state);
  set_up(state);
  PARSE(p, W("evidence"), W("ad"));
  assert_true(text_contains_fold(p->in.context.error.message, "evidence add"));
  tear_down(state);
  set_up(state);
  PARSE(p, W("import"), W("x"), W("--dryrun"));
  assert_true(text_contains_fold(p->in.context.error.message, "--dry-run"));
  assert_int_equal(exit_status(p->in.context.error.kind), 2);
}

static bool refuses(void **state, int count, char **words) {
  tear_down(state);
  set_up(state);
  Parsed *p = *state;
  return !invocation_parse(&p->in, count, words) && p->in.context.error.kind == ERROR_INVALID;
}
#define REFUSES(...)                                                                               \
  refuses(state, (int)COUNT_OF(((char *[]){W("daybook"), __VA_ARGS__})),                           \
          (char *[]){W("daybook"), __VA_ARGS__})

static void wrong_usage_is_refused(void **state) {
  assert_true(REFUSES(W("import")));                                 // too few arguments
  assert_true(REFUSES(W("import"), W("1"), W("2"), W("3"), W("4"))); // too many
  assert_true(REFUSES(W("import"), W("x"), W("--as")));              // no value
  assert_true(REFUSES(W("import"), W("x"), W("--dry-run=yes")));     // a flag with one
  assert_true(REFUSES(W("import"), W("x"), W("--as"), W("a"), W("--as"), W("b")));
  assert_true(REFUSES(W("import"), W("x"), W("-x")));
  assert_true(REFUSES(W("import"), W("x\xFF")));
  assert_true(REFUSES(W("evidence"), W("add"))); // required option
  assert_false(REFUSES(W("evidence"), W("add"), W("--help")));
}

static void option_values_are_checked(void **state) {
  Parsed *p = *state;
  PARSE(p, W("import"), W("x"), W("--limit"), W("12"), W("--from"), W("2026-02-30"));
  assert_true(p->ok);
  int64_t limit = 0;
  Date from = DATE_NONE;
  assert_true(option_int(&p->in, "limit", 1, 20, &limit) && limit == 12);
  assert_true(option_int(&p->in, "absent", 1, 20, &limit) && limit == 12);
  assert_false(option_date(&p->in, "from", &from));
  assert_string_equal(p->in.context.error.fields.items[0].field, "from");
  assert_false(option_int(&p->in, "limit", 1, 10, &limit));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(options_and_arguments_stand_in_any_order),
      TEST(two_words_name_one_command),
      TEST(mistakes_name_the_nearest),
      TEST(wrong_usage_is_refused),
      TEST(option_values_are_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
