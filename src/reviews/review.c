// SPDX-License-Identifier: Apache-2.0
// A review as it stands: its own rows, or what is true by default until somebody prepares it.
#include "reviews/inside.h"

#include "db/db.h"
#include "diary/lines.h"

static void read_row(Review *out, const SqlReviewRowRow *row) {
  out->prepared = true;
  out->chair = row->chair;
  out->chair_name = row->chair_name == NULL ? "" : row->chair_name;
  out->quorum_percent = (int32_t)row->quorum_percent;
  out->quorum_chair = row->quorum_chair;
  out->pack_days = (int32_t)row->pack_days;
  out->agenda = row->agenda;
  out->opened = row->opened;
  out->closed = row->closed;
  out->held_on = row->held_on;
  out->summary = row->summary;
  out->approved = row->approved;
  out->approved_by = row->approved_by == NULL ? "" : row->approved_by;
  out->version = row->version;
}

static void read_people(Context *c, Review *out) {
  SqlReviewPeopleRows rows = sql_review_people(c, (SqlReviewPeople){.id = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    Invited *one = list_add(c->arena, &out->people);
    *one = (Invited){.person = rows.items[i].person,
                     .name = rows.items[i].name,
                     .part = PART_GUEST,
                     .presence = (Presence)rows.items[i].presence};
    part_parse(rows.items[i].part, &one->part);
  }
}

static void read_default_people(Context *c, Review *out) {
  SqlReviewPeopleDefaultRows rows = sql_review_people_default(
      c, (SqlReviewPeopleDefault){.top = ROLE_TOP_MANAGEMENT, .manager = ROLE_SECURITY_MANAGER});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &out->people) =
        (Invited){.person = rows.items[i].person,
                  .name = rows.items[i].name,
                  .part = rows.items[i].role == 0 ? PART_TOP_MANAGEMENT : PART_SECURITY_MANAGER};
}

// The owner if they are of top management, else the first who is.
static void default_chair(Review *out) {
  for (size_t i = 0; i < out->people.count; i++) {
    const Invited *one = &out->people.items[i];
    bool owner = one->person == out->activity.owner.person;
    if (one->part != PART_TOP_MANAGEMENT || (out->chair != 0 && !owner)) continue;
    out->chair = one->person;
    out->chair_name = one->name;
  }
}

