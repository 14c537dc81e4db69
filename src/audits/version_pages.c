// SPDX-License-Identifier: Apache-2.0
// One version: its search, what it breaks, the grid with a form for each audit, and the decision.
#include "audits/programme.routes.h"
#include "audits/programme.sql.h"
#include "audits/programme_pages.h"
#include "audits/unit.sql.h"
#include "http/request.h"

#include <string.h>

static const char *version_address(Request *r, int64_t id) {
  return text_format(r->context.arena, "/o/%s/audits/programme/%lld", r->org_slug, (long long)id);
}

static const char *rule_title(const char *rule) {
  static const struct {
    const char *rule, *title;
  } rules[] = {{"interval", N_("Longest interval")},  {"capacity", N_("Days of the auditors")},
               {"competence", N_("Competence")},      {"conflict", N_("Independence")},
               {"blackout", N_("A month kept free")}, {"auditor", N_("An auditor who left")},
               {"shape", N_("The plan does not fit")}};
  for (size_t i = 0; i < COUNT_OF(rules); i++)
    if (text_equal(rules[i].rule, rule)) return _(rules[i].title);
  return rule;
}

static void fill_breaches(Context *c, AuditVersionPage *page) {
  ProgrammeBreaches breaches = {0};
  if (!audit_programme_breaches(c, page->id, &breaches)) return;
  for (size_t i = 0; i < breaches.count; i++) {
    const ProgrammeBreach *breach = &breaches.items[i];
    AuditBreachRow *row = list_add(c->arena, &page->breaches);
    *row = (AuditBreachRow){.rule = breach->rule,
                            .rule_title = rule_title(breach->rule),
                            .title = breach->title,
                            .unit = breach->unit,
                            .words = breach->words,
                            .proved = breach->proved};
    for (const char *way = breach->ways_out; *way != '\0';) {
      size_t length = strcspn(way, "\n");
      if (length > 0)
        *list_add(c->arena, &row->ways) = (AuditMissing){text_copy_n(c->arena, way, length)};
      way += length + (way[length] == '\n');
    }
  }
}

// The activity it became; its form while it is proposed; else its unit.
static const char *row_address(Request *r, const AuditVersionPage *page,
                               const ProgrammeAudit *audit) {
  Arena *arena = r->context.arena;
  if (audit->activity != 0)
    return text_format(arena, "/o/%s/activities/%lld", r->org_slug, (long long)audit->activity);
  if (!page->proposed)
    return text_format(arena, "/o/%s/audits/units/%lld", r->org_slug, (long long)audit->unit);
  return text_format(arena, "%s?edit=%lld#edit", version_address(r, page->id),
                     (long long)audit->id);
}

static void fill_rows(Request *r, AuditVersionPage *page) {
  Context *c = &r->context;
  ProgrammeAudits audits = {0};
  if (!audit_programme_audits(c, page->id, &audits)) return;
  page->audits = (int64_t)audits.count;
  for (size_t i = 0; i < audits.count; i++) {
    const ProgrammeAudit *audit = &audits.items[i];
    *list_add(c->arena, &page->rows) = (AuditAssignmentRow){.id = audit->id,
                                                            .unit = audit->unit,
                                                            .title = audit->unit_title,
                                                            .month = grid_month(c, audit->month),
                                                            .auditor = audit->auditor_name,
                                                            .why = audit->why,
                                                            .by_hand = audit->by_hand,
                                                            .edit = row_address(r, page, audit)};
  }
}

static void fill_comparison(Context *c, AuditVersionPage *page) {
  AuditProgramme adopted;
  ProgrammeComparison comparison;
  if (!page->proposed || !audit_programme_latest(c, PROGRAMME_ADOPTED, &adopted) ||
      !audit_programme_compare(c, page->id, &comparison))
    return;
  page->compared = true;
  page->compare_words = text_format(
      c->arena,
      _("%lld audits stay as they are in the diary, %lld move to another month, %lld go to another "
        "auditor, %lld are new, %lld are no longer planned. What is under way or held stays."),
      (long long)comparison.same, (long long)comparison.moved, (long long)comparison.reassigned,
      (long long)comparison.added, (long long)comparison.dropped);
  for (size_t i = 0; i < comparison.changes.count && i < 300; i++)
    *list_add(c->arena, &page->changes) =
        (AuditChangeRow){comparison.changes.items[i].title, comparison.changes.items[i].what};
}

