// SPDX-License-Identifier: Apache-2.0
// The gate (9.3.2, 9.3.3): quorum, every input, results, and the chair's approval.
#include "reviews/reviews.h"

#include "reviews/inside.h"

static void gap(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

static void quorum_gap(Context *c, const Review *review, Gaps *gaps) {
  const ReviewQuorum *q = &review->quorum;
  if (q->met) return;
  if (q->top == 0)
    gap(c, gaps, _("Nobody of top management is invited."),
        _("Give somebody the role of top management and invite them."));
  else
    gap(c, gaps, text_format(c->arena, _("No quorum: %s."), q->words),
        _("Record who was there, or move the review to a day on which enough can come."));
}

static bool deferral_holds(Context *c, int64_t id, const Input *input) {
  Date last;
  if (!input_last_day(c, id, input->letter, &last)) return false;
  Activity later;
  return activity_get(c, input->deferred_to, &later) && later.state < STATE_CONCLUDED &&
         date_compare(later.due, last) <= 0;
}

static bool input_gap(Context *c, const Review *review, const Input *input, Gaps *gaps) {
  const ReviewInput *what = review_input_of(input->letter);
  if (input->state == INPUT_OPEN)
    gap(c, gaps, text_format(c->arena, _("Input (%c), %s, is open."), what->letter, what->title),
        _("Consider it, say that there is nothing to report, or defer it to a later review."));
  if (input->state != INPUT_DEFERRED || deferral_holds(c, review->activity.id, input))
    return context_ok(c);
  if (!context_ok(c)) return false;
  gap(c, gaps,
      text_format(c->arena,
                  _("Input (%c), %s, was deferred to “%s”, which is too late or no longer "
                    "open."),
                  what->letter, what->title, input->deferred_title),
      _("Within twelve months every input is considered: consider it now, or defer it to an "
        "earlier review."));
  return true;
}

static bool has_result(const Review *review) {
  for (size_t i = 0; i < review->decisions.count; i++)
    if (!review->decisions.items[i].struck) return true;
  return false;
}

bool review_gaps(Context *c, const Review *review, bool but_approval, Gaps *gaps) {
  if (review->chair == 0)
    gap(c, gaps, _("Nobody chairs it."), _("Name a chair of top management."));
  quorum_gap(c, review, gaps);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++)
    if (!input_gap(c, review, &review->inputs[i], gaps)) return false;
  if (!has_result(review))
    gap(c, gaps, _("No result is recorded."),
        _("Record at least one decision; that nothing changes is a decision, too."));
  if (!but_approval && instant_is_none(review->approved))
    gap(c, gaps, _("The chair has not approved the minutes."),
        _("Close the meeting; the chair then approves the minutes with their password."));
  return context_ok(c);
}

bool reviews_gate(Context *c, int64_t activity, Gaps *gaps) {
  Review review;
  return review_get(c, activity, &review) && review_gaps(c, &review, false, gaps);
}
