// SPDX-License-Identifier: Apache-2.0
#include "db/db.h"
#include "org/access.h"
#include "org/access.sql.h"
#include "org/create.h"
#include "org/org.sql.h"
#include "org/pages.h"
#include "org/people.sql.h"
#include "org/start.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct House {
  char folder[64];
  Db *db;
  Context c;
  OrgCreated nordwind;
} House;

static OrgNew nordwind(void) {
  OrgNew org;
  org_new_init(&org);
  org.slug = "nordwind";
  org.name = "Nordwind Logistics GmbH";
  org.time_zone = "Europe/Berlin";
  org.admin = (PersonNew){"Anna Weber", "anna@example.org"};
  org.decision = date_make(2025, 11, 20);
  return org;
}

static int build(void **state) {
  House *h = calloc(1, sizeof *h);
  snprintf(h->folder, sizeof h->folder, "/tmp/daybook-org-XXXXXX");
  assert_non_null(mkdtemp(h->folder));
  Arena *arena = arena_create();
  Error error = {0};
  h->db = db_create(text_format(arena, "sqlite:%s/test.db", h->folder), arena, &error);
  arena_destroy(arena);
  assert_non_null(h->db);
  context_init(&h->c, h->db);
  assert_true(instant_parse("2026-03-02T09:00:00Z", &h->c.now));
  assert_true(db_attach(&h->c));
  assert_true(db_migrate(&h->c));
  OrgNew org = nordwind();
  assert_true(org_create(&h->c, &org, &h->nordwind));
  *state = h;
  return 0;
}

static int tear_down(void **state) {
  House *h = *state;
  db_detach(&h->c);
  context_finish(&h->c);
  db_close(h->db);
  DIR *folder = opendir(h->folder);
  for (struct dirent *entry; (entry = readdir(folder));)
    if (entry->d_type == DT_REG) unlinkat(dirfd(folder), entry->d_name, 0);
  closedir(folder);
  rmdir(h->folder);
  free(h);
  return 0;
}

static void forgive(Context *c) {
  c->error = (Error){0};
}

static void refused(Context *c, const char *field) {
  assert_int_equal(c->error.kind, ERROR_INVALID);
  bool named = false;
  for (size_t i = 0; i < c->error.fields.count; i++)
    named |= text_equal(c->error.fields.items[i].field, field);
  if (!named) fail_msg("the field %s is not named", field);
  forgive(c);
}

static void a_new_organisation_has_one_site_one_system_and_its_facts(void **state) {
  House *h = *state;
  Facts facts;
  assert_true(org_facts(&h->c, &facts));
  assert_int_equal(facts.site_count, 1);
  assert_string_equal(facts.sites[0].name, "Nordwind Logistics GmbH");
  assert_string_equal(facts.sites[0].time_zone, "Europe/Berlin");
  assert_int_equal(facts.system_count, 1);
  assert_int_equal(date_compare(facts.start, date_make(2025, 11, 20)), 0);
  assert_int_equal(date_compare(facts.expiry, date_make(2028, 11, 19)), 0);
  assert_int_equal(facts.security_manager, h->nordwind.administrator);
  assert_int_equal(facts.chief_executive, 0);
}

static void refuses_new(House *h, OrgNew org, const char *field) {
  OrgCreated created;
  assert_false(org_create(&h->c, &org, &created));
  refused(&h->c, field);
}

static void a_new_organisation_is_refused_by_field(void **state) {
  House *h = *state;
  OrgNew org = nordwind();
  refuses_new(h, org, "org"); // the slug is taken
  org.slug = "Nord Wind";
  refuses_new(h, org, "org");
  org.slug = "südwind";
  refuses_new(h, org, "org");
  org.slug = "suedwind";
  org.decision = date_make(2022, 11, 20);
  refuses_new(h, org, "decision_date");
  org.decision = date_make(2026, 6, 1);
  refuses_new(h, org, "decision_date");
  org.decision = date_make(2025, 11, 20);
  org.expiry = date_make(2025, 11, 20);
  refuses_new(h, org, "expiry_date");
  org.expiry = DATE_NONE;
  org.start = date_make(2025, 11, 19);
  refuses_new(h, org, "start_date");
  org.start = DATE_NONE;
  org.time_zone = "Europe/Atlantis";
  refuses_new(h, org, "time_zone");
  org.time_zone = "Europe/Berlin";
  org.admin.email = "anna";
  refuses_new(h, org, "admin");
  org.admin.email = "anna@example.org";
  list_add(h->c.arena, &org.sites)->name = "Hamburg";
  list_add(h->c.arena, &org.sites)->name = "Hamburg";
  refuses_new(h, org, "sites");
  SqlOrganisationCountRow count;
  assert_true(sql_organisation_count(&h->c, &count));
  assert_int_equal(count.count, 1);
}

