// SPDX-License-Identifier: Apache-2.0
// Management reviews of the demo, held as any other: pack issued a week before, each input
// considered, decisions with owners, minutes approved by the chair.
#include "demo/demo.h"
#include "diary/duty.h"
#include "improvement/action.h"
#include "registers/risk_decision.h"
#include "reviews/pack.h"

typedef struct Told {
  char letter;
  InputState state;
  const char *words, *notes;
} Told;
typedef struct Ruled { // a decision, and what it points at: a risk's or a duty's beginning
  char letter;
  DecidedKind kind;
  const char *words;
  DemoRole owner;
  int32_t days; // from the meeting on; 0: nobody has to do it
  const char *target;
  Effect effect;
  int32_t done; // so many days after the meeting; 0: still open
  const char *result;
} Ruled;
typedef struct Meeting {
  Told told[REVIEW_INPUT_COUNT];
  Ruled ruled[6];
  const char *summary;
} Meeting;

static const Meeting FIRST = {
    {{'a', INPUT_NOTHING, "", "Nothing was decided before: it is the first review."},
     {'b', INPUT_CONSIDERED, "A customs rule changes in spring; the quay has a new neighbour.",
      "The neighbour stores chemicals: facilities asks what to do when their alarm sounds."},
     {'c', INPUT_CONSIDERED, "The port authority now wants incidents told within a day.",
      "It goes into the incident procedure."},
     {'d', INPUT_CONSIDERED, "The first months went by the plan; the first audit found little.",
      "Findings are small, and each has an owner."},
     {'e', INPUT_NOTHING, "", "Nobody wrote or called since the certificate."},
     {'f', INPUT_CONSIDERED, "Tablets on board can be lost; the rest is as assessed.",
      "Wiping them from afar is cheap and soon done."},
     {'g', INPUT_CONSIDERED, "Reports of near misses by telephone are hardly used.",
      "A notice with a code to scan in each mess."}},
    {{'b',
      DECIDED_ACTION,
      "Ask the neighbour at the quay for their alarm plan",
      DEMO_FACILITIES,
      40,
      NULL,
      {0},
      33,
      "The plan is here; the crews know the sound of their alarm."},
     {'c',
      DECIDED_ACTION,
      "The incident procedure names the port authority and the day",
      DEMO_MANAGER,
      60,
      NULL,
      {0},
      48,
      "Procedure 1.5 is in force."},
     {'f',
      DECIDED_RISK,
      "Tablets are wiped from afar before the winter",
      DEMO_TECHNOLOGY,
      120,
      "R-07",
      {.kind = EFFECT_TREAT}},
     {'g',
      DECIDED_RESOURCE,
      "For the notices in the messes and a day to hang them up",
      DEMO_OPERATIONS,
      50,
      NULL,
      {.kind = EFFECT_GRANT, .days = {true, 1}, .amount = {true, 350}, .currency = "EUR"},
      62,
      "A notice hangs in each mess; two reports came in the first week."}},
    "All inputs were considered. Decided: the neighbour's alarm plan, the port authority in the "
    "procedure, tablets wiped from afar, and notices for near misses."};

static const Meeting LATER = {
    {{'a', INPUT_CONSIDERED, "Most of what the first review decided is done.",
      "Gone through one by one; the gate reader waits for a part."},
     {'b', INPUT_CONSIDERED, "Rotterdam's flood maps are new; a customs rule changes in spring.",
      "The quay's server room stands on the ground floor: look at it in the risk workshop."},
     {'c', INPUT_CONSIDERED, "Two customers ask for a second factor on the tracking portal.",
      "Their date is ours."},
     {'d', INPUT_CONSIDERED, "Duties are mostly kept; one drill was forgotten.",
      "The drill is to be made up for before the year ends."},
     {'e', INPUT_NOTHING, "", "Nobody wrote or called since the last review."},
     {'f', INPUT_CONSIDERED, "Ransomware stays the highest; two risks were lowered with reasons.",
      "Accepted until the backup vault is in place."},
     {'g', INPUT_CONSIDERED, "The crews suggest one list for leavers instead of three.",
      "A good idea; people and technology do it together."}},
    {{'c',
      DECIDED_ACTION,
      "Second factor for everybody on the tracking portal",
      DEMO_TECHNOLOGY,
      60,
      NULL,
      {0}},
     {'c',
      DECIDED_ACTION,
      "Tell both customers the date of the second factor",
      DEMO_SALES,
      21,
      NULL,
      {0},
      9,
      "Both were told, and both agreed to the date."},
     {'d',
      DECIDED_PROGRAMME,
      "The quay's evacuation drill is held before anything else moves",
      DEMO_FACILITIES,
      45,
      NULL,
      {0}},
     {'d',
      DECIDED_PROGRAMME,
      "Restores of Tidewater are practised more often until two in a row are quick enough",
      DEMO_TECHNOLOGY,
      0,
      "Backup recovery test: Tidewater",
      {.kind = EFFECT_CADENCE, .months = 4}},
     {'f',
      DECIDED_RISK,
      "Ransomware is accepted at its present level until the vault is in place",
      DEMO_EXECUTIVE,
      90,
      "R-04",
      {.kind = EFFECT_ACCEPT}},
     {'g',
      DECIDED_RESOURCE,
      "For one leavers' list: people and technology build it together",
      DEMO_PEOPLE,
      75,
      NULL,
      {.kind = EFFECT_GRANT, .days = {true, 10}, .amount = {true, 4000}, .currency = "EUR"}}},
    "All inputs were considered. Decided: a second factor for the portal, the quay's drill first, "
    "more restores, ransomware accepted for now, and one leavers' list."};

