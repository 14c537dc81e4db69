// SPDX-License-Identifier: Apache-2.0
// From proposals to a diary: what is proposed, what the organisation chose, and adopting it.
#include "diary/adopt.h"

#include <string.h>

#include "db/db.h"
#include "diary/activity.sql.h"
#include "diary/change.h"
#include "diary/lines.h"

// For a register that says nothing of the time of day.
#define CHECK_START_MINUTE (9 * 60)
#define CHECK_MINUTES      60

static Date set_or(Date date, Date otherwise) {
  return date_is_none(date) || date.days == 0 ? otherwise : date;
}

// ---- what is proposed ----

static void add_register_proposals(Context *c, const Facts *facts, Proposals *out) {
  SqlDutyProposalListRows rows = sql_duty_proposal_list(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlDutyProposalListRow *row = &rows.items[i];
    *list_add(c->arena, out) = (Proposal){
        .key = row->duty_key,
        .kind = kind_of(row->kind),
        .title = row->title,
        .why = row->why,
        .every_months = (int32_t)row->every_months,
        .maximum_months = (int32_t)row->maximum_months,
        .anchor = (Anchor)row->anchor,
        .first = row->first_on,
        .until = set_or(row->until_on, facts->expiry),
        .lead_days = (int32_t)row->lead_days,
        .tolerance_days = (int32_t)row->tolerance_days,
        .start_minute = row->start_minute > 0 ? (int32_t)row->start_minute : CHECK_START_MINUTE,
        .duration_minutes =
            row->duration_minutes > 0 ? (int32_t)row->duration_minutes : CHECK_MINUTES,
        .site = row->site,
        .register_item = row->register_item,
        .owner = {.person = row->owner_person, .position = row->owner_position}};
  }
}

static bool key_among(const SqlDutyKeysRows *keys, const char *key) {
  for (size_t i = 0; i < keys->count; i++) {
    if (text_equal(keys->items[i].duty_key, key)) return true;
  }
  return false;
}

static const SqlDutyChoiceListRow *choice_of(const SqlDutyChoiceListRows *choices,
                                             const char *key) {
  for (size_t i = 0; i < choices->count; i++) {
    if (text_equal(choices->items[i].duty_key, key)) return &choices->items[i];
  }
  return NULL;
}

static void apply_choice(Context *c, Proposal *duty, const SqlDutyChoiceListRow *choice) {
  if (choice->every_months >= 0 && choice->every_months != duty->every_months) {
    duty->why = why_with(c, duty->why,
                         text_format(c->arena, _("the organisation chose %lld months, not %d"),
                                     (long long)choice->every_months, duty->every_months));
    duty->every_months = (int32_t)choice->every_months;
  }
  if (!date_is_none(choice->first_on) && duty->date_count == 0) {
    duty->why = why_with(c, duty->why,
                         text_format(c->arena, _("the organisation chose to begin on %s"),
                                     date_words(c->arena, choice->first_on)));
    duty->first = choice->first_on;
    duty->series_from = (Date){0};
    duty->series_months = 0;
  }
  if (choice->owner_person != 0 || choice->owner_position != 0)
    duty->owner = (Owner){.person = choice->owner_person, .position = choice->owner_position};
}

bool adopt_proposals(Context *c, const Facts *facts, Proposals *out) {
  Proposals all = {0};
  programme_duties(c, facts, &all);
  add_register_proposals(c, facts, &all);
  SqlDutyKeysRows adopted = sql_duty_keys(c);
  SqlDutyChoiceListRows choices = sql_duty_choice_list(c);
  for (size_t i = 0; i < all.count; i++) {
    Proposal *duty = &all.items[i];
    if (key_among(&adopted, duty->key)) continue;
    const SqlDutyChoiceListRow *choice = choice_of(&choices, duty->key);
    if (choice != NULL && choice->leave_out) continue;
    if (choice != NULL) apply_choice(c, duty, choice);
    *list_add(c->arena, out) = *duty;
  }
  return context_ok(c);
}

// ---- laying out ----

bool adopt_lay_out(Context *c, const Facts *facts, Date start, const Proposals *duties,
                   PlannedActivities *out) {
  WorkCalendar calendar;
  if (!workday_calendar_load(c, &calendar)) return false;
  SqlActivityExternalsRows rows =
      sql_activity_externals(c, (SqlActivityExternals){.limit = CYCLE_AUDITS_MAX});
  Date external[CYCLE_AUDITS_MAX];
  size_t count = 0;
  for (size_t i = 0; i < rows.count && count < CYCLE_AUDITS_MAX; i++)
    external[count++] = rows.items[i].due;
  Programme programme = {.facts = facts,
                         .start = start,
                         .calendar = &calendar,
                         .duties = duties,
                         .external = external,
                         .external_count = count};
  programme_lay_out(c, &programme, out);
  return context_ok(c);
}

bool diary_propose(Context *c, const Facts *facts, Proposals *duties,
                   PlannedActivities *activities) {
  programme_duties(c, facts, duties);
  Programme programme = {.facts = facts, .start = facts->start, .duties = duties};
  programme_lay_out(c, &programme, activities);
  return context_ok(c);
}

