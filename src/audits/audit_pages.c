// SPDX-License-Identifier: Apache-2.0
// The list of audits, planning one, and the audit itself.
#include "audits/audit.routes.h"
#include "audits/audit_rows.h"

#include "diary/activity.h"
#include "html/html.h"
#include "registers/control_set.h"

enum { PAGE_SIZE = 50, EXPORT_MOST = 500, WAITING_MOST = 6 };

// ---- the list ----

typedef struct Asked {
  const char *kind, *state, *q, *sort;
} Asked;

static const char *address(Request *r, const char *path, const Asked *asked, const char *sort,
                           int64_t page) {
  Context *c = &r->context;
  Text out;
  text_init(&out, c->arena);
  text_add_format(&out, "/o/%s/%s", r->org_slug, path);
  query_add(&out, "kind", asked->kind);
  query_add(&out, "state", asked->state);
  query_add(&out, "q", asked->q);
  query_add(&out, "sort", sort);
  if (page > 1) query_add(&out, "page", text_format(c->arena, "%lld", (long long)page));
  return out.data;
}

static int64_t state_number(const char *name) {
  for (int s = AUDIT_PLANNED; s <= AUDIT_REOPENED; s++)
    if (text_equal(name, audit_state_name((AuditState)s))) return s;
  return -1;
}

static SqlAuditListRows list_of(Context *c, const Asked *asked, int64_t offset, int64_t limit) {
  const char *sort = text_is_empty(asked->sort) ? "-due" : asked->sort;
  bool down = sort[0] == '-';
  SqlAuditList list = {.kind = or_empty(asked->kind),
                       .find = or_empty(asked->q),
                       .state = state_number(asked->state),
                       .offset = offset,
                       .limit = limit,
                       .sort = text_equal(sort + down, "title") ? SQL_AUDIT_LIST_TITLE
                                                                : SQL_AUDIT_LIST_DUE,
                       .descending = down};
  return sql_audit_list(c, list);
}

static AuditState list_state(const SqlAuditListRow *row) {
  if (row->state == STATE_CANCELLED) return AUDIT_CANCELLED;
  if (row->state == STATE_CONCLUDED) return row->open_again ? AUDIT_REOPENED : AUDIT_CONCLUDED;
  return instant_is_none(row->started) ? AUDIT_PLANNED : AUDIT_UNDER_WAY;
}

static AuditRow row_of(const Context *c, const SqlAuditListRow *row) {
  AuditKind kind = AUDIT_INTERNAL;
  audit_kind_parse(row->kind, &kind);
  return (AuditRow){.id = row->id,
                    .title = row->title,
                    .kind = row->kind,
                    .kind_title = audit_kind_title(kind),
                    .mark = audit_mark(list_state(row), row->latest, c->today),
                    .due = row->due,
                    .held_on = row->held_on,
                    .lead = or_empty(row->lead),
                    .body = row->body,
                    .items = row->items,
                    .items_open = row->items_open,
                    .items_done = row->items - row->items_open,
                    .majors = row->majors,
                    .minors = row->minors,
                    .others = row->others,
                    .waivers = row->waivers};
}

static void waiting_of(Context *c, AuditWaitingList *out) {
  SqlAuditWaitingRows rows = sql_audit_waiting(c, (SqlAuditWaiting){.limit = WAITING_MOST});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAuditWaitingRow *row = &rows.items[i];
    *list_add(c->arena, out) = (AuditWaiting){
        .id = row->id,
        .title = row->title,
        .due = row->due,
        .mark = status_mark(activity_status((State)row->state, row->due, row->latest, c->today)),
        .owner = or_empty(row->owner_name)};
  }
}

static void kind_choices(Context *c, const char *chosen, ChoiceList *out) {
  for (int k = 0; k < AUDIT_KIND_COUNT; k++) {
    const char *name = audit_kind_name((AuditKind)k);
    *list_add(c->arena, out) =
        (Choice){name, audit_kind_title((AuditKind)k), text_equal(name, chosen)};
  }
}

static void state_choices(Context *c, const char *chosen, ChoiceList *out) {
  for (int s = AUDIT_PLANNED; s <= AUDIT_REOPENED; s++) {
    const char *name = audit_state_name((AuditState)s);
    *list_add(c->arena, out) =
        (Choice){name, audit_state_title((AuditState)s), text_equal(name, chosen)};
  }
}

static void column(Request *r, const Asked *asked, const char *name, const char **href,
                   const char **order) {
  const char *sort = text_is_empty(asked->sort) ? "-due" : asked->sort;
  bool down = sort[0] == '-', here = text_equal(sort + down, name);
  *href = address(r, "audits", asked,
                  here && !down ? text_format(r->context.arena, "-%s", name) : name, 1);
  *order = !here ? "none" : down ? "descending" : "ascending";
}

