// SPDX-License-Identifier: Apache-2.0
#include "audits/audit_rows.h"

#include "improvement/pages.h"

#include <string.h>

StatusMark audit_mark(AuditState state, Date latest, Date today) {
  switch (state) {
  case AUDIT_CONCLUDED: return status_mark(STATUS_CONCLUDED);
  case AUDIT_CANCELLED: return status_mark(STATUS_CANCELLED);
  case AUDIT_REOPENED: return (StatusMark){"late", _("Reopened"), "i-lock-open"};
  case AUDIT_UNDER_WAY:
  case AUDIT_PLANNED: break;
  }
  if (date_compare(today, latest) > 0) return status_mark(STATUS_MISSED);
  return status_mark(state == AUDIT_UNDER_WAY ? STATUS_UNDER_WAY : STATUS_PLANNED);
}

StatusMark result_mark(ItemResult result) {
  static const struct {
    const char *status, *icon;
  } marks[RESULT_COUNT] = {{"planned", "i-circle-dashed"},
                           {"done", "i-circle-check"},
                           {"missed", "i-alert-octagon"},
                           {"late", "i-eye"},
                           {"cancelled", "i-circle-minus"}};
  return (StatusMark){marks[result].status, result_title(result), marks[result].icon};
}

static const char *whose(Context *c, const char *person, const char *position, const char *holder) {
  return person == NULL && position == NULL ? ""
         : person != NULL                   ? person
         : holder == NULL                   ? text_format(c->arena, _("%s (vacant)"), position)
                                            : text_format(c->arena, "%s (%s)", holder, position);
}

static void count_items(const SqlAuditAreaCountsRows *counts, AuditAreaRow *row) {
  for (size_t i = 0; i < counts->count; i++) {
    if (counts->items[i].area != row->id) continue;
    row->items = counts->items[i].items;
    row->items_open = counts->items[i].items_open;
    row->removable = false;
  }
}