static void a_person_is_found_by_address_then_by_name(void **state) {
  House *h = *state;
  int64_t ivo, again, other;
  assert_true(person_ensure(&h->c, "Ivo Stern", NULL, &ivo));
  assert_true(person_ensure(&h->c, "IVO STERN", "Ivo@Example.org", &again));
  assert_int_equal(ivo, again);
  assert_true(person_ensure(&h->c, NULL, "ivo@example.org", &again));
  assert_int_equal(ivo, again);
  assert_true(person_ensure(&h->c, "Ivo Stern", "ivo.stern@example.net", &other));
  assert_int_not_equal(ivo, other);
  assert_false(person_ensure(&h->c, "X", "not an address", &other));
  refused(&h->c, "email");
}

static void a_position_is_vacant_until_somebody_holds_it(void **state) {
  House *h = *state;
  int64_t lead, same;
  assert_true(position_ensure(&h->c, "IT Operations Lead", &lead));
  assert_true(position_ensure(&h->c, " it operations lead ", &same));
  assert_int_equal(lead, same);
  Owner owner = {.position = lead};
  assert_string_equal(owner_label(&h->c, owner), "IT Operations Lead (vacant)");
  assert_true(position_fill(&h->c, lead, h->nordwind.administrator, 0));
  assert_string_equal(owner_label(&h->c, owner), "Anna Weber");
  assert_string_equal(owner_label(&h->c, (Owner){0}), "nobody yet");
}

static void an_external_auditor_always_has_a_last_day(void **state) {
  House *h = *state;
  int64_t uta;
  assert_true(person_ensure(&h->c, "Uta", "uta@example.net", &uta));
  assert_false(role_grant(&h->c, uta, ROLE_EXTERNAL_AUDITOR, DATE_NONE));
  refused(&h->c, "until");
  assert_true(role_grant(&h->c, uta, ROLE_EXTERNAL_AUDITOR, date_make(2026, 3, 2)));
  assert_true(person_has_role(&h->c, uta, ROLE_EXTERNAL_AUDITOR));
  h->c.today = date_make(2026, 3, 3);
  assert_false(person_has_role(&h->c, uta, ROLE_EXTERNAL_AUDITOR));
}

static void the_only_administrator_stays(void **state) {
  House *h = *state;
  int64_t anna = h->nordwind.administrator, ben, account;
  assert_false(role_revoke(&h->c, anna, ROLE_ADMINISTRATOR));
  refused(&h->c, "role");
  assert_false(person_shut_out(&h->c, anna));
  refused(&h->c, "person");
  assert_false(person_erase(&h->c, anna));
  refused(&h->c, "person");
  assert_true(person_ensure(&h->c, "Ben", "ben@example.org", &ben));
  assert_true(role_grant(&h->c, ben, ROLE_ADMINISTRATOR, DATE_NONE));
  assert_false(role_revoke(&h->c, anna, ROLE_ADMINISTRATOR)); // Ben cannot sign in yet
  refused(&h->c, "role");
  bool invite;
  assert_true(person_let_in(&h->c, ben, &account, &invite));
  assert_true(role_revoke(&h->c, anna, ROLE_ADMINISTRATOR));
}

// ---- sessions ----

static Session who(House *h, const char *cookie, const char *authorization, const char *slug) {
  Session session;
  SessionKey key = {cookie, authorization, slug};
  session_find(&h->c, &key, &session);
  return session;
}

