// SPDX-License-Identifier: Apache-2.0
// The diary on a real database: a year is walked, gates hold, baselines stay.
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/duty.h"
#include "diary/plan_lines.h"
#include "diary/readiness.h"
#include "diary/simulate.h"
#include "diary/tally.h"
#include "diary/tally.sql.h"
#include "diary/year.h"
#include "ledger/evidence.h"
#include "ledger/store.h"
#include "org/create.h"
#include "reviews/review.h"

typedef struct House {
  char folder[64];
  Db *db;
  Context c;
  OrgCreated org;
} House;

static void set_today(Context *c, int year, int month, int day) {
  c->today = date_make(year, month, day);
  c->now = zone_instant(zone_find("UTC"), c->today, 9 * 3600);
}

static int build(void **state) {
  House *h = calloc(1, sizeof *h);
  snprintf(h->folder, sizeof h->folder, "/tmp/daybook-diary-XXXXXX");
  assert_non_null(mkdtemp(h->folder));
  Arena *arena = arena_create();
  Error error = {0};
  h->db = db_create(text_format(arena, "sqlite:%s/test.db", h->folder), arena, &error);
  arena_destroy(arena);
  assert_non_null(h->db);
  context_init(&h->c, h->db);
  set_today(&h->c, 2025, 11, 25);
  assert_true(db_attach(&h->c));
  assert_true(db_migrate(&h->c));
  OrgNew org;
  org_new_init(&org);
  org.slug = "nordwind";
  org.name = "Nordwind Logistics GmbH";
  org.time_zone = "Europe/Berlin";
  org.admin = (PersonNew){"Anna Weber", "anna@example.org"};
  org.decision = date_make(2025, 11, 20);
  assert_true(org_create(&h->c, &org, &h->org));
  int64_t duties, activities;
  assert_true(diary_adopt(&h->c, &duties, &activities));
  assert_true(duties >= 15 && activities > 60);
  *state = h;
  return 0;
}

static void remove_folder(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (text_equal(entry->d_name, ".") || text_equal(entry->d_name, "..")) continue;
    char inner[512];
    snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    if (unlink(inner) != 0) remove_folder(inner);
  }
  closedir(folder);
  rmdir(path);
}

static int tear_down(void **state) {
  House *h = *state;
  db_detach(&h->c);
  context_finish(&h->c);
  db_close(h->db);
  remove_folder(h->folder);
  free(h);
  return 0;
}

static void expect_error(Context *c, ErrorKind kind) {
  assert_int_equal(c->error.kind, kind);
  c->error = (Error){0};
}

static int64_t first_of(Context *c, const char *kind) {
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  filter.kind = kind;
  filter.status = "open";
  assert_true(activity_list(c, &filter, &lines));
  assert_true(lines.count > 0);
  return lines.items[0].id;
}

static Activity get(Context *c, int64_t id) {
  Activity activity;
  assert_true(activity_get(c, id, &activity));
  return activity;
}

static int64_t attach_evidence(House *h, int64_t activity) {
  char path[128];
  Upload upload;
  int64_t id;
  snprintf(path, sizeof path, "%s/report.txt", h->folder);
  FILE *file = fopen(path, "wb");
  fputs("what was seen\n", file);
  fclose(file);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  assert_true(store_receive_fd(&h->c, fd, path, &upload));
  close(fd);
  EvidenceAbout about = {.kind = "activity",
                         .object = activity,
                         .taken_on = h->c.today,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE};
  assert_true(evidence_add(&h->c, &upload, &about, &id));
  return id;
}

static void tick_all(Context *c, int64_t activity) {
  ActivityDetail detail;
  assert_true(activity_detail(c, activity, &detail));
  for (size_t i = 0; i < detail.items.count; i++)
    assert_true(activity_item_set(c, detail.items.items[i].id, ITEM_DONE, NULL));
}

