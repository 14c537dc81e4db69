// SPDX-License-Identifier: Apache-2.0
#include "org/create.h"
#include "org/secret.h"
#include "org/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
// cmocka.h needs the three above
#include <cmocka.h>

static Arena *test_arena;

static OrgNew read_facts(Context *c, const char *json) {
  context_init(c, NULL);
  OrgNew out;
  org_new_init(&out);
  facts_read(c, json, strlen(json), &out);
  return out;
}

static void refuses(const char *json, const char *field) {
  Context c;
  read_facts(&c, json);
  assert_int_equal(c.error.kind, ERROR_INVALID);
  assert_string_equal(c.error.fields.items[0].field, field);
  context_finish(&c);
}

static void facts_take_sites_as_number_names_or_objects(void **state) {
  (void)state;
  Context c;
  OrgNew one = read_facts(&c, "{\"sites\": 1}");
  assert_true(context_ok(&c));
  assert_int_equal(one.sites.count, 0); // the organisation's own name
  context_finish(&c);
  OrgNew three = read_facts(&c, "{\"sites\": 3}");
  assert_int_equal(three.sites.count, 3);
  context_finish(&c);
  OrgNew names = read_facts(&c, "{\"sites\": [\"Hamburg\", {\"name\": \"Porto\", "
                                "\"time_zone\": \"Europe/Lisbon\", \"head_count\": 12}]}");
  assert_int_equal(names.sites.count, 2);
  assert_string_equal(names.sites.items[0].name, "Hamburg");
  assert_string_equal(names.sites.items[1].time_zone, "Europe/Lisbon");
  assert_int_equal(names.sites.items[1].head_count, 12);
  context_finish(&c);
}

static int64_t share(const char *value) {
  Context c;
  OrgNew out = read_facts(&c, text_format(test_arena, "{\"outsourced_share\": %s}", value));
  int64_t percent = context_ok(&c) ? out.outsourced_percent : -2;
  context_finish(&c);
  return percent;
}

static void facts_take_a_share_or_a_percentage(void **state) {
  (void)state;
  assert_int_equal(share("0"), 0);
  assert_int_equal(share("0.4"), 40);
  assert_int_equal(share("1"), 100);
  assert_int_equal(share("40"), 40);
  assert_int_equal(share("\"40%\""), 40);
  assert_int_equal(share("\"1 %\""), 1);
  assert_int_equal(share("101"), -2);
  assert_int_equal(share("-0.1"), -2);
  assert_int_equal(share("\"some\""), -2);
  assert_int_equal(share("true"), -2);
}

static int64_t demands(const char *value) {
  Context c;
  OrgNew out = read_facts(&c, text_format(test_arena, "{\"customer_demands\": %s}", value));
  int64_t level = context_ok(&c) ? out.customer_demands : -2;
  context_finish(&c);
  return level;
}

static void facts_map_customer_demands_to_three_levels(void **state) {
  (void)state;
  assert_int_equal(demands("\"low\""), 0);
  assert_int_equal(demands("\"High\""), 2);
  assert_int_equal(demands("true"), 2);
  assert_int_equal(demands("false"), 0);
  assert_int_equal(demands("1"), 1);
  assert_int_equal(demands("[]"), 0);
  assert_int_equal(demands("[\"yearly report\"]"), 1);
  assert_int_equal(demands("[\"a\", \"b\", \"c\"]"), 2);
  assert_int_equal(demands("\"two customers ask for reports\""), 1);
  assert_int_equal(demands("7"), -2);
  assert_int_equal(demands("[1]"), -2);
}

static void facts_name_the_key_that_is_wrong(void **state) {
  (void)state;
  refuses("{\"headcount\": 4}", "headcount");
  refuses("{\"head_count\": -4}", "head_count");
  refuses("{\"head_count\": \"many\"}", "head_count");
  refuses("{\"head_count\": 4.5}", "head_count");
  refuses("{\"sites\": 0}", "sites");
  refuses("{\"sites\": []}", "sites");
  refuses("{\"sites\": [3]}", "sites");
  refuses("{\"sites\": [{\"city\": \"Porto\"}]}", "sites");
  refuses("{\"critical_systems\": {\"nam\": \"x\"}}", "critical_systems");
  refuses("{\"top_management\": [{}]}", "top_management");
  refuses("{\"top_management\": 2}", "top_management");
  refuses("{\"sector\": 5}", "sector");
  refuses("[1]", "facts");
  refuses("{\"sites\": 1, \"sites\": 2}", "facts");
  refuses("{", "facts");
}

