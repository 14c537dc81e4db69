// SPDX-License-Identifier: Apache-2.0
// Who audits, and whether they may: at planning, at the start, when somebody is swapped in, and
// with every item that is assessed.
#include "audits/audit_work.h"

#include "diary/activity.h"
#include "org/people.h"
#include "org/people.sql.h"
#include "org/session.h"
#include "registers/control_set.h"

enum { WORKED_MONTHS = 12 };

bool audit_known_person(Context *c, const char *field, int64_t person, SqlAuditPersonRow *out) {
  if (sql_audit_person(c, (SqlAuditPerson){.person = person}, out)) return true;
  return context_ok(c) && invalid(c, field, _("There is no such person."));
}

static bool judges(const SqlAuditMembersRow *member) {
  return instant_is_none(member->left_at) && !text_equal(member->part, "observer");
}

bool audit_is_member(Context *c, int64_t audit, int64_t person) {
  SqlAuditMembersRows rows = sql_audit_members(c, (SqlAuditMembers){.audit = audit});
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].person == person && judges(&rows.items[i])) return true;
  return false;
}

// ---- what stands between an auditor and an area ----

typedef struct Look {
  Context *c;
  SqlAuditAreasRows areas;
  SqlAuditControlOwnersRows controls;
  SqlAuditWaiversRows waivers;
  SqlAuditWorkedLatelyRows worked; // of the person looked at
  SqlFormerOwnersRows former;      // of everybody
  const SqlAuditMembersRow *member;
  int64_t audit;
  bool hard_only;
  Biases *out;
} Look;

static bool is_waived(const Look *look, int64_t area) {
  for (size_t i = 0; i < look->waivers.count; i++) {
    const SqlAuditWaiversRow *w = &look->waivers.items[i];
    bool counts = !instant_is_none(w->confirmed);
    if (counts && w->person == look->member->person && (w->area == 0 || w->area == area))
      return true;
  }
  return false;
}

static void bias(Look *look, const SqlAuditAreasRow *area, bool hard, const char *words) {
  *list_add(look->c->arena, look->out) = (Bias){.person = look->member->person,
                                                .area = area->id,
                                                .name = look->member->name,
                                                .area_title = area->title,
                                                .words = words,
                                                .hard = hard,
                                                .waived = hard && is_waived(look, area->id)};
}

// The control by its name, if the area is or holds it; else NULL.
static const char *control_in(const Look *look, const SqlAuditAreasRow *area, const char *ref,
                              int64_t item) {
  if (text_equal(area->kind, "item") && area->object == item) return ref;
  const ControlEntry *entry = annex_control_find(ref) == NULL ? NULL : control_entry_find(ref);
  const ControlEntry *entries[CONTROL_ENTRY_COUNT];
  size_t count =
      entry == NULL ? 0 : audit_area_entries(look->c, area, entries, CONTROL_ENTRY_COUNT);
  for (size_t k = 0; k < count; k++)
    if (entries[k] == entry && entry->words == NULL) return entry->ref;
  return NULL;
}

// The first control of the area that the person owns; NULL if none.
static const char *control_owned(const Look *look, const SqlAuditAreasRow *area, int64_t person) {
  for (size_t i = 0; i < look->controls.count; i++) {
    const SqlAuditControlOwnersRow *row = &look->controls.items[i];
    const char *ref = row->person == person ? control_in(look, area, row->ref, row->item) : NULL;
    if (ref != NULL) return ref;
  }
  return NULL;
}

static bool was_theirs(const Look *look, const SqlAuditAreasRow *area,
                       const SqlFormerOwnersRow *row) {
  if (row->person != look->member->person) return false;
  if (text_equal(row->kind, "audit_unit"))
    return text_equal(area->kind, "unit") && area->object == row->object;
  if (text_equal(area->kind, "item") && area->object == row->object) return true;
  return row->ref[0] != '\0' && control_in(look, area, row->ref, row->object) != NULL;
}

