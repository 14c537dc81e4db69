// SPDX-License-Identifier: Apache-2.0
// The audit's own row: made from an activity or ad hoc, its plan, and how it stands.
#include "audits/audit_work.h"

#include "diary/activity.h"
#include "registers/registers.h"

enum { LEAD_DAYS = 21, TOLERANCE_DAYS = 14, DAY_MINUTES = 8 * 60, MORNING = 9 * 60 };

static const struct {
  const char *name, *title;
} KINDS[AUDIT_KIND_COUNT] = {{"internal", N_("Internal audit")},
                             {"certification", N_("Certification audit")},
                             {"surveillance", N_("Surveillance audit")},
                             {"supplier", N_("Audit of a supplier")},
                             {"customer", N_("Audit by a customer")}};
static const struct {
  const char *name, *title;
} STATES[] = {{"planned", N_("Planned")},
              {"under_way", N_("Under way")},
              {"concluded", N_("Concluded")},
              {"cancelled", N_("Cancelled")},
              {"reopened", N_("Reopened")}};

const char *audit_kind_name(AuditKind kind) {
  return KINDS[kind].name;
}
const char *audit_kind_title(AuditKind kind) {
  return _(KINDS[kind].title);
}
const char *audit_state_name(AuditState state) {
  return STATES[state].name;
}
const char *audit_state_title(AuditState state) {
  return _(STATES[state].title);
}

bool audit_kind_parse(const char *name, AuditKind *out) {
  for (int i = 0; i < AUDIT_KIND_COUNT; i++)
    if (text_equal(KINDS[i].name, name)) {
      *out = (AuditKind)i;
      return true;
    }
  return false;
}

// Concluded is what the diary says: one truth, whichever door it was concluded by.
static AuditState state_of(const SqlAuditGetRow *row) {
  if (row->state == STATE_CANCELLED) return AUDIT_CANCELLED;
  if (row->state == STATE_CONCLUDED) return row->open_again ? AUDIT_REOPENED : AUDIT_CONCLUDED;
  return instant_is_none(row->started) ? AUDIT_PLANNED : AUDIT_UNDER_WAY;
}

