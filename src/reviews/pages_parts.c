// SPDX-License-Identifier: Apache-2.0
#include "reviews/pages.h"

#include "reviews/inside.h"

const char *review_home(Request *r, int64_t id, const char *tail) {
  return text_format(r->context.arena, "/o/%s/reviews/%lld%s", r->org_slug, (long long)id, tail);
}

const char *place_of(Context *c, const char *slug, const char *place) {
  if (slug == NULL || text_is_empty(place)) return "";
  return text_format(c->arena, "/o/%s%s", slug, place);
}

const char *input_icon(InputState state) {
  static const char *const icons[] = {"i-circle-dashed", "i-circle-check", "i-circle-minus",
                                      "i-calendar-up"};
  return (unsigned)state < COUNT_OF(icons) ? icons[state] : "";
}

const char *input_title(InputState state) {
  static const char *const titles[] = {N_("Open"), N_("Considered"), N_("Nothing to report"),
                                       N_("Deferred")};
  return (unsigned)state < COUNT_OF(titles) ? _(titles[state]) : "";
}

static const char *initials_of(Arena *arena, const char *name) {
  Text out;
  text_init(&out, arena);
  bool first = true;
  for (const char *p = name; *p != '\0' && out.length < 8; p++) {
    if (first && *p != ' ') {
      text_add_char(&out, *p);
      for (; ((unsigned char)p[1] & 0xc0) == 0x80; p++) text_add_char(&out, p[1]);
    }
    first = *p == ' ';
  }
  return out.data;
}

ReviewPersonList person_rows(Context *c, const Review *review) {
  static const char *const presence[] = {"not_said", "present", "absent"};
  ReviewPersonList list = {
      .items = arena_array(c->arena, review->people.count + 1, sizeof(ReviewPerson))};
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    list.items[list.count++] = (ReviewPerson){.id = one->person,
                                              .name = one->name,
                                              .initials = initials_of(c->arena, one->name),
                                              .part = part_name(one->part),
                                              .part_title = part_title(one->part),
                                              .chair = one->person == review->chair,
                                              .presence = presence[one->presence]};
  }
  return list;
}

static const char *state_of(const Effect *effect) {
  return effect->kind == EFFECT_NONE ? "" : effect_state_name(effect->state);
}

ReviewDecisionRowList decision_rows(Context *c, const char *slug, const Review *review,
                                    char letter) {
  ReviewDecisionRowList list = {
      .items = arena_array(c->arena, review->decisions.count + 1, sizeof(ReviewDecisionRow))};
  for (size_t i = 0; i < review->decisions.count; i++) {
    const ReviewDecision *one = &review->decisions.items[i];
    if (letter != 0 && one->letter != letter) continue;
    list.items[list.count++] = (ReviewDecisionRow){.id = one->id,
                                                   .letter = text_copy_n(c->arena, &one->letter, 1),
                                                   .kind = decided_kind_name(one->kind),
                                                   .kind_title = decided_kind_title(one->kind),
                                                   .words = one->words,
                                                   .owner = one->owner_label,
                                                   .due = one->due,
                                                   .action = one->action,
                                                   .by = one->by,
                                                   .struck = one->struck,
                                                   .strike_reason = one->strike_reason,
                                                   .effect = effect_name(one->effect.kind),
                                                   .changes = one->effect.words,
                                                   .effect_state = state_of(&one->effect),
                                                   .outcome = one->effect.outcome,
                                                   .place = place_of(c, slug, one->effect.place)};
  }
  return list;
}

// What the sections of an input say by themselves, one line each.
static const char *suggestion_of(Context *c, const Pack *pack, char letter) {
  Text out;
  text_init(&out, c->arena);
  for (size_t i = 0; pack != NULL && i < pack->sections.count; i++) {
    const PackSection *section = &pack->sections.items[i];
    if (section->input != letter || section->words[0] == '\0') continue;
    text_add_format(&out, "%s%s: %s", out.length > 0 ? "\n" : "", section->title, section->words);
  }
  return out.length > 0 ? out.data : "";
}

