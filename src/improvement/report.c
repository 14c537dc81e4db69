// SPDX-License-Identifier: Apache-2.0
#include "improvement/report.h"

#include "db/db.h"
#include "improvement/report.sql.h"
#include "improvement/work.h"
#include "ledger/evidence.h"
#include "org/org.h"
#include "org/secret.h"
#include "org/session.h"

#include <string.h>

#define HOUR (INT64_C(3600) * 1000000)

enum { LABEL_MOST = 100 };

// ---- addresses ----

bool report_link_create(Context *c, const char *label, const char **secret, int64_t *id) {
  if (text_is_empty(label))
    return invalid(c, "label",
                   _("Say where the address will hang or stand: “Poster in the "
                     "canteen”."));
  if (strlen(label) > LABEL_MOST)
    return invalid(c, "label", _("At most %d characters."), LABEL_MOST);
  TRANSACTION(c, tx);
  *secret = secret_create(c->arena);
  *id = sql_report_link_add(
      c, (SqlReportLinkAdd){.hash = secret_hash(c->arena, *secret), .label = label});
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "report_link.created", "report_link", *id);
  ledger_value(entry, "label", label);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool report_link_revoke(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  if (sql_report_link_revoke(c, (SqlReportLinkRevoke){.id = id}) != 1)
    return context_ok(c) && not_found(c, _("There is no such address, or it was revoked already."));
  return ledger_write(ledger_entry(c, "report_link.revoked", "report_link", id)) &&
         transaction_commit(&tx);
}

bool report_link_find(Context *c, const char *secret, ReportLink *out) {
  SqlReportLinkByHashRow row;
  SqlReportLinkByHash by = {.hash = secret_hash(c->arena, secret)};
  if (strlen(secret) != SESSION_SECRET_LENGTH || !sql_report_link_by_hash(c, by, &row))
    return context_ok(c) &&
           not_found(c, _("This address does not lead anywhere any more. Ask whoever gave it to "
                          "you for the new one."));
  c->org = row.org;
  c->actor = 0;
  c->zone = zone_find(row.org_zone) != NULL ? zone_find(row.org_zone) : zone_find("UTC");
  c->today = zone_date(c->zone, c->now, NULL);
  *out = (ReportLink){
      .id = row.id, .org = row.org, .org_name = row.org_name, .label = row.label, .secret = secret};
  return true;
}

// ---- how much in an hour ----

static bool count_one(Context *c, const char *what, int64_t most) {
  SqlReportCountRow row = {0};
  const char *bucket = secret_passing(c->arena, what); // who reported is in no database
  bool known = sql_report_count(c, (SqlReportCount){.bucket = bucket}, &row);
  bool lately = known && c->now.us - row.since.us < HOUR;
  if (lately && row.reports >= most)
    return fail_with(c, ERROR_TOO_MANY,
                     _("That was a lot in a short time. Please come back in an hour; what is "
                       "urgent, say to somebody in person."));
  sql_report_count_put(c, (SqlReportCountPut){.bucket = bucket,
                                              .reports = lately ? row.reports + 1 : 1,
                                              .since = lately ? row.since : c->now});
  return context_ok(c);
}

// Counted before anything is kept, and kept even if the report is refused afterwards.
static bool count_report(Context *c, const Report *report) {
  TRANSACTION(c, tx);
  const char *sender =
      report->link == NULL
          ? text_format(c->arena, "report person %lld %lld", (long long)c->org, (long long)c->actor)
          : text_format(c->arena, "report %s %s", report->link->secret, words_of(report->client));
  bool counted =
      count_one(c, sender, report->link == NULL ? REPORTS_PER_PERSON : REPORTS_PER_SENDER);
  if (counted && report->link != NULL)
    counted = count_one(c, text_format(c->arena, "report link %s", report->link->secret),
                        REPORTS_PER_LINK);
  if (counted) sql_report_count_sweep(c, (SqlReportCountSweep){.before = {c->now.us - 24 * HOUR}});
  return counted && transaction_commit(&tx);
}

// ---- a report becomes a finding that nobody has graded yet ----

static bool tell_manager(Context *c, int64_t finding, const char *title) {
  Facts facts = {0};
  if (!org_facts(c, &facts)) return false;
  ImprovementNews news = {.what = "finding.reported",
                          .finding = finding,
                          .to = {.person = facts.security_manager},
                          .title = title,
                          .place = finding_place(c, finding),
                          .due = DATE_NONE};
  return facts.security_manager == 0 || improvement_tell(c, &news);
}

static bool raise(Context *c, const Report *report, const char *title, int64_t *id) {
  bool named = !text_is_empty(report->name);
  FindingRaise what = {.title = title,
                       .statement = report->words,
                       .grade = report->wrong ? GRADE_OBSERVATION : GRADE_IDEA,
                       .source = "report",
                       .source_object = report->link == NULL ? 0 : report->link->id,
                       .source_title =
                           report->link != NULL
                               ? text_format(c->arena, _("Reported: %s"), report->link->label)
                           : named ? text_format(c->arena, _("Reported by %s"), report->name)
                                   : _("Reported"),
                       .area = report->where,
                       .reporter = report->name,
                       .unsorted = true};
  TRANSACTION(c, tx);
  if (!finding_raise(c, &what, id) || !tell_manager(c, *id, title)) return false;
  if (report->link != NULL) sql_report_link_used(c, (SqlReportLinkUsed){.id = report->link->id});
  return transaction_commit(&tx);
}

static bool keep_file(Context *c, const Upload *file, int64_t finding) {
  int64_t evidence;
  if (file == NULL || file->size == 0) return true;
  EvidenceAbout about = {.source = _("Came with the report"),
                         .taken_on = DATE_NONE,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = "finding",
                         .object = finding};
  return evidence_add(c, file, &about, &evidence);
}

bool report_take(Context *c, const Report *report, int64_t *id) {
  SqlReportSameRow same;
  *id = 0;
  if (!text_is_empty(report->trap)) return true;
  if (!title_is_sound(c, report->title) || !count_report(c, report)) return false;
  const char *title = text_trim(c->arena, report->title);
  SqlReportSame find = {.title = title, .statement = words_of(report->words)};
  if (sql_report_same(c, find, &same) || !context_ok(c)) return context_ok(c);
  const int64_t actor = c->actor;
  if (report->anonymous) c->actor = 0; // the ledger does not know either
  bool taken = raise(c, report, title, id) && keep_file(c, report->file, *id);
  c->actor = actor;
  return taken;
}

static bool unname(Context *c, const SqlReportNamedRow *row) {
  const char *title = row->linked ? NULL : _("Reported");
  if (sql_report_unname(c, (SqlReportUnname){.id = row->id, .source_title = title}) != 1)
    return false;
  LedgerEntry *entry = ledger_entry(c, "personal.erased", "finding", row->id);
  ledger_number(entry, "values", sql_report_forget_heard(c, (SqlReportForgetHeard){.id = row->id}));
  return ledger_write(entry) && finding_in_search(c, row->id);
}

bool report_forget(Context *c, int64_t person, const char *name) {
  SqlReportNamedRows rows = sql_report_named(c, (SqlReportNamed){.person = person, .name = name});
  for (size_t i = 0; i < rows.count; i++)
    if (!unname(c, &rows.items[i])) return false;
  return context_ok(c);
}