static void read_inputs(Context *c, Review *out) {
  SqlReviewInputsRows rows = sql_review_inputs(c, (SqlReviewInputs){.id = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewInputsRow *row = &rows.items[i];
    Input *input = review_input(out, row->letter[0]);
    if (input == NULL) continue;
    *input = (Input){.id = row->id,
                     .letter = row->letter[0],
                     .state = (InputState)row->state,
                     .words = row->words,
                     .notes = row->notes,
                     .reason = row->reason,
                     .deferred_to = row->deferred_to,
                     .deferred_title = row->deferred_title == NULL ? "" : row->deferred_title,
                     .deferred_due = row->deferred_title == NULL ? DATE_NONE : row->deferred_due,
                     .said = row->said,
                     .said_by = row->said_by == NULL ? "" : row->said_by,
                     .version = row->version};
  }
}

static void read_decisions(Context *c, Review *out) {
  SqlReviewDecisionsRows rows =
      sql_review_decisions(c, (SqlReviewDecisions){.id = out->activity.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlReviewDecisionsRow *row = &rows.items[i];
    ReviewDecision *one = list_add(c->arena, &out->decisions);
    *one = (ReviewDecision){.id = row->id,
                            .action = row->action_id,
                            .letter = row->letter[0],
                            .words = row->words,
                            .owner = {.person = row->owner_person, .position = row->owner_position},
                            .due = row->due,
                            .decided = row->decided,
                            .by = row->decided_by == NULL ? "" : row->decided_by,
                            .struck = !instant_is_none(row->struck),
                            .strike_reason = row->strike_reason};
    decided_kind_parse(row->kind, &one->kind);
    one->owner_label = one->owner.person == 0 && one->owner.position == 0
                           ? ""
                           : owner_words(c, row->owner_name, row->position_title, row->holder_name);
  }
}

static void read_addenda(Context *c, Review *out) {
  SqlReviewAddendaRows rows = sql_review_addenda(c, (SqlReviewAddenda){.id = out->activity.id});
  for (size_t i = 0; i < rows.count; i++)
    *list_add(c->arena, &out->addenda) =
        (Addendum){.id = rows.items[i].id,
                   .body = rows.items[i].body,
                   .by = rows.items[i].written_by == NULL ? "" : rows.items[i].written_by,
                   .written = rows.items[i].written};
}

Input *review_input(Review *review, char letter) {
  return letter >= 'a' && letter < 'a' + REVIEW_INPUT_COUNT ? &review->inputs[letter - 'a'] : NULL;
}

static Stage stage_of(const Review *review) {
  if (review->activity.state == STATE_CONCLUDED) return STAGE_CONCLUDED;
  if (review->activity.state == STATE_CANCELLED) return STAGE_CANCELLED;
  if (!instant_is_none(review->closed)) return STAGE_MINUTES;
  if (!instant_is_none(review->opened)) return STAGE_MEETING;
  return review->editions > 0 ? STAGE_PACK_ISSUED : STAGE_PREPARING;
}

static void defaults(Review *out) {
  out->quorum_percent = QUORUM_PERCENT;
  out->quorum_chair = true;
  out->pack_days = PACK_DAYS;
  out->chair_name = out->agenda = out->summary = out->approved_by = "";
  out->held_on = DATE_NONE;
  out->issued = out->opened = out->closed = out->approved = INSTANT_NONE;
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++)
    out->inputs[i] = (Input){.letter = (char)('a' + i),
                             .words = "",
                             .notes = "",
                             .reason = "",
                             .deferred_title = "",
                             .deferred_due = DATE_NONE,
                             .said_by = "",
                             .said = INSTANT_NONE};
}

bool review_get(Context *c, int64_t id, Review *out) {
  *out = (Review){0};
  READ_TRANSACTION(c, tx);
  if (!activity_get(c, id, &out->activity)) return false;
  if (out->activity.kind != DUTY_MANAGEMENT_REVIEW)
    return not_found(c, _("There is no such management review."));
  defaults(out);
  SqlReviewRowRow row;
  if (sql_review_row(c, (SqlReviewRow){.id = id}, &row)) {
    read_row(out, &row);
    read_people(c, out);
  } else {
    read_default_people(c, out);
    default_chair(out);
  }
  read_inputs(c, out);
  read_decisions(c, out);
  effects_read(c, out);
  section_words_read(c, out);
  read_addenda(c, out);
  SqlReviewDocumentLastRow pack;
  if (sql_review_document_last(c, (SqlReviewDocumentLast){.id = id, .kind = "pack"}, &pack)) {
    out->editions = pack.edition;
    out->issued = pack.made;
  }
  out->stage = stage_of(out);
  out->pack_due = date_add_days(out->activity.due, -out->pack_days);
  if (date_is_none(out->held_on)) out->held_on = out->activity.held_on;
  quorum_count(c, out);
  return context_ok(c);
}

bool review_span(Context *c, const Review *review, ReviewSpan *out) {
  Date to = date_is_none(review->held_on) ? c->today : review->held_on;
  SqlReviewPreviousRows rows = sql_review_previous(
      c, (SqlReviewPrevious){.id = review->activity.id, .before = to, .limit = 1});
  if (!context_ok(c)) return false;
  if (rows.count > 0) {
    *out = (ReviewSpan){date_add_days(rows.items[0].held_on, 1), to};
    return true;
  }
  SqlReviewDecisionAtRow org;
  if (!sql_review_decision_at(c, &org)) return context_ok(c) && failure(c, "no organisation");
  *out = (ReviewSpan){org.decision, to};
  return true;
}

static ReviewLine line_of(Context *c, const SqlReviewLinesRow *row) {
  const State state = (State)row->state;
  ReviewLine line = {.id = row->id,
                     .title = row->title,
                     .chair = row->chair == NULL ? "" : row->chair,
                     .owner =
                         owner_words(c, row->owner_name, row->position_title, row->holder_name),
                     .status = activity_status(state, row->due, row->latest, c->today),
                     .baseline = row->baseline,
                     .due = row->due,
                     .latest = row->latest,
                     .held_on = row->held_on,
                     .slip_days = activity_slip(state, row->baseline, row->due, row->held_on),
                     .moves = row->moves,
                     .decisions = row->decisions};
  const Review enough = {.activity = {.state = state},
                         .opened = row->opened,
                         .closed = row->closed,
                         .editions = row->packs};
  line.stage = stage_of(&enough);
  return line;
}

bool review_list(Context *c, ReviewLines *out) {
  READ_TRANSACTION(c, tx);
  SqlReviewLinesRows rows = sql_review_lines(c, (SqlReviewLines){.limit = REVIEWS_MOST});
  for (size_t i = 0; i < rows.count; i++) *list_add(c->arena, out) = line_of(c, &rows.items[i]);
  SqlReviewAllInputsRows inputs = sql_review_all_inputs(c);
  for (size_t i = 0; i < inputs.count; i++)
    for (size_t k = 0; k < out->count; k++)
      if (out->items[k].id == inputs.items[i].id)
        out->items[k].inputs[inputs.items[i].letter[0] - 'a'] = (InputState)inputs.items[i].state;
  return context_ok(c);
}