// What the manager says of single sections, in every pack.
static const SectionSaid SAID[] = {
    {"objectives", "Missing readings are those of months in which nobody measured: not zeros.", 0},
    {"exercises", "The quay is the only place that was not emptied since the certificate.", 0},
    {"risks", "What is accepted ends on its day: then it is decided again, in this room.", 0},
};

// The first that is told differs from those after it.
static const Meeting *meeting_of(Context *c) {
  ReviewLines lines = {0};
  if (!review_list(c, &lines)) return &FIRST;
  for (size_t i = 0; i < lines.count; i++)
    if (lines.items[i].status == STATUS_CONCLUDED) return &LATER;
  return &FIRST;
}

static bool prepare(Context *c, const Demo *demo, const Meeting *meeting, int64_t review,
                    Date held) {
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
    if (meeting->told[i].words[0] != '\0' &&
        !input_words(c, review, meeting->told[i].letter, meeting->told[i].words))
      return false;
  for (size_t i = 0; i < COUNT_OF(SAID); i++)
    if (!section_words_say(c, review, SAID[i].section, SAID[i].words, (OptInt){0})) return false;
  return pack_issue(c, review, NULL);
}

static bool point_at(Context *c, const Ruled *ruled, Effect *effect) {
  *effect = ruled->effect;
  RiskChoices risks = {0};
  Duties duties = {0};
  if (ruled->target == NULL) return true;
  if (!risk_choices(c, &risks) || !duty_list(c, NULL, &duties)) return false;
  for (size_t i = 0; ruled->kind == DECIDED_RISK && i < risks.count; i++)
    if (text_starts(risks.items[i].name, ruled->target)) effect->item = risks.items[i].item;
  for (size_t i = 0; ruled->kind == DECIDED_PROGRAMME && i < duties.count; i++)
    if (text_starts(duties.items[i].title, ruled->target)) effect->duty = duties.items[i].id;
  return true;
}

static bool decide(Context *c, const Demo *demo, const Ruled *ruled, int64_t review, Date held) {
  DecisionNew what = {.letter = ruled->letter, .kind = ruled->kind, .words = ruled->words};
  int64_t decision;
  what.owner.person = demo->people[ruled->owner];
  what.due = ruled->days == 0 ? DATE_NONE : date_add_days(held, ruled->days);
  return point_at(c, ruled, &what.effect) && decision_add(c, review, &what, &decision);
}

static bool discuss(Context *c, const Demo *demo, const Meeting *meeting, int64_t review,
                    Date held) {
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
    const Told *told = &meeting->told[i];
    const InputSay say = {.letter = told->letter, .state = told->state, .notes = told->notes};
    if (!input_say(c, review, &say)) return false;
  }
  for (size_t i = 0; i < COUNT_OF(meeting->ruled) && meeting->ruled[i].words != NULL; i++)
    if (!decide(c, demo, &meeting->ruled[i], review, held)) return false;
  return true;
}

static bool finish_one(Context *c, const Ruled *ruled, const ReviewDecision *decision, Date on) {
  demo_clock(c, on, 15);
  c->actor = decision->owner.person;
  Text body;
  text_init(&body, c->arena);
  text_add_format(&body, "# %s\n\n%s\n", ruled->words, ruled->result);
  const ActionDone done = {.action = decision->action, .on = on, .result = ruled->result};
  return demo_file(c, "what-was-done.md", &body, on, "action", decision->action) &&
         action_done(c, &done);
}

// What became of it: done in time, done late, or still open today.
static bool finish(Context *c, const Demo *demo, const Meeting *meeting, int64_t review,
                   Date held) {
  Review it;
  if (!review_get(c, review, &it)) return false;
  for (size_t i = 0; i < COUNT_OF(meeting->ruled); i++) {
    const Ruled *ruled = &meeting->ruled[i];
    Date on = date_add_days(held, ruled->done);
    if (ruled->done == 0 || date_compare(on, demo->day) >= 0) continue;
    for (size_t k = 0; k < it.decisions.count; k++)
      if (text_equal(it.decisions.items[k].words, ruled->words) &&
          !finish_one(c, ruled, &it.decisions.items[k], on))
        return false;
  }
  return true;
}

bool demo_review_hold(Context *c, const Demo *demo, int64_t review, Date held) {
  const Meeting *meeting = meeting_of(c);
  if (!prepare(c, demo, meeting, review, held) || !discuss(c, demo, meeting, review, held) ||
      !review_close(c, review, held, meeting->summary))
    return false;
  demo_clock(c, date_add_days(held, 1), 9);
  c->actor = demo->people[DEMO_EXECUTIVE];
  return review_approve(c, review, 0) && finish(c, demo, meeting, review, held);
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
    return prepare(c, demo, &LATER, line->id, held);
  }
  return true;
}
