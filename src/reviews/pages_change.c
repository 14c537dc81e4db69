// SPDX-License-Identifier: Apache-2.0
// What is done with a review: each a rule, and a sentence about what happened.
#include "db/db.h"
#include "org/session.h"
#include "reviews/inside.h"
#include "reviews/pages.h"
#include "reviews/reviews.routes.h"

#include <string.h>

static const char *desk(Request *r, int64_t id, char letter) {
  return letter == 0
             ? review_home(r, id, "/minutes")
             : review_home(r, id, text_format(r->context.arena, "/minutes#input-%c", letter));
}

void review_add_handler(Request *r, const ReviewAddInput *in) {
  int64_t id;
  if (review_add(&r->context, in->title, in->due, in->why, &id))
    request_done(r, id, review_home(r, id, ""), _("It is in the diary; prepare it here."));
}

void review_settings_handler(Request *r, const ReviewSettingsInput *in) {
  const ReviewSettings settings = {.chair = in->chair,
                                   .quorum_percent = (int32_t)in->quorum_percent,
                                   .quorum_chair = in->quorum_chair,
                                   .pack_days = (int32_t)in->pack_days,
                                   .agenda = or_empty(in->agenda),
                                   .reason = in->reason};
  if (review_settings(&r->context, in->id, &settings, in->version.has ? in->version.value : 0))
    request_done(r, in->id, review_home(r, in->id, ""), _("Saved."));
}

void review_invite_handler(Request *r, const ReviewInviteInput *in) {
  Context *c = &r->context;
  Owner who;
  Part part = PART_GUEST;
  part_parse(in->part, &part);
  if (!owner_named(c, "person", in->person, &who)) return;
  if (who.person == 0) {
    invalid(c, "person", _("A position does not come; name the person."));
    return;
  }
  if (review_invite(c, in->id, who.person, part))
    request_done(r, in->id, review_home(r, in->id, "#people"), _("Invited."));
}

void review_uninvite_handler(Request *r, const ReviewUninviteInput *in) {
  if (review_uninvite(&r->context, in->id, in->person))
    request_done(r, in->id, review_home(r, in->id, "#people"), _("Taken off the list."));
}

static bool letter_of(Context *c, const char *text, char *out) {
  *out = text == NULL ? '\0' : text[0];
  if (text != NULL && text[1] == '\0' && review_input_of(*out) != NULL) return true;
  return not_found(c, _("The inputs are (a) to (g)."));
}

void review_words_handler(Request *r, const ReviewWordsInput *in) {
  char letter;
  if (letter_of(&r->context, in->letter, &letter) &&
      input_words(&r->context, in->id, letter, or_empty(in->words)))
    request_done(r, in->id,
                 review_home(r, in->id, text_format(r->context.arena, "#input-%c", letter)),
                 _("Your words on (%c) are kept for the pack."), letter);
}

void review_section_words_handler(Request *r, const ReviewSectionWordsInput *in) {
  if (section_words_say(&r->context, in->id, in->section, or_empty(in->words), in->version))
    request_done(r, in->id,
                 review_home(r, in->id, text_format(r->context.arena, "#section-%s", in->section)),
                 _("Your words are kept for the pack."));
}

void review_input_handler(Request *r, const ReviewInputInput *in) {
  Context *c = &r->context;
  InputSay say = {.notes = in->notes,
                  .deferred_to = in->deferred_to,
                  .reason = in->reason,
                  .version = in->version.has ? in->version.value : 0};
  for (int i = INPUT_OPEN; i <= INPUT_DEFERRED; i++)
    if (text_equal(in->state, input_state_name((InputState)i))) say.state = (InputState)i;
  if (letter_of(c, in->letter, &say.letter) && input_say(c, in->id, &say))
    request_done(r, in->id, desk(r, in->id, say.letter), _("Input (%c): %s."), say.letter,
                 input_title(say.state));
}

void review_open_handler(Request *r, const ReviewOpenInput *in) {
  if (review_open(&r->context, in->id))
    request_done(r, in->id, desk(r, in->id, 0), _("The meeting has begun."));
}

static bool attend(Context *c, int64_t id, const Pair *pair) {
  int64_t person;
  const size_t prefix = sizeof "person_" - 1;
  if (!text_starts(pair->name, "person_") || !text_to_int(pair->name + prefix, &person))
    return invalid(c, pair->name, _("Fields are person_N: present, absent or not_said."));
  Presence presence = text_equal(pair->value, "present")  ? PRESENCE_PRESENT
                      : text_equal(pair->value, "absent") ? PRESENCE_ABSENT
                                                          : PRESENCE_UNSAID;
  return review_attend(c, id, person, presence);
}

