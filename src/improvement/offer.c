// SPDX-License-Identifier: Apache-2.0
// On Today: what a reader was told of, their actions and findings, what waits to be graded or
// checked. On Readiness: open nonconformities.
#include "diary/offer.h"

#include "improvement/list.h"
#include "improvement/offer.sql.h"
#include "improvement/pages.h"

enum { HORIZON_DAYS = 45, LINES_MOST = 12 };

extern const PageOffer improvement_offer;

typedef struct Section {
  const char *key, *title, *path, *more;
} Section;
static const Section SECTIONS[] = {
    [1] = {"majors", N_("Major nonconformities you were told of"), "", ""},
    [2] = {"actions", N_("Your actions"), "actions?mine=1", N_("All your actions")},
    [3] = {"findings", N_("Your findings"), "findings?mine=1", N_("All your findings")},
    [4] = {"unsorted", N_("Reported, to be graded"), "findings?status=unsorted", N_("All of them")},
    [6] = {"parked", N_("Parked until now"), "findings?status=parked", N_("All parked")},
    [5] = {"checks", N_("Ready for the effectiveness check"), "findings?status=waiting",
           N_("All waiting")},
};

static const char *due_of(Context *c, Date due) {
  if (date_is_none(due)) return _("no date");
  return text_format(c->arena, _("%s, due %s"), date_words(c->arena, due),
                     days_words(c, date_diff(due, c->today)));
}

// What the next step is, in a few words.
static const char *todo_of(FindingState state, FindingGrade grade) {
  if (!grade_is_nonconformity(grade))
    return state == STEP_RAISED ? _("Decide: act, park or decline.") : _("Finish its actions.");
  switch (state) {
  case STEP_RAISED: return _("Say what was put right at once.");
  case STEP_CORRECTED: return _("Say how its effects are held in.");
  case STEP_CONTAINED: return _("Find the cause.");
  case STEP_CAUSE_KNOWN: return _("Look whether it exists elsewhere.");
  case STEP_SEARCHED: return _("Add a corrective action.");
  case STEP_ACTING: return _("Its actions are under way.");
  case STEP_EFFECTIVE: return _("Close it: say what is better than before.");
  default: return "";
  }
}

static TodayLine action_line_of(Request *r, const SqlOfferTodayRow *row) {
  Context *c = &r->context;
  bool overdue = date_compare(c->today, row->due) > 0;
  ActionLine line = {.status = row->state == 1 ? "under_way" : "open", .overdue = overdue};
  return (TodayLine){
      .title = row->title,
      .href = text_format(c->arena, "/o/%s/actions/%lld", r->org_slug, (long long)row->id),
      .icon = "i-checkbox",
      .meta = row->progress > 0 ? text_format(c->arena, "%s · %lld %%", due_of(c, row->due),
                                              (long long)row->progress)
                                : due_of(c, row->due),
      .todo = overdue ? _("Finish it with evidence, or ask for more time with a reason.") : "",
      .mark = action_mark(&line)};
}

static TodayLine finding_line_of(Request *r, const SqlOfferTodayRow *row) {
  Context *c = &r->context;
  const char *todo = todo_of((FindingState)row->state, (FindingGrade)row->grade);
  if (row->what == 1) todo = _("Look at it, and say that you have seen it.");
  if (row->what == 4) todo = _("Say how grave it is and whose it is.");
  if (row->what == 6) todo = _("Its time is over: act, park it again or decline.");
  if (row->what == 5) todo = _("Somebody who did nothing of it looks whether it stayed away.");
  return (TodayLine){
      .title = text_format(c->arena, "F-%lld %s", (long long)row->number, row->title),
      .href = text_format(c->arena, "/o/%s/findings/%lld", r->org_slug, (long long)row->id),
      .icon = "i-flag",
      .meta = due_of(c, row->due),
      .todo = todo,
      .mark = grade_mark((FindingGrade)row->grade)};
}

static bool today(Request *r, TodaySectionList *out) {
  Context *c = &r->context;
  TodaySection *section = NULL;
  int64_t what = 0;
  if (c->actor == 0 || !request_may(r, "finding.read")) return true;
  SqlOfferTodayRows rows =
      sql_offer_today(c, (SqlOfferToday){.horizon = date_add_days(c->today, HORIZON_DAYS),
                                         .leads = request_may(r, "programme.change")});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlOfferTodayRow *row = &rows.items[i];
    if (section == NULL || row->what != what) {
      const Section *spec = &SECTIONS[what = row->what];
      section = list_add(c->arena, out);
      *section =
          (TodaySection){.key = spec->key,
                         .title = _(spec->title),
                         .href = spec->path[0] == '\0'
                                     ? ""
                                     : text_format(c->arena, "/o/%s/%s", r->org_slug, spec->path),
                         .more = _(spec->more)};
    }
    if (section->rows.count < LINES_MOST)
      *list_add(c->arena, &section->rows) =
          what == 2 ? action_line_of(r, row) : finding_line_of(r, row);
  }
  return context_ok(c);
}

static bool readiness(Request *r, FigureTileList *out) {
  Context *c = &r->context;
  FindingFigures f;
  if (!finding_figures(c, &f)) return false;
  figure_add(c, out,
             (FigureTile){
                 .label = _("Open majors"),
                 .icon = "i-alert-octagon",
                 .value = text_format(c->arena, "%lld", (long long)f.majors),
                 .tone = f.majors > 0 ? "missed" : "",
                 .why = f.majors > 0
                            ? _("major nonconformities; each puts the certificate at risk")
                            : text_format(c->arena, _("of %lld open findings"), (long long)f.open),
                 .href = text_format(c->arena, "/o/%s/findings?grade=major", r->org_slug)});
  figure_add(
      c, out,
      (FigureTile){.label = _("Overdue findings"),
                   .icon = "i-flag",
                   .value = text_format(c->arena, "%lld", (long long)f.overdue),
                   .tone = f.overdue > 0 ? "late" : "",
                   .why = text_format(c->arena, _("of %lld open"), (long long)f.open),
                   .href = text_format(c->arena, "/o/%s/findings?status=overdue", r->org_slug)});
  return true;
}

const PageOffer improvement_offer = {"improvement", today, readiness};
