// SPDX-License-Identifier: Apache-2.0
// One finding: how far it is, what led there, what it still needs.
#include "improvement/grade.h"
#include "improvement/improvement.routes.h"
#include "improvement/list.h"
#include "improvement/pages.h"
#include "improvement/pages.sql.h"
#include "improvement/work.h"

enum { ACTIONS_SHOWN = 200 };

static const char *cause_kind_title(const char *name) {
  for (size_t i = 0; cause_kinds[i].name != NULL; i++)
    if (text_equal(cause_kinds[i].name, name)) return _(cause_kinds[i].title);
  return name;
}

// ---- the steps, as a row of marks ----

static void steps_of(Context *c, const Finding *f, FindingPage *page) {
  static const struct {
    const char *name, *title;
    FindingState until; // done from the step after this one
  } steps[] = {
      {"correct", N_("Correct"), STEP_RAISED}, {"contain", N_("Contain"), STEP_CORRECTED},
      {"cause", N_("Cause"), STEP_CONTAINED},  {"elsewhere", N_("Elsewhere"), STEP_CAUSE_KNOWN},
      {"act", N_("Act"), STEP_ACTING},         {"check", N_("Check"), STEP_WAITING},
      {"close", N_("Close"), STEP_EFFECTIVE}};
  bool found = false;
  if (!page->nonconformity) return;
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    bool done = f->state > steps[i].until;
    bool now = !done && !found;
    found = found || now;
    *list_add(c->arena, &page->steps) = (FindingStep){
        .name = steps[i].name,
        .title = _(steps[i].title),
        .state = done  ? "done"
                 : now ? "now"
                       : "later",
        .icon = done  ? "i-circle-check"
                : now ? "i-circle-dot"
                      : "i-circle",
    };
  }
}

// ---- what stands with it ----

static void cause_of(Context *c, const Finding *f, FindingPage *page) {
  SqlFindingCausesRows rows = sql_finding_causes(c, (SqlFindingCauses){.finding = f->line.id});
  if (rows.count == 0) return;
  int64_t round = rows.items[0].round; // the newest first
  CauseBone *bones = arena_array(c->arena, rows.count, sizeof *bones);
  size_t count = 0;
  for (size_t i = 0; i < rows.count && rows.items[i].round == round; i++) {
    const SqlFindingCausesRow *row = &rows.items[i];
    bones[count++] = (CauseBone){row->place, row->parent, row->branch, row->body};
    *list_add(c->arena, &page->causes) =
        (CauseLine){.body = row->body,
                    .branch = row->branch[0] == '\0' ? "" : cause_kind_title(row->branch),
                    .behind = row->branch[0] != '\0' && row->parent != 0,
                    .number = row->place};
  }
  page->cause_chart = cause_picture(c, f->line.title, f->method, bones, count);
}

static bool alike_of(Context *c, const Finding *f, FindingPage *page) {
  Alikes alikes = {0};
  if (date_is_none(f->cause_on)) return true;
  if (!finding_alike(c, f->line.id, f->cause, f->cause_kind, &alikes)) return false;
  for (size_t i = 0; i < alikes.count; i++) {
    const Alike *alike = &alikes.items[i];
    *list_add(c->arena, &page->alike) =
        (FindingAlike){.id = alike->id,
                       .label = text_format(c->arena, "F-%lld", (long long)alike->number),
                       .title = alike->title,
                       .cause = alike->cause,
                       .words = alike->words,
                       .on = alike->on};
  }
  return true;
}