void review_attendance_handler(Request *r, const ReviewAttendanceInput *in) {
  Context *c = &r->context;
  TRANSACTION(c, tx);
  for (size_t i = 0; i < in->people.count; i++)
    if (!attend(c, in->id, &in->people.items[i])) return;
  if (transaction_commit(&tx))
    request_done(r, in->id, desk(r, in->id, 0), _("Attendance is kept."));
}

// "12 · Internal audit", as the list offers it, or the number alone.
static bool number_of(Context *c, const char *field, const char *text, int64_t *out) {
  *out = 0;
  if (text_is_empty(text)) return true;
  size_t digits = strspn(text, "0123456789");
  if (digits > 0 && text_to_int(text_copy_n(c->arena, text, digits), out) && *out > 0) return true;
  return invalid(c, field, _("Choose one of the list, or give its number."));
}

// What the fields of the form say together.
static bool effect_of(Context *c, const ReviewDecideInput *in, DecisionNew *what) {
  Effect *effect = &what->effect;
  *effect = (Effect){.day = in->day,
                     .months = in->months.has ? (int32_t)in->months.value : 0,
                     .amount = in->amount,
                     .days = in->days,
                     .people = in->people,
                     .currency = or_empty(in->currency)};
  if (!number_of(c, "duty", in->duty, &effect->duty) ||
      !number_of(c, "activity", in->activity, &effect->activity) ||
      !number_of(c, "risk", in->risk, &effect->item))
    return false;
  if (effect->item != 0)
    effect->kind = text_equal(in->treatment, "treat")        ? EFFECT_TREAT
                   : text_equal(in->treatment, "look_again") ? EFFECT_LOOK_AGAIN
                                                             : EFFECT_ACCEPT;
  else if (effect->duty != 0)
    effect->kind = EFFECT_CADENCE;
  else if (effect->activity != 0)
    effect->kind = EFFECT_MOVE;
  else if (in->amount.has || in->days.has || in->people.has)
    effect->kind = EFFECT_GRANT;
  return true;
}

void review_decide_handler(Request *r, const ReviewDecideInput *in) {
  Context *c = &r->context;
  DecisionNew what = {.words = in->words, .due = in->due};
  int64_t decision = 0;
  decided_kind_parse(in->kind, &what.kind);
  if (!letter_of(c, in->letter, &what.letter) || !effect_of(c, in, &what)) return;
  if (!text_is_empty(in->owner) && !owner_named(c, "owner", in->owner, &what.owner)) return;
  if (decision_add(c, in->id, &what, &decision))
    request_done(r, decision, desk(r, in->id, what.letter), _("Decided: %s."),
                 decided_kind_title(what.kind));
}

void review_strike_handler(Request *r, const ReviewStrikeInput *in) {
  if (decision_strike(&r->context, in->id, in->decision, in->reason))
    request_done(r, in->decision, desk(r, in->id, 0), _("Taken back; it stays visible."));
}

void review_close_handler(Request *r, const ReviewCloseInput *in) {
  if (review_close(&r->context, in->id, in->held_on, in->summary))
    request_done(r, in->id, desk(r, in->id, 0), _("The minutes wait for the chair."));
}

void review_reopen_handler(Request *r, const ReviewReopenInput *in) {
  if (review_reopen(&r->context, in->id, in->reason))
    request_done(r, in->id, desk(r, in->id, 0), _("The minutes are open again."));
}

void review_approve_handler(Request *r, const ReviewApproveInput *in) {
  Context *c = &r->context;
  const SignIn again = {.email = or_empty(r->session->email),
                        .password = in->password,
                        .address = r->client,
                        .agent = r->agent};
  if (session_confirm(c, &again) &&
      review_approve(c, in->id, in->version.has ? in->version.value : 0))
    request_done(r, in->id, desk(r, in->id, 0),
                 _("Approved. The minutes are frozen and the review is concluded."));
}

void review_addendum_handler(Request *r, const ReviewAddendumInput *in) {
  if (review_addendum(&r->context, in->id, in->body))
    request_done(r, in->id, desk(r, in->id, 0), _("It stands beside the minutes."));
}
