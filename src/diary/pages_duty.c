// SPDX-License-Identifier: Apache-2.0
// Duties as adopted: how often, why, whose, and what may be changed about them.
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"

static const char *home(Request *r, int64_t duty) {
  return text_format(r->context.arena, "/o/%s/duties/%lld", r->org_slug, (long long)duty);
}
static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

static DutyRow duty_row(const Duty *duty) {
  return (DutyRow){.id = duty->id,
                   .title = duty->title,
                   .kind = duty_kind_name(duty->kind),
                   .kind_title = duty_kind_title(duty->kind),
                   .icon = kind_icon(duty->kind),
                   .owner = or_empty(duty->owner_label),
                   .paused = duty->paused,
                   .next_due = DATE_NONE,
                   .mark = duty->paused ? (StatusMark){"cancelled", _("Paused"), "i-player-pause"}
                                        : (StatusMark){"done", _("Finished"), "i-flag-check"}};
}

// Both lists are in order of the duty.
static void next_of(Context *c, DutyRowList *rows) {
  SqlPageDutyNextRows next = sql_page_duty_next(c);
  for (size_t i = 0; i < next.count; i++) {
    const SqlPageDutyNextRow *row = &next.items[i];
    for (size_t k = 0; k < rows->count; k++) {
      DutyRow *duty = &rows->items[k];
      if (duty->id != row->duty) continue;
      duty->next_due = row->due;
      duty->next_activity = row->id;
      if (!duty->paused)
        duty->mark =
            status_mark(activity_status((State)row->state, row->due, row->latest, c->today));
    }
  }
}

void duties_handler(Request *r, const DutiesInput *in) {
  Context *c = &r->context;
  Duties duties = {0};
  if (!duty_list(c, in->kind, &duties)) return;
  DutiesPage page = {.kind = or_empty(in->kind), .adopted = duties.count > 0 || in->kind != NULL};
  for (size_t i = 0; i < duties.count; i++) {
    DutyRow *row = list_add(c->arena, &page.rows);
    *row = duty_row(&duties.items[i]);
    row->cadence = cadence_words(c, duties.items[i].every_months);
  }
  next_of(c, &page.rows);
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const char *name = duty_kind_name((DutyKind)i);
    *list_add(c->arena, &page.kinds) =
        (Choice){name, duty_kind_title((DutyKind)i), text_equal(name, in->kind)};
  }
  if (request_may(r, "programme.adopt")) {
    Proposals proposals = {0};
    PlannedActivities planned = {0};
    if (!diary_plan(c, &proposals, &planned)) return;
    page.waiting = (int64_t)proposals.count;
  }
  if (context_ok(c)) respond_duties_page(r, &page);
}

static void try_cadence(Context *c, const Duty *duty, OptInt asked, DutyPage *page) {
  page->asked_months = -1;
  if (!asked.has || asked.value == duty->every_months) return;
  page->asked_months = asked.value;
  CadenceChange change = {
      .duty = duty->id, .every_months = (int32_t)asked.value, .anchor = duty->anchor, .reason = ""};
  Breaches breaches = {0};
  if (duty_cadence_breaches(c, &change, &breaches))
    for (size_t i = 0; i < breaches.count; i++)
      *list_add(c->arena, &page->breaches) = breaches.items[i];
}

void duty_handler(Request *r, const DutyInput *in) {
  Context *c = &r->context;
  Duty duty = {0};
  if (!duty_get(c, in->id, &duty)) return;
  const Room *room = diary_room(duty.kind);
  DutyPage page = {.id = duty.id,
                   .version = duty.version,
                   .key = duty.key,
                   .title = duty.title,
                   .kind = duty_kind_name(duty.kind),
                   .kind_title = duty_kind_title(duty.kind),
                   .icon = kind_icon(duty.kind),
                   .purpose = room == NULL ? "" : _(or_empty(room->purpose)),
                   .clauses = room == NULL ? "" : clause_words(c, room->clauses),
                   .why = or_empty(duty.why),
                   .cadence = cadence_words(c, duty.every_months),
                   .maximum = duty.maximum_months == 0
                                  ? _("none")
                                  : count_words(c, duty.maximum_months, _("month"), _("months")),
                   .anchor = duty.anchor == ANCHOR_FIXED ? _("a fixed series: dates do not drift")
                                                         : _("the last completion"),
                   .every_months = duty.every_months,
                   .maximum_months = duty.maximum_months,
                   .first = duty.first,
                   .until = duty.until,
                   .owner = or_empty(duty.owner_label),
                   .paused = duty.paused,
                   .paused_on = duty.paused_on,
                   .pause_reason = or_empty(duty.pause_reason),
                   .today = c->today,
                   .more = ""};
  try_cadence(c, &duty, in->every_months, &page);
  if (!decided_lines(c, r->org_slug, "duty", duty.id, &page.decided)) return;
  ActivityFilter filter = activity_filter();
  filter.duty = duty.id;
  ActivityLines lines = {0};
  if (!context_ok(c) || !activity_list(c, &filter, &lines)) return;
  page.activities = activity_rows(c, &lines);
  page.total = lines.total;
  respond_duty_page(r, &page);
}

void duty_pause_handler(Request *r, const DutyPauseInput *in) {
  if (duty_pause(&r->context, in->id, in->until, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Paused. The series keeps its dates."));
}

void duty_resume_handler(Request *r, const DutyResumeInput *in) {
  if (duty_resume(&r->context, in->id, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Resumed where the series would be."));
}

void duty_cadence_handler(Request *r, const DutyCadenceInput *in) {
  CadenceChange change = {.duty = in->id,
                          .every_months = (int32_t)in->every_months,
                          .anchor = text_equal(in->anchor, "completion") ? ANCHOR_COMPLETION
                                                                         : ANCHOR_FIXED,
                          .reason = in->reason,
                          .version = version_of(in->version)};
  if (duty_change_cadence(&r->context, &change))
    request_done(r, in->id, home(r, in->id),
                 _("The cadence is changed, and open activities follow it."));
}

void duty_delegate_handler(Request *r, const DutyDelegateInput *in) {
  Context *c = &r->context;
  Owner owner;
  if (owner_named(c, "owner", in->owner, &owner) &&
      duty_delegate(c, in->id, owner, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Given to %s."), owner_label(c, owner));
}

void duty_history_handler(Request *r, const DutyHistoryInput *in) {
  ActivityHistory history = {.duty = in->id, .held_on = in->held_on, .result = in->result};
  int64_t activity = 0;
  if (activity_import(&r->context, &history, &activity))
    request_done(r, activity, home(r, in->id), _("Entered as earlier work."));
}

void duty_cadence_try_handler(Request *r, const DutyCadenceTryInput *in) {
  request_redirect(r, "/o/%s/duties/%lld?every_months=%lld", r->org_slug, (long long)in->id,
                   (long long)in->every_months);
}
