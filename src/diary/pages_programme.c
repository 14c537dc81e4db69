// SPDX-License-Identifier: Apache-2.0
// The proposed programme: every duty with its dates and reasons, changed before it is adopted.
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"
#include "diary/programme_layout.h"

static ProposedDuty duty_of(Context *c, const Proposal *p) {
  return (ProposedDuty){.key = p->key,
                        .title = p->title,
                        .kind = duty_kind_name(p->kind),
                        .kind_title = duty_kind_title(p->kind),
                        .icon = kind_icon(p->kind),
                        .why = or_empty(p->why),
                        .cadence = cadence_words(c, p->every_months),
                        .every_months = p->every_months,
                        .first = p->first,
                        .owner = or_empty(owner_label(c, p->owner))};
}

static void dates_of(Context *c, const Proposal *p, const PlannedActivities *planned,
                     ProposedDuty *out) {
  for (size_t i = 0; i < planned->count; i++) {
    const PlannedActivity *a = &planned->items[i];
    if (!text_equal(a->duty->key, p->key)) continue;
    *list_add(c->arena, &out->dates) = (ProposedDate){
        or_empty(a->title), or_empty(a->stage), a->earliest, a->due, a->latest, or_empty(a->why)};
  }
  out->count = (int64_t)out->dates.count;
}

static const char *level_words(int64_t level) {
  return level == 0 ? _("low") : level == 1 ? _("medium") : _("high");
}

static void fact(Context *c, GapLineList *out, const char *what, const char *value) {
  *list_add(c->arena, out) = (GapLine){what, text_is_empty(value) ? _("not stated") : value};
}

static void facts_of(Context *c, GapLineList *out) {
  Facts facts = {0};
  if (!org_facts(c, &facts)) return;
  fact(c, out, _("Certification decision"), date_words(c->arena, facts.decision));
  fact(c, out, _("Certificate expires"), date_words(c->arena, facts.expiry));
  fact(c, out, _("Counts from"), date_words(c->arena, facts.start));
  fact(c, out, _("Sites"), count_words(c, (int64_t)facts.site_count, _("site"), _("sites")));
  fact(c, out, _("Critical systems"),
       count_words(c, (int64_t)facts.system_count, _("system"), _("systems")));
  fact(c, out, _("Head count"),
       facts.head_count > 0 ? text_format(c->arena, "%lld", (long long)facts.head_count) : "");
  fact(c, out, _("What customers ask for"), level_words(facts.customer_demands));
  fact(c, out, _("Share of work outsourced"),
       facts.outsourced_percent < 0
           ? ""
           : text_format(c->arena, "%lld %%", (long long)facts.outsourced_percent));
}

void programme_handler(Request *r, const ProgrammeInput *in) {
  (void)in;
  Context *c = &r->context;
  Proposals duties = {0};
  PlannedActivities planned = {0};
  SqlPageOrganisationRow org;
  if (!diary_plan(c, &duties, &planned) || !sql_page_organisation(c, &org)) return;
  ProgrammePage page = {.duty_total = (int64_t)duties.count,
                        .activity_total = (int64_t)planned.count,
                        .decision = org.decision,
                        .expiry = org.expiry,
                        .from = org.start_on,
                        .adopted = duties.count == 0};
  for (size_t i = 0; i < duties.count; i++) {
    ProposedDuty *out = list_add(c->arena, &page.duties);
    *out = duty_of(c, &duties.items[i]);
    dates_of(c, &duties.items[i], &planned, out);
  }
  facts_of(c, &page.facts);
  if (context_ok(c)) respond_programme_page(r, &page);
}

typedef struct Asked { // a change, from the page that tries it or the form that keeps it
  const char *key;
  OptInt every_months;
  Date first;
  const char *owner;
  bool leave_out;
  const char *reason;
} Asked;

static bool choice_of(Context *c, const Asked *asked, DutyChoice *out) {
  int32_t months = asked->every_months.has ? (int32_t)asked->every_months.value : -1;
  *out = (DutyChoice){.key = asked->key,
                      .first = asked->first,
                      .leave_out = asked->leave_out,
                      .every_months = months,
                      .reason = or_empty(asked->reason)};
  return text_is_empty(asked->owner) || owner_named(c, "owner", asked->owner, &out->owner);
}

