// SPDX-License-Identifier: Apache-2.0
// The meeting: the room's screen and the minute-taker's desk.
#include "org/access.h"
#include "registers/risk_decision.h"
#include "reviews/effect.sql.h"
#include "reviews/inside.h"
#include "reviews/pages.h"
#include "reviews/reviews.routes.h"

enum { CHOICE_MONTHS = 9 }; // of the diary a decision can move something of

static RoomTabList tabs_of(Request *r, const Review *review, char current) {
  Context *c = &r->context;
  RoomTabList list = {.items = arena_array(c->arena, REVIEW_INPUT_COUNT, sizeof(RoomTab))};
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const Input *input = &review->inputs[i];
    const char *tail = text_format(c->arena, "/room?input=%c", input->letter);
    list.items[list.count++] = (RoomTab){.letter = text_copy_n(c->arena, &input->letter, 1),
                                         .title = _(review_inputs[i].title),
                                         .state = input_state_name(input->state),
                                         .icon = input_icon(input->state),
                                         .current = input->letter == current,
                                         .href = review_home(r, review->activity.id, tail)};
  }
  return list;
}

// Where the room goes: section by section, and an input without any is one step.
typedef struct Step {
  char letter;
  const char *section, *title; // section "": the input as a whole
} Step;
typedef LIST_OF(Step) Steps;

static void steps_of_pack(Context *c, const Pack *pack, Steps *out) {
  for (int input = 0; input < REVIEW_INPUT_COUNT; input++) {
    const char letter = (char)('a' + input);
    size_t before = out->count;
    for (size_t i = 0; i < pack->sections.count; i++)
      if (pack->sections.items[i].input == letter)
        *list_add(c->arena, out) =
            (Step){letter, pack->sections.items[i].key, pack->sections.items[i].title};
    if (out->count == before) *list_add(c->arena, out) = (Step){letter, "", ""};
  }
}

// The asked section, or the first of the asked input.
static size_t step_at(const Steps *steps, char letter, const char *section) {
  for (size_t i = 0; i < steps->count; i++)
    if (steps->items[i].letter == letter &&
        (text_is_empty(section) || text_equal(steps->items[i].section, section)))
      return i;
  return steps->count;
}

static const char *step_href(Request *r, int64_t id, const Step *step) {
  Arena *arena = r->context.arena;
  return review_home(r, id,
                     step->section[0] == '\0' ? text_format(arena, "/room?input=%c", step->letter)
                                              : text_format(arena, "/room?input=%c&section=%s",
                                                            step->letter, step->section));
}

static void show_step(Request *r, const Steps *steps, size_t at, ReviewRoomPage *page) {
  Context *c = &r->context;
  const Step *now = &steps->items[at];
  for (size_t i = 0; i < steps->count; i++)
    if (steps->items[i].letter == now->letter)
      *list_add(c->arena, &page->sections) =
          (RoomSection){steps->items[i].title, step_href(r, page->id, &steps->items[i]), i == at};
  if (page->sections.count < 2) page->sections.count = 0; // nothing to choose
  PackSectionViewList *shown = &page->input.sections;
  for (size_t i = 0; i < shown->count; i++)
    if (text_equal(shown->items[i].key, now->section)) shown->items[0] = shown->items[i];
  shown->count = shown->count > 0 ? 1 : 0;
  page->here = step_href(r, page->id, now);
  page->previous = at == 0 ? "" : step_href(r, page->id, now - 1);
  page->next = at + 1 < steps->count ? step_href(r, page->id, now + 1) : "";
}

