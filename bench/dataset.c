// SPDX-License-Identifier: Apache-2.0
// Builds the data the benchmarks are measured on, through the same rules as people use: one large
// organisation (10,000 activities, 1,000 risks, 5,000 pieces of evidence, 2,000 people, 100,000
// ledger entries) among small ones. DAYBOOK_DB names the place.
// Usage: dataset COUNT [FROM]      builds; FROM > 0 only adds small organisations FROM … COUNT
//        dataset conclude SECONDS PEOPLE  for each line it reads, PEOPLE conclude activities for
//        SECONDS, each change durable before its author's next one; prints how many a second
//        dataset audit SECONDS PEOPLE     the same of a checklist's items; at the end it concludes
//        that audit of 300 items and prints its number
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audits/checklist.h"
#include "dataset.sql.h"
#include "db/db.h"
#include "diary/activity.h"
#include "exchange/import.h"
#include "ledger/evidence.h"
#include "ledger/store.h"
#include "org/create.h"

enum {
  PEOPLE = 2000,
  CHECKS = 288,
  RISKS = 1000,
  DOCUMENTS = 60,
  EVIDENCE = 5000,
  ENTRIES = 100000,
  ACTIVITIES = 10000,
  BATCH = 250,
};

static struct Db *db;
static int64_t large, actor;

static void must(Context *c, bool done, const char *what) {
  if (done && context_ok(c)) return;
  fprintf(stderr, "%s: %s (%s)\n", what, c->error.message ? c->error.message : "",
          c->error.detail ? c->error.detail : "");
  for (size_t i = 0; i < c->error.fields.count; i++)
    fprintf(stderr, "  %s: %s\n", c->error.fields.items[i].field, c->error.fields.items[i].message);
  exit(1);
}

static void begin(Context *c) {
  context_init(c, db);
  c->org = large;
  c->actor = actor;
  c->channel = "cli";
  c->zone = zone_find("Europe/Berlin");
  c->today = zone_date(c->zone, c->now, NULL);
  must(c, db_attach(c), "attach");
}

static void finish(Context *c) {
  db_detach(c);
  context_finish(c);
}

// Calls each(c, i) for first … last in transactions of BATCH.
static void batches(const char *what, int first, int last, void (*each)(Context *c, int i)) {
  for (int i = first; i < last;) {
    Context c;
    begin(&c);
    {
      TRANSACTION(&c, tx);
      int stop = i + BATCH < last ? i + BATCH : last;
      for (; i < stop; i++) each(&c, i);
      must(&c, transaction_commit(&tx), what);
    }
    finish(&c);
    fprintf(stderr, "\r%-20s %6d of %d", what, i, last);
  }
  fputc('\n', stderr);
}

static OrgCreated make_organisation(Context *c, const char *slug, const char *name) {
  OrgNew in;
  OrgCreated made;
  org_new_init(&in);
  in.slug = slug;
  in.name = name;
  in.time_zone = "Europe/Berlin";
  in.decision = date_make(2025, 11, 20);
  in.head_count = 40;
  in.admin =
      (PersonNew){.name = "Anna Weber", .email = text_format(c->arena, "anna@%s.example", slug)};
  must(c, org_create(c, &in, &made), slug);
  return made;
}

static void small_organisation(Context *c, int i) {
  make_organisation(c, text_format(c->arena, "small-%04d", i),
                    text_format(c->arena, "Small firm %d", i));
  int64_t duties, activities;
  must(c, diary_adopt(c, &duties, &activities), "adopt");
}

static void person(Context *c, int i) {
  int64_t id;
  must(c,
       person_ensure(c, text_format(c->arena, "Person %04d", i),
                     text_format(c->arena, "person%d@large.example", i), &id),
       "person");
}

static int64_t person_number(Context *c, int i) {
  int64_t id = 0;
  must(c, person_ensure(c, NULL, text_format(c->arena, "person%d@large.example", i), &id), "find");
  return id;
}

static void check(Context *c, int i) {
  const Proposal proposal = {
      .key = text_format(c->arena, "check.bench.%d", i),
      .kind = DUTY_CONTROL_CHECK,
      .title = text_format(c->arena, "Access review of system %d", i),
      .why = "Every month, because the access register says so.",
      .every_months = 1,
      .anchor = ANCHOR_FIXED,
      .first = date_add_days(date_make(2025, 12, 1), i % 28),
      .until = date_make(2028, 11, 19),
      .lead_days = 7,
      .tolerance_days = 14,
      .start_minute = 600,
      .duration_minutes = 60,
      .owner = {.person = person_number(c, i % 200)},
  };
  must(c, duty_propose_check(c, &proposal), "check");
}

