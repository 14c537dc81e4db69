// SPDX-License-Identifier: Apache-2.0
// Start, gate and end of an audit.
#include "audits/audit_work.h"

#include "audits/audits.h"
#include "audits/checklist.h"
#include "diary/activity.h"
#include "ledger/evidence.h"

#include <string.h>

// ---- start ----

static bool team_is_there(Context *c, int64_t audit) {
  SqlAuditMembersRows rows = sql_audit_members(c, (SqlAuditMembers){.audit = audit});
  for (size_t i = 0; i < rows.count; i++)
    if (instant_is_none(rows.items[i].left_at) && !text_equal(rows.items[i].part, "observer"))
      return true;
  return false;
}

static bool may_start(Context *c, const Audit *audit) {
  if (audit->external) return true;
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = audit->id});
  if (text_is_empty(audit->objective)) invalid(c, "start", _("Write down the objective first."));
  if (text_is_empty(audit->criteria)) invalid(c, "start", _("Write down the criteria first."));
  if (areas.count == 0) invalid(c, "start", _("The scope is empty: add what is audited."));
  if (!team_is_there(c, audit->id)) invalid(c, "start", _("Nobody audits: name an auditor."));
  if (!context_ok(c)) return false;
  Biases biases = {0};
  return audit_biases(c, audit->id, 0, 0, &biases) && audit_refuse_biases(c, "start", &biases);
}

bool audit_start(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  if (!instant_is_none(audit.started)) return true;
  if (!may_start(c, &audit)) return false;
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = id});
  int64_t added = 0;
  if (items.count == 0 && !audit.external && !checklist_draw(c, id, &added)) return false;
  if (!activity_start(c, audit.activity, 0)) return false;
  sql_audit_set_started(c, (SqlAuditSetStarted){.id = id});
  return ledger_write(ledger_entry(c, "audit.started", "audit", id)) && transaction_commit(&tx);
}

// ---- gate ----

static void gap(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

static void gap_items(Context *c, const Audit *audit, const SqlAuditItemsRows *items, Gaps *gaps) {
  enum { NAMED = 6 };
  int64_t open = 0;
  Text names;
  text_init(&names, c->arena);
  for (size_t i = 0; i < items->count; i++) {
    const SqlAuditItemsRow *item = &items->items[i];
    if (item->result != RESULT_OPEN) continue;
    if (++open <= NAMED)
      text_add_format(&names, "%s%s", open > 1 ? ", " : "",
                      item->ref[0] != '\0' ? item->ref : item->title);
  }
  if (items->count == 0 && !audit->external)
    gap(c, gaps, _("The checklist is empty."), _("Draw it from the scope, then assess each item."));
  if (open > 0)
    gap(c, gaps,
        text_format(c->arena, _("%lld of %zu items are not assessed: %s%s."), (long long)open,
                    items->count, names.data, open > NAMED ? ", …" : ""),
        _("Assess each, or mark it not applicable with the reason."));
}

static bool has_finding(const SqlAuditFindingsRows *findings, int64_t item) {
  for (size_t i = 0; i < findings->count; i++) {
    const SqlAuditFindingsRow *f = &findings->items[i];
    if (f->item == item && f->withdrawn[0] == '\0' &&
        grade_is_nonconformity((FindingGrade)f->grade))
      return true;
  }
  return false;
}

static void gap_findings(Context *c, const SqlAuditItemsRows *items,
                         const SqlAuditFindingsRows *findings, Gaps *gaps) {
  for (size_t i = 0; i < items->count; i++) {
    const SqlAuditItemsRow *item = &items->items[i];
    if (item->result == RESULT_NONCONFORMITY && !has_finding(findings, item->id))
      gap(c, gaps,
          text_format(c->arena, _("%s is a nonconformity without a finding."),
                      item->ref[0] != '\0' ? item->ref : item->title),
          _("Write the finding: criterion, evidence, statement, grade."));
  }
  for (size_t i = 0; i < findings->count; i++) {
    const SqlAuditFindingsRow *f = &findings->items[i];
    if (f->withdrawn[0] != '\0' || !grade_is_nonconformity((FindingGrade)f->grade)) continue;
    if (f->owner_person == 0 && f->owner_position == 0)
      gap(c, gaps, text_format(c->arena, _("“%s” has no owner."), f->title),
          _("Say who corrects it."));
    if (date_is_none(f->due))
      gap(c, gaps, text_format(c->arena, _("“%s” has no due date."), f->title),
          _("Agree until when it is corrected."));
  }
}

bool audit_gaps(Context *c, int64_t id, Gaps *gaps) {
  Audit audit;
  if (!audit_get(c, id, &audit)) return false;
  if (instant_is_none(audit.started))
    gap(c, gaps, _("The audit was not started."),
        _("Start it: independence is looked at again then."));
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = id});
  SqlAuditFindingsRows findings = sql_audit_findings(c, (SqlAuditFindings){.audit = id});
  gap_items(c, &audit, &items, gaps);
  gap_findings(c, &items, &findings, gaps);
  if (instant_is_none(audit.issued))
    gap(c, gaps, _("The report is not issued."), _("Issue it to the management concerned."));
  return context_ok(c);
}

// The activity's own door asks the same, of whichever room it is; without an audit's record the
// diary's gate is enough.
bool audit_gate(Context *c, int64_t activity, Gaps *gaps) {
  SqlAuditOfActivityRow row;
  if (!sql_audit_of_activity(c, (SqlAuditOfActivity){.activity = activity}, &row))
    return context_ok(c);
  return audit_gaps(c, row.id, gaps);
}

