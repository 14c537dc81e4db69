// SPDX-License-Identifier: Apache-2.0
// What Harbour Light found and did about it: findings in every state, through the rules and on the
// days on which it would have happened.
#include "demo/demo.h"

#include "improvement/action.h"
#include "improvement/life.h"
#include "ledger/evidence.h"
#include "ledger/store.h"

#include <sys/mman.h>
#include <unistd.h>

typedef struct Teller {
  Context *c;
  const Demo *demo;
} Teller;

// It is that many days ago, and that person acts.
static void on(const Teller *t, int32_t days_ago, DemoRole who) {
  Date day = date_add_days(t->demo->day, -days_ago);
  while (date_weekday(day) > 5) day = date_add_days(day, -1);
  demo_clock(t->c, day, 10);
  t->c->actor = t->demo->people[who];
}

static Owner owner(const Teller *t, DemoRole who) {
  return (Owner){.person = t->demo->people[who]};
}

static bool prove(const Teller *t, int64_t action, const char *name, const char *words) {
  Context *c = t->c;
  const char *body = text_format(c->arena, "Harbour Light Logistics\n%s\n\n%s\n",
                                 date_words(c->arena, c->today), words);
  size_t length = 0;
  while (body[length] != '\0') length++;
  int file = memfd_create("evidence", MFD_CLOEXEC);
  if (file < 0 || write(file, body, length) != (ssize_t)length || lseek(file, 0, SEEK_SET) != 0)
    return failure(c, "no room for a piece of evidence");
  Upload upload = {0};
  bool received = store_receive_fd(c, file, name, &upload);
  close(file);
  EvidenceAbout about = {.source = "Made for the demo",
                         .taken_on = c->today,
                         .period_from = DATE_NONE,
                         .period_to = DATE_NONE,
                         .kind = "action",
                         .object = action};
  int64_t id = 0;
  return received && evidence_add(c, &upload, &about, &id);
}

static bool words(const Teller *t, int64_t finding, const char *text,
                  bool (*rule)(Context *c, const FindingWords *words)) {
  FindingWords in = {.finding = finding, .words = text, .on = t->c->today};
  return rule(t->c, &in);
}

static bool look(const Teller *t, int64_t finding, const char *kind, const char *title, bool there,
                 const char *note) {
  PlaceLooked in = {.finding = finding, .kind = kind, .title = title, .note = note, .there = there};
  return finding_look(t->c, &in);
}

static bool act(const Teller *t, int64_t finding, const char *title, DemoRole who, int32_t days,
                int64_t *id) {
  ActionAdd in = {.title = title,
                  .owner = owner(t, who),
                  .due = date_add_days(t->c->today, days),
                  .finding = finding};
  return action_add(t->c, &in, id);
}

static bool done(const Teller *t, int64_t action, const char *file, const char *result) {
  ActionDone in = {.action = action, .on = t->c->today, .result = result};
  return prove(t, action, file, result) && action_done(t->c, &in);
}

// ---- one that went the whole way ----

