// SPDX-License-Identifier: Apache-2.0
#include "reviews/effect.h"

#include "db/db.h"
#include "diary/duty.h"
#include "diary/lines.h"
#include "registers/risk_decision.h"
#include "reviews/effect.sql.h"
#include "reviews/inside.h"

#include <math.h>
#include <string.h>

enum { CADENCE_MOST = 36 };

static const char *const names[EFFECT_KINDS] = {
    [EFFECT_NONE] = "none",     [EFFECT_CADENCE] = "cadence", [EFFECT_MOVE] = "move",
    [EFFECT_ACCEPT] = "accept", [EFFECT_TREAT] = "treat",     [EFFECT_LOOK_AGAIN] = "look_again",
    [EFFECT_GRANT] = "grant"};

const char *effect_name(EffectKind kind) {
  return (unsigned)kind < EFFECT_KINDS ? names[kind] : "";
}

const char *effect_state_name(EffectState state) {
  static const char *const states[] = {"waits", "in_effect", "not_possible"};
  return (unsigned)state < COUNT_OF(states) ? states[state] : "";
}

static bool is_of_risk(EffectKind kind) {
  return kind == EFFECT_ACCEPT || kind == EFFECT_TREAT || kind == EFFECT_LOOK_AGAIN;
}

bool decision_is_followed(const ReviewDecision *decision) {
  const EffectKind kind = decision->effect.kind;
  return decision->kind != DECIDED_NO_CHANGE && kind != EFFECT_CADENCE && kind != EFFECT_MOVE;
}

// ---- in words ----

static void add_amount(Text *out, OptReal value, const char *unit) {
  if (!value.has) return;
  bool whole = fabs(value.value - round(value.value)) < 0.005;
  text_add_format(out, whole ? "%s%.0f %s" : "%s%.2f %s", out->length > 0 ? ", " : "", value.value,
                  unit);
}

const char *grant_words(Arena *arena, const Effect *effect) {
  Text out;
  text_init(&out, arena);
  add_amount(&out, effect->amount, effect->currency);
  bool one_day = effect->days.has && fabs(effect->days.value - 1) < 0.005;
  bool one_person = effect->people.has && fabs(effect->people.value - 1) < 0.005;
  add_amount(&out, effect->days, one_day ? _("day of work") : _("days of work"));
  add_amount(&out, effect->people, one_person ? _("person") : _("people"));
  return out.length == 0 ? "" : out.data;
}

static const char *words_of(Context *c, const SqlEffectsOfRow *row, const Effect *effect) {
  const char *risk = row->risk_title == NULL ? ""
                     : text_is_empty(row->ref)
                         ? row->risk_title
                         : text_format(c->arena, "%s %s", row->ref, row->risk_title);
  const char *day = date_is_none(row->due) ? "" : date_words(c->arena, row->due);
  switch (effect->kind) {
  case EFFECT_CADENCE:
    return text_format(c->arena, _("“%s” every %d months"), row->duty_title, effect->months);
  case EFFECT_MOVE:
    return text_format(c->arena, _("“%s” on %s"), row->activity_title,
                       date_words(c->arena, effect->day));
  case EFFECT_ACCEPT: return text_format(c->arena, _("%s is accepted until %s"), risk, day);
  case EFFECT_TREAT: return text_format(c->arena, _("%s is treated by %s"), risk, day);
  case EFFECT_LOOK_AGAIN: return text_format(c->arena, _("%s is assessed again by %s"), risk, day);
  case EFFECT_GRANT: return grant_words(c->arena, effect);
  case EFFECT_NONE:
  case EFFECT_KINDS: break;
  }
  return "";
}

const char *effect_place(Context *c, const Effect *effect) {
  const char *where = effect->duty != 0       ? "/duties/%lld"
                      : effect->activity != 0 ? "/activities/%lld"
                      : effect->item != 0     ? "/items/%lld"
                                              : NULL;
  int64_t object = effect->duty != 0       ? effect->duty
                   : effect->activity != 0 ? effect->activity
                                           : effect->item;
  return where == NULL ? "" : text_format(c->arena, where, (long long)object);
}

