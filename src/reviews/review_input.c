// SPDX-License-Identifier: Apache-2.0
// Silence is not possible: each input is considered, said by a person to hold nothing, or deferred
// to a named later review – and none for longer than twelve months.
#include "reviews/inside.h"

#include "db/db.h"

enum { MOST_MONTHS = 12 };

bool input_last_day(Context *c, int64_t id, char letter, Date *out) {
  const char name[2] = {letter, '\0'};
  SqlReviewInputLastRow last;
  SqlReviewDecisionAtRow org;
  bool known = sql_review_input_last(c, (SqlReviewInputLast){.id = id, .letter = name}, &last) &&
               !date_is_none(last.held_on);
  if (!context_ok(c) || !sql_review_decision_at(c, &org)) return false;
  Date start =
      date_compare(org.start_on, org.decision) > 0 ? org.start_on : org.decision; // joined later
  *out = date_add_months(known ? last.held_on : start, MOST_MONTHS);
  return true;
}

static bool check_defer(Context *c, int64_t id, const InputSay *say) {
  SqlReviewLaterRows later = sql_review_later(c, (SqlReviewLater){.id = id});
  Date last, due = DATE_NONE;
  for (size_t i = 0; i < later.count; i++)
    if (later.items[i].id == say->deferred_to) due = later.items[i].due;
  if (!context_ok(c) || !input_last_day(c, id, say->letter, &last)) return false;
  if (text_is_empty(say->reason)) invalid(c, "reason", _("Say why it can wait."));
  if (date_is_none(due))
    invalid(c, "deferred_to", _("Name a later review that is planned and still open."));
  else if (date_compare(due, last) > 0)
    invalid(c, "deferred_to",
            _("Input (%c) has to be considered by %s, twelve months after it last was; that "
              "review is on %s."),
            say->letter, date_words(c->arena, last), date_words(c->arena, due));
  return context_ok(c);
}

static bool check_say(Context *c, int64_t id, const InputSay *say) {
  if (say->state == INPUT_DEFERRED) return check_defer(c, id, say);
  if (say->state == INPUT_NOTHING && c->actor == 0)
    return invalid(c, "state",
                   _("That there is nothing to report is for a person to say: name "
                     "who says it."));
  return true;
}

static void tell(LedgerEntry *entry, int64_t id, const Input *before, const InputSay *say,
                 const char *notes, const char *reason) {
  const char name[2] = {say->letter, '\0'};
  ledger_number(entry, "review", id);
  ledger_value(entry, "letter", name);
  ledger_int(entry, "state", before->state, say->state);
  ledger_personal(entry, "notes", notes);
  ledger_personal(entry, "reason", reason);
  ledger_number(entry, "deferred_to", say->state == INPUT_DEFERRED ? say->deferred_to : 0);
}

bool input_say(Context *c, int64_t id, const InputSay *say) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  Input *input = review_input(&review, say->letter);
  if (input == NULL) return not_found(c, _("The inputs are (a) to (g)."));
  if (say->version != 0 && say->version != input->version)
    return conflict(c,
                    _("Somebody wrote about input (%c) meanwhile. Look at it again and repeat; "
                      "what you typed is kept in your browser."),
                    say->letter);
  if (!check_say(c, id, say)) return false;
  bool deferred = say->state == INPUT_DEFERRED;
  const char *notes = say->notes == NULL ? input->notes : say->notes;
  const char *reason = deferred ? say->reason : "";
  const SqlReviewInputSay set = {.input = input->id,
                                 .version = input->version,
                                 .state = say->state,
                                 .notes = notes,
                                 .reason = reason,
                                 .deferred_to = deferred ? say->deferred_to : 0};
  if (!review_landed(c, sql_review_input_say(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "review.input", "review_input", input->id);
  tell(entry, id, input, say, notes, reason);
  return ledger_write(entry) && transaction_commit(&tx);
}