static void fill_grid(Request *r, const AuditProgramme *programme, OptInt asked,
                      AuditVersionPage *page) {
  Context *c = &r->context;
  SqlUnitCountRow count;
  int64_t shown;
  if (!sql_unit_count(c, &count)) return;
  Paging paging = paging_of(c, text_format(c->arena, "%s?", version_address(r, page->id)), asked,
                            count.live, GRID_UNITS);
  page->page = paging.page;
  page->pages = paging.pages;
  page->previous = paging.previous;
  page->next = paging.next;
  Grid grid = {.slug = r->org_slug,
               .programme = programme->id,
               .start = programme->start,
               .months = programme->months,
               .page = (int32_t)paging.page,
               .free = programme_free_months(c, programme->start, programme->months),
               .editing = page->proposed && request_may(r, "audit.plan")};
  page->grid = grid_picture(c, &grid, &shown);
  page->grid_words = text_format(
      c->arena,
      grid.editing
          ? _("%lld audits shown. Drag a mark to another month, move it with the arrow keys, or "
              "open it for its form: what it breaks is said before it is placed.")
          : _("%lld audits shown."),
      (long long)shown);
}

// ---- the form of one audit ----

static const char *month_value(Context *c, Date day) {
  return date_text(c->arena, day);
}

static void fill_months(Context *c, const AuditProgramme *programme, Date chosen, AuditEdit *edit) {
  for (int32_t m = 0; m < programme->months; m++) {
    Date month = date_add_months(programme->start, m);
    bool is = !date_is_none(chosen) && months_between(month, chosen) == 0;
    *list_add(c->arena, &edit->months) =
        (AuditOption){month_value(c, month), grid_month(c, month), is};
  }
}

static void fill_choice(Context *c, int64_t chosen, int64_t unit, AuditEdit *edit) {
  Auditors auditors = {0};
  Unit of;
  StandingBook *book = standing_book(c);
  if (book == NULL || !unit_load(c, unit, &of) || !auditors_load(c, &auditors)) return;
  edit->title = of.title;
  for (size_t i = 0; i < auditors.count; i++) {
    const AuditorPerson *auditor = &auditors.items[i];
    Standing standing = standing_of(c, book, &of, auditor->person, auditor->manager);
    *list_add(c->arena, &edit->auditors) =
        (AuditOption){.value = text_format(c->arena, "%lld", (long long)auditor->person),
                      .title = standing.why[0] == '\0'
                                   ? auditor->name
                                   : text_format(c->arena, "%s (%s)", auditor->name, standing.why),
                      .chosen = auditor->person == chosen};
  }
}

static void add_sentences(Context *c, const Sentences *from, AuditMissingList *to) {
  for (size_t i = 0; i < from->count && i < 20; i++)
    *list_add(c->arena, to) = (AuditMissing){from->items[i]};
}

static void fill_edit(Request *r, const AuditProgramme *programme, const AuditVersionInput *in,
                      AuditVersionPage *page) {
  Context *c = &r->context;
  AuditEdit *edit = arena_new(c->arena, AuditEdit);
  Date month = DATE_NONE, asked = DATE_NONE;
  int64_t auditor = in->auditor;
  *edit = (AuditEdit){.assignment = in->edit,
                      .unit = in->unit,
                      .title = "",
                      .month = "",
                      .back = version_address(r, page->id)};
  ProgrammeAudits audits = {0};
  if (!audit_programme_audits(c, page->id, &audits)) return;
  for (size_t i = 0; i < audits.count && in->edit != 0; i++) {
    if (audits.items[i].id != in->edit) continue;
    edit->unit = audits.items[i].unit;
    edit->month = grid_month(c, audits.items[i].month);
    month = audits.items[i].month;
    if (auditor == 0) auditor = audits.items[i].auditor;
  }
  if (edit->unit == 0) return;
  if (in->month != NULL && !date_parse(in->month, &asked)) asked = DATE_NONE;
  if (!date_is_none(asked)) {
    Sentences breaks = {0}, mends = {0};
    ProgrammeEdit tried = {.programme = page->id,
                           .assignment = in->edit,
                           .unit = edit->unit,
                           .auditor = auditor,
                           .month = asked};
    if (!audit_programme_try(c, &tried, &breaks, &mends)) {
      if (c->error.kind != ERROR_INVALID) return;
      for (size_t i = 0; i < c->error.fields.count; i++)
        *list_add(c->arena, &edit->breaks) = (AuditMissing){c->error.fields.items[i].message};
      c->error = (Error){0};
    }
    add_sentences(c, &breaks, &edit->breaks);
    add_sentences(c, &mends, &edit->mends);
    edit->tried = true;
  }
  fill_months(c, programme, date_is_none(asked) ? month : asked, edit);
  fill_choice(c, auditor, edit->unit, edit);
  page->edit = edit;
}

static void fill_units(Context *c, AuditVersionPage *page) {
  SqlUnitTitlesSortedRows titles = sql_unit_titles_sorted(c);
  for (size_t i = 0; i < titles.count; i++)
    *list_add(c->arena, &page->units) =
        (AuditOption){.value = text_format(c->arena, "%lld", (long long)titles.items[i].id),
                      .title = titles.items[i].title};
}