static void look_at_former(Look *look, const SqlAuditAreasRow *area) {
  Context *c = look->c;
  for (size_t i = 0; i < look->former.count; i++) {
    const SqlFormerOwnersRow *row = &look->former.items[i];
    if (!was_theirs(look, area, row)) continue;
    bias(look, area, false,
         text_format(c->arena, _("%s owned %s%s“%s” until %s"), look->member->name, row->ref,
                     row->ref[0] != '\0' ? _(" of ") : "", area->title,
                     date_words(c->arena, row->until_on)));
    return;
  }
}

static bool look_hard(Look *look, const SqlAuditAreasRow *area) {
  Context *c = look->c;
  int64_t person = look->member->person;
  const char *name = look->member->name;
  if (area->owner_person == person || area->owner_holder == person) {
    bias(look, area, true, text_format(c->arena, _("%s owns “%s”"), name, area->title));
    return true;
  }
  if (area->operator_person == person || area->operator_holder == person) {
    bias(look, area, true, text_format(c->arena, _("%s operates “%s”"), name, area->title));
    return true;
  }
  const char *ref = control_owned(look, area, person);
  if (ref == NULL) return false;
  bias(look, area, true,
       text_format(c->arena, _("%s owns %s, a control of “%s”"), name, ref, area->title));
  return true;
}

static void look_soft(Look *look, const SqlAuditAreasRow *area) {
  Context *c = look->c;
  const SqlAuditMembersRow *m = look->member;
  int64_t owner = area->owner_person != 0 ? area->owner_person : area->owner_holder;
  if (m->manager != 0 && owner == m->manager)
    bias(look, area, false,
         text_format(c->arena, _("%s reports to the owner of “%s”"), m->name, area->title));
  Date since = date_add_months(c->today, -WORKED_MONTHS);
  if (!date_is_none(m->worked_until) && date_compare(m->worked_until, since) >= 0)
    bias(look, area, false,
         text_format(c->arena, _("%s worked in an audited area until %s"), m->name,
                     date_words(c->arena, m->worked_until)));
  look_at_former(look, area);
  for (size_t i = 0; i < look->worked.count; i++) {
    if (look->worked.items[i].area != area->id) continue;
    bias(look, area, false,
         text_format(c->arena, _("%s did “%s” for “%s” on %s"), m->name,
                     look->worked.items[i].title, area->title,
                     date_words(c->arena, look->worked.items[i].held_on)));
    return;
  }
}

static void look_at_member(Look *look, int64_t only_area) {
  Context *c = look->c;
  int64_t person = look->member->person;
  if (!look->hard_only)
    look->worked = sql_audit_worked_lately(
        c, (SqlAuditWorkedLately){.audit = look->audit,
                                  .person = person,
                                  .since = date_add_months(c->today, -WORKED_MONTHS)});
  for (size_t i = 0; i < look->areas.count; i++) {
    const SqlAuditAreasRow *area = &look->areas.items[i];
    if (only_area != 0 && area->id != only_area) continue;
    if (only_area == 0 && area->auditor != 0 && area->auditor != person) continue;
    if (!look_hard(look, area) && !look->hard_only) look_soft(look, area);
  }
}

static bool look_around(Context *c, Look look, int64_t person, int64_t area) {
  look.c = c;
  look.areas = sql_audit_areas(c, (SqlAuditAreas){.audit = look.audit});
  look.controls = sql_audit_control_owners(c);
  if (!look.hard_only)
    look.former =
        sql_former_owners(c, (SqlFormerOwners){.since = date_add_months(c->today, -WORKED_MONTHS)});
  look.waivers = sql_audit_waivers(c, (SqlAuditWaivers){.audit = look.audit});
  SqlAuditMembersRows members = sql_audit_members(c, (SqlAuditMembers){.audit = look.audit});
  for (size_t i = 0; i < members.count; i++) {
    look.member = &members.items[i];
    if (judges(look.member) && (person == 0 || look.member->person == person))
      look_at_member(&look, area);
  }
  return context_ok(c);
}