bool effects_read(Context *c, Review *review) {
  for (size_t k = 0; k < review->decisions.count; k++)
    review->decisions.items[k].effect =
        (Effect){.currency = "", .words = "", .outcome = "", .place = "", .day = DATE_NONE};
  SqlEffectsOfRows rows = sql_effects_of(c, (SqlEffectsOf){.id = review->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlEffectsOfRow *row = &rows.items[i];
    size_t k = 0;
    while (k < review->decisions.count && review->decisions.items[k].id != row->decision) k++;
    if (k == review->decisions.count) continue;
    Effect *effect = &review->decisions.items[k].effect;
    *effect = (Effect){.duty = row->duty,
                       .activity = row->activity,
                       .item = row->item,
                       .months = row->months.has ? (int32_t)row->months.value : 0,
                       .day = row->day,
                       .amount = row->amount,
                       .days = row->days,
                       .people = row->people,
                       .currency = row->currency,
                       .state = (EffectState)row->state,
                       .outcome = row->outcome};
    while (effect->kind < EFFECT_KINDS - 1 && !text_equal(names[effect->kind], row->effect))
      effect->kind++;
    effect->words = words_of(c, row, effect);
    effect->place = effect_place(c, effect);
  }
  return context_ok(c);
}

// ---- whether it can be carried out, today ----

static const char *cadence_obstacle(Context *c, const Effect *effect) {
  SqlEffectDutyRow row;
  if (!sql_effect_duty(c, (SqlEffectDuty){.id = effect->duty}, &row))
    return _("There is no such duty.");
  if (row.every_months == 0)
    return text_format(c->arena, _("“%s” has dates of its own: move its activity instead."),
                       row.title);
  if (row.every_months == effect->months)
    return text_format(c->arena, _("“%s” is done every %d months already."), row.title,
                       effect->months);
  return NULL;
}

static const char *move_obstacle(Context *c, const Review *review, const Effect *effect) {
  SqlEffectActivityRow row;
  if (!sql_effect_activity(c, (SqlEffectActivity){.id = effect->activity}, &row))
    return _("There is no such activity in the diary.");
  if (effect->activity == review->activity.id) return _("This review is being held.");
  if (row.state == STATE_CONCLUDED)
    return text_format(c->arena, _("“%s” is concluded already."), row.title);
  if (row.state == STATE_CANCELLED)
    return text_format(c->arena, _("“%s” is cancelled."), row.title);
  if (date_compare(effect->day, row.due) == 0)
    return text_format(c->arena, _("“%s” is due on that day already."), row.title);
  if (date_compare(effect->day, c->today) < 0)
    return text_format(c->arena, _("%s is past."), date_words(c->arena, effect->day));
  return NULL;
}

// NULL: nothing stands in the way; *field is the form's field that has to change.
static const char *obstacle(Context *c, const Review *review, const Effect *effect,
                            const char **field) {
  *field = effect->kind == EFFECT_CADENCE ? "duty"
           : effect->kind == EFFECT_MOVE  ? "activity"
                                          : "risk";
  if (effect->kind == EFFECT_CADENCE) return cadence_obstacle(c, effect);
  if (effect->kind == EFFECT_MOVE) return move_obstacle(c, review, effect);
  return is_of_risk(effect->kind) ? risk_obstacle(c, effect->item) : NULL;
}

static bool is_currency(const char *text) {
  size_t i = 0;
  while (text[i] >= 'A' && text[i] <= 'Z') i++;
  return i == 3 && text[3] == '\0';
}

static void check_grant(Context *c, const Effect *effect) {
  if (!effect->amount.has && !effect->days.has && !effect->people.has)
    invalid(c, "amount", _("Say how much is granted: money, days of work or people."));
  if (effect->amount.has && !is_currency(effect->currency))
    invalid(c, "currency", _("Say in which currency, by its three letters: EUR."));
}

bool effect_check(Context *c, const Review *review, const DecisionNew *what) {
  const Effect *effect = &what->effect;
  const EffectKind kind = effect->kind;
  if ((effect->duty != 0) + (effect->activity != 0) + (effect->item != 0) > 1)
    invalid(c, effect->activity != 0 ? "activity" : "duty",
            _("One change, one decision: name a duty, an activity or a risk."));
  if ((kind == EFFECT_CADENCE || kind == EFFECT_MOVE) && what->kind != DECIDED_PROGRAMME)
    invalid(c, "kind", _("A duty or an activity is changed by a “Change to the programme”."));
  if (is_of_risk(kind) && what->kind != DECIDED_RISK)
    invalid(c, "kind", _("About a risk one decides by a “Risk decision”."));
  if (kind == EFFECT_GRANT && what->kind != DECIDED_RESOURCE)
    invalid(c, "kind", _("Money, days and people are granted by “Resources”."));
  if (what->kind == DECIDED_RESOURCE) check_grant(c, effect);
  if (kind == EFFECT_CADENCE && (effect->months < 1 || effect->months > CADENCE_MOST))
    invalid(c, "months", _("Say every how many months, from 1 to %d."), CADENCE_MOST);
  if (kind == EFFECT_MOVE && date_is_none(effect->day))
    invalid(c, "day", _("Say to which day it moves, as YYYY-MM-DD."));
  if (!context_ok(c)) return false;
  const char *field, *why = obstacle(c, review, effect, &field);
  return why == NULL ? context_ok(c) : invalid(c, field, "%s", why);
}

// ---- kept with the decision ----

static const char *amount_text(Context *c, OptReal value) {
  return value.has ? text_format(c->arena, "%.2f", value.value) : "";
}

bool effect_keep(Context *c, int64_t decision, const Effect *effect) {
  if (effect->kind == EFFECT_NONE) return context_ok(c);
  const char *currency = effect->amount.has ? effect->currency : "";
  const SqlEffectInsert row = {
      .decision = decision,
      .effect = effect_name(effect->kind),
      .duty = effect->duty,
      .activity = effect->activity,
      .item = effect->item,
      .months = {.has = effect->kind == EFFECT_CADENCE, .value = effect->months},
      .day = effect->kind == EFFECT_MOVE ? effect->day : DATE_NONE,
      .amount = effect->amount,
      .currency = currency,
      .days = effect->days,
      .people = effect->people};
  if (sql_effect_insert(c, row) != 1) return false;
  LedgerEntry *entry = ledger_entry(c, "review.effect", "review_effect", decision);
  ledger_value(entry, "effect", effect_name(effect->kind));
  ledger_number(entry, "duty", effect->duty);
  ledger_number(entry, "activity", effect->activity);
  ledger_number(entry, "item", effect->item);
  ledger_number(entry, "months", effect->kind == EFFECT_CADENCE ? effect->months : 0);
  if (!date_is_none(row.day)) ledger_day(entry, "day", row.day);
  ledger_value(entry, "amount", amount_text(c, effect->amount));
  ledger_value(entry, "currency", currency);
  ledger_value(entry, "days", amount_text(c, effect->days));
  ledger_value(entry, "people", amount_text(c, effect->people));
  return ledger_write(entry);
}

// ---- carried out ----

static Decided decided_for(Context *c, const Review *review, const ReviewDecision *decision) {
  return (Decided){.words = decision->words,
                   .owner = decision->owner,
                   .until = DATE_NONE,
                   .source = "review",
                   .source_object = review->activity.id,
                   .decision = decision->id,
                   .source_title = text_format(c->arena, "%s, %s", review->activity.title,
                                               date_words(c->arena, review->held_on)),
                   .source_place =
                       text_format(c->arena, "/reviews/%lld#decision-%lld",
                                   (long long)review->activity.id, (long long)decision->id)};
}

static bool carry_out_cadence(Context *c, const Effect *effect, Decided *why) {
  SqlEffectDutyRow row;
  if (!sql_effect_duty(c, (SqlEffectDuty){.id = effect->duty}, &row)) return false;
  const CadenceChange change = {.duty = effect->duty,
                                .every_months = effect->months,
                                .anchor = (Anchor)row.anchor,
                                .reason = decided_reason(c, why)};
  why->object_kind = "duty";
  why->object = effect->duty;
  why->effect = "cadence";
  why->outcome = text_format(c->arena, _("Every %d months instead of every %lld"), effect->months,
                             (long long)row.every_months);
  return duty_change_cadence(c, &change) && decided_keep(c, why);
}

static bool carry_out_move(Context *c, const Effect *effect, Decided *why) {
  SqlEffectActivityRow row;
  if (!sql_effect_activity(c, (SqlEffectActivity){.id = effect->activity}, &row)) return false;
  const ActivityMove move = {
      .activity = effect->activity, .due = effect->day, .reason = decided_reason(c, why)};
  why->object_kind = "activity";
  why->object = effect->activity;
  why->effect = "moved";
  why->outcome = text_format(c->arena, _("On %s instead of %s"), date_words(c->arena, effect->day),
                             date_words(c->arena, row.due));
  return activity_move(c, &move) && decided_keep(c, why);
}

static bool carry_out_risk(Context *c, const ReviewDecision *decision, Decided *why) {
  const RiskDecided what = decision->effect.kind == EFFECT_ACCEPT  ? RISK_ACCEPTED
                           : decision->effect.kind == EFFECT_TREAT ? RISK_TREATED
                                                                   : RISK_LOOK_AGAIN;
  why->object = decision->effect.item;
  why->until = decision->due;
  return risk_decide(c, what, why);
}

static bool carry_out(Context *c, const Review *review, const ReviewDecision *decision,
                      const char **outcome) {
  const Effect *effect = &decision->effect;
  Decided why = decided_for(c, review, decision);
  bool done = effect->kind == EFFECT_CADENCE ? carry_out_cadence(c, effect, &why)
              : effect->kind == EFFECT_MOVE  ? carry_out_move(c, effect, &why)
              : is_of_risk(effect->kind)     ? carry_out_risk(c, decision, &why)
                                             : true;
  *outcome = effect->kind == EFFECT_GRANT
                 ? text_format(c->arena, _("Granted: %s"), grant_words(c->arena, effect))
                 : why.outcome;
  return done;
}

static bool settle(Context *c, const Review *review, const ReviewDecision *decision) {
  const char *field, *outcome = obstacle(c, review, &decision->effect, &field);
  EffectState state = outcome == NULL ? EFFECT_DONE : EFFECT_IMPOSSIBLE;
  if (state == EFFECT_DONE && !carry_out(c, review, decision, &outcome)) return false;
  if (state == EFFECT_IMPOSSIBLE && !decision_follow(c, review, decision)) return false;
  const SqlEffectSettle set = {.decision = decision->id, .state = state, .outcome = outcome};
  if (sql_effect_settle(c, set) != 1) return false;
  LedgerEntry *entry = ledger_entry(c, "review.effect_settled", "review_effect", decision->id);
  ledger_number(entry, "state", state);
  ledger_value(entry, "outcome", outcome);
  ledger_number(entry, "review", review->activity.id);
  return ledger_write(entry);
}

bool effects_settle(Context *c, const Review *review) {
  for (size_t i = 0; i < review->decisions.count; i++) {
    const ReviewDecision *one = &review->decisions.items[i];
    bool waits =
        !one->struck && one->effect.kind != EFFECT_NONE && one->effect.state == EFFECT_WAITS;
    if (waits && !settle(c, review, one)) return false;
  }
  return context_ok(c);
}