static bool closed_one(const Teller *t, int64_t *first) {
  Context *c = t->c;
  int64_t id, action;
  on(t, 170, DEMO_AUDITOR);
  FindingRaise raise = {
      .title = "Visitors are not signed out at Tilbury",
      .statement = "Eleven of forty visitors of the week before stood as present in the book.",
      .criterion = "A.7.2; visitor rule of the depot",
      .evidence = "Visitor book, week of the audit; two badges lay on the gatehouse desk.",
      .grade = GRADE_MINOR,
      .source = "audit",
      .source_title = "Internal audit, first quarter",
      .duty_kind = "audit",
      .area = "Tilbury depot",
      .owner = owner(t, DEMO_FACILITIES)};
  if (!finding_raise(c, &raise, &id)) return false;
  *first = id;
  on(t, 166, DEMO_FACILITIES);
  if (!words(t, id, "The book was gone through with the guards; all eleven had left.",
             finding_correct) ||
      !words(t, id, "The two badges were switched off. No door was opened with them since.",
             finding_contain))
    return false;
  on(t, 160, DEMO_FACILITIES);
  FindingCause cause = {.finding = id,
                        .method = CAUSE_WHYS,
                        .whys = {"Guards do not see visitors leave through the canteen door",
                                 "The canteen door opens from inside without a badge",
                                 "It was built as a fire exit and became a short cut",
                                 "Nobody looks at doors again when the use of a room changes"},
                        .root = "Doors are not looked at again when the use of a room changes",
                        .kind = "process"};
  if (!finding_cause_set(c, &cause)) return false;
  if (!look(t, id, "site", "Rotterdam quay", true,
            "The tool store has the same door; an alarm was fitted") ||
      !look(t, id, "other", "The office in London", false, "One door, and reception sees it") ||
      !words(t, id, "Tilbury and the quay; the office has one door.", finding_search_end))
    return false;
  if (!act(t, id, "Alarm on the canteen door, opening only in a fire", DEMO_FACILITIES, 30,
           &action))
    return false;
  on(t, 140, DEMO_FACILITIES);
  if (!done(t, action, "canteen-door.txt",
            "The alarm is fitted and tested; the short cut is closed."))
    return false;
  on(t, 70, DEMO_AUDITOR);
  FindingCheck check = {.finding = id,
                        .effective = true,
                        .result = "Forty visitors of one week: all signed out the same day.",
                        .on = c->today};
  return finding_check(c, &check) &&
         words(t, id, "Everybody who is in the depot is known, also in an evacuation.",
               finding_close);
}

// ---- a major that is being worked on ----

static bool major_one(const Teller *t) {
  Context *c = t->c;
  int64_t id, first, second;
  on(t, 16, DEMO_AUDITOR);
  FindingRaise raise = {
      .title = "Backups of Gatehouse were not restored for a year",
      .statement = "Gatehouse is backed up nightly. No restore was tried since it moved to the new "
                   "host; the procedure asks for one each half year.",
      .criterion = "A.8.13; backup and recovery procedure D-05",
      .evidence = "Job logs of twelve months; no restore report after the move.",
      .grade = GRADE_MAJOR,
      .source = "audit",
      .source_title = "Internal audit, second quarter",
      .duty_kind = "exercise_recovery",
      .area = "Operations",
      .owner = owner(t, DEMO_TECHNOLOGY)};
  if (!finding_raise(c, &raise, &id)) return false;
  on(t, 14, DEMO_TECHNOLOGY);
  if (!words(t, id, "Last night's backup was restored to a spare host and opened.",
             finding_correct) ||
      !words(t, id, "Declarations are also kept by customs for ninety days; nothing was lost.",
             finding_contain))
    return false;
  on(t, 12, DEMO_TECHNOLOGY);
  const char *branches[] = {"Two people left who knew how\n- nobody took the task over",
                            "The move had no line for restore tests\nHalf-yearly test has no owner",
                            "Reports say that the copy ran, not that it opens",
                            "The host's contract does not ask for it",
                            "",
                            "Green lights were taken for proof",
                            NULL};
  FindingCause cause = {.finding = id,
                        .method = CAUSE_FISHBONE,
                        .branches = branches,
                        .root = "When a system moves, its recurring duties move with nobody",
                        .kind = "process"};
  if (!finding_cause_set(c, &cause) ||
      !look(t, id, "system", "Tidewater", false, "Restored in spring, report is there") ||
      !look(t, id, "system", "Ledgerline", true, "Moved in the same month; test is planned") ||
      !words(t, id, "Ledgerline, too; it is in the second action.", finding_search_end) ||
      !act(t, id, "A line for recurring duties in the checklist for moves", DEMO_QUALITY, 14,
           &first) ||
      !act(t, id, "Restore Ledgerline and Gatehouse whole, with the clock", DEMO_TECHNOLOGY, 20,
           &second) ||
      !action_need(c, second, first, true))
    return false;
  on(t, 3, DEMO_TECHNOLOGY);
  ActionProgress progress = {
      .action = second, .percent = 40, .words = "Spare host is there; Gatehouse restored once."};
  return action_progress(c, &progress);
}

// ---- one that waits for its check, with a cause that was met before ----

