// SPDX-License-Identifier: Apache-2.0
// What is done with a finding: each a rule, and a sentence about what happened.
#include "improvement/improvement.routes.h"
#include "improvement/pages.h"
#include "improvement/work.h"

static const char *home(Request *r, int64_t id) {
  return text_format(r->context.arena, "/o/%s/findings/%lld", r->org_slug, (long long)id);
}
static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}
// An owner's name that may be left out.
static bool owner_if_named(Context *c, const char *name, Owner *out) {
  *out = (Owner){0};
  return text_is_empty(name) || owner_named(c, "owner", name, out);
}

void finding_add_handler(Request *r, const FindingAddInput *in) {
  Context *c = &r->context;
  FindingRaise what = {.title = in->title,
                       .statement = in->statement,
                       .criterion = in->criterion,
                       .evidence = in->seen,
                       .source = text_is_empty(in->source) ? "direct" : in->source,
                       .activity = in->activity,
                       .duty_kind = in->kind,
                       .area = in->area,
                       .raised = in->raised,
                       .due = in->due};
  SqlFindingActivityTitleRow activity;
  int64_t id;
  grade_parse(in->grade, &what.grade);
  if (!owner_if_named(c, in->owner, &what.owner)) return;
  if (in->activity != 0 &&
      sql_finding_activity_title(c, (SqlFindingActivityTitle){.id = in->activity}, &activity)) {
    what.source = text_is_empty(in->source) ? "activity" : in->source;
    what.source_object = in->activity;
    what.source_title = activity.title;
    what.source_place = text_format(c->arena, "/activities/%lld", (long long)in->activity);
  }
  if (finding_raise(c, &what, &id))
    request_done(r, id, home(r, id), _("Raised. Below stands what it needs first."));
}

void finding_sort_it_handler(Request *r, const FindingSortItInput *in) {
  FindingSort sort = {.finding = in->id, .reason = in->reason, .version = version_of(in->version)};
  grade_parse(in->grade, &sort.grade);
  if (finding_sort(&r->context, &sort))
    request_done(r, in->id, home(r, in->id), _("Graded: %s."), grade_title(sort.grade));
}

void finding_give_it_handler(Request *r, const FindingGiveItInput *in) {
  Context *c = &r->context;
  FindingGive give = {
      .finding = in->id, .due = in->due, .reason = in->reason, .version = version_of(in->version)};
  if (owner_if_named(c, in->owner, &give.owner) && finding_give(c, &give))
    request_done(r, in->id, home(r, in->id), _("Kept."));
}

void finding_correct_it_handler(Request *r, const FindingCorrectItInput *in) {
  FindingWords words = {in->id, in->correction, in->on, version_of(in->version)};
  if (finding_correct(&r->context, &words))
    request_done(r, in->id, home(r, in->id), _("The correction is recorded."));
}

void finding_contain_it_handler(Request *r, const FindingContainItInput *in) {
  FindingWords words = {in->id, in->containment, in->on, version_of(in->version)};
  if (finding_contain(&r->context, &words))
    request_done(r, in->id, home(r, in->id), _("Containment is recorded."));
}

void finding_cause_it_handler(Request *r, const FindingCauseItInput *in) {
  const char *branches[] = {in->people,   in->process,      in->technology,
                            in->supplier, in->surroundings, in->leadership};
  FindingCause cause = {.finding = in->id,
                        .method = text_equal(in->method, "fishbone") ? CAUSE_FISHBONE : CAUSE_WHYS,
                        .whys = {in->why1, in->why2, in->why3, in->why4, in->why5},
                        .branches = branches,
                        .root = in->root,
                        .kind = in->kind,
                        .repeats = in->repeats,
                        .version = version_of(in->version)};
  if (finding_cause_set(&r->context, &cause))
    request_done(r, in->id, home(r, in->id), _("The cause is kept, and drawn below."));
}

void finding_look_at_handler(Request *r, const FindingLookAtInput *in) {
  Context *c = &r->context;
  PlaceLooked looked = {.finding = in->id,
                        .kind = in->kind,
                        .object = in->object,
                        .title = in->title,
                        .note = in->note,
                        .there = text_equal(in->there, "yes"),
                        .version = version_of(in->version)};
  if (finding_look(c, &looked))
    request_done(r, in->id, text_format(c->arena, "%s/elsewhere", home(r, in->id)),
                 _("Recorded: %s."), in->title);
}

void finding_searched_it_handler(Request *r, const FindingSearchedItInput *in) {
  FindingWords words = {in->id, in->extent, DATE_NONE, version_of(in->version)};
  if (finding_search_end(&r->context, &words))
    request_done(r, in->id, home(r, in->id), _("The search is recorded."));
}

void finding_decide_it_handler(Request *r, const FindingDecideItInput *in) {
  FindingDecision decision = {.finding = in->id,
                              .decision = text_equal(in->decision, "act")    ? DECISION_ACT
                                          : text_equal(in->decision, "park") ? DECISION_PARK
                                                                             : DECISION_DECLINE,
                              .reason = in->reason,
                              .until = in->until,
                              .version = version_of(in->version)};
  if (finding_decide(&r->context, &decision))
    request_done(r, in->id, home(r, in->id), _("Decided."));
}

void finding_check_it_handler(Request *r, const FindingCheckItInput *in) {
  FindingCheck check = {.finding = in->id,
                        .effective = text_equal(in->effective, "yes"),
                        .result = in->result,
                        .on = in->on,
                        .cause_was_wrong = text_equal(in->effective, "cause"),
                        .version = version_of(in->version)};
  if (finding_check(&r->context, &check))
    request_done(r, in->id, home(r, in->id), "%s",
                 check.effective ? _("Found effective: it can be closed.")
                                 : _("Not effective: it goes round again."));
}

void finding_allow_it_handler(Request *r, const FindingAllowItInput *in) {
  if (finding_allow(&r->context, in->id, in->checker, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Allowed. The exception stays in sight."));
}

void finding_close_it_handler(Request *r, const FindingCloseItInput *in) {
  FindingWords words = {in->id, in->improved, DATE_NONE, version_of(in->version)};
  if (finding_close(&r->context, &words))
    request_done(r, in->id, home(r, in->id), _("Closed. What it took stays on record."));
}

void finding_reopen_it_handler(Request *r, const FindingReopenItInput *in) {
  FindingWords words = {in->id, in->reason, DATE_NONE, version_of(in->version)};
  if (finding_reopen(&r->context, &words))
    request_done(r, in->id, home(r, in->id), _("Open again: round by round."));
}

void finding_seen_it_handler(Request *r, const FindingSeenItInput *in) {
  if (finding_seen(&r->context, in->id)) request_done(r, in->id, home(r, in->id), _("Noted."));
}

void finding_evidence_add_handler(Request *r, const FindingEvidenceAddInput *in) {
  if (attach_all(r, &in->files, "finding", in->id, in->source, in->period_to))
    request_done(r, in->id, home(r, in->id), _("Kept as evidence."));
}