// What is open says what the manager says now; what has ended, what its pack says.
static ReviewSectionRowList section_rows(Context *c, const Review *review, const Pack *pack,
                                         char letter) {
  ReviewSectionRowList list = {0};
  bool open = review->activity.state < STATE_CONCLUDED;
  for (size_t i = 0; pack != NULL && i < pack->sections.count; i++) {
    const PackSection *section = &pack->sections.items[i];
    if (section->input != letter) continue;
    const SectionSaid said = section_said(review, section->key);
    *list_add(c->arena, &list) = (ReviewSectionRow){.key = section->key,
                                                    .title = section->title,
                                                    .words = section->words,
                                                    .said = open ? said.words : section->said,
                                                    .version = said.version};
  }
  return list;
}

ReviewInputRowList input_rows(Context *c, const char *slug, const Review *review,
                              const Pack *pack) {
  ReviewInputRowList list = {.items =
                                 arena_array(c->arena, REVIEW_INPUT_COUNT, sizeof(ReviewInputRow))};
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const Input *input = &review->inputs[i];
    Date last = DATE_NONE;
    if (!input_last_day(c, review->activity.id, input->letter, &last)) return list;
    list.items[list.count++] =
        (ReviewInputRow){.letter = text_copy_n(c->arena, &input->letter, 1),
                         .title = _(review_inputs[i].title),
                         .asks = _(review_inputs[i].asks),
                         .state = input_state_name(input->state),
                         .state_title = input_title(input->state),
                         .icon = input_icon(input->state),
                         .words = input->words,
                         .suggestion = suggestion_of(c, pack, input->letter),
                         .sections = section_rows(c, review, pack, input->letter),
                         .notes = input->notes,
                         .reason = input->reason,
                         .deferred_to = input->deferred_to,
                         .deferred_title = input->deferred_title,
                         .said_by = input->said_by,
                         .said = input->said,
                         .last_day = last,
                         .version = input->version,
                         .decisions = decision_rows(c, slug, review, input->letter)};
  }
  return list;
}

ReviewAddendumRowList addendum_rows(Context *c, const Review *review) {
  ReviewAddendumRowList list = {
      .items = arena_array(c->arena, review->addenda.count + 1, sizeof(ReviewAddendumRow))};
  for (size_t i = 0; i < review->addenda.count; i++)
    list.items[list.count++] = (ReviewAddendumRow){.body = review->addenda.items[i].body,
                                                   .by = review->addenda.items[i].by,
                                                   .written = review->addenda.items[i].written};
  return list;
}

GapLineList gap_lines(Context *c, const Gaps *gaps) {
  GapLineList list = {0};
  for (size_t i = 0; i < gaps->count; i++)
    *list_add(c->arena, &list) = (GapLine){gaps->items[i].what, gaps->items[i].how};
  return list;
}

ReviewChangeRowList change_rows(Context *c, const char *slug, const PackChanges *changes) {
  ReviewChangeRowList list = {
      .items = arena_array(c->arena, changes->count + 1, sizeof(ReviewChangeRow))};
  for (size_t i = 0; i < changes->count; i++) {
    const PackChange *one = &changes->items[i];
    list.items[list.count++] =
        (ReviewChangeRow){.section = one->section,
                          .label = one->label,
                          .then = figure_words(c->arena, one->then, one->unit),
                          .now = figure_words(c->arena, one->now, one->unit),
                          .href = place_of(c, slug, one->place)};
  }
  return list;
}

ReviewChoiceList later_reviews(Context *c, int64_t id) {
  SqlReviewLaterRows rows = sql_review_later(c, (SqlReviewLater){.id = id});
  ReviewChoiceList list = {.items = arena_array(c->arena, rows.count + 1, sizeof(ReviewChoice))};
  for (size_t i = 0; i < rows.count; i++)
    list.items[list.count++] =
        (ReviewChoice){.value = rows.items[i].id,
                       .title = text_format(c->arena, "%s, %s", rows.items[i].title,
                                            date_words(c->arena, rows.items[i].due))};
  return list;
}

GrantRowList grant_rows(Context *c) {
  Grants grants = {0};
  GrantRowList list = {0};
  if (!grant_list(c, &grants)) return list;
  for (size_t i = 0; i < grants.count; i++) {
    const Grant *one = &grants.items[i];
    *list_add(c->arena, &list) = (GrantRow){.review = one->review,
                                            .review_title = one->review_title,
                                            .decision = one->decision,
                                            .words = one->words,
                                            .amounts = one->amounts,
                                            .owner = one->owner,
                                            .due = one->due,
                                            .action = one->action,
                                            .status = one->action_status,
                                            .state = effect_state_name(one->state)};
  }
  return list;
}