static void facts_take_top_management_as_addresses_names_or_objects(void **state) {
  (void)state;
  Context c;
  OrgNew out = read_facts(&c, "{\"top_management\": [\"eva@example.org\", \"Jan Beck\", "
                              "{\"name\": \"Ida\", \"email\": \"ida@example.org\"}]}");
  assert_true(context_ok(&c));
  assert_int_equal(out.managers.count, 3);
  assert_string_equal(out.managers.items[0].email, "eva@example.org");
  assert_string_equal(out.managers.items[1].name, "Jan Beck");
  assert_string_equal(out.managers.items[2].name, "Ida");
  context_finish(&c);
}

static void password_verifies_only_the_right_one(void **state) {
  (void)state;
  Arena *arena = arena_create();
  const char *hash = password_hash(arena, "correct horse battery");
  assert_non_null(hash);
  assert_true(password_matches(hash, "correct horse battery"));
  assert_false(password_matches(hash, "correct horse batterz"));
  assert_false(password_matches(NULL, "correct horse battery"));
  arena_destroy(arena);
}

static void password_refuses_what_everybody_tries(void **state) {
  (void)state;
  const char *own[] = {"anna.weber@example.org", "Anna Weber"};
  assert_non_null(password_problem("short", own, 2));
  assert_non_null(password_problem("aaaaaaaaaaaaaaaa", own, 2));
  assert_non_null(password_problem("password12345", own, 2));
  assert_non_null(password_problem("Anna.Weber@example.org", own, 2));
  assert_null(password_problem("three calm red herons", own, 2));
}

static void secrets_differ_and_their_hashes_hide_them(void **state) {
  (void)state;
  Arena *arena = arena_create();
  const char *a = secret_create(arena), *b = secret_create(arena);
  assert_int_equal(strlen(a), SESSION_SECRET_LENGTH);
  assert_string_not_equal(a, b);
  assert_string_equal(secret_hash(arena, a), secret_hash(arena, a));
  assert_string_not_equal(secret_derive(arena, a, "form"), secret_hash(arena, a));
  assert_true(secret_equal("abc", "abc"));
  assert_false(secret_equal("abc", "abd"));
  assert_false(secret_equal("abc", "abcd"));
  assert_false(secret_equal(NULL, NULL));
  arena_destroy(arena);
}

static void permissions_are_found_by_name_and_an_external_auditor_only_reads(void **state) {
  (void)state;
  for (int p = 0; p < PERMISSION_COUNT; p++) {
    Permission found;
    assert_true(permission_find(permission_name((Permission)p), &found));
    assert_int_equal(found, p);
    if (permission_roles((Permission)p) >> ROLE_EXTERNAL_AUDITOR & 1)
      assert_true(permission_reads((Permission)p) || p == PERMISSION_CALENDAR_SUBSCRIBE);
    assert_true(permission_roles((Permission)p) >> ROLE_ADMINISTRATOR & 1);
  }
  Permission none;
  assert_false(permission_find("activity.", &none));
}

static void a_token_never_widens_what_its_person_may(void **state) {
  (void)state;
  Permission move, read, add;
  assert_true(permission_find("activity.move", &move));
  assert_true(permission_find("activity.read", &read));
  assert_true(permission_find("evidence.add", &add));
  PermissionSet owner = permissions_of_roles(1u << ROLE_DUTY_OWNER);
  PermissionSet reading = permissions_in_scope(owner, "read");
  assert_true(permission_in(&reading, read));
  assert_false(permission_in(&reading, move));
  // An address would outlive the token.
  assert_false(permission_in(&reading, PERMISSION_CALENDAR_SUBSCRIBE));
  PermissionSet one = permissions_in_scope(owner, "evidence.add activity.read");
  assert_true(permission_in(&one, add));
  assert_false(permission_in(&one, move));
  PermissionSet employee = permissions_of_roles(1u << ROLE_EMPLOYEE);
  PermissionSet named = permissions_in_scope(employee, "activity.move");
  assert_false(permission_in(&named, move));
  assert_false(scope_names("activity.moved", "activity.move"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(facts_take_sites_as_number_names_or_objects),
      cmocka_unit_test(facts_take_a_share_or_a_percentage),
      cmocka_unit_test(facts_map_customer_demands_to_three_levels),
      cmocka_unit_test(facts_name_the_key_that_is_wrong),
      cmocka_unit_test(facts_take_top_management_as_addresses_names_or_objects),
      cmocka_unit_test(password_verifies_only_the_right_one),
      cmocka_unit_test(password_refuses_what_everybody_tries),
      cmocka_unit_test(secrets_differ_and_their_hashes_hide_them),
      cmocka_unit_test(permissions_are_found_by_name_and_an_external_auditor_only_reads),
      cmocka_unit_test(a_token_never_widens_what_its_person_may),
  };
  test_arena = arena_create();
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_destroy(test_arena);
  return failed;
}
