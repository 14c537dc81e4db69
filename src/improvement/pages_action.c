// SPDX-License-Identifier: Apache-2.0
// One action, and what is done with it.
#include "improvement/improvement.routes.h"
#include "improvement/pages.h"
#include "improvement/work.h"
#include "org/people.h"

enum { USUAL_DAYS = 30 };

static const char *home(Request *r, int64_t id) {
  return text_format(r->context.arena, "/o/%s/actions/%lld", r->org_slug, (long long)id);
}
static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

void action_new_handler(Request *r, const ActionNewInput *in) {
  Context *c = &r->context;
  Finding f;
  ActionNewPage page = {.finding = in->finding,
                        .finding_label = "",
                        .finding_title = "",
                        .due = date_add_days(c->today, USUAL_DAYS)};
  if (in->finding != 0) {
    if (!finding_get(c, in->finding, &f)) return;
    page.finding_label = f.line.label;
    page.finding_title = f.line.title;
    if (!date_is_none(f.line.due) && date_compare(f.line.due, c->today) >= 0) page.due = f.line.due;
  }
  owner_names(c, &page.names);
  if (context_ok(c)) respond_action_new_page(r, &page);
}

void action_add_it_handler(Request *r, const ActionAddItInput *in) {
  Context *c = &r->context;
  ActionAdd what = {.title = in->title,
                    .detail = in->detail,
                    .due = in->due,
                    .priority = in->priority.has ? (int32_t)in->priority.value : 0,
                    .finding = in->finding};
  int64_t id;
  if (owner_named(c, "owner", in->owner, &what.owner) && action_add(c, &what, &id))
    request_done(r, id, home(r, id), _("Added. Its owner finds it under Today."));
}

// Whether the reader may say how far it is: whose it is, and whoever leads the programme.
static bool is_mine(Request *r, const Action *a) {
  SqlActionIsTheirsRow theirs;
  if (!request_may(r, "improvement.add")) return false;
  if (request_may(r, "finding.close") || request_may(r, "simulate.run")) return true;
  return sql_action_is_theirs(&r->context, (SqlActionIsTheirs){.id = a->line.id}, &theirs);
}

static void needs_of(Context *c, const Action *a, ActionPage *page) {
  for (size_t i = 0; i < a->needs.count + a->needed_by.count; i++) {
    bool first = i < a->needs.count;
    const ActionNeed *need = first ? &a->needs.items[i] : &a->needed_by.items[i - a->needs.count];
    ActionLine line = {.status = need->status,
                       .overdue = need->open && date_compare(c->today, need->due) > 0};
    ActionNeedLine out = {.id = need->id,
                          .title = need->title,
                          .mark = action_mark(&line),
                          .due = need->due,
                          .owner = need->owner};
    if (first)
      *list_add(c->arena, &page->needs) = out;
    else
      *list_add(c->arena, &page->needed_by) = out;
  }
}

static void others_of(Context *c, const Action *a, ActionPage *page) {
  SqlActionOthersRows rows =
      sql_action_others(c, (SqlActionOthers){.action = a->line.id, .finding = a->line.finding});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &page->others) = (Choice){
        text_format(c->arena, "%lld", (long long)rows.items[i].id), rows.items[i].title, false};
}

void action_handler(Request *r, const ActionInput *in) {
  Context *c = &r->context;
  Action a;
  if (!action_get(c, in->id, &a)) return;
  ActionRow row = action_row(r, &a.line);
  const BarPart parts[] = {{a.line.progress, "fill-done"}, {100 - a.line.progress, "track"}};
  ActionPage page = {.id = a.line.id,
                     .version = a.line.version,
                     .title = a.line.title,
                     .detail = a.detail,
                     .mark = row.mark,
                     .open = a.line.open,
                     .overdue = a.line.overdue,
                     .owner = a.line.owner,
                     .due = a.line.due,
                     .baseline = a.line.baseline,
                     .when = row.when,
                     .priority = a.line.priority,
                     .priority_word = row.priority_word,
                     .progress = a.line.progress,
                     .chart =
                         bar_picture(c, text_format(c->arena, _("%d %% done"), a.line.progress),
                                     parts, COUNT_OF(parts)),
                     .extensions = a.line.extensions,
                     .source_title = row.source_title,
                     .source_href = row.source_href,
                     .finding = a.line.finding,
                     .result = a.result,
                     .done_on = a.line.done_on,
                     .done_by = a.done_by,
                     .cancel_reason = a.cancel_reason,
                     .ready = a.gaps.count == 0,
                     .mine = is_mine(r, &a),
                     .evidence = evidence_lines(c, "action", in->id),
                     .history = history_lines(c, "action", in->id)};
  for (size_t i = 0; i < a.gaps.count; i++)
    *list_add(c->arena, &page.gaps) =
        (GapLine){a.gaps.items[i].what, or_empty(a.gaps.items[i].how)};
  needs_of(c, &a, &page);
  if (a.line.open && page.mine) others_of(c, &a, &page);
  if (a.line.open && request_may(r, "action.change")) owner_names(c, &page.names);
  if (context_ok(c)) respond_action_page(r, &page);
}

void action_progress_it_handler(Request *r, const ActionProgressItInput *in) {
  ActionProgress progress = {in->id, (int32_t)in->percent, in->words, version_of(in->version)};
  if (action_progress(&r->context, &progress))
    request_done(r, in->id, home(r, in->id), _("Kept: %d %%."), progress.percent);
}

void action_done_it_handler(Request *r, const ActionDoneItInput *in) {
  ActionDone done = {in->id, in->on, in->result, version_of(in->version)};
  if (action_done(&r->context, &done))
    request_done(r, in->id, home(r, in->id), _("Done. Thank you."));
}

void action_extend_it_handler(Request *r, const ActionExtendItInput *in) {
  ActionExtend extend = {in->id, in->due, in->reason, version_of(in->version)};
  if (action_extend(&r->context, &extend))
    request_done(r, in->id, home(r, in->id), _("Extended; the first date stays in sight."));
}

void action_give_it_handler(Request *r, const ActionGiveItInput *in) {
  Context *c = &r->context;
  ActionGive give = {.action = in->id,
                     .priority = in->priority.has ? (int32_t)in->priority.value : 0,
                     .reason = in->reason,
                     .version = version_of(in->version)};
  if (!text_is_empty(in->owner) && !owner_named(c, "owner", in->owner, &give.owner)) return;
  if (action_give(c, &give)) request_done(r, in->id, home(r, in->id), _("Kept."));
}

void action_cancel_it_handler(Request *r, const ActionCancelItInput *in) {
  if (action_cancel(&r->context, in->id, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Cancelled. It stays on record with its reason."));
}

void action_need_it_handler(Request *r, const ActionNeedItInput *in) {
  if (action_need(&r->context, in->id, in->needs, !in->gone))
    request_done(r, in->id, home(r, in->id), "%s",
                 in->gone ? _("It waits no more for that one.") : _("It waits for that one now."));
}

void action_evidence_add_handler(Request *r, const ActionEvidenceAddInput *in) {
  if (attach_all(r, &in->files, "action", in->id, in->source, in->period_to))
    request_done(r, in->id, home(r, in->id), _("Kept as evidence."));
}
