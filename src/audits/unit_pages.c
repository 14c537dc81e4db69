// SPDX-License-Identifier: Apache-2.0
// The universe's pages: units by priority, other weights tried, one unit with everything about it.
#include "audits/auditor.h"
#include "audits/programme.routes.h"
#include "audits/programme.sql.h"
#include "audits/programme_pages.h"
#include "audits/unit.sql.h"
#include "http/request.h"
#include "registers/control_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_EACH = 50, MISSING_MOST = 40 };

const char *level_name(PriorityLevel level) {
  static const char *const names[] = {"low", "medium", "high"};
  return names[level];
}
const char *level_words(PriorityLevel level) {
  static const char *const words[] = {N_("Low"), N_("Medium"), N_("High")};
  return _(words[level]);
}

const char *days_of_effort(Context *c, int32_t hundredths) {
  const char *number = hundredths % 100 == 0
                           ? text_format(c->arena, "%d", hundredths / 100)
                           : text_format(c->arena, "%d.%d", hundredths / 100, hundredths / 10 % 10);
  return text_format(c->arena, hundredths == 100 ? _("%s day") : _("%s days"), number);
}

const char *every_words(Context *c, int32_t months) {
  return text_format(c->arena, _("Every %d months"), months);
}

Paging paging_of(Context *c, const char *address, OptInt asked, int64_t total, int64_t each) {
  Paging paging = {.pages = total == 0 ? 1 : (total + each - 1) / each, .previous = "", .next = ""};
  paging.page = asked.has ? asked.value : 1;
  if (paging.page > paging.pages) paging.page = paging.pages;
  if (paging.page > 1)
    paging.previous = text_format(c->arena, "%spage=%lld", address, (long long)paging.page - 1);
  if (paging.page < paging.pages)
    paging.next = text_format(c->arena, "%spage=%lld", address, (long long)paging.page + 1);
  return paging;
}

// ---- the universe ----

static bool tried_weights(const AuditUniverseInput *in, Weights *weights) {
  const OptInt given[PART_COUNT] = {in->risk,    in->outsourced, in->findings,  in->incidents,
                                    in->changes, in->age,        in->management};
  bool differs = false;
  for (size_t i = 0; i < PART_COUNT; i++) {
    if (!given[i].has || given[i].value == weights->of[i]) continue;
    weights->of[i] = (int32_t)given[i].value;
    differs = true;
  }
  return differs;
}

static int by_score(const void *a, const void *b) {
  const Unit *x = a, *y = b;
  if (x->priority.score != y->priority.score) return y->priority.score - x->priority.score;
  return x->id < y->id ? -1 : 1;
}

static const char *last_words(Context *c, const Unit *unit) {
  return unit->never_audited ? _("never; counted from the decision")
                             : date_words(c->arena, unit->last_audited);
}

static AuditUnitRow unit_row(Context *c, const Unit *unit, const Weights *weights,
                             const char *change) {
  return (AuditUnitRow){.id = unit->id,
                        .title = unit->title,
                        .kind_title = unit_kind_title(unit->kind),
                        .owner = unit->owner_label,
                        .refs = unit->refs,
                        .score = unit->priority.score,
                        .level = level_name(unit->priority.level),
                        .level_title = level_words(unit->priority.level),
                        .interval = every_words(c, unit->priority.interval),
                        .interval_why = unit->priority.interval_why,
                        .last = last_words(c, unit),
                        .effort = days_of_effort(c, unit->effort),
                        .change = change,
                        .chart = parts_bar(c, unit, weights)};
}

static void fill_units(Context *c, AuditUniversePage *page, Units *units, const Weights *before,
                       const Weights *weights, const Paging *paging) {
  const char **changes = arena_array(c->arena, units->count + 1, sizeof *changes);
  list_sort(units, by_score);
  for (size_t i = 0; i < units->count; i++) {
    Unit was = units->items[i];
    page->high += was.priority.level == LEVEL_HIGH;
    page->medium += was.priority.level == LEVEL_MEDIUM;
    page->low += was.priority.level == LEVEL_LOW;
    changes[i] = "";
    if (!page->trying) continue;
    priority_weigh(c, &was, before);
    if (was.priority.score == units->items[i].priority.score) continue;
    page->changed += was.priority.interval != units->items[i].priority.interval;
    changes[i] = text_format(c->arena, _("now %d, every %d months"), was.priority.score,
                             was.priority.interval);
  }
  size_t from = (size_t)(paging->page - 1) * ROWS_EACH;
  for (size_t i = from; i < units->count && i < from + ROWS_EACH; i++)
    *list_add(c->arena, &page->rows) = unit_row(c, &units->items[i], weights, changes[i]);
}