static void a_session_finds_the_person_and_what_they_may(void **state) {
  House *h = *state;
  const char *secret;
  assert_true(session_create(&h->c, h->nordwind.account, "test", &secret));
  Session session = who(h, secret, NULL, "nordwind");
  assert_int_equal(session.person, h->nordwind.administrator);
  assert_int_equal(session.roles, 1u << ROLE_ADMINISTRATOR | 1u << ROLE_SECURITY_MANAGER);
  assert_true(permission_in(&session.may, PERMISSION_PERSON_CHANGE));
  assert_true(session.installation_admin);
  assert_true(session_csrf_matches(&session, session.csrf));
  assert_false(session_csrf_matches(&session, "x"));
  assert_int_equal(h->c.org, h->nordwind.org);
  assert_string_equal(zone_name(h->c.zone), "Europe/Berlin");
  Session elsewhere = who(h, secret, NULL, "suedwind");
  assert_int_equal(elsewhere.account, h->nordwind.account);
  assert_int_equal(elsewhere.org, 0);
  assert_int_equal(who(h, "wrong", NULL, "nordwind").account, 0);
  h->c.now.us += (int64_t)(SESSION_DAYS + 1) * 86400 * 1000000;
  assert_int_equal(who(h, secret, NULL, "nordwind").account, 0);
}

static void a_session_in_use_lives_on(void **state) {
  House *h = *state;
  const char *secret;
  assert_true(session_create(&h->c, h->nordwind.account, "test", &secret));
  assert_false(who(h, secret, NULL, "nordwind").unseen);
  for (int day = 0; day < 3 * SESSION_DAYS; day += SESSION_DAYS - 2) {
    h->c.now.us += (int64_t)(SESSION_DAYS - 2) * 86400 * 1000000;
    Session session = who(h, secret, NULL, "nordwind");
    assert_int_equal(session.account, h->nordwind.account);
    assert_true(session.unseen);
    session_seen(&h->c, &session);
    assert_false(who(h, secret, NULL, "nordwind").unseen);
  }
}

static void a_member_of_one_organisation_is_a_stranger_in_another(void **state) {
  House *h = *state;
  const char *secret;
  OrgNew org = nordwind();
  org.slug = "suedwind";
  org.admin = (PersonNew){"Sara", "sara@example.net"};
  OrgCreated other;
  assert_true(org_create(&h->c, &org, &other));
  assert_true(session_create(&h->c, h->nordwind.account, NULL, &secret));
  h->c.org = 0;
  Session session = who(h, secret, NULL, "suedwind");
  assert_int_equal(session.org, 0);
  assert_int_equal(session.may.bits[0] | session.may.bits[1], 0);
  assert_int_equal(h->c.org, 0);
}

static void leaving_ends_membership_with_the_last_day(void **state) {
  House *h = *state;
  int64_t eva, account;
  const char *secret;
  assert_true(person_ensure(&h->c, "Eva", "eva@example.org", &eva));
  bool invite;
  assert_true(person_let_in(&h->c, eva, &account, &invite));
  assert_true(session_create(&h->c, account, NULL, &secret));
  assert_int_equal(who(h, secret, NULL, "nordwind").person, eva);
  h->c.actor = h->nordwind.administrator;
  PersonDetails gone = {.name = "Eva",
                        .email = "eva@example.org",
                        .joined = DATE_NONE,
                        .left_on = date_make(2026, 3, 1)};
  assert_true(person_change(&h->c, eva, &gone, 0));
  assert_int_equal(who(h, secret, NULL, "nordwind").org, 0);
}

static void a_stale_change_is_a_conflict(void **state) {
  House *h = *state;
  int64_t eva;
  PersonDetails details = {.name = "Eva", .joined = DATE_NONE, .left_on = DATE_NONE};
  assert_true(person_add(&h->c, &details, &eva));
  assert_true(person_change(&h->c, eva, &details, 1));
  assert_false(person_change(&h->c, eva, &details, 1));
  assert_int_equal(h->c.error.kind, ERROR_CONFLICT);
  forgive(&h->c);
}

static bool try(House *h, const char *password, const char *address) {
  const char *secret;
  int64_t account;
  SignIn in = {.email = "Anna@example.org ", .password = password, .address = address};
  return session_sign_in(&h->c, &in, &secret, &account);
}

static void signing_in_is_throttled_after_five_failures_and_forgiven_by_success(void **state) {
  House *h = *state;
  assert_true(account_set_password(&h->c, h->nordwind.account, "three calm red herons"));
  assert_true(try(h, "three calm red herons", "10.0.0.1"));
  for (int i = 0; i < 5; i++) {
    assert_false(try(h, "guess", "10.0.0.1"));
    assert_int_equal(h->c.error.kind, ERROR_INVALID);
    forgive(&h->c);
  }
  assert_false(try(h, "three calm red herons", "10.0.0.1"));
  assert_int_equal(h->c.error.kind, ERROR_TOO_MANY);
  forgive(&h->c);
  assert_true(try(h, "three calm red herons", "10.0.0.2")); // the owner, from elsewhere
  h->c.now.us += INT64_C(31) * 1000000;
  assert_true(try(h, "three calm red herons", "10.0.0.1"));
  assert_false(try(h, "guess", "10.0.0.1")); // counted from the start again
  assert_int_equal(h->c.error.kind, ERROR_INVALID);
  forgive(&h->c);
}