static void import_csv(const char *file, void (*write)(Text *csv)) {
  Context c;
  begin(&c);
  Text csv;
  text_init(&csv, c.arena);
  write(&csv);
  const ImportSource source = {.name = file, .bytes = csv.data, .length = csv.length};
  ImportReport report = {0};
  must(&c, import_run(&c, &source, 1, &(ImportOptions){0}, &report), file);
  finish(&c);
}

static void write_risks(Text *csv) {
  text_add(csv, "Risk ID,Risk Title,Description,Likelihood,Impact,Owner,Status,Next Review\n");
  for (int i = 0; i < RISKS; i++)
    text_add_format(csv,
                    "R-%04d,Risk of loss %d,What may happen and why it matters,%d,%d,"
                    "person%d@large.example,Open,\n",
                    i, i, 1 + i % 5, 1 + i / 5 % 5, i % 200);
}

// What every certified organisation has: Readiness looks at each of them for evidence.
static void write_controls(Text *csv) {
  static const int counts[] = {37, 8, 14, 34};
  text_add(csv, "Control ID,Control Name,Applicable,Justification,Implementation Status\n");
  for (int theme = 0; theme < 4; theme++)
    for (int i = 1; i <= counts[theme]; i++)
      text_add_format(csv, "A.%d.%d,Control %d.%d,Yes,Needed by the risks,Implemented\n", theme + 5,
                      i, theme + 5, i);
}

static void write_documents(Text *csv) {
  text_add(csv, "Doc ID,Title,Type,Owner,Version,Status\n");
  for (int i = 0; i < DOCUMENTS; i++)
    text_add_format(csv, "DOC-%03d,Policy number %d,Policy,person%d@large.example,1.0,Published\n",
                    i, i, i % 200);
}

static int64_t *activity_ids, *item_ids;
static size_t item_count;

static void evidence(Context *c, int i) {
  Upload upload;
  Receiving *file = store_receive(c, "report.txt");
  must(c, file != NULL, "receive");
  const char *text = text_format(c->arena, "Report of check %d: nothing unusual was seen.\n", i);
  Text body;
  text_init(&body, c->arena);
  for (int line = 0; line < 40; line++) text_add(&body, text);
  must(c, store_receive_add(c, file, body.data, body.length) && store_receive_end(c, file, &upload),
       "receive");
  const EvidenceAbout about = {.source = "bench",
                               .taken_on = date_make(2026, 1 + i % 12, 1 + i % 28),
                               .kind = "activity",
                               .object = activity_ids[i]};
  int64_t id;
  must(c, evidence_add(c, &upload, &about, &id), "evidence");
  if (i < (int)item_count && i % 3 == 0) // a third of the controls and documents is shown to work
    must(c, evidence_link(c, id, "register_item", item_ids[i]), "link");
}

// An audit or a review wants more than a checklist, a result and evidence: those stay under way.
static bool may_conclude(Context *c, int i) {
  Gaps gaps = {0};
  must(c, activity_gaps(c, activity_ids[i], &gaps), "gaps");
  return gaps.count == 0;
}

static void conclude(Context *c, int i) {
  ActivityDetail detail = {0};
  must(c, activity_detail(c, activity_ids[i], &detail), "detail");
  if (date_compare(detail.activity.due, c->today) > 0) return;
  for (size_t k = 0; k < detail.items.count; k++)
    must(c, activity_item_set(c, detail.items.items[k].id, ITEM_DONE, NULL), "item");
  const ActivityResult result = {.activity = activity_ids[i],
                                 .held_on = detail.activity.due,
                                 .result = "Done as planned; two accounts were closed."};
  must(c, activity_record(c, &result), "record");
  if (may_conclude(c, i)) must(c, activity_conclude(c, activity_ids[i], 0), "conclude");
}

static void comment(Context *c, int i) {
  must(c, activity_comment(c, activity_ids[i % ACTIVITIES], "Looked at it again; nothing to add."),
       "comment");
}

static int64_t count_entries(void) {
  Context c;
  begin(&c);
  SqlBenchCountsRow counts;
  must(&c, sql_bench_counts(&c, &counts), "count");
  finish(&c);
  fprintf(stderr, "%lld activities, %lld people, %lld evidence, %lld risks, %lld entries\n",
          (long long)counts.activities, (long long)counts.people, (long long)counts.evidence,
          (long long)counts.items, (long long)counts.entries);
  return counts.entries;
}