static void fill_missing(Context *c, AuditUniversePage *page, const Units *units) {
  Missing missing = {0};
  if (!units_missing(c, units, &missing)) return;
  for (size_t i = 0; i < missing.count && i < MISSING_MOST; i++)
    *list_add(c->arena, &page->missing) = (AuditMissing){missing.items[i]};
}

static const char *universe_address(Request *r, const AuditUniversePage *page,
                                    const Weights *weights) {
  Text out;
  text_init(&out, r->context.arena);
  text_add_format(&out, "/o/%s/audits/universe?", r->org_slug);
  for (size_t i = 0; i < PART_COUNT && page->trying; i++)
    text_add_format(&out, "%s=%d&", priority_part_name((PriorityPart)i), weights->of[i]);
  return out.data;
}

void audit_universe_handler(Request *r, const AuditUniverseInput *in) {
  Context *c = &r->context;
  Weights before, weights;
  Units units = {0};
  AuditUniversePage page = {0};
  if (!weights_load(c, &before)) return;
  weights = before;
  page.trying = tried_weights(in, &weights);
  if (!units_load(c, &weights, &units)) return;
  page.total = (int64_t)units.count;
  Paging paging =
      paging_of(c, universe_address(r, &page, &weights), in->page, page.total, ROWS_EACH);
  page.page = paging.page;
  page.pages = paging.pages;
  page.previous = paging.previous;
  page.next = paging.next;
  fill_missing(c, &page, &units);
  fill_units(c, &page, &units, &before, &weights, &paging);
  for (size_t i = 0; i < PART_COUNT; i++)
    *list_add(c->arena, &page.parts) = (AuditPart){.name = priority_part_name((PriorityPart)i),
                                                   .title = priority_part_title((PriorityPart)i),
                                                   .weight = weights.of[i],
                                                   .why = ""};
  if (context_ok(c)) respond_audit_universe_page(r, &page);
}

void audit_universe_build_handler(Request *r, const AuditUniverseBuildInput *in) {
  (void)in;
  UniverseBuilt built;
  if (!universe_build(&r->context, &built)) return;
  request_done(r, 0, text_format(r->context.arena, "/o/%s/audits/universe", r->org_slug),
               _("Built: %lld new, %lld changed, %lld left; %lld links to risks, incidents, "
                 "findings and changes."),
               (long long)built.added, (long long)built.changed, (long long)built.retired,
               (long long)built.links);
}

void audit_weights_handler(Request *r, const AuditWeightsInput *in) {
  Weights weights = {{(int32_t)in->risk, (int32_t)in->outsourced, (int32_t)in->findings,
                      (int32_t)in->incidents, (int32_t)in->changes, (int32_t)in->age,
                      (int32_t)in->management}};
  if (weights_set(&r->context, &weights))
    request_done(r, 0, text_format(r->context.arena, "/o/%s/audits/universe", r->org_slug),
                 _("The weights are saved; priorities and intervals follow them."));
}

static const char *unit_address(Request *r, int64_t id) {
  return text_format(r->context.arena, "/o/%s/audits/units/%lld", r->org_slug, (long long)id);
}

static int32_t hundredths_of(double days) {
  return (int32_t)lround(days * 100);
}

void audit_unit_add_handler(Request *r, const AuditUnitAddInput *in) {
  Unit unit = {.title = in->title,
               .effort = hundredths_of(in->effort),
               .needs = in->needs,
               .said_audited = DATE_NONE,
               .outsourced = -1};
  int64_t id;
  unit_kind_parse(in->kind, &unit.kind);
  if (unit_add(&r->context, &unit, &id))
    request_done(r, id, unit_address(r, id), _("Added to the universe."));
}

// ---- one unit ----

static const char *const TONES[PART_COUNT] = {"fill-missed", "fill-coming", "fill-late",
                                              "fill-stage",  "fill-doing",  "fill-done",
                                              "fill-accent"};

static void fill_parts(Context *c, AuditUnitPage *page, const Unit *unit) {
  Weights weights;
  if (!weights_load(c, &weights)) return;
  for (size_t i = 0; i < PART_COUNT; i++) {
    const char *title = priority_part_title((PriorityPart)i);
    *list_add(c->arena, &page->parts) =
        (AuditPart){.name = priority_part_name((PriorityPart)i),
                    .title = title,
                    .value = unit->priority.part[i],
                    .weight = weights.of[i],
                    .why = or_empty(unit->priority.why[i]),
                    .chart = part_bar(c, title, unit->priority.part[i], TONES[i])};
  }
}