static void places_of(Request *r, const Finding *f, FindingPage *page) {
  Context *c = &r->context;
  SqlFindingPlacesRows rows = sql_finding_places(c, (SqlFindingPlaces){.finding = f->line.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlFindingPlacesRow *row = &rows.items[i];
    *list_add(c->arena, &page->places) =
        (FindingPlace){.kind = row->kind,
                       .title = row->title,
                       .href = inside(r, row->place),
                       .there = row->verdict == 2,
                       .verdict = row->verdict == 2 ? _("there, too") : _("not there"),
                       .note = row->note,
                       .by = row->looked_by == NULL ? _("The installation") : row->looked_by,
                       .at = row->looked};
  }
}

static void checks_of(Context *c, int64_t id, FindingPage *page) {
  SqlFindingChecksRows checks = sql_finding_checks(c, (SqlFindingChecks){.finding = id});
  for (size_t i = 0; i < checks.count; i++) {
    const SqlFindingChecksRow *row = &checks.items[i];
    *list_add(c->arena, &page->checks) =
        (FindingCheckLine){.on = row->checked_on,
                           .by = row->checker == NULL ? _("as the file says") : row->checker,
                           .effective = row->effective,
                           .result = row->result,
                           .exception = row->exception != 0,
                           .round = row->round};
  }
  SqlFindingExceptionsRows exceptions =
      sql_finding_exceptions(c, (SqlFindingExceptions){.finding = id});
  for (size_t i = 0; i < exceptions.count; i++) {
    const SqlFindingExceptionsRow *row = &exceptions.items[i];
    *list_add(c->arena, &page->exceptions) =
        (FindingExceptionLine){row->checker, row->approver, row->reason, row->written};
  }
  SqlFindingNoticesRows notices = sql_finding_notices(c, (SqlFindingNotices){.finding = id});
  for (size_t i = 0; i < notices.count; i++) {
    const SqlFindingNoticesRow *row = &notices.items[i];
    *list_add(c->arena, &page->notices) = (FindingNoticeLine){row->name, row->told, row->seen};
    if (row->person == c->actor && instant_is_none(row->seen)) page->notice_unseen = true;
  }
}

static bool reader_did_part(Context *c, const Finding *f) {
  SqlFindingDoersRows rows =
      sql_finding_doers(c, (SqlFindingDoers){.finding = f->line.id, .round = f->round});
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].person == c->actor) return true;
  return false;
}

static void choices_of(Request *r, const Finding *f, FindingPage *page) {
  Context *c = &r->context;
  if (!page->open || !request_may(r, "finding.change")) return;
  owner_names(c, &page->names);
  for (int i = 0; i < GRADE_COUNT; i++)
    *list_add(c->arena, &page->grades) =
        (Choice){grade_name((FindingGrade)i), grade_title((FindingGrade)i),
                 (FindingGrade)i == f->line.grade};
  if (f->state != STEP_WAITING || !request_may(r, "finding.except")) return;
  SqlPagePeopleRows rows = sql_page_people(c);
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i].id != c->actor)
      *list_add(c->arena, &page->people) = (Choice){
          text_format(c->arena, "%lld", (long long)rows.items[i].id), rows.items[i].name, false};
}

static const char *duty_title(const char *kind) {
  DutyKind parsed;
  return duty_kind_parse(kind, &parsed) ? duty_kind_title(parsed) : "";
}

static const char *why_due(Context *c, const Finding *f) {
  GradeRules rules;
  if (date_is_none(f->line.due) || !grade_rules(c, &rules)) return "";
  const GradeRule *rule = &rules.of[f->line.grade];
  if (date_compare(f->line.due, date_add_days(f->line.raised, (int32_t)rule->due_days)) == 0)
    return text_format(c->arena, _("%lld days from the day it was found: %s"),
                       (long long)rule->due_days, _(rule->why));
  if (!date_is_none(f->baseline) && date_compare(f->baseline, f->line.due) != 0)
    return text_format(c->arena, _("first %s"), date_words(c->arena, f->baseline));
  return "";
}