void review_room_handler(Request *r, const ReviewRoomInput *in) {
  Context *c = &r->context;
  Review review;
  Pack pack;
  Steps steps = {0};
  if (!review_get(c, in->id, &review) || !pack_get(c, &review, &pack)) return;
  char letter = in->input == NULL ? 'a' : in->input[0];
  steps_of_pack(c, &pack, &steps);
  size_t at = step_at(&steps, letter, in->section);
  if (at == steps.count) {
    not_found(c, _("The inputs are (a) to (g), each with its sections."));
    return;
  }
  const Input *input = &review.inputs[letter - 'a'];
  ReviewRoomPage page = {.id = in->id,
                         .title = review.activity.title,
                         .started = !instant_is_none(review.opened),
                         .quorum = review.quorum.words,
                         .quorum_met = review.quorum.met,
                         .people = person_rows(c, &review),
                         .tabs = tabs_of(r, &review, letter),
                         .input = input_view(c, &pack, r->org_slug, letter),
                         .notes = input->notes,
                         .decisions = decision_rows(c, r->org_slug, &review, letter),
                         .edition = pack.edition,
                         .agenda = review.agenda};
  page.input.state = input_state_name(input->state);
  page.input.state_title = input_title(input->state);
  page.input.words = input->words;
  show_step(r, &steps, at, &page);
  if (context_ok(c)) respond_review_room_page(r, &page);
}

static void add_choice(Context *c, TextList *list, int64_t id, const char *words) {
  *list_add(c->arena, list) = text_format(c->arena, "%lld · %s", (long long)id, words);
}

bool choices_for_decisions(Context *c, ReviewMinutesPage *page) {
  SqlEffectDutiesRows duties = sql_effect_duties(c);
  SqlEffectComingRows coming =
      sql_effect_coming(c, (SqlEffectComing){.until = date_add_months(c->today, CHOICE_MONTHS)});
  RiskChoices risks = {0};
  for (size_t i = 0; i < duties.count; i++)
    add_choice(c, &page->duties, duties.items[i].id,
               text_format(c->arena, _("%s, every %lld months"), duties.items[i].title,
                           (long long)duties.items[i].every_months));
  for (size_t i = 0; i < coming.count; i++)
    if (coming.items[i].id != page->id)
      add_choice(c, &page->coming, coming.items[i].id,
                 text_format(c->arena, "%s, %s", coming.items[i].title,
                             date_words(c->arena, coming.items[i].due)));
  if (!risk_choices(c, &risks)) return false;
  for (size_t i = 0; i < risks.count; i++)
    add_choice(c, &page->risks, risks.items[i].item, risks.items[i].name);
  return context_ok(c);
}

void review_minutes_handler(Request *r, const ReviewMinutesInput *in) {
  Context *c = &r->context;
  Review review;
  Pack pack;
  Gaps gaps = {0};
  if (!review_get(c, in->id, &review) || !pack_get(c, &review, &pack)) return;
  ReviewMinutesPage page = {.id = in->id,
                            .version = review.version,
                            .title = review.activity.title,
                            .stage = stage_name(review.stage),
                            .writing = review.stage < STAGE_MINUTES,
                            .waiting = review.stage == STAGE_MINUTES,
                            .approved = review.approved,
                            .approved_by = review.approved_by,
                            .quorum = review.quorum.words,
                            .quorum_met = review.quorum.met,
                            .people = person_rows(c, &review),
                            .inputs = input_rows(c, r->org_slug, &review, &pack),
                            .later = later_reviews(c, in->id),
                            .summary = review.summary,
                            .held_on = date_is_none(review.held_on) ? c->today : review.held_on,
                            .today = c->today,
                            .sha256 = "",
                            .agenda = review.agenda,
                            .addenda = addendum_rows(c, &review),
                            .is_chair = c->actor != 0 && c->actor == review.chair,
                            .no_password = demo_has_no_password(c, r->account),
                            .chair = review.chair_name};
  SqlReviewDocumentLastRow minutes;
  if (sql_review_document_last(c, (SqlReviewDocumentLast){.id = in->id, .kind = "minutes"},
                               &minutes))
    page.sha256 = minutes.sha256;
  if (page.writing && !review_gaps(c, &review, true, &gaps)) return;
  page.gaps = gap_lines(c, &gaps);
  owner_names(c, &page.names);
  if (page.writing && !choices_for_decisions(c, &page)) return;
  if (context_ok(c)) respond_review_minutes_page(r, &page);
}
