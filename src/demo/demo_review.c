// SPDX-License-Identifier: Apache-2.0
// Management reviews of the demo, held as any other: pack issued a week before, each input
// considered, decisions with owners, minutes approved by the chair.
#include "demo/demo.h"
#include "reviews/pack.h"

typedef struct Told {
  char letter;
  InputState state;
  const char *words, *notes;
} Told;

static const Told TOLD[REVIEW_INPUT_COUNT] = {
    {'a', INPUT_CONSIDERED,
     "The first review had nothing to look back on; since then most is done.",
     "Gone through one by one; the gate reader waits for a part."},
    {'b', INPUT_CONSIDERED, "Rotterdam's flood maps are new; a customs rule changes in spring.",
     "The quay's server room stands on the ground floor: look at it in the risk workshop."},
    {'c', INPUT_CONSIDERED, "Two customers ask for a second factor on the tracking portal.",
     "Their date is ours."},
    {'d', INPUT_CONSIDERED, "Duties are mostly kept; one drill was forgotten.",
     "The drill is to be made up for before the summer."},
    {'e', INPUT_NOTHING, "", "Nobody wrote or called since the last review."},
    {'f', INPUT_CONSIDERED, "Ransomware stays the highest; two risks were lowered with reasons.",
     "Accepted until the backup vault is in place."},
    {'g', INPUT_CONSIDERED, "The crews suggest one list for leavers instead of three.",
     "A good idea; people and technology do it together."},
};

static const struct {
  char letter;
  DecidedKind kind;
  const char *words;
  DemoRole owner;
  int32_t days;
} DECIDED[] = {
    {'c', DECIDED_ACTION, "Second factor for everybody on the tracking portal", DEMO_TECHNOLOGY,
     60},
    {'d', DECIDED_PROGRAMME, "The quay's evacuation drill is held before anything else moves",
     DEMO_FACILITIES, 45},
    {'f', DECIDED_RISK, "Ransomware is accepted at its present level until the vault is in place",
     DEMO_MANAGER, 90},
    {'g', DECIDED_RESOURCE, "Ten days of people and technology for one leavers' list", DEMO_PEOPLE,
     75},
};

static bool prepare(Context *c, const Demo *demo, int64_t review, Date held) {
  demo_clock(c, date_add_days(held, -8), 11);
  c->actor = demo->people[DEMO_MANAGER];
  const ReviewSettings settings = {
      .quorum_percent = QUORUM_PERCENT,
      .quorum_chair = true,
      .pack_days = PACK_DAYS,
      .agenda = "1. What we decided last time\n2. What changed around us\n3. How we do, in "
                "figures\n4. Risks and their treatment\n5. What could be better\n6. Decisions"};
  if (!review_settings(c, review, &settings, 0)) return false;
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++)
    if (TOLD[i].words[0] != '\0' && !input_words(c, review, TOLD[i].letter, TOLD[i].words))
      return false;
  return pack_issue(c, review, NULL);
}

static bool discuss(Context *c, const Demo *demo, int64_t review, Date held) {
  demo_clock(c, held, 10);
  c->actor = demo->people[DEMO_MANAGER];
  Review it;
  if (!review_open(c, review) || !review_get(c, review, &it)) return false;
  for (size_t i = 0; i < it.people.count; i++) {
    bool finance = it.people.items[i].person == demo->people[DEMO_FINANCE];
    if (!review_attend(c, review, it.people.items[i].person,
                       finance ? PRESENCE_ABSENT : PRESENCE_PRESENT))
      return false;
  }
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const InputSay say = {.letter = TOLD[i].letter, .state = TOLD[i].state, .notes = TOLD[i].notes};
    if (!input_say(c, review, &say)) return false;
  }
  for (size_t i = 0; i < COUNT_OF(DECIDED); i++) {
    const DecisionNew what = {.letter = DECIDED[i].letter,
                              .kind = DECIDED[i].kind,
                              .words = DECIDED[i].words,
                              .owner = {.person = demo->people[DECIDED[i].owner]},
                              .due = date_add_days(held, DECIDED[i].days)};
    int64_t decision;
    if (!decision_add(c, review, &what, &decision)) return false;
  }
  return true;
}

bool demo_review_hold(Context *c, const Demo *demo, int64_t review, Date held) {
  if (!prepare(c, demo, review, held) || !discuss(c, demo, review, held)) return false;
  if (!review_close(c, review, held,
                    "All inputs were considered. Decided: a second factor for the portal, the "
                    "quay's drill first, ransomware accepted for now, and one leavers' list."))
    return false;
  demo_clock(c, date_add_days(held, 1), 9);
  c->actor = demo->people[DEMO_EXECUTIVE];
  return review_approve(c, review, 0);
}

bool demo_review_prepare(Context *c, const Demo *demo) {
  demo_clock(c, demo->day, 8);
  ReviewLines lines = {0};
  if (!review_list(c, &lines)) return false;
  for (size_t i = 0; i < lines.count; i++) {
    const ReviewLine *line = &lines.items[i];
    if (line->status >= STATUS_CONCLUDED || date_compare(line->due, demo->day) < 0) continue;
    Date held = date_diff(line->due, demo->day) < 8 ? date_add_days(demo->day, 7) : line->due;
    if (date_diff(held, demo->day) > 8) held = date_add_days(demo->day, 7); // issued early
    return prepare(c, demo, line->id, held);
  }
  return true;
}