void audit_version_handler(Request *r, const AuditVersionInput *in) {
  Context *c = &r->context;
  AuditProgramme programme;
  if (!audit_programme_get(c, in->id, &programme)) return;
  AuditVersionPage page = {.id = programme.id,
                           .version = programme.version,
                           .number = programme.number,
                           .state = programme_state_name(programme.state),
                           .mark = programme_mark(&programme),
                           .searching = programme.state == PROGRAMME_SEARCHING,
                           .lost = programme.lost,
                           .stopping = programme.stop,
                           .progress = programme.progress,
                           .failure = programme.failure,
                           .proposed = programme.state == PROGRAMME_PROPOSED,
                           .adopted = programme.state == PROGRAMME_ADOPTED,
                           .feasible = programme.feasible,
                           .mine = programme.proposed_by == c->actor,
                           .proposer = programme.proposer,
                           .at = programme.proposed,
                           .start = grid_month(c, programme.start),
                           .months = programme.months,
                           .seed = programme.seed,
                           .staleness = text_format(c->arena, "%.0f", programme.staleness),
                           .compare_words = "",
                           .grid_words = "",
                           .previous = "",
                           .next = ""};
  if (!page.searching) {
    fill_breaches(c, &page);
    fill_rows(r, &page);
    fill_comparison(c, &page);
    fill_grid(r, &programme, in->page, &page);
    if (page.proposed) fill_units(c, &page);
    if (page.proposed && (in->edit != 0 || in->unit != 0)) fill_edit(r, &programme, in, &page);
  }
  if (context_ok(c)) respond_audit_version_page(r, &page);
}

void audit_version_search_handler(Request *r, const AuditVersionSearchInput *in) {
  AuditProgramme programme;
  if (!audit_programme_search(&r->context, in->id, NULL, NULL) ||
      !audit_programme_get(&r->context, in->id, &programme))
    return;
  request_done(r, in->id, version_address(r, in->id),
               programme.feasible ? _("Searched: every rule is kept.")
                                  : _("Searched: not every rule can be kept; see which, and the "
                                      "ways out."));
}

void audit_version_stop_handler(Request *r, const AuditVersionStopInput *in) {
  if (audit_programme_stop(&r->context, in->id))
    request_done(r, in->id, version_address(r, in->id),
                 _("The search ends in a moment with what it has found."));
}

static bool month_of(Context *c, const char *text, Date *out) {
  if (text != NULL && strlen(text) == 7) text = text_format(c->arena, "%s-01", text);
  return (text != NULL && date_parse(text, out)) ||
         invalid(c, "month", _("Write the month as YYYY-MM."));
}

void audit_version_edit_handler(Request *r, const AuditVersionEditInput *in) {
  Context *c = &r->context;
  ProgrammeEdit edit = {
      .programme = in->id, .assignment = in->assignment, .unit = in->unit, .auditor = in->auditor};
  Sentences breaks = {0};
  if (!month_of(c, in->month, &edit.month) || !audit_programme_edit(c, &edit, &breaks)) return;
  request_done(r, in->id, version_address(r, in->id),
               breaks.count == 0 ? _("Placed; it breaks nothing.%s") : _("Placed. It breaks: %s"),
               breaks.count == 0 ? "" : breaks.items[0]);
}

void audit_version_drop_handler(Request *r, const AuditVersionDropInput *in) {
  ProgrammeEdit edit = {.programme = in->id, .assignment = in->assignment, .month = DATE_NONE};
  Sentences breaks = {0};
  if (!audit_programme_edit(&r->context, &edit, &breaks)) return;
  request_done(r, in->id, version_address(r, in->id),
               breaks.count == 0 ? _("Taken out; it breaks nothing.%s")
                                 : _("Taken out. It breaks: %s"),
               breaks.count == 0 ? "" : breaks.items[0]);
}

void audit_version_check_handler(Request *r, const AuditVersionCheckInput *in) {
  if (audit_programme_check(&r->context, in->id))
    request_done(r, in->id, version_address(r, in->id), _("Checked."));
}

void audit_version_adopt_handler(Request *r, const AuditVersionAdoptInput *in) {
  Context *c = &r->context;
  if (audit_programme_adopt(c, in->id, in->exception, in->version.has ? in->version.value : 0))
    request_done(r, in->id, text_format(c->arena, "/o/%s/audits/programme", r->org_slug),
                 _("Adopted. The audits are in the diary."));
}

void audit_version_discard_handler(Request *r, const AuditVersionDiscardInput *in) {
  Context *c = &r->context;
  if (audit_programme_discard(c, in->id, in->version.has ? in->version.value : 0))
    request_done(r, in->id, text_format(c->arena, "/o/%s/audits/programme", r->org_slug),
                 _("Put away."));
}