static void load_activities(void) {
  Context c;
  begin(&c);
  SqlBenchActivitiesRows rows = sql_bench_activities(&c);
  if (rows.count < ACTIVITIES) {
    fprintf(stderr, "only %zu activities\n", rows.count);
    exit(1);
  }
  activity_ids = calloc(ACTIVITIES, sizeof *activity_ids);
  for (size_t i = 0; i < ACTIVITIES; i++) activity_ids[i] = rows.items[i].id;
  SqlBenchItemsRows items = sql_bench_items(&c);
  item_ids = calloc(items.count + 1, sizeof *item_ids);
  for (size_t i = 0; i < items.count; i++) item_ids[item_count++] = items.items[i].id;
  finish(&c);
}

static void large_organisation(void) {
  Context c;
  begin(&c);
  OrgCreated made = make_organisation(&c, "large", "Large Works AG");
  large = made.org;
  actor = made.administrator;
  finish(&c);
  batches("people", 0, PEOPLE, person);
  batches("checks", 0, CHECKS, check);
  import_csv("risk-register.csv", write_risks);
  import_csv("statement-of-applicability.csv", write_controls);
  import_csv("document-control-register.csv", write_documents);
  begin(&c);
  int64_t duties, activities;
  must(&c, diary_adopt(&c, &duties, &activities), "adopt");
  fprintf(stderr, "%lld duties, %lld activities\n", (long long)duties, (long long)activities);
  finish(&c);
  load_activities();
  batches("evidence", 0, EVIDENCE, evidence);
  batches("conclude", 0, EVIDENCE, conclude);
  int64_t entries = count_entries();
  batches("comments", 0, (int)(ENTRIES > entries ? ENTRIES - entries : 0), comment);
  count_entries();
}

static double seconds_now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

// What a person did before they press "conclude".
static void prepare(Context *c, int i) {
  ActivityDetail detail = {0};
  must(c, activity_detail(c, activity_ids[i], &detail), "detail");
  for (size_t k = 0; k < detail.items.count; k++)
    must(c, activity_item_set(c, detail.items.items[k].id, ITEM_DONE, NULL), "item");
  evidence(c, i);
  const ActivityResult result = {.activity = activity_ids[i],
                                 .held_on = c->today,
                                 .result = "Done as planned; two accounts were closed."};
  must(c, activity_record(c, &result), "record");
}

static void choose_large(void) {
  Context c;
  begin(&c);
  SqlBenchOrganisationRow row;
  must(&c, sql_bench_organisation(&c, (SqlBenchOrganisation){.slug = "large"}, &row), "large");
  large = row.id;
  actor = row.admin;
  finish(&c);
}

// ---- durable changes ----

// Several people at once, as behind a server: each change durable before its author's next one.
typedef struct Crowd {
  void (*change)(Context *c, int i);
  int count;       // of changes there are; -1: without end
  double deadline; // on seconds_now()'s clock
  _Atomic int next, done;
} Crowd;

static void *one_of_the_crowd(void *user) {
  Crowd *crowd = user;
  for (int i; (i = atomic_fetch_add(&crowd->next, 1)) < crowd->count || crowd->count < 0;) {
    if (seconds_now() > crowd->deadline) break;
    Context c;
    begin(&c);
    c.brief = true;
    crowd->change(&c, i);
    finish(&c);
    atomic_fetch_add(&crowd->done, 1);
  }
  return NULL;
}

static double changes_a_second(Crowd *crowd, double seconds, int people) {
  enum { PEOPLE_MOST = 64 };
  pthread_t threads[PEOPLE_MOST];
  double start = seconds_now();
  crowd->deadline = start + seconds;
  crowd->done = 0;
  for (int i = 0; i < people && i < PEOPLE_MOST; i++)
    pthread_create(&threads[i], NULL, one_of_the_crowd, crowd);
  for (int i = 0; i < people && i < PEOPLE_MOST; i++) pthread_join(threads[i], NULL);
  return crowd->done / (seconds_now() - start);
}

// A slice for each line, so that bench/run can measure something else in turn.
static void slices(Crowd *crowd, double seconds, int people) {
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL) {
    printf("%.1f\n", changes_a_second(crowd, seconds, people));
    fflush(stdout);
  }
}

static int *ready; // activities whose gate is open

static void conclude_ready(Context *c, int i) {
  must(c, activity_conclude(c, activity_ids[ready[i]], 0), "conclude");
}

static void measure_conclude(double seconds, int people) {
  enum { PREPARED = 5000 };
  Context c;
  choose_large();
  load_activities();
  batches("prepare", EVIDENCE, EVIDENCE + PREPARED, prepare);
  ready = calloc(PREPARED, sizeof *ready);
  Crowd crowd = {.change = conclude_ready};
  begin(&c);
  for (int i = EVIDENCE; i < EVIDENCE + PREPARED; i++)
    if (may_conclude(&c, i)) ready[crowd.count++] = i;
  finish(&c);
  slices(&crowd, seconds, people);
}