bool audit_biases(Context *c, int64_t audit, int64_t person, int64_t area, Biases *out) {
  return look_around(c, (Look){.audit = audit, .out = out}, person, area);
}

bool audit_may_judge(Context *c, const char *field, int64_t audit, int64_t person, int64_t area) {
  Biases biases = {0};
  Look look = {.audit = audit, .hard_only = true, .out = &biases};
  return look_around(c, look, person, area) && audit_refuse_biases(c, field, &biases);
}

bool audit_refuse_biases(Context *c, const char *field, const Biases *biases) {
  for (size_t i = 0; i < biases->count; i++) {
    const Bias *b = &biases->items[i];
    if (b->hard && !b->waived)
      invalid(c, field,
              _("%s. Nobody audits their own work: give this area to another auditor, or have an "
                "exception recorded with its reason and an approver who is not the auditor."),
              b->words);
  }
  return context_ok(c);
}

// ---- the team ----

static bool is_part(const char *part) {
  return text_equal(part, "lead") || text_equal(part, "auditor") || text_equal(part, "expert") ||
         text_equal(part, "observer");
}

// What the diary shows: calendars and invitations follow from it. An ended activity stays as it is.
static bool take_part(Context *c, const Audit *audit, int64_t person, const char *part,
                      bool present) {
  if (audit->state == AUDIT_REOPENED) return true;
  return activity_participant(c, audit->activity, person, part, present);
}

static bool one_lead(Context *c, const AuditMember *member) {
  if (!text_equal(member->part, "lead")) return true;
  SqlAuditMembersRows rows = sql_audit_members(c, (SqlAuditMembers){.audit = member->audit});
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].person != member->person && text_equal(rows.items[i].part, "lead") &&
        judges(&rows.items[i]))
      return invalid(c, "part", _("%s leads this audit already."), rows.items[i].name);
  return context_ok(c);
}

bool audit_member_add(Context *c, const AuditMember *member) {
  TRANSACTION(c, tx);
  Audit audit;
  SqlAuditPersonRow person;
  if (!audit_load_open(c, member->audit, 0, &audit) ||
      !audit_known_person(c, "person", member->person, &person))
    return false;
  if (!is_part(member->part))
    return invalid(c, "part", _("One is lead, auditor, expert or observer."));
  if (!date_is_none(person.left_on) && date_compare(person.left_on, c->today) < 0)
    return invalid(c, "person", _("%s has left the organisation."), person.name);
  if (!one_lead(c, member)) return false;
  const char *outside = text_is_empty(member->outside) ? "" : member->outside;
  sql_audit_member_put(c, (SqlAuditMemberPut){.audit = audit.id,
                                              .person = member->person,
                                              .part = member->part,
                                              .outside = outside,
                                              .worked_until = member->worked_until});
  Biases biases = {0};
  if (!audit_biases(c, audit.id, member->person, 0, &biases) ||
      !audit_refuse_biases(c, "person", &biases))
    return false;
  LedgerEntry *entry = ledger_entry(c, "audit.member_added", "audit", audit.id);
  ledger_number(entry, "person", member->person);
  ledger_value(entry, "part", member->part);
  if (outside[0] != '\0') ledger_personal(entry, "outside", outside);
  if (!date_is_none(member->worked_until)) ledger_day(entry, "worked_until", member->worked_until);
  if (!text_is_empty(member->reason)) ledger_personal(entry, "reason", member->reason);
  const char *part = text_equal(member->part, "lead")       ? _("Lead auditor")
                     : text_equal(member->part, "observer") ? _("Observer")
                     : text_equal(member->part, "expert")   ? _("Technical expert")
                                                            : _("Auditor");
  return ledger_write(entry) && take_part(c, &audit, member->person, part, true) &&
         transaction_commit(&tx);
}