bool diary_plan(Context *c, Proposals *duties, PlannedActivities *activities) {
  READ_TRANSACTION(c, tx);
  Facts facts;
  if (!org_facts(c, &facts) || !adopt_proposals(c, &facts, duties)) return false;
  // What joins an adopted programme later cannot have been missed before it existed.
  SqlDutyAnyRow any;
  Date start = facts.start;
  if (sql_duty_any(c, &any) && date_compare(c->today, start) > 0) start = c->today;
  return adopt_lay_out(c, &facts, start, duties, activities);
}

// ---- adopting ----

Proposal adopt_proposal_of(const SqlDutyGetRow *row) {
  return (Proposal){.key = row->duty_key,
                    .kind = kind_of(row->kind),
                    .title = row->title,
                    .why = row->why,
                    .every_months = (int32_t)row->every_months,
                    .maximum_months = (int32_t)row->maximum_months,
                    .anchor = (Anchor)row->anchor,
                    .first = date_add_months(row->series_from, (int32_t)row->series_months),
                    .until = row->until_on,
                    .series_from = row->series_from,
                    .series_months = (int32_t)row->series_months,
                    .lead_days = (int32_t)row->lead_days,
                    .tolerance_days = (int32_t)row->tolerance_days,
                    .start_minute = (int32_t)row->start_minute,
                    .duration_minutes = (int32_t)row->duration_minutes,
                    .site = row->site,
                    .system = row->system,
                    .register_item = row->register_item,
                    .owner = {.person = row->owner_person, .position = row->owner_position}};
}

static int64_t adopt_duty(Context *c, const Facts *facts, const Proposal *duty) {
  bool anchored = duty->series_from.days != 0 && !date_is_none(duty->series_from);
  const char *kind = duty_kind_name(duty->kind);
  int64_t id =
      sql_duty_insert(c, (SqlDutyInsert){.duty_key = duty->key,
                                         .kind = kind,
                                         .title = duty->title,
                                         .why = why_sentence(c, duty->why),
                                         .every_months = duty->every_months,
                                         .maximum_months = duty->maximum_months,
                                         .anchor = duty->anchor,
                                         .series_from = anchored ? duty->series_from : duty->first,
                                         .series_months = anchored ? duty->series_months : 0,
                                         .until_on = set_or(duty->until, facts->expiry),
                                         .lead_days = duty->lead_days,
                                         .tolerance_days = duty->tolerance_days,
                                         .start_minute = duty->start_minute,
                                         .duration_minutes = duty->duration_minutes,
                                         .site = duty->site,
                                         .system = duty->system,
                                         .register_item = duty->register_item,
                                         .owner_person = duty->owner.person,
                                         .owner_position = duty->owner.position});
  if (id <= 0) return 0;
  LedgerEntry *entry = ledger_entry(c, "duty.adopted", "duty", id);
  ledger_value(entry, "key", duty->key);
  ledger_value(entry, "kind", kind);
  ledger_value(entry, "title", duty->title);
  ledger_number(entry, "every_months", duty->every_months);
  ledger_number(entry, "maximum_months", duty->maximum_months);
  return ledger_write(entry) && tally_refresh_duty(c, id) ? id : 0;
}

bool diary_adopt(Context *c, int64_t *duties, int64_t *activities) {
  TRANSACTION(c, tx);
  Facts facts;
  Proposals proposals = {0};
  PlannedActivities planned = {0};
  *duties = *activities = 0;
  if (!org_facts(c, &facts) || !diary_plan(c, &proposals, &planned)) return false;
  for (size_t i = 0; i < proposals.count; i++) {
    const Proposal *duty = &proposals.items[i];
    int64_t id = adopt_duty(c, &facts, duty);
    if (id == 0) return false;
    (*duties)++;
    for (size_t k = 0; k < planned.count; k++) {
      const PlannedActivity *activity = &planned.items[k];
      int64_t activity_id;
      if (activity->duty != duty) continue;
      if (!change_add(c, id, activity, activity->ordinal, duty->owner, &activity_id)) return false;
      (*activities)++;
    }
  }
  return transaction_commit(&tx);
}

bool duty_propose_check(Context *c, const Proposal *check) {
  if (text_is_empty(check->key) || text_is_empty(check->title) || date_is_none(check->first))
    return failure(c, "a proposed check needs a key, a title and a first date");
  TRANSACTION(c, tx);
  int64_t changed =
      sql_duty_proposal_put(c, (SqlDutyProposalPut){.duty_key = check->key,
                                                    .kind = duty_kind_name(check->kind),
                                                    .title = check->title,
                                                    .why = check->why == NULL ? "" : check->why,
                                                    .every_months = check->every_months,
                                                    .maximum_months = check->maximum_months,
                                                    .anchor = check->anchor,
                                                    .first_on = check->first,
                                                    .until_on = set_or(check->until, DATE_NONE),
                                                    .lead_days = check->lead_days,
                                                    .tolerance_days = check->tolerance_days,
                                                    .start_minute = check->start_minute,
                                                    .duration_minutes = check->duration_minutes,
                                                    .site = check->site,
                                                    .register_item = check->register_item,
                                                    .owner_person = check->owner.person,
                                                    .owner_position = check->owner.position});
  if (changed <= 0) return context_ok(c) && transaction_commit(&tx); // it stands there already
  LedgerEntry *entry = ledger_entry(c, "duty.proposed", "organisation", c->org);
  ledger_value(entry, "key", check->key);
  ledger_personal(entry, "title", check->title);
  ledger_number(entry, "every_months", check->every_months);
  ledger_day(entry, "first", check->first);
  return ledger_write(entry) && transaction_commit(&tx);
}
