// SPDX-License-Identifier: Apache-2.0
// On Today of whoever leads the programme, while the organisation is new here: what is still to be
// done once, each with its page. It goes away by itself.
#include "diary/offer.h"

#include "exchange/first_steps.sql.h"

enum { NEW_DAYS = 120 };

extern const PageOffer first_steps_offer;

typedef struct Step {
  bool done;
  const char *permission, *path, *icon, *title, *why;
} Step;

static void add_step(Request *r, const Step *step, TodaySection *section) {
  Context *c = &r->context;
  if (step->done || !request_may(r, step->permission)) return;
  *list_add(c->arena, &section->rows) =
      (TodayLine){.title = step->title,
                  .href = text_format(c->arena, "/o/%s/%s", r->org_slug, step->path),
                  .icon = step->icon,
                  .meta = step->why,
                  .todo = "",
                  .mark = {"planned", _("To do"), "i-circle-dashed"}};
}

static const char *vacant_words(Context *c, int64_t vacant) {
  return vacant == 1 ? _("Say who holds the vacant position")
                     : text_format(c->arena, _("Say who holds the %lld vacant positions"),
                                   (long long)vacant);
}

static bool today(Request *r, TodaySectionList *out) {
  Context *c = &r->context;
  SqlFirstStepsRow row;
  if (!request_may(r, "programme.change")) return true;
  if (!sql_first_steps(c, (SqlFirstSteps){.since = date_add_days(c->today, -NEW_DAYS)}, &row))
    return context_ok(c);
  const Step steps[] = {
      {row.registers, "import.run", "import", "i-table-import", _("Bring your registers"),
       _("Risks, controls, suppliers, documents: their dates propose checks of their own.")},
      {row.vacant == 0, "position.change", "positions", "i-users", vacant_words(c, row.vacant),
       _("What belongs to a vacant position is in nobody's diary and reminds nobody.")},
      {row.signed_in > 1, "person.change", "people", "i-user-plus", _("Let others sign in"),
       _("Top management, auditors and owners do their part themselves.")},
      {row.calendars, "calendar.subscribe", "calendars", "i-calendar-share",
       _("Subscribe to the duties in your calendar"),
       _("They show where you look anyway, and move when they move.")},
      {row.programme, "audit.plan", "audits/programme", "i-calendar-search",
       _("Have the audit programme proposed"),
       _("Which area is audited when and by whom, by risk, instead of one audit each quarter.")},
  };
  TodaySection section = {
      .first = true, .key = "first-steps", .title = _("First steps"), .href = "", .more = ""};
  for (size_t i = 0; i < COUNT_OF(steps); i++) add_step(r, &steps[i], &section);
  if (section.rows.count > 0) *list_add(c->arena, out) = section;
  return context_ok(c);
}

const PageOffer first_steps_offer = {"first_steps", today, NULL};