static void facts_of(Request *r, const Finding *f, FindingPage *page) {
  Context *c = &r->context;
  FindingRow row = finding_row(c, &f->line);
  static const char *const decisions[] = {"", "act", "park", "decline"};
  *page = (FindingPage){.id = f->line.id,
                        .version = f->line.version,
                        .label = f->line.label,
                        .ref = f->line.ref,
                        .title = f->line.title,
                        .statement = f->statement,
                        .criterion = f->criterion,
                        .seen = f->seen,
                        .grade = row.grade,
                        .grade_mark = row.grade_mark,
                        .mark = row.mark,
                        .status = f->line.status,
                        .nonconformity = grade_is_nonconformity(f->line.grade),
                        .open = f->line.open || f->state == STEP_PARKED,
                        .unsorted = f->line.unsorted,
                        .overdue = f->line.overdue,
                        .owner = f->line.owner,
                        .area = f->line.area,
                        .duty = duty_title(f->line.duty_kind),
                        .source = f->line.source,
                        .source_title = row.source_title,
                        .source_href = inside(r, f->source_place),
                        .reporter = f->reporter,
                        .raised = f->line.raised,
                        .raised_by = f->raised_by,
                        .due = f->line.due,
                        .baseline = f->baseline,
                        .when = row.when[0] == '\0' ? f->line.words : row.when,
                        .why_due = why_due(c, f),
                        .round = f->round,
                        .imported = f->imported,
                        .item = f->item,
                        .activity = f->activity,
                        .correction = f->correction,
                        .corrected_on = f->corrected_on,
                        .containment = f->containment,
                        .contained_on = f->contained_on,
                        .cause = f->cause,
                        .cause_kind = cause_kind_title(f->cause_kind),
                        .cause_on = f->cause_on,
                        .repeats = f->repeats,
                        .extent = f->extent,
                        .extent_on = f->extent_on,
                        .check_from = f->check_from,
                        .may_check_now =
                            f->state == STEP_WAITING && date_compare(c->today, f->check_from) >= 0,
                        .decision = decisions[f->decision & 3],
                        .decision_reason = f->decision_reason,
                        .parked_until = f->parked_until,
                        .improved = f->improved,
                        .closed_on = f->line.closed_on,
                        .closed_by = f->closed_by};
}

static bool gaps_of(Context *c, int64_t id, GapLineList *out) {
  Gaps gaps = {0};
  if (!finding_gaps(c, id, &gaps)) return false;
  for (size_t i = 0; i < gaps.count; i++)
    *list_add(c->arena, out) = (GapLine){gaps.items[i].what, or_empty(gaps.items[i].how)};
  return true;
}

void finding_handler(Request *r, const FindingInput *in) {
  Context *c = &r->context;
  Finding f;
  FindingPage page;
  ActionLines actions;
  ActionFilter filter = {.finding = in->id, .status = "all", .limit = ACTIONS_SHOWN};
  if (!finding_get(c, in->id, &f) || !action_list(c, &filter, &actions)) return;
  facts_of(r, &f, &page);
  steps_of(c, &f, &page);
  cause_of(c, &f, &page);
  places_of(r, &f, &page);
  checks_of(c, in->id, &page);
  if (!alike_of(c, &f, &page) || !gaps_of(c, in->id, &page.gaps)) return;
  page.ready = page.gaps.count == 0;
  page.actions = action_rows(r, &actions);
  for (size_t i = 0; i < page.actions.count; i++) // they are of this finding
    page.actions.items[i].source_title = page.actions.items[i].source_href = "";
  page.actions_open = f.line.actions_open;
  page.own_work = page.may_check_now && reader_did_part(c, &f);
  page.evidence = evidence_lines(c, "finding", in->id);
  page.history = history_lines(c, "finding", in->id);
  choices_of(r, &f, &page);
  if (context_ok(c)) respond_finding_page(r, &page);
}

// ---- forms ----

static void rule_lines(Context *c, GapLineList *out) {
  GradeRules rules;
  if (!grade_rules(c, &rules)) return;
  for (int i = 0; i < GRADE_COUNT; i++) {
    const GradeRule *rule = &rules.of[i];
    const char *how = rule->due_days > 0 ? text_format(c->arena, _("%lld days: %s"),
                                                       (long long)rule->due_days, _(rule->why))
                                         : _(rule->why);
    *list_add(c->arena, out) = (GapLine){grade_title((FindingGrade)i), how};
  }
}

