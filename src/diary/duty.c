// SPDX-License-Identifier: Apache-2.0
// Duties as adopted: pausing, resuming, another cadence or owner. A series is never restarted.
#include "diary/duty.h"

#include "db/db.h"
#include "diary/adopt.h"
#include "diary/change.h"
#include "diary/lines.h"
#include "diary/tally.h"

#define DUTIES_MOST  500
#define CADENCE_MOST 36

static bool duty_is_paused(const Context *c, Date paused_on, Date paused_until) {
  return !date_is_none(paused_on) &&
         (date_is_none(paused_until) || date_compare(c->today, paused_until) <= 0);
}

// A row of duty_get or duty_list; they share these columns.
#define DUTY_OF(c, row)                                                                            \
  {                                                                                                \
    .id = (row)->id, .version = (row)->version, .kind = kind_of((row)->kind),                      \
    .key = (row)->duty_key, .title = (row)->title, .why = (row)->why,                              \
    .every_months = (int32_t)(row)->every_months,                                                  \
    .maximum_months = (int32_t)(row)->maximum_months, .anchor = (Anchor)(row)->anchor,             \
    .first = date_add_months((row)->series_from, (int32_t)(row)->series_months),                   \
    .until = (row)->until_on, .paused = duty_is_paused(c, (row)->paused_on, (row)->paused_until),  \
    .paused_on = (row)->paused_on, .pause_reason = (row)->pause_reason, .site = (row)->site,       \
    .owner = {.person = (row)->owner_person, .position = (row)->owner_position},                   \
  }

bool duty_get(Context *c, int64_t id, Duty *out) {
  SqlDutyGetRow row;
  if (!sql_duty_get(c, (SqlDutyGet){.id = id}, &row))
    return context_ok(c) ? not_found(c, _("There is no such duty.")) : false;
  *out = (Duty)DUTY_OF(c, &row);
  out->owner_label = owner_label(c, out->owner);
  return context_ok(c);
}

bool duty_list(Context *c, const char *kind, Duties *out) {
  SqlDutyListRows rows =
      sql_duty_list(c, (SqlDutyList){.kind = kind == NULL ? "" : kind, .limit = DUTIES_MOST});
  *out = (Duties){.items = arena_array(c->arena, rows.count, sizeof(Duty))};
  for (size_t i = 0; i < rows.count; i++) {
    const SqlDutyListRow *row = &rows.items[i];
    Duty *duty = &out->items[out->count++];
    *duty = (Duty)DUTY_OF(c, row);
    duty->owner_label = owner_words(c, row->owner_name, row->position_title, row->holder_name);
  }
  return context_ok(c);
}

static bool duty_load(Context *c, int64_t id, int64_t version, SqlDutyGetRow *row) {
  if (!sql_duty_get(c, (SqlDutyGet){.id = id}, row))
    return context_ok(c) ? not_found(c, _("There is no such duty.")) : false;
  if (version != 0 && version != row->version)
    return conflict(c, _("Somebody changed “%s” meanwhile; it is now at version %lld."), row->title,
                    (long long)row->version);
  return true;
}

// ---- planned activities of a duty: taken out, and laid out again from the same series ----

static bool take_out(Context *c, int64_t duty, Date from, Date to, const char *reason) {
  SqlActivityOfDutyRows rows = sql_activity_of_duty(c, (SqlActivityOfDuty){.duty = duty});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityOfDutyRow *row = &rows.items[i];
    bool waiting = row->state == STATE_PLANNED || row->state == STATE_SCHEDULED;
    if (!waiting || date_compare(row->due, from) < 0 || date_compare(row->due, to) > 0) continue;
    if (!activity_cancel(c, row->id, reason, row->version)) return false;
  }
  return context_ok(c);
}

typedef struct Standing { // what a duty has in the diary already
  int64_t last_ordinal;
  Date last_held;
  bool open;
} Standing;

static Standing standing_of(const SqlActivityOfDutyRows *rows) {
  Standing standing = {.last_held = DATE_NONE};
  for (size_t i = 0; i < rows->count; i++) {
    const SqlActivityOfDutyRow *row = &rows->items[i];
    if (row->ordinal > standing.last_ordinal) standing.last_ordinal = row->ordinal;
    if (row->state == STATE_CONCLUDED && date_compare(row->held_on, standing.last_held) > 0)
      standing.last_held = row->held_on;
    standing.open = standing.open || row->state < STATE_CONCLUDED;
  }
  return standing;
}

static bool series_is_open(const SqlActivityOfDutyRows *rows, Date series) {
  for (size_t i = 0; i < rows->count; i++) {
    if (rows->items[i].state < STATE_CANCELLED && date_compare(rows->items[i].series, series) == 0)
      return true;
  }
  return false;
}