// A management review ends in its own room: with quorum, every input, a decision, and its chair.
static void hold_review(House *h, int64_t id) {
  Context *c = &h->c;
  int64_t before = c->actor, decision;
  Review review;
  c->actor = h->org.administrator;
  assert_true(role_grant(c, c->actor, ROLE_TOP_MANAGEMENT, DATE_NONE));
  assert_true(review_open(c, id));
  assert_true(review_attend(c, id, c->actor, PRESENCE_PRESENT));
  for (int letter = 'a'; letter <= 'g'; letter++)
    assert_true(input_say(
        c, id,
        &(InputSay){.letter = (char)letter, .state = INPUT_CONSIDERED, .notes = "talked about"}));
  const DecisionNew what = {.letter = 'd', .kind = DECIDED_NO_CHANGE, .words = "It stays so"};
  assert_true(decision_add(c, id, &what, &decision));
  assert_true(review_close(c, id, c->today, "done as planned"));
  assert_true(review_get(c, id, &review) && review.quorum.met);
  if (!review_approve(c, id, 0)) fail_msg("%s", c->error.message);
  c->actor = before;
}

static void do_it(House *h, int64_t activity) {
  Date held = h->c.today;
  if (get(&h->c, activity).kind == DUTY_MANAGEMENT_REVIEW) {
    hold_review(h, activity);
    return;
  }
  tick_all(&h->c, activity);
  attach_evidence(h, activity);
  ActivityResult result = {.activity = activity, .held_on = held, .result = "done as planned"};
  assert_true(activity_record(&h->c, &result));
  if (!activity_conclude(&h->c, activity, 0)) fail_msg("%s", h->c.error.message);
}

// Everything that is derived, as Readiness and Today read it.
typedef struct Derived {
  SqlTallyKindsRows kinds;
  SqlTallyPastRows months;
  SqlTallyTodayRow days;
} Derived;

static Derived derived(Context *c) {
  Derived out = {0};
  Date month = overdue_month(c->today);
  out.kinds = sql_tally_kinds(c);
  out.months = sql_tally_past(c, (SqlTallyPast){.month = month});
  assert_true(sql_tally_today(
      c, (SqlTallyToday){.month = month, .to = date_add_days(c->today, 400)}, &out.days));
  return out;
}

static void kind_agrees(const SqlTallyKindsRow *before, const SqlTallyKindsRow *after) {
  assert_string_equal(before->kind, after->kind);
  assert_int_equal(before->open, after->open);
  assert_int_equal(before->on_time, after->on_time);
  assert_int_equal(before->concluded_late, after->concluded_late);
  assert_int_equal(before->cancelled, after->cancelled);
  assert_int_equal(before->last_held.days, after->last_held.days);
  assert_int_equal(before->proved, after->proved);
  assert_int_equal(before->stale, after->stale);
}

static void days_agree_with_the_activities(Context *c, const Derived *tallied) {
  SqlActivityWholeRows all = sql_activity_whole(c);
  Date month = overdue_month(c->today), horizon = date_add_days(c->today, 400);
  int64_t past_due = 0, past_latest = 0, coming = 0, left_due = 0, left_latest = 0;
  for (size_t i = 0; i < all.count; i++) {
    const SqlActivityWholeRow *a = &all.items[i];
    if (a->state >= STATE_CONCLUDED) continue;
    left_due += date_compare(a->due, c->today) < 0;
    left_latest += date_compare(a->latest, c->today) < 0;
    past_due += date_compare(a->due, month) >= 0 && date_compare(a->due, c->today) < 0;
    past_latest += date_compare(a->latest, month) >= 0 && date_compare(a->latest, c->today) < 0;
    coming += date_compare(a->due, c->today) >= 0 && date_compare(a->due, horizon) <= 0;
  }
  for (size_t i = 0; i < tallied->months.count; i++) {
    left_due -= tallied->months.items[i].due_open;
    left_latest -= tallied->months.items[i].latest_open;
  }
  assert_int_equal(left_due, 0);
  assert_int_equal(left_latest, 0);
  assert_int_equal(tallied->days.past_due, past_due);
  assert_int_equal(tallied->days.past_latest, past_latest);
  assert_int_equal(tallied->days.coming, coming);
}

static void tallies_agree_with_a_rebuild(Context *c) {
  Derived before = derived(c);
  days_agree_with_the_activities(c, &before);
  assert_true(diary_rebuild(c));
  Derived after = derived(c);
  assert_int_equal(before.kinds.count, after.kinds.count);
  for (size_t i = 0; i < before.kinds.count; i++)
    kind_agrees(&before.kinds.items[i], &after.kinds.items[i]);
  assert_int_equal(before.months.count, after.months.count);
  for (size_t i = 0; i < before.months.count; i++)
    assert_int_equal(before.months.items[i].due_open, after.months.items[i].due_open);
  assert_memory_equal(&before.days, &after.days, sizeof before.days);
}

