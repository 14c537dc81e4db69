// SPDX-License-Identifier: Apache-2.0
// Preparing: a review gets rows of its own, people, a rule of quorum, an agenda and words.
#include "reviews/inside.h"

#include "db/db.h"
#include "registers/registers.h"

enum { AGENDA_MOST = 10000, WORDS_MOST = 20000, PACK_DAYS_MOST = 60 };

static bool add_people(Context *c, const Review *review) {
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    const char *part = part_name(one->part);
    if (sql_review_person_put(c, (SqlReviewPersonPut){.id = review->activity.id,
                                                      .person = one->person,
                                                      .part = part}) < 0 ||
        !activity_participant(c, review->activity.id, one->person, part_title(one->part), true))
      return false;
  }
  return true;
}

static bool prepare(Context *c, Review *review) {
  const int64_t id = review->activity.id;
  if (sql_review_insert(c, (SqlReviewInsert){.id = id,
                                             .chair = review->chair,
                                             .quorum_percent = review->quorum_percent,
                                             .quorum_chair = review->quorum_chair,
                                             .pack_days = review->pack_days}) < 0)
    return false;
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const char letter[2] = {review->inputs[i].letter, '\0'};
    review->inputs[i].id =
        sql_review_input_insert(c, (SqlReviewInputInsert){.id = id, .letter = letter});
    review->inputs[i].version = 1;
  }
  LedgerEntry *entry = ledger_entry(c, "review.prepared", "review", id);
  ledger_number(entry, "chair", review->chair);
  ledger_number(entry, "quorum_percent", review->quorum_percent);
  ledger_number(entry, "quorum_chair", review->quorum_chair);
  ledger_number(entry, "pack_days", review->pack_days);
  review->prepared = true;
  review->version = 1;
  return ledger_write(entry) && add_people(c, review) &&
         search_put(c, "review", id, review->activity.title, review->activity.why,
                    text_format(c->arena, "/reviews/%lld", (long long)id));
}

bool review_begin(Context *c, int64_t id, Review *out) {
  if (!review_get(c, id, out)) return false;
  if (out->stage == STAGE_CONCLUDED)
    return conflict(c, _("“%s” is concluded and its minutes stay as they are. Add an addendum."),
                    out->activity.title);
  if (out->stage == STAGE_CANCELLED)
    return conflict(c, _("“%s” is cancelled and stays so."), out->activity.title);
  return out->prepared || prepare(c, out);
}

bool review_begin_open(Context *c, int64_t id, Review *out) {
  if (!review_begin(c, id, out)) return false;
  if (out->stage == STAGE_MINUTES)
    return conflict(c, _("The meeting is over and its minutes wait for the chair. Send them back "
                         "to change something."));
  return true;
}

bool review_landed(Context *c, int64_t rows) {
  if (rows == 1) return true;
  return context_ok(c) &&
         conflict(c, _("Somebody changed this at the same moment. Look at it again and repeat."));
}

// ---- settings ----

static const Invited *invited(const Review *review, int64_t person) {
  for (size_t i = 0; i < review->people.count; i++)
    if (review->people.items[i].person == person) return &review->people.items[i];
  return NULL;
}

static void check_settings(Context *c, const Review *review, const ReviewSettings *in,
                           int64_t chair) {
  bool weaker = in->quorum_percent < QUORUM_PERCENT || !in->quorum_chair;
  bool changed =
      in->quorum_percent != review->quorum_percent || in->quorum_chair != review->quorum_chair;
  if (in->quorum_percent < 1 || in->quorum_percent > 100)
    invalid(c, "quorum_percent", _("A share from 1 to 100 percent of top management."));
  if (in->pack_days < 0 || in->pack_days > PACK_DAYS_MOST)
    invalid(c, "pack_days", _("From 0 to %d days before the review."), PACK_DAYS_MOST);
  if (weaker && changed && text_is_empty(in->reason))
    invalid(c, "reason", _("Less than half of top management, or without the chair: say why."));
  const Invited *one = invited(review, chair);
  if (chair != 0 && (one == NULL || one->part != PART_TOP_MANAGEMENT))
    invalid(c, "chair", _("The chair is one of the invited top management. Invite them first."));
}