void audits_handler(Request *r, const AuditsInput *in) {
  Context *c = &r->context;
  Asked asked = {in->kind, in->state, in->q, in->sort};
  int64_t number = in->page.has ? in->page.value : 1;
  SqlAuditCountRow count = {0};
  sql_audit_count(c,
                  (SqlAuditCount){.kind = or_empty(in->kind),
                                  .find = or_empty(in->q),
                                  .state = state_number(in->state)},
                  &count);
  SqlAuditListRows rows = list_of(c, &asked, (number - 1) * PAGE_SIZE, PAGE_SIZE);
  int64_t pages = count.total == 0 ? 1 : (count.total + PAGE_SIZE - 1) / PAGE_SIZE;
  AuditsPage page = {
      .total = count.total,
      .page = number,
      .pages = pages,
      .previous = number > 1 ? address(r, "audits", &asked, in->sort, number - 1) : NULL,
      .next = number < pages ? address(r, "audits", &asked, in->sort, number + 1) : NULL,
      .q = or_empty(in->q),
      .filtered = !text_is_empty(in->kind) || !text_is_empty(in->state) || !text_is_empty(in->q),
      .export_href = address(r, "audits.csv", &asked, in->sort, 1)};
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &page.rows) = row_of(c, &rows.items[i]);
  waiting_of(c, &page.waiting);
  kind_choices(c, in->kind, &page.kinds);
  state_choices(c, in->state, &page.states);
  column(r, &asked, "title", &page.by_title, &page.title_order);
  column(r, &asked, "due", &page.by_due, &page.due_order);
  if (context_ok(c)) respond_audits_page(r, &page);
}

void audits_csv_handler(Request *r, const AuditsCsvInput *in) {
  Context *c = &r->context;
  Asked asked = {in->kind, in->state, in->q, in->sort};
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "id,title,kind,state,due,held_on,lead,audited_by,items,items_open,major,minor,"
                 "other_findings,exceptions\r\n");
  SqlAuditListRows rows;
  int64_t offset = 0;
  do {
    rows = list_of(c, &asked, offset, EXPORT_MOST);
    for (size_t i = 0; i < rows.count; i++) {
      const SqlAuditListRow *row = &rows.items[i];
      text_add_format(&out, "%lld,", (long long)row->id);
      csv_cell(&out, row->title, false);
      csv_cell(&out, row->kind, false);
      csv_cell(&out, audit_state_name(list_state(row)), false);
      csv_cell(&out, date_text(c->arena, row->due), false);
      csv_cell(&out, date_text(c->arena, row->held_on), false);
      csv_cell(&out, row->lead, false);
      csv_cell(&out, row->body, false);
      text_add_format(&out, "%lld,%lld,%lld,%lld,%lld,%lld\r\n", (long long)row->items,
                      (long long)row->items_open, (long long)row->majors, (long long)row->minors,
                      (long long)row->others, (long long)row->waivers);
    }
    offset += (int64_t)rows.count;
  } while (rows.count == EXPORT_MOST);
  if (context_ok(c))
    request_bytes(r, "text/csv; charset=utf-8", "audits.csv", out.data, out.length);
}

// ---- planning ----

void audit_new_handler(Request *r, const AuditNewInput *in) {
  Context *c = &r->context;
  AuditNewPage page = {
      .activity = in->activity, .title = "", .kind = "internal", .today = c->today};
  Activity activity;
  if (in->activity != 0) {
    if (!activity_get(c, in->activity, &activity)) return;
    page.title = activity.title;
    if (activity.kind == DUTY_SURVEILLANCE)
      page.kind = text_equal(activity.stage, "recertification") ? "certification" : "surveillance";
    page.external = activity.kind == DUTY_SURVEILLANCE;
  }
  kind_choices(c, page.kind, &page.kinds);
  respond_audit_new_page(r, &page);
}

void audit_of_handler(Request *r, const AuditOfInput *in) {
  Context *c = &r->context;
  SqlAuditOfActivityRow row;
  Activity activity;
  if (!activity_get(c, in->activity, &activity)) return;
  if (sql_audit_of_activity(c, (SqlAuditOfActivity){.activity = in->activity}, &row))
    request_redirect(r, "%s", audit_home(r, row.id, ""));
  else if (context_ok(c) && request_may(r, "audit.change") && activity.state < STATE_CONCLUDED)
    request_redirect(r, "/o/%s/audits/new?activity=%lld", r->org_slug, (long long)in->activity);
  else if (context_ok(c))
    request_redirect(r, "/o/%s/audits", r->org_slug);
}

