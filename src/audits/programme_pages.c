// SPDX-License-Identifier: Apache-2.0
// The programme as adopted: figures, burn-up, the grid, what slips, and its versions.
#include "audits/programme_pages.h"
#include "audits/programme.routes.h"
#include "audits/programme.sql.h"
#include "audits/programme_follow.h"
#include "audits/unit.sql.h"
#include "http/request.h"

enum { SOON_DAYS = 45 };

StatusMark mark_of_state(int64_t state) {
  static const StatusMark marks[] = {
      [PROGRAMME_SEARCHING] = {"under_way", N_("Being searched"), "i-loader"},
      [PROGRAMME_PROPOSED] = {"planned", N_("Proposed"), "i-file-like"},
      [PROGRAMME_ADOPTED] = {"done", N_("Adopted"), "i-circle-check"},
      [PROGRAMME_SUPERSEDED] = {"cancelled", N_("Superseded"), "i-replace"},
      [PROGRAMME_DISCARDED] = {"cancelled", N_("Put away"), "i-archive"}};
  StatusMark mark = marks[state];
  mark.word = _(mark.word);
  return mark;
}

StatusMark programme_mark(const AuditProgramme *programme) {
  return mark_of_state(programme->state);
}

static const char *percent(Context *c, int64_t part, int64_t whole) {
  int32_t share = following_percent(part, whole);
  return share < 0 ? _("not measured") : text_format(c->arena, "%d %%", share);
}

static void fill_figures(Request *r, AuditProgrammePage *page, const Following *f) {
  Context *c = &r->context;
  *list_add(c->arena, &page->figures) = (FigureTile){
      .label = _("Coverage against the first plan"),
      .value = percent(c, f->held, f->due),
      .unit = "",
      .why = text_format(c->arena, _("%lld held; %lld were due by the first plan until today"),
                         (long long)f->held, (long long)f->due),
      .href = "",
      .tone = f->due == 0        ? ""
              : f->due > f->held ? "late"
                                 : "done",
      .icon = "i-chart-line"};
  *list_add(c->arena, &page->figures) = (FigureTile){
      .label = _("Late"),
      .value = text_format(c->arena, "%lld", (long long)f->late),
      .unit = "",
      .why = text_format(c->arena, _("%lld of them past their window"), (long long)f->closed),
      .href = text_format(c->arena, "/o/%s/activities?kind=audit&status=open", r->org_slug),
      .tone = f->closed > 0 ? "missed"
              : f->late > 0 ? "late"
                            : "done",
      .icon = "i-clock-exclamation"};
  if (date_is_none(f->surveillance)) return;
  *list_add(c->arena, &page->figures) = (FigureTile){
      .label = text_format(c->arena, _("On %s, as planned"), date_words(c->arena, f->surveillance)),
      .value = percent(c, f->as_planned, f->due_then),
      .unit = "",
      .why = text_format(c->arena, _("%lld of the %lld audits due before the external audit"),
                         (long long)f->as_planned, (long long)f->due_then),
      .href = "",
      .tone = "stage",
      .icon = "i-flag"};
  *list_add(c->arena, &page->figures) = (FigureTile){
      .label = _("… at the pace until now"),
      .value = f->paced ? percent(c, f->at_this_pace, f->due_then) : _("not measured"),
      .unit = "",
      .why = f->paced
                 ? text_format(c->arena, _("%lld of %lld, if as many of what falls due are held"),
                               (long long)f->at_this_pace, (long long)f->due_then)
                 : _("nothing fell due yet"),
      .href = "",
      .tone = f->paced && f->at_this_pace < f->as_planned ? "late" : "",
      .icon = "i-gauge"};
}

static void fill_slips(Context *c, AuditProgrammePage *page) {
  SqlFollowedSlipsRows rows =
      sql_followed_slips(c, (SqlFollowedSlips){.soon = date_add_days(c->today, SOON_DAYS)});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFollowedSlipsRow *row = &rows.items[i];
    int32_t days = date_diff(row->due, row->baseline);
    *list_add(c->arena, &page->slips) = (AuditSlipRow){
        .activity = row->id,
        .title = row->title,
        .auditor = row->owner == NULL ? _("nobody yet") : row->owner,
        .baseline = row->baseline,
        .due = row->due,
        .held_on = row->held_on,
        .mark = status_mark(activity_status((State)row->state, row->due, row->latest, c->today)),
        .slip = days == 0
                    ? ""
                    : text_format(c->arena, days > 0 ? _("%d days later") : _("%d days earlier"),
                                  days > 0 ? days : -days),
        .words = ""};
  }
}

static void fill_versions(Context *c, AuditProgrammePage *page) {
  SqlProgrammeListRows rows = sql_programme_list(c);
  bool overtaken = false;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlProgrammeListRow *row = &rows.items[i];
    overtaken |= row->state == PROGRAMME_ADOPTED; // the newest stand first
    if (row->state == PROGRAMME_PROPOSED && page->proposal == 0 && !overtaken)
      page->proposal = row->id;
    if (row->state == PROGRAMME_SEARCHING && page->searching == 0) page->searching = row->id;
    bool approved = row->approver != NULL;
    *list_add(c->arena, &page->versions) = (AuditVersionRow){
        .id = row->id,
        .number = row->number,
        .state = programme_state_name((ProgrammeState)row->state),
        .mark = mark_of_state(row->state),
        .audits = row->audits,
        .by = approved ? text_format(c->arena, _("approved by %s"), row->approver)
                       : text_format(c->arena, _("asked for by %s"),
                                     row->proposer == NULL ? _("the command line") : row->proposer),
        .at = approved ? row->adopted : row->proposed};
  }
}