void finding_new_handler(Request *r, const FindingNewInput *in) {
  Context *c = &r->context;
  FindingNewPage page = {.activity = in->activity, .activity_title = ""};
  SqlPageActivityOfFindingRow activity;
  if (in->activity != 0) {
    if (!sql_page_activity_of_finding(c, (SqlPageActivityOfFinding){.id = in->activity},
                                      &activity)) {
      if (context_ok(c)) not_found(c, _("There is no such activity."));
      return;
    }
    page.activity_title = activity.title;
  }
  for (int i = 0; i < GRADE_COUNT; i++)
    *list_add(c->arena, &page.grades) =
        (Choice){grade_name((FindingGrade)i), grade_title((FindingGrade)i), i == GRADE_MINOR};
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++)
    *list_add(c->arena, &page.kinds) =
        (Choice){duty_kind_name((DutyKind)i), duty_kind_title((DutyKind)i), false};
  rule_lines(c, &page.rules);
  owner_names(c, &page.names);
  if (context_ok(c)) respond_finding_new_page(r, &page);
}

static bool gaps_until(Context *c, int64_t id, FindingState step, GapLineList *out) {
  SqlFindingByIdRow row;
  Gaps gaps = {0};
  if (!finding_load(c, id, 0, &row) || !gaps_before(c, &row, step, &gaps)) return false;
  for (size_t i = 0; i < gaps.count; i++)
    *list_add(c->arena, out) = (GapLine){gaps.items[i].what, or_empty(gaps.items[i].how)};
  return true;
}

static void whys_of(Context *c, const SqlFindingCausesRows *rows, FindingCausePage *page) {
  for (int64_t n = 1; n <= 5; n++) {
    const char *text = "";
    for (size_t i = 0; i < rows->count && rows->items[i].round == rows->items[0].round; i++)
      if (rows->items[i].branch[0] == '\0' && rows->items[i].place == n) text = rows->items[i].body;
    *list_add(c->arena, &page->whys) =
        (CauseWhy){n, text_format(c->arena, "why%lld", (long long)n), text};
  }
}

static void branches_of(Context *c, const SqlFindingCausesRows *rows, FindingCausePage *page) {
  for (size_t k = 0; cause_kinds[k].name != NULL; k++) {
    Text text;
    text_init(&text, c->arena);
    for (size_t i = 0; i < rows->count && rows->items[i].round == rows->items[0].round; i++) {
      const SqlFindingCausesRow *row = &rows->items[i];
      if (!text_equal(row->branch, cause_kinds[k].name)) continue;
      text_add_format(&text, "%s%s%s", text.length == 0 ? "" : "\n", row->parent != 0 ? "- " : "",
                      row->body);
    }
    *list_add(c->arena, &page->branches) = (CauseBranch){
        cause_kinds[k].name, _(cause_kinds[k].title), text.length == 0 ? "" : text.data};
  }
}

void finding_cause_form_handler(Request *r, const FindingCauseFormInput *in) {
  Context *c = &r->context;
  Finding f;
  FindingLines lines;
  FindingFilter filter = finding_filter();
  if (!finding_get(c, in->id, &f)) return;
  bool fishbone =
      in->method != NULL ? text_equal(in->method, "fishbone") : f.method == CAUSE_FISHBONE;
  FindingCausePage page = {.id = f.line.id,
                           .version = f.line.version,
                           .label = f.line.label,
                           .title = f.line.title,
                           .statement = f.statement,
                           .method = fishbone ? "fishbone" : "whys",
                           .root = f.cause};
  SqlFindingCausesRows rows = sql_finding_causes(c, (SqlFindingCauses){.finding = in->id});
  whys_of(c, &rows, &page);
  branches_of(c, &rows, &page);
  for (size_t i = 0; cause_kinds[i].name != NULL; i++)
    *list_add(c->arena, &page.kinds) = (Choice){cause_kinds[i].name, _(cause_kinds[i].title),
                                                text_equal(cause_kinds[i].name, f.cause_kind)};
  filter.sort = "raised";
  filter.descending = true;
  if (!finding_list(c, &filter, &lines) || !gaps_until(c, in->id, STEP_CONTAINED, &page.gaps))
    return;
  for (size_t i = 0; i < lines.count; i++)
    if (lines.items[i].id != in->id)
      *list_add(c->arena, &page.others) = (FindingAlike){.id = lines.items[i].id,
                                                         .label = lines.items[i].label,
                                                         .title = lines.items[i].title,
                                                         .cause = "",
                                                         .words = "",
                                                         .on = lines.items[i].raised};
  respond_finding_cause_page(r, &page);
}

