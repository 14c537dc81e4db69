// SPDX-License-Identifier: Apache-2.0
// A review nobody planned: an activity beside the series.
#include "reviews/inside.h"

#include "db/db.h"

bool review_add(Context *c, const char *title, Date due, const char *why, int64_t *id) {
  if (text_is_empty(why)) return invalid(c, "why", _("Say why it is held beside the series."));
  Facts facts;
  if (!org_facts(c, &facts)) return false;
  const ActivityAdd add = {.duty_key = "management_review.extra",
                           .duty_title = _("Management review beside the series"),
                           .duty_why = _("held when something asks for it"),
                           .kind = DUTY_MANAGEMENT_REVIEW,
                           .title = title,
                           .why = why,
                           .due = due,
                           .lead_days = 14,
                           .tolerance_days = 14,
                           .start_minute = 10 * 60,
                           .duration_minutes = 60,
                           .owner = {.person = facts.chief_executive != 0
                                                   ? facts.chief_executive
                                                   : facts.security_manager}};
  TRANSACTION(c, tx);
  Review review;
  return activity_add(c, &add, id) && review_begin(c, *id, &review) && transaction_commit(&tx);
}