static const Proposal *proposal_named(Context *c, const char *key, Proposals *duties,
                                      PlannedActivities *planned) {
  if (!diary_plan(c, duties, planned)) return NULL;
  for (size_t i = 0; i < duties->count; i++)
    if (text_equal(duties->items[i].key, key)) return &duties->items[i];
  not_found(c, _("No duty called %s waits to be adopted."), key);
  return NULL;
}

// A series counted from the decision has no first day of its own: left empty, it stays as it is.
static Date first_to_show(const Proposal *proposal, Date asked) {
  if (!date_is_none(asked)) return asked;
  return date_is_set(proposal->series_from) ? DATE_NONE : proposal->first;
}

void programme_change_form_handler(Request *r, const ProgrammeChangeFormInput *in) {
  Context *c = &r->context;
  Proposals duties = {0};
  PlannedActivities planned = {0};
  const Proposal *proposal = proposal_named(c, in->key, &duties, &planned);
  if (proposal == NULL) return;
  ProgrammeChangePage page = {.duty = duty_of(c, proposal),
                              .asked = in->asked,
                              .asked_months = in->every_months.has ? in->every_months.value
                                                                   : proposal->every_months,
                              .asked_first = first_to_show(proposal, in->first),
                              .asked_owner = in->owner == NULL ? "" : in->owner,
                              .leave_out = in->leave_out,
                              .reason = or_empty(in->reason)};
  dates_of(c, proposal, &planned, &page.duty);
  owner_names(c, &page.names);
  if (in->asked) {
    Asked asked = {in->key, in->every_months, in->first, in->owner, in->leave_out, in->reason};
    DutyChoice choice;
    Breaches breaches = {0};
    if (!choice_of(c, &asked, &choice) || !duty_choice_breaches(c, &choice, &breaches)) return;
    for (size_t i = 0; i < breaches.count; i++)
      *list_add(c->arena, &page.breaches) = breaches.items[i];
  }
  if (context_ok(c)) respond_programme_change_page(r, &page);
}

void programme_change_handler(Request *r, const ProgrammeChangeInput *in) {
  Context *c = &r->context;
  Asked asked = {in->key, in->every_months, in->first, in->owner, in->leave_out, in->reason};
  DutyChoice choice;
  Breaches breaches = {0};
  if (!choice_of(c, &asked, &choice) || !duty_choose(c, &choice, &breaches)) return;
  request_done(r, 0, text_format(c->arena, "/o/%s/programme", r->org_slug), "%s",
               in->leave_out ? _("Left out, with your reason.") : _("Changed in the proposal."));
}

void programme_adopt_form_handler(Request *r, const ProgrammeAdoptFormInput *in) {
  (void)in;
  Context *c = &r->context;
  Proposals duties = {0};
  PlannedActivities planned = {0};
  SqlPageOrganisationRow org;
  if (!diary_plan(c, &duties, &planned) || !sql_page_organisation(c, &org)) return;
  ProgrammeAdoptPage page = {.duty_total = (int64_t)duties.count,
                             .activity_total = (int64_t)planned.count,
                             .expiry = org.expiry,
                             .first = DATE_NONE};
  for (size_t i = 0; i < duties.count; i++) page.vacant += duties.items[i].owner.person == 0;
  for (size_t i = 0; i < planned.count; i++)
    if (date_is_none(page.first) || date_compare(planned.items[i].due, page.first) < 0)
      page.first = planned.items[i].due;
  respond_programme_adopt_page(r, &page);
}

void programme_adopt_handler(Request *r, const ProgrammeAdoptInput *in) {
  (void)in;
  Context *c = &r->context;
  int64_t duties = 0, activities = 0;
  if (diary_adopt(c, &duties, &activities))
    request_done(r, 0, text_format(c->arena, "/o/%s/today", r->org_slug),
                 _("Adopted: %lld duties with %lld activities are in the diary."),
                 (long long)duties, (long long)activities);
}

void programme_change_try_handler(Request *r, const ProgrammeChangeTryInput *in) {
  Arena *arena = r->context.arena;
  Text address;
  text_init(&address, arena);
  text_add_format(&address, "/o/%s/programme/change", r->org_slug);
  query_add(&address, "key", in->key);
  if (in->every_months.has)
    query_add(&address, "every_months",
              text_format(arena, "%lld", (long long)in->every_months.value));
  query_add(&address, "first", date_text(arena, in->first));
  query_add(&address, "owner", in->owner);
  query_add(&address, "leave_out", in->leave_out ? "1" : NULL);
  query_add(&address, "reason", in->reason);
  query_add(&address, "asked", "1");
  request_redirect(r, "%s", address.data);
}
