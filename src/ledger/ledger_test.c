// SPDX-License-Identifier: Apache-2.0
// The ledger and the evidence in a real SQLite database.
#include "ledger/ledger.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/link.h"
#include "ledger/backup.h"
#include "ledger/canonical.h"
#include "ledger/evidence.h"
#include "ledger/pack.h"
#include "ledger/store.h"
#include "ledger/verify.h"

typedef struct Fixture {
  char folder[64], url[128];
  Db *db;
  Context c;
} Fixture;

static void script(Context *c, const char *sql) {
  if (!c->link->db->calls->script(c->link, c, sql))
    fail_msg("%s: %s", sql, c->error.detail ? c->error.detail : c->error.message);
}

static const char two_organisations[] =
    "INSERT INTO organisation (id, slug, name, time_zone, decision, expiry, start_on, created)"
    " VALUES"
    " (1, 'nordwind', 'Nordwind', 'UTC', '2025-11-20', '2028-11-19', '2025-11-20', 0),"
    " (2, 'other', 'Other', 'UTC', '2025-11-20', '2028-11-19', '2025-11-20', 0);";

static int set_up(void **state) {
  Fixture *f = calloc(1, sizeof *f);
  Error error = {0};
  Arena *arena = arena_create();
  snprintf(f->folder, sizeof f->folder, "/tmp/daybook-ledger-XXXXXX");
  assert_non_null(mkdtemp(f->folder));
  snprintf(f->url, sizeof f->url, "sqlite:%s/test.db", f->folder);
  f->db = db_create(f->url, arena, &error);
  assert_non_null(f->db);
  arena_destroy(arena);
  context_init(&f->c, f->db);
  f->c.channel = "cli";
  f->c.now = (Instant){1767225600000000};
  f->c.today = date_make(2026, 1, 1);
  assert_true(db_attach(&f->c));
  if (!db_migrate(&f->c)) fail_msg("%s", f->c.error.detail);
  script(&f->c, two_organisations);
  f->c.org = 1;
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  Fixture *f = *state;
  db_detach(&f->c);
  context_finish(&f->c);
  db_close(f->db);
  scratch_remove(f->folder);
  free(f);
  return 0;
}

static bool move_activity(Context *c, int64_t activity, const char *reason) {
  TRANSACTION(c, tx);
  LedgerEntry *e = ledger_entry(c, "thing.moved", "thing", activity);
  ledger_date(e, "due", date_make(2026, 1, 1), date_make(2026, 2, 1));
  ledger_text(e, "title", "Audit \"A\"", "Audit\nB");
  ledger_int(e, "slip_days", 0, 31);
  ledger_personal(e, "reason", reason);
  return ledger_write(e) && transaction_commit(&tx);
}

static int64_t problems(Fixture *f, char *first, size_t size) {
  Report *report = report_create();
  const char *store = store_folder(f->db, f->c.arena);
  const VerifyOptions options = {.evidence = store, .live = true};
  int64_t org = f->c.org;
  bool read = verify_database(&f->c, &options, report);
  f->c.org = org;
  if (!read) fail_msg("%s (%s)", f->c.error.message, f->c.error.detail);
  int64_t count = report_problem_count(report);
  const char *what = report_first(report, report_arena(report));
  if (first) snprintf(first, size, "%s", what ? what : "");
  report_destroy(report);
  return count;
}

// `other` was never opened: that is what an organisation without a chain looks like.
static void open_other(Fixture *f) {
  f->c.org = 2;
  assert_true(move_activity(&f->c, 9, "theirs"));
  f->c.org = 1;
}

static int64_t keep_file(Fixture *f, const char *name, const char *content, int64_t activity) {
  char path[128];
  Upload upload;
  int64_t id = 0;
  snprintf(path, sizeof path, "%s/%s", f->folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(content, file) >= 0 && fclose(file) == 0);
  int fd = open(path, O_RDONLY);
  assert_true(store_receive_fd(&f->c, fd, path, &upload));
  close(fd);
  EvidenceAbout about = {.source = "Backup log",
                         .taken_on = date_make(2025, 12, 31),
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = activity ? "thing" : NULL,
                         .object = activity};
  if (!evidence_add(&f->c, &upload, &about, &id))
    fail_msg("%s (%s)", f->c.error.message, f->c.error.detail);
  return id;
}