bool audit_member_leave(Context *c, int64_t id, int64_t person, const char *reason) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  if (text_is_empty(reason))
    return invalid(c, "reason", _("Say why they leave the team; it stays with the audit."));
  SqlAuditMemberLeave leave = {.audit = id, .person = person, .reason = reason};
  if (sql_audit_member_leave(c, leave) != 1)
    return context_ok(c) ? not_found(c, _("They are not in the team of this audit.")) : false;
  // What was theirs alone is the whole team's again, so nothing is left without an auditor.
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = id});
  for (size_t i = 0; i < areas.count; i++) {
    const SqlAuditAreasRow *a = &areas.items[i];
    if (a->auditor != person) continue;
    sql_audit_area_set(c, (SqlAuditAreaSet){.id = a->id,
                                            .audit = id,
                                            .owner_person = a->owner_person,
                                            .owner_position = a->owner_position,
                                            .operator_person = a->operator_person,
                                            .operator_position = a->operator_position});
  }
  LedgerEntry *entry = ledger_entry(c, "audit.member_left", "audit", id);
  ledger_number(entry, "person", person);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && take_part(c, &audit, person, "", false) && transaction_commit(&tx);
}

bool audit_waive(Context *c, const AuditWaiver *waiver) {
  TRANSACTION(c, tx);
  Audit audit;
  SqlAuditPersonRow person, approver;
  int64_t by = waiver->approver != 0 ? waiver->approver : c->actor;
  if (!audit_load_open(c, waiver->audit, 0, &audit) ||
      !audit_known_person(c, "person", waiver->person, &person) ||
      !audit_known_person(c, "approver", by, &approver))
    return false;
  if (text_is_empty(waiver->reason))
    invalid(c, "reason", _("Say why nobody else can audit it, and what makes up for it."));
  if (by == waiver->person)
    invalid(c, "approver", _("The auditor does not approve their own exception."));
  else if (c->actor == waiver->person)
    invalid(c, "approver", _("The auditor does not record their own exception."));
  else if (by != 0 && (person_roles(c, by) & permission_roles(PERMISSION_AUDIT_APPROVE)) == 0)
    invalid(c, "approver", _("%s has no role that approves an exception."), approver.name);
  SqlAuditAreasRows areas = sql_audit_areas(c, (SqlAuditAreas){.audit = waiver->audit});
  if (waiver->area != 0 && audit_area_of(&areas, waiver->area) == NULL)
    invalid(c, "area", _("There is no such area in this audit."));
  if (!context_ok(c)) return false;
  Instant confirmed = by == c->actor ? c->now : INSTANT_NONE;
  int64_t id = sql_audit_waiver_insert(c, (SqlAuditWaiverInsert){.audit = waiver->audit,
                                                                 .person = waiver->person,
                                                                 .area = waiver->area,
                                                                 .reason = waiver->reason,
                                                                 .approved_by = by,
                                                                 .confirmed = confirmed});
  LedgerEntry *entry = ledger_entry(c, "audit.exception_recorded", "audit", waiver->audit);
  ledger_number(entry, "waiver", id);
  ledger_number(entry, "person", waiver->person);
  ledger_number(entry, "area", waiver->area);
  ledger_number(entry, "approved_by", by);
  ledger_number(entry, "confirmed", by == c->actor ? 1 : 0);
  ledger_personal(entry, "reason", waiver->reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_waiver_confirm(Context *c, int64_t id, int64_t waiver) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  SqlAuditWaiversRows rows = sql_audit_waivers(c, (SqlAuditWaivers){.audit = id});
  const SqlAuditWaiversRow *row = NULL;
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].id == waiver) row = &rows.items[i];
  if (row == NULL)
    return context_ok(c) ? not_found(c, _("There is no such exception in this audit.")) : false;
  if (row->approved_by != c->actor)
    return denied(c, _("Only %s confirms this exception, with their own sign-in."), row->approver);
  if ((person_roles(c, c->actor) & permission_roles(PERMISSION_AUDIT_APPROVE)) == 0)
    return denied(c, _("You have no role any more that approves an exception."));
  if (sql_audit_waiver_confirm(c, (SqlAuditWaiverConfirm){.id = waiver, .audit = id}) != 1)
    return context_ok(c) ? conflict(c, _("It is confirmed already.")) : false;
  LedgerEntry *entry = ledger_entry(c, "audit.exception_confirmed", "audit", id);
  ledger_number(entry, "waiver", waiver);
  ledger_number(entry, "confirmed", 1);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- auditees ----