static void adopting_twice_adds_nothing(void **state) {
  Context *c = &((House *)*state)->c;
  int64_t duties, activities;
  assert_true(diary_adopt(c, &duties, &activities));
  assert_int_equal(duties, 0);
  assert_int_equal(activities, 0);
}

static void a_registers_check_joins_on_a_second_adoption(void **state) {
  Context *c = &((House *)*state)->c;
  set_today(c, 2026, 3, 2);
  Proposal check = {.key = "check.keys.K1",
                    .kind = DUTY_CONTROL_CHECK,
                    .title = "Renew: VPN key",
                    .why = "“Expires” in keys says 2026-06-01.",
                    .every_months = 12,
                    .anchor = ANCHOR_COMPLETION,
                    .first = date_make(2026, 6, 1),
                    .lead_days = 30,
                    .tolerance_days = 30};
  int64_t duties, activities;
  assert_true(duty_propose_check(c, &check) && duty_propose_check(c, &check));
  assert_true(diary_adopt(c, &duties, &activities));
  assert_int_equal(duties, 1);
  assert_int_equal(activities, 1);
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  filter.text = "vpn key";
  assert_true(activity_list(c, &filter, &lines));
  assert_int_equal(lines.items[0].due.days, check.first.days); // not a year later
}

static void a_move_keeps_the_baseline_and_its_reason(void **state) {
  Context *c = &((House *)*state)->c;
  int64_t id = first_of(c, "audit");
  Activity before = get(c, id);
  ActivityMove move = {.activity = id, .due = date_add_days(before.due, 30)};
  assert_false(activity_move(c, &move));
  expect_error(c, ERROR_INVALID); // no reason
  move.reason = "the auditor is ill";
  move.version = before.version;
  assert_true(activity_move(c, &move));
  Activity after = get(c, id);
  assert_int_equal(after.baseline.days, before.due.days);
  assert_int_equal(after.slip_days, 30);
  assert_true(after.sequence > before.sequence);
  assert_false(activity_move(
      c, &(ActivityMove){
             .activity = id, .due = before.due, .reason = "back", .version = before.version}));
  expect_error(c, ERROR_CONFLICT); // somebody else was faster
  ActivityDetail detail;
  assert_true(activity_detail(c, id, &detail));
  assert_int_equal(detail.moves.count, 1);
  assert_string_equal(detail.moves.items[0].reason, "the auditor is ill");
  tallies_agree_with_a_rebuild(c);
}

static void a_move_says_what_it_breaches(void **state) {
  Context *c = &((House *)*state)->c;
  Countdown countdown;
  assert_true(countdown_of(c, &countdown));
  assert_null(activity_move_breach(c, countdown.activity, countdown.latest));
  Date after = date_add_days(countdown.latest, 1);
  assert_non_null(activity_move_breach(c, countdown.activity, after));
  int64_t audit = first_of(c, "audit");
  Date five_months = date_add_months(date_make(2025, 11, 20), 5);
  assert_non_null(activity_move_breach(c, audit, five_months)); // counted from the decision
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  assert_true(activity_list(c, &filter, &lines));
  for (size_t i = 0; i < lines.count; i++) // as planned, nothing is breached
    assert_null(activity_move_breach(c, lines.items[i].id, lines.items[i].due));
  Date near = date_add_days(countdown.due, -10);
  assert_non_null(activity_move_breach(c, audit, near)); // 30 clear days and the gap
}

static void nothing_is_planned_for_a_past_day(void **state) {
  Context *c = &((House *)*state)->c;
  ActivityMove move = {
      .activity = first_of(c, "audit"), .due = date_make(2025, 11, 24), .reason = "earlier"};
  assert_false(activity_move(c, &move));
  expect_error(c, ERROR_INVALID);
  move.due = DATE_NONE;
  assert_false(activity_move(c, &move));
  expect_error(c, ERROR_INVALID);
}