static void what_was_written_verifies(void **state) {
  Fixture *f = *state;
  char first[512];
  open_other(f);
  for (int i = 0; i < 30; i++)
    assert_true(move_activity(&f->c, i % 3 + 1, i % 2 ? "because" : NULL));
  int64_t id = keep_file(f, "proof.txt", "restored in 4 minutes", 1);
  assert_true(evidence_withdraw(&f->c, id, "the wrong file"));
  keep_file(f, "again.txt", "restored in 4 minutes", 2);
  if (problems(f, first, sizeof first)) fail_msg("%s", first);
}

static void two_entries_in_one_transaction_follow_each_other(void **state) {
  Fixture *f = *state;
  open_other(f);
  {
    TRANSACTION(&f->c, tx);
    for (int i = 0; i < 3; i++) assert_true(ledger_write(ledger_entry(&f->c, "a.b", "thing", 1)));
    assert_true(transaction_commit(&tx));
  }
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void a_transaction_over_two_organisations_signs_both(void **state) {
  Fixture *f = *state;
  {
    TRANSACTION(&f->c, tx);
    for (int64_t i = 0; i < 6; i++) {
      f->c.org = i % 2 + 1;
      assert_true(ledger_write(ledger_entry(&f->c, "a.b", "thing", 1)));
    }
    assert_true(transaction_commit(&tx));
  }
  f->c.org = 1;
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void an_inner_rollback_keeps_the_outer_entries_signed(void **state) {
  Fixture *f = *state;
  open_other(f);
  {
    TRANSACTION(&f->c, outer);
    assert_true(ledger_write(ledger_entry(&f->c, "a.b", "thing", 1)));
    {
      TRANSACTION(&f->c, inner);
      assert_true(ledger_write(ledger_entry(&f->c, "a.c", "thing", 1)));
    }
    assert_true(transaction_commit(&outer));
  }
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void the_ledger_wants_a_transaction(void **state) {
  Fixture *f = *state;
  assert_false(ledger_write(ledger_entry(&f->c, "a.b", "thing", 1)));
  assert_int_equal(f->c.error.kind, ERROR_FAILURE);
}

static void what_rolls_back_leaves_no_trace(void **state) {
  Fixture *f = *state;
  open_other(f);
  assert_true(move_activity(&f->c, 1, "kept"));
  {
    TRANSACTION(&f->c, tx);
    assert_true(ledger_write(ledger_entry(&f->c, "a.b", "thing", 1)));
    transaction_finish(&tx);
  }
  assert_true(move_activity(&f->c, 1, "kept too"));
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void the_ledger_refuses_changes(void **state) {
  Fixture *f = *state;
  assert_true(move_activity(&f->c, 1, "kept"));
  Engine *calls = (Engine *)(uintptr_t)f->c.link->db->calls;
  assert_false(calls->script(f->c.link, &f->c, "UPDATE ledger_entry SET actor = 7"));
  f->c.error = (Error){0};
  assert_false(calls->script(f->c.link, &f->c, "DELETE FROM ledger_entry"));
  f->c.error = (Error){0};
}

#define TABLES(DO)                                                                                 \
  DO("ledger_entry")                                                                               \
  DO("ledger_personal") DO("ledger_head") DO("ledger_key") DO("evidence") DO("evidence_link")
#define KEEP(t) "CREATE TABLE kept_" t " AS SELECT * FROM " t ";"
#define BACK(t) "DELETE FROM " t "; INSERT INTO " t " SELECT * FROM kept_" t ";"
static const char keep_copies[] = TABLES(KEEP);
static const char put_back[] = TABLES(BACK);

static const char *const tampering[] = {
    "UPDATE ledger_entry SET id = 900 WHERE id = 3",
    "UPDATE ledger_entry SET at = at + 1 WHERE id = 3",
    "UPDATE ledger_entry SET at = at || 'x' WHERE id = 3",
    "UPDATE ledger_entry SET actor = 4 WHERE id = 3",
    "UPDATE ledger_entry SET org_id = 2 WHERE id = 4",
    "UPDATE ledger_entry SET channel = 'api' WHERE id = 3",
    "UPDATE ledger_entry SET action = 'x.y' WHERE id = 3",
    "UPDATE ledger_entry SET object_id = 5 WHERE id = 3",
    "UPDATE ledger_entry SET body = replace(body, '2026-02-01', '2026-02-02') WHERE id = 4",
    "UPDATE ledger_entry SET body = body || char(0) || 'x' WHERE id = 4",
    "UPDATE ledger_entry SET body = CAST(body AS BLOB) WHERE id = 4",
    "DELETE FROM ledger_entry WHERE id = 4",
    ("DELETE FROM ledger_entry WHERE org_id = 1"
     " AND seq = (SELECT seq FROM ledger_head WHERE org_id = 1)"),
    "DELETE FROM ledger_entry WHERE org_id = 1",
    "DELETE FROM ledger_head WHERE org_id = 1",
    ("DELETE FROM ledger_entry WHERE org_id = 1; DELETE FROM ledger_head WHERE org_id = 1;"
     "DELETE FROM ledger_personal WHERE org_id = 1"),
    "UPDATE ledger_head SET seq = seq - 1 WHERE org_id = 1",
    "UPDATE ledger_head SET at = at + 1 WHERE org_id = 1",
    "UPDATE ledger_head SET signature = replace(signature, substr(signature, 1, 1), 'g')",
    "UPDATE ledger_head SET public_key = lower(hex(randomblob(32)))",
    "DELETE FROM ledger_key",
    "UPDATE ledger_key SET public_key = lower(hex(randomblob(32)))",
    ("UPDATE ledger_entry SET seq = 5000 WHERE id = 4;"
     "UPDATE ledger_entry SET seq = (SELECT seq - 1"
     " FROM ledger_entry WHERE id = 5) WHERE id = 5"),
    ("INSERT INTO ledger_entry (org_id, seq, at, actor, channel, action, object_kind, object_id,"
     " body, previous, hash) SELECT 1, max(seq) + 1, 0, 0, 'cli', 'a.b', 'thing', 1, '{}', 'x',"
     " 'y' FROM ledger_entry WHERE org_id = 1"),
    "UPDATE ledger_personal SET value = 'by order' WHERE org_id = 1 AND name = 'reason'",
    "UPDATE ledger_personal SET salt = lower(hex(randomblob(16))) WHERE org_id = 1",
    "UPDATE ledger_personal SET salt = NULL, value = NULL WHERE org_id = 1",
    "DELETE FROM ledger_personal WHERE org_id = 1",
    "INSERT INTO ledger_personal VALUES (1, 2, 'more', '00', 'x')",
    "INSERT INTO ledger_personal VALUES (1, 7000, 'more', '00', 'x')",
    "UPDATE evidence SET name = 'other.txt'",
    "UPDATE evidence SET taken_on = '2026-01-01'",
    "UPDATE evidence SET taken_on = NULL",
    "UPDATE evidence SET note = 'all well'",
    "UPDATE evidence SET added_at = added_at - 1",
    "UPDATE evidence SET added_by = 3",
    "UPDATE evidence SET size = 1",
    "UPDATE evidence SET withdrawn_at = 5",
    "UPDATE evidence SET sha256 = lower(hex(randomblob(32)))",
    "UPDATE evidence SET id = 77; UPDATE evidence_link SET evidence_id = 77",
    "DELETE FROM evidence_link; DELETE FROM evidence",
    "DELETE FROM evidence_link",
    ("INSERT INTO evidence_link (org_id, evidence_id, object_kind, object_id, linked_at)"
     " SELECT 1, id, 'thing', 99, 0 FROM evidence"),
    ("INSERT INTO evidence (org_id, sha256, size, media_type, name, added_at)"
     " SELECT 1, sha256, size, media_type, name, added_at FROM evidence"),
};

static void tampering_in_the_database_is_found(void **state) {
  Fixture *f = *state;
  open_other(f);
  assert_true(move_activity(&f->c, 1, "because"));
  assert_true(move_activity(&f->c, 2, "because"));
  assert_true(move_activity(&f->c, 1, NULL));
  keep_file(f, "proof.txt", "restored in 4 minutes", 1);
  assert_int_equal(problems(f, NULL, 0), 0);
  script(&f->c, "DROP TRIGGER ledger_entry_keep_update; DROP TRIGGER ledger_entry_keep_delete;"
                "DROP INDEX ledger_entry_seq; PRAGMA foreign_keys=OFF");
  script(&f->c, keep_copies);
  for (size_t i = 0; i < COUNT_OF(tampering); i++) {
    script(&f->c, tampering[i]);
    if (problems(f, NULL, 0) == 0) fail_msg("not found: %s", tampering[i]);
    script(&f->c, put_back);
  }
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void an_erased_value_is_gone_and_the_chain_is_whole(void **state) {
  Fixture *f = *state;
  int64_t erased;
  open_other(f);
  assert_true(move_activity(&f->c, 1, "because Anna was ill"));
  assert_true(ledger_erase(&f->c, "thing", 1, &erased));
  assert_int_equal(erased, 1);
  assert_int_equal(problems(f, NULL, 0), 0);
  assert_true(ledger_erase(&f->c, "thing", 1, &erased));
  assert_int_equal(erased, 0);
}

static void a_damaged_evidence_file_is_named(void **state) {
  Fixture *f = *state;
  char first[512], sha256[DIGEST_HEX];
  open_other(f);
  keep_file(f, "proof.txt", "hello", 0);
  snprintf(sha256, sizeof sha256,
           "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  const char *path = store_path(&f->c, sha256);
  assert_int_equal(problems(f, NULL, 0), 0);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs("hallo", file) >= 0 && fclose(file) == 0);
  assert_int_equal(problems(f, first, sizeof first), 1);
  assert_non_null(strstr(first, "evidence 1 was changed"));
  assert_int_equal(unlink(path), 0);
  assert_int_equal(problems(f, first, sizeof first), 1);
  assert_non_null(strstr(first, "evidence 1 is missing"));
  keep_file(f, "proof.txt", "hello", 0); // the same content again mends it
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void evidence_stays_within_its_organisation(void **state) {
  Fixture *f = *state;
  open_other(f);
  int64_t id = keep_file(f, "proof.txt", "hello", 0);
  f->c.org = 2;
  assert_false(evidence_withdraw(&f->c, id, "not mine"));
  assert_int_equal(f->c.error.kind, ERROR_NOT_FOUND);
  f->c.error = (Error){0};
  assert_false(evidence_link(&f->c, id, "thing", 9));
  assert_int_equal(f->c.error.kind, ERROR_NOT_FOUND);
}

static void evidence_counts_until_it_is_withdrawn(void **state) {
  Fixture *f = *state;
  assert_true(move_activity(&f->c, 1, NULL));
  assert_int_equal(evidence_count(&f->c, "thing", 1), 0);
  int64_t id = keep_file(f, "proof.txt", "hello", 1);
  assert_int_equal(evidence_count(&f->c, "thing", 1), 1);
  assert_true(evidence_withdraw(&f->c, id, "blurred"));
  assert_int_equal(evidence_count(&f->c, "thing", 1), 0);
  assert_false(evidence_withdraw(&f->c, id, "again"));
  assert_int_equal(f->c.error.kind, ERROR_CONFLICT);
}

static void abandoned_files_are_swept_up_and_named_ones_stay(void **state) {
  Fixture *f = *state;
  int64_t removed;
  Upload upload;
  keep_file(f, "proof.txt", "hello", 0);
  int fd = open("/proc/self/exe", O_RDONLY);
  assert_true(store_receive_fd(&f->c, fd, "lost", &upload));
  assert_true(store_keep(&f->c, &upload));
  lseek(fd, 0, SEEK_SET);
  assert_true(store_receive_fd(&f->c, fd, "half", &upload));
  close(fd);
  assert_true(store_clean(&f->c, 3600, &removed));
  assert_int_equal(removed, 0);
  assert_true(store_clean(&f->c, 0, &removed));
  assert_int_equal(removed, 2);
  open_other(f);
  assert_int_equal(problems(f, NULL, 0), 0);
}

static void freshness_is_read_off_the_dates(void **state) {
  (void)state;
  const Date none = DATE_NONE, added = date_make(2026, 1, 10), taken = date_make(2026, 1, 5);
  assert_int_equal(evidence_speaks_until(none, none, added).days, added.days);
  assert_int_equal(evidence_speaks_until(none, taken, added).days, taken.days);
  assert_int_equal(evidence_speaks_until(date_make(2025, 12, 31), taken, added).days,
                   date_make(2025, 12, 31).days);
  assert_int_equal(evidence_freshness(taken, 12, date_make(2026, 6, 1)), EVIDENCE_FRESH);
  assert_int_equal(evidence_freshness(taken, 12, date_make(2026, 11, 7)), EVIDENCE_AGEING);
  assert_int_equal(evidence_freshness(taken, 12, date_make(2027, 1, 5)), EVIDENCE_AGEING);
  assert_int_equal(evidence_freshness(taken, 12, date_make(2027, 1, 6)), EVIDENCE_STALE);
}

static void a_backup_restores_and_a_changed_one_is_refused(void **state) {
  Fixture *f = *state;
  char path[128], target[128];
  BackupDone done;
  RestoreDone restored;
  open_other(f);
  assert_true(move_activity(&f->c, 1, "because"));
  keep_file(f, "proof.txt", "restored in 4 minutes", 1);
  keep_file(f, "second.txt", "and again", 0);
  snprintf(path, sizeof path, "%s/backup.tar", f->folder);
  snprintf(target, sizeof target, "%s/new.db", f->folder);
  if (!backup_write(&f->c, path, &done)) fail_msg("%s", f->c.error.message);
  assert_int_equal(done.files, 2);
  Report *report = report_create();
  const VerifyOptions options = {0};
  assert_true(verify_file(&f->c, path, &options, report));
  if (!report_is_whole(report)) fail_msg("%s", report_first(report, f->c.arena));
  assert_true(backup_restore(&f->c, path, target, report, &restored));
  assert_null(restored.aside);
  report_destroy(report);
  FILE *file = fopen(path, "r+");
  assert_non_null(file);
  assert_int_equal(fseek(file, -6000, SEEK_END), 0); // inside the last evidence or the list
  for (int i = 0; i < 2000; i++) {
    int byte = fgetc(file);
    fseek(file, -1, SEEK_CUR);
    fputc(byte ^ 1, file);
    fflush(file);
  }
  assert_int_equal(fclose(file), 0);
  report = report_create();
  assert_false(backup_restore(&f->c, path, target, report, &restored));
  assert_int_equal(f->c.error.kind, ERROR_DENIED);
  report_destroy(report);
}

static void a_pack_verifies_with_and_without_personal_values(void **state) {
  Fixture *f = *state;
  char path[128];
  PackDone done;
  assert_true(move_activity(&f->c, 1, "because"));
  keep_file(f, "proof.txt", "restored in 4 minutes", 1);
  snprintf(path, sizeof path, "%s/pack.tar", f->folder);
  for (int personal = 0; personal < 2; personal++) {
    if (!pack_write(&f->c, "nordwind", path, personal, &done)) fail_msg("%s", f->c.error.message);
    assert_int_equal(done.files, 1);
    assert_int_equal(done.entries, 4);
    Report *report = report_create();
    const VerifyOptions options = {0};
    assert_true(verify_file(&f->c, path, &options, report));
    if (!report_is_whole(report)) fail_msg("%s", report_first(report, f->c.arena));
    report_destroy(report);
  }
}

int main(void) {
#define EACH(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      EACH(what_was_written_verifies),
      EACH(two_entries_in_one_transaction_follow_each_other),
      EACH(a_transaction_over_two_organisations_signs_both),
      EACH(an_inner_rollback_keeps_the_outer_entries_signed),
      EACH(the_ledger_wants_a_transaction),
      EACH(what_rolls_back_leaves_no_trace),
      EACH(the_ledger_refuses_changes),
      EACH(tampering_in_the_database_is_found),
      EACH(an_erased_value_is_gone_and_the_chain_is_whole),
      EACH(a_damaged_evidence_file_is_named),
      EACH(evidence_stays_within_its_organisation),
      EACH(evidence_counts_until_it_is_withdrawn),
      EACH(abandoned_files_are_swept_up_and_named_ones_stay),
      EACH(freshness_is_read_off_the_dates),
      EACH(a_backup_restores_and_a_changed_one_is_refused),
      EACH(a_pack_verifies_with_and_without_personal_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