bool audit_auditee_put(Context *c, int64_t id, int64_t person, const char *part, bool present) {
  TRANSACTION(c, tx);
  Audit audit;
  SqlAuditPersonRow row;
  if (!audit_load_open(c, id, 0, &audit) || !audit_known_person(c, "person", person, &row))
    return false;
  const char *role = text_is_empty(part) ? "" : part;
  if (present)
    sql_audit_auditee_put(c, (SqlAuditAuditeePut){.audit = id, .person = person, .part = role});
  else
    sql_audit_auditee_remove(c, (SqlAuditAuditeeRemove){.audit = id, .person = person});
  LedgerEntry *entry =
      ledger_entry(c, present ? "audit.auditee_added" : "audit.auditee_removed", "audit", id);
  ledger_number(entry, "person", person);
  if (role[0] != '\0') ledger_personal(entry, "part", role);
  return ledger_write(entry) && (present || take_part(c, &audit, person, "", false)) &&
         transaction_commit(&tx);
}

bool audit_notify(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  SqlAuditAuditeesRows rows = sql_audit_auditees(c, (SqlAuditAuditees){.audit = id});
  if (rows.count == 0)
    return invalid(c, "person", _("Name the people concerned first: there is nobody to tell."));
  for (size_t i = 0; i < rows.count; i++)
    if (!take_part(c, &audit, rows.items[i].person, _("Auditee"), true) ||
        !audit_mail_auditee(c, &audit, rows.items[i].person))
      return false;
  sql_audit_auditees_notified(c, (SqlAuditAuditeesNotified){.audit = id});
  sql_audit_set_notified(c, (SqlAuditSetNotified){.id = id});
  LedgerEntry *entry = ledger_entry(c, "audit.notified", "audit", id);
  ledger_number(entry, "people", (int64_t)rows.count);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_slot_add(Context *c, const AuditSlot *slot, int64_t *id) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, slot->audit, 0, &audit)) return false;
  if (date_is_none(slot->on)) return invalid(c, "on", _("Give the day as YYYY-MM-DD."));
  if (text_is_empty(slot->what)) return invalid(c, "what", _("Say what happens then."));
  *id = sql_audit_slot_insert(
      c, (SqlAuditSlotInsert){.audit = slot->audit,
                              .on = slot->on,
                              .at = text_is_empty(slot->at) ? "" : slot->at,
                              .what = slot->what,
                              .who = text_is_empty(slot->who) ? "" : slot->who});
  LedgerEntry *entry = ledger_entry(c, "audit.slot_added", "audit", slot->audit);
  ledger_number(entry, "slot", *id);
  ledger_day(entry, "on", slot->on);
  ledger_value(entry, "at_time", text_is_empty(slot->at) ? "" : slot->at);
  ledger_personal(entry, "what", slot->what);
  ledger_personal(entry, "who", text_is_empty(slot->who) ? "" : slot->who);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool audit_slot_drop(Context *c, int64_t id, int64_t slot) {
  TRANSACTION(c, tx);
  Audit audit;
  if (!audit_load_open(c, id, 0, &audit)) return false;
  if (sql_audit_slot_remove(c, (SqlAuditSlotRemove){.id = slot, .audit = id}) != 1)
    return context_ok(c) ? not_found(c, _("There is no such line in the timetable.")) : false;
  LedgerEntry *entry = ledger_entry(c, "audit.slot_removed", "audit", id);
  ledger_number(entry, "slot", slot);
  return ledger_write(entry) && transaction_commit(&tx);
}