static void nothing_concludes_empty(void **state) {
  House *h = *state;
  Context *c = &h->c;
  int64_t id = first_of(c, "audit");
  Gaps gaps = {0};
  assert_true(activity_gaps(c, id, &gaps));
  assert_true(gaps.count >= 3);
  assert_false(activity_conclude(c, id, 0));
  expect_error(c, ERROR_INVALID);
  set_today(c, 2026, 2, 4);
  tick_all(c, id);
  ActivityResult result = {.activity = id, .held_on = date_make(2026, 2, 5), .result = "early"};
  assert_false(activity_record(c, &result)); // not yet held
  expect_error(c, ERROR_INVALID);
  result.held_on = c->today;
  assert_true(activity_record(c, &result));
  assert_false(activity_conclude(c, id, 0)); // no evidence
  expect_error(c, ERROR_INVALID);
  attach_evidence(h, id);
  assert_true(activity_conclude(c, id, 0));
  assert_int_equal(get(c, id).status, STATUS_CONCLUDED);
  assert_false(activity_cancel(c, id, "no", 0)); // stays concluded
  expect_error(c, ERROR_CONFLICT);
  assert_true(activity_correct(c, id, "it was the other report"));
  tallies_agree_with_a_rebuild(c);
}

static void an_item_that_does_not_apply_needs_a_reason(void **state) {
  Context *c = &((House *)*state)->c;
  ActivityDetail detail;
  assert_true(activity_detail(c, first_of(c, "audit"), &detail));
  int64_t item = detail.items.items[0].id;
  assert_false(activity_item_set(c, item, ITEM_NOT_APPLICABLE, " "));
  expect_error(c, ERROR_INVALID);
  assert_true(activity_item_set(c, item, ITEM_NOT_APPLICABLE, "the standard leaves it open"));
}

static void the_day_the_first_audit_window_closes_it_is_missed(void **state) {
  Context *c = &((House *)*state)->c;
  Activity audit = get(c, first_of(c, "audit"));
  Today today;
  assert_true(date_compare(audit.latest, date_make(2026, 2, 20)) <= 0); // three months
  c->today = audit.latest;
  assert_true(today_of(c, 0, &today));
  for (size_t i = 0; i < today.missed.count; i++) assert_true(today.missed.items[i].id != audit.id);
  c->today = date_add_days(audit.latest, 1);
  assert_true(today_of(c, 0, &today));
  bool seen = false;
  for (size_t i = 0; i < today.missed.count; i++)
    if (today.missed.items[i].id == audit.id) {
      seen = true;
      assert_string_equal(today.missed.items[i].owner, "Anna Weber");
      assert_true(today.missed.items[i].why[0] != '\0');
    }
  assert_true(seen);
  assert_int_equal(today.missed.total, today.missed.count);
}

static void simulation_shows_the_missed_audit_with_its_owner(void **state) {
  Context *c = &((House *)*state)->c;
  Activity audit = get(c, first_of(c, "audit"));
  Date closed = date_add_days(audit.latest, 1);
  Simulation walk;
  assert_true(simulate(c, c->today, closed, BEHAVE_NOBODY, &walk));
  const SimulatedMonth *last = &walk.months.items[walk.months.count - 1];
  bool seen = false;
  for (size_t i = 0; i < last->overdue.count; i++)
    seen = seen || (last->overdue.items[i].kind == DUTY_AUDIT &&
                    last->overdue.items[i].status == STATUS_MISSED &&
                    text_equal(last->overdue.items[i].owner, "Anna Weber"));
  assert_true(seen);
  assert_true(simulate(c, c->today, date_make(2028, 11, 18), BEHAVE_PLANNED, &walk));
  assert_int_equal(walk.missed.count, 0);
  last = &walk.months.items[walk.months.count - 1];
  assert_int_equal(last->done.percent, 100);
  assert_true(simulate(c, c->today, date_make(2028, 11, 18), BEHAVE_SLIP, &walk));
  assert_true(walk.missed.count > 0);
  assert_int_equal(get(c, audit.id).state, STATE_PLANNED); // nothing was changed
}