bool review_settings(Context *c, int64_t id, const ReviewSettings *in, int64_t version) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  if (version != 0 && version != review.version)
    return conflict(c, _("Somebody changed this review meanwhile. Look at it again and repeat."));
  int64_t chair = in->chair != 0 ? in->chair : review.chair;
  const char *agenda = in->agenda == NULL ? review.agenda : in->agenda;
  check_settings(c, &review, in, chair);
  if (!context_ok(c)) return false;
  const SqlReviewSet set = {.id = id,
                            .version = review.version,
                            .chair = chair,
                            .quorum_percent = in->quorum_percent,
                            .quorum_chair = in->quorum_chair,
                            .pack_days = in->pack_days,
                            .agenda = agenda};
  if (!review_landed(c, sql_review_set(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "review.settings", "review", id);
  ledger_int(entry, "chair", review.chair, chair);
  ledger_int(entry, "quorum_percent", review.quorum_percent, in->quorum_percent);
  ledger_int(entry, "quorum_chair", review.quorum_chair, in->quorum_chair);
  ledger_int(entry, "pack_days", review.pack_days, in->pack_days);
  ledger_personal(entry, "agenda", agenda);
  if (!text_is_empty(in->reason)) ledger_personal(entry, "reason", in->reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- people ----

bool review_invite(Context *c, int64_t id, int64_t person, Part part) {
  TRANSACTION(c, tx);
  Review review;
  SqlReviewPersonOfRow row;
  if (!review_begin_open(c, id, &review)) return false;
  if (!sql_review_person_of(c, (SqlReviewPersonOf){.person = person}, &row))
    return context_ok(c) && invalid(c, "person", _("There is no such person."));
  if (part == PART_TOP_MANAGEMENT && !person_has_role(c, person, ROLE_TOP_MANAGEMENT))
    return context_ok(c) && invalid(c, "part",
                                    _("%s does not have the role of top management. Give them the "
                                      "role, or invite them as a guest."),
                                    row.name);
  if (review.chair == person && part != PART_TOP_MANAGEMENT)
    return invalid(c, "part", _("%s is the chair: name another chair first."), row.name);
  if (sql_review_person_put(
          c, (SqlReviewPersonPut){.id = id, .person = person, .part = part_name(part)}) < 0)
    return false;
  LedgerEntry *entry = ledger_entry(c, "review.invited", "review", id);
  ledger_number(entry, "person", person);
  ledger_value(entry, "part", part_name(part));
  return ledger_write(entry) && activity_participant(c, id, person, part_title(part), true) &&
         transaction_commit(&tx);
}

bool review_uninvite(Context *c, int64_t id, int64_t person) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  const Invited *one = invited(&review, person);
  if (one == NULL) return not_found(c, _("They are not invited."));
  if (review.chair == person)
    return invalid(c, "person", _("%s is the chair: name another chair first."), one->name);
  if (one->presence == PRESENCE_PRESENT)
    return conflict(c, _("%s was there: that stays in the minutes."), one->name);
  if (sql_review_person_remove(c, (SqlReviewPersonRemove){.id = id, .person = person}) < 0)
    return false;
  LedgerEntry *entry = ledger_entry(c, "review.uninvited", "review", id);
  ledger_number(entry, "person", person);
  return ledger_write(entry) && activity_participant(c, id, person, "", false) &&
         transaction_commit(&tx);
}

// ---- the manager's words ----

bool input_words(Context *c, int64_t id, char letter, const char *words) {
  TRANSACTION(c, tx);
  Review review;
  if (!review_begin_open(c, id, &review)) return false;
  Input *input = review_input(&review, letter);
  if (input == NULL) return not_found(c, _("The inputs are (a) to (g)."));
  const char *text = words == NULL ? "" : words;
  if (text_equal(text, input->words)) return transaction_commit(&tx);
  const SqlReviewInputWords set = {.input = input->id, .version = input->version, .words = text};
  if (!review_landed(c, sql_review_input_words(c, set))) return false;
  const char name[2] = {letter, '\0'};
  LedgerEntry *entry = ledger_entry(c, "review.words", "review_input", input->id);
  ledger_number(entry, "review", id);
  ledger_value(entry, "letter", name);
  ledger_personal(entry, "words", text);
  return ledger_write(entry) && transaction_commit(&tx);
}