static bool waiting_one(const Teller *t, int64_t first) {
  Context *c = t->c;
  int64_t id, action;
  on(t, 110, DEMO_QUALITY);
  FindingRaise raise = {
      .title = "Old customs store is still on the cleaning round",
      .statement = "The room holds network cabinets since spring; the cleaners have a key.",
      .criterion = "A.7.3",
      .grade = GRADE_MINOR,
      .source = "incident",
      .source_title = "Near miss: cable pulled by a trolley",
      .area = "Rotterdam quay",
      .owner = owner(t, DEMO_FACILITIES)};
  if (!finding_raise(c, &raise, &id)) return false;
  on(t, 106, DEMO_FACILITIES);
  FindingCause cause = {.finding = id,
                        .method = CAUSE_WHYS,
                        .whys = {"The cleaning plan was written for the old use",
                                 "Nobody told facilities that the room changed",
                                 "Rooms change their use without anybody looking at who enters"},
                        .root = "When the use of a room changes, doors and keys are not looked at",
                        .kind = "process",
                        .repeats = first};
  if (!words(t, id, "The key was taken off the ring the same day.", finding_correct) ||
      !words(t, id, "Cabinets are locked; the log shows no other entry.", finding_contain) ||
      !finding_cause_set(c, &cause) ||
      !look(t, id, "site", "Tilbury depot", false, "Rooms and use agree") ||
      !words(t, id, "Only here.", finding_search_end) ||
      !act(t, id, "A change of use goes to facilities and security", DEMO_PEOPLE, 30, &action))
    return false;
  on(t, 80, DEMO_PEOPLE);
  return done(t, action, "change-of-use.txt", "The form for rooms asks for doors and keys.");
}

// ---- what people brought ----

static bool smaller_ones(const Teller *t) {
  Context *c = t->c;
  int64_t id, action;
  on(t, 60, DEMO_SALES);
  FindingRaise raise = {.title = "Answers to customers' questionnaires in one place",
                        .statement = "The same forty questions come each month.",
                        .grade = GRADE_OPPORTUNITY,
                        .source = "review",
                        .source_title = "Management review",
                        .duty_kind = "management_review",
                        .owner = owner(t, DEMO_SALES)};
  if (!finding_raise(c, &raise, &id)) return false;
  FindingDecision decision = {.finding = id, .decision = DECISION_ACT};
  if (!finding_decide(c, &decision) ||
      !act(t, id, "Library of answers with an owner for each", DEMO_SALES, 25, &action))
    return false;
  ActionExtend extend = {.action = action,
                         .due = date_add_days(c->today, 50),
                         .reason = "Two customers changed their lists"};
  on(t, 34, DEMO_SALES);
  if (!action_extend(c, &extend)) return false;
  on(t, 40, DEMO_EMPLOYEE);
  raise = (FindingRaise){.title = "A box for lost badges at the gate",
                         .grade = GRADE_IDEA,
                         .source = "report",
                         .source_title = "Reported by Jonah Peele",
                         .reporter = "Jonah Peele"};
  if (!finding_raise(c, &raise, &id)) return false;
  on(t, 33, DEMO_MANAGER);
  decision = (FindingDecision){.finding = id,
                               .decision = DECISION_PARK,
                               .reason = "When the gatehouse is rebuilt",
                               .until = date_add_days(t->demo->day, 60)};
  if (!finding_decide(c, &decision)) return false;
  on(t, 45, DEMO_AUDITOR);
  raise = (FindingRaise){.title = "Crews report lost tablets within the hour",
                         .grade = GRADE_CONFORMITY,
                         .source = "audit",
                         .source_title = "Internal audit, second quarter",
                         .duty_kind = "audit"};
  if (!finding_raise(c, &raise, &id)) return false;
  on(t, 2, DEMO_MANAGER);
  raise = (FindingRaise){.title = "The server room door does not close by itself",
                         .statement = "Since Monday one has to pull it.",
                         .grade = GRADE_OBSERVATION,
                         .source = "report",
                         .source_title = "Reported through a link",
                         .unsorted = true};
  return finding_raise(c, &raise, &id);
}

bool demo_improvement_tell(Context *c, const Demo *demo) {
  Teller t = {c, demo};
  int64_t first = 0;
  return closed_one(&t, &first) && waiting_one(&t, first) && smaller_ones(&t) && major_one(&t);
}