// ---- one audit ----

enum { AUDIT_ITEMS = 300, AUDIT_FILES = 200, AUDIT_FINDINGS = 20 };
static int64_t audit, audit_items[AUDIT_ITEMS];

static void file_at_item(Context *c, int i) {
  Upload upload;
  Receiving *file = store_receive(c, "seen.txt");
  const char *text = text_format(c->arena, "Seen at item %d.\n", i);
  must(c,
       file != NULL && store_receive_add(c, file, text, strlen(text)) &&
           store_receive_end(c, file, &upload),
       "receive");
  EvidenceAbout about = {.taken_on = c->today,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = "audit_item",
                         .object = audit_items[i]};
  int64_t id;
  must(c, evidence_add(c, &upload, &about, &id), "a file at an item");
}

static void audit_item(Context *c, int i) {
  static int64_t area;
  if (i % 20 == 0)
    must(c, audit_area_add(c, audit, text_format(c->arena, "Area %d", i / 20), 0, &area), "area");
  ChecklistText text = {text_format(c->arena, "Item %d of the area", i), "What happens here?",
                        "The records of the last quarter", "Five of them"};
  must(c, checklist_add(c, audit, area, &text, &audit_items[i]), "item");
}

static void assess_item(Context *c, int i) {
  Assessment a = {.item = audit_items[i % AUDIT_ITEMS],
                  .result = i % 15 == 0 ? RESULT_OBSERVATION : RESULT_CONFORMS,
                  .note = "Five records of the last quarter were read; they agree with the rule."};
  must(c, checklist_assess(c, &a), "assess");
}

static void audit_write_finding(Context *c, int i) {
  AuditFinding finding = {.audit = audit,
                          .item = audit_items[i * 15],
                          .grade = GRADE_OBSERVATION,
                          .title = text_format(c->arena, "Finding %d", i),
                          .criterion = "A.5.36",
                          .evidence = "Two of five records",
                          .statement = "The rule is not kept everywhere.",
                          .due = DATE_NONE};
  int64_t id;
  must(c, audit_finding_put(c, &finding, &id), "finding");
}

// Assesses one item after another, each durable before the next; prints how many a second, and
// the number of the audit, which stands concluded.
static void measure_audit(double seconds, int people) {
  Context c;
  choose_large();
  begin(&c);
  AuditPlan plan = {.title = "Internal audit: everything", .due = c.today};
  AuditMember lead = {.person = actor, .part = "lead", .worked_until = DATE_NONE};
  must(&c, audit_create(&c, &plan, &audit), "audit");
  lead.audit = audit;
  must(&c, audit_member_add(&c, &lead), "team");
  finish(&c);
  batches("items", 0, AUDIT_ITEMS, audit_item);
  begin(&c);
  must(&c, audit_start(&c, audit), "start");
  finish(&c);
  batches("assess", 0, AUDIT_ITEMS, assess_item);
  slices(&(Crowd){.change = assess_item, .count = -1}, seconds, people);
  batches("files", 0, AUDIT_FILES, file_at_item);
  batches("findings", 0, AUDIT_FINDINGS, audit_write_finding);
  begin(&c);
  must(&c, audit_summarise(&c, audit, "It works, with twenty observations."), "summary");
  must(&c, audit_issue(&c, audit, &actor, 1) && audit_conclude(&c, audit, 0), "conclude");
  finish(&c);
  printf("%lld\n", (long long)audit);
}

int main(int argc, char **argv) {
  int small = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 200;
  int from = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
  clock_set("2027-05-20T09:00:00Z"); // in the middle of the cycle; bench/run serves on this day
  Arena *arena = arena_create();
  Error error = {0};
  db = db_create(getenv("DAYBOOK_DB"), arena, &error);
  if (!db) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  Context c;
  context_init(&c, db);
  must(&c, db_attach(&c) && db_migrate(&c), "migrate");
  finish(&c);
  if (argc > 3 && (strcmp(argv[1], "conclude") == 0 || strcmp(argv[1], "audit") == 0)) {
    (argv[1][0] == 'c' ? measure_conclude : measure_audit)(strtod(argv[2], NULL),
                                                           (int)strtol(argv[3], NULL, 10));
    db_close(db);
    return 0;
  }
  for (int i = from; i < small; i++) {
    large = actor = 0;
    batches("small", i, i + 1, small_organisation);
  }
  large = actor = 0;
  if (from == 0) large_organisation();
  db_close(db);
  return 0;
}