static void the_wait_doubles_up_to_a_quarter_of_an_hour(void **state) {
  (void)state;
  assert_int_equal(sign_in_wait(4, 5), 0);
  assert_int_equal(sign_in_wait(5, 5), INT64_C(30) * 1000000);
  assert_int_equal(sign_in_wait(7, 5), INT64_C(120) * 1000000);
  assert_int_equal(sign_in_wait(1000000, 5), INT64_C(900) * 1000000);
}

static void a_reset_link_works_once_and_ends_sessions(void **state) {
  House *h = *state;
  const char *session, *link, *older;
  int64_t account;
  assert_true(session_create(&h->c, h->nordwind.account, NULL, &session));
  assert_true(account_reset_create(&h->c, h->nordwind.account, &older));
  assert_true(account_reset_create(&h->c, h->nordwind.account, &link));
  assert_false(account_reset_find(&h->c, older, &account)); // only the newest
  forgive(&h->c);
  assert_false(account_reset_use(&h->c, link, "short", &account));
  refused(&h->c, "password");
  assert_true(account_reset_use(&h->c, link, "three calm red herons", &account));
  assert_false(account_reset_use(&h->c, link, "four calm red herons", &account));
  assert_int_equal(h->c.error.kind, ERROR_NOT_FOUND);
  forgive(&h->c);
  assert_int_equal(who(h, session, NULL, NULL).account, 0);
}

// ---- tokens ----

static void a_token_has_scope_expiry_and_an_end(void **state) {
  House *h = *state;
  const char *secret;
  int64_t id;
  ApiTokenNew token = {.person = h->nordwind.administrator,
                       .name = "script",
                       .scope = "read",
                       .expires = date_make(2026, 4, 1)};
  assert_true(api_token_create(&h->c, &token, &secret, &id));
  const char *bearer = text_format(h->c.arena, "Bearer %s", secret);
  Session session = who(h, NULL, bearer, "nordwind");
  assert_int_equal(session.token, id);
  assert_true(permission_in(&session.may, PERMISSION_PERSON_READ));
  assert_false(permission_in(&session.may, PERMISSION_PERSON_CHANGE));
  assert_int_equal(who(h, NULL, bearer, "other").org, 0);
  Instant now = h->c.now;
  assert_true(instant_parse("2026-04-02T09:00:00Z", &h->c.now));
  who(h, NULL, bearer, "nordwind");
  assert_int_equal(h->c.error.kind, ERROR_DENIED);
  forgive(&h->c);
  h->c.now = now;
  h->c.today = zone_date(h->c.zone, now, NULL);
  assert_true(api_token_revoke(&h->c, id));
  who(h, NULL, bearer, "nordwind");
  assert_int_equal(h->c.error.kind, ERROR_DENIED);
  forgive(&h->c);
  token.scope = "read everything";
  assert_false(api_token_create(&h->c, &token, &secret, &id));
  refused(&h->c, "scope");
  token.scope = "read";
  token.expires = date_make(2028, 4, 1);
  assert_false(api_token_create(&h->c, &token, &secret, &id));
  refused(&h->c, "expires");
}

static void a_calendar_address_ends_when_its_reader_goes(void **state) {
  House *h = *state;
  int64_t eva, id;
  const char *secret;
  assert_true(person_ensure(&h->c, "Eva", "eva@example.org", &eva));
  CalendarToken what = {.reader = eva, .person = eva, .role = -1, .label = "Mine"}, found;
  assert_true(calendar_token_create(&h->c, &what, &secret, &id));
  assert_true(calendar_token_find(&h->c, secret, &found)); // Eva never signs in, and reads
  assert_int_equal(found.person, eva);
  assert_false(calendar_token_find(&h->c, "nonsense", &found));
  assert_true(person_erase(&h->c, eva));
  assert_false(calendar_token_find(&h->c, secret, &found));
  assert_true(context_ok(&h->c));
}

