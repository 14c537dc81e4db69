// SPDX-License-Identifier: Apache-2.0
// Findings as the auditors write them, and the report that carries them to management.
#include "audits/audit_work.h"

#include "audits/checklist.h"
#include "diary/activity.h"

#include <sodium.h>
#include <string.h>

static bool finding_is_sound(Context *c, const AuditFinding *f) {
  if ((unsigned)f->grade > GRADE_CONFORMITY)
    invalid(c, "grade", _("Grade it: major, minor, observation, opportunity or conformity."));
  if (text_is_empty(f->title)) invalid(c, "title", _("Give it a short title."));
  if (text_is_empty(f->criterion))
    invalid(c, "criterion", _("Say against which clause, control or rule it was found."));
  if (text_is_empty(f->evidence)) invalid(c, "evidence", _("Say what was seen, where and when."));
  if (text_is_empty(f->statement))
    invalid(c, "statement", _("State it in one or two sentences that stand alone."));
  if (f->owner.person != 0 && f->owner.position != 0)
    invalid(c, "owner", _("Name a person or a position, one of the two."));
  return context_ok(c);
}

static void finding_tell(LedgerEntry *entry, const AuditFinding *f) {
  ledger_number(entry, "audit", f->audit);
  ledger_number(entry, "grade", f->grade);
  ledger_personal(entry, "title", f->title);
  ledger_personal(entry, "criterion", f->criterion);
  ledger_personal(entry, "evidence", f->evidence);
  ledger_personal(entry, "statement", f->statement);
  ledger_number(entry, "owner_person", f->owner.person);
  ledger_number(entry, "owner_position", f->owner.position);
  if (!date_is_none(f->due)) ledger_day(entry, "due", f->due);
}

static bool finding_load(Context *c, int64_t id, SqlAuditFindingGetRow *row, Audit *audit) {
  if (!sql_audit_finding_get(c, (SqlAuditFindingGet){.id = id}, row))
    return context_ok(c) ? not_found(c, _("There is no such finding in an audit.")) : false;
  return audit_load_open(c, row->audit, 0, audit);
}

static bool finding_add(Context *c, const AuditFinding *f, int64_t *id) {
  Audit audit;
  if (!audit_load_open(c, f->audit, 0, &audit)) return false;
  if (instant_is_none(audit.started))
    return conflict(c, _("“%s” has not been started: nothing can have been found."), audit.title);
  SqlAuditItemGetRow item;
  if (f->item != 0 &&
      (!sql_audit_item_get(c, (SqlAuditItemGet){.id = f->item}, &item) || item.audit != f->audit))
    return context_ok(c) ? not_found(c, _("There is no such item on this checklist.")) : false;
  *id = sql_audit_finding_insert(c, (SqlAuditFindingInsert){.audit = f->audit,
                                                            .item = f->item,
                                                            .grade = f->grade,
                                                            .title = f->title,
                                                            .criterion = f->criterion,
                                                            .evidence = f->evidence,
                                                            .statement = f->statement,
                                                            .owner_person = f->owner.person,
                                                            .owner_position = f->owner.position,
                                                            .due = f->due});
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "audit_finding.written", "audit_finding", *id);
  finding_tell(entry, f);
  return ledger_write(entry);
}

static bool finding_change(Context *c, const AuditFinding *f) {
  SqlAuditFindingGetRow row;
  Audit audit;
  if (!finding_load(c, f->id, &row, &audit)) return false;
  if (row.finding != 0)
    return conflict(c, _("“%s” stands in the improvement register: go on with it there."),
                    row.title);
  SqlAuditFindingSet set = {.id = f->id,
                            .version = f->version != 0 ? f->version : row.version,
                            .grade = f->grade,
                            .title = f->title,
                            .criterion = f->criterion,
                            .evidence = f->evidence,
                            .statement = f->statement,
                            .owner_person = f->owner.person,
                            .owner_position = f->owner.position,
                            .due = f->due};
  if (sql_audit_finding_set(c, set) != 1)
    return context_ok(c) ? conflict(c,
                                    _("Somebody changed “%s” meanwhile: it says now “%s”. "
                                      "Put the two together and save again."),
                                    row.title, row.statement)
                         : false;
  LedgerEntry *entry = ledger_entry(c, "audit_finding.changed", "audit_finding", f->id);
  finding_tell(entry, f);
  return ledger_write(entry);
}

// What changes after the report needs the report anew.
static bool report_outdated(Context *c, int64_t audit) {
  return sql_audit_set_issued(c, (SqlAuditSetIssued){.id = audit, .issued = INSTANT_NONE}) >= 0;
}

bool audit_finding_put(Context *c, const AuditFinding *f, int64_t *id) {
  TRANSACTION(c, tx);
  if (!finding_is_sound(c, f)) return false;
  *id = f->id;
  bool done = f->id == 0 ? finding_add(c, f, id) : finding_change(c, f);
  return done && report_outdated(c, f->audit) && transaction_commit(&tx);
}

