// SPDX-License-Identifier: Apache-2.0
#include "exercises/exercises.h"

#define HEADS_FOR_TWICE 250
#define SITE_STAGGER    4 // sites take turns over four weeks

static const char *const CHECKLIST[] = {
    N_("Fire wardens and meeting points confirmed"),
    N_("Drill held with everybody on site"),
    N_("Time until the building was empty measured"),
    N_("Headcount at the meeting point taken; missing people followed up"),
    N_("People who need assistance evacuated as planned"),
    N_("What went wrong noted, with an owner for each"),
    NULL,
};

// A site that does not say how many work there is taken to hold an even share.
static int64_t site_heads(const Facts *facts, const Site *site) {
  if (site->head_count > 0 || facts->site_count == 0) return site->head_count;
  return facts->head_count / (int64_t)facts->site_count;
}

static const char *evacuation_why(Context *c, const char *site, int64_t heads) {
  if (heads > HEADS_FOR_TWICE)
    return text_format(c->arena,
                       _("evacuation of %s is practised twice a year because %lld people work "
                         "there, more than %d (fire safety, control 7.5)"),
                       site, (long long)heads, HEADS_FOR_TWICE);
  return text_format(c->arena,
                     _("evacuation is practised every year at each site, here %s (fire safety, "
                       "control 7.5)"),
                     site);
}

static void evacuation_propose(Context *c, const Facts *facts, Proposals *out) {
  for (size_t i = 0; i < facts->site_count; i++) {
    const Site *site = &facts->sites[i];
    const char *name = text_is_empty(site->name) ? _("the site") : site->name;
    int64_t heads = site_heads(facts, site);
    bool twice = heads > HEADS_FOR_TWICE;
    *list_add(c->arena, out) = (Proposal){
        .key = text_format(c->arena, "exercise_evacuation.site.%lld", (long long)site->id),
        .kind = DUTY_EXERCISE_EVACUATION,
        .title = text_format(c->arena, _("Evacuation drill: %s"), name),
        .why = evacuation_why(c, name, heads),
        .every_months = twice ? 6 : 12,
        .maximum_months = twice ? 7 : 12,
        .series_from = date_add_days(facts->decision, 10 + (int32_t)(i % SITE_STAGGER) * 7),
        .series_months = 4,
        .until = facts->expiry,
        .lead_days = 30,
        .tolerance_days = 30,
        .start_minute = 11 * 60,
        .duration_minutes = 45,
        .site = site->id,
        .owner = {.person = facts->security_manager},
    };
  }
}

const Room evacuation_room = {
    .kind = DUTY_EXERCISE_EVACUATION,
    .name = N_("Evacuation drills"),
    .purpose = N_("Everybody gets out, and somebody knows that everybody did."),
    .clauses = N_("fire safety, control 7.5"),
    .propose = evacuation_propose,
    .checklist = CHECKLIST,
};