// ---- end ----

bool audit_summarise(Context *c, int64_t id, const char *summary) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  if (text_is_empty(summary)) return invalid(c, "summary", _("Say what the audit came to."));
  sql_audit_set_summary(c, (SqlAuditSetSummary){.id = id, .summary = summary});
  LedgerEntry *entry = ledger_entry(c, "audit.summarised", "audit", id);
  ledger_personal(entry, "summary", summary);
  return ledger_write(entry) && audit_tell_search(c, id) && transaction_commit(&tx);
}

static bool refuse_gaps(Context *c, const Gaps *gaps) {
  for (size_t i = 0; i < gaps->count; i++)
    invalid(c, "conclude", "%s %s", gaps->items[i].what, gaps->items[i].how);
  return context_ok(c);
}

// What the record shows need not be ticked by hand; what people added to the list, they tick.
static bool tick_usual(Context *c, const ActivityDetail *detail) {
  for (size_t i = 0; i < detail->items.count; i++) {
    const ActivityItem *item = &detail->items.items[i];
    bool usual = false;
    for (size_t k = 0; audits_room.checklist[k] != NULL; k++)
      usual = usual || text_equal(item->text, audits_room.checklist[k]);
    if (usual && item->state == ITEM_OPEN && !activity_item_set(c, item->id, ITEM_DONE, ""))
      return false;
  }
  return true;
}

static bool link_evidence(Context *c, const Audit *audit) {
  SqlAuditEvidenceLinksRows rows =
      sql_audit_evidence_links(c, (SqlAuditEvidenceLinks){.audit = audit->id});
  for (size_t i = 0; i < rows.count; i++)
    if (!evidence_link(c, rows.items[i].evidence, "activity", audit->activity)) return false;
  return context_ok(c);
}

static Date last_day(Context *c, const SqlAuditItemsRows *items, Instant started) {
  Instant last = started;
  for (size_t i = 0; i < items->count; i++)
    if (!instant_is_none(items->items[i].assessed) && items->items[i].assessed.us > last.us)
      last = items->items[i].assessed;
  Date day = instant_is_none(last) ? c->today : zone_date(c->zone, last, NULL);
  return date_compare(day, c->today) > 0 ? c->today : day;
}

static const char *result_words(Context *c, const Audit *audit, const SqlAuditItemsRows *items) {
  if (!text_is_empty(audit->summary)) return audit->summary;
  SqlAuditFindingsRows findings = sql_audit_findings(c, (SqlAuditFindings){.audit = audit->id});
  int64_t count[GRADE_COUNT] = {0};
  for (size_t i = 0; i < findings.count; i++)
    if (findings.items[i].withdrawn[0] == '\0' && findings.items[i].grade < GRADE_COUNT)
      count[findings.items[i].grade]++;
  return text_format(c->arena,
                     _("%zu items assessed: %lld major and %lld minor nonconformities, %lld "
                       "observations, %lld opportunities, %lld conformities noted"),
                     items->count, (long long)count[GRADE_MAJOR], (long long)count[GRADE_MINOR],
                     (long long)count[GRADE_OBSERVATION], (long long)count[GRADE_OPPORTUNITY],
                     (long long)count[GRADE_CONFORMITY]);
}

static bool conclude_activity(Context *c, const Audit *audit) {
  ActivityDetail detail;
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = audit->id});
  if (!activity_detail(c, audit->activity, &detail)) return false;
  if (!tick_usual(c, &detail) || !link_evidence(c, audit)) return false;
  ActivityResult result = {.activity = audit->activity,
                           .held_on = last_day(c, &items, audit->started),
                           .result = result_words(c, audit, &items)};
  bool recorded = !date_is_none(detail.activity.held_on) && !text_is_empty(detail.activity.result);
  return (recorded || activity_record(c, &result)) && activity_conclude(c, audit->activity, 0);
}

bool audit_conclude(Context *c, int64_t id, int64_t version) {
  TRANSACTION(c, tx);
  Audit audit;
  Gaps gaps = {0};
  if (!audit_load_open(c, id, version, &audit) || !audit_gaps(c, id, &gaps) ||
      !refuse_gaps(c, &gaps))
    return false;
  bool again = audit.state == AUDIT_REOPENED;
  if (!again && !conclude_activity(c, &audit)) return false;
  if (again) sql_audit_set_open_again(c, (SqlAuditSetOpenAgain){.id = id, .open_again = false});
  LedgerEntry *entry = ledger_entry(c, "audit.concluded", "audit", id);
  if (again) ledger_int(entry, "open_again", 1, 0);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_reopen(Context *c, int64_t id, const char *reason) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_get(c, id, &audit)) return false;
  if (audit.state != AUDIT_CONCLUDED)
    return conflict(c, _("“%s” is not concluded: nothing has to be reopened."), audit.title);
  if (text_is_empty(reason))
    return invalid(c, "reason", _("Say why; the reason stays on the audit for ever."));
  sql_audit_set_open_again(c, (SqlAuditSetOpenAgain){.id = id, .open_again = true});
  sql_audit_set_issued(c, (SqlAuditSetIssued){.id = id, .issued = INSTANT_NONE});
  sql_audit_note_insert(c, (SqlAuditNoteInsert){.audit = id, .kind = "reopened", .body = reason});
  LedgerEntry *entry = ledger_entry(c, "audit.reopened", "audit", id);
  ledger_int(entry, "open_again", 0, 1);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}
