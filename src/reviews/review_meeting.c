// SPDX-License-Identifier: Apache-2.0
// Holding it: who is there, what is decided, and the end of the meeting.
#include "reviews/inside.h"

#include "db/db.h"
#include "improvement/improvement.h"

#include <string.h>

enum { ACTION_TITLE_MOST = 200 };

void quorum_count(Context *c, Review *review) {
  ReviewQuorum *q = &review->quorum;
  *q = (ReviewQuorum){0};
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    bool present = one->presence == PRESENCE_PRESENT;
    if (one->person == review->chair && present) q->chair_present = true;
    if (one->part != PART_TOP_MANAGEMENT) continue;
    q->top++;
    q->present += present;
    q->unsaid += one->presence == PRESENCE_UNSAID;
  }
  q->needed = (q->top * review->quorum_percent + 99) / 100;
  if (q->needed < 1) q->needed = 1;
  q->met = q->top > 0 && q->present >= q->needed && (!review->quorum_chair || q->chair_present);
  const char *chair = !review->quorum_chair ? ""
                      : q->chair_present    ? _(", with the chair")
                                            : _(", without the chair");
  q->words = text_format(c->arena,
                         review->quorum_chair
                             ? _("%lld of %lld of top management%s; at least %lld and the chair")
                             : _("%lld of %lld of top management%s; at least %lld"),
                         (long long)q->present, (long long)q->top, chair, (long long)q->needed);
}

bool review_open(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  if (review.stage == STAGE_MEETING) return transaction_commit(&tx);
  if (review.editions == 0 && !pack_freeze(c, &review, _("Issued when the meeting began")))
    return false;
  if (!review_landed(
          c, sql_review_set_opened(c, (SqlReviewSetOpened){.id = id, .version = review.version})))
    return false;
  LedgerEntry *entry = ledger_entry(c, "review.opened", "review", id);
  ledger_number(entry, "pack_edition", review.editions);
  return ledger_write(entry) && activity_start(c, id, 0) && transaction_commit(&tx);
}

bool review_attend(Context *c, int64_t id, int64_t person, Presence presence) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  if (sql_review_person_presence(
          c, (SqlReviewPersonPresence){.id = id, .person = person, .presence = presence}) != 1)
    return context_ok(c) && not_found(c, _("They are not invited."));
  LedgerEntry *entry = ledger_entry(c, "review.attendance", "review", id);
  ledger_number(entry, "person", person);
  ledger_number(entry, "presence", presence);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- decisions ----

static void check_decision(Context *c, const DecisionNew *what) {
  if (text_is_empty(what->words)) invalid(c, "words", _("Say what was decided."));
  if (review_input_of(what->letter) == NULL)
    invalid(c, "letter", _("Say which input, (a) to (g), led to it."));
  const ReviewDecision like = {.kind = what->kind, .effect = what->effect};
  if (!decision_is_followed(&like)) return;
  if (what->owner.person == 0 && what->owner.position == 0)
    invalid(c, "owner", _("Somebody has to do it: name a person or a position."));
  if (date_is_none(what->due))
    invalid(c, "due", _("Give the date by which it is done, as YYYY-MM-DD."));
  else if (date_compare(what->due, c->today) < 0)
    invalid(c, "due", _("%s is past."), date_words(c->arena, what->due));
}

bool decision_add(Context *c, int64_t id, const DecisionNew *what, int64_t *decision) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  check_decision(c, what);
  if (!effect_check(c, &review, what) || !context_ok(c)) return false;
  const char letter[2] = {what->letter, '\0'};
  *decision = sql_review_decision_insert(
      c, (SqlReviewDecisionInsert){.id = id,
                                   .letter = letter,
                                   .kind = decided_kind_name(what->kind),
                                   .words = what->words,
                                   .owner_person = what->owner.person,
                                   .owner_position = what->owner.position,
                                   .due = what->due});
  LedgerEntry *entry = ledger_entry(c, "review.decided", "review_decision", *decision);
  ledger_number(entry, "review", id);
  ledger_value(entry, "letter", letter);
  ledger_value(entry, "kind", decided_kind_name(what->kind));
  ledger_personal(entry, "words", what->words);
  ledger_number(entry, "owner_person", what->owner.person);
  ledger_number(entry, "owner_position", what->owner.position);
  ledger_day(entry, "due", what->due);
  return ledger_write(entry) && effect_keep(c, *decision, &what->effect) && transaction_commit(&tx);
}