static bool lay_out_again(Context *c, int64_t duty, Date from) {
  Facts facts;
  SqlDutyGetRow row;
  if (!org_facts(c, &facts) || !duty_load(c, duty, 0, &row)) return false;
  SqlActivityOfDutyRows rows = sql_activity_of_duty(c, (SqlActivityOfDuty){.duty = duty});
  Standing standing = standing_of(&rows);
  Proposals one = {0};
  Proposal *proposal = list_add(c->arena, &one);
  *proposal = adopt_proposal_of(&row);
  proposal->last = standing.last_held;
  PlannedActivities planned = {0};
  if (row.every_months <= 0 || !adopt_lay_out(c, &facts, from, &one, &planned))
    return context_ok(c);
  int64_t ordinal = standing.last_ordinal;
  for (size_t i = 0; i < planned.count; i++) {
    int64_t id;
    if (series_is_open(&rows, planned.items[i].series)) continue;
    if (!change_add(c, duty, &planned.items[i], ++ordinal, proposal->owner, &id)) return false;
  }
  return context_ok(c);
}

// ---- pausing ----

bool duty_pause(Context *c, int64_t duty, Date until, const char *reason, int64_t version) {
  TRANSACTION(c, tx);
  SqlDutyGetRow row;
  if (!duty_load(c, duty, version, &row) || !change_reason(c, reason)) return false;
  if (duty_is_paused(c, row.paused_on, row.paused_until))
    return conflict(c, _("“%s” is paused already."), row.title);
  if (!date_is_none(until) && date_compare(until, c->today) < 0)
    return invalid(c, "until", _("A pause ends today or later."));
  SqlDutySetPause set = {.id = duty,
                         .version = row.version,
                         .paused_on = c->today,
                         .paused_until = until,
                         .reason = reason};
  if (!change_landed(c, sql_duty_set_pause(c, set))) return false;
  sql_duty_pause_insert(
      c,
      (SqlDutyPauseInsert){.duty = duty, .from_on = c->today, .until_on = until, .reason = reason});
  const char *why = text_format(c->arena, _("The duty is paused: %s"), reason);
  if (!take_out(c, duty, c->today, date_is_none(until) ? row.until_on : until, why)) return false;
  LedgerEntry *entry = ledger_entry(c, "duty.paused", "duty", duty);
  ledger_day(entry, "from", c->today);
  if (!date_is_none(until)) ledger_day(entry, "until", until);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool duty_resume(Context *c, int64_t duty, int64_t version) {
  TRANSACTION(c, tx);
  SqlDutyGetRow row;
  if (!duty_load(c, duty, version, &row)) return false;
  if (date_is_none(row.paused_on)) return conflict(c, _("“%s” is not paused."), row.title);
  SqlDutySetPause set = {.id = duty,
                         .version = row.version,
                         .paused_on = DATE_NONE,
                         .paused_until = DATE_NONE,
                         .reason = ""};
  if (!change_landed(c, sql_duty_set_pause(c, set))) return false;
  sql_duty_pause_end(c, (SqlDutyPauseEnd){.duty = duty, .until_on = c->today});
  LedgerEntry *entry = ledger_entry(c, "duty.resumed", "duty", duty);
  ledger_day(entry, "on", c->today);
  return ledger_write(entry) && lay_out_again(c, duty, c->today) && transaction_commit(&tx);
}

// ---- another cadence, another owner ----

static bool cadence_valid(Context *c, const CadenceChange *change, const SqlDutyGetRow *row) {
  if (row->every_months == 0)
    return conflict(c, _("“%s” has dates of its own; move those."), row->title);
  if (change->every_months < 1 || change->every_months > CADENCE_MOST)
    return invalid(c, "every_months", _("A cadence lies between 1 and %d months."), CADENCE_MOST);
  return true;
}

bool duty_cadence_breaches(Context *c, const CadenceChange *change, Breaches *out) {
  SqlDutyGetRow row;
  if (!duty_load(c, change->duty, 0, &row) || !cadence_valid(c, change, &row)) return false;
  Proposal proposal = adopt_proposal_of(&row);
  cadence_breaches(c, &proposal, change->every_months, out);
  return true;
}

bool duty_change_cadence(Context *c, const CadenceChange *change) {
  TRANSACTION(c, tx);
  SqlDutyGetRow row;
  Breaches breaches = {0};
  if (!duty_load(c, change->duty, change->version, &row) || !change_reason(c, change->reason) ||
      !duty_cadence_breaches(c, change, &breaches))
    return false;
  const char *changed = text_format(c->arena, _("changed to every %d months on %s"),
                                    change->every_months, date_words(c->arena, c->today));
  const char *why = why_sentence(c, why_with(c, row.why, changed));
  SqlDutySetCadence set = {.id = row.id,
                           .version = row.version,
                           .every_months = change->every_months,
                           .anchor = change->anchor,
                           .series_from = row.series_from,
                           .series_months = row.series_months,
                           .why = why};
  if (!change_landed(c, sql_duty_set_cadence(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "duty.cadence_changed", "duty", row.id);
  ledger_int(entry, "every_months", row.every_months, change->every_months);
  ledger_int(entry, "anchor", row.anchor, change->anchor);
  ledger_personal(entry, "reason", change->reason);
  for (size_t i = 0; i < breaches.count; i++)
    ledger_value(entry, text_format(c->arena, "breach_%zu", i + 1), breaches.items[i]);
  const char *reason = text_format(c->arena, _("The cadence changed: %s"), change->reason);
  Date tomorrow = date_add_days(c->today, 1);
  return ledger_write(entry) && take_out(c, row.id, tomorrow, row.until_on, reason) &&
         lay_out_again(c, row.id, tomorrow) && tally_refresh_duty(c, row.id) &&
         transaction_commit(&tx);
}

bool duty_delegate(Context *c, int64_t duty, Owner owner, const char *reason, int64_t version) {
  TRANSACTION(c, tx);
  SqlDutyGetRow row;
  if (!duty_load(c, duty, version, &row) || !change_reason(c, reason)) return false;
  if ((owner.person == 0) == (owner.position == 0))
    return invalid(c, "owner", _("Name a person or a position, one of the two."));
  SqlDutySetOwner set = {.id = duty,
                         .version = row.version,
                         .owner_person = owner.person,
                         .owner_position = owner.position};
  if (!change_landed(c, sql_duty_set_owner(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "duty.delegated", "duty", duty);
  ledger_int(entry, "owner_person", row.owner_person, owner.person);
  ledger_int(entry, "owner_position", row.owner_position, owner.position);
  ledger_personal(entry, "reason", reason);
  if (!ledger_write(entry)) return false;
  SqlActivityOfDutyRows rows = sql_activity_of_duty(c, (SqlActivityOfDuty){.duty = duty});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActivityOfDutyRow *activity = &rows.items[i];
    if (activity->state < STATE_CONCLUDED &&
        !activity_delegate(c, activity->id, owner, reason, activity->version))
      return false;
  }
  return transaction_commit(&tx);
}

// ---- choices before adopting ----

static const Proposal *proposal_find(const Proposals *all, const char *key) {
  for (size_t i = 0; i < all->count; i++) {
    if (text_equal(all->items[i].key, key)) return &all->items[i];
  }
  return NULL;
}

bool duty_choice_breaches(Context *c, const DutyChoice *choice, Breaches *out) {
  Facts facts;
  Proposals all = {0};
  if (!org_facts(c, &facts)) return false;
  programme_duties(c, &facts, &all);
  const Proposal *duty = proposal_find(&all, choice->key);
  if (duty == NULL) return true; // a register's check: no rule stands behind it
  if (choice->leave_out)
    *list_add(c->arena, out) = text_format(c->arena, _("“%s” would not be done at all. %s"),
                                           duty->title, why_sentence(c, duty->why));
  else if (choice->every_months >= 0)
    cadence_breaches(c, duty, choice->every_months, out);
  if (!date_is_none(choice->first) && duty->maximum_months > 0 && duty->date_count == 0 &&
      date_compare(choice->first, date_add_months(facts.decision, duty->maximum_months)) > 0)
    *list_add(c->arena, out) =
        text_format(c->arena, _("“%s” would begin more than %d months after the decision. %s"),
                    duty->title, duty->maximum_months, why_sentence(c, duty->why));
  return context_ok(c);
}

bool duty_choose(Context *c, const DutyChoice *choice, Breaches *breaches) {
  TRANSACTION(c, tx);
  if (choice->every_months > CADENCE_MOST || choice->every_months < -1)
    return invalid(c, "every_months", _("A cadence lies between 0 and %d months."), CADENCE_MOST);
  if (!duty_choice_breaches(c, choice, breaches)) return false;
  if (breaches->count > 0 && text_is_empty(choice->reason))
    return invalid(c, "reason", _("%s Say why you choose it all the same."), breaches->items[0]);
  const char *reason = choice->reason == NULL ? "" : choice->reason;
  sql_duty_choice_put(c, (SqlDutyChoicePut){.duty_key = choice->key,
                                            .every_months = choice->every_months,
                                            .first_on = choice->first,
                                            .owner_person = choice->owner.person,
                                            .owner_position = choice->owner.position,
                                            .leave_out = choice->leave_out,
                                            .reason = reason});
  LedgerEntry *entry = ledger_entry(c, "duty.chosen", "organisation", c->org);
  ledger_value(entry, "key", choice->key);
  ledger_number(entry, "every_months", choice->every_months);
  if (!date_is_none(choice->first)) ledger_day(entry, "first", choice->first);
  ledger_number(entry, "leave_out", choice->leave_out ? 1 : 0);
  if (reason[0] != '\0') ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}
