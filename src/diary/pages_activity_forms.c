// SPDX-License-Identifier: Apache-2.0
// The pages that say what will happen before it does.
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "ledger/evidence.h"

void activity_move_form_handler(Request *r, const ActivityMoveFormInput *in) {
  Context *c = &r->context;
  ActivityDetail detail = {0};
  if (!activity_detail(c, in->id, &detail)) return;
  const Activity *a = &detail.activity;
  ActivityMovePage page = {.id = a->id,
                           .version = a->version,
                           .title = a->title,
                           .baseline = a->baseline,
                           .due = a->due,
                           .latest = a->latest,
                           .asked = in->due,
                           .asked_words = "",
                           .breach = "",
                           .reason = or_empty(in->reason),
                           .moves = (int64_t)detail.moves.count};
  if (!date_is_none(in->due)) {
    int32_t by = date_diff(in->due, a->due);
    page.asked_words =
        text_format(c->arena, by < 0 ? _("%s earlier than now") : _("%s later than now"),
                    count_words(c, by < 0 ? -by : by, _("day"), _("days")));
    page.breach = or_empty(activity_move_breach(c, a->id, in->due));
  }
  if (context_ok(c)) respond_activity_move_page(r, &page);
}

void activity_cancel_form_handler(Request *r, const ActivityCancelFormInput *in) {
  Context *c = &r->context;
  Activity a = {0};
  if (!activity_get(c, in->id, &a)) return;
  Duty duty = {0};
  if (!duty_get(c, a.duty, &duty)) return;
  const char *consequence =
      duty.maximum_months > 0
          ? text_format(c->arena,
                        _("This duty may go %d months at most without being done. The next one "
                          "stays where it is planned."),
                        duty.maximum_months)
          : _("The next one of this duty stays where it is planned.");
  ActivityCancelPage page = {.id = a.id,
                             .version = a.version,
                             .title = a.title,
                             .due = a.due,
                             .duty_title = or_empty(a.duty_title),
                             .consequence = consequence};
  respond_activity_cancel_page(r, &page);
}

void activity_conclude_form_handler(Request *r, const ActivityConcludeFormInput *in) {
  Context *c = &r->context;
  Activity a = {0};
  Gaps gaps = {0};
  if (!activity_get(c, in->id, &a) || !activity_gaps(c, in->id, &gaps)) return;
  ActivityConcludePage page = {.id = a.id,
                               .version = a.version,
                               .title = a.title,
                               .held_on = a.held_on,
                               .result = or_empty(a.result),
                               .evidence = evidence_count(c, "activity", a.id),
                               .ready = gaps.count == 0,
                               .late = ""};
  for (size_t i = 0; i < gaps.count; i++)
    *list_add(c->arena, &page.gaps) = (GapLine){gaps.items[i].what, or_empty(gaps.items[i].how)};
  if (!date_is_none(a.held_on) && date_compare(a.held_on, a.latest) > 0)
    page.late = text_format(c->arena,
                            _("It was held after its last tolerable day, %s, and will stand in the "
                              "record as concluded late."),
                            date_words(c->arena, a.latest));
  if (context_ok(c)) respond_activity_conclude_page(r, &page);
}

void activity_delegate_form_handler(Request *r, const ActivityDelegateFormInput *in) {
  Context *c = &r->context;
  Activity a = {0};
  if (!activity_get(c, in->id, &a)) return;
  const char *back = text_format(c->arena, "/o/%s/activities/%lld", r->org_slug, (long long)a.id);
  ActivityDelegatePage page = {.id = a.id,
                               .version = a.version,
                               .title = a.title,
                               .owner = or_empty(a.owner_label),
                               .back = back,
                               .action = text_format(c->arena, "%s/delegate", back)};
  owner_names(c, &page.names);
  respond_activity_delegate_page(r, &page);
}

void duty_delegate_form_handler(Request *r, const DutyDelegateFormInput *in) {
  Context *c = &r->context;
  Duty duty = {0};
  if (!duty_get(c, in->id, &duty)) return;
  const char *back = text_format(c->arena, "/o/%s/duties/%lld", r->org_slug, (long long)duty.id);
  ActivityDelegatePage page = {.id = duty.id,
                               .version = duty.version,
                               .title = duty.title,
                               .owner = or_empty(duty.owner_label),
                               .back = back,
                               .action = text_format(c->arena, "%s/delegate", back)};
  owner_names(c, &page.names);
  respond_activity_delegate_page(r, &page);
}

void activity_move_try_handler(Request *r, const ActivityMoveTryInput *in) {
  Text address;
  text_init(&address, r->context.arena);
  text_add_format(&address, "/o/%s/activities/%lld/move", r->org_slug, (long long)in->id);
  query_add(&address, "due", date_text(r->context.arena, in->due));
  query_add(&address, "reason", in->reason);
  request_redirect(r, "%s", address.data);
}