void audit_plan_form_handler(Request *r, const AuditPlanFormInput *in) {
  Audit a;
  if (!audit_get(&r->context, in->id, &a)) return;
  AuditPlanPage page = {.id = a.id,
                        .version = a.version,
                        .title = a.title,
                        .objective = a.objective,
                        .criteria = a.criteria,
                        .scope = a.scope,
                        .method = a.method,
                        .body = a.body,
                        .external = a.external};
  respond_audit_plan_page(r, &page);
}

// ---- the audit ----

static void biases_of(Context *c, const Audit *a, AuditPage *page) {
  Biases biases = {0};
  if (!audit_biases(c, a->id, 0, 0, &biases)) return;
  for (size_t i = 0; i < biases.count; i++) {
    const Bias *b = &biases.items[i];
    *list_add(c->arena, &page->biases) = (AuditBiasRow){.person = b->person,
                                                        .area = b->area,
                                                        .name = b->name,
                                                        .words = b->words,
                                                        .hard = b->hard,
                                                        .waived = b->waived};
    page->blocked += b->hard && !b->waived;
  }
}

static void slots_of(Context *c, int64_t audit, AuditSlotRowList *out) {
  SqlAuditSlotsRows rows = sql_audit_slots(c, (SqlAuditSlots){.audit = audit});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, out) = (AuditSlotRow){.id = rows.items[i].id,
                                              .on = rows.items[i].on,
                                              .at = rows.items[i].at,
                                              .what = rows.items[i].what,
                                              .who = rows.items[i].who};
}

// What may be chosen for the scope by one click; every control and clause can be typed.
static void choices_of(Context *c, AuditScopeChoiceList *out) {
  for (size_t i = 0; i < CONTROL_GROUP_COUNT; i++)
    *list_add(c->arena, out) = (AuditScopeChoice){control_groups[i].key, control_groups[i].title};
  Facts facts;
  if (!org_facts(c, &facts)) return;
  for (size_t i = 0; i < facts.site_count; i++)
    if (facts.sites[i].id != 0)
      *list_add(c->arena, out) =
          (AuditScopeChoice){text_format(c->arena, "site:%lld", (long long)facts.sites[i].id),
                             text_format(c->arena, _("Site: %s"), facts.sites[i].name)};
}

static AuditPage page_of(const Context *c, const Audit *a) {
  return (AuditPage){.id = a->id,
                     .version = a->version,
                     .activity = a->activity,
                     .title = a->title,
                     .kind = audit_kind_name(a->kind),
                     .kind_title = audit_kind_title(a->kind),
                     .external = a->external,
                     .mark = audit_mark(a->state, a->latest, c->today),
                     .open = a->open,
                     .planned = a->open && instant_is_none(a->started),
                     .concluded = a->state == AUDIT_CONCLUDED,
                     .reopened = a->state == AUDIT_REOPENED,
                     .due = a->due,
                     .held_on = a->held_on,
                     .objective = a->objective,
                     .criteria = a->criteria,
                     .scope = a->scope,
                     .method = a->method,
                     .body = a->body,
                     .summary = a->summary,
                     .started = a->started,
                     .started_by = a->started_by,
                     .notified = a->notified,
                     .issued = a->issued,
                     .today = c->today};
}

void audit_handler(Request *r, const AuditInput *in) {
  Context *c = &r->context;
  Audit a;
  if (!audit_get(c, in->id, &a)) return;
  AuditPage page = page_of(c, &a);
  page.areas = audit_area_rows(c, a.id);
  page.team = audit_member_rows(c, a.id);
  page.waivers = audit_waiver_rows(c, a.id);
  page.auditees = audit_auditee_rows(c, a.id);
  page.samples = audit_sample_rows(c, a.id);
  page.findings = audit_finding_rows(c, a.id);
  page.notes = audit_note_rows(c, a.id);
  slots_of(c, a.id, &page.slots);
  biases_of(c, &a, &page);
  SqlAuditItemsRows items = sql_audit_items(c, (SqlAuditItems){.audit = a.id});
  page.items = (int64_t)items.count;
  for (size_t i = 0; i < items.count; i++) page.items_open += items.items[i].result == RESULT_OPEN;
  if (a.open) {
    audit_gap_rows(c, a.id, &page.gaps);
    choices_of(c, &page.choices);
    owner_names(c, &page.names);
    page.seed = a.id * 1000 + (int64_t)page.samples.count + 1;
  }
  if (context_ok(c)) respond_audit_page(r, &page);
}