bool audit_get(Context *c, int64_t id, Audit *out) {
  SqlAuditGetRow row;
  if (!sql_audit_get(c, (SqlAuditGet){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such audit.")) : false;
  AuditKind kind = AUDIT_INTERNAL;
  audit_kind_parse(row.kind, &kind);
  AuditState state = state_of(&row);
  *out = (Audit){.id = row.id,
                 .activity = row.activity,
                 .version = row.version,
                 .kind = kind,
                 .state = state,
                 .title = row.title,
                 .objective = row.objective,
                 .criteria = row.criteria,
                 .scope = row.scope,
                 .method = row.method,
                 .body = row.body,
                 .summary = row.summary,
                 .started_by = row.started_by == NULL ? "" : row.started_by,
                 .concluded_by = row.concluded_by == NULL ? "" : row.concluded_by,
                 .notified = row.notified,
                 .started = row.started,
                 .issued = row.issued,
                 .concluded = row.concluded,
                 .due = row.due,
                 .latest = row.latest,
                 .held_on = row.held_on,
                 .open = state != AUDIT_CONCLUDED && state != AUDIT_CANCELLED,
                 .external = kind != AUDIT_INTERNAL && kind != AUDIT_SUPPLIER};
  return true;
}

bool audit_load_open(Context *c, int64_t id, int64_t version, Audit *out) {
  if (!audit_get(c, id, out)) return false;
  if (out->state == AUDIT_CONCLUDED)
    return conflict(c,
                    _("“%s” is concluded and stays so. Add to its record, or reopen it with a "
                      "reason."),
                    out->title);
  if (out->state == AUDIT_CANCELLED) return conflict(c, _("“%s” is cancelled."), out->title);
  if (version != 0 && version != out->version)
    return conflict(c, _("Somebody changed “%s” meanwhile. Look at it again and repeat."),
                    out->title);
  return true;
}

bool audit_tell_search(Context *c, int64_t id) {
  Audit audit;
  if (!audit_get(c, id, &audit)) return false;
  const char *body =
      text_format(c->arena, "%s\n%s\n%s\n%s\n%s\n%s", audit_kind_title(audit.kind), audit.objective,
                  audit.criteria, audit.scope, audit.body, audit.summary);
  return search_put(c, "audit", id, audit.title, body,
                    text_format(c->arena, "/audits/%lld", (long long)id));
}

// ---- made ----

static bool find_activity(Context *c, const AuditPlan *plan, Activity *activity) {
  if (!activity_get(c, plan->activity, activity)) return false;
  bool fits = activity->kind == DUTY_AUDIT ||
              (activity->kind == DUTY_SURVEILLANCE && !text_equal(activity->stage, "readiness"));
  if (!fits) return invalid(c, "activity", _("“%s” is not an audit."), activity->title);
  if (activity->state >= STATE_CONCLUDED)
    return invalid(c, "activity", _("“%s” has ended."), activity->title);
  SqlAuditOfActivityRow other;
  if (sql_audit_of_activity(c, (SqlAuditOfActivity){.activity = plan->activity}, &other))
    return conflict(c, _("“%s” has its audit already."), activity->title);
  return context_ok(c);
}

static bool add_activity(Context *c, const AuditPlan *plan, int64_t *id) {
  bool internal = plan->kind == AUDIT_INTERNAL;
  ActivityAdd add = {.duty_key = internal ? "audit.ad_hoc" : "audit.external",
                     .duty_title = internal ? _("Audits beside the programme")
                                            : _("Audits by others, and of suppliers"),
                     .duty_why = internal ? _("what could not be foreseen is audited, too (9.2)")
                                          : _("what others find counts as much as what we find"),
                     .kind = DUTY_AUDIT,
                     .title = plan->title,
                     .why = _("planned ad hoc, beside the programme"),
                     .due = plan->due,
                     .lead_days = LEAD_DAYS,
                     .tolerance_days = TOLERANCE_DAYS,
                     .start_minute = MORNING,
                     .duration_minutes = DAY_MINUTES,
                     .owner = {.person = c->actor}};
  return activity_add(c, &add, id);
}

static const char *or_usual(const char *text, const char *usual) {
  return text_is_empty(text) ? usual : text;
}

// Asked and undone: may this person audit what the scope holds?
static bool is_independent(Context *c, int64_t audit, int64_t person) {
  TRANSACTION(c, tx);
  Biases biases = {0};
  sql_audit_member_put(c, (SqlAuditMemberPut){.audit = audit,
                                              .person = person,
                                              .part = "lead",
                                              .outside = "",
                                              .worked_until = DATE_NONE});
  bool free = audit_biases(c, audit, person, 0, &biases);
  for (size_t i = 0; i < biases.count; i++)
    free = free && (!biases.items[i].hard || biases.items[i].waived);
  return free;
}

// An exception that the programme has, confirmed there by whoever approved it.
static bool take_waiver(Context *c, int64_t audit, int64_t auditor, int64_t area,
                        const SqlAuditUnitExceptionsRow *from) {
  int64_t id = sql_audit_waiver_insert(c, (SqlAuditWaiverInsert){.audit = audit,
                                                                 .person = auditor,
                                                                 .area = area,
                                                                 .reason = from->reason,
                                                                 .approved_by = from->approved_by,
                                                                 .confirmed = c->now});
  LedgerEntry *entry = ledger_entry(c, "audit.exception_recorded", "audit", audit);
  ledger_number(entry, "waiver", id);
  ledger_number(entry, "person", auditor);
  ledger_number(entry, "area", area);
  ledger_number(entry, "approved_by", from->approved_by);
  ledger_number(entry, "confirmed", 1);
  ledger_personal(entry, "reason", from->reason);
  return ledger_write(entry);
}

// What the programme already knows: the units become areas, their auditors the team, and an
// exception that was recorded there goes along. Who has come to own the area since is not put in
// the team: the audit's page asks for somebody else.
static bool take_assignment(Context *c, int64_t audit, int64_t activity) {
  SqlAuditAssignedRows rows = sql_audit_assigned(c, (SqlAuditAssigned){.activity = activity});
  for (size_t i = 0; i < rows.count; i++) {
    int64_t area = 0;
    const SqlAuditAssignedRow *row = &rows.items[i];
    const char *what = text_format(c->arena, "unit:%lld", (long long)row->unit);
    if (!audit_area_add(c, audit, what, 0, &area)) return false;
    SqlAuditUnitExceptionsRows waivers = sql_audit_unit_exceptions(
        c, (SqlAuditUnitExceptions){.unit = row->unit, .person = row->auditor});
    for (size_t w = 0; w < waivers.count; w++)
      if (!take_waiver(c, audit, row->auditor, area, &waivers.items[w])) return false;
    AuditMember lead = {
        .audit = audit, .person = row->auditor, .part = "lead", .worked_until = DATE_NONE};
    if (is_independent(c, audit, row->auditor) && !audit_member_add(c, &lead)) return false;
  }
  return context_ok(c);
}

bool audit_create(Context *c, const AuditPlan *plan, int64_t *id) {
  TRANSACTION(c, tx);
  Activity activity = {0};
  AuditPlan p = *plan;
  if (p.activity != 0 && !find_activity(c, &p, &activity)) return false;
  if (p.activity != 0 && text_is_empty(p.title)) p.title = activity.title;
  if (p.activity != 0 && activity.kind == DUTY_SURVEILLANCE && p.kind == AUDIT_INTERNAL)
    p.kind =
        text_equal(activity.stage, "recertification") ? AUDIT_CERTIFICATION : AUDIT_SURVEILLANCE;
  if (text_is_empty(p.title)) return invalid(c, "title", _("Say what is audited."));
  if (p.activity == 0 && !add_activity(c, &p, &p.activity)) return false;
  bool internal = p.kind == AUDIT_INTERNAL;
  const char *objective =
      internal ? _("Does the management system meet the standard and our own rules, and does it "
                   "work in practice?")
               : "";
  const char *criteria =
      internal ? _("ISO/IEC 27001:2022, our own policies and procedures, the Statement of "
                   "Applicability")
               : "";
  const char *method =
      internal ? _("Interviews, documents and records, observation on site, samples") : "";
  *id = sql_audit_insert(c, (SqlAuditInsert){.activity = p.activity,
                                             .kind = audit_kind_name(p.kind),
                                             .title = p.title,
                                             .objective = or_usual(p.objective, objective),
                                             .criteria = or_usual(p.criteria, criteria),
                                             .scope = or_usual(p.scope, ""),
                                             .method = or_usual(p.method, method),
                                             .body = or_usual(p.body, "")});
  if (*id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "audit.planned", "audit", *id);
  ledger_number(entry, "activity", p.activity);
  ledger_value(entry, "kind", audit_kind_name(p.kind));
  ledger_value(entry, "title", p.title);
  return ledger_write(entry) && take_assignment(c, *id, p.activity) && audit_tell_search(c, *id) &&
         transaction_commit(&tx);
}

bool audit_enter_history(Context *c, const AuditHistory *history, int64_t *id) {
  TRANSACTION(c, tx);
  Activity activity;
  if (!activity_get(c, history->activity, &activity)) return false;
  if (!activity.imported)
    return conflict(c, _("“%s” is no history: plan its audit instead."), activity.title);
  *id = sql_audit_insert(c, (SqlAuditInsert){.activity = history->activity,
                                             .kind = audit_kind_name(history->kind),
                                             .title = history->title,
                                             .objective = "",
                                             .criteria = "",
                                             .scope = "",
                                             .method = "",
                                             .body = or_usual(history->body, "")});
  if (*id <= 0) return false;
  sql_audit_set_summary(c, (SqlAuditSetSummary){.id = *id, .summary = history->summary});
  LedgerEntry *entry = ledger_entry(c, "audit.read_from_file", "audit", *id);
  ledger_number(entry, "activity", history->activity);
  ledger_value(entry, "kind", audit_kind_name(history->kind));
  ledger_value(entry, "title", history->title);
  ledger_personal(entry, "body", or_usual(history->body, ""));
  ledger_personal(entry, "summary", history->summary);
  return ledger_write(entry) && audit_tell_search(c, *id) && transaction_commit(&tx);
}

bool audit_change_plan(Context *c, int64_t id, const AuditPlan *plan, int64_t version) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, version, &audit)) return false;
  if (text_is_empty(plan->title)) return invalid(c, "title", _("Say what is audited."));
  SqlAuditSetPlan set = {.id = id,
                         .version = audit.version,
                         .title = plan->title,
                         .objective = or_usual(plan->objective, ""),
                         .criteria = or_usual(plan->criteria, ""),
                         .scope = or_usual(plan->scope, ""),
                         .method = or_usual(plan->method, ""),
                         .body = or_usual(plan->body, "")};
  if (sql_audit_set_plan(c, set) != 1)
    return context_ok(c) ? conflict(c, _("Somebody was faster. Look again.")) : false;
  LedgerEntry *entry = ledger_entry(c, "audit.plan_changed", "audit", id);
  ledger_text(entry, "title", audit.title, plan->title);
  ledger_personal(entry, "objective", set.objective);
  ledger_personal(entry, "criteria", set.criteria);
  ledger_personal(entry, "scope", set.scope);
  ledger_personal(entry, "method", set.method);
  ledger_personal(entry, "body", set.body);
  return ledger_write(entry) && audit_tell_search(c, id) && transaction_commit(&tx);
}

bool audit_note(Context *c, int64_t id, const char *body) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_get(c, id, &audit)) return false;
  if (text_is_empty(body)) return invalid(c, "body", _("Write something first."));
  sql_audit_note_insert(c, (SqlAuditNoteInsert){.audit = id, .kind = "addition", .body = body});
  LedgerEntry *entry = ledger_entry(c, "audit.added_to", "audit", id);
  ledger_personal(entry, "body", body);
  return ledger_write(entry) && transaction_commit(&tx);
}