AuditAreaRowList audit_area_rows(Context *c, int64_t audit) {
  AuditAreaRowList out = {0};
  SqlAuditAreaCountsRows counts = sql_audit_area_counts(c, (SqlAuditAreaCounts){.audit = audit});
  SqlAuditAreasRows rows = sql_audit_areas(c, (SqlAuditAreas){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditAreasRow *a = &rows.items[i];
    *list_add(c->arena, &out) = (AuditAreaRow){
        .id = a->id,
        .kind = a->kind,
        .title = a->title,
        .owner = whose(c, a->owner_name, a->owner_title, a->owner_holder_name),
        .operator= whose(c, a->operator_name, a->operator_title, a->operator_holder_name),
        .auditor = or_empty(a->auditor_name),
        .auditor_id = a->auditor,
        .removable = true};
    count_items(&counts, &out.items[out.count - 1]);
  }
  return out;
}

static const char *part_title(const char *part) {
  if (text_equal(part, "lead")) return _("Lead auditor");
  if (text_equal(part, "expert")) return _("Technical expert");
  return text_equal(part, "observer") ? _("Observer") : _("Auditor");
}

AuditMemberRowList audit_member_rows(Context *c, int64_t audit) {
  AuditMemberRowList out = {0};
  SqlAuditMembersRows rows = sql_audit_members(c, (SqlAuditMembers){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditMembersRow *m = &rows.items[i];
    *list_add(c->arena, &out) = (AuditMemberRow){.person = m->person,
                                                 .name = m->name,
                                                 .part = m->part,
                                                 .part_title = part_title(m->part),
                                                 .outside = m->outside,
                                                 .left = !instant_is_none(m->left_at),
                                                 .left_on = m->left_at,
                                                 .left_reason = m->left_reason,
                                                 .by_others = m->account == 0};
  }
  return out;
}

AuditWaiverRowList audit_waiver_rows(Context *c, int64_t audit) {
  AuditWaiverRowList out = {0};
  SqlAuditWaiversRows rows = sql_audit_waivers(c, (SqlAuditWaivers){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditWaiversRow *w = &rows.items[i];
    *list_add(c->arena, &out) =
        (AuditWaiverRow){.id = w->id,
                         .name = w->name,
                         .area = w->area == 0 ? _("the whole audit") : or_empty(w->area_title),
                         .reason = w->reason,
                         .approver = w->approver,
                         .recorded_by = or_empty(w->recorded_by),
                         .made = w->made,
                         .confirmed = w->confirmed,
                         .waits = instant_is_none(w->confirmed),
                         .mine = w->approved_by == c->actor};
  }
  return out;
}

AuditAuditeeRowList audit_auditee_rows(Context *c, int64_t audit) {
  AuditAuditeeRowList out = {0};
  SqlAuditAuditeesRows rows = sql_audit_auditees(c, (SqlAuditAuditees){.audit = audit});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &out) = (AuditAuditeeRow){.person = rows.items[i].person,
                                                  .name = rows.items[i].name,
                                                  .part = rows.items[i].part,
                                                  .told = rows.items[i].notified};
  return out;
}

AuditSampleRowList audit_sample_rows(Context *c, int64_t audit) {
  AuditSampleRowList out = {0};
  SqlAuditSamplesRows rows = sql_audit_samples(c, (SqlAuditSamples){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditSamplesRow *s = &rows.items[i];
    *list_add(c->arena, &out) = (AuditSampleRow){.id = s->id,
                                                 .ref = or_empty(s->ref),
                                                 .population = s->population,
                                                 .of = s->size_of_it,
                                                 .size = s->size,
                                                 .how = s->how,
                                                 .seed = s->seed,
                                                 .drawn = s->drawn,
                                                 .reason = s->reason,
                                                 .made = s->made,
                                                 .by = or_empty(s->made_by)};
  }
  return out;
}

AuditFindingRowList audit_finding_rows(Context *c, int64_t audit) {
  static const char *const answers[] = {"", N_("agreed"), N_("disagreed")};
  AuditFindingRowList out = {0};
  SqlAuditFindingsRows rows = sql_audit_findings(c, (SqlAuditFindings){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditFindingsRow *f = &rows.items[i];
    FindingGrade grade = (FindingGrade)f->grade;
    *list_add(c->arena, &out) =
        (AuditFindingRow){.id = f->id,
                          .item = f->item,
                          .ref = or_empty(f->ref),
                          .grade = grade_name(grade),
                          .grade_title = grade_title(grade),
                          .mark = grade_mark(grade).status,
                          .title = f->title,
                          .criterion = f->criterion,
                          .evidence = f->evidence,
                          .statement = f->statement,
                          .owner = whose(c, f->owner_name, f->owner_title, f->owner_holder),
                          .due = f->due,
                          .answer = _(answers[f->answer]),
                          .answer_words = f->answer_words,
                          .answered_by = or_empty(f->answered_by),
                          .raised = f->finding,
                          .withdrawn = f->withdrawn};
  }
  return out;
}

AuditNoteRowList audit_note_rows(Context *c, int64_t audit) {
  AuditNoteRowList out = {0};
  SqlAuditNotesRows rows = sql_audit_notes(c, (SqlAuditNotes){.audit = audit});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &out) = (AuditNoteRow){.kind = rows.items[i].kind,
                                               .body = rows.items[i].body,
                                               .by = or_empty(rows.items[i].written_by),
                                               .at = rows.items[i].written};
  return out;
}

// ---- the checklist by area ----

static AuditItemRow item_row(const SqlAuditItemsRow *i) {
  return (AuditItemRow){.id = i->id,
                        .ref = i->ref,
                        .title = i->title,
                        .ask = i->ask,
                        .look = i->look,
                        .take = i->take,
                        .result = result_name((ItemResult)i->result),
                        .mark = result_mark((ItemResult)i->result),
                        .note = i->note,
                        .reason = i->reason,
                        .auditor = or_empty(i->auditor_name),
                        .by = or_empty(i->assessed_by),
                        .at = i->assessed,
                        .version = i->version,
                        .files = i->evidence};
}

static AuditItemGroup *group_of(Context *c, AuditItemGroupList *groups, AuditAreaRowList *areas,
                                int64_t area) {
  for (size_t i = 0; i < groups->count; i++)
    if (groups->items[i].id == area) return &groups->items[i];
  AuditItemGroup *group = list_add(c->arena, groups);
  *group = (AuditItemGroup){.id = area, .title = _("Taken out of the scope")};
  for (size_t i = 0; i < areas->count; i++)
    if (areas->items[i].id == area) group->title = areas->items[i].title;
  return group;
}

// Files come in the order of their items' places, as the items do.
static void add_evidence(Context *c, const SqlAuditItemEvidenceRows *files, size_t *at,
                         AuditItemRow *item) {
  for (; *at < files->count && files->items[*at].item == item->id; (*at)++)
    *list_add(c->arena, &item->evidence) =
        (AuditItemEvidence){files->items[*at].evidence, files->items[*at].name};
}

AuditItemGroupList audit_item_groups(Context *c, int64_t audit, const char *only, bool evidence) {
  AuditItemGroupList groups = {0};
  AuditAreaRowList areas = audit_area_rows(c, audit);
  SqlAuditItemsRows rows = sql_audit_items(c, (SqlAuditItems){.audit = audit});
  SqlAuditItemEvidenceRows files = {0};
  size_t at = 0;
  if (evidence) files = sql_audit_item_evidence(c, (SqlAuditItemEvidence){.audit = audit});
  for (size_t i = 0; i < rows.count; i++) {
    AuditItemRow item = item_row(&rows.items[i]);
    if (evidence) add_evidence(c, &files, &at, &item);
    if (only != NULL && !text_equal(only, item.result)) continue;
    AuditItemGroup *group = group_of(c, &groups, &areas, rows.items[i].area);
    group->total++;
    group->open += rows.items[i].result == RESULT_OPEN;
    *list_add(c->arena, &group->items) = item;
  }
  return groups;
}

void audit_gap_rows(Context *c, int64_t audit, GapLineList *out) {
  Gaps gaps = {0};
  if (!audit_gaps(c, audit, &gaps)) return;
  for (size_t i = 0; i < gaps.count; i++)
    *list_add(c->arena, out) = (GapLine){gaps.items[i].what, gaps.items[i].how};
}

void audit_grade_choices(Context *c, const char *chosen, ChoiceList *out) {
  for (int g = GRADE_MAJOR; g <= GRADE_CONFORMITY; g++) {
    const char *name = grade_name((FindingGrade)g);
    *list_add(c->arena, out) =
        (Choice){name, grade_title((FindingGrade)g), text_equal(name, chosen)};
  }
}

const char *audit_home(Request *r, int64_t audit, const char *below) {
  return text_format(r->context.arena, "/o/%s/audits/%lld%s", r->org_slug, (long long)audit, below);
}

bool audit_person_named(Context *c, const char *field, const char *text, int64_t *person) {
  Owner owner;
  if (!owner_named(c, field, text, &owner)) return false;
  *person = owner.person;
  SqlAuditPositionHolderRow holder;
  if (owner.person == 0 &&
      sql_audit_position_holder(c, (SqlAuditPositionHolder){.position = owner.position}, &holder))
    *person = holder.person;
  return *person != 0 || invalid(c, field, _("Nobody holds the position “%s”."), text);
}