static void candidate_words(const char *kind, PlaceCandidate *out) {
  static const char *const words[][3] = {{"site", N_("Site"), "i-building"},
                                         {"system", N_("Critical system"), "i-server"},
                                         {"team", N_("Team"), "i-users"},
                                         {"supplier", N_("Supplier"), "i-truck"},
                                         {"unit", N_("Audit unit"), "i-clipboard-check"},
                                         {"finding", N_("Another finding"), "i-flag"},
                                         {"risk", N_("Register"), "i-table"}};
  out->kind_title = _("Place");
  out->icon = "i-point";
  for (size_t i = 0; i < COUNT_OF(words); i++) {
    if (!text_equal(kind, words[i][0])) continue;
    out->kind_title = _(words[i][1]);
    out->icon = words[i][2];
  }
}

void finding_elsewhere_form_handler(Request *r, const FindingElsewhereFormInput *in) {
  Context *c = &r->context;
  Finding f;
  Candidates candidates = {0};
  if (!finding_get(c, in->id, &f) || !finding_candidates(c, in->id, in->q, &candidates)) return;
  SqlFindingPlacesRows looked = sql_finding_places(c, (SqlFindingPlaces){.finding = in->id});
  FindingElsewherePage page = {.id = f.line.id,
                               .version = f.line.version,
                               .label = f.line.label,
                               .title = f.line.title,
                               .cause = f.cause,
                               .q = or_empty(in->q),
                               .looked = f.places,
                               .extent = f.extent};
  for (size_t i = 0; i < candidates.count; i++) {
    const Candidate *candidate = &candidates.items[i];
    PlaceCandidate *line = list_add(c->arena, &page.candidates);
    *line = (PlaceCandidate){.kind = candidate->kind,
                             .title = candidate->title,
                             .href = inside(r, candidate->place),
                             .object = candidate->object,
                             .looked = "",
                             .note = ""};
    candidate_words(candidate->kind, line);
    for (size_t k = 0; k < looked.count; k++) {
      const SqlFindingPlacesRow *row = &looked.items[k];
      if (row->round != f.round || !text_equal(row->kind, candidate->kind) ||
          !text_equal(row->title, candidate->title))
        continue;
      line->looked = row->verdict == 2 ? _("there, too") : _("not there");
      line->note = row->note;
    }
  }
  if (gaps_until(c, in->id, STEP_CAUSE_KNOWN, &page.gaps)) respond_finding_elsewhere_page(r, &page);
}

// ---- clocks ----

void finding_rules_page_handler(Request *r, const FindingRulesPageInput *in) {
  (void)in;
  Context *c = &r->context;
  GradeRules rules;
  FindingRulesPage page = {0};
  if (!grade_rules(c, &rules)) return;
  for (int i = 0; i < GRADE_COUNT; i++) {
    const GradeRule *rule = &rules.of[i];
    *list_add(c->arena, &page.rows) = (RuleRow){.grade = grade_name((FindingGrade)i),
                                                .title = grade_title((FindingGrade)i),
                                                .due_days = rule->due_days,
                                                .wait_days = rule->wait_days,
                                                .tells = rule->tells,
                                                .waits = grade_is_nonconformity((FindingGrade)i),
                                                .own = rule->own,
                                                .why = _(rule->why)};
  }
  respond_finding_rules_page(r, &page);
}

void finding_rules_set_handler(Request *r, const FindingRulesSetInput *in) {
  Context *c = &r->context;
  FindingGrade grade;
  if (!grade_parse(in->grade, &grade)) {
    invalid(c, "grade", _("There is no such grade."));
    return;
  }
  GradeRule rule = {.due_days = in->due_days,
                    .wait_days = in->wait_days.has ? in->wait_days.value : 0,
                    .tells = in->tells};
  if (grade_rule_set(c, grade, &rule, in->reason))
    request_done(r, 0, text_format(c->arena, "/o/%s/findings/rules", r->org_slug),
                 _("Kept. It counts for what is raised from now on."));
}