bool audit_finding_answer(Context *c, int64_t id, bool agreed, const char *said) {
  TRANSACTION(c, tx);
  SqlAuditFindingGetRow row;
  Audit audit;
  if (!finding_load(c, id, &row, &audit)) return false;
  if (!agreed && text_is_empty(said))
    return invalid(c, "words", _("Write down what they disagree with, in their own words."));
  const char *answer_words = text_is_empty(said) ? "" : said;
  sql_audit_finding_answer(
      c, (SqlAuditFindingAnswer){.id = id, .answer = agreed ? 1 : 2, .words = answer_words});
  LedgerEntry *entry = ledger_entry(c, "audit_finding.answered", "audit_finding", id);
  ledger_int(entry, "answer", row.answer, agreed ? 1 : 2);
  ledger_personal(entry, "answer_words", answer_words);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_finding_withdraw(Context *c, int64_t id, const char *reason) {
  TRANSACTION(c, tx);
  SqlAuditFindingGetRow row;
  Audit audit;
  if (!finding_load(c, id, &row, &audit)) return false;
  if (text_is_empty(reason)) return invalid(c, "reason", _("Say why it is withdrawn."));
  if (row.finding != 0)
    return conflict(c, _("“%s” stands in the improvement register: go on with it there."),
                    row.title);
  sql_audit_finding_withdraw(c, (SqlAuditFindingWithdraw){.id = id, .reason = reason});
  LedgerEntry *entry = ledger_entry(c, "audit_finding.withdrawn", "audit_finding", id);
  ledger_personal(entry, "withdrawn", reason);
  return ledger_write(entry) && report_outdated(c, row.audit) && transaction_commit(&tx);
}

// ---- into the improvement register ----

static const char *area_words(Context *c, const SqlAuditFindingGetRow *f) {
  SqlAuditItemGetRow item = {0};
  if (f->item == 0 || !sql_audit_item_get(c, (SqlAuditItemGet){.id = f->item}, &item)) return "";
  return item.area_title;
}

static bool raise(Context *c, const Audit *audit, int64_t id) {
  SqlAuditFindingGetRow f = {0};
  if (!sql_audit_finding_get(c, (SqlAuditFindingGet){.id = id}, &f)) return false;
  if (f.finding != 0 || f.withdrawn[0] != '\0') return true;
  bool own = audit->kind == AUDIT_INTERNAL;
  FindingRaise what = {.title = f.title,
                       .statement = f.statement,
                       .criterion = f.criterion,
                       .evidence = f.evidence,
                       .grade = (FindingGrade)f.grade,
                       .source = own ? "audit" : "external_audit",
                       .source_object = audit->id,
                       .source_title = audit->title,
                       .source_place = text_format(c->arena, "/audits/%lld", (long long)audit->id),
                       .activity = audit->activity,
                       .area = area_words(c, &f),
                       .owner = {.person = f.owner_person, .position = f.owner_position},
                       .raised = c->today,
                       .due = f.due};
  int64_t finding;
  if (!finding_raise(c, &what, &finding)) return false;
  sql_audit_finding_raised(c, (SqlAuditFindingRaised){.id = id, .finding = finding});
  LedgerEntry *entry = ledger_entry(c, "audit_finding.raised", "audit_finding", id);
  ledger_number(entry, "finding", finding);
  return ledger_write(entry);
}

bool audit_finding_raise(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  SqlAuditFindingGetRow row;
  Audit audit;
  return finding_load(c, id, &row, &audit) && raise(c, &audit, id) && transaction_commit(&tx);
}

// ---- the report ----

static void hash_text(crypto_hash_sha256_state *state, const char *text) {
  crypto_hash_sha256_update(state, (const uint8_t *)text, strlen(text) + 1);
}

static void hash_number(crypto_hash_sha256_state *state, Context *c, int64_t number) {
  hash_text(state, text_format(c->arena, "%lld", (long long)number));
}

bool audit_report_hash(Context *c, int64_t id, char hex[65]) {
  Audit a;
  if (!audit_get(c, id, &a)) return false;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  const char *const plan[] = {a.title, a.objective, a.criteria, a.scope, a.method, a.summary};
  for (size_t i = 0; i < COUNT_OF(plan); i++) hash_text(&state, plan[i]);
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = id});
  for (size_t i = 0; i < items.count; i++) {
    hash_text(&state, items.items[i].ref);
    hash_text(&state, items.items[i].title);
    hash_number(&state, c, items.items[i].result);
    hash_text(&state, items.items[i].note);
  }
  SqlAuditFindingsRows findings = sql_audit_findings(c, (SqlAuditFindings){.audit = id});
  for (size_t i = 0; i < findings.count; i++) {
    const SqlAuditFindingsRow *f = &findings.items[i];
    const char *const parts[] = {f->title, f->criterion, f->evidence, f->statement, f->withdrawn};
    hash_number(&state, c, f->grade);
    for (size_t k = 0; k < COUNT_OF(parts); k++) hash_text(&state, parts[k]);
  }
  uint8_t digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, digest);
  sodium_bin2hex(hex, 65, digest, sizeof digest);
  return context_ok(c);
}

