// SPDX-License-Identifier: Apache-2.0
// The checklist and its items, for a laptop and for a phone in the server room.
#include "audits/audit.routes.h"
#include "audits/audit_rows.h"

#include "diary/activity.h"
#include "ledger/evidence.h"

#include <string.h>

static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

static const char *item_home(Request *r, int64_t audit, int64_t item) {
  return text_format(r->context.arena, "/o/%s/audits/%lld/items/%lld", r->org_slug,
                     (long long)audit, (long long)item);
}

// ---- the list ----

void audit_checklist_handler(Request *r, const AuditChecklistInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  AuditChecklistPage page = {.id = a.id,
                             .title = a.title,
                             .open = a.open,
                             .started = !instant_is_none(a.started),
                             .groups = audit_item_groups(c, a.id, in->only, false),
                             .only = or_empty(in->only)};
  AuditItemGroupList all = in->only == NULL ? page.groups : audit_item_groups(c, a.id, NULL, false);
  for (size_t i = 0; i < all.count; i++) {
    page.total += all.items[i].total;
    page.done += all.items[i].total - all.items[i].open;
  }
  AuditAreaRowList areas = audit_area_rows(c, a.id);
  for (size_t i = 0; i < areas.count; i++)
    *list_add(c->arena, &page.areas) = (AuditScopeChoice){
        text_format(c->arena, "%lld", (long long)areas.items[i].id), areas.items[i].title};
  if (context_ok(c)) respond_audit_checklist_page(r, &page);
}

void audit_checklist_csv_handler(Request *r, const AuditChecklistCsvInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  SqlAuditItemsRows rows = sql_audit_items(c, (SqlAuditItems){.audit = in->id});
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "id,ref,title,ask,look,sample,result,note,reason,auditor,assessed_by,files\r\n");
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditItemsRow *row = &rows.items[i];
    const char *const cells[] = {row->ref,        row->title,  row->ask,
                                 row->look,       row->take,   result_name((ItemResult)row->result),
                                 row->note,       row->reason, row->auditor_name,
                                 row->assessed_by};
    text_add_format(&out, "%lld,", (long long)row->id);
    for (size_t k = 0; k < COUNT_OF(cells); k++) csv_cell(&out, cells[k], false);
    text_add_format(&out, "%lld\r\n", (long long)row->evidence);
  }
  if (context_ok(c))
    request_bytes(r, "text/csv; charset=utf-8", "checklist.csv", out.data, out.length);
}

void audit_draw_handler(Request *r, const AuditDrawInput *in) {
  int64_t added = 0;
  if (checklist_draw(&r->context, in->id, &added))
    request_done(r, in->id, audit_home(r, in->id, "/checklist"), _("%lld items added."),
                 (long long)added);
}

void audit_item_add_handler(Request *r, const AuditItemAddInput *in) {
  ChecklistText text = {in->title, in->ask, in->look, in->take};
  int64_t item = 0;
  if (checklist_add(&r->context, in->id, in->area, &text, &item))
    request_done(r, item, audit_home(r, in->id, "/checklist"), _("Your item is on the list."));
}

// ---- one item ----

// The address names both: an item of another audit is not here.
static bool item_here(Context *c, int64_t audit, int64_t item, SqlAuditItemGetRow *row) {
  if (sql_audit_item_get(c, (SqlAuditItemGet){.id = item}, row) && row->audit == audit) return true;
  return context_ok(c) && not_found(c, _("There is no such item on this checklist."));
}

static void result_choices(Context *c, const char *chosen, ChoiceList *out) {
  for (int i = RESULT_CONFORMS; i < RESULT_COUNT; i++) {
    const char *name = result_name((ItemResult)i);
    *list_add(c->arena, out) =
        (Choice){name, result_title((ItemResult)i), text_equal(name, chosen)};
  }
}

static void team_of(Context *c, AuditItemPage *page) {
  AuditMemberRowList team = audit_member_rows(c, page->id);
  for (size_t i = 0; i < team.count; i++) {
    const AuditMemberRow *m = &team.items[i];
    if (m->left || text_equal(m->part, "observer")) continue;
    if (m->person == c->actor)
      page->member = true;
    else if (m->by_others)
      *list_add(c->arena, &page->others) = *m;
  }
}

static void item_lists(Context *c, AuditItemPage *page) {
  SqlAuditItemEvidenceRows files =
      sql_audit_item_evidence(c, (SqlAuditItemEvidence){.audit = page->id});
  for (size_t i = 0; i < files.count; i++)
    if (files.items[i].item == page->item)
      *list_add(c->arena, &page->evidence) =
          (AuditItemEvidence){files.items[i].evidence, files.items[i].name};
  AuditFindingRowList findings = audit_finding_rows(c, page->id);
  for (size_t i = 0; i < findings.count; i++)
    if (findings.items[i].item == page->item)
      *list_add(c->arena, &page->findings) = findings.items[i];
}