static void erasure_takes_the_name_and_leaves_the_person(void **state) {
  House *h = *state;
  int64_t eva, account;
  assert_true(person_ensure(&h->c, "Eva Lind", "eva@example.org", &eva));
  bool invite;
  assert_true(person_let_in(&h->c, eva, &account, &invite));
  assert_true(person_erase(&h->c, eva));
  SqlPersonGetRow row;
  assert_true(sql_person_get(&h->c, (SqlPersonGet){.id = eva}, &row));
  assert_null(row.email);
  assert_null(strstr(row.name, "Eva"));
  SqlAccountByEmailRow gone;
  assert_false(sql_account_by_email(&h->c, (SqlAccountByEmail){.email = "eva@example.org"}, &gone));
  assert_true(context_ok(&h->c));
}

static void the_start_page_reads_lines(void **state) {
  House *h = *state;
  SitesNew sites = {0};
  assert_true(start_sites(&h->c, "Hamburg; Europe/Berlin; 120\r\n\n Porto \n", &sites));
  assert_int_equal(sites.count, 2);
  assert_int_equal(sites.items[0].head_count, 120);
  assert_string_equal(sites.items[1].name, "Porto");
  assert_false(start_sites(&h->c, "Hamburg; Mars", &sites));
  refused(&h->c, "sites");
  PeopleNew people = {0};
  assert_true(start_managers(&h->c, "Eva Lind; eva@example.org\njan@example.org", &people));
  assert_string_equal(people.items[1].email, "jan@example.org");
  PeopleNew pasted = {0};
  assert_true(start_managers(&h->c, "Eva Lind <eva@example.org>\n<jan@example.org>", &pasted));
  assert_string_equal(pasted.items[0].name, "Eva Lind");
  assert_string_equal(pasted.items[0].email, "eva@example.org");
  assert_string_equal(pasted.items[1].email, "jan@example.org");
  assert_string_equal(slug_from_name(h->c.arena, "Nordwind Logistics GmbH & Co."),
                      "nordwind-logistics-gmbh-co");
  assert_string_equal(slug_from_name(h->c.arena, "株式会社"), "organisation");
}

static void browsers_are_named_in_words(void **state) {
  (void)state;
  Arena *arena = arena_create();
  const char *edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                     "Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0";
  const char *phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                      "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
  assert_string_equal(browser_words(arena, edge), "Edge on Windows");
  assert_string_equal(browser_words(arena, phone), "Safari on iPhone");
  assert_string_equal(
      browser_words(arena,
                    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"),
      "Firefox on Linux");
  assert_string_equal(browser_words(arena, "curl/8.0"), "curl");
  assert_string_equal(browser_words(arena, "backup-robot 2"), "backup-robot 2");
  assert_non_null(strstr(browser_words(arena, ""), "does not say"));
  arena_destroy(arena);
}

int main(void) {
#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, build, tear_down)
  const struct CMUnitTest tests[] = {
      HOUSE_TEST(a_new_organisation_has_one_site_one_system_and_its_facts),
      HOUSE_TEST(a_new_organisation_is_refused_by_field),
      HOUSE_TEST(a_person_is_found_by_address_then_by_name),
      HOUSE_TEST(a_position_is_vacant_until_somebody_holds_it),
      HOUSE_TEST(an_external_auditor_always_has_a_last_day),
      HOUSE_TEST(the_only_administrator_stays),
      HOUSE_TEST(a_session_finds_the_person_and_what_they_may),
      HOUSE_TEST(a_session_in_use_lives_on),
      HOUSE_TEST(a_member_of_one_organisation_is_a_stranger_in_another),
      HOUSE_TEST(leaving_ends_membership_with_the_last_day),
      HOUSE_TEST(a_stale_change_is_a_conflict),
      HOUSE_TEST(signing_in_is_throttled_after_five_failures_and_forgiven_by_success),
      cmocka_unit_test(the_wait_doubles_up_to_a_quarter_of_an_hour),
      HOUSE_TEST(a_reset_link_works_once_and_ends_sessions),
      HOUSE_TEST(a_token_has_scope_expiry_and_an_end),
      HOUSE_TEST(a_calendar_address_ends_when_its_reader_goes),
      HOUSE_TEST(erasure_takes_the_name_and_leaves_the_person),
      HOUSE_TEST(the_start_page_reads_lines),
      cmocka_unit_test(browsers_are_named_in_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