static bool may_issue(Context *c, const Audit *audit, size_t people) {
  if (instant_is_none(audit->started))
    return conflict(c, _("“%s” has not been started: there is nothing to report."), audit->title);
  if (people == 0)
    invalid(c, "people", _("Name at least one of management to whom the report goes."));
  if (text_is_empty(audit->summary))
    invalid(c, "summary", _("Write the conclusion first: what did the audit come to?"));
  SqlAuditFindingsRows findings = sql_audit_findings(c, (SqlAuditFindings){.audit = audit->id});
  for (size_t i = 0; i < findings.count; i++) {
    const SqlAuditFindingsRow *f = &findings.items[i];
    if (f->withdrawn[0] == '\0' && f->answer == 0 && !audit->external &&
        grade_is_nonconformity((FindingGrade)f->grade))
      invalid(c, "people",
              _("“%s” was not put to the auditee: record that they agree, or with what they "
                "disagree."),
              f->title);
  }
  return context_ok(c);
}

static bool send_to(Context *c, const Audit *audit, int64_t report, int64_t number,
                    const int64_t *people, size_t count) {
  for (size_t i = 0; i < count; i++) {
    SqlAuditPersonRow person;
    if (!audit_known_person(c, "people", people[i], &person)) return false;
    sql_audit_recipient_insert(c, (SqlAuditRecipientInsert){.report = report, .person = people[i]});
    if (!audit_mail_report(c, audit, number, people[i])) return false;
  }
  return context_ok(c);
}

static int by_number(const void *a, const void *b) {
  const SqlAuditRecipientsRow *x = a, *y = b;
  return x->person < y->person ? -1 : x->person > y->person;
}

// "3 7 9"
static const char *people_words(Context *c, SqlAuditRecipientsRows *sent) {
  Text people;
  text_init(&people, c->arena);
  qsort(sent->items, sent->count, sizeof *sent->items, by_number);
  for (size_t i = 0; i < sent->count; i++)
    text_add_format(&people, "%s%lld", i > 0 ? " " : "", (long long)sent->items[i].person);
  return people.data;
}

bool audit_issue(Context *c, int64_t id, const int64_t *people, size_t count) {
  TRANSACTION(c, tx);
  Audit audit;
  char hash[65];
  if (!audit_load_open(c, id, 0, &audit) || !may_issue(c, &audit, count)) return false;
  SqlAuditFindingsRows findings = sql_audit_findings(c, (SqlAuditFindings){.audit = id});
  for (size_t i = 0; i < findings.count; i++)
    if (!raise(c, &audit, findings.items[i].id)) return false;
  if (!audit_report_hash(c, id, hash)) return false;
  SqlAuditReportLastRow last = {0};
  sql_audit_report_last(c, (SqlAuditReportLast){.audit = id}, &last);
  int64_t report = sql_audit_report_insert(
      c, (SqlAuditReportInsert){.audit = id, .number = last.number + 1, .hash = hash});
  if (report <= 0 || !send_to(c, &audit, report, last.number + 1, people, count)) return false;
  sql_audit_set_issued(c, (SqlAuditSetIssued){.id = id, .issued = c->now});
  LedgerEntry *entry = ledger_entry(c, "audit.report_issued", "audit", id);
  ledger_number(entry, "number", last.number + 1);
  ledger_value(entry, "report_hash", hash);
  SqlAuditRecipientsRows sent = sql_audit_recipients(c, (SqlAuditRecipients){.report = report});
  ledger_number(entry, "recipients", (int64_t)sent.count);
  ledger_value(entry, "people", people_words(c, &sent));
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_acknowledge(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  Audit audit;
  SqlAuditReportLastRow last;
  if (!audit_get(c, id, &audit)) return false;
  if (!sql_audit_report_last(c, (SqlAuditReportLast){.audit = id}, &last))
    return context_ok(c) ? conflict(c, _("No report was issued yet.")) : false;
  SqlAuditRecipientRead read = {.report = last.id, .person = c->actor};
  if (sql_audit_recipient_read(c, read) != 1)
    return context_ok(c) ? conflict(c, _("The report was not sent to you, or you said so already."))
                         : false;
  LedgerEntry *entry = ledger_entry(c, "audit.report_read", "audit", id);
  ledger_number(entry, "number", last.number);
  ledger_number(entry, "person", c->actor);
  return ledger_write(entry) && transaction_commit(&tx);
}