static void fill_links(Request *r, AuditUnitPage *page) {
  Context *c = &r->context;
  SqlUnitLinksRows rows = sql_unit_links(c, (SqlUnitLinks){.unit = page->id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlUnitLinksRow *row = &rows.items[i];
    bool finding = row->finding != 0;
    AuditLinkRow *link = list_add(c->arena, &page->links);
    *link = (AuditLinkRow){
        .item = row->item,
        .kind = row->kind,
        .kind_title = text_equal(row->kind, "risks")       ? _("Risk")
                      : text_equal(row->kind, "incidents") ? _("Incident")
                      : finding                            ? _("Finding")
                      : text_equal(row->kind, "plain")     ? _("Change")
                                                           : _("Entry"),
        .title = finding ? text_format(c->arena, "F-%lld %s", (long long)row->finding_number.value,
                                       row->finding_title)
                         : text_format(c->arena, "%s %s", or_empty(row->ref), or_empty(row->title)),
        .status = or_empty(row->status),
        .why = row->why,
        .by_hand = row->by_hand};
    link->href =
        finding ? text_format(c->arena, "/o/%s/findings/%lld", r->org_slug, (long long)row->finding)
                : text_format(c->arena, "/o/%s/items/%lld", r->org_slug, (long long)row->item);
  }
}

static StatusMark standing_mark(Independence verdict) {
  switch (verdict) {
  case INDEPENDENT: return (StatusMark){"done", _("Independent"), "i-circle-check"};
  case INDEPENDENT_WARNING: return (StatusMark){"late", _("With a warning"), "i-alert-triangle"};
  case INDEPENDENT_EXCEPTION: return (StatusMark){"stage", _("By exception"), "i-signature"};
  default: return (StatusMark){"missed", _("May not"), "i-circle-x"};
  }
}

static void fill_standings(Context *c, AuditUnitPage *page, const Unit *unit) {
  static const char *const names[] = {"independent", "warning", "exception", "dependent"};
  Auditors auditors = {0};
  StandingBook *book = standing_book(c);
  if (book == NULL || !auditors_load(c, &auditors)) return;
  for (size_t i = 0; i < auditors.count; i++) {
    const AuditorPerson *auditor = &auditors.items[i];
    Standing standing = standing_of(c, book, unit, auditor->person, auditor->manager);
    page->dependent |= standing.verdict == DEPENDENT;
    *list_add(c->arena, &page->standings) =
        (AuditStandingRow){.person = auditor->person,
                           .name = auditor->name,
                           .verdict = names[standing.verdict],
                           .mark = standing_mark(standing.verdict),
                           .why = standing.why};
  }
}

StatusMark planned_mark(Context *c, bool has, int64_t state, Date due, Date latest) {
  if (!has) return (StatusMark){"planned", _("Proposed"), "i-calendar-search"};
  return status_mark(activity_status((State)state, due, latest, c->today));
}

static void fill_planned(Request *r, AuditUnitPage *page) {
  Context *c = &r->context;
  SqlAssignmentOfUnitRows rows = sql_assignment_of_unit(c, (SqlAssignmentOfUnit){.unit = page->id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAssignmentOfUnitRow *row = &rows.items[i];
    bool has = row->activity != 0;
    *list_add(c->arena, &page->planned) = (AuditPlannedRow){
        .words = text_format(c->arena, _("%s, %s (version %lld)"),
                             grid_month(c, has ? row->due : row->month), row->auditor_name,
                             (long long)row->number),
        .why = row->why,
        .href = has ? text_format(c->arena, "/o/%s/activities/%lld", r->org_slug,
                                  (long long)row->activity)
                    : "",
        .mark = planned_mark(c, has && row->state.has, row->state.value, row->due, row->latest)};
  }
}

static void fill_rest(Context *c, AuditUnitPage *page, const Unit *unit) {
  SqlUnitChangesRows changes = sql_unit_changes(c, (SqlUnitChanges){.unit = unit->id});
  for (size_t i = 0; i < changes.count; i++)
    *list_add(c->arena, &page->history) = (AuditHistoryRow){
        .words = text_format(c->arena,
                             text_equal(changes.items[i].what, "merged")
                                 ? _("“%s” became part of “%s”")
                                 : _("“%s” gave some of itself to “%s”"),
                             changes.items[i].from_title, changes.items[i].to_title),
        .reason = changes.items[i].reason,
        .at = changes.items[i].changed};
  for (size_t i = 0; i < CONTROL_ENTRY_COUNT; i++) {
    const ControlEntry *entry = control_entry_at(i);
    if (refs_have(unit->refs, entry->ref))
      *list_add(c->arena, &page->boxes) = (AuditRefBox){entry->ref, control_entry_words(entry)};
  }
  SqlUnitTitlesSortedRows titles = sql_unit_titles_sorted(c);
  for (size_t i = 0; i < titles.count && i < 500; i++)
    if (titles.items[i].id != unit->id)
      *list_add(c->arena, &page->others) =
          (AuditOption){.value = text_format(c->arena, "%lld", (long long)titles.items[i].id),
                        .title = titles.items[i].title};
}

void audit_unit_handler(Request *r, const AuditUnitInput *in) {
  Context *c = &r->context;
  Unit unit;
  if (!unit_load(c, in->id, &unit)) return;
  const Priority *p = &unit.priority;
  AuditUnitPage page = {.id = unit.id,
                        .version = unit.version,
                        .title = unit.title,
                        .kind_title = unit_kind_title(unit.kind),
                        .owner = unit.owner_label,
                        .owner_field = unit.owner_field,
                        .refs = unit.refs,
                        .needs = unit.needs,
                        .effort = text_format(c->arena, "%g", unit.effort / 100.0),
                        .effort_words = days_of_effort(c, unit.effort),
                        .max_interval = {unit.max_interval != 0, unit.max_interval},
                        .interval = every_words(c, p->interval),
                        .interval_why = p->interval_why,
                        .interval_reason = unit.interval_reason,
                        .weight = unit.weight,
                        .weight_reason = unit.weight_reason,
                        .last = last_words(c, &unit),
                        .last_audited = unit.said_audited,
                        .score = p->score,
                        .level = level_name(p->level),
                        .level_title = level_words(p->level),
                        .retired = unit.retired,
                        .retired_reason = or_empty(unit.retired_reason),
                        .successor = unit.successor};
  fill_parts(c, &page, &unit);
  fill_links(r, &page);
  fill_standings(c, &page, &unit);
  fill_planned(r, &page);
  fill_rest(c, &page, &unit);
  if (context_ok(c)) respond_audit_unit_page(r, &page);
}

void audit_unit_change_handler(Request *r, const AuditUnitChangeInput *in) {
  Context *c = &r->context;
  Unit now;
  if (!unit_load(c, in->id, &now)) return;
  Unit unit = {.id = in->id,
               .version = in->version.has ? in->version.value : 0,
               .title = in->title,
               .needs = in->needs,
               .effort = hundredths_of(in->effort),
               .said_audited = in->last_audited,
               .max_interval = in->max_interval.has ? (int32_t)in->max_interval.value : 0,
               .interval_reason = in->interval_reason,
               .weight = (int32_t)in->weight,
               .weight_reason = in->weight_reason,
               .outsourced = now.outsourced};
  if (!text_is_empty(in->owner) && !owner_named(c, "owner", in->owner, &unit.owner)) return;
  if (unit_change(c, &unit)) request_done(r, in->id, unit_address(r, in->id), _("Saved."));
}

void audit_unit_merge_handler(Request *r, const AuditUnitMergeInput *in) {
  if (unit_merge(&r->context, in->id, in->into, in->reason))
    request_done(r, in->into, unit_address(r, in->into),
                 _("Merged. What was planned for the other one stays in the diary; plan anew to "
                   "bring the programme in line."));
}

void audit_unit_split_handler(Request *r, const AuditUnitSplitInput *in) {
  int64_t id;
  if (unit_split(&r->context, in->id, in->refs, in->title, in->reason, &id))
    request_done(r, id, unit_address(r, id),
                 _("Split. Plan anew to give the new unit its months."));
}

void audit_unit_retire_handler(Request *r, const AuditUnitRetireInput *in) {
  if (unit_retire(&r->context, in->id, in->reason))
    request_done(r, in->id, unit_address(r, in->id), _("Taken out of the universe."));
}

void audit_unit_link_handler(Request *r, const AuditUnitLinkInput *in) {
  if (unit_link(&r->context, in->id, in->item, in->why))
    request_done(r, in->id, unit_address(r, in->id), _("Linked."));
}

void audit_unit_unlink_handler(Request *r, const AuditUnitUnlinkInput *in) {
  if (unit_unlink(&r->context, in->id, in->kind, in->item))
    request_done(r, in->id, unit_address(r, in->id), _("Taken off."));
}

void audit_exception_handler(Request *r, const AuditExceptionInput *in) {
  AuditException exception = {
      .unit = in->id, .person = in->person, .reason = in->reason, .approved_by = r->context.actor};
  if (exception_add(&r->context, &exception))
    request_done(r, in->id, unit_address(r, in->id),
                 _("The exception is recorded with your name and stays visible."));
}

void audit_exception_end_handler(Request *r, const AuditExceptionEndInput *in) {
  if (exception_end(&r->context, in->id))
    request_done(r, in->id, text_format(r->context.arena, "/o/%s/audits/auditors", r->org_slug),
                 _("Withdrawn."));
}

void audit_worked_handler(Request *r, const AuditWorkedInput *in) {
  if (worked_there(&r->context, in->person, in->id, in->until))
    request_done(r, in->id, unit_address(r, in->id), _("Noted: a warning for twelve months."));
}