static void fill_adopted(Request *r, const AuditProgramme *programme, const AuditProgrammeInput *in,
                         AuditProgrammePage *page) {
  Context *c = &r->context;
  Following following;
  if (!audit_programme_follow(c, &following)) return;
  page->adopted = true;
  page->number = programme->number;
  page->approver = programme->approver;
  page->adopted_at = programme->adopted;
  page->exception = programme->exception;
  page->plan_hash = programme->plan_hash;
  page->start = grid_month(c, programme->start);
  page->warning = following.closed_words;
  page->warning_href = following.closed_activity == 0
                           ? ""
                           : text_format(c->arena, "/o/%s/activities/%lld", r->org_slug,
                                         (long long)following.closed_activity);
  fill_figures(r, page, &following);
  fill_slips(c, page);
  page->burn_up = chart_html(
      c->arena, audit_programme_burn_up(c, &following, programme->start, programme->months));
  Paging paging = paging_of(c, text_format(c->arena, "/o/%s/audits/programme?", r->org_slug),
                            in->page, page->units, GRID_UNITS);
  page->page = paging.page;
  page->pages = paging.pages;
  page->previous = paging.previous;
  page->next = paging.next;
  int64_t audits;
  Grid grid = {.slug = r->org_slug,
               .programme = programme->id,
               .start = programme->start,
               .months = programme->months,
               .page = (int32_t)paging.page,
               .free = programme_free_months(c, programme->start, programme->months)};
  page->grid = grid_picture(c, &grid, &audits);
  page->grid_words =
      text_format(c->arena, _("%lld audits of %lld units in %d months from %s."), (long long)audits,
                  (long long)page->units, programme->months, page->start);
}

void audit_programme_handler(Request *r, const AuditProgrammeInput *in) {
  Context *c = &r->context;
  AuditProgrammePage page = {.approver = "",
                             .exception = "",
                             .plan_hash = "",
                             .start = "",
                             .warning = "",
                             .warning_href = "",
                             .grid_words = "",
                             .previous = "",
                             .next = ""};
  AuditProgramme programme;
  Charter charter;
  Auditors auditors = {0};
  SqlUnitCountRow count;
  if (!charter_get(c, &charter) || !sql_unit_count(c, &count) || !auditors_load(c, &auditors))
    return;
  page.units = count.live;
  page.auditors = (int64_t)auditors.count;
  page.objectives = charter.objectives;
  page.responsibilities = charter.responsibilities;
  page.methods = charter.methods;
  page.criteria = charter.criteria;
  page.reporting = charter.reporting;
  if (audit_programme_latest(c, PROGRAMME_ADOPTED, &programme))
    fill_adopted(r, &programme, in, &page);
  fill_versions(c, &page);
  if (context_ok(c)) respond_audit_programme_page(r, &page);
}

void audit_programme_propose_handler(Request *r, const AuditProgrammeProposeInput *in) {
  int64_t id;
  if (audit_programme_start(&r->context, in->seed.has ? in->seed.value : 1, 0, &id))
    request_done(
        r, id,
        text_format(r->context.arena, "/o/%s/audits/programme/%lld", r->org_slug, (long long)id),
        _("Ready to be searched."));
}

void audit_charter_handler(Request *r, const AuditCharterInput *in) {
  (void)in;
  Charter charter;
  if (!charter_get(&r->context, &charter)) return;
  AuditCharterPage page = {.objectives = charter.objectives,
                           .responsibilities = charter.responsibilities,
                           .methods = charter.methods,
                           .criteria = charter.criteria,
                           .reporting = charter.reporting,
                           .travel = charter.travel,
                           .moves = charter.moves,
                           .effort = charter.effort,
                           .crowd = charter.crowd,
                           .warning = charter.warning,
                           .version = charter.version};
  respond_audit_charter_page(r, &page);
}

void audit_charter_put_handler(Request *r, const AuditCharterPutInput *in) {
  Charter charter = {.objectives = in->objectives,
                     .responsibilities = in->responsibilities,
                     .methods = in->methods,
                     .criteria = in->criteria,
                     .reporting = in->reporting,
                     .travel = (int32_t)in->travel,
                     .moves = (int32_t)in->moves,
                     .effort = (int32_t)in->effort,
                     .crowd = in->crowd.has ? (int32_t)in->crowd.value : 2,
                     .warning = (int32_t)in->warning,
                     .version = in->version.has ? in->version.value : 0};
  if (charter_put(&r->context, &charter))
    request_done(r, 0, text_format(r->context.arena, "/o/%s/audits/programme/charter", r->org_slug),
                 _("Written down."));
}