static AuditItemPage item_page(const Audit *a, const SqlAuditItemGetRow *row) {
  return (AuditItemPage){
      .id = a->id,
      .item = row->id,
      .version = row->version,
      .audit_title = a->title,
      .area = row->area_title,
      .ref = row->ref,
      .title = row->title,
      .ask = row->ask,
      .look = row->look,
      .take = row->take,
      .result = result_name((ItemResult)row->result),
      .mark = result_mark((ItemResult)row->result),
      .note = row->note,
      .reason = row->reason,
      .auditor = or_empty(row->auditor_name),
      .auditor_id = row->auditor,
      .by = text_equal(row->auditor_name, row->assessed_by) ? "" : or_empty(row->assessed_by),
      .at = row->assessed,
      .writable = a->open,
      .started = !instant_is_none(a->started)};
}

void audit_item_handler(Request *r, const AuditItemInput *in) {
  Context *c = &r->context;
  Audit a;
  SqlAuditItemGetRow row;
  if (!audit_get(c, in->id, &a) || !item_here(c, in->id, in->item, &row)) return;
  AuditItemPage page = item_page(&a, &row);
  SqlAuditItemNeighboursRow near = {0};
  sql_audit_item_neighbours(c, (SqlAuditItemNeighbours){.audit = a.id, .place = row.place}, &near);
  page.before = near.before;
  page.after = near.after;
  page.next_open = near.next_open;
  page.number = near.number;
  page.total = near.total;
  result_choices(c, page.result, &page.choices);
  team_of(c, &page);
  item_lists(c, &page);
  if (context_ok(c)) respond_audit_item_page(r, &page);
}

// On to the next open one; to its finding, if it needs one; to the list when all is done.
static void after_assessing(Request *r, const SqlAuditItemGetRow *row, ItemResult result) {
  Context *c = &r->context;
  if (result == RESULT_NONCONFORMITY || result == RESULT_OBSERVATION) {
    request_done(r, row->id, item_home(r, row->audit, row->id),
                 _("Saved. Write the finding: what, against which criterion, on what evidence."));
    return;
  }
  SqlAuditItemNeighboursRow near = {0};
  sql_audit_item_neighbours(c, (SqlAuditItemNeighbours){.audit = row->audit, .place = row->place},
                            &near);
  const char *to = near.next_open != 0 ? item_home(r, row->audit, near.next_open)
                                       : audit_home(r, row->audit, "/checklist");
  if (context_ok(c))
    request_done(r, row->id, to, "%s",
                 near.next_open != 0 ? _("Saved. The next open item.")
                                     : _("Saved. Every item is assessed."));
}

void audit_assess_handler(Request *r, const AuditAssessInput *in) {
  Context *c = &r->context;
  SqlAuditItemGetRow row;
  Assessment a = {.item = in->item,
                  .note = in->note,
                  .reason = in->reason,
                  .auditor = in->auditor,
                  .version = version_of(in->version)};
  result_parse(in->result, &a.result);
  if (item_here(c, in->id, in->item, &row) && checklist_assess(c, &a))
    after_assessing(r, &row, a.result);
}

void audit_item_edit_handler(Request *r, const AuditItemEditInput *in) {
  SqlAuditItemGetRow row;
  ChecklistText text = {in->title, in->ask, in->look, in->take};
  if (item_here(&r->context, in->id, in->item, &row) &&
      checklist_edit(&r->context, in->item, &text, version_of(in->version)))
    request_done(r, in->item, item_home(r, in->id, in->item), _("The wording is changed."));
}

void audit_item_remove_handler(Request *r, const AuditItemRemoveInput *in) {
  SqlAuditItemGetRow row;
  if (item_here(&r->context, in->id, in->item, &row) &&
      checklist_remove(&r->context, in->item, version_of(in->version)))
    request_done(r, in->item, audit_home(r, in->id, "/checklist"), _("Taken off the list."));
}

void audit_item_evidence_handler(Request *r, const AuditItemEvidenceInput *in) {
  Context *c = &r->context;
  SqlAuditItemGetRow row;
  Audit a;
  if (!item_here(c, in->id, in->item, &row) || !audit_load_open(c, in->id, 0, &a)) return;
  EvidenceAbout about = {.source = in->source,
                         .taken_on = DATE_NONE,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = "audit_item",
                         .object = in->item};
  int64_t id = 0;
  for (size_t i = 0; i < in->files.count; i++)
    if (!evidence_add(c, &in->files.items[i], &about, &id)) return;
  request_done(r, id, item_home(r, in->id, in->item), "%s",
               in->files.count == 1 ? _("Attached.") : _("All files are attached."));
}