static void a_walked_year_is_ready_for_surveillance(void **state) {
  House *h = *state;
  Context *c = &h->c;
  Countdown countdown;
  assert_true(countdown_of(c, &countdown));
  for (;;) {
    ActivityFilter filter = activity_filter();
    ActivityLines lines;
    filter.status = "open";
    filter.limit = 1;
    assert_true(activity_list(c, &filter, &lines));
    if (lines.count == 0 || date_compare(lines.items[0].due, countdown.due) >= 0) break;
    c->today = lines.items[0].due;
    c->now = zone_instant(zone_find("UTC"), c->today, 9 * 3600);
    do_it(h, lines.items[0].id);
  }
  Readiness readiness;
  assert_true(readiness_of(c, &readiness));
  assert_true(readiness.done.measured);
  assert_int_equal(readiness.done.percent, 100);
  assert_int_equal(readiness.kinds[DUTY_AUDIT].on_time, 3);
  assert_true(readiness.kinds[DUTY_AUDIT].fresh == 1);
  assert_false(readiness.paper.whole.measured); // no register yet: not measured, not zero
  Year year;
  assert_true(year_from(c, date_make(2025, 12, 15), &year));
  assert_int_equal(year.from.days, date_make(2025, 12, 1).days);
  assert_true(year.lanes[DUTY_AUDIT].marks.count >= 4);
  tallies_agree_with_a_rebuild(c);
}

static void withdrawn_evidence_no_longer_counts(void **state) {
  House *h = *state;
  Context *c = &h->c;
  int64_t id = first_of(c, "audit");
  set_today(c, 2026, 2, 4);
  do_it(h, id);
  Readiness readiness;
  assert_true(readiness_of(c, &readiness));
  assert_int_equal(readiness.kinds[DUTY_AUDIT].fresh, 1);
  int64_t later = attach_evidence(h, id);
  assert_true(evidence_withdraw(c, later, "the wrong file"));
  assert_true(readiness_of(c, &readiness));
  assert_int_equal(readiness.kinds[DUTY_AUDIT].fresh, 1); // the first one still speaks
  assert_true(evidence_withdraw(c, later - 1, "the wrong file, too"));
  assert_true(readiness_of(c, &readiness));
  assert_int_equal(readiness.kinds[DUTY_AUDIT].fresh, 0);
  assert_int_equal(readiness.kinds[DUTY_AUDIT].bare, 1);
  attach_evidence(h, id);
  assert_true(readiness_of(c, &readiness));
  assert_int_equal(readiness.kinds[DUTY_AUDIT].fresh, 1);
  c->today = date_add_months(c->today, 4); // a quarter and its tolerance have passed
  assert_true(readiness_of(c, &readiness));
  assert_int_equal(readiness.kinds[DUTY_AUDIT].stale, 1);
}

static int64_t duty_by_key(Context *c, const char *key) {
  Duties duties;
  assert_true(duty_list(c, NULL, &duties));
  for (size_t i = 0; i < duties.count; i++)
    if (text_equal(duties.items[i].key, key)) return duties.items[i].id;
  fail_msg("no duty %s", key);
  return 0;
}

static ActivityLines open_of(Context *c, int64_t duty) {
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  filter.duty = duty;
  filter.status = "open";
  assert_true(activity_list(c, &filter, &lines));
  return lines;
}

static void a_pause_does_not_restart_the_series(void **state) {
  Context *c = &((House *)*state)->c;
  int64_t duty = duty_by_key(c, "audit.quarterly");
  ActivityLines before = open_of(c, duty);
  assert_true(duty_pause(c, duty, DATE_NONE, "the site is rebuilt", 0));
  assert_int_equal(open_of(c, duty).count, 0);
  assert_false(duty_pause(c, duty, DATE_NONE, "again", 0));
  expect_error(c, ERROR_CONFLICT);
  set_today(c, 2026, 7, 1);
  assert_true(duty_resume(c, duty, 0));
  ActivityLines after = open_of(c, duty);
  // Beyond its maximum by then, so one more within thirty days; the others keep their old dates.
  assert_true(date_diff(after.items[0].due, c->today) <= 30);
  size_t kept = 0;
  for (size_t i = 0; i < after.count; i++)
    for (size_t k = 0; k < before.count; k++)
      kept += date_compare(after.items[i].due, before.items[k].due) == 0;
  assert_true(kept >= 8);
  tallies_agree_with_a_rebuild(c);
}

static void a_changed_cadence_says_what_it_breaches_and_relays_the_rest(void **state) {
  Context *c = &((House *)*state)->c;
  CadenceChange change = {.duty = duty_by_key(c, "audit.quarterly"),
                          .every_months = 6,
                          .reason = "fewer, longer audits"};
  Breaches breaches = {0};
  assert_true(duty_cadence_breaches(c, &change, &breaches));
  assert_int_equal(breaches.count, 1);
  size_t before = open_of(c, change.duty).count;
  assert_true(duty_change_cadence(c, &change));
  size_t after = open_of(c, change.duty).count;
  assert_true(after < before && after >= 5);
}