bool decision_strike(Context *c, int64_t id, int64_t decision, const char *reason) {
  if (text_is_empty(reason)) return invalid(c, "reason", _("Say why it is taken back."));
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  for (size_t i = 0; i < review.decisions.count; i++)
    if (review.decisions.items[i].id == decision && review.decisions.items[i].action != 0)
      return conflict(c, _("It is followed as an action already: end the action there, and say so "
                           "in a decision of its own."));
  if (sql_review_decision_strike(
          c, (SqlReviewDecisionStrike){.id = id, .decision = decision, .reason = reason}) != 1)
    return context_ok(c) && not_found(c, _("There is no such decision, or it was taken back."));
  LedgerEntry *entry = ledger_entry(c, "review.struck", "review_decision", decision);
  ledger_number(entry, "review", id);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

static const char *short_title(Context *c, const char *words) {
  const char *line = text_copy_n(c->arena, words, strcspn(words, "\n"));
  return text_shorten(c->arena, line, ACTION_TITLE_MOST);
}

// A change that turned out impossible named nobody: the chair has it within a month.
bool decision_follow(Context *c, const Review *review, const ReviewDecision *decision) {
  if (decision->struck || decision->action != 0) return true;
  Owner owner = decision->owner;
  if (owner.person == 0 && owner.position == 0) owner = (Owner){.person = review->chair};
  Date due = date_is_none(decision->due) ? date_add_months(c->today, 1) : decision->due;
  const ReviewInput *input = review_input_of(decision->letter);
  const ActionAdd add = {
      .title = short_title(c, decision->words),
      .detail = text_format(c->arena, _("%s. Decided in “%s” about input (%c), %s.\n\n%s"),
                            decided_kind_title(decision->kind), review->activity.title,
                            decision->letter, input->title, decision->words),
      .owner = owner,
      .due = date_compare(due, c->today) < 0 ? c->today : due,
      .source = "review",
      .source_object = review->activity.id,
      .source_title = review->activity.title,
      .source_place = text_format(c->arena, "/reviews/%lld#decision-%lld",
                                  (long long)review->activity.id, (long long)decision->id)};
  int64_t action = 0;
  if (!action_add(c, &add, &action) ||
      sql_review_decision_follow(
          c, (SqlReviewDecisionFollow){.decision = decision->id, .action = action}) != 1)
    return false;
  LedgerEntry *entry = ledger_entry(c, "review.followed", "review_decision", decision->id);
  ledger_number(entry, "review", review->activity.id);
  ledger_number(entry, "action", action);
  return ledger_write(entry);
}

static bool follow_all(Context *c, const Review *review) {
  for (size_t i = 0; i < review->decisions.count; i++) {
    const ReviewDecision *one = &review->decisions.items[i];
    if (decision_is_followed(one) && !decision_follow(c, review, one)) return false;
  }
  return true;
}

// ---- the end of the meeting ----

static void check_close(Context *c, const Review *review, Date held_on, const char *summary) {
  if (review->stage != STAGE_MEETING)
    invalid(c, "close", _("Open the meeting first, and say who is there."));
  if (date_is_none(held_on))
    invalid(c, "held_on", _("Say on which day it was held, as YYYY-MM-DD."));
  else if (date_compare(held_on, c->today) > 0)
    invalid(c, "held_on", _("%s has not come yet."), date_words(c->arena, held_on));
  if (text_is_empty(summary)) invalid(c, "summary", _("Say in a few words what came of it."));
}

static bool refuse(Context *c, const char *field, const Gaps *gaps) {
  for (size_t i = 0; i < gaps->count; i++)
    invalid(c, field, "%s %s", gaps->items[i].what, gaps->items[i].how);
  return context_ok(c);
}

bool review_close(Context *c, int64_t id, Date held_on, const char *summary) {
  TRANSACTION(c, tx);
  Review review;
  Gaps gaps = {0};
  if (!review_begin_open(c, id, &review)) return false;
  check_close(c, &review, held_on, summary);
  if (!review_gaps(c, &review, true, &gaps) || !refuse(c, "close", &gaps)) return false;
  if (!follow_all(c, &review)) return false;
  const SqlReviewSetClosed set = {
      .id = id, .version = review.version, .held_on = held_on, .summary = summary};
  if (!review_landed(c, sql_review_set_closed(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "review.closed", "review", id);
  ledger_day(entry, "held_on", held_on);
  ledger_personal(entry, "summary", summary);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool review_reopen(Context *c, int64_t id, const char *reason) {
  if (text_is_empty(reason)) return invalid(c, "reason", _("Say what has to be put right."));
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin(c, id, &review)) return false;
  if (review.stage != STAGE_MINUTES)
    return conflict(c, _("Only minutes that wait for the chair can be sent back."));
  const SqlReviewSetReopened set = {.id = id, .version = review.version};
  if (!review_landed(c, sql_review_set_reopened(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "review.sent_back", "review", id);
  ledger_personal(entry, "reason", reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool review_addendum(Context *c, int64_t id, const char *body) {
  if (text_is_empty(body)) return invalid(c, "body", _("Write what has to be added."));
  TRANSACTION(c, tx);
  Review review;
  if (!review_get(c, id, &review)) return false;
  if (review.stage != STAGE_CONCLUDED)
    return conflict(c, _("The minutes are not approved yet: change them directly."));
  int64_t addendum =
      sql_review_addendum_insert(c, (SqlReviewAddendumInsert){.id = id, .body = body});
  LedgerEntry *entry = ledger_entry(c, "review.addendum", "review", id);
  ledger_number(entry, "addendum", addendum);
  ledger_personal(entry, "body", body);
  return ledger_write(entry) && transaction_commit(&tx);
}