static void a_duty_from_completion_plans_the_next_when_it_concludes(void **state) {
  House *h = *state;
  Context *c = &h->c;
  CadenceChange change = {.duty = duty_by_key(c, "risk_workshop.yearly"),
                          .every_months = 12,
                          .anchor = ANCHOR_COMPLETION,
                          .reason = "it follows the last one"};
  assert_true(duty_change_cadence(c, &change));
  ActivityLines open = open_of(c, change.duty);
  assert_int_equal(open.count, 1);
  set_today(c, 2026, 6, 10);
  do_it(h, open.items[0].id);
  ActivityLines next = open_of(c, change.duty);
  assert_int_equal(next.count, 1);
  assert_int_equal(next.items[0].due.days, date_make(2027, 6, 10).days);
}

static void earlier_work_enters_as_history_without_a_gate(void **state) {
  Context *c = &((House *)*state)->c;
  ActivityHistory history = {.duty = duty_by_key(c, "audit.quarterly"),
                             .held_on = date_make(2025, 10, 1),
                             .result = "stage 2 rehearsal"};
  int64_t id;
  assert_true(activity_import(c, &history, &id));
  Activity activity = get(c, id);
  assert_true(activity.imported && activity.status == STATUS_CONCLUDED);
  history.held_on = date_add_days(c->today, 1);
  assert_false(activity_import(c, &history, &id));
  expect_error(c, ERROR_INVALID);
  tallies_agree_with_a_rebuild(c);
}

static void superseding_leaves_a_link_and_the_baseline(void **state) {
  Context *c = &((House *)*state)->c;
  ActivityLines open = open_of(c, duty_by_key(c, "audit.quarterly"));
  assert_true(activity_supersede(c, open.items[0].id, open.items[1].id, "the audit plan is here"));
  Activity old = get(c, open.items[0].id);
  assert_int_equal(old.superseded_by, open.items[1].id);
  assert_int_equal(old.baseline.days, open.items[0].baseline.days);
}

static void a_choice_before_adopting_needs_a_reason_where_it_breaches(void **state) {
  Context *c = &((House *)*state)->c;
  DutyChoice choice = {.key = "audit.quarterly", .every_months = 12, .first = DATE_NONE};
  Breaches breaches = {0};
  assert_false(duty_choose(c, &choice, &breaches));
  assert_int_equal(breaches.count, 1);
  expect_error(c, ERROR_INVALID);
}

static void another_organisation_sees_nothing_of_it(void **state) {
  Context *c = &((House *)*state)->c;
  int64_t id = first_of(c, "audit");
  c->org += 1000;
  Activity activity;
  assert_false(activity_get(c, id, &activity));
  expect_error(c, ERROR_NOT_FOUND);
  assert_false(activity_cancel(c, id, "mine", 0));
  expect_error(c, ERROR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, build, tear_down)
int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(adopting_twice_adds_nothing),
      CASE(a_registers_check_joins_on_a_second_adoption),
      CASE(a_move_keeps_the_baseline_and_its_reason),
      CASE(a_move_says_what_it_breaches),
      CASE(nothing_is_planned_for_a_past_day),
      CASE(nothing_concludes_empty),
      CASE(an_item_that_does_not_apply_needs_a_reason),
      CASE(the_day_the_first_audit_window_closes_it_is_missed),
      CASE(simulation_shows_the_missed_audit_with_its_owner),
      CASE(a_walked_year_is_ready_for_surveillance),
      CASE(withdrawn_evidence_no_longer_counts),
      CASE(a_pause_does_not_restart_the_series),
      CASE(a_changed_cadence_says_what_it_breaches_and_relays_the_rest),
      CASE(a_duty_from_completion_plans_the_next_when_it_concludes),
      CASE(earlier_work_enters_as_history_without_a_gate),
      CASE(superseding_leaves_a_link_and_the_baseline),
      CASE(a_choice_before_adopting_needs_a_reason_where_it_breaches),
      CASE(another_organisation_sees_nothing_of_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
